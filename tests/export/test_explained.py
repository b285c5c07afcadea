"""Every cell of every format has its rule and the report's own words, and rows of several reports say what became one."""

from __future__ import annotations

import csv
import io
import json

import msgspec
import pytest
from click.testing import CliRunner
from tests.fixtures.readings import rich
from tests.fixtures.strikes import CLASH, REQUEST, STRIKE, reading

from sitrep.cli import main
from sitrep.export import LeftOut, Row, airwars, exporters, ftm, ged, get_codebook, get_exporter
from sitrep.export._fold import explained
from sitrep.model import EventRef, Incident
from sitrep.model.codec import encode


def report_named(whole, name, outlet="Sample Wire"):
    source = msgspec.structs.replace(whole.report.source, id=name)
    return msgspec.structs.replace(
        whole, report=msgspec.structs.replace(whole.report, id=f"r-{name}", source=source, outlet=outlet)
    )


def told(module, *readings, **options):
    out = io.BytesIO()
    module.write(readings, out, **options)
    return out.getvalue().decode()


@pytest.mark.parametrize("name", exporters())
def test_every_cell_has_a_rule_and_true_words(name):
    codebook = get_codebook(name)
    rows = 0
    for whole in (rich(), reading(REQUEST, STRIKE, CLASH)):
        for row in codebook.code(whole):
            if isinstance(row, LeftOut):
                assert row.reason
                continue
            rows += 1
            assert set(row.cells) <= set(codebook.COLUMNS)
            assert row.report == whole.report.source.id
            for cell in row.cells.values():
                assert cell.rule
                assert all(whole.report.text[part.start : part.end] == part.quote for part in cell.evidence)
    assert rows


def test_what_is_explained_is_what_is_written():
    whole = reading(REQUEST, STRIKE, CLASH)
    for line, row in zip(told(ftm, whole).splitlines(), ftm.code(whole), strict=True):
        entity = json.loads(line)
        assert {"id": entity["id"], "schema": entity["schema"]} | entity["properties"] == {
            name: cell.value for name, cell in row.cells.items()
        }
    doccano = get_exporter("doccano")
    line = json.loads(told(doccano, whole))
    written = [*line["entities"], *line["relations"]]
    assert written == [{k: c.value for k, c in row.cells.items()} for row in get_codebook("doccano").code(whole)]


def test_ged_counts_the_dead_of_one_fight_once():
    one, other = (report_named(reading(CLASH), name, name) for name in ("a", "b"))
    (row,) = csv.DictReader(io.StringIO(told(ged, one, other)))
    (alone,) = csv.DictReader(io.StringIO(told(ged, one)))
    assert (row["best"], row["number_of_sources"]) == (alone["best"], "2")
    assert row["source_office"] == "a;b"
    assert (row["low"], row["high"]) == (alone["low"], alone["high"])
    rows = [found for whole in (one, other) for found in ged.code(whole) if isinstance(found, Row)]
    folded = explained(rows, ged.folding())
    assert folded.cells["number_of_sources"].rule == "of 2 reports: how many reports tell of it"
    assert folded.cells["source_office"].rejected == "a (a); b (b)"
    assert folded.cells["side_a"].value == alone["side_a"]


def harmed():
    whole = reading(msgspec.structs.replace(STRIKE, quantities=("q2",)))
    return msgspec.structs.replace(
        whole, quantities=tuple(msgspec.structs.replace(figure, civilians=True) for figure in whole.quantities)
    )


@pytest.mark.parametrize(
    ("sources", "status", "grade"), [(2, "likely_strike", "fair"), (1, "single_source_claim", "weak")]
)
def test_two_independent_sources_make_harm_fair(sources, status, grade):
    one, other = (report_named(harmed(), name, name) for name in ("a", "b"))
    refs = tuple(EventRef(report=name, event="e3") for name in ("a", "b"))
    incident = Incident(id="i1", type="air_strike", place=None, start=None, end=None, events=refs, fields={}, figures=(),
                        sources=sources)  # fmt: skip
    (line,) = told(airwars, one, other, incidents=[incident]).splitlines()
    found = json.loads(line)
    assert (found["code"], found["strike_status"], found["civilian_harm_status"]) == ("i1", status, grade)
    assert [source["name"] for source in found["sources"]] == ["a", "b"]
    assert len(told(airwars, one, other).splitlines()) == 2


def test_a_row_of_several_reports_is_explained_as_one(tmp_path):
    store = tmp_path / "readings.jsonl"
    store.write_bytes(b"".join(encode(report_named(reading(CLASH), n, n)) + b"\n" for n in ("a", "b")))

    def explain(*arguments):
        return CliRunner().invoke(main, ["explain", *arguments[:1], str(store), *arguments[1:]]).output

    output = explain("acled", "--row", "e6", "--column", "source")
    assert "source: a; b\n      rule: of 2 reports: all sources" in output
    assert output.count("source:") == 1
    assert "low: 6" in explain("csv", "--table", "figures", "--row", "q2")
    assert "takes no --strict" in explain("csv", "--open")
