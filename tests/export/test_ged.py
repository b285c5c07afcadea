"""UCDP GED: 49 columns, the inclusion rule, and the arithmetic of its cells and dead."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest
from tests.fixtures.readings import rich
from tests.fixtures.strikes import AGAIN, APPROVAL, CLASH, REQUEST, STRIKE, TANK, event, reading, side

from sitrep.export.ged import COLUMNS, date_precision, priogrid, write

COUNTS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def rows(*readings, **options):
    out, left = io.BytesIO(), []
    write(readings, out, listener=left.append, **options)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode()))), left


def test_strikes_without_reported_dead_are_no_rows():
    found, left = rows(reading(REQUEST, APPROVAL, STRIKE, AGAIN, TANK))
    assert found == []
    reasons = {one.event: one.reason for one in left}
    assert reasons["e3"] == "no death is reported, and UCDP asks for one"
    assert reasons["e1"] == "it is no use of armed force"
    assert set(reasons) == {"e1", "e2", "e3", "e4", "e5"}


def test_open_writes_them_as_below_inclusion():
    (row,), _ = rows(reading(STRIKE), strict=False)
    assert row["code_status"] == "Below inclusion: no deaths reported"
    assert (row["best"], row["high"], row["low"]) == ("0", "0", "0")
    assert (row["dyad_name"], row["type_of_violence"]) == ("Government of United States - Islamic State", "1")
    assert (row["where_prec"], row["date_prec"]) == ("1", "1")
    assert (row["gwnoa"], row["gwnob"], row["country_id"], row["region"]) == ("2", "", "620", "Africa")


def test_every_row_keeps_the_columns():
    found, _ = rows(rich(), reading(CLASH))
    assert len(found) == 2
    assert len(COLUMNS) == 49
    for row in found:
        assert tuple(row) == COLUMNS
        assert row["type_of_violence"] in "123"
        assert row["region"] in {"Africa", "Americas", "Asia", "Europe", "Middle East"}
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])
        assert sum(int(row[column]) for column in COUNTS) == int(row["best"])
        assert row["date_start"].endswith(" 00:00:00.000")
        assert row["geom_wkt"] == f"POINT ({row['longitude']} {row['latitude']})"
    strike, clash = found
    # the dead are the brigade's men: side b
    assert (strike["side_b"], strike["deaths_b"], strike["where_prec"]) == ("Dawn Brigade", "12", "2")
    assert strike["source_original"] == "Libyan Army"
    assert strike["source_article"] == '"Harbour Gazette,2016-08-09,Jets hit depot in Zawara as council asks for help"'
    # two figures for the same fighters: the first is best, the others bound it
    assert (clash["deaths_unknown"], clash["low"], clash["best"], clash["high"]) == ("8", "6", "8", "8")


@pytest.mark.parametrize(
    ("attacker", "victim", "expected"),
    [
        (("Islamic State", "a2"), ("Libyan brigades", "a4"), ("1", "Government of Libya", "Islamic State")),
        (
            ("American aircraft", "a1"),
            ("Libyan brigades", "a4"),
            ("1", "Government of United States", "Government of Libya"),
        ),
    ],
)
def test_a_government_is_side_a(attacker, victim, expected):
    told = event("e8", "ground_attack", "hit", side("attacker", *attacker), side("target", *victim), quantities=("q2",))
    (row,), _ = rows(reading(told))
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == expected


def test_what_has_no_dyad_no_place_or_no_date_is_left_out():
    for change, why in (
        ({"place": None}, "its place is not known"),
        ({"time": None}, "its date is not known"),
        ({"factuality": "denied"}, "it did not happen (denied)"),
        ({"arguments": CLASH.arguments[:1]}, "nobody is named against whom"),
        ({"arguments": ()}, "no organised actor is named who uses force"),
    ):
        found, left = rows(reading(msgspec.structs.replace(CLASH, **change)))
        assert not found
        assert [one.reason for one in left] == [why]


def test_cells_of_the_grid():
    assert priogrid(-90, -180) == 1
    assert priogrid(-89.9, -179.4) == 2
    assert priogrid(-89.5, -180) == 721
    assert priogrid(90, 180) == 720 * 360
    assert priogrid(31.20892, 16.58866) == 242 * 720 + 393 + 1


@pytest.mark.parametrize(("days", "code"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (90, 5)])
def test_precision_of_dates(days, code):
    assert date_precision(days) == code
