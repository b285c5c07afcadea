"""One incident as a grid: a row for each field, a column for each source, copies folded into one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from sitrep.judge.apply import in_force
from sitrep.model import Choose, Event, Evidence, Incident, Judgement, Quantity, Reading
from sitrep.review.desk.desk import Desk
from sitrep.review.desk.units import Units
from sitrep.review.names import Names, event_label
from sitrep.review.wording import FACTUALITY, date_words, figure_words, number_words
from sitrep.store import desk as asked

FIELDS = {
    "type": "What", "place": "Where", "date": "When", "attacker": "Who", "target": "Whom", "killed": "Killed",
    "injured": "Injured", "weapon": "Weapon", "factuality": "Whether",
}  # fmt: skip
BY_MOST = "said by most sources; of several, the first by name"
BY_INCIDENT = "said by most independent sources"
BY_TOWN = BY_INCIDENT + "; a town goes before the province around it"
BY_RANGE = "the lowest and the highest that any source gives"
BY_HAND = "chosen by a person"


class Said(NamedTuple):
    """What one source says of one field: a value to compare, the value in words, and the words behind it."""

    value: str | None
    label: str | None
    evidence: tuple[Evidence, ...] = ()


class Source(NamedTuple):
    """One report of an incident and the event that it tells."""

    key: str
    reading: Reading
    event: Event
    names: Names
    units: Units


def grid(desk: Desk, incident: Incident, judgements: Sequence[Judgement]) -> dict[str, Any]:
    """Columns, rows and figures of an incident."""
    sources = list(_sources(desk, incident))
    keys = desk.view.ask(
        lambda connection: asked.report_keys(connection, [source.reading.report.source.id for source in sources])
    )
    reports = [source.reading.report.source.id for source in sources]
    folded = fold_copies(reports, desk.copied(reports))
    columns = [
        _column(source, [sources[n] for n in folded[i]], keys) for i, source in enumerate(sources) if i in folded
    ]
    shown = [source for i, source in enumerate(sources) if i in folded]
    chosen = {
        entry.correction.field: (entry.correction.value, entry.user)
        for entry in in_force(judgements)
        if isinstance(entry.correction, Choose)
    }
    return {
        "columns": columns,
        "rows": [
            _row(field, label, shown, chosen.get(field), _held(incident, field)) for field, label in FIELDS.items()
        ],
        "figures": [_figure(incident, kind, shown) for kind in ("killed", "injured")],
    }


def _sources(desk: Desk, incident: Incident) -> list[Source]:
    found: list[Source] = []
    readings = desk.view.corrected(ref.report for ref in incident.events)
    for ref in incident.events:
        reading = readings.get(ref.report)
        event = next((event for event in reading.events if event.id == ref.event), None) if reading else None
        if reading and event:
            units = Units(reading.report.text)
            found.append(Source(f"c{len(found) + 1}", reading, event, Names(reading), units))
    # who said it first stands first
    return sorted(found, key=lambda s: (s.reading.report.published.value or "9999", s.reading.report.source.id))


def fold_copies(reports: Sequence[str], groups: Mapping[str, str]) -> dict[int, list[int]]:
    """Which of some columns stand for themselves, each with the columns that copy it.

    reports: whose column each is. groups: the group of every report that is a copy or was copied.
    """
    folded: dict[int, list[int]] = {}
    for i, report in enumerate(reports):
        group = groups.get(report)
        # two events of one report are no copies of each other
        original = next(
            (
                j
                for j, copies in folded.items()
                if group is not None
                and groups.get(reports[j]) == group
                and report not in (reports[j], *(reports[n] for n in copies))
            ),
            None,
        )
        if original is None:
            folded[i] = []
        else:
            folded[original].append(i)
    return folded


def _column(source: Source, copies: Sequence[Source], keys: dict[str, str]) -> dict[str, Any]:
    report = source.reading.report
    words = source.event.evidence[:1] or (source.event.trigger,)
    return {
        "key": source.key,
        "report": keys.get(report.source.id, ""),
        "source_id": report.source.id,
        "event": source.event.id,
        "outlet": report.outlet,
        "published": report.published.value,
        "title": report.title,
        "words": words[0].quote,
        "evidence": _quotes(source, words),
        "copies": [
            {
                "report": keys.get(copy.reading.report.source.id, ""),
                "source_id": copy.reading.report.source.id,
                "outlet": copy.reading.report.outlet,
            }
            for copy in copies
        ],
    }


def _quotes(source: Source, evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    return source.units.out(msgspec.to_builtins(list(evidence)))


def _held(incident: Incident, field: str) -> str | None:
    """What an incident holds of a field, as its cells would say it."""
    match field:
        case "type":
            return incident.type
        case "place":
            return incident.place
        case "date" if incident.start or incident.end:
            return (
                incident.start if incident.start == incident.end else f"{incident.start or '?'}/{incident.end or '?'}"
            )
        case _:
            return None


def _row(
    field: str, label: str, sources: Sequence[Source], chosen: tuple[str, str] | None, held: str | None
) -> dict[str, Any]:
    said = [said_of(field, source) for source in sources]
    values = [part for part in said if part.value is not None]
    most = Counter(part.value for part in values)
    best = min(most, key=lambda value: (-most[value], str(value)), default=None)
    labels = {part.value: part.label for part in values}
    figure = field in ("killed", "injured")
    # places are held in small letters
    own = next(
        (part.value for part in values if held and part.value and part.value.casefold() == held.casefold()), None
    )
    value, by = (chosen[0], chosen[1]) if chosen else (own or best, None)
    if figure and not chosen and len(most) > 1:
        value = None
    return {
        "field": field,
        "label": label,
        "agrees": len(most) <= 1,
        "chosen": value,
        "chosen_label": labels.get(value, value),
        "rule": BY_HAND
        if by
        else (BY_TOWN if field == "place" else BY_INCIDENT)
        if own
        else BY_RANGE
        if figure
        else BY_MOST,
        "by": by,
        "cells": [
            {"column": source.key, "value": part.value, "label": part.label, "evidence": _quotes(source, part.evidence)}
            for source, part in zip(sources, said, strict=True)
        ],
    }


def said_of(field: str, source: Source) -> Said:
    """What a source says of a field."""
    event, names = source.event, source.names
    match field:
        case "type":
            return Said(event.type, event_label(event.type), event.triggers or (event.trigger,))
        case "place":
            place = names.places.get(event.place.id) if event.place else None
            return (
                Said(place.name, names.place_name(place), names.place_words(event, place))
                if place
                else Said(None, None)
            )
        case "date":
            if event.time is None or not (event.time.start or event.time.end):
                return Said(None, None)
            timex = names.timexes.get(event.time.timex or "")
            span = f"{event.time.start or '?'}/{event.time.end or '?'}"
            words = date_words(event.time.start, event.time.end)
            return Said(
                span if event.time.start != event.time.end else event.time.start, words, timex.evidence if timex else ()
            )
        case "attacker" | "target":
            side = "agent" if field == "attacker" else "patient"
            who = names.side(event, side)
            words = tuple(
                part for argument in event.arguments if _on(argument.role, side) for part in argument.evidence
            )
            return Said("; ".join(sorted(who)), ", ".join(who), words) if who else Said(None, None)
        case "killed" | "injured":
            return _toll(figures_of(source, field))
        case "weapon":
            return Said(event.weapon, event.weapon, event.evidence[:1]) if event.weapon else Said(None, None)
        case _:
            return Said(event.factuality, FACTUALITY.get(event.factuality, event.factuality), ())


def _on(role: str, side: str) -> bool:
    from sitrep.review.names import role_side

    return role_side(role) == side


def figures_of(source: Source, kind: str) -> list[Quantity]:
    """The whole figures of a kind that the event has."""
    found = [source.names.quantities[name] for name in source.event.quantities if name in source.names.quantities]
    return [figure for figure in found if figure.kind == kind and not figure.cumulative and figure.part_of is None]


def _toll(figures: Sequence[Quantity]) -> Said:
    if not figures:
        return Said(None, None)
    figure = max(
        figures, key=lambda figure: next((p for p in (figure.best, figure.low, figure.high) if p is not None), 0)
    )
    span = "/".join("?" if part is None else number_words(part) for part in (figure.low, figure.best, figure.high))
    return Said(span, figure_words(figure), figure.evidence)


def _figure(incident: Incident, kind: str, sources: Sequence[Source]) -> dict[str, Any]:
    whole = next((figure for figure in incident.figures if figure.kind == kind), None)
    points = [
        {
            "column": source.key,
            "low": figure.low,
            "best": figure.best,
            "high": figure.high,
            "day": source.reading.report.published.value,
            "speaker": _speaker(source, figure),
            "evidence": _quotes(source, figure.evidence),
        }
        for source in sources
        for figure in figures_of(source, kind)
    ]
    return {
        "kind": kind,
        "low": whole.low if whole else None,
        "best": whole.best if whole else None,
        "high": whole.high if whole else None,
        "rule": whole.rule if whole else "no source gives a figure",
        "points": points,
    }


def _speaker(source: Source, figure: Quantity) -> str | None:
    """Whose figure it is: that of the claim that speaks of it."""
    claim = next((claim for claim in source.reading.claims if figure.id in claim.about), None)
    return source.names.speaker(claim) if claim and claim.speaker else None
