"""XLSX: a workbook with a sheet each for incidents, events, claims, figures, control and sources."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from sitrep.export._cells import Value, cell, clean
from sitrep.export._events import EVENTS
from sitrep.export._facts import Facts
from sitrep.export._incidents import INCIDENTS
from sitrep.export._sheets import Column, Sheet, all_coded, all_names, incident_values, incidents_coded, sheets
from sitrep.model import Incident, Reading

suffix = ".xlsx"
label = "Excel"
description = "a workbook: incidents, events, claims, figures, control and sources, with frozen headers and column help"
same_rows = "csv"
COLUMNS = all_names()
# the archive's view: the table of events; the other tables are tables of the archive themselves
VIEW = {name: name for name in EVENTS.names}
code = all_coded
code_incidents = incidents_coded
# what Excel takes at most
CELL = 32_767
ROWS = 1_048_575
# the same bytes every time: a workbook's own date says nothing of what is in it
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zones
WIDE, NARROW = 40, 14


def write(readings: Iterable[Reading], out: BinaryIO, *, incidents: Iterable[Incident] = ()) -> int:
    """Write a workbook; how many rows its sheets have. incidents: what several reports say together."""
    import xlsxwriter

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        book: Any = xlsxwriter.Workbook(str(path), options | {"tmpdir": folder})
        book.set_properties({"title": "sitrep", "created": MADE})
        bold = book.add_format({"bold": True, "bottom": 1})
        first = Pages(book, bold, "incidents", INCIDENTS)
        for row in incident_values(incidents):
            first.add(row)
        pages: list[tuple[Sheet[Any], Pages]] = [
            (sheet, Pages(book, bold, sheet.name, sheet.columns)) for sheet in sheets().values()
        ]
        for reading in readings:
            facts = Facts(reading)
            for sheet, page in pages:
                for row in sheet.rows(facts):
                    page.add([column.value(row) for column in sheet.columns])
        _help(book, bold)
        book.close()
        with path.open("rb") as made:
            while block := made.read(1 << 20):
                out.write(block)
    return first.rows + sum(page.rows for _, page in pages)


class Pages:
    """A table over as many sheets as it needs."""

    def __init__(self, book: Any, bold: Any, name: str, columns: Sequence[Column[Any]]) -> None:  # noqa: ANN401 - the library has no types
        self.rows = 0
        self._book, self._bold, self._name, self._columns = book, bold, name, columns
        self._at = 0
        self._sheet = self._begin()

    def _begin(self) -> Any:  # noqa: ANN401 - as above
        number = self.rows // ROWS
        sheet = self._book.add_worksheet(f"{self._name} {number + 1}" if number else self._name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, WIDE if column.name in ("quote", "content", "title") else NARROW)
            sheet.write_string(0, place, column.name, self._bold)
            sheet.write_comment(0, place, column.help)
        self._at = 0
        return sheet

    def add(self, row: list[Value]) -> None:
        """Write a row; a full sheet goes on in another."""
        if self._at == ROWS:
            self._sheet = self._begin()
        self._at += 1
        self.rows += 1
        for place, value in enumerate(row):
            written = cell(value)
            if isinstance(written, int | float):
                self._sheet.write_number(self._at, place, written)
            elif written != "":
                self._sheet.write_string(self._at, place, clean(str(written))[:CELL])


def _help(book: Any, bold: Any) -> None:  # noqa: ANN401 - as above
    sheet = book.add_worksheet("columns")
    sheet.freeze_panes(1, 0)
    sheet.set_column(2, 2, 2 * WIDE)
    rows: Iterator[tuple[str, str, str]] = (
        (name, column.name, column.help)
        for name, columns in (
            ("incidents", cast("tuple[Column[Any], ...]", INCIDENTS)),
            *((sheet.name, sheet.columns) for sheet in sheets().values()),
        )
        for column in columns
    )
    for number, row in enumerate([("sheet", "column", "meaning"), *rows]):
        for place, value in enumerate(row):
            sheet.write_string(number, place, value, bold if number == 0 else None)
