"""CSV: a table of the record, for spreadsheets and statistics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sitrep.export._cells import Coded, table
from sitrep.export._events import EVENTS
from sitrep.export._options import TABLE, Option
from sitrep.export._sheets import sheet_named
from sitrep.model import Reading

suffix = ".csv"
label = "CSV"
description = "one event a row, with its actors, place, dates, figures and quoted words; or another table of the record"
OPTIONS: tuple[Option, ...] = (TABLE,)
COLUMNS = EVENTS.names


def write(readings: Iterable[Reading], out: BinaryIO, *, table_name: str = "events") -> int:
    """Write a header and the rows of a table of the record."""
    sheet = sheet_named(table_name, "csv")
    return table(out, sheet.names, sheet.values(readings))


def code(reading: Reading, *, table_name: str = "events") -> Coded:
    """The rows of a reading, each value with its rule and its words."""
    return sheet_named(table_name, "csv").coded(reading)
