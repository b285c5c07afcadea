"""An archive of generated events, written as fast as SQLite takes rows: what filters and searches are measured on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import batched, groupby
from pathlib import Path

from sitrep.corroboration.sketch import Sketch
from sitrep.corroboration.weigh import to_incident
from sitrep.evaluation.generate import events
from sitrep.model.codec import encode
from sitrep.store.writer import Writer

BATCH = 5_000
STATES = ("accepted", "rejected", "second_look", "in_review")
# one incident in so many was reviewed
REVIEWED = 20

type Row = tuple[object, ...]
# puts values into the row of a table
type Put = Callable[..., None]


def fill(path: Path, count: int) -> None:
    """Make an archive of so many events, each of a report of its own, in the incidents that they are in truth."""
    with Writer(path):
        pass
    connection = sqlite3.connect(path)
    # an archive that is made for a measurement need not survive a power cut
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        told = groupby(events(count), key=lambda entry: entry.incident)
        numbered = _numbered((number, [entry.sketch for entry in some]) for number, some in told)
        for batch in batched(numbered, BATCH):
            with connection:
                _enter(connection, batch)
        with connection:
            connection.execute("ANALYZE")
            connection.execute("UPDATE state SET value = 'fresh' WHERE name = 'incidents'")
    finally:
        connection.close()


def _numbered(groups: Iterable[tuple[int, list[Sketch]]]) -> Iterator[tuple[int, int, list[Sketch]]]:
    """Each incident with the number of its first report."""
    first = 1
    for number, sketches in groups:
        yield number, first, sketches
        first += len(sketches)


def _enter(connection: sqlite3.Connection, incidents: Sequence[tuple[int, int, list[Sketch]]]) -> None:
    rows: dict[str, list[Row]] = {}

    def put(table: str, *values: object) -> None:
        rows.setdefault(table, []).append(values)

    for number, first, sketches in incidents:
        for report, sketch in enumerate(sketches, first):
            _put_report(put, report, sketch)
        _put_incident(put, number, first, sketches)
    for table, values in rows.items():
        columns = COLUMNS[table]
        marks = ", ".join("?" * len(columns))
        named = ", ".join(f'"{column}"' for column in columns)
        connection.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", values)  # noqa: S608 - our own names


COLUMNS = {
    "reports": (
        "id", "report_id", "article", "version", "current", "source_id", "source_kind", "uri", "outlet", "title",
        "language", "published", "published_basis", "text", "text_sha256",
    ),
    "places": ("report", "id", "name", "kind", "lat", "lon", "country", "admin1"),
    "actors": ("report", "id", "name", "kind", "link"),
    "events": (
        "report", "id", "type", "factuality", "background", "place", "place_precision", "start", "end", "trigger",
        "score",
    ),
    "event_arguments": ("report", "event", "position", "role", "actor", "score"),
    "incidents": (
        "id", "type", "place", "admin1", "country", "lat", "lon", "start", "end", "reports", "sources", "killed_low",
        "killed_best", "killed_high", "line",
    ),
    "incident_events": ("incident", "report", "event"),
    "incident_actors": ("incident", "role", "who", "name", "kind"),
    "reviews": ("layer", "id", "state", "user", "at"),
}  # fmt: skip


def _put_report(put: Put, report: int, sketch: Sketch) -> None:
    name = sketch.ref.report
    words = sorted(sketch.opening)
    day = _day(sketch.published)
    title, text = " ".join(words[:8]), " ".join(words)
    put(
        "reports", report, name, name, 1, True, name, "jsonl", "made.jsonl", sketch.outlet, title, "en", day, "given",
        text, name,
    )  # fmt: skip
    spot = sketch.spot
    if spot is not None:
        put("places", report, "p1", spot.name, "settlement", spot.lat, spot.lon, spot.country, spot.admin1)
    start, end = (_day(sketch.days[0]), _day(sketch.days[1])) if sketch.days else (None, None)
    where = "p1" if spot else None
    put("events", report, "e1", sketch.type, "occurred", False, where, 1, start, end, sketch.trigger, 0.9)
    for position, (role, side) in enumerate((("attacker", sketch.agents), ("target", sketch.patients))):
        for who in side:
            put("actors", report, f"a{position}", who.replace("_", " ").title(), "armed_group", who)
            put("event_arguments", report, "e1", position, role, f"a{position}", 0.9)


def _put_incident(put: Put, number: int, first: int, sketches: list[Sketch]) -> None:
    incident = to_incident(sketches)
    spot = next((sketch.spot for sketch in sketches if sketch.spot and sketch.spot.name == incident.place), None)
    killed = next((figure for figure in incident.figures if figure.kind == "killed"), None)
    put(
        "incidents", incident.id, incident.type, incident.place, spot and spot.admin1, spot and spot.country,
        spot and spot.lat, spot and spot.lon, incident.start, incident.end, len(sketches), incident.sources,
        killed and killed.low, killed and killed.best, killed and killed.high, encode(incident).decode(),
    )  # fmt: skip
    for report in range(first, first + len(sketches)):
        put("incident_events", incident.id, report, "e1")
    taking_part = {
        (role, who)
        for sketch in sketches
        for role, side in (("attacker", sketch.agents), ("target", sketch.patients))
        for who in side
    }
    for role, who in sorted(taking_part):
        put("incident_actors", incident.id, role, who, who.replace("_", " ").title(), "armed_group")
    if number % REVIEWED == 0:
        state = STATES[number // REVIEWED % len(STATES)]
        put("reviews", "incidents", incident.id, state, "ana", "2026-01-01T00:00:00+00:00")


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()
