"""The archive's views of tabular exports hold what the files hold."""

import csv
import io
import sqlite3
from contextlib import closing

import pytest
from tests.fixtures.readings import failed, rich

from sitrep.export import exporters, get_exporter
from sitrep.ingest.tabular import borrowed, coded, columns
from sitrep.store.rows import prepare
from sitrep.store.writer import Writer


def test_formats_of_rows_have_views_and_borrowed_rows_none():
    assert {"acled", "ged", "polecat", "csv"} <= set(columns())
    assert not {"hxl", "geojson", "jsonl"} & set(columns())
    assert {"hxl", "geojson", "plover"} <= set(borrowed())
    assert coded(failed("a")) == {}


@pytest.mark.parametrize("name", ["acled", "csv"])
def test_a_view_holds_the_rows_of_each_report(tmp_path, name):
    readings = [rich("a"), rich("b")]
    with Writer(tmp_path / "a.db") as writer:
        writer.set_exports(columns())
        writer.write_many([prepare(reading, coded=coded(reading)) for reading in readings])
    rows: list[list[str]] = []
    header: list[str] = []
    for reading in readings:  # the file of both folds what both tell
        out = io.BytesIO()
        assert get_exporter(name).write([reading], out)
        header, *mine = list(csv.reader(io.StringIO(out.getvalue().decode())))
        rows += mine
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        cursor = connection.execute(f"SELECT * FROM export_{name}")
        assert [column[0] for column in cursor.description] == header
        found = cursor.fetchall()
    plain = {0: "no", 1: "yes"}
    for row, expected in zip(found, rows, strict=True):
        for value, cell in zip(row, expected, strict=True):
            assert cell in ("" if value is None else str(value), str(plain.get(value)), f"'{value}")


def test_every_format_is_a_view(tmp_path):
    with Writer(tmp_path / "a.db") as writer:
        writer.set_exports(columns(), borrowed())
        writer.write_many([prepare(reading, coded=coded(reading)) for reading in [rich("a")]])
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        held = {name: connection.execute(f"SELECT * FROM export_{name}").fetchall() for name in exporters()}
        point = connection.execute("SELECT longitude, latitude, geo_precision, date FROM export_geojson").fetchone()
        words = connection.execute("SELECT label, words, start FROM export_doccano WHERE role = 'attacker'").fetchone()
    # in the sample report nobody does anything to anybody named
    assert [name for name, rows in held.items() if not rows] == ["cameo"]
    assert point == (12.082, 32.931, 2, "2016-08-08")
    label, said, start = words
    assert label.startswith("actor:")
    assert rich().report.text[start : start + len(said)] == said
