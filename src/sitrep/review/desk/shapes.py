"""What the API gives and takes, as types: the answers are made of these, and OpenAPI is generated from them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from sitrep.model import (
    ActorKind,
    Factuality,
    Failure,
    Layers,
    PlaceKind,
    Published,
    QuantityKind,
    ReviewState,
    Stance,
    TargetLayer,
    TimePrecision,
)  # fmt: skip
from sitrep.review.desk.export_shapes import FormatChoice

Limit = Annotated[int, Meta(ge=1, le=200)]
Offset = Annotated[int, Meta(ge=0, le=10_000_000)]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]
Word = Annotated[str, Meta(min_length=1, max_length=500)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Reason = Annotated[str, Meta(max_length=5000)]
Position = Annotated[int, Meta(ge=0, le=100_000_000)]
Small = Annotated[int, Meta(ge=0, le=100_000)]
Lat = Annotated[float, Meta(ge=-90, le=90)]
Lon = Annotated[float, Meta(ge=-180, le=180)]
Number = Annotated[float, Meta(ge=0, le=1e12)]
Km = Annotated[float, Meta(ge=0, le=20_040)]


class Words(Struct, forbid_unknown_fields=True):
    """Words of a report, in UTF-16 units; `quote` is what stands there."""

    start: Position
    end: Position
    quote: Annotated[str, Meta(max_length=100_000)]


class Quote(Struct):
    """Words of a report, in UTF-16 units: `text.slice(start, end) === quote`."""

    start: int
    end: int
    quote: str


# of filters: a state, or whatever still needs somebody
StateWanted = Literal["unreviewed", "in_review", "accepted", "rejected", "second_look", "open"]

# session and vocabulary


class Counts(Struct):
    """How much the archive holds."""

    reports: int
    events: int
    incidents: int
    failures: int
    judgements: int


class Session(Struct):
    """Who is at the desk, the token that changes need, and what the archive holds."""

    user: str
    csrf: str
    store: str
    sitrep: str
    counts: Counts
    stale: bool
    tiles: str | None


class Choice(Struct):
    """A code with its label."""

    name: str
    label: str


class TypeChoice(Struct):
    """An event type."""

    name: str
    label: str
    parent: str
    definition: str


class RoleChoice(Struct):
    """A role in events; side: agent, patient or other."""

    name: str
    label: str
    side: str


class Kind(Struct):
    """A kind of correction, and the layers that it can correct."""

    kind: str
    label: str
    layers: list[str]


class Vocabulary(Struct):
    """Everything that may be chosen, with labels."""

    types: list[TypeChoice]
    parents: list[Choice]
    roles: list[RoleChoice]
    factualities: list[Choice]
    states: list[ReviewState]
    corrections: list[Kind]
    actor_kinds: list[str]
    figure_kinds: list[str]
    place_kinds: list[str]
    place_precisions: list[Choice]
    time_precisions: list[str]
    stances: list[Choice]
    countries: dict[str, str]
    reasons: list[str]
    exports: list[FormatChoice]


# reports


class ReportsQuery(Struct, forbid_unknown_fields=True):
    """Which reports."""

    q: Word | None = None
    outlet: Word | None = None
    since: Day | None = None
    until: Day | None = None
    state: StateWanted | None = None
    assignee: Name | None = None
    sort: Literal["published", "-published", "outlet", "title", "came"] = "-published"
    limit: Limit = 50
    offset: Offset = 0


class ReportRow(Struct):
    """A report in a list."""

    report: str
    source_id: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str
    events: int
    claims: int
    killed_low: float | None
    killed_high: float | None
    score: float | None
    state: ReviewState
    assignee: str | None
    judgements: int
    failures: int
    incidents: int


class ReportRows(Struct):
    """A page of reports."""

    total: int
    rows: list[ReportRow]


class ReportQuery(Struct, forbid_unknown_fields=True):
    """Whose record: with a coder's name, only what that person judged counts."""

    coder: Name | None = None


class ReportHead(Struct):
    """A report without its text."""

    report: str
    source_id: str
    title: str | None
    headline: str
    outlet: str | None
    byline: str | None
    uri: str
    language: str
    published: Published
    published_words: str


class Passage(Struct):
    """A stretch of text by its function, in UTF-16 units."""

    start: int
    end: int
    kind: str


class SlotShape(Struct):
    """One value of a fact. field: which correction changes it, empty where none does. id: what it names."""

    label: str
    value: str
    note: str
    field: str
    index: int | None
    id: str | None
    evidence: list[Quote]


class FactShape(Struct):
    """One thing that the report says, in words. judgements: those that changed it."""

    id: str
    layer: str
    kind: str
    title: str
    note: str
    key: list[Quote]
    evidence: list[Quote]
    slots: list[SlotShape]
    score: float | None
    minor: bool
    related: list[str]
    judgements: list[str]


class SectionShape(Struct):
    """Facts of one kind."""

    name: str
    title: str
    empty: str
    facts: list[FactShape]


class TargetShape(Struct):
    """What a judgement is about."""

    layer: TargetLayer
    id: str


class ChangeShape(Struct):
    """A judgement, and what it does to the record now; status is null where it changes no value."""

    judgement: str
    kind: str
    target: TargetShape
    report: str | None
    source_id: str | None
    user: str
    at: str
    reason: str
    hand: Literal["first", "second"]
    status: Literal["applied", "moved", "lost"] | None
    before: str | None
    after: str | None


class VeilShape(Struct):
    """Words that are covered until somebody asks for them."""

    start: int
    end: int
    quote: str
    judgement: str


class Coding(Struct):
    """Who codes a report twice."""

    first: str
    second: str


class VersionShape(Struct):
    """A version of an article."""

    report: str
    version: int
    current: bool


class ReportPage(Struct):
    """One report with its corrected record."""

    report: ReportHead
    version: str
    text: str
    passages: list[Passage]
    record: Layers
    sections: list[SectionShape]
    changes: list[ChangeShape]
    state: ReviewState
    assignee: str | None
    veils: list[VeilShape]
    sensitive: list[str]
    incidents: dict[str, str]
    coding: Coding | None
    versions: list[VersionShape]
    failures: list[Failure]


# judging


class ActorGiven(Struct, forbid_unknown_fields=True):
    """Who is meant: an actor of the record, a gazetteer entry, or a name."""

    id: Name | None = None
    link: Name | None = None
    name: Name | None = None


class PlaceGiven(Struct, forbid_unknown_fields=True):
    """Where is meant: a place of the record, or one with a name and a point."""

    id: Name | None = None
    name: Name | None = None
    kind: PlaceKind = "settlement"
    lat: Lat | None = None
    lon: Lon | None = None
    country: Annotated[str, Meta(pattern="^[A-Z]{3}$")] | None = None
    admin1: Name | None = None
    geonames: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    radius_km: Km | None = None


class EventGiven(Struct, forbid_unknown_fields=True):
    """An event of a report. report: its source id."""

    report: Name
    event: Name


class Given(Struct, forbid_unknown_fields=True, tag_field="kind"):
    """A correction as the desk sends it."""


class TypeGiven(Given, tag="type"):
    type: Name


class FactualityGiven(Given, tag="factuality"):
    factuality: Factuality


class RoleGiven(Given, tag="role"):
    argument: Small
    role: Name


class ActorCorrection(Given, tag="actor"):
    argument: Small | None
    actor: ActorGiven | None


class ArgumentGiven(Given, tag="add_argument"):
    role: Name
    words: Annotated[list[Words], Meta(min_length=1, max_length=20)]
    actor: ActorGiven | None = None


class ArgumentDropped(Given, tag="drop_argument"):
    argument: Small


class PlaceCorrection(Given, tag="place"):
    place: PlaceGiven | None
    precision: Annotated[int, Meta(ge=1, le=7)] = 1


class DateGiven(Given, tag="date"):
    start: Day | None
    end: Day | None
    precision: TimePrecision = "day"


class FigureGiven(Given, tag="figure"):
    figure: QuantityKind
    low: Number | None
    best: Number | None
    high: Number | None
    civilians: bool | None = None


class FigureAdded(Given, tag="add_figure"):
    words: Annotated[list[Words], Meta(min_length=1, max_length=20)]
    figure: QuantityKind
    low: Number | None
    best: Number | None
    high: Number | None
    civilians: bool | None = None


class StanceGiven(Given, tag="stance"):
    stance: Stance


class IdentityGiven(Given, tag="identity"):
    name: Name
    actor_kind: ActorKind
    link: Name | None


class Rejected(Given, tag="reject"):
    pass


class EventAdded(Given, tag="add_event"):
    type: Name
    words: Annotated[list[Words], Meta(min_length=1, max_length=20)]
    factuality: Factuality = "occurred"


class MergeGiven(Given, tag="merge"):
    others: Annotated[list[Name], Meta(min_length=1, max_length=200)]


class SplitGiven(Given, tag="split"):
    at: Position | None = None
    mentions: Annotated[list[Name], Meta(max_length=500)] | None = None
    triggers: Annotated[list[Small], Meta(max_length=500)] | None = None
    events: Annotated[list[EventGiven], Meta(max_length=500)] | None = None


class ChooseGiven(Given, tag="choose"):
    field: Name
    value: Annotated[str, Meta(max_length=500)]


class StateGiven(Given, tag="state"):
    state: ReviewState


class AssignGiven(Given, tag="assign"):
    to: Name | None


class VeilGiven(Given, tag="veil"):
    words: Annotated[list[Words], Meta(min_length=1, max_length=20)]
    on: bool


class SensitiveGiven(Given, tag="sensitive"):
    on: bool


AnyGiven = (
    TypeGiven | FactualityGiven | RoleGiven | ActorCorrection | ArgumentGiven | ArgumentDropped | PlaceCorrection
    | DateGiven | FigureGiven | FigureAdded | StanceGiven | IdentityGiven | Rejected | EventAdded | MergeGiven
    | SplitGiven | ChooseGiven | StateGiven | AssignGiven | VeilGiven | SensitiveGiven
)  # fmt: skip


class TargetGiven(Struct, forbid_unknown_fields=True):
    """What is judged. report: the digest of the report that it stands in; none for an incident."""

    layer: TargetLayer
    id: Name
    report: Name | None = None


class JudgeBody(Struct, forbid_unknown_fields=True):
    """A judgement. version: that of the page its user saw. user: the desk's own where none is named."""

    version: Name
    target: TargetGiven
    correction: AnyGiven
    reason: Reason = ""
    user: Name | None = None


class UndoBody(Struct, forbid_unknown_fields=True):
    """What is said when a judgement is taken back."""

    version: Name
    reason: Reason = ""
    user: Name | None = None


class JudgedShape(Struct):
    """A judgement that was written, the version of its page after it, and the incidents that it touched."""

    judgement: ChangeShape
    version: str
    incidents: list[str]


class HistoryQuery(Struct, forbid_unknown_fields=True):
    """Which judgements. report: a digest. incident: an id."""

    report: Name | None = None
    incident: Name | None = None
    user: Name | None = None
    limit: Limit = 50
    offset: Offset = 0


class History(Struct):
    """A page of judgements, the newest first."""

    total: int
    rows: list[ChangeShape]


class ViewShape(Struct):
    """A saved view."""

    name: str
    user: str
    version: int
    view: dict[str, Any]


class Views(Struct):
    """The saved views."""

    rows: list[ViewShape]


class ViewBody(Struct, forbid_unknown_fields=True):
    """A view to save. version: of the view that it replaces, null for a new one."""

    view: dict[str, Any]
    version: Annotated[int, Meta(ge=1, le=2**53)] | None = None


class Done(Struct):
    """Whether there was something to do."""

    done: bool


class FailureRows(Struct):
    """What could not be read."""

    total: int
    rows: list[Failure]


class PageQuery(Struct, forbid_unknown_fields=True):
    """A page of a list."""

    limit: Limit = 50
    offset: Offset = 0
