"""What the API gives and takes about incidents, as types."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from sitrep.model import ReviewState
from sitrep.review.desk.shapes import (
    ChangeShape,
    Day,
    Km,
    Limit,
    Name,
    Number,
    Offset,
    Quote,
    ReportRow,
    StateWanted,
    Word,
)

Country = Annotated[str, Meta(pattern="^[A-Za-z]{3}$")]
WhyName = Literal["deaths", "disagreement", "low_score", "new_actor", "moved", "second_look"]


class Wanted(Struct, forbid_unknown_fields=True, kw_only=True):
    """Filters of incidents, joined by "and"."""

    type: Name | None = None
    country: Country | None = None
    actor: Word | None = None
    place: Word | None = None
    km: Km | None = None
    since: Day | None = None
    until: Day | None = None
    killed: Number | None = None
    state: StateWanted | None = None
    assignee: Name | None = None


class IncidentsQuery(Wanted, forbid_unknown_fields=True, kw_only=True):
    """Which incidents."""

    sort: Literal["start", "-start", "-killed", "-reports", "-priority"] = "-start"
    limit: Limit = 50
    offset: Offset = 0


class QueueQuery(Wanted, forbid_unknown_fields=True, kw_only=True):
    """What needs a person, the most urgent first. q, outlet: of reports."""

    of: Literal["incidents", "reports"] = "incidents"
    why: WhyName | None = None
    q: Word | None = None
    outlet: Word | None = None
    sort: Literal["start", "-start", "-killed", "-reports", "-priority"] = "-priority"
    limit: Limit = 50
    offset: Offset = 0


class Why(Struct):
    """A reason for which somebody should look."""

    reason: WhyName
    weight: float
    words: str


class IncidentRow(Struct):
    """An incident in a list."""

    id: str
    type: str
    label: str
    place: str | None
    admin1: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    start: str | None
    end: str | None
    reports: int
    killed_low: float | None
    killed_best: float | None
    killed_high: float | None
    injured_low: float | None
    injured_high: float | None
    state: ReviewState
    assignee: str | None
    priority: float
    score: float | None
    why: list[Why]
    title: str | None
    version: str


class QueuedReport(ReportRow):
    """A report in the queue."""

    priority: float
    why: list[Why]


class QueueRows(Struct):
    """A page of the queue: incidents, or reports where those were asked for."""

    total: int
    rows: list[dict[str, Any]]


class LinkedShape(Struct):
    """An incident near another in place and time. km: how far away."""

    id: str
    type: str
    label: str
    place: str | None
    start: str | None
    end: str | None
    why: str
    km: float | None


class IncidentRows(Struct):
    """A page of incidents."""

    total: int
    rows: list[IncidentRow]


class Copy(Struct):
    """A report that copies another."""

    report: str
    source_id: str
    outlet: str | None


class Column(Struct):
    """One source of an incident, its copies folded into it."""

    key: str
    report: str
    source_id: str
    event: str
    outlet: str | None
    published: str | None
    title: str | None
    words: str
    evidence: list[Quote]
    copies: list[Copy]


class Cell(Struct):
    """What one source says of one field; value is null where it says nothing."""

    column: str
    value: str | None
    label: str | None
    evidence: list[Quote]


class GridRow(Struct):
    """One field over all sources. by: who chose the value, null for the rule."""

    field: str
    label: str
    agrees: bool
    chosen: str | None
    chosen_label: str | None
    rule: str
    by: str | None
    cells: list[Cell]


class Point(Struct):
    """A figure as one source gives it."""

    column: str
    low: float | None
    best: float | None
    high: float | None
    day: str | None
    speaker: str | None
    evidence: list[Quote]


class FigureShape(Struct):
    """A figure over all sources."""

    kind: str
    low: float | None
    best: float | None
    high: float | None
    rule: str
    points: list[Point]


class IncidentPage(IncidentRow):
    """One incident with everything that its sources say."""

    columns: list[Column]
    rows: list[GridRow]
    figures: list[FigureShape]
    linked: list[LinkedShape]
    changes: list[ChangeShape]


class EventShape(Struct):
    """An event of a report; report: its source id."""

    report: str
    event: str


class Outline(Struct):
    """An incident as it would be."""

    id: str
    columns: list[Column]
    rows: list[GridRow]
    type: str
    label: str
    place: str | None
    start: str | None
    end: str | None
    events: list[EventShape]
    killed_low: float | None
    killed_high: float | None


class PreviewShape(Struct):
    """What a merge or split would make."""

    incidents: list[Outline]
