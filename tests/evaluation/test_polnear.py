"""The PolNeAR metrics on cases counted by hand."""

from __future__ import annotations

import pytest

from sitrep.evaluation.benchmarks.polnear import Triple, dice, from_claim, matches, outermost, run, score, tokens
from sitrep.model import Claim, Evidence, Speaker

TEXT = "The mayor said the road was open and the guard denied it."
#       0   4     10   15  19   24  28   33  37  41    47     54


def span(words, text=TEXT):
    start = text.index(words)
    return (start, start + len(words))


def claim(cue, content, source=None, text=TEXT):
    def evidence(words):
        start, end = span(words, text)
        return Evidence(start=start, end=end, quote=words)

    return Claim(
        id=cue,
        speaker=Speaker(actor=None, evidence=tuple(map(evidence, source))) if source else None,
        cue=(evidence(cue),),
        content=(evidence(content),),
        kind="indirect",
        stance="asserts",
        about=(),
    )


MAYOR = Triple((span("the road was open"),), (span("The mayor"),), (span("said"),))
GUARD = Triple((span("it"),), (span("the guard"),), (span("denied"),))


def test_all_right_is_one():
    assert set(score([(TEXT, [MAYOR, GUARD], [MAYOR, GUARD])]).values()) == {1.0}


def test_nothing_found_is_zero_and_nothing_to_find_is_unknown():
    assert set(score([(TEXT, [MAYOR], [])]).values()) == {0.0}
    assert set(score([(TEXT, [], [])]).values()) == {None}


def test_counts_by_hand():
    # found: content one word short, source one word short, cue right; the guard's denial is missed
    short = Triple((span("road was open"),), (span("mayor"),), (span("said"),))
    scores = score([(TEXT, [MAYOR, GUARD], [short])])
    # content: 3 shared, gold 4 + 1, found 3; source: 1 shared, gold 2 + 2, found 1; cue: 1 shared, gold 2, found 1
    assert scores["content_token_f1"] == pytest.approx(2 * 3 / (5 + 3))
    assert scores["source_token_f1"] == pytest.approx(2 * 1 / (4 + 1))
    assert scores["cue_token_f1"] == pytest.approx(2 * 1 / (2 + 1))
    # exact: the cue alone, of 6 gold and 3 found spans
    assert scores["exact_f1"] == pytest.approx(2 * 1 / (6 + 3))
    # content dice 6/7, source dice 2/3: one of two gold, one found
    assert scores["content_with_source_f1"] == pytest.approx(2 * 1 / (2 + 1))


def test_content_below_half_overlap_is_no_match():
    far = Triple((span("open and the guard denied it"),), MAYOR.source, MAYOR.cue)
    # 1 shared of 4 + 6 words
    assert matches(TEXT, [MAYOR], [far]) == 0


def test_wrong_source_is_no_match_but_two_absent_sources_are():
    assert matches(TEXT, [MAYOR], [MAYOR._replace(source=GUARD.source)]) == 0
    assert matches(TEXT, [MAYOR], [MAYOR._replace(source=())]) == 0
    assert matches(TEXT, [MAYOR._replace(source=())], [MAYOR._replace(source=())]) == 1


def test_each_attribution_is_matched_once():
    assert matches(TEXT, [MAYOR], [MAYOR, MAYOR]) == 1
    assert matches(TEXT, [MAYOR, MAYOR], [MAYOR]) == 1


def test_tokens_and_dice():
    assert tokens("don't stop, now", [(0, 15)]) == {0, 6, 10, 12}
    assert dice(set(), set()) == 0.0
    assert dice({1, 2}, {2, 3}) == 0.5


def test_only_outermost_claims_count():
    text = "Mr. Ali said the army denied the raid."
    outer = claim("said", "the army denied the raid", ["Mr. Ali"], text)
    inner = claim("denied", "the raid", ["the army"], text)
    assert outermost([outer, inner]) == [outer]


def test_a_pronoun_is_scored_without_what_it_stands_for():
    text = "The guard, who denied the raid, left."
    found = from_claim(claim("denied", "the raid", ["who", "The guard"], text))
    assert found.source == (span("who", text),)


class FakeBench:
    """Gives back readings made by hand."""

    def __init__(self, claims):
        self.claims = claims
        self.asked = []

    def report(self, source_id, text, *, title=None, published=None, outlet=None):
        self.asked.append((source_id, text, published))
        return source_id

    def read(self, reports):
        for _ in reports:
            yield type("FakeReading", (), {"claims": self.claims})()


def test_run_takes_one_annotation_of_each_article():
    def row(content):
        def spans(words):
            start, end = span(words)
            return [{"start": start, "end": end, "text": words}]

        gold = {"content": spans(content), "source": spans("The mayor"), "cue": spans("said")}
        return {"doc_id": "a", "text": TEXT, "date": "2016-08-01", "publisher": "x", "attributions": [gold]}

    bench = FakeBench((claim("said", "the road was open", ["The mayor"]),))
    scores = run([row("the road was open"), row("it")], bench)
    assert bench.asked == [("a", TEXT, "2016-08-01")]
    assert set(scores.values()) == {1.0}
