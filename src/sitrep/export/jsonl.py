"""JSON Lines: whole readings, one a line, as `sitrep read --json` prints them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sitrep.model import Reading
from sitrep.model.codec import encode

suffix = ".jsonl"
label = "JSON Lines"
description = "whole readings, one JSON object a line"
same_rows = "csv"


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write each reading on its own line."""
    rows = 0
    for reading in readings:
        out.write(encode(reading) + b"\n")
        rows += 1
    return rows
