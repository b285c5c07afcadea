"""What the API gives and takes about the situation, dossiers and search, as types."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from sitrep.review.desk.incident_shapes import Country, IncidentRow, Wanted
from sitrep.review.desk.shapes import Lat, Lon, Name, Quote, Word

Many = Annotated[int, Meta(ge=1, le=100_000)]
Some = Annotated[int, Meta(ge=1, le=5000)]
Few = Annotated[int, Meta(ge=1, le=50)]
COLUMNS = ("id", "lat", "lon", "radius_km", "start", "end", "type", "place", "killed", "reports", "state", "country")


class MarksQuery(Wanted, forbid_unknown_fields=True, kw_only=True):
    """Which incidents. west, south, east, north: only what lies in this box."""

    west: Lon | None = None
    south: Lat | None = None
    east: Lon | None = None
    north: Lat | None = None
    limit: Many = 50_000


class NamedActor(Struct):
    """An actor over all reports."""

    id: str
    name: str
    kind: str


class Marks(Struct):
    """Incidents as columns: row n is the nth value of each. type, place, agents, targets are indexes."""

    total: int
    located: int
    types: list[str]
    places: list[str]
    id: list[str]
    lat: list[float | None]
    lon: list[float | None]
    radius_km: list[float | None]
    start: list[str | None]
    end: list[str | None]
    type: list[int]
    place: list[int | None]
    killed: list[float | None]
    reports: list[int]
    state: list[str]
    country: list[str | None]
    agents: list[list[int]]
    targets: list[list[int]]
    actors: list[NamedActor]


class ControlQuery(Struct, forbid_unknown_fields=True):
    """Which places."""

    place: Word | None = None
    limit: Some = 2000


class ControlRow(Struct):
    """What one report says of who holds a place. start, end: ISO date prefixes. actor: id over all reports."""

    place: str
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    holder: str
    actor: str
    status: str
    start: str | None
    end: str | None
    basis: str
    report: str
    source_id: str
    outlet: str | None
    published: str | None
    evidence: Quote | None


class Holder(Struct):
    """Who holds places."""

    actor: str
    name: str
    rows: int


class ControlRows(Struct):
    """Who holds what when."""

    rows: list[ControlRow]
    holders: list[Holder]


class TimelineQuery(Struct, forbid_unknown_fields=True):
    """How many of each kind of bar."""

    limit: Some = 500


class Bar(Struct):
    """Something that takes time. report or incident: what it leads to."""

    kind: Literal["incident", "siege", "control", "claim"]
    id: str
    label: str
    lane: str
    start: str | None
    end: str | None
    weight: float
    report: str | None
    incident: str | None
    evidence: Quote | None


class Bars(Struct):
    """The timeline."""

    bars: list[Bar]


class Node(Struct):
    """An actor of the network. events: in how many incidents it takes part."""

    id: str
    name: str
    kind: str
    events: int


class Tie(Struct):
    """How one actor stands to another; without evidence where it is counted from incidents."""

    source: str
    target: str
    source_name: str
    target_name: str
    type: str
    start: str | None = msgspec.field(name="from")
    end: str | None = msgspec.field(name="to")
    weight: int
    report: str | None
    evidence: Quote | None


class Network(Struct):
    """Actors and their ties."""

    nodes: list[Node]
    ties: list[Tie]


class DecisionsQuery(Struct, forbid_unknown_fields=True):
    """How many chains of decision, the latest first."""

    limit: Some = 500


class StepShape(Struct):
    """A step of a decision."""

    step: str
    label: str
    actor: str | None
    time: str | None
    evidence: list[Quote]


class DecisionRow(Struct):
    """A chain of decision."""

    report: str
    source_id: str
    outlet: str | None
    published: str | None
    about: str
    event: str | None
    steps: list[StepShape]
    conditions: list[Quote]


class DecisionRows(Struct):
    """Chains of decision."""

    rows: list[DecisionRow]


class CountsQuery(Struct, forbid_unknown_fields=True):
    """By what and how finely. limit: of series, those with most first."""

    by: Literal["type", "actor", "place", "country"] = "type"
    every: Literal["day", "week", "month", "year"] = "month"
    limit: Few = 20


class Series(Struct):
    """Counts of one key, one for each bin."""

    key: str
    label: str
    counts: list[int]
    killed: list[float]


class Counted(Struct):
    """Counts over time."""

    every: str
    bins: list[str]
    series: list[Series]


class ActorQuery(Struct, forbid_unknown_fields=True):
    """Who: a gazetteer id or a name."""

    id: Word


class RoleCount(Struct):
    """How often somebody plays a role."""

    role: str
    label: str
    count: int


class OutletCount(Struct):
    """How many reports of an outlet."""

    outlet: str | None
    reports: int


class ClaimRow(Struct):
    """A statement."""

    stance: str
    report: str
    source_id: str
    outlet: str | None
    published: str | None
    evidence: Quote | None


class ActorDossier(Struct):
    """One actor over all reports."""

    id: str
    name: str
    kind: str
    aliases: list[str]
    gazetteer: dict[str, Any] | None
    reports: int
    events: int
    roles: list[RoleCount]
    incidents: list[IncidentRow]
    ties: list[Tie]
    holds: list[ControlRow]
    claims: list[ClaimRow]
    outlets: list[OutletCount]


class PlaceQuery(Struct, forbid_unknown_fields=True):
    """Where."""

    name: Word
    country: Country | None = None


class TypeCount(Struct):
    """How many events of a type."""

    key: str
    label: str
    count: int


class PlaceDossier(Struct):
    """One place over all reports."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    reports: int
    events: int
    types: list[TypeCount]
    incidents: list[IncidentRow]
    control: list[ControlRow]
    outlets: list[OutletCount]


class SearchQuery(Struct, forbid_unknown_fields=True):
    """What to look for; limit: of each kind."""

    q: Word
    limit: Few = 12


class FoundReport(Struct):
    """A report that holds the words, between « and »."""

    report: str
    source_id: str
    title: str | None
    outlet: str | None
    published: str | None
    words: str


class FoundActor(Struct):
    """An actor of the archive."""

    id: str
    name: str
    kind: str
    reports: int


class FoundPlace(Struct):
    """A place of the archive."""

    name: str
    country: str | None
    reports: int
    lat: float | None
    lon: float | None


class Found(Struct):
    """What was found."""

    reports: list[FoundReport]
    actors: list[FoundActor]
    places: list[FoundPlace]
    incidents: list[IncidentRow]


class LookupQuery(Struct, forbid_unknown_fields=True):
    """A name."""

    q: Name
    country: Country | None = None
    limit: Few = 12


class PlaceHit(Struct):
    """A place of the gazetteer."""

    name: str
    kind: str
    lat: float
    lon: float
    country: str
    admin1: str | None
    geonames: int | None
    radius_km: float
    population: int


class PlaceHits(Struct):
    """Places of the gazetteer, the largest first."""

    total: int
    rows: list[PlaceHit]


class ActorHit(Struct):
    """An actor of the gazetteer or the archive."""

    link: str | None
    name: str
    kind: str
    reports: int


class ActorHits(Struct):
    """Actors that bear a name."""

    total: int
    rows: list[ActorHit]


class CodingRow(Struct):
    """A report that is coded twice. done: both coders have accepted or rejected it."""

    report: str
    source_id: str
    title: str | None
    first: str
    second: str
    differences: int
    done: bool


class Agreement(Struct):
    """How far two coders agree on a field: Krippendorff's alpha, null where nothing varies."""

    field: str
    alpha: float | None
    units: int
    agree: int


class CodingShape(Struct):
    """Double coding."""

    rows: list[CodingRow]
    agreement: list[Agreement]


class SampleBody(Struct, forbid_unknown_fields=True):
    """How many reports to draw for whom. seed: the same seed draws the same reports. state: only of this state."""

    size: Annotated[int, Meta(ge=1, le=500)]
    coder: Name
    first: Name | None = None
    seed: Annotated[int, Meta(ge=0, le=2**53)] = 0
    state: Name | None = None


class Drawn(Struct):
    """The reports that were drawn, by digest."""

    reports: list[str]


class FieldDifference(Struct):
    """What each coder says of a field."""

    field: str
    first: str | None
    second: str | None
    agrees: bool


class EventDifference(Struct):
    """An event of both coders, or of one alone."""

    event_first: str | None
    event_second: str | None
    words: str
    evidence: list[Quote]
    fields: list[FieldDifference]


class Differences(Struct):
    """Where the coders of a report differ."""

    report: str
    first: str
    second: str
    version: str
    rows: list[EventDifference]
