"""The nouns: frozen records that every room shares. `codec` alone turns them into bytes."""

from sitrep.model.actor import Actor, ActorKind, ActorLink, ActorRole
from sitrep.model.claim import Claim, ClaimKind, Speaker, Stance
from sitrep.model.event import (
    Argument,
    Basis,
    Event,
    EventPlace,
    EventTime,
    Factuality,
    Reason,
    ReasonKind,
)
from sitrep.model.incident import EventRef, FieldValue, Figure, Incident, Judgement
from sitrep.model.mention import Mention, MentionForm, MentionKind
from sitrep.model.place import Place, PlaceCandidate, PlaceKind
from sitrep.model.quantity import Quantity, QuantityKind
from sitrep.model.reading import LAYERS, Failure, LayerName, Layers, Provenance, Reading, evidence_in
from sitrep.model.relation import (
    Control,
    ControlStatus,
    Decision,
    DecisionStep,
    Extent,
    Relation,
    RelationType,
    StepKind,
)
from sitrep.model.report import (
    Capture,
    Media,
    Passage,
    PassageKind,
    Published,
    PublishedBasis,
    Report,
    Retrieval,
    Source,
)
from sitrep.model.span import Evidence, Record, Sentence
from sitrep.model.timex import TimePrecision, Timex, TimexType

__all__ = [
    "LAYERS",
    "Actor",
    "ActorKind",
    "ActorLink",
    "ActorRole",
    "Argument",
    "Basis",
    "Capture",
    "Claim",
    "ClaimKind",
    "Control",
    "ControlStatus",
    "Decision",
    "DecisionStep",
    "Event",
    "EventPlace",
    "EventRef",
    "EventTime",
    "Evidence",
    "Extent",
    "Factuality",
    "Failure",
    "FieldValue",
    "Figure",
    "Incident",
    "Judgement",
    "LayerName",
    "Layers",
    "Media",
    "Mention",
    "MentionForm",
    "MentionKind",
    "Passage",
    "PassageKind",
    "Place",
    "PlaceCandidate",
    "PlaceKind",
    "Provenance",
    "Published",
    "PublishedBasis",
    "Quantity",
    "QuantityKind",
    "Reading",
    "Reason",
    "ReasonKind",
    "Record",
    "Relation",
    "RelationType",
    "Report",
    "Retrieval",
    "Sentence",
    "Source",
    "Speaker",
    "Stance",
    "StepKind",
    "TimePrecision",
    "Timex",
    "TimexType",
    "evidence_in",
]
