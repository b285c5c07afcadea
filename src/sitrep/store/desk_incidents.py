"""What the desk asks of the archive about incidents: the list, the queue, one with its neighbours."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from sitrep.model import EventRef, Incident
from sitrep.store import judged
from sitrep.store import tables as t
from sitrep.store.desk import DONE, OPEN, UNREVIEWED, in_state, review_of
from sitrep.store.filters import EARTH_KM, Filter, near, of_incidents
from sitrep.store.ranks import SECOND_LOOK

_incident = msgspec.json.Decoder(Incident)
# neighbours of an incident that are looked at
MOST = 300
# what `marks` says of each incident
MARKS = ("id", "lat", "lon", "radius_km", "start", "end", "type", "place", "killed", "reports", "state", "country")
Row = dict[str, Any]


def _columns() -> list[Any]:
    c = t.incidents.c
    last = (
        select(func.max(t.judgements.c.seq))
        .where(t.judgements.c.layer == "incidents", t.judgements.c.target == c.id)
        .scalar_subquery()
    )
    names = ("id", "type", "line", "place", "admin1", "country", "lat", "lon", "start", "end", "reports", "killed_low",
             "killed_best", "killed_high", "injured_low", "injured_high")  # fmt: skip
    return [
        *(c[name] for name in names),
        last.label("last"),
        func.coalesce(t.reviews.c.state, UNREVIEWED).label("state"),
        t.reviews.c.assignee,
        func.coalesce(t.incident_ranks.c.priority, 0.0).label("priority"),
        t.incident_ranks.c.score,
        t.incident_ranks.c.why,
        t.incident_ranks.c.title,
        t.incident_ranks.c.radius_km,
    ]


def _query(
    connection: Connection, wanted: Filter, state: str | None, assignee: str | None, why: str | None, *, ranked: bool
) -> tuple[Select[Any, Any, Any], Any]:
    """The incidents that fit, with their reviews and ranks. ranked: only those that have a rank."""
    query, centre = of_incidents(connection, wanted)
    reviews, ranks = t.reviews, t.incident_ranks
    if ranked or why:
        # from the ranks on, so that the first page of thousands is found without sorting them
        rows = ranks.join(t.incidents, ranks.c.incident == t.incidents.c.id)
    else:
        rows = t.incidents.join(ranks, ranks.c.incident == t.incidents.c.id, isouter=True)
    query = query.select_from(rows.join(reviews, review_of("incidents", t.incidents.c.id), isouter=True))
    # few are reviewed: looked up once, not for every incident
    reviewed = select(reviews.c.id).where(reviews.c.layer == "incidents")
    if state == OPEN:
        query = query.where(t.incidents.c.id.not_in(reviewed.where(reviews.c.state.in_(DONE))))
    elif state == UNREVIEWED:
        query = query.where(t.incidents.c.id.not_in(reviewed.where(reviews.c.state != UNREVIEWED)))
    elif state:
        query = query.where(t.incidents.c.id.in_(reviewed.where(reviews.c.state == state)))
    if assignee:
        query = query.where(t.incidents.c.id.in_(reviewed.where(reviews.c.assignee == assignee)))
    if why:
        query = query.where(ranks.c.why.contains(f'"{why}"', autoescape=True))
    return query, centre


def incidents(
    connection: Connection,
    wanted: Filter,
    *,
    state: str | None = None,
    assignee: str | None = None,
    why: str | None = None,
    sort: str = "start",
    limit: int = 50,
    offset: int = 0,
) -> tuple[int, list[Row]]:
    """How many incidents fit, and a page of them."""
    first = sort == "-priority"
    query, centre = _query(connection, wanted, state, assignee, why, ranked=first)
    c = t.incidents.c
    order = {
        "start": (c.start.asc().nulls_last(), c.id),
        "-start": (c.start.desc().nulls_last(), c.id),
        "-killed": (func.coalesce(c.killed_best, c.killed_low, c.killed_high).desc().nulls_last(), c.id),
        "-reports": (c.reports.desc(), c.id),
        "-priority": (t.incident_ranks.c.priority.desc(), t.incident_ranks.c.incident),
    }[sort]
    # only the names are sorted: all that a page shows is asked for afterwards, for the page alone
    page = query.with_only_columns(c.id, c.lat, c.lon, maintain_column_froms=True).order_by(None).order_by(*order)
    if centre is None:
        # every incident has a rank, so that without a reason to look for the ranks need not be counted
        counted = query if why else _query(connection, wanted, state, assignee, None, ranked=False)[0]
        count = counted.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
        total = connection.scalar(count) or 0
        if first and 2 * offset > total:
            # the last of many are found from the end
            many = max(0, min(limit, total - offset))
            ranks = t.incident_ranks.c
            page = page.order_by(None).order_by(ranks.priority.asc(), ranks.incident.desc())
            last = connection.scalars(page.limit(many).offset(max(0, total - offset - many))).all()
            return total, _rows(connection, last[::-1])
        names = connection.scalars(page.limit(limit).offset(offset)).all()
        return total, _rows(connection, names)
    found = [row.id for row in connection.execute(page) if near(row.lat, row.lon, centre, wanted.km or 0)]
    return len(found), _rows(connection, found[offset : offset + limit])


def _rows(connection: Connection, names: Sequence[str]) -> list[Row]:
    """Incidents by their names, in that order."""
    rows = {row["id"]: _row(row) for row in connection.execute(_whole().where(t.incidents.c.id.in_(names))).mappings()}
    return [rows[name] for name in names]


def _whole() -> Select[*tuple[Any, ...]]:
    return select(*_columns()).select_from(
        t.incidents.join(t.reviews, review_of("incidents", t.incidents.c.id), isouter=True).join(
            t.incident_ranks, t.incident_ranks.c.incident == t.incidents.c.id, isouter=True
        )
    )


def _row(row: Any) -> Row:  # noqa: ANN401 - a mapping of a row
    why = json.loads(row["why"] or "[]")
    if row["state"] == "second_look":
        why.append({"reason": "second_look", "weight": SECOND_LOOK, "words": "somebody wants it looked at again"})
    version = judged.version_of_incident(row["line"], row["last"])
    plain = {name: value for name, value in row.items() if name not in ("line", "last")}
    return {**plain, "why": why, "version": version}


def marks(
    connection: Connection,
    wanted: Filter,
    *,
    state: str | None = None,
    assignee: str | None = None,
    box: tuple[float, ...] | None = None,
    limit: int = 100_000,
) -> tuple[int, list[Any]]:
    """The incidents that fit, the deadliest first, for a map. box: west, south, east, north."""
    query, centre = _query(connection, wanted, state, assignee, None, ranked=False)
    c = t.incidents.c
    if box:
        west, south, east, north = box
        query = query.where(c.lat.between(south, north))
        # a view across the date line
        query = query.where(c.lon.between(west, east) if west <= east else (c.lon >= west) | (c.lon <= east))
    killed = func.coalesce(c.killed_best, c.killed_low)
    columns = (
        c.id, c.lat, c.lon, t.incident_ranks.c.radius_km, c.start, c.end, c.type, c.place, killed.label("killed"),
        c.reports, func.coalesce(t.reviews.c.state, UNREVIEWED).label("state"), c.country,
    )  # fmt: skip
    page = query.with_only_columns(*columns, maintain_column_froms=True).order_by(None)
    page = page.order_by(killed.desc().nulls_last(), c.id)
    rows = connection.execute(page if centre else page.limit(limit)).all()
    if centre:
        rows = [row for row in rows if near(row.lat, row.lon, centre, wanted.km or 0)]
        return len(rows), rows[:limit]
    if len(rows) < limit:
        return len(rows), list(rows)
    count = query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    return connection.scalar(count) or 0, list(rows)


def incident(connection: Connection, name: str) -> tuple[Incident, Row, str] | None:
    """One incident, its row, and its version."""
    line = connection.scalar(select(t.incidents.c.line).where(t.incidents.c.id == name))
    if line is None:
        return None
    row = connection.execute(_whole().where(t.incidents.c.id == name)).mappings().one()
    return _incident.decode(line), _row(row), judged.incident_version(connection, name) or ""


def linked(connection: Connection, row: Row, limit: int = 12) -> list[Row]:
    """Incidents near in place and time."""
    c = t.incidents.c
    if not row["start"]:
        return []
    query = _whole().where(c.id != row["id"], c.start.between(_days(row["start"], -3), _days(row["start"], 3)))
    if row["lat"] is not None:
        query = query.where(
            c.lat.between(row["lat"] - 0.5, row["lat"] + 0.5), c.lon.between(row["lon"] - 0.6, row["lon"] + 0.6)
        )
    elif row["place"]:
        query = query.where(func.lower(c.place) == row["place"].lower())
    else:
        return []
    found = [_row(row_) for row_ in connection.execute(query.order_by(c.start, c.id).limit(MOST)).mappings()]
    found.sort(key=lambda other: (abs(days_apart(row["start"], other["start"])), other["id"]))
    return found[:limit]


def apart_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance between two points along the earth's surface."""
    north, south = math.radians(lat), math.radians(other_lat)
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(lon - other_lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def days_apart(day: str | None, other: str | None) -> int:
    """How many days the other is later."""
    from datetime import date

    try:
        return (date.fromisoformat((other or "")[:10]) - date.fromisoformat((day or "")[:10])).days
    except ValueError:
        return 0


def _days(day: str, by: int) -> str:
    from datetime import date, timedelta

    try:
        return (date.fromisoformat(day[:10]) + timedelta(days=by)).isoformat()
    except (ValueError, OverflowError):
        return day


def of_events(connection: Connection, refs: list[EventRef]) -> list[str]:
    """The incidents that hold any of these events."""
    found: dict[str, None] = {}
    for ref in refs:
        query = (
            select(t.incident_events.c.incident)
            .join(t.reports, t.reports.c.id == t.incident_events.c.report)
            .where(t.reports.c.source_id == ref.report, t.reports.c.current, t.incident_events.c.event == ref.event)
        )
        found |= dict.fromkeys(connection.scalars(query))
    return sorted(found)


def incidents_of_report(connection: Connection, source_id: str) -> list[Incident]:
    """The incidents that rest on a report, as they are stored, events that are gone among them."""
    number = connection.scalar(select(t.reports.c.id).where(t.reports.c.source_id == source_id, t.reports.c.current))
    tied = select(t.incident_events.c.incident).where(t.incident_events.c.report == number)
    lines = connection.scalars(select(t.incidents.c.line).where(t.incidents.c.id.in_(tied))).all()
    return [_incident.decode(line) for line in lines]


def events_in_state(connection: Connection, state: str) -> set[tuple[str, str]]:
    """The events of incidents in a state of review, or open, by source id and id."""
    ties = t.incident_events.c
    query = (
        select(t.reports.c.source_id, ties.event)
        .select_from(
            t.incident_events.join(t.reports, t.reports.c.id == ties.report).join(
                t.reviews, review_of("incidents", ties.incident), isouter=True
            )
        )
        .where(in_state(state))
    )
    return {(row.source_id, row.event) for row in connection.execute(query)}
