"""Gathers what a report's words say about each of its place names: what holds it, what kind it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.gazetteer.places import UNKNOWN, PlaceGazetteer
from sitrep.gazetteer.places_names import ARTICLES, fold
from sitrep.model import PlaceKind
from sitrep.reading.parse import Parse
from sitrep.reading.place_resolve import Name
from sitrep.reading.place_words import COMMON, DIRECTIONS, PLACE_NOUNS, words

# how strongly the wording says that one place holds the other
COMMA, WITHIN, OWNER = 1.0, 0.6, 0.6
# words that may stand between "in" or "of" and the holder's name
SMALL = DIRECTIONS | {"the", "province", "district", "region", "state", "city", "area", "'s", "’s"}
# words for what a place is, at the end or the beginning of its name
SORTS = words(
    "city state town county province district region village township governorate municipality island territory "
    "area lga oblast department prefecture republic kingdom commonwealth fc"
)
# points of prominence at which a place lends its location to an institution named after it: where the place fills the
# name up to the word for what it is, and elsewhere in the name
WELL_KNOWN, FAMOUS = 0.7, 2.4
# most tokens from an adjective or owner to the place: "the Syrian rebel-held town of"
REACH = 6


class Span(NamedTuple):
    """A place name on tokens [start, end). adjective: "Libyan". kind: where the words say one."""

    start: int
    end: int
    adjective: bool = False
    kind: PlaceKind | None = None


def gather(
    parse: Parse, spans: Sequence[Span], places: PlaceGazetteer, actors: ActorGazetteer
) -> tuple[list[Name], list[int]]:
    """The distinct names among spans, and for each span the number of its name (-1 for an adjective of no country)."""
    names: list[Name] = []
    numbers: dict[tuple[str, str], int] = {}
    of_span: list[int] = []
    for span in spans:
        name = _name(parse, span, places, actors)
        if name is None:
            of_span.append(-1)
            continue
        # "Washington state" and "Washington" are two
        sort = "admin1" if name.kind == "admin1" else name.country or ""
        number = numbers.setdefault((name.folded, sort), len(names))
        if number == len(names):
            names.append(name)
        else:
            names[number].count += 1
            names[number].kind = names[number].kind or name.kind
        of_span.append(number)
    for number, holder, strength in _holders(parse, spans, of_span):
        inner, outer = names[number], names[holder]
        if inner.folded != outer.folded:
            inner.holders[outer.folded] = max(strength, inner.holders.get(outer.folded, 0.0))
    return names, of_span


def _name(parse: Parse, span: Span, places: PlaceGazetteer, actors: ActorGazetteer) -> Name | None:
    text = parse.slice(span.start, span.end)
    return name_of(text, span.kind or kind_around(parse, span), places, actors, adjective=span.adjective)


def name_of(
    text: str, kind: PlaceKind | None, places: PlaceGazetteer, actors: ActorGazetteer, *, adjective: bool = False
) -> Name | None:
    """A name by its words alone: as it stands, without the word for what it is, or by the place that it contains."""
    if adjective:
        regions = places.adjective(text)  # "English" is of England before it is of the United Kingdom
        if regions:
            return Name(fold(regions[0].name), regions[0].kind)
        country = actors.demonym(text)
        return Name(fold(text), "country", country=country) if country is not None else None
    folded = fold(text)
    if places.prominence(folded) is not UNKNOWN:
        return Name(folded, kind)
    state = actors.state(text)
    if state is not None:
        return Name(folded, "country", country=state)
    regions = places.adjective(text)
    if regions:
        return Name(fold(regions[0].name), regions[0].kind)
    for shorter in _trimmed(folded):
        if places.prominence(shorter) is not UNKNOWN:
            return Name(shorter, kind)
    stem = folded.removesuffix("s")  # "Syrias capital": an apostrophe that a website lost
    if stem != folded and places.prominence(stem).points >= FAMOUS:
        return Name(stem, kind)
    inner = _contained(text, places, actors)
    return inner if inner is not None else Name(folded, kind)


def _trimmed(folded: str) -> Iterator[str]:
    """A name without the direction before it or the word for what it is after it: "West Wales", "Oaxaca State"."""
    parts = folded.split()
    if len(parts) > 1 and parts[0] in DIRECTIONS:
        parts = parts[1:]
        yield " ".join(parts)
    if len(parts) > 1 and parts[-1] in SORTS:
        yield " ".join(parts[:-1])
    if len(parts) > 2 and parts[0] in SORTS and parts[1] == "of":
        yield " ".join(parts[2:])


def _contained(text: str, places: PlaceGazetteer, actors: ActorGazetteer) -> Name | None:
    """The place within the name of a facility or institution: Harare for "Harare City Council"."""
    parts = text.split()
    lowers = [part.lower().strip("'’,.") for part in parts]
    if len(parts) < 2 or not COMMON.intersection(lowers):
        return None
    best: tuple[float, str] | None = None
    for i in range(len(parts)):
        for j in range(min(len(parts), i + 3), i, -1):
            folded = fold(" ".join(parts[i:j]))
            if not parts[i][0].isupper() or (j == i + 1 and folded in COMMON):
                continue
            points = places.prominence(folded).points
            # a small place must fill the name up to the word for what it is: "Bula" is not in "Bula Hawa base"
            whole = (i == 0 or lowers[i - 1] in COMMON | {"of", "the", "in"}) and (
                j == len(parts) or lowers[j] in COMMON or lowers[j] in {"international", "air"}
            )
            if j < len(parts) and lowers[j].split("-")[0] in ARTICLES:
                continue
            if points >= (WELL_KNOWN if whole else FAMOUS) and (best is None or points + j - i > best[0]):
                best = (points + j - i, folded)
    if best is not None:
        return Name(best[1], inherited=True)
    for part in parts:
        country = actors.demonym(part)
        if country is not None:
            return Name(fold(part), "country", country=country, inherited=True)
        regions = places.adjective(part)  # "European Commission"
        if regions:
            return Name(fold(regions[0].name), regions[0].kind, inherited=True)
    return None


def kind_around(parse: Parse, span: Span) -> PlaceKind | None:
    """The kind of place that the words next to a name speak of."""
    lowers = parse.lowers
    after = lowers[span.end] if span.end < len(lowers) else ""
    if after in PLACE_NOUNS:
        return PLACE_NOUNS[after]
    before = lowers[span.start - 1] if span.start else ""
    if before == "of" and span.start > 1:
        return PLACE_NOUNS.get(lowers[span.start - 2])
    return PLACE_NOUNS.get(before)


def _holders(parse: Parse, spans: Sequence[Span], of_span: Sequence[int]) -> list[tuple[int, int, float]]:
    """(name, holder, strength) for neighbouring spans whose wording says that one holds the other."""
    lowers = parse.lowers
    found: list[tuple[int, int, float]] = []
    order = sorted(range(len(spans)), key=lambda n: spans[n].start)
    for at, n in enumerate(order):
        span = spans[n]
        if of_span[n] < 0:
            continue
        for m in order[at + 1 : at + 3]:
            other = spans[m]
            if of_span[m] < 0 or other.start < span.end or parse.sent_of[span.start] != parse.sent_of[other.start]:
                continue
            gap = lowers[_name_end(parse, span.end, other.start) : other.start]
            if len(gap) > REACH:
                break
            if span.adjective or (gap and gap[0] in {"'s", "’s", "'", "’"}):
                if not other.adjective and _owns(gap[0 if span.adjective else 1 :], span.adjective):
                    found.append((of_span[m], of_span[n], OWNER))
            elif not other.adjective and gap and gap[0] in {",", "("} and len(gap) == 1:
                found.append((of_span[n], of_span[m], COMMA))
            elif not other.adjective and _leads_into(gap):
                found.append((of_span[n], of_span[m], WITHIN))
    # "X, Y County, Texas": what holds the holder holds the name
    direct = {(n, m) for n, m, strength in found if strength == COMMA}
    found += [(n, k, COMMA) for n, m in sorted(direct) for m2, k in sorted(direct) if m == m2 and n != k]
    return found


def _name_end(parse: Parse, end: int, limit: int) -> int:
    """Where a name that goes on with "of" ends: "the Great Mosque |of al-Nuri| in Mosul"."""
    if end >= limit or parse.lowers[end] != "of":
        return end
    k = end + 1
    while k < limit and (parse.words[k][0].isupper() or parse.words[k] == "-" or parse.lowers[k] in ARTICLES):
        k += 1
    return k if k < limit else end


def _owns(gap: Sequence[str], adjective: bool) -> bool:
    """Whether an owner's place follows: "the Libyan coastal city of", "Nigeria's northeastern"."""
    named = any(word in PLACE_NOUNS for word in gap)
    return all(word in SMALL or word in PLACE_NOUNS or word in {"of", "port", "northern"} for word in gap) and (
        named or not gap or not adjective
    )


def _leads_into(gap: Sequence[str]) -> bool:
    """Whether the words between two names say "in": "Saraqib, in northern Idlib", "the Karrada district of Baghdad"."""
    rest = [word for word in gap if word != ","]
    while rest and rest[0] in PLACE_NOUNS:
        rest = rest[1:]
    return bool(rest) and rest[0] in {"in", "of", "inside"} and all(word in SMALL for word in rest[1:])
