"""Events of the rules and of the trained reader, brought together."""

import pytest
from tests.conftest import make_report

from sitrep.reading.learned.decode import Found
from sitrep.reading.learned.texts import Span


class Proposing:
    """A trained reader that proposes the arguments that a test says; every word tells an event unless doubted."""

    def __init__(self, text, arguments, relevance, doubted):
        self.text = text
        self.relevance = relevance
        self.doubted = [self.span(words) for words in doubted]
        self.attributions = ()
        self.participants = {}
        self.arguments = tuple(Found(self.span(words, role), (0, 0), score) for words, role, score in arguments)

    def span(self, words, label=""):
        start = self.text.index(words)
        return Span(start, start + len(words), label)

    def odds(self, head):
        return {"OTHER": 1.0} if head == "case2021" else {}

    def mass(self, layer, start, end):
        return 0.0 if any(span.start < end and start < span.end for span in self.doubted) else 0.9

    def spans(self, layer):
        return ()

    def runs(self, layer, least):
        return ()

    def roles_of(self, start, end, *, least):
        return tuple(one for one in self.arguments if one.score >= least)


@pytest.fixture
def read(reader, monkeypatch):
    def with_proposals(text, *arguments, relevance=0.9, doubted=()):
        run = reader.run

        def proposing(page, *, strict=False):
            page.learned = Proposing(text, arguments, relevance, doubted)
            return run(page, strict=strict)

        monkeypatch.setattr(reader, "run", proposing)
        reading = reader.read(make_report(text, published="2016-08-02"))
        monkeypatch.undo()
        assert not reading.failures
        return reading

    return with_proposals


def named(reading, event, role):
    return [argument.evidence[0].quote for argument in event.arguments if argument.role == role]


BLAST = "Three shops were shelled in Taiz on Monday. The militia had warned the traders before."


def test_a_role_that_no_frame_fills_is_filled_and_marked_where_another_sentence_says_it(read):
    (event,) = [e for e in read(BLAST, ("The militia", "attacker", 0.8)).events if e.type == "shelling"]
    (argument,) = [a for a in event.arguments if a.role == "attacker"]
    assert argument.evidence[0].quote == "The militia"
    assert argument.basis == "inferred"


def test_an_unsure_proposal_fills_nothing(read):
    (event,) = [e for e in read(BLAST, ("The militia", "attacker", 0.3)).events if e.type == "shelling"]
    assert named(read(BLAST), event, "attacker") == []


def test_doubt_lowers_the_score_of_an_argument_and_agreement_raises_it(read):
    text = "Soldiers shelled the market in Taiz on Monday while the traders slept."
    scores = []
    for proposal in (("Soldiers", "attacker", 0.9), ("the traders", "attacker", 0.9)):
        (event,) = [e for e in read(text, proposal).events if e.type == "shelling"]
        assert named(None, event, "attacker") == ["Soldiers"]
        scores += [a.score for a in event.arguments if a.role == "attacker"]
    (plain,) = [e for e in read(text).events if e.type == "shelling"]
    (own,) = [a.score for a in plain.arguments if a.role == "attacker"]
    assert scores[0] > own > scores[1]


def test_a_word_in_which_the_trained_reader_sees_no_event_is_passed_over(read):
    text = "The museum was closed. Vandals destroyed the museum in Taiz on Monday."
    assert [event.trigger.quote for event in read(text).events] == ["destroyed"]
    assert [(one.trigger.quote, one.reason) for one in read(text, doubted=["destroyed"]).passed_over] == [
        ("destroyed", "unlikely")
    ]


def test_violence_of_nobody_armed_in_a_report_of_another_matter_is_passed_over(read):
    text = "Vandals destroyed the museum in Taiz on Monday. The museum showed pots."
    assert [event.type for event in read(text).events] == ["property_destruction"]
    reading = read(text, relevance=0.05)
    assert reading.events == ()
    assert [(one.trigger.quote, one.reason) for one in reading.passed_over] == [("destroyed", "unlikely")]


def test_a_toll_stands_whatever_the_report_is_about(read):
    text = "Gunmen attacked the museum in Taiz on Monday and killed four visitors. The museum shows pots."
    assert read(text, relevance=0.05).events


def test_the_words_that_name_the_place_stand_with_the_event(read):
    (event,) = [e for e in read("Soldiers shelled the market in Taiz on Monday.").events if e.type == "shelling"]
    (argument,) = [a for a in event.arguments if a.role == "place"]
    assert argument.evidence[0].quote == "Taiz"
    assert argument.place == event.place.id
