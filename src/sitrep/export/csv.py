"""CSV: one event a row, for spreadsheets and statistics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sitrep.export._cells import table
from sitrep.export._facts import Facts, quote
from sitrep.model import Event, Reading

suffix = ".csv"
description = "one event a row, with its actors, place, dates, figures and quoted words"

COLUMNS = (
    "report", "outlet", "published", "event", "type", "factuality", "background", "headline", "agents", "targets",
    "place", "country", "latitude", "longitude", "place_precision", "date_start", "date_end", "date_precision",
    "weapon", "killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high", "trigger",
    "said_by", "quote", "start", "end", "score",
)  # fmt: skip


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write a header and one row for each event of each reading."""
    return table(out, COLUMNS, ([row[column] for column in COLUMNS] for row in rows(readings)))


def rows(readings: Iterable[Reading]) -> Iterator[dict[str, object]]:
    """One row for each event, by column."""
    for reading in readings:
        yield from _rows(Facts(reading))


def _rows(facts: Facts) -> Iterator[dict[str, object]]:
    reading = facts.reading
    for event in reading.events:
        place = facts.place_of(event)
        time = event.time
        yield {
            "report": reading.report.source.id,
            "outlet": reading.report.outlet,
            "published": reading.report.published.value,
            "event": event.id,
            "type": event.type,
            "factuality": event.factuality,
            "background": event.background,
            "headline": event.headline,
            "agents": "; ".join(facts.side_names(event, "agent")) or None,
            "targets": "; ".join(facts.side_names(event, "patient")) or None,
            "place": place.name if place else None,
            "country": place.country if place else None,
            "latitude": place.lat if place else None,
            "longitude": place.lon if place else None,
            "place_precision": event.place.precision if event.place else None,
            "date_start": time.start if time else None,
            "date_end": time.end if time else None,
            "date_precision": time.precision if time else None,
            "weapon": event.weapon,
            **_figures(event, facts),
            "trigger": event.trigger.quote,
            "said_by": "; ".join(facts.speakers(event)) or None,
            "quote": quote(event.evidence),
            "start": event.trigger.start,
            "end": event.trigger.end,
            "score": event.score,
        }


def _figures(event: Event, facts: Facts) -> dict[str, object]:
    """The first whole figure of each kind; parts and running totals are left to the JSON."""
    row: dict[str, object] = {}
    for kind in ("killed", "injured"):
        whole = facts.figures(event, kind)
        first = whole[0] if whole else None
        for bound in ("low", "best", "high"):
            row[f"{kind}_{bound}"] = getattr(first, bound) if first else None
    return row
