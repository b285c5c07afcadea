"""Strands: the words of all reports that tell of one aspect of one incident, such as each that tells of one death."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sitrep.corroboration.cluster import cluster
from sitrep.corroboration.sketch import FAMILIES, OPENING, Sketch, day_of, happened, opening_of, words_of
from sitrep.evaluation.tellings import BEFALLS, Telling, tellings, told
from sitrep.model import Event, EventRef, Incident, Reading
from sitrep.ontology.vocabulary import Ontology

# what a report tells is at most so many days old
NEWS_DAYS = 21
# a report's names say more than its other words; of so many they count twice
NAMES = 40


class Strand(NamedTuple):
    """Tellings of one aspect of one incident, each with the source id of its report."""

    aspect: str
    told: tuple[tuple[str, Telling], ...]


def stories(readings: Iterable[Reading]) -> dict[str, int]:
    """Which reports tell the same story, by their openings and days: the number of each report's story."""
    found = cluster(_whole(reading) for reading in readings)
    return {sketch.ref.report: number for number, group in enumerate(found) for sketch in group}


def strands(readings: Sequence[Reading], said: Mapping[str, Sequence[Telling]]) -> list[Strand]:
    """The strands of tellings. said: those of each report, by its source id. Reports of one story tell one incident."""
    of_story = stories(readings)
    groups: dict[object, list[tuple[str, Telling]]] = {}
    for reading in readings:
        name = reading.report.source.id
        groups.setdefault(of_story[name], []).extend((name, telling) for telling in said.get(name, ()))
    return _split(groups.values())


def strands_of(readings: Iterable[Reading], incidents: Iterable[Incident], ontology: Ontology) -> list[Strand]:
    """The strands of incidents: the words that name their events, and all of their reports that tell of a harm."""
    of_event = {ref: incident.id for incident in incidents for ref in incident.events}
    groups: dict[object, list[tuple[str, Telling]]] = {}
    for reading in readings:
        name = reading.report.source.id
        for telling, event in by_event(reading, ontology):
            key = of_event.get(EventRef(report=name, event=event.id), name) if event else name
            groups.setdefault(key, []).append((name, telling))
    return _split(groups.values())


def by_event(reading: Reading, ontology: Ontology) -> list[tuple[Telling, Event | None]]:
    """What tells of the events of a report, each word with the event that it belongs to.

    A word for a harm belongs to the event of force that its own sentence tells, before all to the one that the report
    tells most about; to None where the reading holds no such event. Other events have the words that name them.
    """
    events = [event for event in reading.events if is_harm(event, ontology)]
    main = max(events, key=lambda event: (len(event.triggers), not event.background), default=None)
    found: list[tuple[Telling, Event | None]] = []
    for telling in tellings(reading):
        here = [event for event in events if any(part.start <= telling.start < part.end for part in event.evidence)]
        found.append((telling, main if not here or main in here else here[0]))
    taken = [telling for telling, _ in found]
    for event in reading.events:
        if happened(event):
            free = [
                (part.start, part.end)
                for part in event.triggers
                if not any(telling.start < part.end and part.start < telling.end for telling in taken)
            ]
            found += [(telling, event) for telling in told(reading, free)]
    return found


def is_harm(event: Event, ontology: Ontology) -> bool:
    """Whether an event is force that was used."""
    kind = ontology.events.get(event.type)
    parent = kind.parent if kind else event.type
    return FAMILIES.get(parent) == "force" and happened(event)


def _split(groups: Iterable[Iterable[tuple[str, Telling]]]) -> list[Strand]:
    """One strand of each aspect; where it befell both a man and a woman, one of each."""
    found: list[Strand] = []
    for group in groups:
        aspects: dict[str, list[tuple[str, Telling]]] = {}
        for name, telling in group:
            aspects.setdefault(telling.aspect, []).append((name, telling))
        for aspect, some in aspects.items():
            sexes = Counter(telling.sex for _, telling in some if telling.sex and aspect in BEFALLS)
            # where nothing is known of whom it befell, it is the one whom most befell
            usual = min(sexes, key=lambda sex: (-sexes[sex], sex), default="")
            parts: dict[str, list[tuple[str, Telling]]] = {}
            for name, telling in some:
                parts.setdefault((telling.sex if sexes else "") or usual, []).append((name, telling))
            found += [Strand(aspect, tuple(part)) for part in parts.values()]
    return found


def _whole(reading: Reading) -> Sketch:
    """A sketch of a report as if it told one event."""
    report = reading.report
    day = day_of(report.published.value)
    return Sketch(
        ref=EventRef(report=report.source.id, event="report"),
        type="report",
        kinds=frozenset({"report"}),
        family="report",
        trigger="report",
        spot=None,
        days=None if day is None else (day - NEWS_DAYS, day),
        agents=frozenset(),
        patients=frozenset(),
        figures={},
        words=frozenset(),
        opening=opening_of(reading) | _names(reading),
        news=True,
        tellings=1,
    )


def _names(reading: Reading) -> frozenset[str]:
    """The first names of a report, as words of their own."""
    named = sorted(
        (mention.evidence[0] for mention in reading.mentions if mention.form == "name"), key=lambda part: part.start
    )
    first = dict.fromkeys(word for part in named if part.start < OPENING for word in sorted(words_of(part.quote)))
    return frozenset(f"={word}" for word in list(first)[:NAMES])
