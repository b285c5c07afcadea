"""Tables of the record: what a row is, and for each column its name, its meaning and where its value comes from.

One list of columns serves every format that has rows (CSV, XLSX, Parquet, GeoPackage, Data Package), the page that
describes it, and `sitrep explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from sitrep.errors import ExportError
from sitrep.export._cells import Cell, Row, Value
from sitrep.export._facts import Facts
from sitrep.model import Evidence, Incident, Reading

type Kind = Literal["text", "integer", "number", "boolean", "date"]


def _no_words(_: object) -> tuple[Evidence, ...]:
    return ()


def _nothing_rejected(_: object) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Column[T]:
    """A column. help: what it holds and by which rule. words: the report's words behind a value.

    rejected: what the rule decided against. hxl: its hashtag.
    """

    name: str
    kind: Kind
    help: str
    value: Callable[[T], Value]
    words: Callable[[T], tuple[Evidence, ...]] = field(default=_no_words)
    rejected: Callable[[T], str] = field(default=_nothing_rejected)
    hxl: str = ""


@dataclass(frozen=True, slots=True)
class Sheet[T]:
    """A table of the record. rows: its rows in a reading. key, events: a row's id and the ids of its events."""

    name: str
    help: str
    columns: tuple[Column[T], ...]
    rows: Callable[[Facts], Iterable[T]]
    key: Callable[[T], str]
    events: Callable[[T], tuple[str, ...]]

    def values(self, readings: Iterable[Reading]) -> Iterator[list[Value]]:
        """The rows of readings, in column order."""
        takers = [column.value for column in self.columns]
        for reading in readings:
            for row in self.rows(Facts(reading)):
                yield [take(row) for take in takers]

    def coded(self, reading: Reading) -> Iterator[Row]:
        """The rows of a reading, each value with its rule, its words and what was decided against."""
        for row in self.rows(Facts(reading)):
            cells = {
                column.name: Cell(column.value(row), column.help, column.words(row), column.rejected(row))
                for column in self.columns
            }
            yield Row(self.key(row), reading.report.source.id, self.events(row), cells)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def sheets() -> dict[str, Sheet[Any]]:
    """The tables that are made of readings, by name."""
    from sitrep.export._events import EVENTS
    from sitrep.export._layers import CLAIMS, CONTROL, FIGURES, SOURCES

    return {sheet.name: sheet for sheet in (EVENTS, CLAIMS, FIGURES, CONTROL, SOURCES)}


def sheet_named(name: str, format_name: str) -> Sheet[Any]:
    """A table by its name. Raises ExportError where there is none."""
    found = sheets()
    if name not in found:
        raise ExportError(
            f"Exporting to {format_name}: there is no table {name!r}.",
            todo=f"Tables: {', '.join(found)}.",
            format=format_name,
        )
    return found[name]


def all_coded(reading: Reading) -> Iterator[Row]:
    """The rows of every table of a reading, for formats that hold them all."""
    for sheet in sheets().values():
        yield from sheet.coded(reading)


def all_names() -> tuple[str, ...]:
    """The columns of every table, each once."""
    from sitrep.export._incidents import INCIDENTS

    columns = [name for sheet in sheets().values() for name in sheet.names]
    return tuple(dict.fromkeys([*columns, *(column.name for column in INCIDENTS)]))


def incidents_coded(incidents: Iterable[Incident]) -> Iterator[Row]:
    """The rows of the table of incidents, each value with its rule and what other reports say."""
    from sitrep.export._incidents import INCIDENTS

    for incident in incidents:
        figures = {figure.kind: figure.rule for figure in incident.figures}
        cells: dict[str, Cell] = {}
        for column in INCIDENTS:
            kind = column.name.partition("_")[0]
            rule = f"{column.help}: {figures[kind]}" if kind in figures else column.help
            said = incident.fields.get(kind, ())
            others = "; ".join(f"{one.value} ({one.sources} source{'s' * (one.sources != 1)})" for one in said[1:])
            cells[column.name] = Cell(column.value(incident), rule, (), others)
        yield Row(incident.id, "; ".join(dict.fromkeys(ref.report for ref in incident.events)), (), cells)


def incident_values(incidents: Iterable[Incident]) -> Iterator[list[Value]]:
    """The rows of the table of incidents."""
    from sitrep.export._incidents import INCIDENTS

    takers = [column.value for column in INCIDENTS]
    for incident in incidents:
        yield [take(incident) for take in takers]
