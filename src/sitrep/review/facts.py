"""A reading as a person reads it: facts in sections, each with the words behind it.

The terminal and the page show the same facts; only the drawing differs.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitrep.model import Claim, Event, Evidence, Place, Quantity, Timex
from sitrep.review.event_facts import event_fact, passed_fact
from sitrep.review.fact import Fact, Section, Slot
from sitrep.review.names import Names, country_name, event_label, is_told
from sitrep.review.wording import (
    STANCE,
    STATUS,
    STEP,
    date_words,
    figure_words,
    kind_words,
    label_words,
    number_words,
    once,
)


class Facts(Names):
    """All facts of a reading, with the names that they use."""

    def sections(self) -> tuple[Section, ...]:
        """Every section, in reading order: what happened first."""
        reading = self.reading
        told = tuple(event_fact(self, event) for event in self.told())
        untold = (
            *(event_fact(self, event) for event in reading.events if not is_told(event)),
            *map(passed_fact, reading.passed_over),
        )
        return (
            Section("events", "What happened", told, "No event was found."),
            Section("claims", "Who says what", tuple(map(self.claim, reading.claims)), "No statement was found."),
            Section("quantities", "Figures", tuple(map(self.quantity, reading.quantities)), "No figure was found."),
            Section("actors", "Actors", tuple(self._actors()), "No actor was found."),
            Section("relations", "Who stands with whom", tuple(self._relations()), "No relation was found."),
            Section("control", "Who holds what", tuple(self._control()), "Nothing is said about who holds what."),
            Section("decisions", "Decisions", tuple(self._decisions()), "No chain of decision was found."),
            Section("timexes", "Dates", tuple(map(self.timex, reading.timexes)), "No date was found."),
            Section("places", "Places", tuple(map(self.place, reading.places)), "No place was found."),
            Section(
                "uncoded",
                "Not coded as an event of this report",
                untold,
                "Everything that names an event was coded as one.",
            ),
        )

    # events

    def told(self) -> list[Event]:
        """The events that are this report's news: the headline's first, then as the text tells them."""
        told = [event for event in self.reading.events if is_told(event)]
        return sorted(told, key=lambda event: (not event.headline, event.trigger.start))

    # claims and figures

    def claim(self, claim: Claim) -> Fact:
        """One statement, with who made it and what it is about."""
        about = [event_label(self.events[name].type).lower() for name in claim.about if name in self.events]
        about += [figure_words(self.quantities[name]) for name in claim.about if name in self.quantities]
        slots = [
            Slot(label, " … ".join(part.quote for part in words), words, field=field)
            for label, words, field in (
                ("speaker", claim.speaker.evidence if claim.speaker else (), "speaker"),
                ("cue", claim.cue, "stance"),
            )
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
            note=self.figure_note(quantity),
        )

    # who and where

    def _actors(self) -> Iterator[Fact]:
        for actor in self.reading.actors:
            words = self.mentioned(actor.mentions)
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
                minor=actor.link is None and actor.id not in self.players,
            )

    def _of(self, actor_id: str | None) -> str:
        actor = self.actors.get(actor_id or "")
        return f", {actor.name}" if actor else ""

    def place(self, place: Place) -> Fact:
        """One place, with where the gazetteer puts it."""
        words = self.mentioned(place.mentions)
        slots: list[Slot] = []
        if place.lat is not None and place.lon is not None:
            radius = (
                f", within {number_words(round(place.radius_km, 0 if place.radius_km >= 10 else 1))} km"
                if place.radius_km
                else ""
            )
            slots.append(Slot("at", f"{_degrees(place.lat, 'NS')} {_degrees(place.lon, 'EW')}{radius}"))
        if place.geonames:
            slots.append(Slot("GeoNames", str(place.geonames), (), f"score {place.score:.2f}"))
        where = [part for part in (place.admin1, country_name(place.country or "")) if part != place.name]
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

    # relations, control, decisions

    def _relations(self) -> Iterator[Fact]:
        for relation in self.reading.relations:
            ties = label_words(relation.type).lower()
            yield Fact(
                id=relation.id,
                layer="relations",
                kind=label_words(relation.type),
                title=f"{self.name(relation.subject)} · {ties} · {self.name(relation.object)}",
                key=relation.evidence,
                evidence=relation.evidence,
                note=_years(relation.start, relation.end).strip(" ()"),
            )

    def _control(self) -> Iterator[Fact]:
        for control in self.reading.control:
            extent = control.extent
            slots = [Slot("extent", f"{extent.value:,.4g} {extent.unit} ({extent.shape})")] if extent else []
            saying = [self.claims[name] for name in control.claims if name in self.claims]
            slots += [Slot("who says so", self.speaker(claim), claim.cue) for claim in saying]
            status = STATUS.get(control.status, control.status)
            inferred = "inferred from an event" if control.basis == "inferred" else ""
            yield Fact(
                id=control.id,
                layer="control",
                kind=status,
                title=f"{self.name(control.place)} · {status} {self.name(control.holder)}",
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


def _years(start: str | None, end: str | None) -> str:
    if start and end:
        return f" ({start} to {end})" if start != end else f" ({start})"
    return f" (since {start})" if start else f" (until {end})" if end else ""


def _times(words: tuple[Evidence, ...]) -> str:
    return f"named {len(words)} times" if len(words) > 1 else "named once" if words else ""


def _degrees(value: float, signs: str) -> str:
    return f"{abs(value):.3f}° {signs[0] if value >= 0 else signs[1]}"
