"""Cues: the words by which a report attributes a statement to somebody, read from `data/cues.yaml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from sitrep.model.claim import Stance
from sitrep.model.span import Record
from sitrep.ontology.check import wrong
from sitrep.ontology.source import parse_yaml

FILE = Path(__file__).parent / "data" / "cues.yaml"

CueKind = Literal["speech", "writing", "thought", "knowledge", "attitude", "evidence", "appearance"]
# frames that are not prepositions
FRAMES = frozenset({"clause", "quote", "object", "predicate", "infinitive"})


class CueGroup(Record, frozen=True, kw_only=True):
    """Lemmas that are cues in the same frames.

    lemmas: separated by spaces, as the file writes them. prep_stance: the stance where a preposition brings
    the content, if it is another ("called the raid a crime", "called for a truce"). only: the object must be
    one of these lemmas ("put the toll at nine"). without: it must not ("claimed the lives of nine").
    """

    lemmas: str
    kind: CueKind
    stance: Stance
    frames: tuple[str, ...] = ()
    addressee: bool = False
    prep_stance: Stance | None = None
    only: str = ""
    without: str = ""


class CuePhrase(Record, frozen=True, kw_only=True):
    """Fixed words that stand before a source."""

    words: str
    kind: CueKind
    stance: Stance


class CueFile(Record, frozen=True, kw_only=True):
    """The file as it is written."""

    verbs: tuple[CueGroup, ...]
    passives: tuple[CueGroup, ...]
    nouns: tuple[CueGroup, ...]
    adjectives: tuple[CueGroup, ...]
    adverbs: tuple[CueGroup, ...]
    phrases: tuple[CuePhrase, ...]
    speakers: str
    forms: dict[str, str]


class Cue(Record, frozen=True, kw_only=True):
    """How one lemma is a cue. preps: the prepositions whose complement is the content.

    addressee: its object is who is spoken to. only, without: lemmas that its object must or must not be.
    """

    lemma: str
    kind: CueKind
    stance: Stance
    frames: frozenset[str]
    preps: frozenset[str]
    addressee: bool = False
    prep_stance: Stance | None = None
    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


class Cues(Record, frozen=True, kw_only=True):
    """The lexicon of attribution. phrases: cue by its words in lower case. speakers: nouns that can be a source."""

    verbs: dict[str, Cue]
    passives: dict[str, Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    adverbs: dict[str, Cue]
    phrases: dict[tuple[str, ...], Cue]
    speakers: frozenset[str]


@lru_cache(maxsize=2)
def load_cues(file: Path = FILE) -> Cues:
    """The lexicon of a file, or the shipped one. Raises OntologyError with file and key where it is wrong."""
    try:
        written = msgspec.convert(parse_yaml(file.read_bytes(), file.name), CueFile)
    except msgspec.ValidationError as error:
        raise wrong(file.name, "", str(error)) from error
    forms: dict[str, list[str]] = {}
    for form, lemma in written.forms.items():
        forms.setdefault(lemma, []).append(form)
    return Cues(
        verbs=_table(written.verbs, "verbs", file.name, forms),
        passives=_table(written.passives, "passives", file.name, forms),
        nouns=_table(written.nouns, "nouns", file.name, {}),
        adjectives=_table(written.adjectives, "adjectives", file.name, {}),
        adverbs=_table(written.adverbs, "adverbs", file.name, {}),
        phrases={
            tuple(phrase.words.split()): Cue(
                lemma=phrase.words,
                kind=phrase.kind,
                stance=phrase.stance,
                frames=frozenset(),
                preps=frozenset(),
            )
            for phrase in written.phrases
        },
        speakers=frozenset(written.speakers.split()),
    )


def _table(groups: tuple[CueGroup, ...], key: str, file: str, forms: dict[str, list[str]]) -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for group in groups:
        frames = frozenset(group.frames)
        for lemma in group.lemmas.split():
            if lemma in found:
                raise wrong(file, f"{key}.{lemma}", "stands in two groups")
            cue = Cue(
                lemma=lemma,
                kind=group.kind,
                stance=group.stance,
                frames=frames & FRAMES,
                preps=frames - FRAMES,
                addressee=group.addressee,
                prep_stance=group.prep_stance,
                only=frozenset(group.only.split()),
                without=frozenset(group.without.split()),
            )
            for form in (lemma, *forms.get(lemma, [])):
                found[form] = cue
    return found
