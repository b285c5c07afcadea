"""Corrections of single values: what is changed, from what, to what."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from sitrep.judge.draft import Draft
from sitrep.judge.find import argument, locate
from sitrep.model import (
    Actor,
    ActorChoice,
    ActorLink,
    AddArgument,
    AddEvent,
    AddFigure,
    Argument,
    Claim,
    DropArgument,
    Event,
    EventPlace,
    EventTime,
    Evidence,
    Place,
    PlaceChoice,
    Quantity,
    SetActor,
    SetDate,
    SetFactuality,
    SetFigure,
    SetIdentity,
    SetPlace,
    SetRole,
    SetStance,
    SetType,
    Speaker,
)  # fmt: skip
from sitrep.model.codec import digest

# what a person decides is certain as far as the machine is concerned
SURE = 1.0
UNKNOWN = "unknown"


class Done(NamedTuple):
    """What was changed: before and after in the record's own codes. moved: its words stand elsewhere now."""

    before: str | None
    after: str | None
    moved: bool = False


def change(draft: Draft, layer: str, record: Any, correction: object) -> Done | None:  # noqa: ANN401 - a record of the model
    """Change one value of a record; None where there is nothing that it could change."""
    match correction:
        case SetType(type=kind) if isinstance(record, Event):
            draft.change(layer, record, type=kind)
            return Done(record.type, kind)
        case SetFactuality(factuality=factuality) if isinstance(record, Event):
            happened = factuality in ("occurred", "ongoing")
            reason = None if happened else record.reason
            background = record.background and not happened
            draft.change(layer, record, factuality=factuality, reason=reason, background=background)
            return Done(record.factuality, factuality)
        case SetRole() | SetActor() | AddArgument() | DropArgument() if isinstance(record, Event):
            return _arguments(draft, record, correction)
        case SetActor(actor=choice) if isinstance(record, Claim):
            return _speaker(draft, record, choice)
        case SetPlace() if isinstance(record, Event):
            return _event_place(draft, record, correction)
        case SetPlace(place=choice) if isinstance(record, Place) and choice is not None:
            draft.put("places", _moved(record, choice))
            return Done(_where(record), _where(choice))
        case SetDate() if isinstance(record, Event):
            return _date(draft, record, correction)
        case SetFigure() if isinstance(record, Quantity):
            new = msgspec.structs.replace(
                record,
                kind=correction.figure,
                low=correction.low,
                best=correction.best,
                high=correction.high,
                civilians=correction.civilians,
                modifier=None,
            )
            draft.put("quantities", new)
            return Done(_amount(record), _amount(new))
        case AddFigure() if isinstance(record, Event):
            return _add_figure(draft, record, correction)
        case SetStance(stance=stance) if isinstance(record, Claim):
            draft.change(layer, record, stance=stance)
            return Done(record.stance, stance)
        case SetIdentity() if isinstance(record, Actor):
            link = ActorLink(id=correction.link, score=SURE) if correction.link else None
            draft.change(layer, record, name=correction.name, kind=correction.actor_kind, link=link)
            return Done(record.name, correction.name)
        case _:
            return None


def called(draft: Draft, layer: str, record: Any) -> str:  # noqa: ANN401 - a record of the model
    """What to call a record in a history."""
    if isinstance(record, Actor | Place):
        return record.name
    words = draft.words_of(layer, record)
    return " … ".join(part.quote for part in words[:2])


# arguments


def _arguments(draft: Draft, event: Event, correction: SetRole | SetActor | AddArgument | DropArgument) -> Done | None:
    arguments = list(event.arguments)
    if isinstance(correction, AddArgument):
        located = locate(draft.text, correction.words)
        if located is None:
            return None
        actor = _actor(draft, correction.actor, located.words)
        text = None if actor else " … ".join(part.quote for part in located.words)
        arguments.append(
            Argument(role=correction.role, actor=actor, text=text, evidence=located.words, score=SURE, basis="judged")
        )
        draft.change("events", event, arguments=tuple(arguments))
        return Done(None, _filler(draft, arguments[-1]), moved=located.moved)
    if correction.argument is None:
        return None
    n = argument(event, correction.argument)
    if n is None:
        return None
    old = arguments[n]
    before = _filler(draft, old)
    match correction:
        case DropArgument():
            arguments.pop(n)
            after = None
        case SetRole(role=role):
            arguments[n] = msgspec.structs.replace(old, role=role, score=SURE, basis="judged")
            before, after = f"{old.role}: {before}", f"{role}: {before}"
        case SetActor(actor=choice):
            actor = _actor(draft, choice, old.evidence)
            text = None if actor else " … ".join(part.quote for part in old.evidence)
            new = msgspec.structs.replace(old, actor=actor, place=None, text=text, score=SURE, basis="judged")
            arguments[n] = new
            after = _filler(draft, new)
    draft.change("events", event, arguments=tuple(arguments))
    return Done(before, after)


def _filler(draft: Draft, part: Argument) -> str:
    actors, places = draft.layers["actors"], draft.layers["places"]
    if part.actor in actors:
        return actors[part.actor].name
    if part.place in places:
        return places[part.place].name
    return part.text or " … ".join(words.quote for words in part.evidence) or UNKNOWN


def _actor(draft: Draft, choice: ActorChoice | None, words: tuple[Evidence, ...]) -> str | None:
    """The id of who is meant: somebody of the reading, else somebody new whom these words name."""
    if choice is None:
        return None
    held = draft.layers["actors"]
    if choice.id in held:
        return choice.id
    for actor in held.values():
        if choice.link and actor.link and actor.link.id == choice.link:
            return actor.id
    for actor in held.values():
        if not choice.link and choice.name.casefold() in {actor.name.casefold(), *map(str.casefold, actor.aliases)}:
            return actor.id
    where = {part.start for part in words}
    mentions = [m.id for m in draft.layers["mentions"].values() if m.evidence and m.evidence[0].start in where]
    name = "a" + digest(draft.before.report.id, "judged", choice.link, choice.name)
    draft.put(
        "actors",
        Actor(
            id=name,
            name=choice.name,
            kind="other",
            countries=(),
            aliases=(),
            mentions=tuple(mentions),
            link=ActorLink(id=choice.link, score=SURE) if choice.link else None,
        ),
    )
    return name


def _speaker(draft: Draft, claim: Claim, choice: ActorChoice | None) -> Done:
    words = claim.speaker.evidence if claim.speaker else ()
    actors = draft.layers["actors"]
    before = None
    if claim.speaker:
        known = actors.get(claim.speaker.actor or "")
        before = known.name if known else " … ".join(part.quote for part in words)
    actor = _actor(draft, choice, words)
    draft.change("claims", claim, speaker=Speaker(actor=actor, evidence=words) if actor or words else None)
    return Done(before, choice.name if choice else None)


# place and time


def _event_place(draft: Draft, event: Event, correction: SetPlace) -> Done:
    held = draft.layers["places"]
    old = held.get(event.place.id) if event.place else None
    choice = correction.place
    arguments = tuple(part for part in event.arguments if part.role != "place" or part.place != (old and old.id))
    if choice is None:
        draft.change("events", event, place=None, arguments=arguments)
        return Done(_where(old) if old else None, None)
    known = held.get(choice.id or "")
    if known is None and choice.geonames is not None:
        known = next((place for place in held.values() if place.geonames == choice.geonames), None)
    if known is None and choice.lat is None:
        known = next((place for place in held.values() if place.name.casefold() == choice.name.casefold()), None)
    if known is None:
        name = "p" + digest(draft.before.report.id, "judged", choice.geonames, choice.name, choice.lat, choice.lon)
        known = _moved(
            Place(
                id=name, name=choice.name, kind=choice.kind, lat=None, lon=None, country=None, admin1=None,
                geonames=None, radius_km=None, mentions=(), score=SURE,
            ),
            choice,
        )  # fmt: skip
        draft.put("places", known)
    place = EventPlace(id=known.id, precision=correction.precision, basis="judged")
    draft.change("events", event, place=place, arguments=arguments)
    return Done(_where(old) if old else None, _where(known))


def _moved(place: Place, choice: PlaceChoice) -> Place:
    return msgspec.structs.replace(
        place,
        name=choice.name,
        kind=choice.kind,
        lat=choice.lat,
        lon=choice.lon,
        country=choice.country,
        admin1=choice.admin1,
        geonames=choice.geonames,
        radius_km=choice.radius_km,
        score=SURE,
        basis="judged",
    )


def _where(place: Place | PlaceChoice) -> str:
    parts = [place.name, place.admin1, place.country]
    if place.geonames is None and place.lat is not None and place.lon is not None:
        parts.append(f"{place.lat:.4f},{place.lon:.4f}")
    return ", ".join(part for part in parts if part)


def _date(draft: Draft, event: Event, correction: SetDate) -> Done:
    old = event.time
    before = _days(old.start, old.end) if old else None
    if correction.start is None and correction.end is None:
        draft.change("events", event, time=None)
        return Done(before, None)
    time = EventTime(
        timex=None, start=correction.start, end=correction.end, precision=correction.precision, basis="judged"
    )
    draft.change("events", event, time=time)
    return Done(before, _days(time.start, time.end))


def _days(start: str | None, end: str | None) -> str | None:
    if not start and not end:
        return None
    return (start or "?") if start == end else f"{start or '?'}/{end or '?'}"


# figures and events


def _add_figure(draft: Draft, event: Event, correction: AddFigure) -> Done | None:
    located = locate(draft.text, correction.words)
    if located is None:
        return None
    starts = [part.start for part in located.words]
    figure = Quantity(
        id="q" + digest(draft.before.report.id, "judged", event.id, correction.figure, *starts),
        kind=correction.figure,
        of=None,
        low=correction.low,
        best=correction.best,
        high=correction.high,
        unit=None,
        modifier=None,
        side=None,
        civilians=correction.civilians,
        evidence=located.words,
    )
    draft.put("quantities", figure)
    draft.change("events", event, quantities=(*event.quantities, figure.id))
    return Done(None, _amount(figure), moved=located.moved)


def _amount(figure: Quantity) -> str:
    span = "/".join("?" if part is None else f"{part:g}" for part in (figure.low, figure.best, figure.high))
    return f"{figure.kind} {span}"


def add_event(draft: Draft, correction: AddEvent) -> Done | None:
    """An event that a person found by its words; nothing else is known of it yet."""
    located = locate(draft.text, correction.words)
    if located is None or not located.words:
        return None
    headline = next((part for part in draft.before.passages if part.kind == "headline"), None)
    first = located.words[0]
    draft.put(
        "events",
        Event(
            id=correction.id,
            type=correction.type,
            trigger=first,
            triggers=located.words,
            factuality=correction.factuality,
            reason=None,
            background=False,
            arguments=(),
            place=None,
            time=None,
            weapon=None,
            quantities=(),
            claims=(),
            causes=(),
            headline=headline is not None and headline.start <= first.start < headline.end,
            evidence=draft.sentences_of(located.words),
            score=SURE,
        ),
    )
    return Done(None, f"{correction.type} “{first.quote}”", moved=located.moved)
