"""A reading as a person reads it: facts in sections, each with the words behind it.

The terminal and the page show the same facts; only the drawing differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.model import Actor, Argument, Claim, Event, Evidence, Place, Quantity, Reading, Timex
from sitrep.ontology.load import load_ontology
from sitrep.review.wording import (
    FACTUALITY,
    PRECISION,
    REASON,
    STANCE,
    STATUS,
    STEP,
    date_words,
    figure_words,
    kind_words,
    label_words,
    once,
)  # fmt: skip

SIDES = ("agent", "patient", "other")


class Slot(NamedTuple):
    """One value of a fact: what it is, the value, the words behind it, and what a reader should know of it."""

    label: str
    value: str
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


class Fact(NamedTuple):
    """One thing that a report says.

    layer: where it belongs in the record. kind: its kind in words. title: the fact in a line. key: the words
    that name it. evidence: the words that say it. related: ids of facts that belong to it.
    """

    id: str
    layer: str
    kind: str
    title: str
    key: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]
    slots: tuple[Slot, ...] = ()
    note: str = ""
    related: tuple[str, ...] = ()
    minor: bool = False


class Section(NamedTuple):
    """Facts of one kind under a heading. empty: what to say where there are none."""

    name: str
    title: str
    facts: tuple[Fact, ...]
    empty: str


class Facts:
    """All facts of a reading, with the names that they use."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.actors = {actor.id: actor for actor in reading.actors}
        self.places = {place.id: place for place in reading.places}
        self.mentions = {mention.id: mention for mention in reading.mentions}
        self.timexes = {timex.id: timex for timex in reading.timexes}
        self.quantities = {quantity.id: quantity for quantity in reading.quantities}
        self.claims = {claim.id: claim for claim in reading.claims}
        self.events = {event.id: event for event in reading.events}

    def sections(self) -> tuple[Section, ...]:
        """Every section, in reading order: what happened first."""
        untold = [event for event in self.reading.events if not is_told(event)]
        return (
            Section("events", "What happened", tuple(map(self.event, self.told())), "No event was found."),
            Section("claims", "Who says what", tuple(map(self.claim, self.reading.claims)), "No statement was found."),
            Section(
                "quantities", "Figures", tuple(map(self.quantity, self.reading.quantities)), "No figure was found."
            ),
            Section("actors", "Actors", tuple(self._actors()), "No actor was found."),
            Section("relations", "Who stands with whom", tuple(self._relations()), "No relation was found."),
            Section("control", "Who holds what", tuple(self._control()), "Nothing is said about who holds what."),
            Section("decisions", "Decisions", tuple(self._decisions()), "No chain of decision was found."),
            Section("timexes", "Dates", tuple(map(self.timex, self.reading.timexes)), "No date was found."),
            Section("places", "Places", tuple(map(self.place, self.reading.places)), "No place was found."),
            Section(
                "uncoded",
                "Not coded as an event of this report",
                tuple(map(self.event, untold)),
                "Everything that names an event was coded as one.",
            ),
        )

    # events

    def told(self) -> list[Event]:
        """The events that are this report's news: the headline's first, then as the text tells them."""
        told = [event for event in self.reading.events if is_told(event)]
        return sorted(told, key=lambda event: (not event.headline, event.trigger.start))

    def event(self, event: Event) -> Fact:
        """One event, with the words of each of its values."""
        who, whom = self.side(event, "agent"), self.side(event, "patient")
        notes = ["in the headline"] if event.headline else []
        if event.factuality != "occurred":
            notes.append(FACTUALITY.get(event.factuality, event.factuality))
        if event.background:
            notes.append("background, not news")
        return Fact(
            id=event.id,
            layer="events" if is_told(event) else "uncoded",
            kind=event_label(event.type),
            title=_who_to_whom(event, who, whom),
            key=event.triggers or (event.trigger,),
            evidence=event.evidence,
            slots=tuple(self._event_slots(event)),
            note=", ".join(notes),
            related=tuple(once([*event.claims, *event.quantities])),
        )

    def _event_slots(self, event: Event) -> Iterator[Slot]:
        if event.reason:
            yield Slot("why not", REASON.get(event.reason.kind, event.reason.kind), event.reason.evidence)
        elif event.background and is_occurred(event):
            yield Slot("why not", "told as background, not as news")
        for argument in sorted(event.arguments, key=_role_order):
            note = "from another sentence" if argument.basis == "inferred" else ""
            yield Slot(role_label(argument.role), self.argument(argument), argument.evidence, note)
        if event.place and event.place.id in self.places:
            place = self.places[event.place.id]
            note = ", ".join(filter(None, (PRECISION.get(event.place.precision, ""), _basis(event.place.basis))))
            yield Slot("where", self.place_name(place), self._place_words(event, place), note)
        if event.time:
            timex = self.timexes.get(event.time.timex or "")
            value = date_words(event.time.start, event.time.end) or (timex.evidence[0].quote if timex else "unknown")
            yield Slot("when", value, timex.evidence if timex else (), _basis(event.time.basis))
        if event.weapon:
            yield Slot("weapon", event.weapon, _find(event.weapon, event.evidence))
        for quantity in (self.quantities[name] for name in event.quantities if name in self.quantities):
            yield Slot("how many", figure_words(quantity), quantity.evidence, self._figure_note(quantity))
        for claim in (self.claims[name] for name in event.claims if name in self.claims):
            words = (*(claim.speaker.evidence if claim.speaker else ()), *claim.cue)
            yield Slot("who says so", self.speaker(claim), words, STANCE.get(claim.stance, ""))
        causes = [self.events[name] for name in event.causes if name in self.events]
        if causes:
            value = ", ".join(event_label(cause.type).lower() for cause in causes)
            yield Slot("brought about", value, tuple(cause.trigger for cause in causes))

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

    def _place_words(self, event: Event, place: Place) -> tuple[Evidence, ...]:
        """The mention of a place nearest to the event's trigger."""
        words = [self.mentions[name].evidence for name in place.mentions if name in self.mentions]
        near = min(words, key=lambda evidence: abs(evidence[0].start - event.trigger.start), default=())
        return tuple(near)

    # claims and figures

    def speaker(self, claim: Claim) -> str:
        """Who is said to have said it."""
        if claim.speaker is None:
            return "somebody whom the report does not name"
        if claim.speaker.actor in self.actors:
            return self.actors[claim.speaker.actor].name
        return " … ".join(part.quote for part in claim.speaker.evidence) or "a source"

    def claim(self, claim: Claim) -> Fact:
        """One statement, with who made it and what it is about."""
        about = [event_label(self.events[name].type).lower() for name in claim.about if name in self.events]
        about += [figure_words(self.quantities[name]) for name in claim.about if name in self.quantities]
        slots = [
            Slot(label, " … ".join(part.quote for part in words), words)
            for label, words in (("speaker", claim.speaker.evidence if claim.speaker else ()), ("cue", claim.cue))
            if words
        ]
        if about:
            slots.append(Slot("about", "; ".join(once(about))))
        return Fact(
            id=claim.id,
            layer="claims",
            kind=STANCE.get(claim.stance, claim.stance),
            title=self.speaker(claim),
            key=claim.content or claim.cue,
            evidence=claim.content or claim.cue,
            slots=tuple(slots),
            note=kind_words(claim.kind),
            related=claim.about,
        )

    def quantity(self, quantity: Quantity) -> Fact:
        """One figure."""
        return Fact(
            id=quantity.id,
            layer="quantities",
            kind=label_words(quantity.kind),
            title=figure_words(quantity),
            key=quantity.evidence,
            evidence=quantity.evidence,
            note=self._figure_note(quantity),
        )

    def _figure_note(self, quantity: Quantity) -> str:
        side = self.actors.get(quantity.side or "")
        notes = (
            f"of {side.name}" if side else "",
            "" if quantity.civilians is None else "civilians" if quantity.civilians else "not civilians",
            "a running total" if quantity.cumulative else "",
            "part of another figure" if quantity.part_of else "",
        )
        return ", ".join(filter(None, notes))

    # who and where

    def _actors(self) -> Iterator[Fact]:
        for actor in self.reading.actors:
            words = self._mentioned(actor.mentions)
            slots = [
                Slot("role", role.title + self._of(role.of) + _years(role.start, role.end), role.evidence)
                for role in actor.roles
            ]
            others = [name for name in actor.aliases if name != actor.name]
            if others:
                slots.append(Slot("also", ", ".join(others)))
            if actor.link:
                slots.append(Slot("gazetteer", actor.link.id, (), f"score {actor.link.score:.2f}"))
            yield Fact(
                id=actor.id,
                layer="actors",
                kind=label_words(actor.kind),
                title=actor.name,
                key=words,
                evidence=words[:1],
                slots=tuple(slots),
                note=", ".join(filter(None, (", ".join(map(country_name, actor.countries)), _times(words)))),
                minor=actor.link is None and actor.id not in self._players,
            )

    @cached_property
    def _players(self) -> frozenset[str | None]:
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

    def _of(self, actor_id: str | None) -> str:
        actor = self.actors.get(actor_id or "")
        return f", {actor.name}" if actor else ""

    def place(self, place: Place) -> Fact:
        """One place, with where the gazetteer puts it."""
        words = self._mentioned(place.mentions)
        slots: list[Slot] = []
        if place.lat is not None and place.lon is not None:
            radius = f", within {place.radius_km:g} km" if place.radius_km else ""
            slots.append(Slot("at", f"{_degrees(place.lat, 'NS')} {_degrees(place.lon, 'EW')}{radius}"))
        if place.geonames:
            slots.append(Slot("GeoNames", str(place.geonames), (), f"score {place.score:.2f}"))
        where = [place.admin1 if place.admin1 != place.name else None, country_name(place.country or "")]
        return Fact(
            id=place.id,
            layer="places",
            kind=label_words(place.kind),
            title=place.name,
            key=words,
            evidence=words[:1],
            slots=tuple(slots),
            note=", ".join(filter(None, (*where, "" if place.lat is not None else "not located", _times(words)))),
        )

    def timex(self, timex: Timex) -> Fact:
        """One expression of time."""
        return Fact(
            id=timex.id,
            layer="timexes",
            kind=timex.type.lower(),
            title=date_words(timex.start, timex.end) or timex.value,
            key=timex.evidence,
            evidence=timex.evidence,
            note="by the date of publication" if timex.anchor == "published" else "",
        )

    def place_name(self, place: Place) -> str:
        """A place with its country."""
        country = country_name(place.country or "")
        return (
            place.name
            if place.kind == "country" or not country or country == place.name
            else f"{place.name}, {country}"
        )

    def _mentioned(self, names: Iterable[str]) -> tuple[Evidence, ...]:
        return tuple(part for name in names if name in self.mentions for part in self.mentions[name].evidence)

    def name(self, identifier: str | None) -> str:
        """The name behind an actor's or place's id."""
        found: Actor | Place | None = self.actors.get(identifier or "") or self.places.get(identifier or "")
        return found.name if found else "somebody"

    # relations, control, decisions

    def _relations(self) -> Iterator[Fact]:
        for relation in self.reading.relations:
            ties = label_words(relation.type).lower()
            yield Fact(
                id=relation.id,
                layer="relations",
                kind=label_words(relation.type),
                title=f"{self.name(relation.subject)} {ties} {self.name(relation.object)}",
                key=relation.evidence,
                evidence=relation.evidence,
                note=_years(relation.start, relation.end).strip(" ()"),
            )

    def _control(self) -> Iterator[Fact]:
        for control in self.reading.control:
            extent = control.extent
            slots = [Slot("extent", f"{extent.value:g} {extent.unit} ({extent.shape})")] if extent else []
            saying = [self.claims[name] for name in control.claims if name in self.claims]
            slots += [Slot("who says so", self.speaker(claim), claim.cue) for claim in saying]
            status = STATUS.get(control.status, control.status)
            inferred = "inferred from an event" if control.basis == "inferred" else ""
            yield Fact(
                id=control.id,
                layer="control",
                kind=status,
                title=f"{self.name(control.holder)} {status} {self.name(control.place)}",
                key=control.evidence,
                evidence=control.evidence,
                slots=tuple(slots),
                note=", ".join(filter(None, (_years(control.start, control.end).strip(" ()"), inferred))),
                related=control.claims,
            )

    def _decisions(self) -> Iterator[Fact]:
        for decision in self.reading.decisions:
            about = self.events.get(decision.about or "")
            words = tuple(part for step in decision.steps for part in step.evidence)
            act = f"the {event_label(about.type).lower()} (“{about.trigger.quote}”)" if about else "an act"
            slots = [
                Slot(
                    STEP.get(step.step, step.step),
                    self.name(step.actor) if step.actor else "not said by whom",
                    step.evidence,
                    date_words(step.time, step.time),
                )
                for step in decision.steps
            ]
            slots += [Slot("condition", part.quote, (part,)) for part in decision.conditions]
            yield Fact(
                id=decision.id,
                layer="decisions",
                kind="decision",
                title=f"About {act}",
                key=words,
                evidence=(),
                slots=tuple(slots),
                related=tuple(filter(None, (decision.about, *(step.event for step in decision.steps)))),
            )


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


def _role_order(argument: Argument) -> tuple[int, str, int]:
    """Who did it, then whom it was done to, then the rest; as the text has them."""
    return SIDES.index(role_side(argument.role)), argument.role, argument.evidence[0].start


def _who_to_whom(event: Event, who: tuple[str, ...], whom: tuple[str, ...]) -> str:
    if who and whom:
        return f"{_and(who)} → {_and(whom)}"
    if who:
        return _and(who)
    return f"→ {_and(whom)}" if whom else f"“{event.trigger.quote}”"


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _basis(basis: str) -> str:
    """Where a value comes from, where that is not the event's own clause."""
    words = {
        "sentence": "from the sentence",
        "context": "carried over from before",
        "target": "the target's place",
        "dateline": "from the dateline",
        "headline": "from the headline",
        "tense": "from the tense",
        "published": "by the date of publication",
    }
    return words.get(basis, "")


def _years(start: str | None, end: str | None) -> str:
    if start and end:
        return f" ({start} to {end})" if start != end else f" ({start})"
    return f" (since {start})" if start else f" (until {end})" if end else ""


def _times(words: tuple[Evidence, ...]) -> str:
    return f"named {len(words)} times" if len(words) > 1 else "named once" if words else ""


def _degrees(value: float, signs: str) -> str:
    return f"{abs(value):.3f}° {signs[0] if value >= 0 else signs[1]}"


def _find(words: str, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The words themselves where a sentence holds them."""
    for part in evidence:
        at = part.quote.find(words)
        if at >= 0:
            return (Evidence(start=part.start + at, end=part.start + at + len(words), quote=words),)
    return ()
