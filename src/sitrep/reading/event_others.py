"""Figures that go on from others: "25 others were wounded", "left another 30 injured" tell of an attack just told."""

from __future__ import annotations

from sitrep.model import Quantity
from sitrep.reading.event_draft import EventDraft
from sitrep.reading.page import Page

GOING_ON = frozenset({"another", "other", "others", "more", "further", "additional"})
TOLLS = frozenset({"killed", "injured"})
# as far as "others" reach back (sentences)
REACH = 2


def goes_on(page: Page, event: EventDraft, draft: EventDraft) -> bool:
    """Whether a draft's toll is of those others whom the attack told just before did not kill."""
    near = any(0 < draft.sentence - sentence <= REACH for sentence in event.sentences)
    if not near or not any(figure.kind in TOLLS for figure in event.quantities):
        return False
    return any(figure.kind in TOLLS and _others(page, figure) for figure in draft.quantities)


def _others(page: Page, figure: Quantity) -> bool:
    parse = page.parse
    first, last = parse.tokens_in(figure.evidence[0].start, figure.evidence[0].end)
    words = parse.lowers[max(0, first - 1) : last + 1]
    # "more than 30" bounds a figure and goes on from none
    return any(
        word in GOING_ON and words[n + 1 : n + 2] != ["than"] and words[n : n + 2] != ["other", "than"]
        for n, word in enumerate(words)
    )
