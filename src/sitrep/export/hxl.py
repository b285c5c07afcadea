"""HXL: the events table with a second header row of hashtags, which HDX and libhxl read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sitrep.export._cells import table
from sitrep.export.csv import COLUMNS, rows
from sitrep.model import Reading

suffix = ".csv"
description = "the csv export with a second header row of HXL hashtags"

HASHTAGS = {
    "report": "#meta+id", "outlet": "#meta+source", "published": "#date+reported", "event": "#event+id",
    "type": "#event+type", "factuality": "#status+factuality", "background": "#status+background",
    "headline": "#status+headline", "agents": "#group+name+first", "targets": "#group+name+second",
    "place": "#loc+name", "country": "#country+code", "latitude": "#geo+lat", "longitude": "#geo+lon",
    "place_precision": "#geo+precision", "date_start": "#date+start", "date_end": "#date+end",
    "date_precision": "#meta+date+precision", "weapon": "#event+weapon", "killed_low": "#affected+killed+min",
    "killed_best": "#affected+killed", "killed_high": "#affected+killed+max", "injured_low": "#affected+injured+min",
    "injured_best": "#affected+injured", "injured_high": "#affected+injured+max", "trigger": "#description+trigger",
    "said_by": "#meta+source+original", "quote": "#description", "start": "#meta+offset+start",
    "end": "#meta+offset+end", "score": "#status+confidence",
}  # fmt: skip


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write the header, the hashtags and one row for each event."""
    values = ([row[column] for column in COLUMNS] for row in rows(readings))
    return table(out, COLUMNS, values, second=[HASHTAGS[column] for column in COLUMNS])
