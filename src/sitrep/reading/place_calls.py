"""Names that the words themselves call places: "the village of Hass", "Salah Eddin neighbourhood", "X - a town".

What a report says outright needs neither the gazetteer nor the recogniser to agree, and holds for every other
occurrence of the name in the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.gazetteer.places import UNKNOWN, PlaceGazetteer, Prominence
from sitrep.gazetteer.places_names import fold
from sitrep.model import PlaceKind
from sitrep.reading.parse import Parse
from sitrep.reading.place_context import ARTICLES, PLACE_LABELS, Context
from sitrep.reading.place_words import COMMON, NEVER


@dataclass(slots=True)
class Candidate:
    """A stretch of tokens that may name a place. said: the words call it one. owner: "Syrias", of what follows."""

    start: int
    end: int
    folded: str
    prominence: Prominence
    kind: PlaceKind
    inside: str = ""
    score: float = 0.0
    adjective: bool = False
    said: bool = False
    owner: bool = False


def goes_on(parse: Parse, j: int) -> bool:
    """Whether a name goes on after token j: "Abu" is no place in "Abu al-Duhur air base"."""
    lowers = parse.lowers
    return j < len(lowers) and (lowers[j] in ARTICLES or (lowers[j] == "-" and lowers[j - 1] in ARTICLES))


class PlaceCalls:
    """The names of one report that its words call places."""

    def __init__(
        self,
        parse: Parse,
        context: Context,
        places: PlaceGazetteer,
        actors: ActorGazetteer,
        adjective: Callable[[str], object],
    ) -> None:
        self.parse = parse
        self.context = context
        self.places = places
        self.actors = actors
        self.adjective = adjective
        # by the first word
        self.told: dict[str, list[Candidate]] = {}

    def listen(self, starts: Iterable[int]) -> None:
        """Hear all names that the words call a place."""
        for i in starts:
            named = self.said(i, None)
            if named is not None:
                self.told.setdefault(self.parse.lowers[i], []).append(named)

    def said(self, i: int, named: Candidate | None) -> Candidate | None:
        """The whole name that begins here where an explicit noun calls it a place, known to the gazetteer or not."""
        parse, context = self.parse, self.context
        if i and parse.words[i - 1][0].isupper() and parse.sent_of[i - 1] == parse.sent_of[i]:
            return None
        end = self.cut(i, context.chunk(i))
        if end <= i or (end == i + 1 and parse.lowers[i] in COMMON | NEVER):
            return None
        kind = context.called(i, end)
        if kind is None or self.actors.longest(parse.words, i) is not None:
            return None
        if named is not None and named.end >= end and named.prominence is not UNKNOWN:
            named.said = True
            return named
        folded = fold(parse.slice(i, end))
        return Candidate(i, end, folded, self.places.prominence(folded), kind, said=True)

    def retold(self, i: int) -> Candidate | None:
        """A name here that the words call a place elsewhere in the report, and that the gazetteer does not know."""
        parse = self.parse
        for told in self.told.get(parse.lowers[i], ()):
            end = i + told.end - told.start
            if told.start == i or told.prominence is not UNKNOWN or end > len(parse):
                continue
            if parse.lowers[i:end] == parse.lowers[told.start : told.end] and self.context.chunk(i) == end:
                return Candidate(i, end, told.folded, UNKNOWN, told.kind, said=True)
        return None

    def whole(self, i: int, named: Candidate | None) -> Candidate | None:
        """A known name, but not the beginning of a longer one: neither Khan in "Khan al-Assal" nor Bashar al-Assad."""
        parse = self.parse
        if named is None or named.adjective or not goes_on(parse, named.end) or not self.followed(named.end):
            return named
        end = self.context.chunk(i)
        if self.context.label(i, end)[0] in PLACE_LABELS:
            return Candidate(i, end, fold(parse.slice(i, end)), UNKNOWN, "settlement")
        return None

    def followed(self, j: int) -> bool:
        """Whether an article at token j is joined to a capitalised word: "al-Assal"."""
        parse = self.parse
        return j + 2 < len(parse) and parse.words[j + 1] == "-" and parse.words[j + 2][0].isupper()

    def cut(self, i: int, end: int) -> int:
        """Where a run of names that lost its commas ends its first: before the next known place, people or actor."""
        parse = self.parse
        for k in range(i + 1, end):
            if (
                parse.lowers[k] in ARTICLES
                or not parse.words[k][0].isupper()
                or parse.lowers[k - 1] in ARTICLES | {"-"}
            ):
                continue
            rest = fold(parse.slice(k, end))
            if (
                self.adjective(parse.words[k])
                or self.actors.longest(parse.words, k) is not None
                or self.places.has_folded(rest)
            ):
                return k
        return end
