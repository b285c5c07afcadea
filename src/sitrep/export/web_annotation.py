"""W3C Web Annotation: every quoted piece of evidence as an annotation with its words and its offsets, one a line.

After the annotations of the words comes one of the whole report, whose body is the record; `read` gives it back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from sitrep.export._cells import Coded
from sitrep.export._marks import Mark, explained, marks
from sitrep.model import Reading
from sitrep.model.codec import decode_reading, digest, encode

suffix = ".jsonl"
label = "W3C Web Annotation"
description = "W3C Web Annotations, one a line: the words of every event, actor, place, date, figure and claim"

AROUND = 32  # characters of text before and after the quoted words, for readers that look them up by text
WHOLE = "describing"
_encode = msgspec.json.Encoder().encode


# the archive's own tables hold these: its view is made of them
kept = False
COLUMNS = (
    "id",
    "motivation",
    "tagging",
    "identifying",
    "describing",
    "source",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
)
RULES = {
    "id": "a name made of the report, the part of the record and the words", "motivation": "words are given a class",
    "tagging": "", "identifying": "the part of the record that the words are evidence of",
    "describing": "its factuality, name or value", "source": "where the report came from",
    "exact": "the words, unaltered", "prefix": "what stands before them", "suffix": "what stands behind them",
    "start": "where they begin, in code points", "end": "where they end",
}  # fmt: skip


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


def code(reading: Reading) -> Coded:
    """The annotations of a reading, each value with its rule and its words."""

    def values(mark: Mark) -> dict[str, Any]:
        made = _annotation(reading, mark)
        told: list[str] = [body["value"] for body in made["body"]]
        words, at = made["target"]["selector"]
        return {
            "id": made["id"], "motivation": made["motivation"], "tagging": told[0], "identifying": told[1],
            "describing": told[2:], "source": made["target"]["source"], "exact": words["exact"],
            "prefix": words["prefix"], "suffix": words["suffix"], "start": at["start"], "end": at["end"],
        }  # fmt: skip

    return explained(reading, marks(reading), values, None, RULES)


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
