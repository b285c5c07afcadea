"""Compare: what speaks for two events of different reports being one incident, value by value; `columns` adds it up."""

from __future__ import annotations

import math

from rapidfuzz import fuzz

from sitrep.corroboration.sketch import Spot

# a type with those that the same act may be called
type Sort = tuple[str, frozenset[str]]

# weights were set by hand on the war-desk, ECB+ and Gun Violence training and development data
# what the reasons together must outweigh before two events are one incident
BASE = 2.4
SAME_TYPE, NEAR_TYPE, FAR_TYPE = 0.6, 0.2, -0.8
SAME_TRIGGER = 0.8
SAME_PLACE, NEAR_PLACE, SAME_DIVISION, OTHER_PLACE = 1.5, 0.8, 0.3, -3.5
SAME_DAY, NEXT_DAY, OTHER_DAY = 1.8, 0.2, -3.5
# a window says less the longer it is, for the time that has passed since: "August 2013" told in 2017 is nearly a day
REMOTE_DAYS = 60
SHARED_SIDE, OTHER_SIDE = 0.8, -0.5
SAME_FIGURE, OTHER_FIGURE = 1.0, -0.6
WORDS, OPENING = 4.0, 6.0
# of several events of a report that fit, the one that it tells most about is meant
TOLD_OFTEN, OFTEN = 0.4, 4
# background in one report and news in the other is often another incident
OTHER_TENSE = -0.4
# a report tells two events rather than one event twice
SAME_REPORT = -2.5
# further apart than this, no slip of a report makes one incident of two
EXACT_DAYS, DAYS_APART, KM_APART = 1, 3, 300.0
NEAR_KM, FAR_KM = 25.0, 100.0
EARTH_KM = 6371.0
# spellings of one name in another alphabet differ by a letter or two ("Khan Sheikhoun", "Khan Shaykhun")
SAME_SPELLING = 80.0

SIDES = frozenset(
    f"{side}{ending}" for side in ("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest")
    for ending in ("", "ern")
) | {"central", "rural", "greater", "old"}  # fmt: skip


def types(one: Sort, other: Sort) -> float:
    """The same type, one that the same act may be called, or another."""
    if one[0] == other[0]:
        return SAME_TYPE
    return NEAR_TYPE if one[0] in other[1] or other[0] in one[1] else FAR_TYPE


def places(one: Spot | None, other: Spot | None) -> float:
    """The same place, one near it, one in the same division, or another; unknown says nothing."""
    if one is None or other is None:
        return 0.0
    if same_name(one.name, other.name):
        return SAME_PLACE if one.exact or other.exact else NEAR_PLACE
    if one.country and other.country and one.country != other.country:
        return OTHER_PLACE
    if one.exact and other.exact and part_of(one.name, other.name):
        return SAME_PLACE
    if not (one.exact and other.exact):
        return SAME_DIVISION if one.admin1 and one.admin1 == other.admin1 else 0.0
    apart = distance_km(one, other)
    if apart is None:
        return 0.0
    if apart <= NEAR_KM:
        return NEAR_PLACE
    return OTHER_PLACE if apart >= FAR_KM else OTHER_PLACE / 2


def far_apart(one: Spot | None, other: Spot | None) -> bool:
    """Whether two exact places lie so far apart that nothing happened at both."""
    if one is None or other is None or not (one.exact and other.exact) or same_name(one.name, other.name):
        return False
    # a degree of latitude tells as much, and sooner
    if one.lat is not None and other.lat is not None and abs(one.lat - other.lat) > KM_APART / 110:
        return True
    apart = distance_km(one, other)
    return apart is not None and apart > KM_APART


def same_name(one: str, other: str) -> bool:
    """Whether two place names are one, or one spelled two ways."""
    return one == other or fuzz.ratio(one, other) >= SAME_SPELLING


def part_of(one: str, other: str) -> bool:
    """Whether one of two names is a side of the other ("eastern Ghouta", "Ghouta"); two sides are two places."""
    short, long = sorted((one, other), key=len)
    first, _, rest = long.partition(" ")
    return rest == short and first in SIDES


def distance_km(one: Spot, other: Spot) -> float | None:
    """The distance between two places along the earth's surface."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, south = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(one.lon - other.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def side(one: frozenset[str], other: frozenset[str]) -> float:
    """Whether the two name somebody in common on one side; unknown says nothing."""
    if not one or not other:
        return 0.0
    shared = one & other
    if not shared:
        return OTHER_SIDE
    return SHARED_SIDE if any(not name.startswith("kind ") for name in shared) else 0.0
