"""What sitrep holds after several reports."""

from __future__ import annotations

from typing import Literal

from sitrep.model.span import Record


class EventRef(Record, frozen=True, kw_only=True):
    """An event of a report. report: the report's source id. event: the event's id."""

    report: str
    event: str


class FieldValue(Record, frozen=True, kw_only=True):
    """One value of an incident's field, with the events that say so and how many independent sources they are."""

    value: str
    events: tuple[EventRef, ...]
    sources: int


class Figure(Record, frozen=True, kw_only=True):
    """A figure over several reports. rule: the rule that chose best, in words."""

    kind: str
    low: float | None
    best: float | None
    high: float | None
    rule: str


class Incident(Record, frozen=True, kw_only=True):
    """What several events say together. fields: per field, the values said, the best first."""

    id: str
    type: str
    place: str | None
    start: str | None
    end: str | None
    events: tuple[EventRef, ...]
    fields: dict[str, tuple[FieldValue, ...]]
    figures: tuple[Figure, ...]


class Judgement(Record, frozen=True, kw_only=True):
    """A person's decision, appended and never altered. target: the id of what it is about."""

    id: str
    kind: Literal["accept", "reject", "change", "merge", "split", "add"]
    target: str
    user: str
    at: str
    reason: str
    value: str | None = None
