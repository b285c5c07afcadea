"""What sitrep holds after several reports."""

from __future__ import annotations

from sitrep.model.span import Evidence, Record


class EventRef(Record, frozen=True, kw_only=True):
    """An event of a report. report: the report's source id. event: the event's id."""

    report: str
    event: str


class FieldValue(Record, frozen=True, kw_only=True):
    """One value of an incident's field, with the events that say so and how many independent sources they are.

    said_by: whom the reports name as saying so. updated_by: the event by which the same source later replaced it.
    chosen_by: the person who decided that it holds; such a value stands first, whatever the reports say.
    """

    value: str
    events: tuple[EventRef, ...]
    sources: int
    said_by: tuple[str, ...] = ()
    updated_by: EventRef | None = None
    chosen_by: str | None = None


class Figure(Record, frozen=True, kw_only=True):
    """A figure over several reports. rule: the rule that chose best, in words."""

    kind: str
    low: float | None
    best: float | None
    high: float | None
    rule: str


class Incident(Record, frozen=True, kw_only=True):
    """What several events say together. fields: per field, the values said, the best first.

    sources: how many independent ones tell of it; copies of one text are one, and so are reports of one outlet.
    """

    id: str
    type: str
    place: str | None
    start: str | None
    end: str | None
    events: tuple[EventRef, ...]
    fields: dict[str, tuple[FieldValue, ...]]
    figures: tuple[Figure, ...]
    sources: int = 1


class Copy(Record, frozen=True, kw_only=True):
    """A report that shares its text with another: the wire story that it took over, or that took it over.

    report, of: source ids; of is the first published of the group. share: how much of the report's words stand in it.
    shared: the paragraphs taken over; added: those that the report alone has.
    """

    report: str
    of: str
    share: float
    shared: tuple[Evidence, ...]
    added: tuple[Evidence, ...]
