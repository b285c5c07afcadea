"""Distances and directions from a named place: "Kafr Zita, 30 km (19 miles) north of Hama"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from sitrep.reading.parse import Parse
from sitrep.reading.place_gather import Span
from sitrep.reading.place_resolve import EARTH_KM
from sitrep.reading.place_words import PLACE_NOUNS, words

UNITS = {
    **dict.fromkeys(words("km kms kilometer kilometers kilometre kilometres"), 1.0),
    **dict.fromkeys(words("mile miles mi"), 1.609344),
    **dict.fromkeys(words("meter meters metre metres"), 0.001),
}
BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
    "west": 270.0, "northwest": 315.0,
}  # fmt: skip
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
}  # fmt: skip
# words between a place and the distance at which it lies
LINKING = words(
    ", about some around roughly nearly just more than located lying which is lies situated approximately almost only "
    "less over a the village town city area base camp district suburb ( at"
)
OF = frozenset({"of", "from"})


class Offset(NamedTuple):
    """A place that lies so far from another. subject, anchor: numbers of spans. bearing: degrees from north."""

    subject: int
    anchor: int
    km: float
    bearing: float | None


def find_offsets(parse: Parse, spans: Sequence[Span]) -> list[Offset]:
    """Distances from named places that say where another named place lies."""
    order = sorted(range(len(spans)), key=lambda number: spans[number].start)
    found: list[Offset] = []
    for at, anchor in enumerate(order):
        start, km, bearing = measure_before(parse, spans[anchor].start)
        if start is None or at == 0:
            continue
        subject = order[at - 1]
        before = spans[subject]
        gap = parse.lowers[before.end : start]
        near = before.end <= start and parse.sent_of[before.start] == parse.sent_of[spans[anchor].start]
        if near and len(gap) <= REACH and all(word in LINKING for word in gap) and not before.adjective:
            found.append(Offset(subject, anchor, km, bearing))
    return found


REACH = 6


def measure_before(parse: Parse, i: int) -> tuple[int | None, float, float | None]:
    """The distance and bearing whose "of" or "from" stands right before token i: its first token, km, bearing."""
    lowers = parse.lowers
    k = i - 1
    if k > 1 and lowers[k] == "of" and lowers[k - 1] in PLACE_NOUNS:  # "north of the city of Hama"
        k -= 2
    while k >= 0 and (lowers[k] == "the" or lowers[k] in PLACE_NOUNS):
        k -= 1
    if k < 2 or lowers[k] not in OF:
        return None, 0.0, None
    k -= 1
    bearing, k = _bearing(lowers, k)
    if lowers[k] == ")":  # "30 km (19 miles) north of": the first figure counts
        while k > 0 and lowers[k] != "(":
            k -= 1
        k -= 1
    while k >= 0 and lowers[k] in {"away", "to", "the", "outside"}:
        k -= 1
    if k < 1 or lowers[k] not in UNITS:
        return None, 0.0, None
    unit = UNITS[lowers[k]]
    k -= 1
    if lowers[k] == "-" and k > 0:
        k -= 1
    number = _number(lowers[k])
    return (k, number * unit, bearing) if number is not None else (None, 0.0, None)


def _bearing(lowers: Sequence[str], k: int) -> tuple[float | None, int]:
    """The direction that ends at token k, and the token before it: "north", "south - east", "north-northwest"."""
    word = lowers[k].removesuffix("ern").removesuffix("wards").removesuffix("ward")
    if word not in BEARINGS:
        return None, k
    if k > 1 and lowers[k - 1] == "-" and lowers[k - 2] in BEARINGS:
        joined = lowers[k - 2] + word
        first = BEARINGS[lowers[k - 2]]
        return BEARINGS.get(joined, (first + BEARINGS[word]) / 2), k - 3
    if k > 0 and lowers[k - 1] + word in BEARINGS:
        return BEARINGS[lowers[k - 1] + word], k - 2
    return BEARINGS[word], k - 1


def _number(word: str) -> float | None:
    if word in NUMBERS:
        return float(NUMBERS[word])
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return None


def moved(lat: float, lon: float, km: float, bearing: float | None) -> tuple[float, float]:
    """The point so far from another in a direction, along the great circle; the point itself without a direction."""
    if bearing is None:
        return lat, lon
    delta, theta, phi = km / EARTH_KM, math.radians(bearing), math.radians(lat)
    target = math.asin(math.sin(phi) * math.cos(delta) + math.cos(phi) * math.sin(delta) * math.cos(theta))
    turn = math.atan2(
        math.sin(theta) * math.sin(delta) * math.cos(phi), math.cos(delta) - math.sin(phi) * math.sin(target)
    )
    return math.degrees(target), (lon + math.degrees(turn) + 540.0) % 360.0 - 180.0
