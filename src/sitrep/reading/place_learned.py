"""The trained reader's place names beside those of the gazetteer and the recogniser: one more voice in the weighing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitrep.gazetteer.places import UNKNOWN, PlaceGazetteer
from sitrep.gazetteer.places_names import fold
from sitrep.reading.parse import Parse
from sitrep.reading.place_calls import Candidate
from sitrep.reading.place_context import ARTICLES

if TYPE_CHECKING:
    from sitrep.reading.learned.reader import Learned

# one layer for each guideline that it learned from
LAYERS = ("toponyms", "toponyms_lgl")
# points that it gives and takes at most, and the score from which a name that nobody else finds counts
GIVES, TAKES = 1.5, 1.5
# points of a place so well known that it is not doubted
KNOWN = 1.0
# points of a name that it alone finds, before it is weighed
PROPOSED = 1.0
SURE = 0.75


def belief(parse: Parse, learned: Learned, candidate: Candidate) -> float:
    """Points for a name: up to GIVES where the trained reader takes it for a place, down to -TAKES where not."""
    start, end = parse.starts[candidate.start], parse.ends[candidate.end - 1]
    mass = max(learned.mass(layer, start, end) for layer in LAYERS)
    if mass >= 0.5:
        return GIVES * (2.0 * mass - 1.0)
    return 0.0 if candidate.prominence.points >= KNOWN else TAKES * (2.0 * mass - 1.0)


def with_proposed(
    parse: Parse, learned: Learned, places: PlaceGazetteer, found: list[Candidate], held: set[int]
) -> list[Candidate]:
    """The candidates, with names that the trained reader alone finds, and those that it finds longer."""
    owner = {token: candidate for candidate in found for token in range(candidate.start, candidate.end)}
    made = list(found)
    for span in learned.runs(LAYERS[0], SURE):
        first, last = parse.tokens_in(span.span.start, span.span.end)
        while first < last and not parse.words[first][0].isupper() and parse.lowers[first] not in ARTICLES:
            first += 1
        while first < last and not parse.words[last - 1][0].isupper():
            last -= 1
        while first < last and first in owner and owner[first].end < last and owner[first].owner:
            first = owner[first].end
        if first >= last or not held.isdisjoint(range(first, last)):
            continue
        if first > 1 and parse.lowers[first - 1] == "of" and first - 2 in held:
            continue  # "the Great Mosque of al-Nuri": the rest of the name
        inner = list(dict.fromkeys(id(owner[token]) for token in range(first, last) if token in owner))
        if not inner:
            folded = fold(parse.slice(first, last))
            prominence = places.prominence(folded)
            kind = "settlement" if prominence is UNKNOWN else prominence.kind
            made.append(Candidate(first, last, folded, prominence, kind, score=PROPOSED))
        elif len(inner) == 1:
            _lengthen(parse, places, next(owner[t] for t in range(first, last) if t in owner), first, last)
    return sorted(made, key=lambda candidate: candidate.start)


def _lengthen(parse: Parse, places: PlaceGazetteer, candidate: Candidate, first: int, last: int) -> None:
    """Makes "Sham" of "Madhamiyat el-Sham" the whole name."""
    if candidate.end != last or first >= candidate.start or candidate.adjective:
        return
    before = candidate.start - 1
    if parse.words[before] == "-" and before > first and parse.lowers[before - 1] in ARTICLES:
        candidate.start, candidate.folded = first, fold(parse.slice(first, last))
        candidate.prominence = places.prominence(candidate.folded)
        candidate.said = True
