"""Which words a role or a trigger's condition accepts."""

from __future__ import annotations

from sitrep.model import Actor
from sitrep.ontology.nouns import Nouns
from sitrep.reading.page import Page

ARMED = frozenset({"military", "police", "armed_group", "militia"})
NO_PLANE = frozenset({"suicide", "car", "truck", "would-be", "marathon"})
PEOPLE = frozenset({"person", "civilians", "ethnic_group"})


class Fillers:
    """Answers, for one page, what a token is: an actor, a place, a weapon, a lemma."""

    def __init__(self, page: Page, nouns: Nouns, classes: dict[str, frozenset[str]]) -> None:
        self.page = page
        self.parse = page.parse
        self.nouns = nouns
        self.classes = classes
        self.known: dict[tuple[int, tuple[str, ...]], bool] = {}

    def actor(self, i: int) -> Actor | None:
        """The actor that a token names, looking through "dozens of fighters" to the fighters."""
        return self.page.actor_at(self.through(i))

    def through(self, i: int) -> int:
        """The token that carries the meaning: "fighters" for "dozens of fighters", "reporters" for "two of "
        "the reporters".
        """
        if self.page.mention_headed.get(i) is not None and self.parse.lemmas[i].lower() not in self.nouns.transparent:
            return i
        if self.parse.lemmas[i].lower() in self.nouns.transparent or self.parse.pos[i] in ("NUM", "DET", "PRON"):
            inner = self.inside(i)
            if inner is not None and inner in self.page.mention_headed:
                return inner
        return i

    def inside(self, i: int) -> int | None:
        """The noun inside an "of" phrase of a counting noun."""
        for prep in self.parse.kids(i, "prep"):
            if self.parse.lowers[prep] == "of":
                return next(iter(self.parse.kids(prep, "pobj")), None)
        return None

    def kind(self, i: int) -> str | None:
        """The kind of the mention that a token heads."""
        mention = self.page.mention_headed.get(i)
        return mention.kind if mention else None

    def matches(self, i: int, wanted: tuple[str, ...]) -> bool:
        """Whether a token is one of the lemmas or @classes asked for."""
        key = (i, wanted)
        if key not in self.known:
            self.known[key] = self._matches(i, wanted)
        return self.known[key]

    def _matches(self, i: int, wanted: tuple[str, ...]) -> bool:
        lemma = self.parse.lemmas[i].lower()
        for want in wanted:
            if want[0] != "@":
                if want in (lemma, self.parse.lowers[i]) or (
                    " " in want and want.endswith(lemma) and want in self.phrases(i)
                ):
                    return True
            elif self._is(i, lemma, want):
                return True
        inner = self.inside(i) if lemma in self.nouns.transparent else None
        return inner is not None and self.matches(inner, wanted)

    def phrases(self, i: int) -> tuple[str, str]:
        """The two and three words that end in a token, as lemmas."""
        lemmas, low = self.parse.lemmas, self.parse.sentence(i)[0]
        two = " ".join(lemmas[max(low, i - 1) : i + 1]).lower()
        return two, " ".join(lemmas[max(low, i - 2) : i + 1]).lower()

    def _is(self, i: int, lemma: str, wanted: str) -> bool:
        kind = self.kind(i)
        words = self.classes.get(wanted)
        if words and (lemma in words or self.parse.lowers[i] in words or not words.isdisjoint(self.phrases(i))):
            # a suicide bomber is no bomber
            return not (
                lemma == "bomber"
                and any(self.parse.lowers[k] in NO_PLANE for k in self.parse.kids(i, "compound", "amod"))
            )
        actor = self.actor(i)
        match wanted:
            case "@actor":
                return actor is not None or kind in ("person", "group", "organisation")
            case "@armed":
                return (actor is not None and actor.kind in ARMED) or lemma in self.nouns.aircraft
            case "@state":
                return actor is not None and actor.kind in ("state", "government", "military")
            case "@civilian":
                return actor is not None and actor.kind in ("civilians", "ethnic_group", "media", "ngo")
            case "@person":
                return kind in ("person", "pronoun") or (actor is not None and actor.kind in PEOPLE)
            case "@place":
                return kind == "place" or self.page.place_at(i) is not None
            case "@facility":
                return kind == "facility" or lemma in self.nouns.facilities
            case "@weapon":
                return kind == "weapon" or lemma in self.nouns.weapons
            case "@vehicle":
                return kind == "vehicle" or lemma in self.nouns.vehicles
            case "@number":
                return self.parse.pos[i] == "NUM" or any(self.parse.pos[k] == "NUM" for k in self.parse.children[i])
            case "@money":
                return lemma in ("dollar", "euro", "pound", "million", "billion", "fund", "money", "$", "€", "£")
            case _:
                return False
