"""Who stands where: relations, control of places, chains of decision."""

from __future__ import annotations

from typing import Literal

import msgspec

from sitrep.model.span import Evidence, Record

RelationType = Literal[
    "leads", "speaks_for", "member_of", "part_of", "embedded_with", "allied_with", "supports", "rival_of", "opposes",
    "recognises", "located_in", "seat_of",
]  # fmt: skip
ControlStatus = Literal["holds", "contested", "lost", "presence", "seat"]
StepKind = Literal["requested", "approved", "ordered", "vetted", "carried_out", "assessed", "refused", "denied"]


class Relation(Record, frozen=True, kw_only=True):
    """How two actors (or an actor and a place) stand to each other.

    subject, object: actor or place ids. from, to: ISO date prefixes. score: 0 to 1.
    """

    id: str
    type: RelationType
    subject: str
    object: str
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="to", default=None)
    evidence: tuple[Evidence, ...]
    score: float


class Extent(Record, frozen=True, kw_only=True):
    """How much of a place is held. unit: "km", "km2", "share" (value 0 to 1). shape: "radius",
    "length", "area", "part".
    """

    value: float
    unit: str
    shape: str


class Control(Record, frozen=True, kw_only=True):
    """Who holds a place, since when. place: place id. holder: actor id.

    basis: "asserted" (the report says who holds it) or "inferred" (from an event that changed hands).
    claims: ids of the claims that assert it.
    """

    id: str
    place: str
    holder: str
    status: ControlStatus
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="to", default=None)
    extent: Extent | None = None
    basis: Literal["asserted", "inferred"] = "asserted"
    claims: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]


class DecisionStep(Record, frozen=True, kw_only=True):
    """One step of a decision. actor: actor id. event: the event that is the step. time: ISO date."""

    step: StepKind
    actor: str | None
    event: str | None
    time: str | None
    evidence: tuple[Evidence, ...]


class Decision(Record, frozen=True, kw_only=True):
    """A chain of decision about one event: asked for, approved, carried out, assessed.

    conditions: the conditions stated ("at the government's request", "no ground forces").
    """

    id: str
    about: str | None
    steps: tuple[DecisionStep, ...]
    conditions: tuple[Evidence, ...] = ()
