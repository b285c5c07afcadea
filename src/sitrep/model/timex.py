"""When things happen."""

from __future__ import annotations

from typing import Literal

from sitrep.model.span import Evidence, Record

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimePrecision = Literal["day", "week", "month", "season", "year", "range", "unknown"]


class Timex(Record, frozen=True, kw_only=True):
    """A time expression.

    value: TIMEX3 value (2016-08-01, 2016-W30, P3D, PRESENT_REF). start, end: first and last possible
    ISO date, null where the report does not fix them. anchor: what it was resolved against
    ("published", a timex id, or null).
    """

    id: str
    type: TimexType
    value: str
    start: str | None
    end: str | None
    precision: TimePrecision
    anchor: str | None
    evidence: tuple[Evidence, ...]
