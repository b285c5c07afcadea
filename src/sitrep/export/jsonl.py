"""JSON Lines: whole readings, one a line, as `sitrep read --json` prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, get_args, get_type_hints

import msgspec

from sitrep.export._cells import Cell, Row
from sitrep.model import Event, Place, Reading
from sitrep.model.codec import encode
from sitrep.model.reading import evidence_in

suffix = ".jsonl"
label = "JSON Lines"
description = "whole readings, one JSON object a line"

# the layers of a record, and the stage that gives each
LAYERS = ("actors", "places", "timexes", "events", "claims", "quantities", "relations", "control", "decisions")
# the archive's own tables hold these: its view is made of them
kept = False
COLUMNS = ("layer", *dict.fromkeys(
    name for layer in LAYERS for name in get_args(get_type_hints(Reading)[layer])[0].__struct_encode_fields__
))  # fmt: skip


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write each reading on its own line."""
    rows = 0
    for reading in readings:
        out.write(encode(reading) + b"\n")
        rows += 1
    return rows


def code(reading: Reading) -> Iterator[Row]:
    """The parts of a record, each field with what it means, what made it and its words."""
    stages = reading.provenance.stages if reading.provenance else {}
    for layer in LAYERS:
        version = f", stage {layer} {stages[layer]}" if layer in stages else ""
        for part in getattr(reading, layer):
            kind = type(part).__name__
            meant = " ".join((type(part).__doc__ or kind).split())
            words = tuple(evidence_in(part))
            values = msgspec.to_builtins(part)
            others = "; ".join(one.name for one in part.candidates) if isinstance(part, Place) else ""
            cells = {"layer": Cell(layer, "the layer of the record")} | {
                name: Cell(value, f"{name} of {kind}{version}: {meant}", words, others if name == "geonames" else "")
                for name, value in values.items()
            }
            events = (part.id,) if isinstance(part, Event) else ()
            yield Row(str(values["id"]), reading.report.source.id, events, cells)
