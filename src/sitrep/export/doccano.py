"""doccano: one report a line, with entities and relations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from sitrep.export._cells import Coded
from sitrep.export._marks import Mark, Tie, explained, marks, ties
from sitrep.model import Reading
from sitrep.model.codec import digest

suffix = ".jsonl"
label = "doccano"
description = "doccano's JSON Lines, one report a line, with entities and relations"

_encode = msgspec.json.Encoder().encode


# the archive's own tables hold these: its view is made of them
kept = False
COLUMNS = ("id", "start_offset", "end_offset", "label", "from_id", "to_id", "type")
RULES = {
    "id": "a number made of the report and the words", "start_offset": "where the words begin, in code points",
    "end_offset": "where they end", "label": "", "from_id": "the trigger of the event",
    "to_id": "the words that play the role", "type": "the role in the event",
}  # fmt: skip


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write each report on its own line."""
    count = 0
    for count, reading in enumerate(readings, start=1):
        out.write(_encode(example(reading, count)) + b"\n")
    return count


def code(reading: Reading) -> Coded:
    """The entities and relations of a report, each value with its rule and its words."""
    return explained(
        reading, marks(reading), lambda mark: _entity(reading, mark), lambda tie: _relation(reading, tie), RULES
    )


def example(reading: Reading, number: int) -> dict[str, Any]:
    """A report as doccano has it."""
    found = marks(reading)
    return {
        "id": number,
        "text": reading.report.text,
        "entities": [_entity(reading, mark) for mark in found],
        "relations": [_relation(reading, tie) for tie in ties(reading, found)],
        "report": reading.report.source.id,
    }


def _entity(reading: Reading, mark: Mark) -> dict[str, Any]:
    return {
        "id": _number(reading, *mark),
        "start_offset": mark.start,
        "end_offset": mark.end,
        "label": mark.label,
    }


def _relation(reading: Reading, tie: Tie) -> dict[str, Any]:
    return {
        "id": _number(reading, tie.role, *tie.event, *tie.other),
        "from_id": _number(reading, *tie.event),
        "to_id": _number(reading, *tie.other),
        "type": tie.role,
    }


def _number(reading: Reading, *parts: object) -> int:
    """A number that no other part of any report has, and that JavaScript holds exactly."""
    return int(digest(reading.report.id, *parts, size=13), 16)
