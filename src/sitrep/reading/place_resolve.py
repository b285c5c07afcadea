"""Which place a name means: all names of a report decided together.

Each bearer of a name starts with its standing in the world (population, kind, whether it is a capital) and gains
from what the report says: the place named after a comma or around it, the share of the report's other places in its
country and division, and how near they lie. Names that are clear pull the unclear ones, in a few rounds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sitrep.gazetteer.places import FAMOUS, GazetteerPlace, PlaceGazetteer
from sitrep.model import PlaceKind

EARTH_KM = 6371.0
ROUNDS = 4
# a bearer less likely than this among those of its name says nothing about other names
LEAST = 0.02


class Weights(NamedTuple):
    """What each kind of evidence is worth; found on the train parts of LGL and GeoWebNews and rounded."""

    people: float = 0.8
    capital: float = 1.5
    rank: float = 1.5
    kind: float = 1.5
    contained: float = 4.0
    country: float = 3.0
    division: float = 2.0
    district: float = 4.5
    near: float = 1.2
    hint: float = 2.5
    sharp: float = 1.0
    state: float = 8.0
    admin1: float = 4.6
    admin2: float = 2.2
    region: float = 6.0
    namesake: float = 2.0
    listed: float = 3.5
    home: float = 0.35


WEIGHTS = Weights()


@dataclass(slots=True)
class Name:
    """A place name of a report with what its mentions say about it.

    holders: folded names that the words say hold it, with the strength of the wording, 0 to 1.
    country: set for adjectives, whose country is known. inherited: the name is that of the place inside the name
    of a facility or institution. home: the outlet bears the name, as "theparisnews.com" does, and means its own town.
    """

    folded: str
    kind: PlaceKind | None = None
    count: int = 1
    holders: dict[str, float] = field(default_factory=dict)
    country: str | None = None
    inherited: bool = False
    home: bool = False


class Scored(NamedTuple):
    """A bearer of a name with its points. support: weight of the report's other names in the bearer's country."""

    place: GazetteerPlace
    points: float
    support: float


class Bearer(NamedTuple):
    """A bearer of a name: its standing, and the keys under which it meets the bearers of other names."""

    place: GazetteerPlace
    standing: float
    country: str
    division: tuple[str, str] | None
    district: tuple[str, str, str] | None
    cell: tuple[int, int] | None


def resolve(
    names: Sequence[Name],
    places: PlaceGazetteer,
    hints: Mapping[str, float] | None = None,
    weights: Weights = WEIGHTS,
) -> list[tuple[Scored, ...]]:
    """For each name its bearers, the best first; empty where the gazetteer knows none.

    hints: ISO 3166 alpha-3 codes that something outside the names speaks for (outlet, actors), 0 to 1.
    """
    bearers = [_bearers(name, places, weights) for name in names]
    base = _held(names, bearers, hints or {}, weights)
    points = base
    sums: Sums = {}
    own: list[Sums] = [{} for _ in names]
    for _ in range(ROUNDS):
        chances = [_chances(scores, weights.sharp) for scores in points]
        sums, own = _sums(names, bearers, chances)
        points = _round(bearers, base, sums, own, weights)
    return [
        tuple(
            sorted(
                (
                    Scored(bearer.place, score, sums.get(bearer.country, 0.0) - mine.get(bearer.country, 0.0))
                    for bearer, score in zip(found, scores, strict=True)
                ),
                key=lambda scored: (-scored.points, scored.place.key),
            )
        )
        for found, scores, mine in zip(bearers, points, own, strict=True)
    ]


def _bearers(name: Name, places: PlaceGazetteer, weights: Weights) -> list[Bearer]:
    if name.country is not None:
        place = places.country(name.country)
        return [_bearer(place, weights.state)] if place else []
    found = places.lookup(name.folded) or places.spelled(name.folded)
    towns = {(place.country, place.admin1) for place in found if place.kind == "settlement" and place.population}
    bearers: list[Bearer] = []
    for place in found:
        standing = _standing(place, name.kind, weights)
        if name.home:
            standing = _at_home(place, standing, weights)
        if place.kind in {"admin1", "admin2"} and name.kind != place.kind and (place.country, place.admin1) in towns:
            standing -= weights.namesake  # the bare name of a division and of its town means the town
        bearers.append(_bearer(place, standing))
    return bearers


def _bearer(place: GazetteerPlace, standing: float) -> Bearer:
    division = (place.country, place.admin1) if place.admin1 and place.kind != "country" else None
    district = (*division, place.admin2) if division and place.admin2 else None
    cell = (
        (math.floor(place.lat), math.floor(place.lon)) if place.kind in {"settlement", "admin2", "facility"} else None
    )
    return Bearer(place, standing, place.country, division, district, cell)


def _standing(place: GazetteerPlace, kind: PlaceKind | None, weights: Weights) -> float:
    if place.kind == "settlement":
        points = weights.people * math.log10(place.population + 30) if place.feature else weights.listed
        if place.feature == "PPLC":
            points += weights.capital
    elif place.kind == "country":
        points = weights.state
    elif place.kind == "admin1":
        points = weights.admin1 + 0.15 * math.log10(place.population + 30)
    elif place.kind == "admin2":
        points = weights.admin2 + 0.15 * math.log10(place.population + 30)
    else:
        points = weights.region if place.feature in FAMOUS else weights.admin2
    if place.rank in {1, 2}:
        points -= weights.rank * place.rank * 0.5
    if kind is not None and kind == place.kind:
        points += weights.kind
    return points


def _at_home(place: GazetteerPlace, standing: float, weights: Weights) -> float:
    """Standing where the outlet is named after the place: fame counts for little, and it is a town."""
    if place.kind != "settlement" or not place.feature:
        return standing - weights.state / 2 if place.kind == "country" else standing
    fame = weights.people * math.log10(place.population + 30) + (weights.capital if place.feature == "PPLC" else 0.0)
    return standing - fame * (1.0 - weights.home) + weights.people * (1.0 - weights.home) * 4.0


def _held(
    names: Sequence[Name], bearers: list[list[Bearer]], hints: Mapping[str, float], weights: Weights
) -> list[list[float]]:
    """Points of each bearer before the names meet: its standing, hints, and lying where the words say it lies."""
    numbers = {name.folded: number for number, name in enumerate(names)}
    points = [
        [bearer.standing + weights.hint * hints.get(bearer.country, 0.0) for bearer in found] for found in bearers
    ]
    for number, name in enumerate(names):
        gain = [0.0] * len(bearers[number])
        for holder, strength in name.holders.items():
            outside = numbers.get(holder)
            if outside is None:
                continue
            outer = bearers[outside]
            bonus = weights.contained * strength
            lifted: set[int] = set()
            for n, bearer in enumerate(bearers[number]):
                holding = [m for m, other in enumerate(outer) if holds(other.place, bearer.place)]
                if holding:
                    gain[n] = max(gain[n], bonus)
                    lifted.update(holding)
            for m in lifted:  # the holder too is the one that holds something: not Texas in Queensland
                points[outside][m] += bonus / 2
        points[number] = [score + extra for score, extra in zip(points[number], gain, strict=True)]
    return points


def holds(outer: GazetteerPlace, inner: GazetteerPlace) -> bool:
    """Whether one place is a division or country that the other lies in."""
    if outer.key == inner.key or outer.country != inner.country or inner.kind == "country":
        return False
    if outer.kind == "country":
        return True
    if outer.kind == "admin1":
        return inner.admin1 == outer.admin1
    if outer.kind == "admin2":
        return inner.admin2 == outer.admin2 and inner.admin1 == outer.admin1
    return outer.kind == "settlement" and inner.kind != "admin1" and distance_km(outer, inner) < 30


def distance_km(one: GazetteerPlace, other: GazetteerPlace) -> float:
    """Great-circle distance of two places."""
    return great_circle_km(one.lat, one.lon, other.lat, other.lon)


def great_circle_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance of two points, by the haversine formula."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    a = math.sin((phi2 - phi1) / 2) ** 2
    a += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(a)))


def _chances(scores: list[float], sharp: float) -> list[float]:
    """The points of a name's bearers as chances that add up to 1."""
    if not scores:
        return []
    top = max(scores)
    powers = [math.exp((score - top) * sharp) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


# weights of names by the country, division, district and cell of the places that they may mean
Sums = dict[object, float]


def _sums(names: Sequence[Name], bearers: list[list[Bearer]], chances: list[list[float]]) -> tuple[Sums, list[Sums]]:
    """What all names together, and each alone, speak for."""
    sums: Sums = {}
    own: list[Sums] = []
    for name, found, likely in zip(names, bearers, chances, strict=True):
        mine: Sums = {}
        loud = math.sqrt(min(name.count, 6))
        for bearer, chance in zip(found, likely, strict=True):
            if chance < LEAST:
                continue
            for key in (bearer.country, bearer.division, bearer.district, bearer.cell):
                if key:
                    mine[key] = mine.get(key, 0.0) + chance * loud
        own.append(mine)
        for key, weight in mine.items():
            sums[key] = sums.get(key, 0.0) + weight
    return sums, own


def _round(
    bearers: list[list[Bearer]], base: list[list[float]], sums: Sums, own: list[Sums], weights: Weights
) -> list[list[float]]:
    """Points of all bearers, given what the other names speak for."""
    points: list[list[float]] = []
    for found, scores, mine in zip(bearers, base, own, strict=True):
        if len(found) < 2:
            points.append(scores)
            continue

        def others(key: object, mine: Sums = mine) -> float:
            return sums.get(key, 0.0) - mine.get(key, 0.0)

        fresh: list[float] = []
        for bearer, score in zip(found, scores, strict=True):
            gain = weights.country * _full(others(bearer.country), 3.0)
            if bearer.division:
                gain += weights.division * _full(others(bearer.division), 2.0)
            if bearer.district:
                gain += weights.district * _full(others(bearer.district), 1.0)
            if bearer.cell:
                row, column = bearer.cell
                near = sum(others((row + i, column + j)) for i in (-1, 0, 1) for j in (-1, 0, 1))
                gain += weights.near * _full(near, 1.0)
            fresh.append(score + gain)
        points.append(fresh)
    return points


def _full(weight: float, half: float) -> float:
    """A weight on the scale from 0 to 1; `half` gives 0.5."""
    return weight / (weight + half) if weight > 0 else 0.0
