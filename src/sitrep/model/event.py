"""What one report says happened."""

from __future__ import annotations

from typing import Literal

from sitrep.model.span import Evidence, Record
from sitrep.model.timex import TimePrecision

Factuality = Literal["occurred", "ongoing", "planned", "threatened", "hypothetical", "denied", "negated"]
ReasonKind = Literal[
    "negation", "denial", "modality", "conditional", "plan", "threat", "purpose", "generic", "background", "question"
]
PassedReason = Literal["no_actor", "said", "bare", "figurative", "many", "state", "unlikely"]
Basis = Literal["stated", "inferred", "judged"]
Belief = Literal["stated", "claimed", "accused", "suspected"]


class Argument(Record, frozen=True, kw_only=True):
    """Who or what plays a role in an event: an actor, a place, or words.

    Exactly one of actor (actor id), place (place id) and text is set. score: 0 to 1.
    basis: "inferred" where the role was filled from another sentence; evidence then shows it; "judged" where a
    person said so.
    belief: of those who did it, how sure the report is: "stated", "claimed" by themselves, "accused" by others,
    "suspected"; null for all other roles.
    """

    role: str
    actor: str | None = None
    place: str | None = None
    text: str | None = None
    evidence: tuple[Evidence, ...]
    score: float
    basis: Basis = "stated"
    belief: Belief | None = None


class EventPlace(Record, frozen=True, kw_only=True):
    """Where an event happened. id: a place id. precision: UCDP where_prec, 1 (exact) to 7.

    basis: "stated" in the event's own clause, "sentence", "context" (carried over from the text around),
    "target" (the target is the place), "near" (the words only say off which place), "dateline",
    "headline" or "judged" (by a person).
    """

    id: str
    precision: int
    basis: str


class EventTime(Record, frozen=True, kw_only=True):
    """When an event happened. timex: a timex id, null where inferred. start, end: ISO dates.

    basis: "stated", "sentence", "context", "tense" (present tense in the report's own news), "published"
    or "judged" (by a person).
    """

    timex: str | None
    start: str | None
    end: str | None
    precision: TimePrecision
    basis: str


class Reason(Record, frozen=True, kw_only=True):
    """Why an event was not coded as one that occurred, in the report's words."""

    kind: ReasonKind
    evidence: tuple[Evidence, ...]


class Event(Record, frozen=True, kw_only=True):
    """What one report says happened: several sentences about one event make one Event.

    type: an event type of the ontology. trigger: the word that first names the event; triggers: all
    of them. evidence: the sentences that report it. reason: set where factuality is not "occurred"
    or "ongoing", or where the event is background. background: told as history, not as news.
    headline: the report's headline tells it. causes: ids of events that this one brought about.
    """

    id: str
    type: str
    trigger: Evidence
    triggers: tuple[Evidence, ...]
    factuality: Factuality
    reason: Reason | None
    background: bool
    arguments: tuple[Argument, ...]
    place: EventPlace | None
    time: EventTime | None
    weapon: str | None
    quantities: tuple[str, ...]
    claims: tuple[str, ...]
    causes: tuple[str, ...]
    headline: bool
    evidence: tuple[Evidence, ...]
    score: float


class PassedOver(Record, frozen=True, kw_only=True):
    """A word that names an event and was not coded as one, with why.

    type: the event type it would have had. reason: "no_actor" (nobody acts), "said" (an act of words told in passing:
    the claims hold it; or what a court tries somebody for), "bare" (neither target nor toll nor place of its own, and
    no other event that it tells again), "figurative" (another sense), "many" (a toll of many events), "state" (a
    lasting state, or what is only thought of), "unlikely" (the trained reader sees no event in the word, or no conflict
    in the report).
    evidence: the sentence.
    """

    type: str
    trigger: Evidence
    reason: PassedReason
    evidence: tuple[Evidence, ...]
