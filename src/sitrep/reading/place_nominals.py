"""Bare nouns that stand for a place named elsewhere: "the town", "the war-torn country", "the Syrian capital"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.gazetteer.places import PlaceGazetteer
from sitrep.model import PlaceKind
from sitrep.reading.parse import Parse

# which kinds of place a noun may stand for
STANDS_FOR: dict[str, tuple[PlaceKind, ...]] = {
    **dict.fromkeys(("town", "village", "city"), ("settlement",)),
    **dict.fromkeys(("neighbourhood", "neighborhood", "enclave", "quarter"), ("area",)),
    **dict.fromkeys(("province", "governorate"), ("admin1",)),
    "camp": ("facility", "settlement"), "suburb": ("area", "settlement"), "district": ("area", "admin2"),
    "country": ("country",), "capital": ("settlement",),
}  # fmt: skip
SMALL = frozenset({"town", "village"})
# people from which nobody calls a place a town
BIG = 300_000
DEFINITE = frozenset({"the", "this", "that"})
# what says by itself which town or village is meant: no other one
OWN = frozenset({"prep", "appos", "acl", "compound", "nmod", "poss", "nummod"})
# what a noun may stand for was named no farther back than this (sentences)
REACH = 8


class Named(NamedTuple):
    """A place that a name at a token means: its key, kind and country. big: too big for a town or village."""

    token: int
    key: object
    kind: PlaceKind
    country: str
    big: bool = False


def is_place_noun(parse: Parse, i: int) -> bool:
    """Whether a definite noun stands for a place that is named elsewhere."""
    if parse.lemmas[i] not in STANDS_FOR or parse.pos[i] != "NOUN" or parse.tags[i] != "NN":
        return False
    kids = {parse.deps[kid] for kid in parse.children[i]}
    if parse.lemmas[i] == "capital":
        # "the provincial capital", "the financial capital" are others
        plain = all(parse.words[kid][0].isupper() for kid in parse.kids(i, "amod", "compound", "nmod"))
        return plain and (bool(owners(parse, i)) or _definite(parse, i)) and "appos" not in kids
    return _definite(parse, i) and not kids & OWN and (parse.lemmas[i] == "country" or "relcl" not in kids)


def _definite(parse: Parse, i: int) -> bool:
    return any(parse.lowers[kid] in DEFINITE for kid in parse.kids(i, "det"))


def owners(parse: Parse, i: int) -> list[int]:
    """Capitalised words that say whose capital is meant."""
    return [kid for kid in parse.kids(i, "amod", "compound", "nmod", "poss") if parse.words[kid][0].isupper()]


class Nominals:
    """Finds what the bare nouns of one report stand for, in text order."""

    def __init__(self, parse: Parse, named: Iterable[Named], places: PlaceGazetteer, actors: ActorGazetteer) -> None:
        self.parse = parse
        self.named = sorted(named, key=lambda one: one.token)
        self.places = places
        self.actors = actors

    def stands_for(self, i: int) -> object | None:
        """The key of the named place that the noun at token i stands for; a country's capital as its ISO code."""
        lemma = self.parse.lemmas[i]
        if lemma == "capital":
            return self._capital(i)
        if lemma == "country":
            return self._country()
        kinds = STANDS_FOR[lemma]
        sentence = self.parse.sent_of[i]
        for one in reversed(self.named):
            if one.big and lemma in SMALL:
                continue
            if one.token < i and one.kind in kinds and sentence - self.parse.sent_of[one.token] <= REACH:
                return one.key
        return None

    def _country(self) -> object | None:
        """The country that the report names most."""
        counts: dict[object, int] = {}
        for one in self.named:
            if one.kind == "country":
                counts[one.key] = counts.get(one.key, 0) + 1
        return max(counts, key=lambda key: counts[key]) if counts else None

    def _capital(self, i: int) -> Capital | None:
        """The capital of the country that the words say, else of the one that most places of the report lie in."""
        for token in owners(self.parse, i):
            word = self.parse.words[token]
            iso = self.actors.demonym(word) or self.actors.state(word) or self.actors.state(word.removesuffix("s"))
            if iso:
                return Capital(iso)
        if owners(self.parse, i):
            return None
        counts: dict[str, int] = {}
        for one in self.named:
            if one.country:
                counts[one.country] = counts.get(one.country, 0) + 1
        return Capital(max(counts, key=lambda iso: (counts[iso], iso))) if counts else None


class Capital(NamedTuple):
    """The capital of a country."""

    country: str
