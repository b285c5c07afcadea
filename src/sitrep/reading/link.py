"""The last pass: join what separate stages gave. Claims learn what they are about."""

from __future__ import annotations

import msgspec

from sitrep.model import Claim, Evidence, Layers
from sitrep.reading.event_belief import with_belief
from sitrep.reading.page import Page


def link(page: Page) -> Layers:
    """The page's layers with `Claim.about` filled: events told in it, figures and claims inside its content."""
    layers = page.layers
    told: dict[str, list[str]] = {}
    for event in layers.events:
        for claim_id in event.claims:
            told.setdefault(claim_id, []).append(event.id)
    claims = tuple(_about(claim, told.get(claim.id, []), layers) for claim in layers.claims)
    events = with_belief(page, layers)
    return msgspec.structs.replace(layers, claims=claims, events=events)


def _about(claim: Claim, events: list[str], layers: Layers) -> Claim:
    figures = [quantity.id for quantity in layers.quantities if inside(quantity.evidence[0], claim.content)]
    nested = [
        other.id
        for other in layers.claims
        if other.id != claim.id and other.content and all(inside(part, claim.content) for part in other.content)
        and other.content != claim.content
    ]  # fmt: skip
    about = tuple(dict.fromkeys([*claim.about, *events, *figures, *nested]))
    return claim if about == claim.about else msgspec.structs.replace(claim, about=about)


def inside(part: Evidence, whole: tuple[Evidence, ...]) -> bool:
    """Whether a stretch of words lies inside one of several others."""
    return any(evidence.start <= part.start and part.end <= evidence.end for evidence in whole)
