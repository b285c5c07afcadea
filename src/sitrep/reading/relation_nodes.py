"""From words to the actors and places they name, for relations, control and decisions."""

from __future__ import annotations

import re
from typing import NamedTuple

from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.model import Actor, Evidence, Place, RelationType
from sitrep.ontology.factuality import FactualityWords
from sitrep.reading.factuality import judge
from sitrep.reading.frames import RELATIVE, noun_frame, verb_frame, with_conjuncts
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.triggers import Hit

WORD = re.compile(r"\w+")
FOLD = re.compile(r"[.\s'’-]+")
# nouns that only point at the actor or place after "of"
POINTS_AT_ACTOR = frozenset(
    {
        "group", "member", "number", "majority", "most", "some", "part", "remnant", "one", "faction", "leadership",
        "side", "force", "element", "unit", "fighter", "ally", "government", "state", "army", "people", "authority",
        "dozen", "hundred", "thousand",
    }
)  # fmt: skip
POINTS_AT_PLACE = frozenset(
    {
        "city", "town", "village", "province", "district", "area", "region", "neighborhood", "neighbourhood",
        "suburb", "port", "capital", "outskirt", "part", "swath", "swathe", "center", "centre", "governorate",
        "north", "south", "east", "west", "most", "all", "half", "third", "quarter", "rest", "much", "some", "edge",
        "side", "heart", "control", "whole", "portion", "majority", "percent", "%", "stretch", "pocket", "enclave",
        "countryside", "hub", "territory", "stronghold", "bastion", "section", "bit", "street", "radius",
        "remainder", "chunk", "mile", "kilometer", "kilometre", "km", "entirety", "island", "municipality", "state",
        "county", "oblast", "camp", "valley", "gate",
    }
)  # fmt: skip


SET_APART = frozenset({"rival", "another", "competing", "opposing", "parallel"})
# a length or share "in" a place is of that place; a town "in" a country is not that country
MEASURED = frozenset(
    {"radius", "stretch", "mile", "kilometer", "kilometre", "km", "pocket", "percent", "%", "third", "half"}
)
DIVISIONS = frozenset({"province", "governorate", "region", "state", "oblast", "county"})
BROAD = frozenset({"country", "admin1"})


class Found(NamedTuple):
    """A relation between two nodes, each with its token, and the token of the word that says so."""

    type: RelationType
    subject: Actor | Place
    subject_at: int
    object: Actor | Place
    object_at: int
    cue: int
    score: float


class Nodes:
    """Who or what the words of one page name."""

    def __init__(self, page: Page, gazetteer: ActorGazetteer | None = None) -> None:
        self.page = page
        self._gazetteer = gazetteer
        self.parse = page.parse
        self._names: dict[str, Actor] | None = None

    def actor(self, i: int, depth: int = 3) -> Actor | None:
        """The actor that a noun phrase names by its head."""
        page, parse = self.page, self.parse
        found = page.actor_at(i)
        if found and self._another(i):
            return self._other_one(i, found)
        if found or depth == 0:
            return found
        mention = page.mention_at[i]
        if mention and mention.form == "name":
            found = page.actor_of.get(mention.id)
            if found:
                return found
        if parse.lowers[i] in RELATIVE:
            above = self.antecedent(i)
            return self.actor(above, depth - 1) if above is not None else None
        if parse.lemmas[i] in POINTS_AT_ACTOR or parse.pos[i] in {"NUM", "DET"}:
            for prep in parse.kids(i, "prep"):
                if parse.lowers[prep] == "of":
                    for inner in parse.kids(prep, "pobj"):
                        found = self.actor(inner, depth - 1)
                        if found:
                            return found
        return None

    def _another(self, i: int) -> bool:
        """Whether a noun phrase sets its bearer apart from one told of before: "the |rival| government"."""
        parse = self.parse
        return any(parse.lowers[k] in SET_APART for k in parse.kids(i, "amod", "det"))

    def _other_one(self, i: int, found: Actor) -> Actor | None:
        """Whom "the rival government" means where the report tells of "another government", else its own bearer."""
        lemma = self.parse.lemmas[i].lower()
        others = [
            actor
            for actor in self.page.layers.actors
            if actor.id != found.id and SET_APART & (words := set(WORD.findall(actor.name.lower()))) and lemma in words
        ]
        if others:
            return others[-1]
        # coreference that took one of two rivals for the other
        return None if found.link else found

    def place(self, i: int, depth: int = 3) -> Place | None:
        """The place that a noun phrase names by its head, its "of" phrase or its owner."""
        page, parse = self.page, self.parse
        found = page.place_at(i)
        if found or depth == 0:
            return found
        mention = page.mention_at[i]
        if mention and mention.form == "name":
            found = page.place_of.get(mention.id)
            if found:
                return found
        if parse.lowers[i] in RELATIVE:
            above = self.antecedent(i)
            return self.place(above, depth - 1) if above is not None else None
        if parse.lemmas[i].lower() in POINTS_AT_PLACE or parse.pos[i] in {"NUM", "DET"}:
            measured = parse.lemmas[i] in MEASURED
            for prep in parse.kids(i, "prep"):
                if parse.lowers[prep] == "of" or (measured and parse.lowers[prep] in {"in", "around"}):
                    for inner in parse.kids(prep, "pobj"):
                        found = self.place(inner, depth - 1)
                        if found:
                            return found
            for kid in parse.kids(i, "poss", "appos", "compound", "nmod"):
                found = self.place(kid, depth - 1)
                # "a Syria town" is not Syria, "Idlib province" is the province
                division = found is not None and found.kind == "admin1" and parse.lemmas[i].lower() in DIVISIONS
                if found and (found.kind not in BROAD or division):
                    return found
        return None

    def country(self, i: int) -> Place | None:
        """The country whose name is a word."""
        place = self.page.place_at(i)
        return place if place and place.kind == "country" else None

    def antecedent(self, i: int) -> int | None:
        """What a relative pronoun stands for."""
        parse = self.parse
        for node in parse.ancestors(i):
            if parse.deps[node] in {"relcl", "acl"}:
                return parse.heads[node]
        return None

    def actors(self, tokens: list[int], *, alone: bool = False) -> list[tuple[int, Actor]]:
        """The actors that tokens and, unless alone, their coordinations name, with the token of each."""
        found: list[tuple[int, Actor]] = []
        for token in tokens if alone else with_conjuncts(self.parse, tokens):
            actor = self.actor(token)
            if actor:
                found.append((token, actor))
        return found

    def party(self, i: int) -> Actor | Place | None:
        """The actor that a word names, or the country that it names where no actor stands for it."""
        found = self.actor(i)
        if found:
            return found
        place = self.page.place_at(i)
        return place if place and place.kind == "country" else None

    def parties(self, tokens: list[int], *, alone: bool = False) -> list[tuple[int, Actor | Place]]:
        """The actors and countries that tokens and, unless alone, their coordinations name; "no party" names none."""
        found: list[tuple[int, Actor | Place]] = []
        for token in tokens if alone else with_conjuncts(self.parse, tokens):
            party = self.party(token)
            if party and not any(self.parse.lowers[k] == "no" for k in self.parse.kids(token, "det")):
                found.append((token, party))
        return found

    def places(self, tokens: list[int]) -> list[tuple[int, Place]]:
        """The places that tokens and their coordinations name, with the token of each."""
        found: list[tuple[int, Place]] = []
        for token in with_conjuncts(self.parse, tokens):
            place = self.place(token)
            if place:
                found.append((token, place))
        return found

    def named(self, words: str) -> Actor | None:
        """The actor of the page that a bare name or adjective means ("U.N." in "U.N.-backed")."""
        if self._names is None:
            self._names = {}
            for actor in self.page.layers.actors:
                for name in (*actor.aliases, actor.name, *(actor.countries if actor.kind == "state" else ())):
                    self._names.setdefault(fold(name), actor)
        found: Actor | None = self._names.get(fold(words))
        if found is None and self._gazetteer and words[:1].isupper():
            code = self._gazetteer.demonym(words) or self._gazetteer.state(words)
            found = self._names.get(fold(code)) if code else None
        return found

    def body_at(self, i: int, before: int | None = None) -> tuple[Actor, int] | None:
        """The actor beside a title, with its token: "Pentagon" in "Pentagon spokesman"."""
        parse = self.parse
        for kid in sorted(parse.kids(i, "poss", "compound", "nmod", "amod"), reverse=True):
            if kid < (i if before is None else before):
                found = self.actor(kid) or self.named(parse.words[kid])
                if found and found.kind != "person":
                    return found, kid
                inner = self.body_at(kid) if parse.deps[kid] in {"compound", "nmod"} else None
                if inner:
                    return inner
        return None


def fold(words: str) -> str:
    """A name without dots, spaces and case: "U.N." and "UN" are the same."""
    return FOLD.sub("", words.removeprefix("the ").removeprefix("The ")).casefold()


NEGATIONS = frozenset({"not", "n't", "n’t", "never", "longer", "no"})
REAL = frozenset({"occurred", "ongoing"})


def stands(
    page: Page, i: int, factuality: FactualityWords, ended: frozenset[str] = frozenset(), *, wanted: bool = False
) -> bool:
    """Whether the clause of a verb or noun says that it is so: not denied, wished for, feared or over.

    wanted: what is only meant or planned stands too.
    """
    parse = page.parse
    for k in parse.children[i]:
        if parse.lowers[k] in NEGATIONS and parse.deps[k] in {"neg", "advmod", "det"}:
            return False
        if parse.lowers[k] in ended:
            return False
    if _told_of_and_denied(parse, i):
        return False
    verbal = parse.pos[i] in {"VERB", "AUX"}
    hit = Hit(i, "", verb_frame(parse, i) if verbal else noun_frame(parse, i), 1.0, noun=not verbal, last=i)
    verdict = judge(page, hit, factuality, [])
    if verdict.factuality in REAL:
        return True
    return wanted and verdict.reason is not None and verdict.reason.kind in {"purpose", "plan"}


TELLINGS = frozenset({"report", "claim", "allegation", "accusation", "suggestion", "rumour", "rumor", "charge", "idea"})
DENYING = frozenset({"deny", "reject", "dismiss", "refute", "dispute", "rebuff", "contradict", "rubbish", "debunk"})


def _told_of_and_denied(parse: Parse, i: int) -> bool:
    """Whether a clause is what reports say that somebody rejects ("dismissed reports that it was arming them")."""
    noun = parse.heads[i]
    if parse.deps[i] not in {"acl", "relcl", "ccomp"} or parse.lemmas[noun] not in TELLINGS:
        return False
    return parse.lemmas[parse.heads[noun]] in DENYING


# longer evidence than this many tokens is given in parts
LONGEST_EVIDENCE = 24


def clause_words(page: Page, tokens: list[int]) -> list[Evidence]:
    """The words from the first of some tokens to the last, or the tokens' phrases where they stand far apart."""
    parse = page.parse
    tokens = sorted(set(tokens))
    first, last = mention_start(page, tokens[0]), tokens[-1] + 1
    if last - first <= LONGEST_EVIDENCE and parse.sent_of[tokens[0]] == parse.sent_of[tokens[-1]]:
        return [page.words(first, last)]
    return [page.words(mention_start(page, token), token + 1) for token in tokens]


def mention_start(page: Page, token: int) -> int:
    """The first token of the mention that a token heads."""
    mention = page.mention_headed.get(token)
    if mention is None:
        return token
    start, _ = page.parse.tokens_in(mention.evidence[0].start, mention.evidence[0].end)
    return min(start, token)
