"""Tables: the same columns in every format that has rows, as the programs that people use open them."""

from __future__ import annotations

import io
import sqlite3
import zipfile

import hxl
import msgspec
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from tests.fixtures.readings import failed, rich
from tests.fixtures.strikes import CLASH, STRIKE, reading

from sitrep.errors import ExportError
from sitrep.export import csv, formats, get_codebook, get_exporter, gpkg, options_of, parquet, xlsx
from sitrep.export import hxl as hxl_format
from sitrep.export._sheets import sheets
from sitrep.model import EventRef, FieldValue, Figure, Incident

READINGS = (rich("a"), rich("b"), failed(), reading(STRIKE, CLASH))


def written(module, *readings, **options):
    out = io.BytesIO()
    rows = module.write(readings, out, **options)
    return io.BytesIO(out.getvalue()), rows


def hostile(value):
    whole = rich()
    return msgspec.structs.replace(whole, report=msgspec.structs.replace(whole.report, outlet=value))


INCIDENT = Incident(
    id="i1", type="air_strike", place="zawara", start="2016-08-08", end="2016-08-08",
    events=(EventRef(report="a", event="e1"), EventRef(report="b", event="e1")),
    fields={"type": (FieldValue(value="air_strike", events=(), sources=2), FieldValue(value="shelling", events=(), sources=1))},
    figures=(Figure(kind="killed", low=12, best=12, high=None, rule="agreed"),),
)  # fmt: skip


@pytest.mark.parametrize("name", list(sheets()))
def test_every_column_says_what_it_holds_and_has_its_kind(name):
    sheet = sheets()[name]
    assert len(set(sheet.names)) == len(sheet.names)
    kinds = {"text": str, "date": str, "integer": int, "number": (int, float), "boolean": bool}
    rows = list(sheet.values(READINGS))
    assert rows
    for column, values in zip(sheet.columns, zip(*rows, strict=True), strict=True):
        assert column.help
        assert all(value is None or isinstance(value, kinds[column.kind]) for value in values), column.name
    # no column of a rich record is empty throughout, or the table would promise what it does not hold
    empty = {column.name for column, values in zip(sheet.columns, zip(*rows, strict=True), strict=True) if not any(
        value is not None for value in values)}  # fmt: skip
    assert empty <= {"weapon", "injured_low", "injured_best", "injured_high", "part_of", "from", "to"}


@pytest.mark.parametrize("name", list(sheets()))
def test_pandas_reads_every_table_from_csv_and_parquet(name):
    from_csv = pd.read_csv(written(csv, *READINGS, table_name=name)[0])
    content, rows = written(parquet, *READINGS, table_name=name)
    frame = pd.read_parquet(content)
    assert len(frame) == len(from_csv) == rows
    assert list(frame.columns) == list(from_csv.columns) == list(sheets()[name].names)
    # nothing is lost: types and nulls come back as they went in
    table = pq.read_table(content)
    back = [list(row.values()) for row in table.to_pylist()]
    assert back == [list(row) for row in sheets()[name].values(READINGS)]
    assert all(table.schema.field(column.name).metadata[b"help"] for column in sheets()[name].columns)


def test_an_unknown_table_is_an_error_that_names_the_others():
    for module in (csv, parquet):
        with pytest.raises(ExportError, match="events, claims"):
            written(module, rich(), table_name="nothing")


def test_openpyxl_opens_the_workbook():
    content, rows = written(xlsx, *READINGS, incidents=[INCIDENT])
    assert content.getvalue() == written(xlsx, *READINGS, incidents=[INCIDENT])[0].getvalue()
    book = openpyxl.load_workbook(content)
    assert book.sheetnames == ["incidents", *sheets(), "columns"]
    events = book["events"]
    assert events.freeze_panes == "A2"
    assert [cell.value for cell in events[1]] == list(sheets()["events"].names)
    assert all(cell.comment.text for cell in events[1])
    values = list(sheets()["events"].values(READINGS))
    assert events.max_row == len(values) + 1
    first = dict(zip(sheets()["events"].names, (cell.value for cell in events[2]), strict=True))
    assert (first["killed_low"], first["injured_low"], first["background"]) == (12, None, "no")
    incident = dict(
        zip((cell.value for cell in book["incidents"][1]), (cell.value for cell in book["incidents"][2]), strict=True)
    )
    assert (incident["incident"], incident["reports"], incident["killed_best"]) == ("i1", 2, 12)
    assert incident["disputed"] == "type: air_strike / shelling"
    assert rows == 1 + sum(book[name].max_row - 1 for name in sheets())


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(value):
    content, _ = written(xlsx, hostile(value))
    sheet = openpyxl.load_workbook(content)["events"]
    outlet = sheet.cell(2, list(sheets()["events"].names).index("outlet") + 1)
    assert (outlet.value, outlet.data_type, outlet.hyperlink) == (f"'{value}", "s", None)
    with zipfile.ZipFile(content) as archive:
        assert all(b"<f>" not in archive.read(name) for name in archive.namelist())


def test_a_long_table_goes_on_in_another_sheet(monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS", 3)
    book = openpyxl.load_workbook(written(xlsx, rich("a"), rich("b"))[0])
    assert [book[name].max_row for name in ("events", "events 2", "events 3", "events 4")] == [4, 4, 4, 2]


def test_geopackage_holds_points_and_what_has_none(tmp_path):
    content, rows = written(gpkg, *READINGS)
    assert content.getvalue()[:15] == b"SQLite format 3"
    path = tmp_path / "made.gpkg"
    path.write_bytes(content.getvalue())
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        located, unlocated = connection.execute("SELECT count(geom), count(*) - count(geom) FROM events").fetchone()
        assert (located, unlocated) == (6, 6)
        assert located + unlocated == rows
        helped = connection.execute("SELECT description FROM gpkg_data_columns WHERE column_name = 'quote'").fetchall()
        assert helped
        assert connection.execute("SELECT count(*) FROM claims").fetchone() == (8,)
        assert connection.execute("SELECT min_x, max_y FROM gpkg_contents WHERE table_name = 'events'").fetchone() == (
            12.082, 32.931,
        )  # fmt: skip
    finally:
        connection.close()


def test_libhxl_reads_the_hashtags():
    content, rows = written(hxl_format, *READINGS)
    source = hxl.data(content)
    assert [column.display_tag for column in source.columns] == list(hxl_format.HASHTAGS.values())
    found = list(source)
    assert len(found) == rows == 12
    assert found[0].get("#affected+killed+min") == "12"
    assert found[0].get("#date+start") == "2016-08-08"
    problems = []
    assert hxl.schema(None, callback=problems.append).validate(hxl.data(written(hxl_format, *READINGS)[0]))
    assert not problems


def test_every_format_tells_what_a_person_wants_to_know():
    found = {one.name: one for one in formats()}
    assert found["xlsx"].label == "Excel"
    assert [option.choices for option in found["acled"].options] == [("text", "numeric")]
    assert found["acled"].listens
    assert not found["csv"].listens
    for one in found.values():
        assert one.label
        assert one.media != "application/octet-stream", one.name
        assert {option.name for option in one.options} <= options_of(get_exporter(one.name))
    assert get_exporter("gdelt-mentions") is get_exporter("gdelt_mentions")
    assert get_codebook("hxl") is get_exporter("csv")
