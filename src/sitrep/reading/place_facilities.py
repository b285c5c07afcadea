"""Names of facilities and ways: "Mitiga airport", "Ain al-Hilweh refugee camp", "Memphis Street", "Highway 75"."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.reading.parse import Parse
from sitrep.reading.place_words import (
    AT,
    FACILITIES,
    FACILITY_MIDDLE,
    NUMBERED,
    OPEN_GROUND,
    SMALL_FACILITIES,
    STREETS,
    words,
)  # fmt: skip

LONGEST = 7
INNER = words("of al el as ash - de la le the and ' ’ 's ’s")
# buildings that attackers and officials mean as places even where the recogniser sees an organisation
BUILDINGS = words("hospital prison jail barracks garrison palace hotel mosque cathedral refinery stadium mall museum")
NAME = frozenset({"PROPN", "NOUN", "ADJ", "NUM"})
PLACES = frozenset({"FAC", "GPE", "LOC"})


class Facility(NamedTuple):
    """A facility's name on tokens [start, end). way: a street or road, whose name holds no place of its own."""

    start: int
    end: int
    way: bool


def find_facilities(parse: Parse) -> list[Facility]:
    """The named facilities of a report in text order."""
    found: list[Facility] = []
    lowers, tokens = parse.lowers, parse.words
    for k, lower in enumerate(lowers):
        if lower in FACILITIES or lower in STREETS:
            hit = capital(parse, k) if tokens[k][0].isupper() else small(parse, k)
        elif lower in NUMBERED and tokens[k][0].isupper():
            hit = numbered(parse, k)
        else:
            continue
        if hit is not None:
            if found and found[-1].end > hit.start:
                found.pop()  # the longer reading ends later: "Fort Hood Hospital"
            found.append(hit)
    return found


def capital(parse: Parse, k: int) -> Facility | None:
    """A facility whose last word is capitalised: "Big Hill Avenue", "Baniyas Refinery"."""
    lowers, tokens = parse.lowers, parse.words
    head = lowers[k]
    if head in NUMBERED and k + 1 < len(tokens) and tokens[k + 1][0].isdecimal():
        return numbered(parse, k)
    if k + 1 < len(tokens) and tokens[k + 1][0].isupper() and parse.pos[k + 1] == "PROPN":
        return None
    start = name_start(parse, k)
    if start == k:
        return None
    number = parse.ent_of[k]
    label = parse.ents[number].label if number >= 0 else ""
    if label == "PERSON" and head not in STREETS:
        return None
    before = lowers[start - 1] if start else ""
    if before == "the" and start > 1:
        before = lowers[start - 2]
    if head in STREETS or head in OPEN_GROUND or head in BUILDINGS or label == "FAC" or before in AT:
        return Facility(start, k + 1, head in STREETS)
    return None


def small(parse: Parse, k: int) -> Facility | None:
    """A facility whose last word is small: "Abu Ghraib prison", "Bagram air base"."""
    lowers, tokens = parse.lowers, parse.words
    if lowers[k] not in SMALL_FACILITIES or k == 0:
        return None
    j = k
    while j > 0 and tokens[j - 1].islower() and lowers[j - 1] in FACILITY_MIDDLE:
        j -= 1
    if not j or not tokens[j - 1][0].isupper() or parse.pos[j - 1] != "PROPN":
        return None
    start = name_start(parse, j)
    number = parse.ent_of[j - 1]
    if number >= 0 and parse.ents[number].label in {"NORP", "ORG", "PERSON"} and j == k and start == j - 1:
        return None  # "an Islamist camp", "a Hezbollah base": the owner, not the name
    return Facility(start, k + 1, way=False) if start < j else None


def numbered(parse: Parse, k: int) -> Facility | None:
    """A numbered road: "State Highway 75"."""
    tokens = parse.words
    if k + 1 >= len(tokens) or not tokens[k + 1][0].isdecimal():
        return None
    start = k
    while start > 0 and tokens[start - 1] in {"State", "County", "U.S.", "Farm", "Interstate"}:
        start -= 1
    return Facility(start, k + 2, way=True)


def name_start(parse: Parse, k: int) -> int:
    """Where the capitalised name that ends before token k begins; k where there is none."""
    lowers, tokens = parse.lowers, parse.words
    first = max(parse.sents[parse.sent_of[k]][0], k - LONGEST)
    start = j = k
    while j > first:
        j -= 1
        if tokens[j][0].isupper() and parse.pos[j] in NAME and lowers[j] != "the":
            start = j
        elif lowers[j] not in INNER or lowers[j] == "and" or (lowers[j] == "the" and lowers[j - 1] != "of"):
            break
    return start
