"""The lexicon of attribution: the shipped file is right, a wrong one says where."""

from __future__ import annotations

import pytest

from sitrep.errors import OntologyError
from sitrep.ontology.attribution import load_cues

GOOD = """
verbs:
  - {kind: speech, stance: asserts, prep_stance: unknown, frames: [clause, for], addressee: true, lemmas: tell call}
  - {kind: speech, stance: asserts, frames: [object], only: toll, without: life, lemmas: put}
passives: []
nouns: []
adjectives: []
adverbs: []
phrases:
  - {words: according to, kind: speech, stance: asserts}
speakers: army poll
forms: {telt: tell}
"""


def write(tmp_path, text):
    file = tmp_path / "cues.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_groups_become_a_cue_for_each_lemma(tmp_path):
    cues = load_cues(write(tmp_path, GOOD))
    assert set(cues.verbs) == {"tell", "telt", "call", "put"}
    assert cues.verbs["telt"] is cues.verbs["tell"]
    assert (cues.verbs["call"].frames, cues.verbs["call"].preps) == ({"clause"}, {"for"})
    assert cues.verbs["call"].addressee
    assert cues.verbs["call"].prep_stance == "unknown"
    assert (cues.verbs["put"].only, cues.verbs["put"].without) == ({"toll"}, {"life"})
    assert cues.phrases[("according", "to")].lemma == "according to"
    assert cues.speakers == {"army", "poll"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("stance: asserts, prep", "stance: sings, prep"), "stance"),
        (("lemmas: put", "lemmas: put tell"), "verbs.tell: stands in two groups"),
        (("speakers: army poll\n", ""), "speakers"),
        (("passives: []", "passives: [unclosed"), "line"),
    ],
)
def test_a_wrong_file_says_where(tmp_path, change, said):
    with pytest.raises(OntologyError, match=said):
        load_cues(write(tmp_path, GOOD.replace(*change)))


def test_shipped_file():
    cues = load_cues()
    assert cues.verbs["say"].stance == "asserts"
    assert cues.verbs["deny"].stance == "denies"
    assert cues.verbs["accuse"].stance == "accuses"
    assert cues.verbs["decline"].stance == "declines"
    assert "observatory" in cues.speakers
    words = [lemma for table in (cues.verbs, cues.nouns, cues.adjectives, cues.adverbs) for lemma in table]
    assert all(word == word.lower() and word.isalpha() for word in words)
