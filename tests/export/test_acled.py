"""ACLED: columns, codes and empty values as its codebook has them, and each rule on a case of its own."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import msgspec
import pytest
from tests.fixtures.readings import rich
from tests.fixtures.strikes import AGAIN, APPROVAL, CLASH, JETS, REQUEST, STRIKE, TANK, event, reading, side

from sitrep.export._acled_actors import interaction, interaction_text
from sitrep.export._acled_figures import fatalities
from sitrep.export._acled_fold import fold
from sitrep.export._cells import LeftOut, Row
from sitrep.export.acled import ACTS, COLUMNS, code, write
from sitrep.model import EventPlace, EventTime, Quantity
from sitrep.ontology.codebooks import load_acled_rules, load_countries
from sitrep.ontology.load import load_ontology

BLANK = {"assoc_actor_1", "actor2", "assoc_actor_2", "inter2", "civilian_targeting", "admin2", "admin3", "tags"}


def rows(*readings, **options):
    out = io.BytesIO()
    write(readings, out, **options)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode())))


def coded(*events):
    found = list(code(reading(*events)))
    return [row for row in found if isinstance(row, Row)], [row for row in found if isinstance(row, LeftOut)]


def only(*events):
    found, _ = coded(*events)
    assert len(found) == 1
    return {column: cell.value for column, cell in found[0].cells.items()}, found[0].cells


@pytest.mark.parametrize("inter", ["text", "numeric"])
def test_every_row_keeps_the_codebook(inter):
    rules, ontology = load_acled_rules(), load_ontology()
    found = rows(rich(), reading(REQUEST, STRIKE, CLASH, TANK), inter=inter)
    assert len(found) == 3
    for row in found:
        assert tuple(row) == COLUMNS
        assert len(COLUMNS) == 31
        assert {column for column in COLUMNS if row[column] == ""} <= BLANK
        assert re.fullmatch(r"[A-Z]{3}\d+", row["event_id_cnty"])
        assert row["year"] == str(date.fromisoformat(row["event_date"]).year)
        assert row["sub_event_type"] in ontology.acled[row["event_type"]]
        assert row["disorder_type"] == rules.disorder_type[row["sub_event_type"]]
        assert row["time_precision"] in "123"
        assert row["geo_precision"] in "123"
        assert int(row["fatalities"]) >= 0
        assert int(row["timestamp"]) > 0
        kinds = set(rules.inter) if inter == "numeric" else set(rules.inter.values())
        assert {row["inter1"], row["inter2"]} <= kinds | {""}
        if inter == "numeric":
            assert int(row["interaction"]) in rules.interaction_codes
        assert row["civilian_targeting"] in ("Civilians targeted", "")
        assert row["iso"] == str(load_countries()["LBY"].numeric) == "434"
        assert row["region"] == "Northern Africa"


def test_the_strikes_are_one_row_of_their_pair_place_and_day():
    values, cells = only(REQUEST, APPROVAL, STRIKE, AGAIN, TANK)
    assert values["event_date"] == "2016-08-01"
    assert (values["time_precision"], values["geo_precision"], values["location"]) == (1, 1, "Sirte")
    assert values["actor1"] == "Military Forces of the United States (2009-2017)"
    assert (values["inter1"], values["actor2"]) == ("External/Other forces", "Islamic State (Libya)")
    assert values["interaction"] == "Rebel group-External/Other forces"
    assert values["sub_event_type"] == "Air/drone strike"
    assert values["fatalities"] == 0
    assert "unknown" in cells["fatalities"].rule
    assert [part.quote for part in cells["event_date"].evidence] == ["Monday"]
    assert values["notes"].startswith(
        "On 1 August 2016, Military Forces of the United States (2009-2017) carried out an air or drone strike on "
        "Islamic State (Libya) in Sirte (Surt). The report says: “"
    )
    assert set(ACTS) == set(load_acled_rules().precedence)
    assert values["notes"].endswith("No fatalities reported.")
    _, out = coded(REQUEST, APPROVAL, STRIKE, AGAIN, TANK)
    assert {(one.event, one.reason) for one in out} == {
        ("e1", "ACLED has no type for it"),
        ("e2", "ACLED has no type for it"),
        ("e5", "nobody is named who does it"),
    }


def test_an_air_strike_inside_a_battle_is_folded_into_it_and_named_as_the_alternative():
    values, cells = only(JETS, CLASH)
    assert values["sub_event_type"] == "Armed clash"
    assert "precedence: Armed clash over Air/drone strike" in cells["sub_event_type"].rule
    assert "Air/drone strike ('bombed')" in cells["sub_event_type"].rejected
    assert values["interaction"] == "State forces-Rebel group"
    assert (values["fatalities"], cells["fatalities"].rejected) == (6, "8 (Eight fighters)")
    # other actors on the same day at the same place have a row of their own
    assert len(coded(JETS, CLASH, STRIKE)[0]) == 2


def test_the_gaining_side_decides_who_takes_a_place():
    gained = event("e8", "territory_gain", "struck", side("actor", "Libyan brigades", "a4"))
    lost = event("e8", "territory_gain", "struck", side("actor", "Islamic State", "a2"))
    foreign = event("e8", "territory_gain", "struck", side("actor", "American aircraft", "a1"))
    assert only(gained)[0]["sub_event_type"] == "Government regains territory"
    assert only(lost)[0]["sub_event_type"] == "Non-state actor overtakes territory"
    assert only(foreign)[0]["sub_event_type"] == "Non-state actor overtakes territory"
    assert only(gained, CLASH)[0]["sub_event_type"] == "Government regains territory"


def test_force_against_civilians_and_against_the_armed():
    shot = event(
        "e8", "killing", "hit", side("attacker", "Islamic State", "a2"), side("victim", "Libyan brigades", "a4")
    )
    values, cells = only(shot)
    assert values["sub_event_type"] == "Armed clash"
    assert "armed" in cells["sub_event_type"].rejected
    assert coded(event("e8", "shooting", "hit", side("attacker", "Islamic State", "a2")))[1][0].reason.startswith(
        "nobody"
    )


def test_a_dispersed_protest_is_one_row():
    march = event("e8", "protest", "asked", side("protester", "Libyan government", "a3"))
    police = event("e9", "crowd_dispersal", "hit", side("attacker", "Libyan brigades", "a4"))
    dead = msgspec.structs.replace(police, quantities=("q1",))
    riot = event("e9", "riot", "hit")
    values, _ = only(march, police)
    assert (values["sub_event_type"], values["actor1"]) == ("Protest with intervention", "Protesters (Libya)")
    assert (values["actor2"], values["tags"]) == ("Military Forces of Libya", "crowd size=no report")
    assert only(march, dead)[0]["sub_event_type"] == "Excessive force against protesters"
    assert only(march, riot)[0]["event_type"] == "Riots"
    assert only(march, riot)[0]["actor1"] == "Rioters (Libya)"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2016-08-01", "2016-08-07", ("2016-08-04", 2)),
        ("2016-08-01", "2016-08-31", ("2016-08-16", 3)),
        ("2016-08-01", "2016-10-31", None),
    ],
)
def test_dates_less_exact_than_a_day(start, end, expected):
    when = EventTime(timex=None, start=start, end=end, precision="range", basis="stated")
    found, out = coded(msgspec.structs.replace(STRIKE, time=when))
    if expected is None:
        assert not found
        assert out[0].reason == "it is dated less closely than to a month"
    else:
        assert (found[0].cells["event_date"].value, found[0].cells["time_precision"].value) == expected


def test_what_is_left_out_says_why():
    country = EventPlace(id="p1", precision=6, basis="context")
    for change, why in (
        ({"factuality": "denied"}, "did not happen"),
        ({"place": None}, "no place"),
        ({"place": country}, "no closer than a country"),
        ({"time": None}, "no date"),
    ):
        found, out = coded(msgspec.structs.replace(STRIKE, **change))
        assert not found
        assert why in out[0].reason


def figure(name, low=None, best=None, of="fighters", modifier=None, side=None):
    return Quantity(
        id=name, kind="killed", of=of, low=low, best=best, high=None, unit=None, modifier=modifier, side=side,
        civilians=None, evidence=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([], 0),
        ([figure("a", 12, 12)], 12),
        ([figure("a", modifier="dozens")], 12),
        ([figure("a", modifier="hundreds")], 100),
        ([figure("a", modifier="several")], 3),
        ([figure("a", 8, 8), figure("b", 6, 6)], 6),
        ([figure("a", 8, 8), figure("b", 2, 2, of="soldiers")], 10),
        ([figure("a", 10, 10, of="people"), figure("b", 2, 2, of="soldiers")], 10),
    ],
)
def test_fatalities(figures, expected):
    assert fatalities(figures).value == expected


def test_pairs_are_in_no_order():
    assert (interaction(8, 2), interaction(2, 8), interaction(2, None), interaction(7, 8)) == (28, 28, 20, 78)
    assert interaction_text(8, 2) == "Rebel group-External/Other forces"
    assert interaction_text(2, None) == "Rebel group only"


def told_by(outlet, *events, name):
    found = reading(*events)
    source = msgspec.structs.replace(found.report.source, id=name)
    report = msgspec.structs.replace(found.report, id=name, outlet=outlet, source=source)
    return msgspec.structs.replace(found, report=report)


def test_what_two_reports_tell_of_one_pair_place_and_day_is_one_row():
    one = told_by("Sample Wire", STRIKE, name="one")
    other = told_by("Coast Observer", STRIKE, name="other")
    alone, both = rows(one), rows(one, other)
    assert len(alone) == len(both) == 1
    assert both[0]["source"] == "Sample Wire; Coast Observer"
    assert both[0]["notes"] == alone[0]["notes"] + " Also reported by Coast Observer."
    assert {name for name in COLUMNS if both[0][name] != alone[0][name]} == {"source", "notes"}
    # the same rows, whichever report came first, but for the order of its sources
    assert len(rows(other, one)) == 1


def test_of_two_reports_the_higher_type_and_the_lowest_toll_stand():
    strike = dict.fromkeys(COLUMNS) | {
        "sub_event_type": "Air/drone strike", "event_type": "Explosions/Remote violence", "actor1": "A", "actor2": "B",
        "assoc_actor_2": "C", "fatalities": 5, "source": "Wire", "source_scale": "National", "notes": "On 1 August.",
        "geo_precision": 2, "latitude": 1.0, "longitude": 1.0, "timestamp": 1,
    }  # fmt: skip
    clash = strike | {
        "sub_event_type": "Armed clash", "event_type": "Battles", "actor1": "B", "actor2": "A", "assoc_actor_2": "D",
        "fatalities": 3, "source": "Daily", "source_scale": "International", "notes": "On 1 August, a clash.",
        "geo_precision": 1, "latitude": 2.0, "timestamp": 2,
    }  # fmt: skip
    folded = fold(strike, clash)
    assert (folded["sub_event_type"], folded["actor1"], folded["actor2"]) == ("Armed clash", "B", "A")
    assert (folded["fatalities"], folded["source"], folded["source_scale"]) == (
        3,
        "Wire; Daily",
        "National-International",
    )
    assert (folded["geo_precision"], folded["latitude"], folded["timestamp"]) == (1, 2.0, 2)
    assert folded["assoc_actor_2"] == "D; C"
    assert folded["notes"] == "On 1 August, a clash. The lowest figure is taken. Also reported by Wire."


def test_a_battle_with_one_side_alone_is_part_of_the_strikes_of_its_place_and_day():
    alone = msgspec.structs.replace(
        CLASH, arguments=tuple(side for side in CLASH.arguments if side.role != "target")[:1]
    )
    values, cells = only(STRIKE, alone)
    assert values["sub_event_type"] == "Air/drone strike"
    assert "same context" in cells["sub_event_type"].rule
    assert "second side" in cells["sub_event_type"].rejected
