"""Captures from files, folders and standard input: .txt, .md, .html and .jsonl.

What cannot be taken is handed over as a SourceError in its place, so that a run goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from sitrep.errors import SourceError
from sitrep.model import Capture, Source

TEXT_SUFFIXES = (".txt", ".md", ".text")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
LINES_SUFFIXES = (".jsonl", ".ndjson")
SUFFIXES = (*TEXT_SUFFIXES, *HTML_SUFFIXES, *LINES_SUFFIXES)
STDIN = "-"
# one report with its page around it; a longer file or line is an archive or a mistake
LARGEST = 16 * 1024 * 1024
CHUNK = 1024 * 1024


def captures(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[Capture | SourceError]:
    """The captures in files, folders (in the order of their names) and standard input ("-"), one at a time.

    stdin: read for "-" instead of the process's own.
    """
    for path in paths:
        if str(path) == STDIN:
            yield from _stream(stdin or sys.stdin.buffer, Source(kind="stdin", uri=STDIN, id="stdin"))
            continue
        start = Path(path)
        try:
            if start.is_dir():
                yield from _folder(start)
            else:
                yield from _file(start, start.name)
        except OSError as error:
            yield _unreadable(Source(kind="file", uri=str(path), id=start.name), error)


def count(paths: Iterable[str | Path]) -> int | None:
    """How many reports the paths hold, counted without decoding; None where standard input is among them."""
    total = 0
    for path in paths:
        if str(path) == STDIN:
            return None
        start = Path(path)
        for found in _walk(start) if start.is_dir() else [start]:
            total += _lines(found) if isinstance(found, Path) and found.suffix.lower() in LINES_SUFFIXES else 1
    return total


def _walk(folder: Path) -> Iterator[Path | SourceError]:
    """The readable files of a folder, in the same order on every machine.

    Hidden files and a README, which speaks of the folder, are left out.
    """
    try:
        inside = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        yield _unreadable(Source(kind="file", uri=str(folder), id=folder.name), error)
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        # a link to a folder could lead round in a ring
        if path.is_dir():
            if not path.is_symlink():
                yield from _walk(path)
        elif path.suffix.lower() in SUFFIXES and path.stem.lower() != "readme":
            yield path


def _folder(folder: Path) -> Iterator[Capture | SourceError]:
    empty = True
    for found in _walk(folder):
        empty = False
        if isinstance(found, SourceError):
            yield found
            continue
        name = found.relative_to(folder).as_posix()
        try:
            yield from _file(found, name)
        except OSError as error:
            yield _unreadable(Source(kind="file", uri=str(found), id=name), error)
    if empty:
        yield SourceError(
            f"Opening {folder}: the folder holds no report.",
            todo=f"sitrep reads {', '.join(SUFFIXES)} files.",
            source=folder.name,
            uri=folder,
            kind="file",
        )


def _file(file: Path, name: str) -> Iterator[Capture | SourceError]:
    source = Source(kind="file", uri=str(file), id=name)
    suffix = file.suffix.lower()
    with file.open("rb") as stream:
        if suffix in LINES_SUFFIXES:
            yield from _rows(stream, source)
        elif suffix in SUFFIXES:
            yield _whole(stream, source, "html" if suffix in HTML_SUFFIXES else "text")
        else:
            yield from _stream(stream, source)


def _stream(stream: BinaryIO, source: Source) -> Iterator[Capture | SourceError]:
    """Bytes whose name does not say what they are: JSON Lines, a page, or text, by how they begin."""
    # a first line with anything on it is enough to tell by
    head = line = stream.readline(LARGEST + 1)
    while line and not head.strip() and len(head) <= LARGEST:
        line = stream.readline(LARGEST + 1)
        head += line
    lead = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if lead.startswith(b"{") and b'"' in lead:
        yield from _rows(stream, source, head=head)
        return
    page = lead.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--"))
    yield _whole(stream, source, "html" if page else "text", head=head)


def _whole(stream: BinaryIO, source: Source, media: str, head: bytes = b"") -> Capture | SourceError:
    content = head + stream.read(LARGEST + 1 - min(len(head), LARGEST))
    if len(content) > LARGEST:
        return SourceError(
            f"Opening {source.uri}: it is larger than {LARGEST // CHUNK} MiB, which no single report is.",
            todo="Split it into single reports, or put them into a .jsonl file, one a line.",
            source=source.id,
            uri=source.uri,
            kind=source.kind,
        )
    kind = "html" if media == "html" and source.kind == "file" else source.kind
    source = msgspec.structs.replace(source, kind=kind)
    return Capture(source=source, content=content, media="html" if media == "html" else "text")


class _Row(msgspec.Struct):
    """The fields of a JSON Lines row that sitrep reads; others are left alone."""

    text: object = None
    doc_id: object = None
    id: object = None
    title: object = None
    outlet: object = None
    source: object = None
    byline: object = None
    author: object = None
    published: object = None
    date: object = None
    url: object = None


_row = msgspec.json.Decoder(_Row)


def _rows(stream: BinaryIO, source: Source, head: bytes = b"") -> Iterator[Capture | SourceError]:
    """One capture a line; memory holds one line at a time."""
    number = 0
    while line := head.lstrip(b"\r\n") or stream.readline(LARGEST + 1):
        head = b""
        number += 1
        name = f"{source.id}:{number}"
        place = Source(kind="jsonl", uri=f"{source.uri}:{number}", id=name)
        if len(line) > LARGEST:
            skipped = _skip_line(stream) if not line.endswith(b"\n") else 0
            yield _bad_row(
                place,
                f"the line is {(len(line) + skipped) / 1e6:.0f} MB long, more than a report has",
                f"A line may have up to {LARGEST // CHUNK} MiB; put one report on each line.",
            )
            continue
        if line.strip():
            yield _capture(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, place)
    if number == 0:
        yield _bad_row(source, "the file is empty", "Check that it was written to the end.")


def _capture(line: bytes, place: Source) -> Capture | SourceError:
    try:
        # a line cut in a text would else be called a text with a line end in it
        row = _row.decode(line.rstrip(b"\r\n"))
    except msgspec.ValidationError:
        return _bad_row(place, "the line is JSON, but not an object", 'Write {"id": …, "text": …} on each line.')
    except UnicodeDecodeError as error:
        return _bad_row(
            place, f"byte {error.start} of the line is not UTF-8", "Convert the file, for example with `iconv`."
        )
    except (msgspec.DecodeError, RecursionError) as error:
        cut = "truncated" in str(error)
        todo = "The line is cut; write it again." if cut else "Write one JSON object a line, in UTF-8."
        return _bad_row(place, f"the line is not JSON ({error})", todo)
    if not isinstance(row.text, str) or not row.text.strip():
        what = "no" if row.text is None else "an empty" if isinstance(row.text, str) else "a non-text"
        return _bad_row(place, f'the line has {what} "text"', 'Put the report\'s text into the field "text".')
    identifier = _field(row.doc_id) or _field(row.id) or place.id
    return Capture(
        source=Source(kind="jsonl", uri=_field(row.url) or place.uri, id=identifier),
        content=row.text.encode("utf-8", "surrogatepass"),
        media="record",
        title=_field(row.title),
        outlet=_field(row.outlet) or _field(row.source),
        byline=_field(row.byline) or _field(row.author),
        published=_field(row.published) or _field(row.date),
    )


def _field(value: object) -> str | None:
    """A field as text: numbers become text, everything else that is no text is left out."""
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _bad_row(source: Source, why: str, todo: str) -> SourceError:
    return SourceError(f"Opening {source.uri}: {why}.", todo=todo, source=source.id, uri=source.uri, kind=source.kind)


def _unreadable(source: Source, error: OSError) -> SourceError:
    missing = isinstance(error, FileNotFoundError)
    return SourceError(
        f"Opening {source.uri}: {error.strerror or error}.",
        todo="Check the path." if missing else "Check that the file may be read.",
        source=source.id,
        uri=source.uri,
        kind=source.kind,
    )


def _skip_line(stream: BinaryIO) -> int:
    """Leave the rest of a line unread; how many bytes it had."""
    skipped = 0
    while chunk := stream.readline(CHUNK):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return skipped


def _lines(file: Path) -> int:
    """How many lines a file has; 1 where it cannot be read, since it then becomes one failure."""
    lines, last = 0, b"\n"
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                lines += chunk.count(b"\n")
                last = chunk[-1:]
    except OSError:
        return 1
    return max(1, lines + (last != b"\n"))
