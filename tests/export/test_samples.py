"""Every codebook's columns and allowed values over the bundled sample reports, as the default reader reads them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sitrep.export import acled, cameo, formats, gdelt_mentions, ged, get_exporter, muc, polecat
from sitrep.export._acled_rules import VIOLENT
from sitrep.export._cells import Row
from sitrep.flow import read_paths
from sitrep.ontology.codebooks import load_acled_rules, load_cameo
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


def test_cameo(readings):
    lines = [line.split("\t") for line in written(cameo, readings).splitlines()]
    assert {len(line) for line in lines} == {20}
    codes = load_cameo()
    rows = [dict(zip(cameo.COLUMNS, line, strict=True)) for line in lines[1:]]
    assert rows
    for row in rows:
        assert row["Event Text"] == codes[row["CAMEO Code"]].name
        assert float(row["Intensity"]) == codes[row["CAMEO Code"]].goldstein
        assert row["Source Name"]
        assert row["Target Name"]
        assert re.fullmatch(r"(\d{4}-\d\d-\d\d)?", row["Event Date"])


def test_gdelt_mentions(readings):
    lines = [line.split("\t") for line in written(gdelt_mentions, readings).splitlines()]
    assert {len(line) for line in lines} == {16}
    for line in lines:
        row = dict(zip(gdelt_mentions.COLUMNS, line, strict=True))
        assert row["MentionType"] in "123456"
        assert row["Confidence"] in {str(number) for number in range(10, 101, 10)}
        assert re.fullmatch(r"(\d{14})?", row["EventTimeDate"])
        assert int(row["ActionCharOffset"]) < int(row["MentionDocLen"])


def test_muc(readings):
    kinds = {"ATTACK", "ARSON", "BOMBING", "KIDNAPPING", "HIJACKING", "ROBBERY", "FORCED WORK STOPPAGE"}
    rows = [row for reading in readings for row in muc.code(reading) if isinstance(row, Row)]
    assert rows
    for row in rows:
        assert tuple(row.cells) == muc.COLUMNS
        assert row.cells["INCIDENT: TYPE"].value in kinds
        assert row.cells["INCIDENT: STAGE OF EXECUTION"].value in ("ACCOMPLISHED", "ATTEMPTED", "THREATENED")
        assert all(cell.value not in (None, "") for cell in row.cells.values())


@pytest.mark.parametrize(
    "name", [one.name for one in formats() if one.suffix not in (".parquet", ".gpkg", ".xlsx", ".pdf")]
)
def test_every_format_of_text_is_well_formed(readings, name):
    exporter = get_exporter(name)
    if exporter.suffix == ".zip":
        out = io.BytesIO()
        exporter.write(readings, out)
        assert zipfile.ZipFile(out).testzip() is None
        return
    text = written(exporter, readings)
    if exporter.suffix in (".kml", ".graphml"):
        ET.fromstring(text)
    elif exporter.suffix in (".geojson", ".json"):
        json.loads(text)
    elif exporter.suffix == ".csv":
        assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1
    elif exporter.suffix in (".tsv", ".mentions.csv"):
        assert len({line.count("\t") for line in text.splitlines()}) == 1
    elif exporter.suffix in (".jsonl", ".ftm.json"):
        assert all(json.loads(line) for line in text.splitlines())
    else:
        assert text.strip()
