"""Who and what takes part in the violence that a whole report tells of."""

from __future__ import annotations

from typing import Literal

from sitrep.model.span import Evidence, Record

ParticipantRole = Literal["perpetrator_individual", "perpetrator_organisation", "target", "victim", "weapon"]


class Participant(Record, frozen=True, kw_only=True):
    """Somebody or something in a role over the whole report, whichever event it belongs to.

    The trained reader proposes them, after the five string slots of MUC-4's templates; an event's own arguments say
    more where there are any. name: the words by which the report first calls it. actor: actor id, null where it names
    no actor. evidence: every place where the report names it. score: how sure the words of the first are.
    """

    id: str
    role: ParticipantRole
    name: str
    actor: str | None
    evidence: tuple[Evidence, ...]
    score: float


class TypeScore(Record, frozen=True, kw_only=True):
    """An event type, or a group of types, with its probability."""

    type: str
    score: float


class Topic(Record, frozen=True, kw_only=True):
    """What a report as a whole is about, by its opening.

    relevance: how likely it is about political violence. types: the types of event that its opening is likeliest
    about, the likeliest first; those below a twentieth are left out.
    """

    relevance: float
    types: tuple[TypeScore, ...]
