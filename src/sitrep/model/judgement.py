"""What people decide about records: appended, never altered, each with who, when and why."""

from __future__ import annotations

from typing import Literal

from sitrep.model.actor import ActorKind
from sitrep.model.claim import Stance
from sitrep.model.event import Factuality
from sitrep.model.incident import EventRef
from sitrep.model.place import PlaceKind
from sitrep.model.quantity import QuantityKind
from sitrep.model.span import Evidence, Record
from sitrep.model.timex import TimePrecision

TargetLayer = Literal[
    "reports", "incidents", "mentions", "actors", "places", "timexes", "events", "claims", "quantities", "relations",
    "control", "decisions",
]  # fmt: skip
ReviewState = Literal["unreviewed", "in_review", "accepted", "rejected", "second_look"]


class Anchor(Record, frozen=True, kw_only=True):
    """Something in the record of a report, by its id and by the words that name it.

    The words find it again where a re-reading gives it another id.
    """

    id: str
    words: tuple[Evidence, ...] = ()


class EventAnchor(Record, frozen=True, kw_only=True):
    """An event of a report. report: the report's source id. words: its trigger."""

    report: str
    event: str
    words: tuple[Evidence, ...] = ()


class Target(Record, frozen=True, kw_only=True):
    """What is judged.

    report: the source id of the report that it stands in, null for an incident. words: those that named it
    when it was judged. events: the events of an incident when it was judged; anchors: the same with their words.
    """

    layer: TargetLayer
    id: str
    report: str | None = None
    words: tuple[Evidence, ...] = ()
    events: tuple[EventRef, ...] = ()
    anchors: tuple[EventAnchor, ...] = ()


class ArgumentRef(Record, frozen=True, kw_only=True):
    """An argument of an event: its role and where its words begin and end (null where it has none)."""

    role: str
    start: int | None
    end: int | None


class ActorChoice(Record, frozen=True, kw_only=True):
    """Who is meant. id: an actor of the reading. link: a gazetteer entry. name: always."""

    name: str
    id: str | None = None
    link: str | None = None


class PlaceChoice(Record, frozen=True, kw_only=True):
    """Where is meant: a place of the reading (id), one of the gazetteer (geonames), or a point on the map."""

    name: str
    id: str | None = None
    kind: PlaceKind = "settlement"
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    geonames: int | None = None
    radius_km: float | None = None


class SetType(Record, frozen=True, kw_only=True, tag_field="kind", tag="type"):
    """The event is of this type."""

    type: str


class SetFactuality(Record, frozen=True, kw_only=True, tag_field="kind", tag="factuality"):
    """Whether the event happened, is planned, denied and so on."""

    factuality: Factuality


class SetRole(Record, frozen=True, kw_only=True, tag_field="kind", tag="role"):
    """An argument plays this role."""

    argument: ArgumentRef
    role: str


class SetActor(Record, frozen=True, kw_only=True, tag_field="kind", tag="actor"):
    """Who an argument is, or, with no argument, who speaks a claim; null for somebody unknown."""

    argument: ArgumentRef | None
    actor: ActorChoice | None


class AddArgument(Record, frozen=True, kw_only=True, tag_field="kind", tag="add_argument"):
    """Somebody or something plays a role in the event by these words."""

    role: str
    words: tuple[Evidence, ...]
    actor: ActorChoice | None


class DropArgument(Record, frozen=True, kw_only=True, tag_field="kind", tag="drop_argument"):
    """An argument has no part in the event."""

    argument: ArgumentRef


class SetPlace(Record, frozen=True, kw_only=True, tag_field="kind", tag="place"):
    """Where an event happened, or where a place lies; null: the report does not say. precision: UCDP, 1 to 7."""

    place: PlaceChoice | None
    precision: int = 1


class SetDate(Record, frozen=True, kw_only=True, tag_field="kind", tag="date"):
    """When an event happened. start, end: ISO dates, null: the report does not say."""

    start: str | None
    end: str | None
    precision: TimePrecision


class SetFigure(Record, frozen=True, kw_only=True, tag_field="kind", tag="figure"):
    """What a figure counts and how many. figure: its kind."""

    figure: QuantityKind
    low: float | None
    best: float | None
    high: float | None
    civilians: bool | None = None


class AddFigure(Record, frozen=True, kw_only=True, tag_field="kind", tag="add_figure"):
    """A figure of the event, by these words."""

    words: tuple[Evidence, ...]
    figure: QuantityKind
    low: float | None
    best: float | None
    high: float | None
    civilians: bool | None = None


class SetStance(Record, frozen=True, kw_only=True, tag_field="kind", tag="stance"):
    """How the speaker stands to what is said."""

    stance: Stance


class SetIdentity(Record, frozen=True, kw_only=True, tag_field="kind", tag="identity"):
    """Who an actor is. link: a gazetteer entry, null for nobody whom it knows."""

    name: str
    actor_kind: ActorKind
    link: str | None


class Reject(Record, frozen=True, kw_only=True, tag_field="kind", tag="reject"):
    """The report does not say this."""


class AddEvent(Record, frozen=True, kw_only=True, tag_field="kind", tag="add_event"):
    """The report tells of an event by these words. id: what the event is called from now on."""

    id: str
    type: str
    words: tuple[Evidence, ...]
    factuality: Factuality


class SetWords(Record, frozen=True, kw_only=True, tag_field="kind", tag="words"):
    """These are the words that say it, not those where it was found."""

    words: tuple[Evidence, ...]


class AddPart(Record, frozen=True, kw_only=True, tag_field="kind", tag="add_part"):
    """The report speaks here of somebody, some place or time, some number, or says who says something.

    layer, id: what it is called from now on. sort: the kind of an actor, place or figure, the stance of a claim.
    """

    layer: Literal["actors", "places", "timexes", "quantities", "claims"]
    id: str
    sort: str
    words: tuple[Evidence, ...]


class Merge(Record, frozen=True, kw_only=True, tag_field="kind", tag="merge"):
    """The others are the same as the target."""

    others: tuple[Anchor, ...]


class SplitMention(Record, frozen=True, kw_only=True, tag_field="kind", tag="split_mention"):
    """A mention is two: one ends before `at`, one begins there. at: offset into the report's text."""

    at: int


class SplitActor(Record, frozen=True, kw_only=True, tag_field="kind", tag="split_actor"):
    """These mentions are somebody else. id: what that somebody is called from now on."""

    id: str
    mentions: tuple[Anchor, ...]


class SplitEvent(Record, frozen=True, kw_only=True, tag_field="kind", tag="split_event"):
    """These triggers are another event. id: what that event is called from now on."""

    id: str
    triggers: tuple[Evidence, ...]


class Together(Record, frozen=True, kw_only=True, tag_field="kind", tag="together"):
    """All these events are one incident, whatever their likeness."""

    events: tuple[EventAnchor, ...]


class Apart(Record, frozen=True, kw_only=True, tag_field="kind", tag="apart"):
    """None of these events is of one incident with any of the rest, whatever their likeness."""

    events: tuple[EventAnchor, ...]
    rest: tuple[EventAnchor, ...]


class Choose(Record, frozen=True, kw_only=True, tag_field="kind", tag="choose"):
    """Of the values that reports give for a field of an incident, this one holds."""

    field: str
    value: str


class SetState(Record, frozen=True, kw_only=True, tag_field="kind", tag="state"):
    """How far the review of a report or incident is."""

    state: ReviewState


class Assign(Record, frozen=True, kw_only=True, tag_field="kind", tag="assign"):
    """Who reviews it; null for nobody."""

    to: str | None


class Sample(Record, frozen=True, kw_only=True, tag_field="kind", tag="sample"):
    """A report is coded twice: the second coder's judgements are kept apart from the record."""

    first: str
    second: str


class Veil(Record, frozen=True, kw_only=True, tag_field="kind", tag="veil"):
    """A passage is graphic: it is covered until somebody asks for it. on: false lifts the veil."""

    words: tuple[Evidence, ...]
    on: bool


class Sensitive(Record, frozen=True, kw_only=True, tag_field="kind", tag="sensitive"):
    """An actor's names never leave in an export. names: all that the report calls them. on: false lifts it."""

    names: tuple[str, ...]
    on: bool


class Undo(Record, frozen=True, kw_only=True, tag_field="kind", tag="undo"):
    """A judgement is taken back. judgement: its id."""

    judgement: str


# what may be said of something inside the record of one report
ReportCorrection = (
    SetType | SetFactuality | SetRole | SetActor | AddArgument | DropArgument | SetPlace | SetDate | SetFigure
    | AddFigure | SetStance | SetIdentity | SetWords | Reject | AddEvent | AddPart | Merge | SplitMention | SplitActor
    | SplitEvent
)  # fmt: skip
# what may be said of an incident over several reports
IncidentCorrection = Together | Apart | Choose
# what says how far the work is, and how it may be shown
Handling = SetState | Assign | Sample | Veil | Sensitive | Undo
Correction = ReportCorrection | IncidentCorrection | Handling


class Judgement(Record, frozen=True, kw_only=True):
    """A person's decision, appended and never altered.

    at: ISO time to the microsecond. hand: "second" for a second coder's, which are kept apart from the record.
    """

    id: str
    target: Target
    correction: Correction
    user: str
    at: str
    reason: str
    hand: Literal["first", "second"] = "first"

    @property
    def kind(self) -> str:
        """The kind of correction."""
        return str(self.correction.__struct_config__.tag)
