"""From the place names of a report to points on the map: names gathered, resolved, and helped where unknown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.gazetteer.places import GazetteerPlace, PlaceGazetteer
from sitrep.model import PlaceKind
from sitrep.reading.parse import Parse
from sitrep.reading.place_gather import Span, gather
from sitrep.reading.place_offsets import Offset, find_offsets, moved
from sitrep.reading.place_resolve import EARTH_KM, Name, Scored, great_circle_km, resolve

Basis = Literal["gazetteer", "offset", "inherited", "none"]
MOST_CANDIDATES = 5
# how far from the place that lends its point a facility may lie, and a place known only to be in a division
AROUND_KM = 15.0
NEAR_KM = 60.0
# share of a distance by which "30 km north of Hama" may be off the mark; directions are given in eighths
SLACK = 0.3
# weight of names at which a report is about a country, and at which it does not know of one; people of a town that
# reports name without saying where it is. On the train parts of LGL and GeoWebNews 10 of 11 such answers were wrong.
ABOUT, ABROAD, ABROAD_SHARE, KNOWN_ABROAD = 2.5, 0.3, 0.12, 200_000
# letters of the shortest town's name that is looked for in the name of an outlet
HOME_LENGTH = 5
# points below which a name's best bearer is a hamlet that nothing in the report speaks for
TOO_WEAK = 2.4


class Located(NamedTuple):
    """What a name means: its best place, with the point to use, and how it was found.

    place: the gazetteer's place, also where the point is only inherited from it. score: 0 to 1.
    """

    name: Name
    place: GazetteerPlace | None
    kind: PlaceKind
    lat: float | None
    lon: float | None
    radius_km: float | None
    basis: Basis
    score: float
    candidates: tuple[tuple[GazetteerPlace, float], ...]


def locate(
    parse: Parse,
    spans: Sequence[Span],
    places: PlaceGazetteer,
    actors: ActorGazetteer,
    hints: Mapping[str, float] | None = None,
    outlet: str = "",
) -> tuple[list[Located], list[int]]:
    """What the distinct names among spans mean, and for each span the number of its name (-1: none).

    outlet: the address or name of the paper, whose own town it may name.
    """
    names, of_span = gather(parse, spans, places, actors)
    letters = "".join(char for char in outlet.lower() if char.isalpha())
    for name in names:
        own = name.folded.replace(" ", "")
        name.home = name.country is None and len(own) >= HOME_LENGTH and own in letters
    resolved = resolve(names, places, hints)
    spoken_for = max((scored[0].support for scored in resolved if scored), default=0.0)
    found = [
        _located(name, scored, out_of_place(name, scored, spoken_for, hints or {}))
        for name, scored in zip(names, resolved, strict=True)
    ]
    _inherit(found)
    for offset in find_offsets(parse, spans):
        subject, anchor = of_span[offset.subject], of_span[offset.anchor]
        if subject >= 0 and anchor >= 0 and subject != anchor:
            found[subject] = _by_offset(found[subject], found[anchor], offset)
    return found, of_span


def out_of_place(name: Name, scored: tuple[Scored, ...], spoken_for: float, hints: Mapping[str, float]) -> bool:
    """Whether a name's best bearer is a smaller place in a country that nothing speaks for, in a report about another.

    The Madaya of a report about Syria is none that lies in Myanmar, even where the gazetteer has no other.
    """
    if not scored or spoken_for < ABOUT or name.holders or name.country is not None:
        return False
    place, support = scored[0].place, scored[0].support
    lesser = place.kind in {"settlement", "admin1", "admin2"} and place.population < KNOWN_ABROAD
    unspoken = support < max(ABROAD, ABROAD_SHARE * spoken_for)
    return lesser and place.feature != "PPLC" and unspoken and not hints.get(place.country)


def _located(name: Name, scored: tuple[Scored, ...], foreign: bool) -> Located:
    kind: PlaceKind = name.kind or "settlement"
    if not scored:
        return Located(name, None, kind, None, None, None, "none", 0.0, ())
    top = scored[0].points
    powers = [math.exp(max(one.points - top, -30.0)) for one in scored]
    total = sum(powers)
    candidates = tuple(
        (one.place, round(power / total, 3)) for one, power in zip(scored[:MOST_CANDIDATES], powers, strict=False)
    )
    place = scored[0].place
    sure = 1.0 / (1.0 + math.exp(TOO_WEAK - top))
    # bearers near the best one, such as the district around a town, do not make the place less sure
    near = sum(
        power for one, power in zip(scored, powers, strict=True)
        if great_circle_km(place.lat, place.lon, one.place.lat, one.place.lon) <= NEAR_KM
    )  # fmt: skip
    score = round(near / total * sure, 3)
    if foreign or (top < TOO_WEAK and not name.holders):
        return Located(name, None, kind, None, None, None, "none", 0.0, candidates)
    if name.inherited:
        radius = place.radius_km + AROUND_KM if place.kind == "settlement" else place.radius_km
        sort: PlaceKind = name.kind or "facility"
        return Located(name, place, sort, place.lat, place.lon, radius, "inherited", score, candidates)
    return Located(name, place, place.kind, place.lat, place.lon, place.radius_km, "gazetteer", score, candidates)


def _inherit(found: list[Located]) -> None:
    """Give names that the gazetteer does not know the point of the place that the words say holds them."""
    by_name = {one.name.folded: one for one in found}
    for number, one in enumerate(found):
        if one.place is not None:
            continue
        for holder in sorted(one.name.holders, key=lambda name: (-one.name.holders[name], name)):
            outer = by_name.get(holder)
            if outer is None or outer.place is None or outer.basis != "gazetteer":
                continue
            exact = outer.place.kind != "country"  # somewhere in a country is no point
            found[number] = one._replace(
                place=outer.place,
                lat=outer.lat if exact else None,
                lon=outer.lon if exact else None,
                radius_km=outer.place.radius_km + AROUND_KM if exact else None,
                basis="inherited",
                score=round(outer.score * 0.5, 3),
            )
            break


def _by_offset(subject: Located, anchor: Located, offset: Offset) -> Located:
    """A place by its distance and direction from another: for a name nobody knows, or to choose among its bearers."""
    if anchor.lat is None or anchor.lon is None or anchor.basis != "gazetteer":
        return subject
    lat, lon = moved(anchor.lat, anchor.lon, offset.km, offset.bearing)
    slack = max(SLACK * offset.km, 5.0) + (0.0 if offset.bearing is not None else offset.km)
    fits = [
        (place, chance)
        for place, chance in subject.candidates
        if great_circle_km(lat, lon, place.lat, place.lon) <= slack + place.radius_km + 5.0
    ]
    if subject.basis == "gazetteer" and subject.place and fits and fits[0][0].key == subject.place.key:
        return subject._replace(score=max(subject.score, 0.9))
    if fits:
        place = fits[0][0]
        return subject._replace(
            place=place, kind=place.kind, lat=place.lat, lon=place.lon, radius_km=place.radius_km, basis="gazetteer",
            score=0.8,
        )  # fmt: skip
    if subject.basis == "gazetteer" and subject.score > 0.8:
        return subject
    return subject._replace(
        place=anchor.place, lat=round(lat, 4), lon=round(lon, 4), radius_km=round(slack, 1), basis="offset",
        score=round(anchor.score * 0.7, 3),
    )  # fmt: skip


__all__ = ["EARTH_KM", "Located", "Span", "locate"]
