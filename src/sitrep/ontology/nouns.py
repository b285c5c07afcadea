"""Head nouns: which nouns name actors, weapons, vehicles and facilities (`data/nouns.yaml`)."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import msgspec
import yaml

from sitrep.errors import OntologyError
from sitrep.model.span import Record

# nouns of people by their ending ("divers", "instructors"), and those that end so without being people
PEOPLE_ENDING = re.compile(r".{2,}(?:er|or|ist|ian|eer|man|woman|crat|smith)$")
NO_PEOPLE = frozenset(
    "border water power corridor order river paper tower sector weather summer winter number center computer "
    "letter matter "
    "chapter quarter shelter layer fire after paper cover dinner danger tender hunger murder disaster december "
    "september "
    "october november motor reactor tractor floor door error terror horror factor vector color honor labor harbor "
    "humor rumor "
    "vapor mirror server printer router container counter corner crater transfer offer wonder trigger barrier "
    "career figure "
    "finger shoulder timber rubber silver copper powder gender anger answer archer master minor major prior poster "
    "character "
    "register surrender encounter disorder chamber gunpowder helicopter chopper cluster corner ladder ladder laser "
    "launcher "
    "freighter trawler trailer tanker bulldozer carrier cruiser destroyer fighter bomber boiler monitor indicator "
    "sensor favor favour "
    "behavior behaviour rigor tumor armor armour visor meter kilometer centimeter liter acre theater theatre "
    "plaster".split()
)


class Nouns(Record, frozen=True, kw_only=True):
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

    def people(self, lemma: str) -> bool:
        """Whether a noun outside the lexicon looks like one of people."""
        return lemma not in NO_PEOPLE and PEOPLE_ENDING.match(lemma) is not None

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
