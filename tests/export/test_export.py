"""Exports: every format by the same test, and a table that no spreadsheet runs as formulas."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest
from tests.fixtures.readings import failed, rich
from tests.fixtures.strikes import CLASH, reading

from sitrep.errors import ExportError
from sitrep.export import exporters, get_exporter
from sitrep.export._cells import cell
from sitrep.export.csv import COLUMNS
from sitrep.model.codec import decode_reading


def written(name, *readings):
    out = io.BytesIO()
    rows = get_exporter(name).write(readings, out)
    return out.getvalue(), rows


@pytest.mark.parametrize("name", exporters())
def test_every_format_says_what_it_is_and_writes(name):
    exporter = get_exporter(name)
    assert exporter.suffix.startswith(".")
    assert exporter.description
    content, rows = written(name, rich("a"), rich("b"), reading(CLASH))
    assert rows > 0
    assert content == written(name, rich("a"), rich("b"), reading(CLASH))[0]
    written(name, failed())
    written(name)


def test_an_unknown_format_is_an_error_that_names_the_others():
    with pytest.raises(ExportError, match=r"csv, .*jsonl") as caught:
        get_exporter("os")
    assert caught.value.facts["format"] == "os"


def test_lines_are_whole_readings():
    content, rows = written("jsonl", rich("a"), failed())
    assert rows == 2
    assert [decode_reading(line) for line in content.splitlines()] == [rich("a"), failed()]


def table(*readings):
    return list(csv.DictReader(io.StringIO(written("csv", *readings)[0].decode("utf-8"))))


def test_one_event_is_one_row():
    rows = table(rich())
    assert [row["type"] for row in rows] == [event.type for event in rich().events]
    strike = rows[0]
    assert strike["agents"] == "Libyan Army"
    assert strike["targets"] == "an arms depot"
    assert (strike["place"], strike["country"], strike["place_precision"]) == ("Zawara", "LBY", "2")
    assert (strike["date_start"], strike["killed_low"], strike["killed_high"]) == ("2016-08-08", "12", "")
    assert strike["said_by"] == "Libyan Army"
    assert rich().report.text[int(strike["start"]) : int(strike["end"])] == strike["trigger"]
    assert {row["factuality"] for row in rows} == {"occurred", "denied", "threatened"}
    # unknown is empty, never zero
    assert rows[1]["killed_best"] == ""
    assert list(strike) == list(COLUMNS)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_formulas_are_defused(value):
    assert str(cell(value)).startswith("'")
    reading = rich()
    hostile = msgspec.structs.replace(reading.report, outlet=value)
    assert table(msgspec.structs.replace(reading, report=hostile))[0]["outlet"].startswith("'")


def test_plain_values_stay():
    assert [cell(value) for value in (None, True, False, 3, -2.5, "a = b")] == ["", "yes", "no", 3, -2.5, "a = b"]
