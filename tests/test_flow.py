"""The order of things, and that one bad report never stops a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sitrep
from sitrep import flow
from sitrep.errors import SourceError, StageError, TextError
from sitrep.flow import BATCH, read_paths
from sitrep.text.report import Given
from tests.fixtures.readers import PlainReader

TEXT = "The army shelled the harbour of Zawara on Monday, the council said."


@pytest.fixture
def reader(monkeypatch):
    plain = PlainReader()
    monkeypatch.setattr(flow, "default_reader", lambda progress=None: plain)
    return plain


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_readings_come_in_order_with_failures_in_their_places(tmp_path, reader):
    rows = [{"id": f"r{n}", "text": f"{TEXT} {n}"} for n in range(40)]
    rows[7] = "half a line {"
    rows[20] = {"id": "r20", "text": "Город взят, сообщили военные в понедельник."}
    path = lines(tmp_path / "a.jsonl", *rows)
    readings = list(read_paths([path]))
    assert [reading.report.source.id for reading in readings] == ["a.jsonl:8" if n == 7 else f"r{n}" for n in range(40)]
    assert [n for n, reading in enumerate(readings) if reading.failures] == [7, 20]
    assert readings[7].report.text == ""
    assert readings[7].failures[0].kind == "SourceError"
    assert readings[20].failures[0].kind == "LanguageError"
    assert readings[20].report.text.startswith("Город")
    assert max(reader.batches) <= BATCH


def test_a_failure_says_what_why_and_what_to_do(tmp_path, reader):
    (reading,) = read_paths([tmp_path / "none.txt"])
    (failure,) = reading.failures
    assert failure.on == "none.txt"
    assert failure.tried == "opening"
    assert "No such file" in failure.message
    assert failure.todo
    assert failure.facts["uri"].endswith("none.txt")


def test_nothing_is_loaded_where_nothing_can_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(flow, "default_reader", lambda progress=None: pytest.fail("loaded a reader for nothing"))
    assert len(list(read_paths([tmp_path / "none.txt"]))) == 1


@pytest.mark.parametrize(("word", "kind"), [("BOOM", "StageError"), ("BREAK", "StageError")])
def test_a_report_that_breaks_the_reader_costs_only_itself(tmp_path, reader, word, kind):
    path = lines(tmp_path / "a.jsonl", *({"id": f"r{n}", "text": f"{TEXT} {word if n == 2 else n}"} for n in range(5)))
    readings = list(read_paths([path]))
    assert [bool(reading.failures) for reading in readings] == [False, False, True, False, False]
    assert readings[2].failures[0].kind == kind
    # its text is kept, so that it can be read again
    assert word in readings[2].report.text


def test_a_bad_date_is_a_failure_beside_the_record(tmp_path, reader):
    path = lines(tmp_path / "a.jsonl", {"id": "r", "text": TEXT, "published": "20166-08-01"})
    (reading,) = read_paths([path])
    assert reading.report.published.basis == "unknown"
    assert "the year 20166 has 5 digits" in reading.failures[0].message
    assert reading.provenance is not None


@pytest.mark.parametrize(
    ("row", "error"),
    [("half {", SourceError), ({"text": ""}, SourceError), ({"text": TEXT, "date": "20166-01-01"}, TextError),
     ({"text": f"{TEXT} BOOM"}, StageError)],
)  # fmt: skip
def test_strict_stops_at_the_first(tmp_path, reader, row, error):
    path = lines(tmp_path / "a.jsonl", row, {"text": TEXT})
    with pytest.raises(error):
        list(read_paths([path], strict=True))


def test_the_user_speaks_for_all_reports(tmp_path, reader):
    path = lines(tmp_path / "a.jsonl", {"text": TEXT, "published": "2016-01-01"})
    (reading,) = read_paths([path], given=Given(published="2016-08-01", outlet="Gazette"))
    assert (reading.report.published.value, reading.report.outlet) == ("2016-08-01", "Gazette")


def test_reports_can_be_passed_over(tmp_path, reader):
    path = lines(tmp_path / "a.jsonl", *({"id": f"r{n}", "text": f"{TEXT} {n}"} for n in range(4)))
    readings = read_paths([path], skip=lambda report: report.source.id in {"r0", "r2"})
    assert [reading.report.source.id for reading in readings] == ["r1", "r3"]


def test_the_run_is_a_stream(tmp_path, reader):
    path = lines(tmp_path / "a.jsonl", *({"id": f"r{n}", "text": f"{TEXT} {n}"} for n in range(10 * BATCH)))
    stream = read_paths([path])
    next(stream)
    assert sum(reader.batches) == BATCH


def test_one_report_from_python(tmp_path, reader):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    from_path = sitrep.read(path, published="2016-08-01", outlet="Gazette", title="Harbour shelled")
    assert from_path.report.text == f"Harbour shelled\n\n{TEXT}"
    assert from_path.report.outlet == "Gazette"
    assert sitrep.read(str(path)).report.source.id == "a.txt"
    assert sitrep.read(TEXT).report.source.kind == "text"
    assert sitrep.read(TEXT).report.id == sitrep.read(TEXT).report.id


def test_a_missing_path_is_no_text(reader):
    with pytest.raises(SourceError, match="No such file"):
        sitrep.read("no/such/report.txt")


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_text_is_an_error(reader, text):
    with pytest.raises(TextError, match="no text"):
        sitrep.read(text)


def test_several_reports_are_not_one(tmp_path, reader):
    path = lines(tmp_path / "a.jsonl", {"text": TEXT}, {"text": TEXT})
    with pytest.raises(SourceError, match="more than one report"):
        sitrep.read(path)


def test_a_date_that_is_none_stops_one_report(reader):
    with pytest.raises(TextError, match="20166"):
        sitrep.read(TEXT, published="20166-08-01")
