"""Files, folders and standard input: what can be taken is taken in order, what cannot is handed over as an error."""

from __future__ import annotations

import io
import os

import pytest

from sitrep.errors import SourceError
from sitrep.model import Capture, Source
from sitrep.sources import documents, jsonl
from sitrep.sources.files import captures, count
from sitrep.sources.source import LARGEST, Options

ROW = b'{"doc_id": "d1", "title": "Harbour shelled", "text": "The army shelled it.", "outlet": "Gazette", "published": "2016-08-01", "url": "https://g.example/1"}\n'


def taken(*paths, **more):
    return list(captures(paths, **more))


def message(found):
    assert isinstance(found, SourceError), found
    assert found.todo
    return found.message


def test_a_file_is_one_capture(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"The army shelled it.")
    (found,) = taken(tmp_path / "a.txt")
    assert (found.media, found.content, found.source.id, found.source.kind) == (
        "text",
        b"The army shelled it.",
        "a.txt",
        "file",
    )
    assert found.source.uri == str(tmp_path / "a.txt")


def test_a_row_brings_its_fields(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(ROW)
    (found,) = taken(tmp_path / "a.jsonl")
    assert (found.source.id, found.source.uri, found.source.kind) == ("d1", "https://g.example/1", "jsonl")
    assert (found.title, found.outlet, found.published) == ("Harbour shelled", "Gazette", "2016-08-01")
    assert found.text == "The army shelled it."
    assert found.content == ROW.strip()


def test_other_names_of_fields(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(
        b'{"id": 7, "text": "x y", "source": "Post", "date": "2016-08-02", "author": "N. F.", "odd": [1]}\n'
    )
    (found,) = taken(tmp_path / "a.jsonl")
    assert (found.source.id, found.outlet, found.published, found.byline) == ("7", "Post", "2016-08-02", "N. F.")


def test_a_row_without_id_is_named_by_its_line(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "one"}\n\n{"text": "two"}')
    assert [found.source.id for found in taken(tmp_path / "a.jsonl")] == ["a.jsonl:1", "a.jsonl:3"]


def test_a_folder_is_read_in_the_order_of_names(tmp_path):
    for name in (
        "b/2.txt",
        "a.html",
        "b/10.txt",
        "c.jsonl",
        ".hidden.txt",
        "README.md",
        "notes.md",
        "b/.git/x.txt",
        "d.pdf",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(ROW if name.endswith("jsonl") else b"<p>x</p>")
    found = taken(tmp_path)
    assert [capture.source.id for capture in found] == ["a.html", "b/10.txt", "b/2.txt", "d1", "d.pdf", "notes.md"]
    assert [capture.media for capture in found] == ["html", "text", "text", "record", "pdf", "text"]
    assert count([tmp_path]) == 6


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"id": "x", "text": "Rebels she', "truncated"),
        (b'{"id": "x"}', 'no "text"'),
        (b'{"id": "x", "text": ""}', 'an empty "text"'),
        (b'{"id": "x", "text": " \\n"}', 'an empty "text"'),
        (b'{"id": "x", "text": {"a": 1}}', 'a non-text "text"'),
        (b"[1, 2]", "not an object"),
        (b"not json", "not JSON"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        (b'{"text": ' + b"[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_an_error_and_the_next_is_read(tmp_path, line, why):
    (tmp_path / "a.jsonl").write_bytes(
        b'{"id": "before", "text": "x y"}\n' + line + b'\n{"id": "after", "text": "x y"}\n'
    )
    before, bad, after = taken(tmp_path / "a.jsonl")
    assert why in message(bad)
    assert bad.facts["source"] == "a.jsonl:2"
    assert (before.source.id, after.source.id) == ("before", "after")


def test_a_line_of_50_mb_is_passed_over_in_little_memory(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as out:
        out.write(b'{"id": "before", "text": "x y"}\n{"text": "')
        for _ in range(50):
            out.write(b"x" * 1_000_000)
        out.write(b'"}\n{"id": "after", "text": "x y"}\n')
    sizes = []

    class Watched(io.BufferedReader):
        def readline(self, size=-1):
            line = super().readline(size)
            sizes.append(len(line))
            return line

    with Watched(io.FileIO(path)) as stream:
        found = list(jsonl.captures(stream, Source(kind="file", uri="a.jsonl", id="a.jsonl"), Options()))
    assert [isinstance(one, Capture) for one in found] == [True, False, True]
    assert "50 MB" in message(found[1])
    assert max(sizes) <= LARGEST + 1


def test_a_file_that_is_too_large_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "LARGEST", 1000)
    (tmp_path / "a.txt").write_bytes(b"x" * 1001)
    (tmp_path / "b.txt").write_bytes(b"x" * 1000)
    large, fits = taken(tmp_path)
    assert "no single report" in message(large)
    assert isinstance(fits, Capture)


def test_what_is_not_there_is_an_error(tmp_path):
    (missing,) = taken(tmp_path / "none.txt")
    assert "No such file" in message(missing)
    assert missing.facts["uri"] == str(tmp_path / "none.txt")


def test_an_empty_folder_is_an_error(tmp_path):
    (tmp_path / "image.png").write_bytes(b"x")
    (empty,) = taken(tmp_path)
    assert "holds no report" in message(empty)
    assert ".jsonl" in empty.todo


def test_a_dangling_link_and_a_ring_of_links(tmp_path):
    (tmp_path / "a.txt").symlink_to("nowhere")
    (tmp_path / "ring").symlink_to(tmp_path)
    (tmp_path / "b.txt").write_bytes(b"x")
    dangling, good = taken(tmp_path)
    assert "No such file" in message(dangling)
    assert good.source.id == "b.txt"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_an_error(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "a.txt").chmod(0)
    (closed,) = taken(tmp_path / "a.txt")
    assert "Permission denied" in message(closed)


def test_an_empty_jsonl_file_is_an_error(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"")
    (empty,) = taken(tmp_path / "a.jsonl")
    assert "is empty" in message(empty)


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (ROW, "record"),
        (b"<!DOCTYPE html><p>x", "html"),
        (b"\n <html><p>x", "html"),
        (b"The army shelled it.\nTwice.", "text"),
        (b"", "text"),
        (b"{curly words}", "text"),
    ],
)
def test_standard_input_is_known_by_its_beginning(content, media):
    (found,) = taken("-", stdin=io.BytesIO(content))
    assert found.media == media
    if media != "record":
        assert found.source.kind == "stdin"
        assert found.content == content


def test_standard_input_cannot_be_counted(tmp_path):
    assert count(["-"]) is None
    assert count([tmp_path / "none.txt"]) == 1


@pytest.mark.parametrize(("content", "lines"), [(b"", 1), (b"a\nb\n", 2), (b"a\nb", 2)])
def test_lines_are_counted(tmp_path, content, lines):
    (tmp_path / "a.jsonl").write_bytes(content)
    assert count([tmp_path / "a.jsonl"]) == lines


def test_captures_are_taken_one_at_a_time(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(ROW * 10_000)
    stream = captures([tmp_path / "a.jsonl"])
    assert next(stream).source.id == "d1"
    stream.close()
