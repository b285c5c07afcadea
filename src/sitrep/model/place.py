"""Where things are."""

from __future__ import annotations

from typing import Literal

from sitrep.model.span import Record

PlaceKind = Literal["country", "admin1", "admin2", "settlement", "facility", "area", "natural"]


class PlaceCandidate(Record, frozen=True, kw_only=True):
    """A gazetteer place that a name could mean. score: 0 to 1."""

    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str
    admin1: str | None
    geonames: int | None
    score: float


class Place(Record, frozen=True, kw_only=True):
    """A place that the report names, resolved against the gazetteer where one fits.

    lat, lon: WGS 84 degrees, null where no gazetteer place fits. radius_km: how far off the point
    the named place may reach. score: 0 to 1. candidates: the places considered, best first.
    basis: "gazetteer", "offset" (so many km from a named place), "inherited" (from a place that holds it),
    "none" or "judged" (by a person).
    """

    id: str
    name: str
    kind: PlaceKind
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    geonames: int | None
    radius_km: float | None
    mentions: tuple[str, ...]
    score: float
    candidates: tuple[PlaceCandidate, ...] = ()
    basis: Literal["gazetteer", "offset", "inherited", "none", "judged"] = "gazetteer"
