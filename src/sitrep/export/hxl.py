"""HXL: the events table with a second header row of hashtags, which HDX and libhxl read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sitrep.export._cells import table
from sitrep.export._events import EVENTS
from sitrep.model import Reading

suffix = ".csv"
label = "HXL"
description = "the table of events with a second header row of HXL hashtags"
same_rows = "csv"
HASHTAGS = {column.name: column.hxl for column in EVENTS.columns}


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write the header, the hashtags and one row for each event."""
    return table(out, EVENTS.names, EVENTS.values(readings), second=list(HASHTAGS.values()))
