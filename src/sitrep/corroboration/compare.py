"""Compare: how likely two events of different reports are the same incident."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz import fuzz

from sitrep.corroboration.sketch import Sketch, Spot

# weights were set by hand on the war-desk, ECB+ and Gun Violence training and development data
SAME_TYPE, NEAR_TYPE, FAR_TYPE = 0.6, 0.2, -0.8
SAME_TRIGGER = 0.8
SAME_PLACE, NEAR_PLACE, SAME_DIVISION, OTHER_PLACE = 1.5, 0.8, 0.3, -3.5
SAME_DAY, NEXT_DAY, OTHER_DAY = 1.8, 0.2, -3.5
SHARED_SIDE, OTHER_SIDE = 0.8, -0.5
SAME_FIGURE, OTHER_FIGURE = 1.0, -0.6
WORDS, OPENING = 4.0, 3.0
# of several events of a report that fit, the one that it tells most about is meant
TOLD_OFTEN, OFTEN = 0.4, 4
# background in one report and news in the other is often another incident
OTHER_TENSE = -0.4
NEAR_KM, FAR_KM = 25.0, 100.0
EARTH_KM = 6371.0
# spellings of one name in another alphabet differ by a letter or two ("Khan Sheikhoun", "Khan Shaykhun")
SAME_SPELLING = 80.0


class Comparison(NamedTuple):
    """A score, above 0 for the same incident, and the reasons that made it, for a person to read."""

    score: float
    reasons: tuple[tuple[str, float], ...]


def compare(one: Sketch, other: Sketch, rare: Mapping[str, float], base: float) -> Comparison:
    """Compare two sketches. rare: how telling each word is. base: what everything together must outweigh."""
    reasons = [
        ("type", types(one, other)),
        ("trigger", SAME_TRIGGER if one.trigger == other.trigger else 0.0),
        ("place", places(one.spot, other.spot)),
        ("day", days(one.days, other.days)),
        ("agents", side(one.agents, other.agents)),
        ("patients", side(one.patients, other.patients)),
        ("figures", figures(one, other)),
        ("words", WORDS * likeness(one.words, other.words, rare)),
        ("opening", OPENING * likeness(one.opening, other.opening, rare)),
        ("tellings", TOLD_OFTEN * (min(one.tellings, other.tellings, OFTEN) - 1)),
        ("tense", OTHER_TENSE if one.news != other.news else 0.0),
    ]
    return Comparison(
        sum(value for _, value in reasons) - base, tuple((name, value) for name, value in reasons if value)
    )


def types(one: Sketch, other: Sketch) -> float:
    """The same type, one that the same act may be called, or another."""
    if one.type == other.type:
        return SAME_TYPE
    return NEAR_TYPE if one.type in other.kinds or other.type in one.kinds else FAR_TYPE


def places(one: Spot | None, other: Spot | None) -> float:
    """The same place, one near it, one in the same division, or another; unknown says nothing."""
    if one is None or other is None:
        return 0.0
    if same_name(one.name, other.name):
        return SAME_PLACE if one.exact or other.exact else NEAR_PLACE
    if one.country and other.country and one.country != other.country:
        return OTHER_PLACE
    if not (one.exact and other.exact):
        return SAME_DIVISION if one.admin1 and one.admin1 == other.admin1 else 0.0
    apart = distance_km(one, other)
    if apart is None:
        return 0.0
    if apart <= NEAR_KM:
        return NEAR_PLACE
    return OTHER_PLACE if apart >= FAR_KM else OTHER_PLACE / 2


def same_name(one: str, other: str) -> bool:
    """Whether two place names are one, or one spelled two ways."""
    return one == other or fuzz.ratio(one, other) >= SAME_SPELLING


def distance_km(one: Spot, other: Spot) -> float | None:
    """The distance between two places along the earth's surface."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, south = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(one.lon - other.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def days(one: tuple[int, int] | None, other: tuple[int, int] | None) -> float:
    """The same day, the next, or another; a long window that covers the other says a little."""
    if one is None or other is None:
        return 0.0
    gap = max(one[0], other[0]) - min(one[1], other[1])
    if gap > 1:
        return OTHER_DAY
    if gap == 1:
        return NEXT_DAY
    longest = max(one[1] - one[0], other[1] - other[0])
    return SAME_DAY / (1 + longest / 2)


def side(one: frozenset[str], other: frozenset[str]) -> float:
    """Whether the two name somebody in common on one side; unknown says nothing."""
    if not one or not other:
        return 0.0
    shared = {name for name in one & other if not name.startswith("kind ")}
    if shared:
        return SHARED_SIDE
    return 0.0 if one & other else OTHER_SIDE


def figures(one: Sketch, other: Sketch) -> float:
    """Whether their tolls can be the same."""
    total = 0.0
    for kind in sorted(one.figures.keys() & other.figures.keys()):
        low, high = one.figures[kind]
        other_low, other_high = other.figures[kind]
        if low == other_low:
            total += SAME_FIGURE
        elif max(low, other_low) > min(high, other_high):
            total += OTHER_FIGURE
    return total


def likeness(one: frozenset[str], other: frozenset[str], rare: Mapping[str, float]) -> float:
    """Cosine of two sets of words, each word by how telling it is."""
    if not one or not other:
        return 0.0
    # summed in order, so that the score is the same to the last bit in every run
    shared = sum(rare.get(word, 0.0) ** 2 for word in sorted(one & other))
    size = sum(rare.get(word, 0.0) ** 2 for word in sorted(one))
    other_size = sum(rare.get(word, 0.0) ** 2 for word in sorted(other))
    return shared / math.sqrt(size * other_size) if size and other_size else 0.0
