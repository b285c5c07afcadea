"""Compare: how likely two events of different reports are the same incident."""

from __future__ import annotations

import math
from typing import NamedTuple

from rapidfuzz import fuzz

from sitrep.corroboration.kin import kin
from sitrep.corroboration.rarity import likeness
from sitrep.corroboration.sketch import Sketch, Spot

# weights were set by hand on the war-desk, ECB+ and Gun Violence training and development data
# what the reasons together must outweigh before two events are one incident
BASE = 2.0
SAME_TYPE, NEAR_TYPE, FAR_TYPE = 0.6, 0.2, -0.8
SAME_TRIGGER = 0.8
SAME_PLACE, NEAR_PLACE, SAME_DIVISION, OTHER_PLACE = 1.5, 0.8, 0.3, -3.5
SAME_DAY, NEXT_DAY, OTHER_DAY = 1.8, 0.2, -3.5
# a window says less the longer it is, for the time that has passed since: "August 2013" told in 2017 is nearly a day
REMOTE_DAYS = 60
SHARED_SIDE, OTHER_SIDE = 0.8, -0.5
SAME_FIGURE, OTHER_FIGURE = 1.0, -0.6
WORDS, OPENING = 4.0, 3.0
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


class Comparison(NamedTuple):
    """A score, above 0 for the same incident, and the reasons that made it, for a person to read."""

    score: float
    reasons: tuple[tuple[str, float], ...]


NAMES = (
    "type", "trigger", "place", "day", "agents", "patients", "figures", "words", "opening", "tellings", "tense",
)  # fmt: skip


def compare(one: Sketch, other: Sketch) -> Comparison:
    """Compare two sketches of different reports."""
    parts = _parts(one, other)
    reasons = tuple((name, value) for name, value in zip(NAMES, parts, strict=True) if value)
    return Comparison(sum(parts) - BASE, reasons)


def score(one: Sketch, other: Sketch) -> float:
    """The score of a comparison, without its reasons."""
    return sum(_parts(one, other)) - BASE


def _parts(one: Sketch, other: Sketch) -> tuple[float, ...]:
    """The reasons in the order of NAMES."""
    return (
        types(one, other),
        SAME_TRIGGER if kin(one.trigger) == kin(other.trigger) else 0.0,
        places(one.spot, other.spot),
        days(one.days, other.days, since(one, other)),
        side(one.agents, other.agents),
        side(one.patients, other.patients),
        figures(one, other) if one.figures and other.figures else 0.0,
        WORDS * likeness(one.words, other.words),
        OPENING * likeness(one.opening, other.opening),
        TOLD_OFTEN * (min(one.tellings, other.tellings, OFTEN) - 1),
        OTHER_TENSE if one.news != other.news else 0.0,
    )


def incompatible(one: Sketch, other: Sketch) -> bool:
    """Whether what is known of both rules out that they are one: exact days or exact places far apart."""
    if one.days is not None and other.days is not None:
        exact = max(one.days[1] - one.days[0], other.days[1] - other.days[0]) <= EXACT_DAYS
        if exact and max(one.days[0], other.days[0]) - min(one.days[1], other.days[1]) > DAYS_APART:
            return True
    spot, other_spot = one.spot, other.spot
    if spot is None or other_spot is None or not (spot.exact and other_spot.exact):
        return False
    if spot == other_spot or same_name(spot.name, other_spot.name):
        return False
    # a degree of latitude tells as much, and sooner
    if spot.lat is not None and other_spot.lat is not None and abs(spot.lat - other_spot.lat) > KM_APART / 110:
        return True
    apart = distance_km(spot, other_spot)
    return apart is not None and apart > KM_APART


def may_be_twice(one: Sketch, other: Sketch) -> bool:
    """Whether two events of one report may be one that its reading took for two: one type, no fact between them."""
    return (
        one.type == other.type
        and places(one.spot, other.spot) >= 0
        and days(one.days, other.days) >= 0
        and figures(one, other) >= 0
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


def days(one: tuple[int, int] | None, other: tuple[int, int] | None, ago: int = 0) -> float:
    """The same day, the next, or another; a long window that covers the other says a little.

    ago: how many days after it the two are told. The further back, the coarser the dates that tell one incident.
    """
    if one is None or other is None:
        return 0.0
    gap = max(one[0], other[0]) - min(one[1], other[1])
    if gap > 1:
        return OTHER_DAY
    if gap == 1:
        return NEXT_DAY
    longest = max(one[1] - one[0], other[1] - other[0]) / (1 + ago / REMOTE_DAYS)
    return SAME_DAY / (1 + longest / 2)


def since(one: Sketch, other: Sketch) -> int:
    """How many days at least have passed between what two reports tell and their publication; 0 where not known."""
    passed = [
        max(0, sketch.published - sketch.days[1])
        for sketch in (one, other)
        if sketch.published is not None and sketch.days is not None
    ]
    return min(passed) if len(passed) == 2 else 0


def side(one: frozenset[str], other: frozenset[str]) -> float:
    """Whether the two name somebody in common on one side; unknown says nothing."""
    if not one or not other:
        return 0.0
    shared = one & other
    if not shared:
        return OTHER_SIDE
    return SHARED_SIDE if any(not name.startswith("kind ") for name in shared) else 0.0


def figures(one: Sketch, other: Sketch) -> float:
    """Whether their tolls can be the same."""
    total = 0.0
    for kind in sorted(one.figures.keys() & other.figures.keys()):
        toll, other_toll = one.figures[kind], other.figures[kind]
        if toll.low == other_toll.low:
            total += SAME_FIGURE
        elif max(toll.low, other_toll.low) > min(
            part for part in (toll.high, other_toll.high, math.inf) if part is not None
        ):
            total += OTHER_FIGURE
    return total
