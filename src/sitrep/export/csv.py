"""CSV: one event a row, for spreadsheets and statistics."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sitrep.model import Event, Reading
from sitrep.ontology.load import load_ontology

suffix = ".csv"
description = "one event a row, with its actors, place, dates, figures and quoted words"

COLUMNS = (
    "report", "outlet", "published", "event", "type", "factuality", "background", "headline", "agents", "targets",
    "place", "country", "latitude", "longitude", "place_precision", "date_start", "date_end", "date_precision",
    "weapon", "killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high", "trigger",
    "said_by", "quote", "start", "end", "score",
)  # fmt: skip
# a cell that begins so is run as a formula by spreadsheets
FORMULA = ("=", "+", "-", "@")


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write a header and one row for each event of each reading."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    rows = 0
    for reading in readings:
        for row in _rows(reading):
            table.writerow([cell(row[column]) for column in COLUMNS])
            rows += 1
    text.detach()
    return rows


def cell(value: object) -> object:
    """A value as a cell: None is empty, and no text is taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        text = value.replace("\r", " ")
        return f"'{text}" if text.lstrip().startswith(FORMULA) else text
    return value


def _rows(reading: Reading) -> Iterator[dict[str, object]]:
    actors = {actor.id: actor.name for actor in reading.actors}
    places = {place.id: place for place in reading.places}
    claims = {claim.id: claim for claim in reading.claims}
    for event in reading.events:
        place = places.get(event.place.id) if event.place else None
        time = event.time
        speakers = [
            actors.get(claim.speaker.actor or "", " ".join(part.quote for part in claim.speaker.evidence))
            for claim in (claims[name] for name in event.claims if name in claims)
            if claim.speaker
        ]
        yield {
            "report": reading.report.source.id,
            "outlet": reading.report.outlet,
            "published": reading.report.published.value,
            "event": event.id,
            "type": event.type,
            "factuality": event.factuality,
            "background": event.background,
            "headline": event.headline,
            "agents": _side(event, "agent", actors),
            "targets": _side(event, "patient", actors),
            "place": place.name if place else None,
            "country": place.country if place else None,
            "latitude": place.lat if place else None,
            "longitude": place.lon if place else None,
            "place_precision": event.place.precision if event.place else None,
            "date_start": time.start if time else None,
            "date_end": time.end if time else None,
            "date_precision": time.precision if time else None,
            "weapon": event.weapon,
            **_figures(event, reading),
            "trigger": event.trigger.quote,
            "said_by": "; ".join(dict.fromkeys(speakers)) or None,
            "quote": " […] ".join(part.quote for part in event.evidence),
            "start": event.trigger.start,
            "end": event.trigger.end,
            "score": event.score,
        }


def _side(event: Event, side: str, actors: dict[str, str]) -> str | None:
    """The names of those on one side of an event."""
    roles = load_ontology().roles
    names = [
        actors.get(argument.actor, "") if argument.actor else argument.text or argument.evidence[0].quote
        for argument in event.arguments
        if argument.role in roles and roles[argument.role].side == side and argument.evidence
    ]
    return "; ".join(dict.fromkeys(filter(None, names))) or None


def _figures(event: Event, reading: Reading) -> dict[str, object]:
    """The first whole figure of each kind; parts and running totals are left to the JSON."""
    row: dict[str, object] = {}
    figures = {quantity.id: quantity for quantity in reading.quantities}
    for kind in ("killed", "injured"):
        whole = [
            figures[name]
            for name in event.quantities
            if name in figures
            and figures[name].kind == kind
            and not figures[name].cumulative
            and figures[name].part_of not in event.quantities
        ]
        first = whole[0] if whole else None
        for bound in ("low", "best", "high"):
            row[f"{kind}_{bound}"] = getattr(first, bound) if first else None
    return row
