"""Label Studio: one report a task, its events, actors, places, dates and figures as predictions to correct.

A task carries its whole record, so that `read` gives the readings back unchanged, and `sitrep import` knows what was
corrected even without the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from sitrep.errors import ExportError
from sitrep.export._cells import Coded
from sitrep.export._marks import Mark, Tie, explained, marks, ties
from sitrep.model import Reading
from sitrep.model.codec import decode_reading, digest
from sitrep.model.version import VERSION

suffix = ".json"
label = "Label Studio"
description = "Label Studio tasks, one a report, with spans and roles as predictions"

_encode = msgspec.json.Encoder().encode


# the archive's own tables hold these: its view is made of them
kept = False
COLUMNS = ("id", "start", "end", "text", "labels", "meta", "from_id", "to_id", "direction")
RULES = {
    "id": "the words are numbered within the task", "start": "where they begin, in code points",
    "end": "where they end", "text": "the words, unaltered", "labels": "",
    "meta": "the part of the record, with its factuality, name or value", "from_id": "the trigger of the event",
    "to_id": "the words that play the role", "direction": "from the event to the role",
    "relation labels": "the role in the event",
}  # fmt: skip


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write one JSON list of tasks."""
    count = 0
    out.write(b"[")
    for reading in readings:
        out.write((b",\n" if count else b"\n") + _encode(task(reading)))
        count += 1
    out.write(b"\n]\n")
    return count


def read(source: BinaryIO) -> Iterator[Reading]:
    """The readings of a file of tasks, as they were written. Raises ExportError where a task holds none."""
    for number, found in enumerate(msgspec.json.decode(source.read(), type=list[dict[str, Any]]), start=1):
        record = found.get("data", {}).get("record")
        if record is None:
            raise ExportError(
                f"Reading Label Studio tasks: task {number} holds no record.",
                todo="Give the tasks that `sitrep export label_studio` wrote, or Label Studio's own export of them.",
                format="label_studio",
            )
        yield decode_reading(_encode(record), source=f"task {number}")


def code(reading: Reading) -> Coded:
    """The spans and relations of a task, each value with its rule and its words."""
    found = marks(reading)
    names = _names(found)

    def span(mark: Mark) -> dict[str, Any]:
        made = _span(reading, mark, names)
        return {"id": made["id"]} | made["value"] | {"meta": made["meta"]["text"]}

    def relation(tie: Tie) -> dict[str, Any]:
        made = _relation(tie, names)
        return {name: made[name] for name in ("from_id", "to_id", "direction")} | {"relation labels": made["labels"]}

    for row in explained(reading, found, span, relation, RULES):
        yield row._replace(cells={name.removeprefix("relation "): cell for name, cell in row.cells.items()})


def task(reading: Reading) -> dict[str, Any]:
    """A report as a task. Its offsets count Unicode code points."""
    report = reading.report
    found = marks(reading)
    names = _names(found)
    result = [_span(reading, mark, names) for mark in found]
    result += [_relation(tie, names) for tie in ties(reading, found)]
    return {
        "data": {
            "text": report.text,
            "report": report.source.id,
            "title": report.title,
            "outlet": report.outlet,
            "published": report.published.value,
            "reading": digest(report.id),
            "record": reading,
        },
        "predictions": [{"model_version": f"sitrep {VERSION}", "result": result}],
    }


def _names(found: list[Mark]) -> dict[Mark, str]:
    return {mark: f"m{number}" for number, mark in enumerate(found)}


def _span(reading: Reading, mark: Mark, names: dict[Mark, str]) -> dict[str, Any]:
    return {
        "id": names[mark],
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {
            "start": mark.start,
            "end": mark.end,
            "text": reading.report.text[mark.start : mark.end],
            "labels": [mark.label],
        },
        "meta": {"text": [mark.name, *mark.notes]},
    }


def _relation(tie: Tie, names: dict[Mark, str]) -> dict[str, Any]:
    return {
        "from_id": names[tie.event],
        "to_id": names[tie.other],
        "type": "relation",
        "direction": "right",
        "labels": [tie.role],
    }
