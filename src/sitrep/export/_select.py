"""Which events of a reading are wanted, and what must not leave: both before any format sees the reading."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from sitrep.model import Event, Incident, Place, Reading
from sitrep.model.codec import decode_reading, encode

EARTH_KM = 6371.0
MASK = "█"


class Wanted(NamedTuple):
    """Filters on events, joined by "and"; None asks for nothing.

    type, factuality, place: by name; place also is a first-level division, and with km "LAT,LON" or a place's name.
    country: ISO 3166 alpha-3. actor: part of a name, or a gazetteer id. since, until: ISO dates.
    killed: at least so many by the lowest figure. news: no background.
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


def wanted(readings: Iterable[Reading], asked: Wanted) -> Iterator[Reading]:
    """Readings with only the events that pass; those without one are left out. All readings where nothing is asked."""
    if asked == Wanted():
        yield from readings
        return
    for reading in readings:
        kept = [event for event in reading.events if passes(reading, event, asked)]
        if kept:
            yield reading if len(kept) == len(reading.events) else only(reading, kept)


def passes(reading: Reading, event: Event, asked: Wanted) -> bool:
    """Whether an event passes the filters."""
    if asked.type and event.type != asked.type:
        return False
    if asked.factuality and event.factuality != asked.factuality:
        return False
    if asked.news and event.background:
        return False
    place = next((one for one in reading.places if event.place and one.id == event.place.id), None)
    if asked.country and (place is None or place.country != asked.country.upper()):
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
    folded = name.casefold()
    return any(
        actor.id in ids and (folded in actor.name.casefold() or (actor.link is not None and actor.link.id == name))
        for actor in reading.actors
    )


def _killed(reading: Reading, event: Event) -> float:
    figures = (one for one in reading.quantities if one.id in event.quantities and one.kind == "killed")
    return max((one.low if one.low is not None else one.best or 0 for one in figures), default=-1)


def _there(reading: Reading, place: Place | None, name: str, km: float | None) -> bool:
    if place is None:
        return False
    if km is None:
        return name.casefold() in (place.name.casefold(), (place.admin1 or "").casefold())
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


class Sensitive:
    """Names that must not leave. Whoever bears one is masked under all the names that a report gives them.

    A mask is as long as what it covers, so that every offset stays true.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted({" ".join(name.split()) for name in names if name.strip()}, key=len, reverse=True))
        self._pattern = _pattern(self.names)

    def __bool__(self) -> bool:
        return bool(self.names)

    def readings(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Readings without the names."""
        return (self.hide(reading) for reading in readings)

    def incidents(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        """Incidents without the names."""
        if self._pattern is None:
            yield from incidents
            return
        for incident in incidents:
            plain = msgspec.to_builtins(incident)
            yield msgspec.convert(_masked(plain, self._pattern), Incident)

    def hide(self, reading: Reading) -> Reading:
        """A reading without the names, nor any other name of those who bear them."""
        if self._pattern is None:
            return reading
        bearers = {actor.id: actor for actor in reading.actors if self._bears(actor.name, *actor.aliases)}
        spans = {mention.id: mention for mention in reading.mentions}
        more = {
            part.quote
            for actor in bearers.values()
            for name in actor.mentions
            if (mention := spans.get(name)) and mention.form == "name"
            for part in mention.evidence
        }
        names = {*self.names, *more, *(actor.name for actor in bearers.values())}
        pattern = _pattern(tuple(sorted(names, key=len, reverse=True)))
        plain: dict[str, Any] = msgspec.to_builtins(reading)
        if pattern is None or not (bearers or pattern.search(encode(reading).decode()) or _hit(plain, pattern)):
            return reading
        for actor in plain["actors"]:
            if actor["id"] in bearers:
                actor["link"] = None
        text = _mask(reading.report.text, pattern)
        hidden = _requoted(_masked(plain, pattern), text)
        hidden["report"]["text"] = text
        return decode_reading(msgspec.json.encode(hidden), source=reading.report.source.id)

    def _bears(self, *names: str) -> bool:
        return self._pattern is not None and any(self._pattern.search(name) for name in names)


def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    words = (r"\s+".join(re.escape(word) for word in name.split()) for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _mask(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: re.sub(r"\S", MASK, found.group()), text)


def _hit(value: object, pattern: re.Pattern[str]) -> bool:
    if isinstance(value, str):
        return pattern.search(value) is not None
    inner: Iterable[object] = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    )
    return any(_hit(part, pattern) for part in inner)


def _masked(value: Any, pattern: re.Pattern[str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return _mask(value, pattern)
    if isinstance(value, dict):
        return {name: _masked(part, pattern) for name, part in value.items()}
    return [_masked(part, pattern) for part in value] if isinstance(value, list | tuple) else value


def _requoted(value: Any, text: str) -> Any:  # noqa: ANN401 - JSON
    """Evidence as the masked text says it: a name may be masked where only a part of it was quoted."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "quote"}:
            return {**value, "quote": text[value["start"] : value["end"]]}
        return {name: _requoted(part, text) for name, part in value.items()}
    return [_requoted(part, text) for part in value] if isinstance(value, list) else value


def through(readings: Iterable[Reading], asked: Wanted, sensitive: Sensitive) -> Iterable[Reading]:
    """What may leave: the events asked for, without the names that must stay."""
    found = wanted(readings, asked)
    return sensitive.readings(found) if sensitive else found
