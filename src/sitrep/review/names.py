"""Names: what a reader calls the actors, places, roles and kinds of a reading."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.model import Actor, Argument, Claim, Event, Evidence, Place, Quantity, Reading
from sitrep.ontology.load import load_ontology
from sitrep.review.wording import label_words, once


class Names:
    """The records of a reading by their ids, and what to call them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.actors = {actor.id: actor for actor in reading.actors}
        self.places = {place.id: place for place in reading.places}
        self.mentions = {mention.id: mention for mention in reading.mentions}
        self.timexes = {timex.id: timex for timex in reading.timexes}
        self.quantities = {quantity.id: quantity for quantity in reading.quantities}
        self.claims = {claim.id: claim for claim in reading.claims}
        self.events = {event.id: event for event in reading.events}

    @cached_property
    def players(self) -> frozenset[str | None]:
        """The ids of everybody who does, suffers, says, leads, holds or decides something."""
        reading = self.reading
        return frozenset(
            [argument.actor for event in reading.events for argument in event.arguments]
            + [claim.speaker.actor for claim in reading.claims if claim.speaker]
            + [end for relation in reading.relations for end in (relation.subject, relation.object)]
            + [control.holder for control in reading.control]
            + [step.actor for decision in reading.decisions for step in decision.steps]
            + [role.of for actor in reading.actors for role in actor.roles]
        )

    def side(self, event: Event, side: str) -> tuple[str, ...]:
        """The names of those on one side of an event."""
        return tuple(once(self.argument(a) for a in event.arguments if role_side(a.role) == side))

    def argument(self, argument: Argument) -> str:
        """What fills a role, by name where it has one."""
        if argument.actor in self.actors:
            return self.actors[argument.actor].name
        if argument.place in self.places:
            return self.places[argument.place].name
        return argument.text or " … ".join(part.quote for part in argument.evidence)

    def speaker(self, claim: Claim) -> str:
        """Who is said to have said it."""
        if claim.speaker is None:
            return "somebody whom the report does not name"
        if claim.speaker.actor in self.actors:
            return self.actors[claim.speaker.actor].name
        return " … ".join(part.quote for part in claim.speaker.evidence) or "a source"

    def place_name(self, place: Place) -> str:
        """A place with its country."""
        country = country_name(place.country or "")
        return (
            place.name
            if place.kind == "country" or not country or country == place.name
            else f"{place.name}, {country}"
        )

    def mentioned(self, names: Iterable[str]) -> tuple[Evidence, ...]:
        return tuple(part for name in names if name in self.mentions for part in self.mentions[name].evidence)

    def name(self, identifier: str | None) -> str:
        """The name behind an actor's or place's id."""
        found: Actor | Place | None = self.actors.get(identifier or "") or self.places.get(identifier or "")
        return found.name if found else "somebody"

    def place_words(self, event: Event, place: Place) -> tuple[Evidence, ...]:
        """The words beside the event that name its place, else the mention of it nearest to the event's trigger."""
        told = [part.evidence for part in event.arguments if part.role == "place" and part.place == place.id]
        if told:
            return told[0]
        words = [self.mentions[name].evidence for name in place.mentions if name in self.mentions]
        near = min(words, key=lambda evidence: abs(evidence[0].start - event.trigger.start), default=())
        return tuple(near)

    def figure_note(self, quantity: Quantity) -> str:
        side = self.actors.get(quantity.side or "")
        notes = (
            f"of {side.name}" if side else "",
            "" if quantity.civilians is None else "civilians" if quantity.civilians else "not civilians",
            "a running total" if quantity.cumulative else "",
            "part of another figure" if quantity.part_of else "",
        )
        return ", ".join(filter(None, notes))


def is_occurred(event: Event) -> bool:
    """Whether the report says that the event happened or is happening."""
    return event.factuality in {"occurred", "ongoing"}


def is_told(event: Event) -> bool:
    """Whether an event is this report's news: it happened, and is not background."""
    return is_occurred(event) and not event.background


def event_label(name: str) -> str:
    """The ontology's label of an event type."""
    event_type = load_ontology().events.get(name)
    return event_type.label if event_type else label_words(name)


def role_label(name: str) -> str:
    """The ontology's label of a role, small."""
    role = load_ontology().roles.get(name)
    return (role.label if role else label_words(name)).lower()


def role_side(name: str) -> str:
    """Whether a role does the act ("agent"), has it done to it ("patient"), or neither ("other")."""
    role = load_ontology().roles.get(name)
    return role.side if role else "other"


@lru_cache(maxsize=1)
def _gazetteer() -> ActorGazetteer:
    return load_actors()


def country_name(code: str) -> str:
    """The name of a country by its code; the code itself where nobody knows it."""
    entry = _gazetteer().get(code) if code else None
    return entry.name if entry else code
