"""Sketch: what of an event can be compared across reports."""

from __future__ import annotations

import re
from typing import NamedTuple

from sitrep.corroboration.rarity import rarest
from sitrep.model import Argument, Event, EventRef, Reading
from sitrep.ontology.vocabulary import Ontology

# groups of types that reports call by one another's names
FAMILIES = {
    "violence": "force", "remote_violence": "force", "destruction": "force", "territory": "force",
    "verbal": "words", "diplomacy": "words", "coercion": "words", "relief": "words", "politics": "words",
    "support": "help", "forces": "help", "movement": "people", "detention": "people",
}  # fmt: skip
WORD = re.compile(r"[^\W\d_][\w'’-]{2,}")
STOP = frozenset(
    "the and for that with from was were are has have had been will would could may might not but its his her "
    "their this they them which who whom whose where when while after before into over under about than then also "
    "said says say told according all one two three four five six more most some any other new out off own per "
    "can did does between during against among near such only very just what there here because being both each "
    "few how several through until upon monday tuesday wednesday thursday friday saturday sunday".split()
)  # fmt: skip
# a report's subject shows in its first words
OPENING = 1200
# of these, the most telling
OPENING_WORDS, WORDS = 100, 60
FIGURES = ("killed", "injured")
# how old news may be that names no day
GUESSED_DAYS = 4
SAYING = frozenset({"asserts", "confirms", "accuses"})


class Spot(NamedTuple):
    """Where an event happened, as far as the report fixes it. exact: a settlement or closer."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    exact: bool


class Toll(NamedTuple):
    """A figure of an event. high: None where it is open. speaker: who gives it, None for the report itself."""

    low: float
    high: float | None
    speaker: str | None = None


class Sketch(NamedTuple):
    """One event of one report, made ready to compare.

    kinds: its type and those that the same act may be called. family: the group of types it is compared
    within. days: first and last possible day as ordinals. agents, patients: names that stand for the
    actors. figures: kind to toll. words: those of its sentences; opening: those of the report's
    opening; news: not told as background; tellings: in how many sentences, the headline twice.
    published: the report's day as an ordinal; outlet: who published it; speaker: who says that it happened,
    None for the report itself.
    """

    ref: EventRef
    type: str
    kinds: frozenset[str]
    family: str
    trigger: str
    spot: Spot | None
    days: tuple[int, int] | None
    agents: frozenset[str]
    patients: frozenset[str]
    figures: dict[str, Toll]
    words: frozenset[str]
    opening: frozenset[str]
    news: bool
    tellings: int
    published: int | None = None
    outlet: str | None = None
    speaker: str | None = None
    weapon: str | None = None


def sketches(reading: Reading, ontology: Ontology) -> list[Sketch]:
    """The events of a reading that took place, by its own account."""
    opening = opening_of(reading)
    return [sketch(reading, event, ontology, opening) for event in reading.events if happened(event)]


def happened(event: Event) -> bool:
    """Whether an event took place, by its report's own account."""
    return event.factuality in ("occurred", "ongoing")


def sketch(reading: Reading, event: Event, ontology: Ontology, opening: frozenset[str]) -> Sketch:
    """One event made ready to compare."""
    kind = ontology.events.get(event.type)
    parent = kind.parent if kind else event.type
    agents: set[str] = set()
    patients: set[str] = set()
    for argument in event.arguments:
        role = ontology.roles.get(argument.role)
        side = role.side if role else "other"
        if side == "agent":
            agents |= names_of(reading, argument)
        elif side == "patient":
            patients |= names_of(reading, argument)
    return Sketch(
        ref=EventRef(report=reading.report.source.id, event=event.id),
        type=event.type,
        kinds=frozenset({event.type, *(kind.compatible if kind else ())}),
        family=FAMILIES.get(parent, parent),
        trigger=stem(event.trigger.quote),
        spot=spot_of(reading, event),
        days=days_of(event),
        agents=frozenset(agents),
        patients=frozenset(patients),
        figures=figures_of(reading, event),
        words=rarest(words_of(" ".join(evidence.quote for evidence in event.evidence)), WORDS),
        opening=opening,
        news=not event.background,
        tellings=len(event.evidence) + event.headline,
        published=day_of(reading.report.published.value),
        outlet=reading.report.outlet,
        speaker=speaker_of(reading, event.id),
        weapon=event.weapon,
    )


def opening_of(reading: Reading) -> frozenset[str]:
    """The most telling words of a report's beginning."""
    return rarest(words_of(reading.report.text[:OPENING]), OPENING_WORDS)


def speaker_of(reading: Reading, part: str) -> str | None:
    """Who says so, by name; None where the report says it itself, or nobody known."""
    names = {actor.id: actor.name for actor in reading.actors}
    for claim in reading.claims:
        if part in claim.about and claim.stance in SAYING and claim.speaker and claim.speaker.actor in names:
            return names[claim.speaker.actor]
    return None


def day_of(said: str | None) -> int | None:
    """A day as an ordinal; None for a month, a year or nothing."""
    from datetime import date

    try:
        return date.fromisoformat((said or "")[:10]).toordinal()
    except ValueError:
        return None


def names_of(reading: Reading, argument: Argument) -> set[str]:
    """What stands for a participant: the gazetteer's id, else the words of its name."""
    if argument.actor is not None:
        actor = next((actor for actor in reading.actors if actor.id == argument.actor), None)
        if actor is not None:
            return {actor.link.id} if actor.link else {f"kind {actor.kind}", *words_of(actor.name)}
    return set(words_of(" ".join(evidence.quote for evidence in argument.evidence)))


def spot_of(reading: Reading, event: Event) -> Spot | None:
    """The event's place."""
    if event.place is None:
        return None
    place = next((place for place in reading.places if place.id == event.place.id), None)
    if place is None:
        return None
    return Spot(
        name=place.name.casefold(),
        country=place.country,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        exact=event.place.precision <= 2,
    )


def days_of(event: Event) -> tuple[int, int] | None:
    """First and last possible day as ordinals."""
    if event.time is None:
        return None
    first = day_of(event.time.start)
    last = day_of(event.time.end or event.time.start)
    if first is None or last is None:
        return None
    # where the report names no day, its own is only the last that it can be
    early = GUESSED_DAYS if event.time.basis == "published" and last - first <= 1 else 0
    return first - early, max(first, last)


def figures_of(reading: Reading, event: Event) -> dict[str, Toll]:
    """The highest toll that the event's own figures give, for each kind."""
    found: dict[str, Toll] = {}
    of_event = set(event.quantities)
    for quantity in reading.quantities:
        if quantity.id in of_event and quantity.kind in FIGURES and not quantity.cumulative:
            low = quantity.low if quantity.low is not None else quantity.best
            if low is not None and (quantity.kind not in found or low > found[quantity.kind].low):
                high = None if quantity.high is None else max(low, quantity.high)
                found[quantity.kind] = Toll(low, high, speaker_of(reading, quantity.id))
    return found


def words_of(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, stemmed."""
    return frozenset(stem(word) for word in WORD.findall(text) if word.casefold() not in STOP)


def stem(word: str) -> str:
    """A word without case and without the endings of number and tense."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    for ending in ("ings", "ing", "ers", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word.removesuffix("e") if len(word) > 4 else word
