"""Incidents from hand-made sketches: what joins two events, what keeps them apart."""

import random

from hypothesis import given
from hypothesis import strategies as st

from sitrep.corroboration.block import pairs
from sitrep.corroboration.cluster import cluster, to_incident
from sitrep.corroboration.compare import compare, days, distance_km, figures, likeness, places, side
from sitrep.corroboration.sketch import Sketch, Spot, rarity, stem, words_of
from sitrep.model import EventRef

HOMS = Spot("homs", "SYR", "Homs", 34.73, 36.72, exact=True)
IDLIB = Spot("idlib", "SYR", "Idlib", 35.93, 36.63, exact=True)


def make(report, event="e1", **changes):
    text = changes.pop("text", "Two car bombs killed twelve people near the market in Homs")
    base = {
        "ref": EventRef(report=report, event=event),
        "type": "bombing",
        "kinds": frozenset({"bombing", "killing"}),
        "family": "force",
        "trigger": "bomb",
        "spot": HOMS,
        "days": (736000, 736000),
        "agents": frozenset(),
        "patients": frozenset({"peopl"}),
        "figures": {"killed": (12.0, 12.0)},
        "words": words_of(text),
        "opening": words_of(text),
        "news": True,
        "tellings": 1,
    }
    return Sketch(**(base | changes))


def groups(found):
    return sorted(sorted(f"{s.ref.report}/{s.ref.event}" for s in group) for group in cluster(found))


FILLER = [
    make("other", text="The parliament of Norway passed a budget after a long night", spot=None, days=None, figures={}, patients=frozenset(), trigger="pass", type="approval", kinds=frozenset({"approval"}), family="words"),
    make("sport", text="The home side won the cup before forty thousand spectators", spot=None, days=None, figures={}, patients=frozenset(), trigger="win", type="election", kinds=frozenset({"election"}), family="words"),
]  # fmt: skip


def test_two_reports_of_one_bombing_are_one_incident():
    assert ["a/e1", "b/e1"] in groups([make("a"), make("b"), *FILLER])


def test_two_events_of_one_report_are_two_incidents_however_alike():
    assert groups([make("a", "e1"), make("a", "e2")]) == [["a/e1"], ["a/e2"]]
    joined = groups([make("a", "e1"), make("a", "e2"), make("b", "e1"), *FILLER])
    assert not any("a/e1" in group and "a/e2" in group for group in joined)


def test_another_day_or_another_city_is_another_incident():
    later = make(
        "b", days=(736020, 736020), text="A bomb on the Homs road killed a driver", figures={"killed": (1.0, 1.0)}
    )
    assert ["a/e1", "b/e1"] not in groups([make("a"), later, *FILLER])
    far = make("b", spot=IDLIB, text="A bomb in Idlib killed three soldiers", figures={"killed": (3.0, 3.0)})
    assert ["a/e1", "b/e1"] not in groups([make("a"), far, *FILLER])


def test_families_never_meet():
    talk = make("b", type="meeting", kinds=frozenset({"meeting"}), family="words")
    assert list(pairs([make("a"), talk])) == []


@given(st.randoms(use_true_random=False), st.integers(0, 5))
def test_the_order_of_reports_changes_nothing(shuffler: random.Random, count):
    found = [make("a"), make("b"), make("c", spot=IDLIB, days=(736001, 736001)), *FILLER]
    found += [make(f"r{n}", days=(736000 + n, 736000 + n)) for n in range(count)]
    before = groups(found)
    shuffler.shuffle(found)
    assert groups(found) == before


def test_places():
    near = Spot("al-waer", "SYR", "Homs", 34.74, 36.66, exact=True)
    assert places(HOMS, HOMS) > places(HOMS, near) > 0 > places(HOMS, IDLIB)
    assert places(HOMS, None) == 0
    assert round(distance_km(HOMS, IDLIB)) == 134


def test_days():
    assert days((10, 10), (10, 10)) > days((10, 10), (11, 11)) > 0 > days((10, 10), (13, 13))
    assert 0 < days((10, 10), (8, 14)) < days((10, 10), (10, 10))
    assert days(None, (10, 10)) == 0


def test_figures_agree_where_one_may_hold_the_other():
    same = make("b", figures={"killed": (12.0, 12.0)})
    at_least = make("b", figures={"killed": (10.0, float("inf"))})
    fewer = make("b", figures={"killed": (7.0, 7.0)})
    assert figures(make("a"), same) > 0
    assert figures(make("a"), at_least) == 0
    assert figures(make("a"), fewer) < 0


def test_side_needs_a_name_in_common_not_only_a_kind():
    assert side(frozenset({"kind police", "polic"}), frozenset({"kind police", "guard"})) == 0
    assert side(frozenset({"syria-army"}), frozenset({"syria-army"})) > 0
    assert side(frozenset({"syria-army"}), frozenset({"russia"})) < 0


def test_likeness_counts_rare_words_more():
    rare = rarity([frozenset({"bomb", "homs"}), frozenset({"bomb"}), frozenset({"bomb"})])
    assert likeness(frozenset({"homs"}), frozenset({"homs", "bomb"}), rare) > likeness(
        frozenset({"bomb"}), frozenset({"homs", "bomb"}), rare
    )


def test_reasons_add_up_to_the_score():
    result = compare(make("a"), make("b"), {}, base=1.0)
    assert abs(sum(value for _, value in result.reasons) - 1.0 - result.score) < 1e-9
    assert dict(result.reasons)["place"] > 0


def test_an_incident_keeps_every_toll_and_chooses_none_where_they_differ():
    incident = to_incident([make("a"), make("b", figures={"killed": (14.0, 14.0)}), make("c", figures={})])
    (killed,) = incident.figures
    assert (killed.low, killed.best, killed.high) == (12, None, 14)
    assert incident.start == incident.end
    assert [ref.report for ref in incident.events] == ["a", "b", "c"]
    agreed = to_incident([make("a"), make("b")])
    assert agreed.figures[0].best == 12


def test_stem():
    assert {stem("bombs"), stem("bombing"), stem("bombed"), stem("Bomb")} == {"bomb"}
    assert stem("Aleppo’s") == "aleppo"
