"""How much of a place is held: a radius, a length of coast, a share of a city."""

from __future__ import annotations

from sitrep.model import Extent, Quantity
from sitrep.ontology.cues import ControlWords
from sitrep.reading.page import Page


def extent_in(page: Page, words: ControlWords, scope: tuple[int, int]) -> Extent | None:
    """The first length, area or share among the figures of a token range, in kilometres, km² or as a share."""
    parse = page.parse
    start, end = parse.starts[scope[0]], parse.ends[scope[1] - 1]
    for quantity in page.quantities_by_sentence.get(parse.sent_of[scope[0]], []):
        if start <= quantity.evidence[0].start and quantity.evidence[0].end <= end:
            extent = _extent(quantity, words)
            if extent:
                return extent
    return None


def _extent(quantity: Quantity, words: ControlWords) -> Extent | None:
    value = next((v for v in (quantity.best, quantity.low, quantity.high) if v is not None), None)
    if value is None or quantity.unit is None:
        return None
    if quantity.kind == "distance" and quantity.unit in words.lengths:
        shape = "radius" if quantity.of and "radius" in quantity.of.lower() else "length"
        return Extent(value=round(value * words.lengths[quantity.unit], 3), unit="km", shape=shape)
    if quantity.kind == "area" and quantity.unit in words.areas:
        return Extent(value=round(value * words.areas[quantity.unit], 3), unit="km2", shape="area")
    if quantity.unit == "share":
        return Extent(value=value, unit="share", shape="part")
    return None
