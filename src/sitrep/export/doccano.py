"""doccano: one report a line, with entities and relations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from sitrep.export._marks import marks, ties
from sitrep.model import Reading

suffix = ".jsonl"
label = "doccano"
description = "doccano's JSON Lines, one report a line, with entities and relations"

_encode = msgspec.json.Encoder().encode


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write each report on its own line; numbers run through the file."""
    first = relation = 0
    count = 0
    for reading in readings:
        count += 1
        line = example(reading, count, first, relation)
        first += len(line["entities"])
        relation += len(line["relations"])
        out.write(_encode(line) + b"\n")
    return count


def example(reading: Reading, number: int, first: int = 0, relation: int = 0) -> dict[str, Any]:
    """A report as doccano has it. first, relation: how many entities and relations the file already has."""
    found = marks(reading)
    numbers = {mark: first + i for i, mark in enumerate(found, start=1)}
    return {
        "id": number,
        "text": reading.report.text,
        "entities": [
            {"id": numbers[mark], "start_offset": mark.start, "end_offset": mark.end, "label": mark.label}
            for mark in found
        ],
        "relations": [
            {"id": relation + i, "from_id": numbers[tie.event], "to_id": numbers[tie.other], "type": tie.role}
            for i, tie in enumerate(ties(reading, found), start=1)
        ],
        "report": reading.report.source.id,
    }
