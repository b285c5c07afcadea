"""Ids that stay the same from one export to the next."""

from __future__ import annotations

from sitrep.model import Actor, Place, Reading
from sitrep.model.codec import digest


def actor_id(reading: Reading, actor: Actor) -> str:
    """One id for one gazetteer entry in all reports; who is unknown there stays apart by report."""
    return f"sitrep-{digest('actor', actor.link.id) if actor.link else digest('actor', reading.report.id, actor.id)}"


def place_id(reading: Reading, place: Place) -> str:
    """One id for one gazetteer place in all reports."""
    own = ("place", place.geonames) if place.geonames else ("place", reading.report.id, place.id)
    return f"sitrep-{digest(*own)}"


def part_id(reading: Reading, *parts: object) -> str:
    """An id for a part of one report."""
    return f"sitrep-{digest(reading.report.id, *parts)}"
