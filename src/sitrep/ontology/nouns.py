"""Head nouns: which nouns name actors, weapons, vehicles and facilities (`data/nouns.yaml`)."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec
import yaml

from sitrep.errors import OntologyError
from sitrep.model.span import Record


class Nouns(Record, kw_only=True):
    """Noun lemma (one or several words, joined by spaces) to what it names.

    actors: to a kind of actor, with two kinds of its own: "force" (armed or not, context decides) and
    "protesters". transparent: nouns that only count what an "of" phrase names.
    """

    actors: dict[str, str]
    weapons: frozenset[str]
    vehicles: frozenset[str]
    facilities: frozenset[str]
    transparent: frozenset[str]
    aircraft: frozenset[str]

    def phrase(self, words: dict[str, str] | frozenset[str], lemmas: list[str], first: int, head: int) -> str | None:
        """The longest phrase of the lexicon that ends at the head, not reaching before `first`."""
        for start in range(max(first, head - 2), head + 1):
            phrase = " ".join(lemmas[start : head + 1])
            if phrase in words:
                return phrase
        return None


@cache
def load_nouns() -> Nouns:
    """The shipped lexicon of head nouns. Raises OntologyError where the file is wrong."""
    name = "nouns.yaml"
    raw = yaml.load(resources.files("sitrep.ontology").joinpath("data", name).read_bytes(), Loader=yaml.CSafeLoader)
    try:
        actors = {word: kind for kind, words in raw.pop("actors").items() for word in reversed(words)}
        return msgspec.convert({**raw, "actors": actors}, Nouns)
    except (KeyError, AttributeError, msgspec.ValidationError) as error:
        raise OntologyError(f"Reading {name}: {error}.", todo="Correct the file.", file=name, key=str(error)) from error
