"""The words of figures, relations, control and decisions: they load, and a wrong file is named with its key."""

from __future__ import annotations

from typing import get_args

import pytest

from sitrep.errors import OntologyError
from sitrep.model import ControlStatus, RelationType, StepKind
from sitrep.ontology.cues import (
    ControlWords,
    DecisionWords,
    FigureWords,
    RelationWords,
    convert_cues,
    load_control_words,
    load_decision_words,
    load_figure_words,
    load_relation_words,
)


def test_the_shipped_files_load():
    assert "kill" in load_figure_words().people_kinds["killed"].object_verbs
    assert "spokesman" in load_relation_words().titles["speaks_for"]
    assert "seize" in load_control_words().verbs["takes"]
    assert "approve" in load_decision_words().verbs["approved"]


def test_no_word_makes_two_kinds_of_casualty():
    kinds = load_figure_words().people_kinds
    for field in ("object_verbs", "states", "nouns"):
        seen: dict[str, str] = {}
        for kind, words in kinds.items():
            for word in getattr(words, field):
                assert seen.setdefault(word, kind) == kind, f"{field}: {word}"


def test_every_relation_has_words_of_its_own():
    words = load_relation_words()
    told = {*words.titles, *words.nouns, *words.verbs, *words.adjectives, *words.compounds, *words.prefixes}
    assert told == set(get_args(RelationType))


@pytest.mark.parametrize(
    ("kind", "source", "key"),
    [
        (FigureWords, b"people_kinds: 3", "people_kinds"),
        (RelationWords, b"titles: {marries: [wife]}", "titles"),
        (ControlWords, b"verbs: {eats: [eat]}", "verbs"),
        (DecisionWords, b"verbs: {dreamt: [dream]}", "verbs"),
    ],
)
def test_a_wrong_file_is_named_with_its_key(kind, source, key):
    with pytest.raises(OntologyError) as caught:
        convert_cues(source, "words.yaml", kind)
    assert caught.value.facts["file"] == "words.yaml"
    assert key in str(caught.value)


def test_statuses_and_steps_of_the_files_are_those_of_the_record():
    assert set(load_control_words().nouns) <= set(get_args(ControlStatus))
    assert set(load_decision_words().verbs) <= set(get_args(StepKind))
