"""Which events of a reading are wanted, and what must not leave: both before any format sees the reading."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

import msgspec

from sitrep.judge.hide import Sensitive
from sitrep.model import Event, Place, Reading

EARTH_KM = 6371.0


class Wanted(NamedTuple):
    """Filters on events, joined by "and"; None asks for nothing.

    type, factuality, place: by name; place also is a first-level division, and with km "LAT,LON" or a place's name.
    country: ISO 3166 alpha-3. actor: part of a name, or a gazetteer id. since, until: ISO dates.
    killed: at least so many by the lowest figure. news: no background. Of type, country, actor and place several may be
    given with "|" between them: any of them will do.
    """

    type: str | None = None
    country: str | None = None
    actor: str | None = None
    place: str | None = None
    km: float | None = None
    since: str | None = None
    until: str | None = None
    killed: float | None = None
    factuality: str | None = None
    news: bool = False


def wanted(
    readings: Iterable[Reading], asked: Wanted, among: Container[tuple[str, str]] | None = None
) -> Iterator[Reading]:
    """Readings with only the events that pass; those without one are left out. All readings where nothing is asked.

    among: the only events that may pass, by source id and id.
    """
    if asked == Wanted() and among is None:
        yield from readings
        return
    for reading in readings:
        name = reading.report.source.id
        kept = [
            event
            for event in reading.events
            if (among is None or (name, event.id) in among) and passes(reading, event, asked)
        ]
        if kept:
            yield reading if len(kept) == len(reading.events) else only(reading, kept)


def any_of(words: str) -> tuple[str, ...]:
    """The alternatives of a filter."""
    return tuple(part.strip() for part in words.split("|") if part.strip())


def passes(reading: Reading, event: Event, asked: Wanted) -> bool:
    """Whether an event passes the filters."""
    if asked.type and event.type not in any_of(asked.type):
        return False
    if asked.factuality and event.factuality != asked.factuality:
        return False
    if asked.news and event.background:
        return False
    place = next((one for one in reading.places if event.place and one.id == event.place.id), None)
    if asked.country and (place is None or place.country not in any_of(asked.country.upper())):
        return False
    if asked.place and not _there(reading, place, asked.place, asked.km):
        return False
    # an event whose time is open may lie inside any window that touches it
    time = event.time
    if asked.since and not (time and (time.end or time.start or "") >= asked.since):
        return False
    if asked.until and not (time and time.start and time.start <= asked.until):
        return False
    if asked.actor and not _takes_part(reading, event, asked.actor):
        return False
    return asked.killed is None or _killed(reading, event) >= asked.killed


def _takes_part(reading: Reading, event: Event, name: str) -> bool:
    ids = {argument.actor for argument in event.arguments}
    return any(
        actor.id in ids
        and (one.casefold() in actor.name.casefold() or (actor.link is not None and actor.link.id == one))
        for actor in reading.actors
        for one in any_of(name)
    )


def _killed(reading: Reading, event: Event) -> float:
    figures = (one for one in reading.quantities if one.id in event.quantities and one.kind == "killed")
    return max((one.low if one.low is not None else one.best or 0 for one in figures), default=-1)


def _there(reading: Reading, place: Place | None, name: str, km: float | None) -> bool:
    if place is None:
        return False
    if km is None:
        return not {place.name.casefold(), (place.admin1 or "").casefold()}.isdisjoint(any_of(name.casefold()))
    centre = _point(reading, name)
    if centre is None or place.lat is None or place.lon is None:
        return False
    return _distance((place.lat, place.lon), centre) <= km


def _point(reading: Reading, name: str) -> tuple[float, float] | None:
    try:
        lat, lon = (float(part) for part in name.split(","))
    except ValueError:
        named = (one for one in reading.places if one.name.casefold() == name.casefold())
        return next(((one.lat, one.lon) for one in named if one.lat is not None and one.lon is not None), None)
    return lat, lon


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    north, south = math.radians(one[0]), math.radians(other[0])
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(one[1] - other[1]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def only(reading: Reading, events: list[Event]) -> Reading:
    """A reading with these events alone; what spoke of the others no longer names them."""
    gone = {event.id for event in reading.events} - {event.id for event in events}

    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in gone)

    change = msgspec.structs.replace
    return change(
        reading,
        events=tuple(change(event, causes=kept(event.causes)) for event in events),
        claims=tuple(change(claim, about=kept(claim.about)) for claim in reading.claims),
        decisions=tuple(
            change(one, steps=tuple(change(step, event=None) if step.event in gone else step for step in one.steps))
            for one in reading.decisions
            if one.about not in gone
        ),
    )


def through(
    readings: Iterable[Reading], asked: Wanted, sensitive: Sensitive, among: Container[tuple[str, str]] | None = None
) -> Iterable[Reading]:
    """What may leave: the events asked for, without the names that must stay. among: see `wanted`."""
    found = wanted(readings, asked, among)
    return sensitive.readings(found) if sensitive else found
