"""Cells and tables: what a codebook's row is made of, and how tables are written."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from sitrep.model import Event, Evidence, Reading

# a cell that begins so is run as a formula by spreadsheets
FORMULA = ("=", "+", "-", "@")

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

type Value = str | int | float | None


class Cell(NamedTuple):
    """One value of a coded row. rule: what gave it; rejected: what the rule decided against, if anything.

    value: a `Value`, and lists or mappings of them where the format nests.
    """

    value: Any
    rule: str
    evidence: tuple[Evidence, ...] = ()
    rejected: str = ""


class Row(NamedTuple):
    """A row as a codebook codes it, every cell with its rule. events: the ids of the events behind it."""

    id: str
    report: str
    events: tuple[str, ...]
    cells: dict[str, Cell]


class LeftOut(NamedTuple):
    """An event that a codebook does not code, and why."""

    report: str
    event: str
    type: str
    words: str
    reason: str


type Listener = Callable[[LeftOut], None]
type Coded = Iterator[Row | LeftOut]


def left_out(reading: Reading, event: Event, reason: str) -> LeftOut:
    """An event left out for a reason."""
    return LeftOut(reading.report.source.id, event.id, event.type, event.trigger.quote, reason)


def cell(value: object) -> object:
    """A value as a cell: None is empty, and no text is taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        text = value.replace("\r", " ")
        return f"'{text}" if text.lstrip().startswith(FORMULA) else text
    return value


def flat(value: object) -> object:
    """A cell of a tab-separated table, which knows no quotes: no tabs and line ends inside."""
    written = cell(value)
    return " ".join(written.split()) if isinstance(written, str) else written


def clean(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)


def table(
    out: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[object]], *, second: Sequence[str] | None = None
) -> int:
    """Write a CSV table; how many rows. second: a second header row."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    if second is not None:
        writer.writerow(second)
    count = 0
    for row in rows:
        writer.writerow([cell(value) for value in row])
        count += 1
    text.detach()
    return count


def tabs(out: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a tab-separated table without quotes; how many rows."""
    out.write(("\t".join(columns) + "\n").encode())
    count = 0
    for row in rows:
        out.write(("\t".join(str(flat(value)) for value in row) + "\n").encode())
        count += 1
    return count


def values(coded: Iterable[Row | LeftOut], columns: Sequence[str], listener: Listener | None) -> Iterator[list[Value]]:
    """The values of coded rows, in column order; what is left out goes to the listener."""
    for row in coded:
        if isinstance(row, Row):
            yield [row.cells[column].value for column in columns]
        elif listener is not None:
            listener(row)


def write_rows(
    coded: Iterable[Row | LeftOut], out: BinaryIO, encode: Callable[[Any], bytes], listener: Listener | None
) -> int:
    """The values of coded rows, one JSON object a line, and how many; what is left out goes to the listener."""
    count = 0
    for row in coded:
        if isinstance(row, Row):
            out.write(encode({name: cell.value for name, cell in row.cells.items()}) + b"\n")
            count += 1
        elif listener is not None:
            listener(row)
    return count


def write_values(
    rows: Iterable[dict[str, Any]], out: BinaryIO, encode: Callable[[Any], bytes], columns: Sequence[str]
) -> int:
    """Rows as JSON objects of these columns, one a line, and how many."""
    count = 0
    for row in rows:
        out.write(encode({column: row[column] for column in columns}) + b"\n")
        count += 1
    return count


def nested(value: Any) -> str:  # noqa: ANN401 - what a cell holds
    """A cell's value as a person reads it: lists and mappings as JSON, nothing as nothing."""
    if value is None or value in ([], {}):
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
