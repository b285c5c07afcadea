"""Label Studio: one report a task, its events, actors, places, dates and figures as predictions to correct.

A task carries its whole record, so that `read` gives the readings back unchanged, and `sitrep import` knows what was
corrected even without the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from sitrep.errors import ExportError
from sitrep.export._marks import marks, ties
from sitrep.model import Reading
from sitrep.model.codec import decode_reading, digest
from sitrep.model.version import VERSION

suffix = ".json"
label = "Label Studio"
description = "Label Studio tasks, one a report, with spans and roles as predictions"

_encode = msgspec.json.Encoder().encode


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


def task(reading: Reading) -> dict[str, Any]:
    """A report as a task. Its offsets count Unicode code points."""
    report = reading.report
    found = marks(reading)
    names = {mark: f"m{number}" for number, mark in enumerate(found)}
    result: list[dict[str, Any]] = [
        {
            "id": names[mark],
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": mark.start,
                "end": mark.end,
                "text": report.text[mark.start : mark.end],
                "labels": [mark.label],
            },
            "meta": {"text": [mark.name, *mark.notes]},
        }
        for mark in found
    ]
    result += [
        {
            "from_id": names[tie.event],
            "to_id": names[tie.other],
            "type": "relation",
            "direction": "right",
            "labels": [tie.role],
        }
        for tie in ties(reading, found)
    ]
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
