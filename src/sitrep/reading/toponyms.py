"""Where a report names places: gazetteer, named entities and the words around weighed against each other.

A gazetteer of a million names holds most surnames and half the dictionary, and an entity recogniser
trained on other news takes towns for people; neither is enough alone. Every capitalised stretch that
the gazetteer knows, or the recogniser calls a place, gets points from both and from its context, and
names that are certain once lift their other occurrences.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.gazetteer.places import UNKNOWN, PlaceGazetteer
from sitrep.gazetteer.places_names import fold
from sitrep.model import MentionForm, PlaceKind
from sitrep.reading.parse import Parse
from sitrep.reading.place_calls import Candidate, PlaceCalls, goes_on
from sitrep.reading.place_context import ARTICLES, PLACE_LABELS, Context
from sitrep.reading.place_facilities import Facility, find_facilities
from sitrep.reading.place_learned import belief, with_proposed
from sitrep.reading.place_words import NATURAL_LAST, NOT_AFTER, OF_WORDS, words

if TYPE_CHECKING:
    from sitrep.reading.learned.reader import Learned

LONGEST = 6
INNER = words("of de del da do la le el al as ash ad an ar at az du des van von der the and - ' ’ sur en")
DEMONYM_ENDINGS = ("an", "ans", "ese", "ish", "i", "is", "er", "ers")
MODIFIERS = words("compound amod nmod")
# countries with towns of every name: only their states narrow anything down
VAST = frozenset({"USA"})
SAINTS = words("st ft mt ste st. ft. mt.")
COMPASS = words("north south east west northern southern eastern western central")
# points at which a name counts as a place, standing free or inside another name; and as certain
ENOUGH = 2.0
ENOUGH_INSIDE = 2.0
CERTAIN = 4.0
# points of prominence of a place whose name without its apostrophe is still known, and letters of the shortest
FAMOUS, OWNER_LENGTH = 2.4, 6
# points of a name that the words call a place outright
SAID = 3.0


class Toponym(NamedTuple):
    """A place name on tokens [start, end).

    kind: what kind of place the name or its context speaks of. form: name, or adjective ("Libyan").
    inside: label of the larger name that holds it ("ORG" for Ohio in "Ohio State University"), "" where it
    stands free. score: points of evidence.
    """

    start: int
    end: int
    kind: PlaceKind
    form: MentionForm
    inside: str
    score: float


def find_toponyms(
    parse: Parse,
    places: PlaceGazetteer,
    actors: ActorGazetteer,
    learned: Learned | None = None,
    *,
    inside: bool = False,
) -> list[Toponym]:
    """The place names of a report in text order.

    learned: what the trained reader takes for places. inside: also those within names of institutions and facilities; a
    facility's name then overlaps the place in it.
    """
    finder = Finder(parse, places, actors, learned)
    found = finder.find()
    return found if inside else [toponym for toponym in found if not toponym.inside]


class Finder:
    """Finds the place names of one report."""

    def __init__(
        self, parse: Parse, places: PlaceGazetteer, actors: ActorGazetteer, learned: Learned | None = None
    ) -> None:
        self.learned = learned
        self.parse = parse
        self.places = places
        self.actors = actors
        self.context = Context(parse)
        self.ways: dict[int, Facility] = {}
        self.held: dict[int, str] = {}
        self.adjectives: dict[str, tuple[str, PlaceKind] | None] = {}
        # where what an owner without apostrophe owns begins
        self.owned: set[int] = set()
        self.calls = PlaceCalls(parse, self.context, places, actors, self.belongs)

    def find(self) -> list[Toponym]:
        """All place names, in text order."""
        facilities = find_facilities(self.parse)
        self.ways = {facility.start: facility for facility in facilities if facility.way}
        self.held = {i: "FAC" for facility in facilities for i in range(facility.start, facility.end)}
        found = self.candidates()
        if self.learned is not None:
            found = with_proposed(self.parse, self.learned, self.places, found, set(self.held))
        self.containers(found)
        for candidate in found:
            self.weigh(candidate)
            if self.learned is not None and not candidate.adjective:
                candidate.score += belief(self.parse, self.learned, candidate)
        self.coherence(found)
        self.neighbours(found)
        certain = {
            candidate.folded for candidate in found
            if candidate.score >= CERTAIN and not candidate.inside and not candidate.adjective
        }  # fmt: skip
        for candidate in found:
            if candidate.folded in certain and candidate.score < CERTAIN:
                candidate.score += 2.0
        toponyms = [
            Toponym(
                candidate.start, candidate.end, candidate.kind, "adjective" if candidate.adjective else "name",
                candidate.inside, round(candidate.score, 2),
            )
            for candidate in found
            if candidate.score >= (ENOUGH_INSIDE if candidate.inside else ENOUGH)
        ]  # fmt: skip
        toponyms += [Toponym(facility.start, facility.end, "facility", "name", "", CERTAIN) for facility in facilities]
        return sorted(toponyms)

    def candidates(self) -> list[Candidate]:
        """Stretches that the gazetteer knows or the recogniser calls a place, without overlap, in text order."""
        parse = self.parse
        tokens, lowers, count = parse.words, parse.lowers, len(parse)
        self.calls.listen(i for i in range(count) if tokens[i][0].isupper() or self.opens_with_article(i))
        found: list[Candidate] = []
        i = 0
        while i < count:
            if i in self.ways:
                i = self.ways[i].end
                continue
            if not tokens[i][0].isupper() and not self.opens_with_article(i):
                i += 1
                continue
            if lowers[i] == "the":
                i += 1
                continue
            stop = parse.sents[parse.sent_of[i]][1]
            named = self.known(i, stop)
            if named is not None and self.part_of_country(named):
                i += 1
                continue
            adjective = self.adjective(i)
            if named is None or (adjective is not None and adjective.end >= named.end):
                named = adjective or self.called(i)
            if adjective is None and (named is None or named.prominence is UNKNOWN):
                named = self.owner(i) or named
            if adjective is None:
                named = self.calls.said(i, named) or self.calls.retold(i) or self.calls.whole(i, named)
            if named is None:
                i += 1
                continue
            self.widen(named, stop)
            found.append(named)
            i = named.end
        return found

    def widen(self, candidate: Candidate, stop: int) -> None:
        """Take in the feature's word: "Flint" becomes "Flint Hills"; leave out "City of" before a name."""
        parse = self.parse
        i, j = candidate.start, candidate.end
        if candidate.adjective:
            return
        if j - i > 2 and parse.lowers[i + 1] == "of" and parse.lowers[i] in OF_WORDS:
            candidate.start = i + 2
            candidate.folded = fold(parse.slice(i + 2, j))
            candidate.prominence = self.places.prominence(candidate.folded)
        elif (
            j < stop
            and parse.lowers[j] in NATURAL_LAST
            and parse.words[j][0].isupper()
            and candidate.kind in {"settlement", "natural", "area"}
        ):
            candidate.end = j + 1
            candidate.kind = "natural"
            candidate.folded = fold(parse.slice(i, j + 1))
            candidate.prominence = self.places.prominence(candidate.folded)

    def opens_with_article(self, i: int) -> bool:
        """Whether a small Arabic article and a hyphen begin a name here: "al-Tanf"."""
        parse = self.parse
        return (
            parse.lowers[i] in ARTICLES
            and i + 2 < len(parse)
            and parse.words[i + 1] == "-"
            and parse.words[i + 2][0].isupper()
        )

    def adjective(self, i: int) -> Candidate | None:
        """A demonym or adjective of a country or region that begins here."""
        parse = self.parse
        if (i and parse.lowers[i - 1] in NOT_AFTER) or (
            i > 1 and parse.words[i - 1] == "-" and parse.lowers[i - 2] == "african"
        ):
            return None
        word = parse.words[i]
        end = i + 1
        found: tuple[str, PlaceKind] | None = None
        if end < len(parse) and parse.words[end][0].isupper() and parse.lowers[end].endswith(DEMONYM_ENDINGS):
            found = self.belongs(f"{word} {parse.words[end]}")
            end += found is not None
        found = found or self.belongs(word)
        if found is None:
            return None
        folded, kind = found
        noun = kind == "country" and parse.deps[end - 1] not in MODIFIERS
        if noun and self.actors.state(parse.slice(i, end)) is not None:  # "the U.S." is both adjective and name
            folded = fold(parse.slice(i, end))
            return Candidate(i, end, folded, self.places.prominence(folded), kind)
        return Candidate(i, end, folded, UNKNOWN, kind, score=3.0, adjective=True)

    def belongs(self, words: str) -> tuple[str, PlaceKind] | None:
        """The folded name and kind of the country or region that words are the adjective of."""
        if words in self.adjectives:
            return self.adjectives[words]
        found: tuple[str, PlaceKind] | None = None
        code = self.actors.demonym(words)
        country = self.places.country(code) if code else None
        if country is not None:
            found = fold(country.name), "country"
        elif words[0].isupper():
            regions = self.places.adjective(words)
            found = (fold(regions[0].name), regions[0].kind) if regions else None
        self.adjectives[words] = found
        return found

    def known(self, i: int, stop: int) -> Candidate | None:
        """The longest name of the gazetteer that begins here."""
        parse, has = self.parse, self.places.has_folded
        tokens, lowers = parse.words, parse.lowers
        ends = [i + 1] if tokens[i][0].isupper() else []
        j = i + 1
        if lowers[i] in SAINTS:
            stop = min(i + 4, len(parse))  # the stop after "ST" in a dateline looks like the end of a sentence
        while j < stop and j - i < LONGEST:
            if tokens[j][0].isupper():
                ends.append(j + 1)
            elif lowers[j] not in INNER and not (tokens[j] == "." and lowers[j - 1] in SAINTS):
                break
            j += 1
        for end in reversed(ends):
            folded = fold(tokens[i] if end == i + 1 else parse.slice(i, end))
            if len(folded) > 1 and has(folded):
                prominence = self.places.prominence(folded)
                if prominence is not UNKNOWN and (not prominence.brief or self.context.is_abbreviation(i, end)):
                    return Candidate(i, end, folded, prominence, prominence.kind)
        return None

    def part_of_country(self, candidate: Candidate) -> bool:
        """Whether a name is a direction and a country ("South Lebanon"): a part of the country, not the small town
        abroad that bears the name.
        """
        i, j = candidate.start, candidate.end
        if j - i != 2 or self.parse.lowers[i] not in COMPASS or candidate.kind != "settlement":
            return False
        return self.actors.state(self.parse.words[i + 1]) is not None

    def owner(self, i: int) -> Candidate | None:
        """A well-known place that owns what follows, printed without its apostrophe: "Syrias Idlib", "Aleppos east"."""
        parse = self.parse
        word = parse.words[i]
        if not word.endswith("s") or len(word) < OWNER_LENGTH or not word[-2].isalpha() or i + 1 >= len(parse):
            return None
        stem = fold(word[:-1])
        prominence = self.places.prominence(stem)
        if prominence.points < FAMOUS and self.actors.state(word[:-1]) is None:
            return None
        self.owned.add(i + 1)
        return Candidate(i, i + 1, stem, prominence, prominence.kind, owner=True)

    def called(self, i: int) -> Candidate | None:
        """A name that begins here and that the recogniser, or the words around it, call a place."""
        found = self.context.named_place(i)
        if found is None:
            return None
        end, kind = found
        if end == i + 1 and self.parse.lowers[i].endswith("s") and self.parse.heads[i] > i:
            return None  # "Assads regime", "the Armys brigade": somebody's, printed without the apostrophe
        return Candidate(i, end, fold(self.parse.slice(i, end)), UNKNOWN, kind)

    def containers(self, found: list[Candidate]) -> None:
        """Points for "Tripoli, Libya": a name before the comma that lies in the place after it."""
        tokens = self.parse.words
        for candidate, after in itertools.pairwise(found):
            if after.start != candidate.end + 1 or tokens[candidate.end] not in {",", "("} or after.adjective:
                continue
            if after.prominence.kind in {"country", "admin1"} and after.prominence.points > 1.5:
                holds = self.holds(candidate.folded, after.folded)
                candidate.score += 3.0 if holds else 1.0
                after.score += 2.0 if holds else 0.0

    def holds(self, inner: str, outer: str) -> bool:
        """Whether some bearer of one name lies in a bearer of another."""
        within = {
            (place.country, place.admin1 if place.kind == "admin1" else None)
            for place in self.places.lookup(outer)
            if place.kind in {"country", "admin1"}
        }
        return any(
            (place.country, None) in within or (place.country, place.admin1) in within
            for place in self.places.lookup(inner)
            if place.kind != "country"
        )

    def weigh(self, candidate: Candidate) -> None:
        """Add the points of the name, of the recogniser and of the context."""
        points, inside = self.context.points(candidate.start, candidate.end, candidate.prominence)
        if candidate.said:
            candidate.score += max(points, SAID) + max(candidate.prominence.points, 0.0)
            candidate.kind = self.context.kind(candidate.start, candidate.end) or candidate.kind
            return
        if candidate.owner or (inside in PLACE_LABELS and candidate.start in self.owned):
            inside = ""  # the recogniser takes "Syrias Idlib" for one name
        candidate.inside = inside or self.held.get(candidate.start, "")
        if candidate.inside == "FAC" and goes_on(self.parse, candidate.end):
            candidate.score -= 9.0
        if candidate.adjective:
            word = self.parse.lowers[candidate.start]
            if inside == "PERSON" or (candidate.end - candidate.start == 1 and word in self.context.surnames):
                candidate.score -= 4.0
            return
        candidate.score += points + candidate.prominence.points
        kind = self.context.kind(candidate.start, candidate.end)
        if kind is not None:
            candidate.kind = kind

    def coherence(self, found: list[Candidate]) -> None:
        """Points for names borne by a place in a country, or in the United States a state, that the report names."""
        named: set[tuple[str, str | None]] = set()
        for candidate in found:
            if (candidate.adjective and candidate.kind == "country") or candidate.score >= CERTAIN:
                for place in self.places.lookup(candidate.folded):
                    if place.kind == "country" and place.country not in VAST:
                        named.add((place.country, None))
                    elif place.kind == "admin1" and place.rank != 2:
                        named.add((place.country, place.admin1))
        for candidate in found:
            if candidate.adjective or candidate.score >= CERTAIN or candidate.prominence is UNKNOWN:
                continue
            for place in self.places.lookup(candidate.folded):
                if place.kind != "country" and (
                    (place.country, None) in named or (place.country, place.admin1) in named
                ):
                    candidate.score += 1.0
                    break

    def neighbours(self, found: list[Candidate]) -> None:
        """Points for names in a list with certain places: "Nuli, Avnevi and Tskhinvali"."""
        lowers = self.parse.lowers
        joined = frozenset({",", "and", "or", "&", "/"})
        for before, after in itertools.pairwise(found):
            gap = lowers[before.end : after.start]
            if not gap or len(gap) > 2 or not joined.issuperset(gap) or before.adjective or after.adjective:
                continue
            if before.score >= CERTAIN and after.score < CERTAIN:
                after.score += 1.0
            elif after.score >= CERTAIN and before.score < CERTAIN:
                before.score += 1.0
