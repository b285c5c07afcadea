"""A reading's events as PLOVER codes them: class, sources, targets; what is only spoken of is part of the speech."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sitrep.model import Actor, Argument, Event, Reading
from sitrep.ontology.plover import HOSTILE, NOT_YET, class_now, own_class, speaks
from sitrep.ontology.vocabulary import Ontology

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


class Named(NamedTuple):
    """A mention that stands for a country."""

    start: int
    end: int
    country: str


def code(reading: Reading, ontology: Ontology, otherwise: Mapping[str, str] | None = None) -> list[Coded]:
    """The events of a reading that PLOVER codes, in text order.

    otherwise: event types that an older codebook puts into another class.
    """
    sentences = [(sentence.start, sentence.end) for sentence in reading.sentences]
    spoken = {sentence_of(sentences, event.trigger.start) for event in reading.events if speaks(event, ontology)}
    named = countries_named(reading)
    found: list[Coded] = []
    for event in sorted(reading.events, key=lambda event: event.trigger.start):
        sentence = sentence_of(sentences, event.trigger.start)
        own = own_class(event, ontology)
        said = said_by(reading, event)
        label, _ = class_now(event, own, in_speech=sentence in spoken, said=said is not None)
        if label is None:
            continue
        if label == own and otherwise:
            label = otherwise.get(event.type, label)
        if event.type == "promise" and promises_harm(event, reading, ontology, sentences):
            label = "THREATEN"
        sources, targets = sides(reading, event, ontology)
        if said and own != label == "REQUEST":
            sources, targets = (said,), sources or targets
        elif said and not sources and label not in HOSTILE:
            # who reports an attack did not make it
            sources = (said,)
        near = [name for name in named if sentence_of(sentences, name.start) == sentence]
        found.append(
            Coded(
                label,
                event.type,
                event.trigger.start,
                event.trigger.end,
                sentence,
                *completed(sources, targets, near, event.trigger.start),
                event.score,
            )
        )
    return found


def promises_harm(event: Event, reading: Reading, ontology: Ontology, sentences: list[tuple[int, int]]) -> bool:
    """Whether the act that somebody says they are ready for is a hostile one."""
    sentence = sentence_of(sentences, event.trigger.start)
    content = [
        other
        for other in reading.events
        if other.trigger.start > event.trigger.start
        and other.factuality in NOT_YET
        and sentence_of(sentences, other.trigger.start) == sentence
    ]
    return bool(content) and own_class(min(content, key=lambda other: other.trigger.start), ontology) in HOSTILE


def said_by(reading: Reading, event: Event) -> Party | None:
    """Who says it, where the event is told in somebody's words."""
    for claim in reading.claims:
        if claim.id in event.claims and claim.speaker and claim.speaker.evidence:
            evidence = claim.speaker.evidence[0]
            countries = countries_of(reading, claim.speaker.actor, None)
            return Party(evidence.start, evidence.end, countries[0] if countries else None)
    return None


def sides(reading: Reading, event: Event, ontology: Ontology) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who does it and to whom. A place stands for its country where nobody else is named as the target."""
    agents: list[Party] = []
    patients: list[Party] = []
    others: list[Party] = []
    brought = any(argument.role == "mediator" for argument in event.arguments)
    for argument in event.arguments:
        side = ontology.roles[argument.role].side if argument.role in ontology.roles else "other"
        parties = parties_of(reading, argument)
        if argument.place is not None and side != "agent":
            others += parties
        elif side == "patient" or (brought and argument.role == "participant"):
            # those between whom a third mediates are whom it is done to
            patients += parties
        elif side == "agent":
            agents += parties
    if len({party.country for party in agents if party.country}) > 1:
        # two sides that act on each other need no place to stand for the other one
        return tuple(agents), tuple(patients)
    return tuple(agents), tuple(patients or others)


def completed(
    sources: tuple[Party, ...], targets: tuple[Party, ...], near: list[Named], trigger: int
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Sides with what the sentence says beside them.

    A source of unknown country belongs to the country named last before the trigger ("King Hassan of Morocco").
    A target that the grammar does not give is the next country named after the trigger, best one that is no
    source ("rejected a U.S. request"). A target of unknown country belongs to the country
    named in its words or next to it.
    """
    taken = [(party.start, party.end) for party in (*sources, *targets)]
    free = [name for name in near if not any(start <= name.start < end for start, end in taken)]
    if sources and not any(party.country for party in sources):
        before = [name.country for name in near if name.start < trigger]
        only = {name.country for name in near}
        country = before[-1] if before else only.pop() if len(only) == 1 else None
        sources = tuple(party._replace(country=country) for party in sources)
    own = {party.country for party in sources}
    if not targets and len(own) < 2:
        after = [name for name in free if name.start > trigger]
        chosen = [name for name in after if name.country not in own] or after
        targets = tuple(Party(*name) for name in chosen[:1])
    elif targets and not any(party.country for party in targets) and near:
        targets = tuple(
            party._replace(country=party.country or min(near, key=lambda name: _far(party, name)).country)
            for party in targets
        )
    return sources, targets


def _far(party: Party, name: Named) -> tuple[bool, int]:
    """How far a name stands from a party: what stands inside its own words is nearest."""
    return not party.start <= name.start < party.end, abs(name.start - party.start)


def countries_named(reading: Reading) -> list[Named]:
    """The mentions of a reading that stand for a country or a body of states, in text order."""
    spans = {mention.id: mention.evidence[0] for mention in reading.mentions}
    found: set[Named] = set()
    for actor in reading.actors:
        for country in countries_of_actor(actor)[:1]:
            found |= {Named(spans[m].start, spans[m].end, country) for m in actor.mentions if m in spans}
    for place in reading.places:
        if place.country:
            found |= {Named(spans[m].start, spans[m].end, place.country) for m in place.mentions if m in spans}
    return sorted(found)


def parties_of(reading: Reading, argument: Argument) -> list[Party]:
    """An argument's words and country; one party for each country of "Greek and Turkish officials"."""
    evidence = argument.evidence[0]
    countries = countries_of(reading, argument.actor, argument.place)
    return [Party(evidence.start, evidence.end, country) for country in countries or (None,)]


def countries_of(reading: Reading, actor_id: str | None, place_id: str | None) -> tuple[str, ...]:
    """The countries of an actor or a place; of a person who has none, those of the body they speak or stand for."""
    actors = {actor.id: actor for actor in reading.actors}
    actor = actors.get(actor_id or "")
    if actor is None:
        return next(((place.country,) for place in reading.places if place.id == place_id and place.country), ())
    found = countries_of_actor(actor)
    for role in actor.roles:
        body = actors.get(role.of or "")
        found = found or (countries_of_actor(body) if body else ())
    return found


def countries_of_actor(actor: Actor) -> tuple[str, ...]:
    """An actor's countries, the home of a known one; a known body above states by its kind."""
    if actor.countries:
        return actor.countries[:1] if actor.link else actor.countries
    beyond = BEYOND_STATES.get(actor.kind) if actor.link else None
    return (beyond,) if beyond else ()


def sentence_of(sentences: list[tuple[int, int]], offset: int) -> int:
    """The index of the sentence that holds an offset, -1 where none does."""
    return next((i for i, (start, end) in enumerate(sentences) if start <= offset < end), -1)


def main_event(coded: list[Coded]) -> Coded | None:
    """The event that a sentence is about: the first that is told with a side, else the first."""
    return next((event for event in coded if event.sources or event.targets), coded[0] if coded else None)


def dyads(event: Coded) -> set[tuple[str | None, str | None]]:
    """(source country, target country) pairs; sides that act alike without a target are each other's target."""
    return pairs(_known(event.sources) or [None], _known(event.targets))


def _known(parties: tuple[Party, ...]) -> list[str | None]:
    """The countries of one side, an unknown one only where no other is known."""
    found: list[str | None] = [party.country for party in parties if party.country]
    return list(dict.fromkeys(found)) or [None] * bool(parties)


def pairs(sources: list[str | None], targets: list[str | None]) -> set[tuple[str | None, str | None]]:
    """All pairs of sources and targets; where there is no target, of each two sources, both ways."""
    if targets:
        return {(source, target) for source in sources for target in targets}
    if len(sources) > 1:
        return {(one, other) for one in sources for other in sources if one != other}
    return {(sources[0], None)} if sources and sources[0] else set()
