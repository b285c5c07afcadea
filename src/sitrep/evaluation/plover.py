"""A reading's events as PLOVER codes them: class, sources and targets, what is only spoken of folded into the speech."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sitrep.model import Argument, Event, Reading
from sitrep.ontology.vocabulary import Ontology

# PLOVER codes a future cooperative act as AGREE and a future hostile one as THREATEN (manual 2.0, AGREE, THREATEN)
COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "PROTEST"})
SPEECH = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE", "CONSULT"})
NOT_YET = frozenset({"planned", "threatened", "hypothetical"})
UNDONE = frozenset({"denied", "negated"})
BEYOND_STATES = {"igo": "IGO", "ngo": "NGO"}


class Party(NamedTuple):
    """One side of a coded event: its words' offsets and its country or other code, null where unknown."""

    start: int
    end: int
    country: str | None


class Coded(NamedTuple):
    """One event as PLOVER codes it. start, end: its trigger's offsets. sentence: index of its sentence."""

    event: str
    type: str
    start: int
    end: int
    sentence: int
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    score: float


def code(
    reading: Reading, ontology: Ontology, class_of: Callable[[str, str], str] = lambda event_type, event: event
) -> list[Coded]:
    """The events of a reading that PLOVER codes, in text order.

    class_of: (event type, PLOVER class) to the class of an older or coarser codebook.
    """
    sentences = [(sentence.start, sentence.end) for sentence in reading.sentences]
    spoken = {
        sentence_of(sentences, event.trigger.start)
        for event in reading.events
        if event.factuality in ("occurred", "ongoing") and plover(event, ontology) in SPEECH
    }
    found: list[Coded] = []
    for event in sorted(reading.events, key=lambda event: event.trigger.start):
        sentence = sentence_of(sentences, event.trigger.start)
        label = as_of_now(event, plover(event, ontology), in_speech=sentence in spoken)
        if label is None:
            continue
        sources, targets = sides(reading, event, ontology)
        found.append(
            Coded(
                class_of(event.type, label) if label == plover(event, ontology) else label,
                event.type,
                event.trigger.start,
                event.trigger.end,
                sentence,
                sources,
                targets,
                event.score,
            )
        )
    return found


def plover(event: Event, ontology: Ontology) -> str | None:
    """The PLOVER class of an event's type, null where PLOVER does not code it."""
    kind = ontology.events.get(event.type)
    return kind.crosswalk.plover.event if kind and kind.crosswalk.plover else None


def as_of_now(event: Event, label: str | None, *, in_speech: bool) -> str | None:
    """The class of an event in the light of its factuality; null where it is not coded at all.

    What somebody asks for, promises or threatens is part of that speech, which is coded instead.
    """
    if label is None or event.factuality in UNDONE:
        return "REJECT" if label in COOPERATIVE and not in_speech and event.factuality == "negated" else None
    if event.factuality not in NOT_YET:
        return label
    if in_speech or event.factuality == "hypothetical":
        return None
    if label in COOPERATIVE:
        return "AGREE"
    return "THREATEN" if label in HOSTILE else label


def sides(reading: Reading, event: Event, ontology: Ontology) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who does it and to whom. A place stands for its country where nobody else is named as the target."""
    agents: list[Party] = []
    patients: list[Party] = []
    others: list[Party] = []
    for argument in event.arguments:
        side = ontology.roles[argument.role].side if argument.role in ontology.roles else "other"
        party = party_of(reading, argument)
        if argument.place is not None and side != "agent":
            others.append(party)
        elif side == "agent":
            agents.append(party)
        elif side == "patient":
            patients.append(party)
    return tuple(agents), tuple(patients or others)


def party_of(reading: Reading, argument: Argument) -> Party:
    """An argument's words and country."""
    evidence = argument.evidence[0]
    country: str | None = None
    if argument.actor is not None:
        actor = next(actor for actor in reading.actors if actor.id == argument.actor)
        country = actor.countries[0] if actor.countries else BEYOND_STATES.get(actor.kind)
    elif argument.place is not None:
        country = next(place for place in reading.places if place.id == argument.place).country
    return Party(evidence.start, evidence.end, country)


def sentence_of(sentences: list[tuple[int, int]], offset: int) -> int:
    """The index of the sentence that holds an offset, -1 where none does."""
    return next((i for i, (start, end) in enumerate(sentences) if start <= offset < end), -1)


def main_event(coded: list[Coded]) -> Coded | None:
    """The event that a sentence is about: the first that is told with a side, else the first."""
    return next((event for event in coded if event.sources or event.targets), coded[0] if coded else None)


def dyads(event: Coded) -> set[tuple[str | None, str | None]]:
    """(source country, target country) pairs; sides that act alike without a target are each other's target."""
    sources = list(dict.fromkeys(party.country for party in event.sources)) or [None]
    targets = list(dict.fromkeys(party.country for party in event.targets))
    return pairs(sources, targets)


def pairs(sources: list[str | None], targets: list[str | None]) -> set[tuple[str | None, str | None]]:
    """All pairs of sources and targets; where there is no target, of each two sources, both ways."""
    if targets:
        return {(source, target) for source in sources for target in targets}
    if len(sources) > 1:
        return {(one, other) for one in sources for other in sources if one != other}
    return {(sources[0], None)} if sources and sources[0] else set()
