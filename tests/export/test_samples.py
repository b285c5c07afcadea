"""Every codebook's columns and allowed values over the bundled sample reports, as the default reader reads them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sitrep.export import acled, exporters, ged, get_exporter, polecat
from sitrep.export._acled_rules import VIOLENT
from sitrep.export._cells import Row
from sitrep.flow import read_paths
from sitrep.ontology.codebooks import load_acled_rules
from sitrep.ontology.load import load_ontology

SAMPLES = Path(__file__).parents[2] / "samples"
BLANK = {"assoc_actor_1", "actor2", "assoc_actor_2", "inter2", "civilian_targeting", "admin2", "admin3", "tags"}


@pytest.fixture(scope="module")
def readings(reader):
    found = list(read_paths([SAMPLES], reader=reader))
    assert len(found) > 10
    return found


def written(exporter, readings, **options):
    out = io.BytesIO()
    exporter.write(readings, out, **options)
    return out.getvalue().decode()


def test_acled(readings):
    rules, ontology = load_acled_rules(), load_ontology()
    rows = list(csv.DictReader(io.StringIO(written(acled, readings))))
    assert rows
    assert len({row["event_id_cnty"] for row in rows}) == len(rows)
    for row in rows:
        assert tuple(row) == acled.COLUMNS
        assert {column for column in row if not row[column]} <= BLANK
        assert row["sub_event_type"] in ontology.acled[row["event_type"]]
        assert {row["inter1"], row["inter2"]} <= {*rules.inter.values(), ""}
        assert row["fatalities"].isdecimal()
        assert (row["disorder_type"] == "Strategic developments") == (row["sub_event_type"] not in VIOLENT)
    for row in csv.DictReader(io.StringIO(written(acled, readings, inter="numeric"))):
        assert int(row["interaction"]) in rules.interaction_codes
    # one row a pair, place and day within a report
    pairs = [
        (row.report, frozenset((row.cells["actor1"].value, row.cells["actor2"].value)), row.cells["location"].value,
         row.cells["event_date"].value, row.cells["time_precision"].value)
        for reading in readings for row in acled.code(reading) if isinstance(row, Row)
    ]  # fmt: skip
    assert len(pairs) == len(set(pairs))


def test_ged(readings):
    rows = list(csv.DictReader(io.StringIO(written(ged, readings, strict=False))))
    assert rows
    for row in rows:
        assert tuple(row) == ged.COLUMNS
        assert row["code_status"] in ("Clear", "Below inclusion: no deaths reported")
        assert row["where_prec"] in "1234567"
        assert row["date_prec"] in "12345"
        assert (int(row["high"]) > 0) == (row["code_status"] == "Clear")
    strict = list(csv.DictReader(io.StringIO(written(ged, readings))))
    assert all(int(row["high"]) > 0 for row in strict)


def test_polecat(readings):
    lines = [line.split("\t") for line in written(polecat, readings).splitlines()]
    assert tuple(lines[0]) == polecat.COLUMNS
    assert {len(line) for line in lines} == {40}


@pytest.mark.parametrize("name", exporters())
def test_every_format_is_well_formed(readings, name):
    exporter = get_exporter(name)
    text = written(exporter, readings)
    if exporter.suffix in (".kml", ".graphml"):
        ET.fromstring(text)
    elif exporter.suffix in (".geojson", ".json"):
        json.loads(text)
    elif exporter.suffix == ".csv":
        assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1
    elif exporter.suffix == ".tsv":
        assert len({line.count("\t") for line in text.splitlines()}) == 1
    else:
        assert all(json.loads(line) for line in text.splitlines())
