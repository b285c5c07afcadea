"""The last pass: join what separate stages gave. Claims learn what they are about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

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
    figures = _Inside((figure.id, (figure.evidence[0],)) for figure in layers.quantities)
    claimed = _Inside((claim.id, claim.content) for claim in layers.claims if claim.content)
    claims = tuple(_about(claim, told.get(claim.id, []), figures, claimed) for claim in layers.claims)
    events = with_belief(page, layers)
    return msgspec.structs.replace(layers, claims=claims, events=events)


class _Inside:
    """Records by where their words begin, so that those inside other words are found without a look at all of them."""

    def __init__(self, records: Iterable[tuple[str, tuple[Evidence, ...]]]) -> None:
        self._records = list(records)
        self._order = sorted(range(len(self._records)), key=lambda n: self._records[n][1][0].start)
        self._starts = [self._records[n][1][0].start for n in self._order]

    def of(self, whole: tuple[Evidence, ...], *, unlike: bool = False) -> list[str]:
        """The ids of those inside, in their own order. unlike: without those of these words exactly."""
        near = {
            n
            for part in whole
            for n in self._order[bisect_left(self._starts, part.start) : bisect_left(self._starts, part.end)]
        }
        return [
            name
            for name, words in (self._records[n] for n in sorted(near))
            if all(inside(part, whole) for part in words) and not (unlike and words == whole)
        ]


def _about(claim: Claim, events: list[str], figures: _Inside, claimed: _Inside) -> Claim:
    nested = [name for name in claimed.of(claim.content, unlike=True) if name != claim.id]
    about = tuple(dict.fromkeys([*claim.about, *events, *figures.of(claim.content), *nested]))
    return claim if about == claim.about else msgspec.structs.replace(claim, about=about)


def inside(part: Evidence, whole: tuple[Evidence, ...]) -> bool:
    """Whether a stretch of words lies inside one of several others."""
    return any(evidence.start <= part.start and part.end <= evidence.end for evidence in whole)
