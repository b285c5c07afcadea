"""One event as a fact: who did what to whom, where, when, how many, and who says so."""

from __future__ import annotations

from collections.abc import Iterator

from sitrep.model import Argument, Event, Evidence, PassedOver
from sitrep.review.fact import Fact, Slot
from sitrep.review.names import Names, event_label, is_occurred, is_told, role_label, role_side
from sitrep.review.wording import FACTUALITY, PASSED, PRECISION, REASON, date_words, figure_words, once

SIDES = ("agent", "patient", "other")


# how sure the report is of who did it, where it does not tell it as fact
BELIEF = {"claimed": "as they claim", "accused": "as others accuse them", "suspected": "as is suspected"}


def event_fact(names: Names, event: Event) -> Fact:
    """One event, with the words of each of its values."""
    who, whom = names.side(event, "agent"), names.side(event, "patient")
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
        slots=tuple(_slots(names, event)),
        note=", ".join(notes),
        related=tuple(once([*event.claims, *event.quantities])),
        score=event.score,
    )


def passed_fact(passed: PassedOver) -> Fact:
    """A word that names an event and was not coded as one, with why."""
    return Fact(
        id=f"passed-{passed.trigger.start}",
        layer="uncoded",
        kind=event_label(passed.type),
        title=passed.trigger.quote,
        key=(passed.trigger,),
        evidence=passed.evidence,
        slots=(Slot("why not", PASSED.get(passed.reason, passed.reason)),),
        note="passed over",
    )


def _slots(names: Names, event: Event) -> Iterator[Slot]:
    if event.reason:
        yield Slot(
            "why not", REASON.get(event.reason.kind, event.reason.kind), event.reason.evidence, field="factuality"
        )
    elif event.background and is_occurred(event):
        yield Slot("why not", "told as background, not as news", field="factuality")
    for index, argument in sorted(enumerate(event.arguments), key=_role_order):
        basis = {"inferred": "from another sentence", "judged": "by a person"}.get(argument.basis, "")
        note = ", ".join(filter(None, (BELIEF.get(argument.belief or "", ""), basis)))
        who = argument.actor or argument.place
        if argument.role == "place" and event.place and argument.place == event.place.id:
            continue  # shown as where it was
        yield Slot(role_label(argument.role), names.argument(argument), argument.evidence, note, "argument", index, who)
    if event.place and event.place.id in names.places:
        place = names.places[event.place.id]
        note = ", ".join(filter(None, (PRECISION.get(event.place.precision, ""), _basis(event.place.basis))))
        yield Slot("where", names.place_name(place), names.place_words(event, place), note, "place", id=place.id)
    if event.time:
        timex = names.timexes.get(event.time.timex or "")
        value = date_words(event.time.start, event.time.end) or (timex.evidence[0].quote if timex else "unknown")
        yield Slot("when", value, timex.evidence if timex else (), _basis(event.time.basis), "date")
    if event.weapon:
        yield Slot("weapon", event.weapon, _find(event.weapon, event.evidence))
    for quantity in (names.quantities[name] for name in event.quantities if name in names.quantities):
        yield Slot(
            "how many", figure_words(quantity), quantity.evidence, names.figure_note(quantity), "figure", id=quantity.id
        )
    for claim in (names.claims[name] for name in event.claims if name in names.claims):
        words = (*(claim.speaker.evidence if claim.speaker else ()), *claim.cue)
        stance = "" if claim.stance in {"asserts", "unknown"} else claim.stance
        yield Slot("who says so", names.speaker(claim), words, stance, id=claim.id)
    causes = [names.events[name] for name in event.causes if name in names.events]
    if causes:
        value = ", ".join(event_label(cause.type).lower() for cause in causes)
        yield Slot("brought about", value, tuple(cause.trigger for cause in causes))


def _role_order(numbered: tuple[int, Argument]) -> tuple[int, str, int, int]:
    """Who did it, then whom it was done to, then the rest; as the text has them."""
    index, argument = numbered
    start = argument.evidence[0].start if argument.evidence else 0
    return SIDES.index(role_side(argument.role)), argument.role, start, index


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
        "near": "off this place",
        "dateline": "from the dateline",
        "headline": "from the headline",
        "tense": "from the tense",
        "published": "by the date of publication",
        "judged": "by a person",
    }
    return words.get(basis, "")


def _find(words: str, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The words themselves where a sentence holds them."""
    for part in evidence:
        at = part.quote.find(words)
        if at >= 0:
            return (Evidence(start=part.start + at, end=part.start + at + len(words), quote=words),)
    return ()
