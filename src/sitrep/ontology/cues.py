"""The words that signal figures, relations, control and decisions: data files, read and checked."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from sitrep.model.relation import ControlStatus, RelationType, StepKind
from sitrep.model.span import Record
from sitrep.ontology.check import wrong
from sitrep.ontology.source import parse_yaml

ControlCue = Literal["holds", "takes", "loses", "ousts", "confines", "contests", "seats", "stays"]


class CasualtyWords(Record, frozen=True, kw_only=True):
    """How the words of one kind of human figure stand to the people counted; see figure_words.yaml."""

    object_verbs: frozenset[str] = frozenset()
    subject_verbs: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    of_nouns: frozenset[str] = frozenset()


class PeopleWords(Record, frozen=True, kw_only=True):
    """Nouns for people by what they say of their standing."""

    civilian: frozenset[str]
    armed: frozenset[str]
    any: frozenset[str]


class FigureWords(Record, frozen=True, kw_only=True):
    """The words that make figures (`data/figure_words.yaml`)."""

    people_kinds: dict[str, CasualtyWords]
    shot_verbs: frozenset[str]
    casualty_nouns: frozenset[str]
    toll_nouns: frozenset[str]
    life_nouns: frozenset[str]
    life_takers: frozenset[str]
    life_losers: frozenset[str]
    state_verbs: frozenset[str]
    harm_verbs: frozenset[str]
    harm_nouns: frozenset[str]
    inflict_verbs: frozenset[str]
    poisons: frozenset[str]
    hospital_verbs: frozenset[str]
    care_verbs: frozenset[str]
    conditions: frozenset[str]
    real_governors: frozenset[str]
    unreal_nouns: frozenset[str]
    people: PeopleWords
    strength: frozenset[str]
    things: frozenset[str]
    units: dict[str, dict[str, tuple[str, ...]]]
    modifiers: dict[str, tuple[str, ...]]
    modifiers_after: dict[str, tuple[str, ...]]
    transparent: frozenset[str]
    cumulative: tuple[str, ...]
    wars: frozenset[str]
    parts: tuple[str, ...]


def read_cues[T](name: str, kind: type[T]) -> T:
    """A data file of this package as a typed record. Raises OntologyError with file and key where it is wrong."""
    return convert_cues(resources.files("sitrep.ontology").joinpath("data", name).read_bytes(), name, kind)


def convert_cues[T](source: bytes, name: str, kind: type[T]) -> T:
    """YAML as a typed record. Raises OntologyError with file and key where it is wrong."""
    raw = parse_yaml(source, name)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `")
        raise wrong(name, where.rstrip("`").removeprefix("$").lstrip("."), what) from error


@cache
def load_figure_words() -> FigureWords:
    """The shipped words of figures."""
    return read_cues("figure_words.yaml", FigureWords)


class RelationWords(Record, frozen=True, kw_only=True):
    """The words that tell how actors stand to each other (`data/relation_words.yaml`)."""

    titles: dict[RelationType, tuple[str, ...]]
    ended: frozenset[str]
    assistants: frozenset[str]
    accusing: frozenset[str]
    nouns: dict[RelationType, tuple[str, ...]]
    verbs: dict[RelationType, tuple[str, ...]]
    reversed_verbs: dict[RelationType, tuple[str, ...]]
    members: frozenset[str]
    words_only: frozenset[str]
    adjectives: dict[RelationType, tuple[str, ...]]
    compounds: dict[RelationType, tuple[str, ...]]
    reversed_compounds: dict[RelationType, tuple[str, ...]]
    prefixes: dict[RelationType, tuple[str, ...]]
    bodies: frozenset[str]
    ranks: frozenset[str]


@cache
def load_relation_words() -> RelationWords:
    """The shipped words of relations."""
    return read_cues("relation_words.yaml", RelationWords)


class ControlWords(Record, frozen=True, kw_only=True):
    """The words that tell who stands where (`data/control.yaml`)."""

    verbs: dict[ControlCue, tuple[str, ...]]
    nouns: dict[ControlStatus, frozenset[str]]
    helping: frozenset[str]
    control_nouns: frozenset[str]
    gaining: frozenset[str]
    holding: frozenset[str]
    losing: frozenset[str]
    compounds: dict[ControlStatus, frozenset[str]]
    events: dict[str, ControlStatus]
    losses: frozenset[str]
    back_references: frozenset[str]
    lengths: dict[str, float]
    areas: dict[str, float]


@cache
def load_control_words() -> ControlWords:
    """The shipped words of control."""
    return read_cues("control.yaml", ControlWords)


class ConditionWords(Record, frozen=True, kw_only=True):
    """The words of conditions on a decision."""

    requests: frozenset[str]
    marks: frozenset[str]
    only: tuple[str, ...]
    without: frozenset[str]


class DecisionWords(Record, frozen=True, kw_only=True):
    """The words of decision (`data/decisions.yaml`)."""

    verbs: dict[StepKind, tuple[str, ...]]
    nouns: dict[StepKind, frozenset[str]]
    mistaken: frozenset[str]
    carriers: frozenset[str]
    receivers: frozenset[str]
    matters: frozenset[str]
    verbal: frozenset[str]
    conditions: ConditionWords


@cache
def load_decision_words() -> DecisionWords:
    """The shipped words of decision."""
    return read_cues("decisions.yaml", DecisionWords)
