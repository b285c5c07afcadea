"""Everything one reading of one report gives."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args, get_type_hints

import msgspec

from sitrep.errors import EvidenceError
from sitrep.model.actor import Actor
from sitrep.model.claim import Claim
from sitrep.model.event import Event, PassedOver
from sitrep.model.mention import Mention
from sitrep.model.participant import Participant, Topic
from sitrep.model.place import Place
from sitrep.model.quantity import Quantity
from sitrep.model.relation import Control, Decision, Relation
from sitrep.model.report import Passage, Report
from sitrep.model.span import Evidence, Record, Sentence
from sitrep.model.timex import Timex

LayerName = Literal[
    "passages", "sentences", "mentions", "actors", "places", "timexes", "events", "claims", "quantities", "relations",
    "control", "decisions", "participants", "passed_over",
]  # fmt: skip
LAYERS: tuple[LayerName, ...] = get_args(LayerName)


class Failure(Record, frozen=True, kw_only=True):
    """Something that could not be done to one report, kept beside the record.

    kind: the error's class name. tried: what was being done. on: the report or file. message: what
    happened. todo: what to do about it. facts: the error's own facts.
    """

    kind: str
    tried: str
    on: str
    message: str
    todo: str = ""
    facts: dict[str, str] = msgspec.field(default_factory=dict)


class Provenance(Record, frozen=True, kw_only=True):
    """What made a reading. stages: stage name to version. ontology, gazetteer, weights: digests.

    read_at: ISO time set by the store; a reading itself has no clock, so that the same report gives
    the same bytes.
    """

    sitrep: str
    stages: dict[str, str]
    ontology: str
    gazetteer: str
    weights: str | None = None
    read_at: str | None = None


class Layers(Record, frozen=True, kw_only=True):
    """What stages give, one typed tuple per layer, all empty at first."""

    passages: tuple[Passage, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    timexes: tuple[Timex, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    relations: tuple[Relation, ...] = ()
    control: tuple[Control, ...] = ()
    decisions: tuple[Decision, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    participants: tuple[Participant, ...] = ()


def evidence_in(value: object) -> list[Evidence]:
    """Every Evidence inside a record, at any depth, in field order."""
    found: list[Evidence] = []
    _gather(value, found)
    return found


def _gather(value: object, found: list[Evidence]) -> None:
    # every reading that is built or read back comes through here, so it looks at nothing that can hold no evidence
    if isinstance(value, Evidence):
        found.append(value)
    elif isinstance(value, tuple | list):
        for part in value:  # pyright: ignore[reportUnknownVariableType]
            _gather(part, found)
    elif isinstance(value, msgspec.Struct):
        for name in _holding(type(value)):
            _gather(getattr(value, name), found)


@cache
def _holding(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a record that may hold evidence, by their types."""
    hints = get_type_hints(kind)
    return tuple(name for name in kind.__struct_fields__ if _may_hold(hints[name]))


def _may_hold(hint: Any) -> bool:  # noqa: ANN401 - any annotation
    if hasattr(hint, "__value__"):  # a `type` alias; training imports this under Python 3.11, which has none
        return _may_hold(hint.__value__)
    if isinstance(hint, type) and not get_args(hint):
        held = issubclass(hint, msgspec.Struct) and bool(_holding(hint))
        return held or hint is object or issubclass(hint, Evidence)
    return any(_may_hold(part) for part in get_args(hint) if not isinstance(part, str | int))


class Reading(Record, frozen=True, kw_only=True):
    """The record: what one report says, every value with its words.

    Building one checks that every piece of evidence is the report's own text.
    """

    report: Report
    passages: tuple[Passage, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    timexes: tuple[Timex, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    relations: tuple[Relation, ...] = ()
    control: tuple[Control, ...] = ()
    decisions: tuple[Decision, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    participants: tuple[Participant, ...] = ()
    topic: Topic | None = None
    provenance: Provenance | None = None
    failures: tuple[Failure, ...] = ()

    def __post_init__(self) -> None:
        text = self.report.text
        for name in LAYERS:
            for evidence in evidence_in(getattr(self, name)):
                if text[evidence.start : evidence.end] != evidence.quote:
                    raise EvidenceError(
                        f"The layer {name!r} quotes {evidence.quote!r} at [{evidence.start}, {evidence.end}), where "
                        f"the report says {text[evidence.start : evidence.end]!r}.",
                        todo="Take evidence from Page.evidence; a stored record with this error was altered.",
                        start=evidence.start,
                        end=evidence.end,
                        quote=evidence.quote,
                    )
