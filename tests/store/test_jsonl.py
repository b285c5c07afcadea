"""The store in one file: resumable, never half written, and readable by the line."""

from __future__ import annotations

import msgspec
import pytest
from tests.fixtures.readers import PlainReader
from tests.fixtures.readings import failed, rich

from sitrep import flow
from sitrep.errors import EvidenceError, RecordError, StoreError
from sitrep.ingest.local import read_into
from sitrep.model.codec import encode
from sitrep.store.jsonl import View, Writer

TEXT = "The army shelled the harbour of Zawara on Monday, the council said."


def clock():
    return "2024-05-01T12:00:00+00:00"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.jsonl"


def write(path, *readings):
    with Writer(path, clock=clock) as writer:
        for reading in readings:
            writer.write(reading)
    return writer


def test_what_is_written_is_read_again(path):
    write(path, rich("a"), failed("b"), rich("c"))
    view = View(path)
    assert [reading.report.source.id for reading in view] == ["a", "b", "c"]
    assert len(view) == 3
    first = next(iter(view))
    assert first.provenance.read_at == clock()
    assert msgspec.structs.replace(first, provenance=rich("a").provenance) == rich("a")
    assert view.get(rich("c").report.id).report.source.id == "c"
    assert view.get("nobody") is None


def test_a_later_reading_takes_the_place_of_an_earlier(path):
    newer = msgspec.structs.replace(rich("a"), events=())
    write(path, rich("a"), rich("b"), newer)
    view = View(path)
    assert [(r.report.source.id, len(r.events)) for r in view] == [("a", 0), ("b", 5)]


def test_a_line_that_a_crash_cut_is_cut_off(path):
    write(path, rich("a"))
    whole = path.read_bytes()
    path.write_bytes(whole + encode(rich("b"))[:200])
    assert len(View(path)) == 1
    write(path, rich("c"))
    assert [reading.report.source.id for reading in View(path)] == ["a", "c"]
    assert path.read_bytes().startswith(whole)


def test_done_means_read_by_the_same_versions(path):
    reading = rich("a")
    write(path, reading)
    with Writer(path, clock=clock) as writer:
        assert writer.is_done(reading.report, reading.provenance)
        assert not writer.is_done(reading.report, msgspec.structs.replace(reading.provenance, ontology="newer"))
        assert not writer.is_done(rich("b").report, reading.provenance)


def test_a_failure_is_recorded_once(path):
    write(path, failed("a"), failed("a"))
    write(path, failed("a"))
    assert path.read_bytes().count(b"\n") == 1


def test_a_file_of_something_else_is_left_alone(path):
    path.write_bytes(b'{"some": "thing"}\n')
    with pytest.raises(StoreError, match="no reading") as caught:
        Writer(path)
    assert caught.value.todo
    assert path.read_bytes() == b'{"some": "thing"}\n'
    with pytest.raises(RecordError, match="no reading"):
        View(path)


def test_an_altered_record_is_found_out(path):
    write(path, rich("a"))
    path.write_bytes(path.read_bytes().replace(b'"quote":"struck"', b'"quote":"missed"'))
    with pytest.raises(EvidenceError, match="missed"):
        list(View(path))


def test_a_second_writer_is_kept_out(path):
    pytest.importorskip("fcntl")
    with Writer(path), pytest.raises(StoreError, match="another process"):
        Writer(path)


def test_no_folder_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="No such file"):
        Writer(tmp_path / "none" / "store.jsonl")
    with pytest.raises(StoreError, match="No such file"):
        View(tmp_path / "none.jsonl")


def test_a_run_goes_on_where_it_stopped(path, tmp_path, monkeypatch):
    reader = PlainReader()
    reports = tmp_path / "reports"
    reports.mkdir()
    for n in range(5):
        (reports / f"{n}.txt").write_text(f"{TEXT} {n}", encoding="utf-8")
    (reports / "9.txt").write_bytes(b"")
    monkeypatch.setattr(flow, "default_reader", lambda progress=None: reader)
    with Writer(path) as writer:
        stream = read_into(writer, [reports], reader=reader)
        next(stream)
        next(stream)
        stream.close()
    with Writer(path) as writer:
        again = [reading.report.source.id for reading in read_into(writer, [reports], reader=reader)]
    assert again == ["2.txt", "3.txt", "4.txt", "9.txt"]
    assert [reading.report.source.id for reading in View(path)] == ["0.txt", "1.txt", *again]
    with Writer(path) as writer:
        # failures are tried again, and not written twice
        assert [reading.report.source.id for reading in read_into(writer, [reports], reader=reader)] == ["9.txt"]
        assert writer.written == 0
    with Writer(path) as writer:
        newer = PlainReader("2")
        assert len(list(read_into(writer, [reports], reader=newer))) == 6
