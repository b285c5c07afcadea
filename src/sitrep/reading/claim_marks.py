"""What claims look up on a page besides its parse: quotations, and words that can speak."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.ontology.nouns import Nouns
from sitrep.reading.parse import Parse
from sitrep.reading.quotes import Quote

# a stretch of tokens [start, end)
Stretch = tuple[int, int]
DUMB_NAMES = frozenset({"PRODUCT", "EVENT"})
DUMB_PRONOUNS = frozenset({"this", "these", "there", "what", "something", "nothing", "everything", "anything"})


class Marks(NamedTuple):
    """What claims look up on a page besides its parse.

    quotes: its quotations. at: per token, the index of the quotation that holds it, or -1. voices: per
    token, whether it can name somebody who speaks.
    """

    quotes: list[Quote]
    at: list[int]
    voices: list[bool]


class Words(NamedTuple):
    """Tokens [start, end) with their head. antecedent: what a relative pronoun stands for.

    tail: the source of a closing inquit, which all of the sentence before it is attributed to.
    """

    start: int
    end: int
    head: int
    antecedent: tuple[int, int, int] | None = None
    tail: bool = False


def find_voices(parse: Parse, speakers: frozenset[str], nouns: Nouns) -> list[bool]:
    """Per token, whether it can name somebody, or some paper, that speaks."""
    pos, lemmas, lowers = parse.pos, parse.lemmas, parse.lowers
    actors = nouns.actors
    found = [False] * len(parse)
    for i, kind in enumerate(pos):
        if kind == "PROPN":
            found[i] = parse.ent_of[i] < 0 or parse.ents[parse.ent_of[i]].label not in DUMB_NAMES
        elif kind == "PRON":
            found[i] = lowers[i] not in DUMB_PRONOUNS
        elif kind == "NOUN":
            lemma = lemmas[i].lower()
            found[i] = lemma in speakers or lemma in actors or nouns.people(lemma)
        elif kind == "VERB":
            # headlines mislead the tagger ("… : monitor")
            found[i] = lowers[i] in speakers and all(parse.deps[k] == "punct" for k in parse.children[i])
        elif kind in ("NUM", "DET"):
            found[i] = True
        elif kind == "ADJ":
            found[i] = lowers[i] in speakers or parse.ent_of[i] >= 0
    return found
