"""W3C Web Annotation: every quoted piece of evidence as an annotation with its words and its offsets, one a line.

After the annotations of the words comes one of the whole report, whose body is the record; `read` gives it back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from sitrep.export._marks import Mark, marks
from sitrep.model import Reading
from sitrep.model.codec import decode_reading, digest, encode

suffix = ".jsonl"
label = "W3C Web Annotation"
description = "W3C Web Annotations, one a line: the words of every event, actor, place, date, figure and claim"

AROUND = 32  # characters of text before and after the quoted words, for readers that look them up by text
WHOLE = "describing"
_encode = msgspec.json.Encoder().encode


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write each annotation on its own line."""
    count = 0
    for reading in readings:
        for annotation in annotate(reading):
            out.write(_encode(annotation) + b"\n")
            count += 1
        out.write(_encode(_whole(reading)) + b"\n")
        count += 1
    return count


def read(source: BinaryIO) -> Iterator[Reading]:
    """The readings of a file of annotations, as they were written."""
    for line in source:
        annotation: dict[str, Any] = json.loads(line)
        if annotation.get("motivation") == WHOLE:
            yield decode_reading(annotation["body"]["value"], source=annotation["id"])


def annotate(reading: Reading) -> Iterator[dict[str, Any]]:
    """The annotations of a reading, in text order."""
    return (_annotation(reading, mark) for mark in marks(reading))


def _annotation(reading: Reading, mark: Mark) -> dict[str, Any]:
    text, report = reading.report.text, reading.report
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:sitrep:{digest(report.id)}:{mark.name}:{mark.start}-{mark.end}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": mark.label},
            {"type": "TextualBody", "purpose": "identifying", "value": mark.name},
            *({"type": "TextualBody", "purpose": "describing", "value": note} for note in mark.notes),
        ],
        "target": {
            "source": report.source.uri,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[mark.start : mark.end],
                    "prefix": text[max(0, mark.start - AROUND) : mark.start],
                    "suffix": text[mark.end : mark.end + AROUND],
                },
                # both count Unicode code points
                {"type": "TextPositionSelector", "start": mark.start, "end": mark.end},
            ],
        },
    }


def _whole(reading: Reading) -> dict[str, Any]:
    """The record of a report as an annotation of the whole of it."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:sitrep:{digest(reading.report.id)}",
        "type": "Annotation",
        "motivation": WHOLE,
        "body": {"type": "TextualBody", "format": "application/json", "value": encode(reading).decode()},
        "target": reading.report.source.uri or f"urn:sitrep:report:{digest(reading.report.id)}",
    }
