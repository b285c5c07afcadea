"""Incidents from hand-made sketches: what joins two events, what keeps them apart."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from sitrep.corroboration import columns
from sitrep.corroboration.block import Blocks, keys
from sitrep.corroboration.cluster import Judged, cluster
from sitrep.corroboration.columns import Columns, compare, crossed
from sitrep.corroboration.compare import BASE, distance_km, part_of, places, side
from sitrep.corroboration.kin import kin
from sitrep.corroboration.sketch import Sketch, Spot, Toll, stem, words_of
from sitrep.corroboration.weigh import to_incident
from sitrep.evaluation.generate import events
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
        "figures": {"killed": Toll(12.0, 12.0)},
        "words": words_of(text),
        "opening": words_of(text),
        "news": True,
        "tellings": 1,
    }
    return Sketch(**(base | changes))


def groups(found):
    return sorted(sorted(f"{s.ref.report}/{s.ref.event}" for s in group) for group in cluster(found))


def parts(one, other):
    """The reasons for two sketches, by name."""
    found, _ = compare(one, other)
    return {name: float(values[0]) for name, values in found._asdict().items()}


def days(one, other):
    return parts(make("a", days=one), make("b", days=other))["day"]


def apart(one, other):
    return compare(one, other)[1]


def partners(*found):
    """Which sketches are compared at all."""
    blocks = Blocks([keys(sketch) for sketch in found])
    return [pair for ones, others in blocks.pairs() for pair in zip(ones.tolist(), others.tolist(), strict=True)]


FILLER = [
    make("other", text="The parliament of Norway passed a budget after a long night", spot=None, days=None, figures={}, patients=frozenset(), trigger="pass", type="approval", kinds=frozenset({"approval"}), family="words"),
    make("sport", text="The home side won the cup before forty thousand spectators", spot=None, days=None, figures={}, patients=frozenset(), trigger="win", type="election", kinds=frozenset({"election"}), family="words"),
]  # fmt: skip


def test_two_reports_of_one_bombing_are_one_incident():
    assert ["a/e1", "b/e1"] in groups([make("a"), make("b"), *FILLER])


def test_two_events_of_one_report_are_two_incidents_however_alike():
    assert groups([make("a", "e1"), make("a", "e2")]) == [["a/e1"], ["a/e2"]]
    other = make("a", "e2", figures={"killed": Toll(3.0, 3.0)})
    joined = groups([make("a", "e1"), other, make("b", "e1"), make("c", "e1"), *FILLER])
    assert ["a/e1", "b/e1", "c/e1"] in joined


def test_what_others_tell_as_one_may_be_told_twice_in_one_report():
    ghouta = Spot("ghouta", "SYR", "Rural Damascus", 33.5, 36.4, exact=True)
    suburb = Spot("eastern ghouta", "SYR", "Rural Damascus", 33.5, 36.4, exact=True)
    twice = [make("a", "e1", spot=ghouta), make("a", "e2", spot=suburb)]
    others = [make("b", spot=ghouta), make("c", spot=suburb)]
    assert groups(twice) == [["a/e1"], ["a/e2"]]
    assert ["a/e1", "a/e2", "b/e1", "c/e1"] in groups([*twice, *others, *FILLER])


def test_a_side_of_a_place_is_the_place_and_two_sides_are_two():
    assert part_of("eastern ghouta", "ghouta")
    assert part_of("aleppo", "east aleppo")
    assert not part_of("east aleppo", "west aleppo")
    assert not part_of("new aleppo", "aleppo")


def test_another_day_or_another_city_is_another_incident():
    later = make(
        "b", days=(736020, 736020), text="A bomb on the Homs road killed a driver", figures={"killed": Toll(1.0, 1.0)}
    )
    assert ["a/e1", "b/e1"] not in groups([make("a"), later, *FILLER])
    far = make("b", spot=IDLIB, text="A bomb in Idlib killed three soldiers", figures={"killed": Toll(3.0, 3.0)})
    assert ["a/e1", "b/e1"] not in groups([make("a"), far, *FILLER])


def test_families_never_meet():
    talk = make("b", type="meeting", kinds=frozenset({"meeting"}), family="words")
    assert partners(make("a"), talk) == []
    assert partners(make("a"), make("b")) == [(0, 1)]


def test_an_exact_day_meets_its_own_and_the_next_and_an_unknown_one_what_was_published_then():
    assert partners(make("a"), make("b", days=(736001, 736001))) == [(0, 1)]
    other = {"opening": frozenset({"river"}), "words": frozenset({"bridge"})}
    assert partners(make("a"), make("b", days=(736008, 736008), **other)) == []
    late = make("b", days=None, published=736001, **other)
    assert partners(make("a", published=736000), late) == [(0, 1)]
    assert partners(make("a", published=736000), late._replace(published=736300)) == []


def test_many_pairs_at_once_are_scored_as_each_by_itself():
    told = [entry.sketch for entry in events(60)]
    held = Columns(told)
    ones, others = crossed(range(30), range(30, 60))
    scores, possible = held.scores(ones, others), held.may_be(ones, others)
    for i, j, score, may_be in zip(ones.tolist(), others.tolist(), scores.tolist(), possible.tolist(), strict=True):
        alone, never = compare(told[held.order[i]], told[held.order[j]])
        assert (round(float(alone.total()[0]) * columns.UNIT), not never) == (score, may_be)


def test_values_that_are_too_many_for_a_square_are_scored_alike(monkeypatch):
    told = [entry.sketch for entry in events(60)]
    ones, others = crossed(range(30), range(30, 60))
    before = Columns(told).scores(ones, others).tolist()
    monkeypatch.setattr(columns, "DENSE", 2)
    assert Columns(told).scores(ones, others).tolist() == before


def test_nothing_comes_of_nothing():
    assert cluster([]) == []


def test_generated_incidents_come_together_in_any_order():
    told = [entry.sketch for entry in events(400)]
    before = groups(told)
    assert 30 < len(before) < 60
    random.Random(3).shuffle(told)
    assert groups(told) == before


@settings(deadline=None)
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


def test_the_longer_ago_the_more_a_month_tells():
    def told(ago, month=(736000, 736030)):
        one, other = make("a", days=month, published=month[1] + ago), make("b", days=month, published=month[1] + 2000)
        return parts(one, other)["day"]

    assert told(0) < told(300) < told(1500) < told(0, (736000, 736000))
    unknown = parts(make("a", days=(736000, 736030)), make("b", days=(736000, 736030), published=738000))["day"]
    assert unknown == told(0)


def test_figures_agree_where_one_may_hold_the_other():
    def figures(**changes):
        return parts(make("a"), make("b", **changes))["figures"]

    assert figures(figures={"killed": Toll(12.0, 12.0)}) > 0
    assert figures(figures={"killed": Toll(10.0, None)}) == 0
    assert figures(figures={"killed": Toll(7.0, 7.0)}) < 0
    assert figures(figures={}) == 0
    assert figures(figures={"killed": Toll(12.0, 12.0), "injured": Toll(3.0, 3.0)}) == figures()


def test_side_needs_a_name_in_common_not_only_a_kind():
    assert side(frozenset({"kind police", "polic"}), frozenset({"kind police", "guard"})) == 0
    assert side(frozenset({"syria-army"}), frozenset({"syria-army"})) > 0
    assert side(frozenset({"syria-army"}), frozenset({"russia"})) < 0


def test_likeness_counts_rare_words_more():
    def likeness(one, other):
        return parts(make("a", words=frozenset(one)), make("b", words=frozenset(other)))["words"] / 4

    both = {"peopl", "zawara"}
    assert likeness({"zawara"}, both) > 0.9
    assert likeness({"peopl"}, both) < 0.3
    assert likeness(both, both) == 1
    assert likeness(both, ()) == 0


def test_reasons_add_up_to_the_score():
    found, _ = compare(make("a"), make("b"))
    said = parts(make("a"), make("b"))
    assert abs(sum(said.values()) - BASE - float(found.total()[0])) < 1e-9
    assert said["place"] > 0


def test_exact_days_or_places_far_apart_rule_it_out_and_vague_ones_do_not():
    assert apart(make("a"), make("b", days=(736005, 736005)))
    assert not apart(make("a"), make("b", days=(736005, 736030)))
    assert not apart(make("a"), make("b", days=(736002, 736002)))
    assert apart(make("a"), make("b", spot=Spot("raqqa", "SYR", "Raqqa", 38.9, 39.0, exact=True)))
    assert not apart(make("a"), make("b", spot=Spot("syria", "SYR", None, 38.9, 39.0, exact=False)))
    same = [make("a"), make("b"), make("c", days=(736005, 736005))]
    assert groups(same) == [["a/e1", "b/e1"], ["c/e1"]]


def test_people_decide_whatever_the_likeness():
    one, other = make("a"), make("b")
    pair = frozenset({frozenset({one.ref, other.ref})})
    assert [len(group) for group in cluster([one, other], Judged(different=pair))] == [1, 1]
    far = make("b", spot=IDLIB, days=(736100, 736100))
    pair = frozenset({frozenset({one.ref, far.ref})})
    assert [len(group) for group in cluster([one, far])] == [1, 1]
    assert [len(group) for group in cluster([one, far], Judged(same=pair))] == [2]


def test_most_independent_sources_choose_the_toll_and_the_last_of_equals():
    dozen, more = {"killed": Toll(12.0, 12.0)}, {"killed": Toll(14.0, 14.0)}
    incident = to_incident([make("a"), make("b"), make("c", figures=more)])
    (killed,) = incident.figures
    assert (killed.low, killed.best, killed.high) == (12, 12, 14)
    assert "2 of 3" in killed.rule
    assert [(value.value, value.sources) for value in incident.fields["killed"]] == [("12", 2), ("14", 1)]
    undecided = to_incident([make("a"), make("b", figures=more), make("c", figures={})])
    assert undecided.figures[0].best is None
    later = to_incident([make("a", published=736000), make("b", figures=more, published=736001)])
    assert later.figures[0].best == 14
    assert to_incident([make("a"), make("b", figures=dozen)]).figures[0].best == 12
    open_end = to_incident([make("a", figures={"killed": Toll(12.0, None)})]).figures[0]
    assert (open_end.low, open_end.best, open_end.high) == (12, None, None)


def test_copies_and_reports_of_one_outlet_are_one_source():
    more = {"killed": Toll(14.0, 14.0)}
    wire = [make("a"), make("b"), make("c", outlet="Gazette"), make("d", outlet="gazette")]
    assert to_incident(wire).sources == 3
    assert to_incident(wire, {"a": "a", "b": "a", "c": "a"}).sources == 1
    three = [make("a"), make("b"), make("c", figures=more), make("d", figures=more)]
    assert to_incident(three, {"a": "a", "b": "a"}).figures[0].best == 14


def test_a_toll_that_its_own_source_raised_later_no_longer_counts():
    first = make("a", outlet="Gazette", published=736000)
    update = make("b", outlet="Gazette", published=736001, figures={"killed": Toll(15.0, 15.0)})
    other = make("c", published=736000, figures={"killed": Toll(15.0, 15.0)})
    incident = to_incident([first, update, other])
    (killed,) = incident.figures
    assert (killed.low, killed.best, killed.high) == (15, 15, 15)
    old = next(value for value in incident.fields["killed"] if value.value == "12")
    assert (old.sources, old.updated_by) == (0, update.ref)
    # another outlet's higher toll is disagreement, unless both give it to one speaker
    apart = to_incident([first, other._replace(published=736001)])
    assert apart.fields["killed"][1].updated_by is None
    said = [
        make("a", published=736000, figures={"killed": Toll(12.0, 12.0, "Health ministry")}),
        make("b", published=736001, figures={"killed": Toll(15.0, 15.0, "Health ministry")}),
    ]
    assert to_incident(said).figures[0].low == 15
    assert to_incident(said).fields["killed"][0].said_by == ("Health ministry",)


def test_spellings_of_a_place_count_together_and_a_town_goes_before_its_province():
    one, other = (HOMS._replace(name=name) for name in ("khan shaykhun", "khan sheikhoun"))
    province = [make(name, spot=Spot("homs province", "SYR", "Homs", 34.7, 36.7, exact=False)) for name in "cde"]
    incident = to_incident([make("a", spot=one), make("b", spot=other), *province])
    assert incident.place == "khan shaykhun"
    assert incident.fields["place"][0].sources == 2


def test_of_towns_that_are_said_equally_often_none_is_the_place_where_others_name_the_country():
    country = [make(name, spot=Spot("syria", "SYR", None, 35.0, 38.0, exact=False)) for name in "cd"]
    assert to_incident([make("a"), make("b", spot=IDLIB), *country]).place == "syria"
    assert to_incident([make("a"), make("b", spot=IDLIB)]).place == "homs"
    assert to_incident([make("a"), make("e"), make("b", spot=IDLIB), *country]).place == "homs"
    abroad = [sketch._replace(spot=sketch.spot._replace(country="LBN")) for sketch in country]
    assert to_incident([make("a"), make("b", spot=IDLIB), *abroad]).place == "homs"


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_new_reports_leave_incidents_that_they_do_not_touch_as_they_are(shuffler: random.Random):
    old = [make(f"r{n}", days=(736000 + n, 736000 + n), published=736000 + n) for n in range(0, 60, 6)]
    new = make("late", days=(736000, 736000))
    shuffler.shuffle(old)
    before, after = groups(old), groups([*old, new])
    assert [group for group in after if "late/e1" not in group] == [group for group in before if "r0/e1" not in group]


def test_words_for_one_thing_count_as_one_trigger():
    assert kin(stem("died")) == kin(stem("deaths")) == kin(stem("fatally"))
    assert kin(stem("shot")) != kin(stem("died"))
    assert kin("harbour") == "harbour"
    assert parts(make("a", trigger=stem("died")), make("b", trigger=stem("killed")))["trigger"] > 0


def test_stem():
    assert {stem("bombs"), stem("bombing"), stem("bombed"), stem("Bomb")} == {"bomb"}
    assert stem("Aleppo’s") == "aleppo"
