"""MUC-4: one filled template of 25 slots an incident, as the message understanding conferences printed them.

String fills stand in quotes and are the report's own words; a slot that nothing fills holds a dash, one that does
not apply a star.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

from sitrep.export._cells import Cell, Coded, LeftOut, Listener, Row
from sitrep.export._facts import Facts
from sitrep.export._muc_rules import (
    ORGANISED,
    STATE,
    confidence,
    human_type,
    incident_of,
    instrument_type,
    is_person,
    named,
)  # fmt: skip
from sitrep.model import Actor, Argument, Event, Evidence, Quantity, Reading

suffix = ".txt"
label = "MUC-4 templates"
description = "MUC-4 templates of 25 slots, one an incident, filled with the report's own words"

COLUMNS = (
    "MESSAGE: ID", "MESSAGE: TEMPLATE", "INCIDENT: DATE", "INCIDENT: LOCATION", "INCIDENT: TYPE",
    "INCIDENT: STAGE OF EXECUTION", "INCIDENT: INSTRUMENT ID", "INCIDENT: INSTRUMENT TYPE", "PERP: INCIDENT CATEGORY",
    "PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID", "PERP: ORGANIZATION CONFIDENCE", "PHYS TGT: ID", "PHYS TGT: TYPE",
    "PHYS TGT: NUMBER", "PHYS TGT: FOREIGN NATION", "PHYS TGT: EFFECT OF INCIDENT", "PHYS TGT: TOTAL NUMBER",
    "HUM TGT: NAME", "HUM TGT: DESCRIPTION", "HUM TGT: TYPE", "HUM TGT: NUMBER", "HUM TGT: FOREIGN NATION",
    "HUM TGT: EFFECT OF INCIDENT", "HUM TGT: TOTAL NUMBER",
)  # fmt: skip
WIDTH = 35
NONE, NOT_APPLICABLE = "-", "*"
FIGHT = frozenset({"BOMBING", "ATTACK", "ARSON"})


def write(readings: Iterable[Reading], out: BinaryIO, *, listener: Listener | None = None) -> int:
    """Write each template, an empty line after it."""
    count = 0
    for reading in readings:
        for row in code(reading):
            if isinstance(row, LeftOut):
                if listener is not None:
                    listener(row)
                continue
            count += 1
            out.write(template(row).encode() + b"\n")
    return count


def template(row: Row) -> str:
    """A template as text: number and name of each slot, then its fills, one a line."""
    lines: list[str] = []
    for number, (name, cell) in enumerate(row.cells.items()):
        first, *more = str(cell.value).split("\n")
        lines.append(f"{number}.".ljust(4) + name.ljust(WIDTH) + first)
        lines += [" " * (4 + WIDTH) + line for line in more]
    return "\n".join(lines) + "\n"


def code(reading: Reading) -> Coded:
    """The templates of a reading with a rule for each slot, and the events that are no incidents."""
    facts = Facts(reading)
    number = 0
    for event in reading.events:
        found = incident_of(facts, event)
        if isinstance(found, LeftOut):
            yield found
        else:
            number += 1
            yield _row(facts, event, number, *found)


def _fills(words: Iterable[str]) -> str:
    found = dict.fromkeys(words)
    return "\n".join(found) or NONE


def _quoted(parts: Iterable[Evidence]) -> str:
    return _fills(f'"{" ".join(part.quote.split()).upper()}"' for part in parts)


def _row(facts: Facts, event: Event, number: int, kind: str, stage: str) -> Row:
    reading, place = facts.reading, facts.place_of(event)
    country = facts.country(place.country) if place else None
    agents, patients = (named(facts, facts.side(event, side)) for side in ("agent", "patient"))
    organised = [
        (a, actor) for a, actor in agents if actor is not None and actor.kind in ORGANISED and actor.id in facts.named
    ]
    single = [(a, actor) for a, actor in agents if (a, actor) not in organised]
    tools = [part for a in event.arguments if a.role == "instrument" for part in a.evidence]
    words = " ".join((event.weapon or "", *(part.quote for part in tools), event.trigger.quote))
    tool, tool_rule = instrument_type(event, words)
    sure, sure_rule = confidence(facts, event, [actor for _, actor in organised if actor])
    state = any(actor is not None and actor.kind in STATE for _, actor in agents)
    where = ": ".join(filter(None, (country.name if country else None, place.admin1 if place else None,
                                    place.name if place else None)))  # fmt: skip
    cells = {
        "MESSAGE: ID": Cell(reading.report.source.id, "the report's own id"),
        "MESSAGE: TEMPLATE": Cell(number, "the templates of a message are numbered"),
        "INCIDENT: DATE": Cell(_date(event), "the event's days; never the report's own",
                               facts.dated.get(event.time.timex or "", ()) if event.time else ()),
        "INCIDENT: LOCATION": Cell(where.upper() or NONE, "country, division and place of the gazetteer"),
        "INCIDENT: TYPE": Cell(kind, f"{event.type.replace('_', ' ')} is MUC-4's {kind}", event.triggers),
        "INCIDENT: STAGE OF EXECUTION": Cell(stage, f"factuality: {event.factuality}"),
        "INCIDENT: INSTRUMENT ID": Cell(_quoted(tools), "the words for the means", tuple(tools)),
        "INCIDENT: INSTRUMENT TYPE": Cell(tool or NONE, tool_rule),
        "PERP: INCIDENT CATEGORY": Cell(
            "STATE-SPONSORED VIOLENCE" if state else "TERRORIST ACT" if agents else NONE,
            "MUC-4's two words: violence by a state's forces, and all other; not sitrep's judgement",
        ),
        "PERP: INDIVIDUAL ID": Cell(_quoted(a.evidence[0] for a, _ in single), "those who do it, no named body",
                                    _all(single)),
        "PERP: ORGANIZATION ID": Cell(
            _fills(f'"{actor.name.upper()}"' for _, actor in organised if actor), "named bodies that do it",
            _all(organised),
        ),
        "PERP: ORGANIZATION CONFIDENCE": Cell(sure or NONE, sure_rule),
        **_targets(facts, event, patients, kind),
    }  # fmt: skip
    return Row(f"{reading.report.source.id}-{number}", reading.report.source.id, (event.id,), cells)


def _all(found: Sequence[tuple[Argument, Actor | None]]) -> tuple[Evidence, ...]:
    return tuple(part for argument, _ in found for part in argument.evidence)


def _targets(facts: Facts, event: Event, patients: list[tuple[Argument, Actor | None]], kind: str) -> dict[str, Cell]:
    people = [(a, actor) for a, actor in patients if is_person(actor) or a.role == "victim"]
    things = [(a, actor) for a, actor in patients if (a, actor) not in people]
    dead, hurt = facts.figures(event, "killed"), facts.figures(event, "injured")
    harmed = [*dead, *hurt]
    persons = [
        (a, actor) for a, actor in people if actor is not None and actor.kind == "person" and actor.id in facts.named
    ]
    other = [(a, actor) for a, actor in people if (a, actor) not in persons]
    described = [*(a.evidence[0] for a, _ in other), *(part for figure in harmed for part in figure.evidence[:1])]
    somebody = bool(people or harmed)
    effect = "DEATH" if dead else "INJURY" if hurt else None
    if effect is None and somebody and kind == "KIDNAPPING":
        effect = NOT_APPLICABLE
    nothing = NONE if things else NOT_APPLICABLE
    kinds = [human_type(facts, actor) for _, actor in people] or (
        ["CIVILIAN"] if any(figure.civilians for figure in harmed) else []
    )
    destroyed = event.type in ("property_destruction", "arson")
    return {
        "PHYS TGT: ID": Cell(_quoted(a.evidence[0] for a, _ in things), "things and bodies hit", _all(things)),
        "PHYS TGT: TYPE": Cell(nothing, "sitrep does not sort things into MUC-4's types"),
        "PHYS TGT: NUMBER": Cell(nothing, "things are not counted"),
        "PHYS TGT: FOREIGN NATION": Cell(_foreign(facts, event, things), "of another country than the place's"),
        "PHYS TGT: EFFECT OF INCIDENT": Cell(
            "DESTROYED" if destroyed and things else nothing, "destroyed where the event is a destruction",
            event.triggers,
        ),
        "PHYS TGT: TOTAL NUMBER": Cell(nothing, "things are not counted"),
        "HUM TGT: NAME": Cell(_fills(f'"{actor.name.upper()}"' for _, actor in persons if actor), "named persons hit",
                              _all(persons)),
        "HUM TGT: DESCRIPTION": Cell(_quoted(described), "the words for people hit", tuple(described)),
        "HUM TGT: TYPE": Cell(_fills(kinds) if somebody else NOT_APPLICABLE, "by sector or office, else civilian"),
        "HUM TGT: NUMBER": Cell(_numbers(harmed) if somebody else NOT_APPLICABLE, "as the words count them"),
        "HUM TGT: FOREIGN NATION": Cell(
            _foreign(facts, event, people) if somebody else NOT_APPLICABLE, "of another country than the place's"
        ),
        "HUM TGT: EFFECT OF INCIDENT": Cell(
            (effect or NONE) if somebody else NOT_APPLICABLE, "death where dead are counted, injury where injured are"
        ),
        "HUM TGT: TOTAL NUMBER": Cell(
            _numbers(harmed[:1]) if len(harmed) == 1 else NONE if somebody else NOT_APPLICABLE,
            "the one figure, where only one is given",
        ),
    }  # fmt: skip


def _numbers(figures: list[Quantity]) -> str:
    return _fills(f"{number:g}" for figure in figures if (number := figure.best or figure.low) is not None)


def _foreign(facts: Facts, event: Event, found: list[tuple[Argument, Actor | None]]) -> str:
    if not found:
        return NOT_APPLICABLE
    place = facts.place_of(event)
    home = place.country if place else None
    away = (facts.country(actor.countries[0]) for _, actor in found
            if actor is not None and len(actor.countries) == 1 and home not in (None, actor.countries[0]))  # fmt: skip
    return _fills(country.name.upper() for country in away if country)


def _date(event: Event) -> str:
    """Days as MUC-4 writes them: 01 AUG 16, and a span with both its ends."""
    time = event.time
    if time is None or not time.start:
        return NONE
    days = [date.fromisoformat(day) for day in dict.fromkeys((time.start, time.end)) if day]
    return " - ".join(f"{day:%d %b %y}".upper() for day in days)
