"""Several reports together: the events that each tells as its news, by date and place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sitrep.model import Reading
from sitrep.review.event_facts import event_fact
from sitrep.review.facts import Facts
from sitrep.review.names import event_label
from sitrep.review.wording import date_words, figure_words


class Told(NamedTuple):
    """One event of one report, in words. number: which report; fact: which of its events."""

    start: str
    where: str
    what: str
    who: str
    when: str
    figures: str
    report: str
    number: int
    fact: int


def gather(readings: Iterable[Reading]) -> list[Told]:
    """The events of all readings, the earliest first, those without a date last."""
    return sorted(told for number, reading in enumerate(readings) for told in events_of(reading, number))


def events_of(reading: Reading, number: int = 0) -> list[Told]:
    """The events that one report tells as its news."""
    facts = Facts(reading)
    found: list[Told] = []
    for fact, event in enumerate(facts.told()):
        time = event.time
        place = facts.places.get(event.place.id) if event.place else None
        figures = [facts.quantities[name] for name in event.quantities if name in facts.quantities]
        found.append(
            Told(
                start=(time.start or time.end or "9999") if time else "9999",
                where=facts.place_name(place) if place else "",
                what=event_label(event.type),
                who=event_fact(facts, event).title,
                when=date_words(time.start, time.end) if time else "",
                figures="; ".join(figure_words(q) for q in figures if q.kind in {"killed", "injured"}),
                report=reading.report.outlet or reading.report.source.id,
                number=number,
                fact=fact,
            )
        )
    return found
