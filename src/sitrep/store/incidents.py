"""Incidents as rows: where they are, from the places of their events, and which events they rest on."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import batched
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Select, and_, delete, func, insert, select, update

from sitrep.model import EventRef, Incident
from sitrep.model.codec import encode
from sitrep.ontology.load import load_ontology
from sitrep.store import tables as t
from sitrep.store.rows import Row

BATCH = 200
FIGURES = ("killed", "injured")
# families of events in which one side does harm to another
FORCE = frozenset({"violence", "remote_violence", "destruction"})
# the name that an actor has over all reports: the gazetteer's id, else what it is called
WHO = func.coalesce(t.actors.c.link, func.lower(t.actors.c.name))


class Rows(NamedTuple):
    """Rows of several incidents, and of the events that they rest on."""

    incidents: list[Row]
    events: list[Row]


class _Spot(NamedTuple):
    name: str
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None


def incident_rows(connection: Connection, incidents: Iterable[Incident]) -> Iterator[Rows]:
    """The rows of incidents, some at a time; events that the store does not hold are left out."""
    for batch in batched(incidents, BATCH):
        numbers = _numbers(connection, sorted({ref.report for incident in batch for ref in incident.events}))
        refs = {
            (numbers[ref.report], ref.event) for incident in batch for ref in incident.events if ref.report in numbers
        }
        spots = _spots(connection, sorted(refs))
        yield Rows(
            [_row(incident, [spots.get(key) for key in _keys(incident.events, numbers)]) for incident in batch],
            [
                {"incident": incident.id, "report": report, "event": event}
                for incident in batch
                for report, event in dict.fromkeys(_keys(incident.events, numbers))
                if (report, event) in spots
            ],
        )


def marks(connection: Connection) -> dict[str, int]:
    """A number for each incident with the events that it is tied to, by which a change shows."""
    tied = t.incident_events.c
    of_ties = select(tied.incident, func.count(), func.sum(tied.report)).group_by(tied.incident)
    ties = {name: (count, total) for name, count, total in connection.execute(of_ties)}
    rows = connection.execute(select(t.incidents))
    return {row.id: hash((tuple(row), ties.get(row.id, (0, 0)))) for row in rows}


def mark_of(row: Row, ties: Sequence[Row]) -> int:
    """The number of an incident that is about to be stored. ties: the rows that tie events to it."""
    values = tuple(row.get(column.name) for column in t.incidents.c)
    return hash((values, (len(ties), sum(int(tie["report"]) for tie in ties))))


def drop_incidents(connection: Connection, names: Sequence[str]) -> None:
    """Take incidents out, with all that hangs on them."""
    for some in batched(names, BATCH):
        connection.execute(delete(t.incident_events).where(t.incident_events.c.incident.in_(some)))
        connection.execute(delete(t.incidents).where(t.incidents.c.id.in_(some)))


def _numbers(connection: Connection, source_ids: Sequence[str]) -> dict[str, int]:
    """The numbers of the current versions of reports."""
    c = t.reports.c
    found: dict[str, int] = {}
    for some in batched(source_ids, BATCH):
        rows = connection.execute(select(c.source_id, c.id).where(c.source_id.in_(some), c.current))
        found |= {row.source_id: row.id for row in rows}
    return found


def _keys(refs: Iterable[EventRef], numbers: dict[str, int]) -> list[tuple[int, str]]:
    return [(numbers[ref.report], ref.event) for ref in refs if ref.report in numbers]


def _spots(connection: Connection, keys: list[tuple[int, str]]) -> dict[tuple[int, str], _Spot | None]:
    """Where each event is, None where it does not say; events that are not there are missing."""
    found: dict[tuple[int, str], _Spot | None] = {}
    for some in batched(keys, BATCH):
        wanted = set(some)
        query = (
            select(t.events.c.report, t.events.c.id, t.places)
            .join_from(
                t.events,
                t.places,
                (t.places.c.report == t.events.c.report) & (t.places.c.id == t.events.c.place),
                isouter=True,
            )
            # by their reports: pairs of report and event would be looked for in the whole table
            .where(t.events.c.report.in_(sorted({report for report, _ in some})))
        )
        rows = [row for row in connection.execute(query) if (row[0], row[1]) in wanted]
        for row in rows:
            named = row.name is not None
            spot = _Spot(row.name, row.lat, row.lon, row.country, row.admin1) if named else None
            found[row[0], row[1]] = spot
    return found


def _row(incident: Incident, spots: list[_Spot | None]) -> Row:
    name = (incident.place or "").casefold()
    # the incident's place as the event that names it so knows it; the most exact of several
    fitting = [spot for spot in spots if spot and spot.name.casefold() == name]
    spot = next((spot for spot in fitting if spot.lat is not None), fitting[0] if fitting else None)
    figures = {figure.kind: figure for figure in incident.figures}
    row: Row = {
        "id": incident.id,
        "type": incident.type,
        "place": incident.place,
        "admin1": spot.admin1 if spot else None,
        "country": spot.country if spot else None,
        "lat": spot.lat if spot else None,
        "lon": spot.lon if spot else None,
        "start": incident.start,
        "end": incident.end,
        "reports": len({ref.report for ref in incident.events}),
        "sources": incident.sources,
        "why": reasons_of(incident),
        "line": encode(incident).decode(),
    }
    for kind in FIGURES:
        figure = figures.get(kind)
        for name in ("low", "best", "high"):
            row[f"{kind}_{name}"] = getattr(figure, name) if figure else None
    return row


def enter_actors(connection: Connection, incidents: Sequence[str] | None = None) -> None:
    """Enter who takes part in these incidents, or in all, out of the events that they rest on."""
    derived = (
        (t.incident_actors, taking_part(), t.incident_events.c.incident),
        (t.actor_ties, using_force(), t.incidents.c.id),
    )
    for table, rows, incident in derived:
        columns = list(table.c.keys())
        if incidents is None:
            connection.execute(delete(table))
            connection.execute(insert(table).from_select(columns, rows))
            continue
        for some in batched(incidents, BATCH):
            connection.execute(delete(table).where(table.c.incident.in_(some)))
            these = rows.where(incident.in_(some))
            connection.execute(insert(table).from_select(columns, these))


def taking_part() -> Select[Any, Any, Any, Any, Any]:
    """Who takes part in which incident and how, as the events say: the rows of `incident_actors`."""
    ties, args, actors = t.incident_events, t.event_arguments, t.actors
    return (
        select(ties.c.incident, args.c.role, WHO.label("who"), actors.c.name, actors.c.kind)
        .select_from(
            ties.join(args, and_(args.c.report == ties.c.report, args.c.event == ties.c.event)).join(
                actors, and_(actors.c.report == args.c.report, actors.c.id == args.c.actor)
            )
        )
        .distinct()
    )


@cache
def of_force() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Roles of those who act, roles of those acted upon, and types of acts of force."""
    ontology = load_ontology()
    types = tuple(name for name, kind in ontology.events.items() if kind.parent in FORCE)
    agents, patients = (
        tuple(name for name, role in ontology.roles.items() if role.side == side) for side in ("agent", "patient")
    )
    return agents, patients, types


def using_force() -> Select[Any, Any, Any, Any, Any]:
    """Who uses force against whom in which incident: the rows of `actor_ties`."""
    agents, patients, types = of_force()
    did, had = t.incident_actors.alias("did"), t.incident_actors.alias("had")
    i = t.incidents.c
    return (
        select(did.c.who, had.c.who, i.id, i.start, func.coalesce(i.end, i.start))
        .select_from(t.incidents.join(did, did.c.incident == i.id).join(had, had.c.incident == i.id))
        .where(i.type.in_(types), did.c.role.in_(agents), had.c.role.in_(patients), did.c.who != had.c.who)
        .distinct()
    )


# why somebody should look


def reasons_of(incident: Incident) -> str:
    """The reasons that an incident itself gives for somebody to look at it, each with its weight, as JSON."""
    why: list[dict[str, Any]] = []
    for figure in incident.figures:
        if figure.kind != "killed":
            continue
        toll = next((part for part in (figure.best, figure.low, figure.high) if part is not None), 0.0)
        if toll > 0:
            weight = round(min(4.0, 1.0 + math.log10(toll) * 1.5), 2)
            why.append({"reason": "deaths", "weight": weight, "words": f"{toll:,.0f} killed"})
        # no best figure: the reports do not agree on one, or the only one says no more than "at least"
        if figure.best is None and figure.low is not None and figure.high is not None:
            span = f"{figure.low:,.0f} to {figure.high:,.0f}"
            why.append({"reason": "disagreement", "weight": 1.5, "words": f"killed: {span}"})
    for name, values in incident.fields.items():
        if len(values) > 1:
            words = f"{name}: {', '.join(value.value.replace('_', ' ') for value in values[:3])}"
            why.append({"reason": "disagreement", "weight": 1.0, "words": words})
    return json.dumps(why, ensure_ascii=False)


def enter_reasons(connection: Connection) -> None:
    """Enter these reasons for incidents that were written without them."""
    decoder = msgspec.json.Decoder(Incident)
    c = t.incidents.c
    for row in connection.execute(select(c.id, c.line).where(c.why.is_(None))).all():
        connection.execute(update(t.incidents).where(c.id == row.id).values(why=reasons_of(decoder.decode(row.line))))
