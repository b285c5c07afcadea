"""Filters: which incidents are wanted, as a query."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, Connection, Select, Table, exists, func, or_, select

from sitrep.errors import StoreError
from sitrep.model import ReviewState
from sitrep.store import tables as t
from sitrep.store.incidents import WHO

EARTH_KM = 6371.0
DEGREE_KM = 111.0


class Filter(NamedTuple):
    """What is wanted; None asks for nothing. since, until: ISO dates. country: ISO 3166 alpha-3.

    Of type, country, actor and place several may be given with "|" between them.
    actor: part of a name, or a gazetteer id. place: a place or a first-level division by name; with km,
    everything so near to it. killed, injured: at least so many by the lowest figure. state: how far its review is.
    """

    type: str | None = None
    country: str | None = None
    actor: str | None = None
    place: str | None = None
    km: float | None = None
    since: str | None = None
    until: str | None = None
    killed: float | None = None
    injured: float | None = None
    state: ReviewState | None = None


class Point(NamedTuple):
    """A place on the earth, in degrees."""

    lat: float
    lon: float


def of_incidents(connection: Connection, wanted: Filter) -> tuple[Select[Any, Any, Any], Point | None]:
    """The query, and with a radius the point from which its rows must be measured.

    Raises StoreError where no report knows where the place is.
    """
    table = t.incidents.c
    query = select(table.line, table.lat, table.lon)
    if wanted.type:
        query = query.where(table.type.in_(any_of(wanted.type)))
    if wanted.country:
        query = query.where(table.country.in_(any_of(wanted.country.upper())))
    # an incident whose time is open may lie inside any window that touches it
    if wanted.since:
        query = query.where(func.coalesce(table.end, table.start) >= wanted.since)
    if wanted.until:
        query = query.where(table.start <= wanted.until)
    if wanted.killed is not None:
        query = query.where(table.killed_low >= wanted.killed)
    if wanted.injured is not None:
        query = query.where(table.injured_low >= wanted.injured)
    if wanted.state:
        reviewed = (t.reviews.c.layer == "incidents") & (t.reviews.c.id == table.id)
        if wanted.state == "unreviewed":
            query = query.where(~exists().where(reviewed, t.reviews.c.state != wanted.state))
        else:
            # few are reviewed: from them on
            in_state = (t.reviews.c.layer == "incidents") & (t.reviews.c.state == wanted.state)
            query = query.where(table.id.in_(select(t.reviews.c.id).where(in_state)))
    if wanted.actor:
        query = query.where(or_(*(table.id.in_(_with_actor(one)) for one in any_of(wanted.actor))))
    centre = None
    if wanted.place and wanted.km is not None:
        centre = point_of(connection, wanted.place)
        north = wanted.km / DEGREE_KM
        east = north / max(0.01, math.cos(math.radians(centre.lat)))
        query = query.where(table.lat.between(centre.lat - north, centre.lat + north))
        # near the date line and the poles a box of longitudes would leave out neighbours
        if abs(centre.lon) + east < 180:
            query = query.where(table.lon.between(centre.lon - east, centre.lon + east))
    elif wanted.place:
        names = any_of(wanted.place.casefold())
        query = query.where(or_(func.lower(table.place).in_(names), func.lower(table.admin1).in_(names)))
    return query.order_by(table.start.asc().nulls_last(), table.id), centre


def any_of(words: str) -> tuple[str, ...]:
    """The alternatives of a filter."""
    return tuple(part.strip() for part in words.split("|") if part.strip())


def _with_actor(actor: str) -> Select[Any]:
    """The incidents in whose events somebody takes part."""
    # all who are meant, before the incidents: they are few
    meant = select(WHO).where(t.actors.c.name.in_(called_like(t.actors, actor)))
    return select(t.incident_actors.c.incident).where(
        or_(t.incident_actors.c.who == actor, t.incident_actors.c.who.in_(meant))
    )


def called_like(rows: Table, words: str) -> Select[Any]:
    """The names in a table of many rows that hold some words, each once.

    It steps from name to name along their index, since one name may stand in thousands of rows.
    """
    names = _names_in(rows)
    return select(names.c.name).where(names.c.name.icontains(words, autoescape=True))


@cache
def _names_in(rows: Table) -> CTE:
    """The names in a table; one and the same part of a statement, however often it stands there."""
    names = select(func.min(rows.c.name).label("name")).cte(f"names_of_{rows.name}", recursive=True)
    after = select(func.min(rows.c.name)).where(rows.c.name > names.c.name).scalar_subquery()
    return names.union_all(select(after).where(names.c.name.is_not(None)))


def point_of(connection: Connection, place: str) -> Point:
    """Where a place is: "LAT,LON" in degrees, else where the reports mostly put its name."""
    try:
        lat, lon = (float(part) for part in place.split(","))
        return Point(lat, lon)
    except ValueError:
        pass
    row = connection.execute(
        select(t.places.c.lat, t.places.c.lon)
        .where(func.lower(t.places.c.name) == place.casefold(), t.places.c.lat.is_not(None))
        .group_by(t.places.c.lat, t.places.c.lon)
        .order_by(func.count().desc(), t.places.c.lat)
        .limit(1)
    ).first()
    if row is None:
        raise StoreError(
            f"Looking for {place!r}: no report knows where that is.",
            todo="Name a place that reports name, or give its degrees: --place 36.2,37.16 --km 50.",
            place=place,
        )
    return Point(row.lat, row.lon)


def near(lat: float | None, lon: float | None, centre: Point, km: float) -> bool:
    """Whether a point lies within a distance along the earth's surface; an unknown one does not."""
    if lat is None or lon is None:
        return False
    north, south = math.radians(lat), math.radians(centre.lat)
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(lon - centre.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half))) <= km
