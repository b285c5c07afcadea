"""Tables: one report a row, in .csv (comma or semicolon) and .tsv, columns named by the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from sitrep.model import Source
from sitrep.sources.rows import FIELDS, capture_of
from sitrep.sources.source import CHUNK, LARGEST, Found, Options, refused

SUFFIXES = (".csv", ".tsv")
SEPARATORS = ",;\t|"
# a charset that the first mebibyte fits goes for the whole file; what does not fit later is replaced
HEAD = CHUNK


def captures(stream: BinaryIO, source: Source, options: Options) -> Iterator[Found]:
    """One capture a row."""
    head = stream.read(HEAD)
    if not head.strip():
        yield refused(source, "the file is empty", "Check that it was written to the end.")
        return
    rows = csv.reader(_lines(stream, head), delimiter=_separator(head), strict=False)
    csv.field_size_limit(LARGEST)
    names: list[str] | None = None
    number = 0
    while True:
        place = Source(kind="csv", uri=f"{source.uri}:{number}", id=f"{source.id}:{number}")
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield refused(
                place,
                f"row {number} cannot be read ({error})",
                "A quotation mark may be missing; write the table again.",
            )
            continue
        if row is None:
            break
        if not any(row):
            continue
        if names is None:
            names = [name.strip() for name in row]
            column = options.columns.get("text", FIELDS["text"][0])
            if column not in names:
                yield _no_column(source, column, names)
                return
            number = 1
            continue
        named = dict(zip(names, row, strict=False))
        yield capture_of(named, place, msgspec.json.encode(named), options.columns)
        number += 1


def _no_column(source: Source, column: str, names: list[str]) -> Found:
    said = ", ".join(repr(name[:40]) for name in names[:20])
    return refused(
        source,
        f"the table has no column {column!r}, but {said}",
        "Say which column holds the text, for example --columns text=Body,title=Headline,published=Date.",
    )


def _lines(stream: BinaryIO, head: bytes) -> Iterator[str]:
    """The lines of a table, none longer than a report, without NULs, which no table holds."""
    charset = _charset(head)
    whole = io.BufferedReader(_Joined(head, stream))
    while line := whole.readline(LARGEST):
        yield line.decode(charset, "replace").replace("\0", "")


class _Joined(io.RawIOBase):
    """What was read of a stream before, and the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        found = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


def _charset(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        # the last character may be cut
        head[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:
            return "cp1252"
    return "utf-8-sig" if head.startswith(b"\xef\xbb\xbf") else "utf-8"


def _separator(head: bytes) -> str:
    """What stands between the names of the first row most often."""
    first = head.split(b"\n", 1)[0].decode("latin-1")
    return max(SEPARATORS, key=first.count)


def count(path: Path) -> int | None:
    """How many rows a table has."""
    csv.field_size_limit(LARGEST)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        try:
            return max(1, sum(any(row) for row in csv.reader(_lines(stream, head), delimiter=_separator(head))) - 1)
        except csv.Error:
            return None
