"""Marks on a report's text, as annotation tools show them: spans with labels, and ties between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from sitrep.export._cells import Cell, Row
from sitrep.export._facts import namesakes
from sitrep.model import Evidence, Reading


class Mark(NamedTuple):
    """A stretch of text with a label. name: the id of the record part that it is evidence of."""

    start: int
    end: int
    label: str
    name: str
    notes: tuple[str, ...] = ()


class Tie(NamedTuple):
    """A directed tie between two marks: an event's trigger and what plays a role in it."""

    event: Mark
    other: Mark
    role: str


def marks(reading: Reading) -> list[Mark]:
    """Every mark of a reading, each once, in text order."""
    return sorted(set(_marks(reading)))


def _marks(reading: Reading) -> Iterator[Mark]:
    spans = {mention.id: mention.evidence for mention in reading.mentions}
    for event in reading.events:
        notes = (event.factuality, "background") if event.background else (event.factuality,)
        for trigger in event.triggers:
            yield Mark(trigger.start, trigger.end, f"event:{event.type}", event.id, notes)
        for argument in event.arguments:
            for part in argument.evidence if argument.text is not None else ():
                yield Mark(part.start, part.end, "thing", f"{event.id}:{argument.role}")
    for actor in reading.actors:
        for part in (part for name in actor.mentions for part in spans.get(name, ())):
            yield Mark(part.start, part.end, f"actor:{actor.kind}", actor.id, (actor.name,))
    for place in reading.places:
        for part in (part for name in place.mentions for part in spans.get(name, ())):
            yield Mark(part.start, part.end, f"place:{place.kind}", place.id, (place.name,))
    for timex in reading.timexes:
        for part in timex.evidence:
            yield Mark(part.start, part.end, "time", timex.id, (timex.value,))
    for quantity in reading.quantities:
        for part in quantity.evidence:
            yield Mark(part.start, part.end, f"figure:{quantity.kind}", quantity.id)
    for claim in reading.claims:
        for part in claim.cue:
            yield Mark(part.start, part.end, f"claim:{claim.stance}", claim.id)


def ties(reading: Reading, found: list[Mark]) -> list[Tie]:
    """The roles of each event, from its first trigger to the words that fill them."""
    at: dict[tuple[str, int, int], Mark] = {(mark.name, mark.start, mark.end): mark for mark in found}
    by_name: dict[str, list[Mark]] = {}
    for mark in found:
        by_name.setdefault(mark.name, []).append(mark)
    result: list[Tie] = []
    for event in reading.events:
        trigger = at[event.id, event.trigger.start, event.trigger.end] if event.trigger in event.triggers else None
        trigger = trigger or by_name[event.id][0]
        for argument in event.arguments:
            words = argument.evidence[0] if argument.evidence else None
            name = argument.actor or argument.place or f"{event.id}:{argument.role}"
            near = [
                mark for mark in by_name.get(name, ()) if words and mark.start < words.end and words.start < mark.end
            ]
            if near:
                result.append(Tie(trigger, near[0], argument.role))
    return list(dict.fromkeys(result))


# what a label says, by its first part
LABELS = {
    "event": "event: and its type, on each of its triggers", "thing": "thing: words that play a role themselves",
    "actor": "actor: and its kind, on each of its mentions", "place": "place: and its kind, on each of its mentions",
    "time": "time, on each time expression", "figure": "figure: and what is counted",
    "claim": "claim: and its stance, on the words of saying",
}  # fmt: skip


def explained(
    reading: Reading,
    found: list[Mark],
    mark_values: Callable[[Mark], Mapping[str, Any]],
    tie_values: Callable[[Tie], Mapping[str, Any]] | None,
    rules: Mapping[str, str],
) -> Iterator[Row]:
    """Marks and ties as rows of a format, each value with its rule and its words.

    mark_values, tie_values: what the format writes of each, by its names. rules: of each name; that of a label is by
    what it marks, and of a place it also tells the others that bear its name.
    """
    events = {event.id for event in reading.events}
    others = {place.id: namesakes(place) for place in reading.places}
    report = reading.report

    def evidence(mark: Mark) -> Evidence:
        return Evidence(start=mark.start, end=mark.end, quote=report.text[mark.start : mark.end])

    for mark in found:
        owner = mark.name.partition(":")[0]
        cells = {
            name: Cell(
                value,
                LABELS[mark.label.partition(":")[0]] if rules[name] == "" else rules[name],
                (evidence(mark),),
                others.get(owner, "") if rules[name] == "" else "",
            )
            for name, value in mark_values(mark).items()
        }
        row = f"{mark.name}@{mark.start}-{mark.end}"
        yield Row(row, report.source.id, (owner,) if owner in events else (), cells)
    for tie in ties(reading, found) if tie_values else ():
        words = (evidence(tie.event), evidence(tie.other))
        cells = {name: Cell(value, rules[name], words) for name, value in tie_values(tie).items()} if tie_values else {}
        row = f"{tie.event.name}-{tie.role}-{tie.other.name}@{tie.other.start}"
        yield Row(row, report.source.id, (tie.event.name,), cells)
