"""Where an event was when its own words leave it open: what the rest of the report says of it.

A lead says "a town in Idlib province"; the sentences after it name the town. A reader takes the one for the other,
unless the report tells of several towns.
"""

from __future__ import annotations

from collections.abc import Sequence

from sitrep.model import Argument, EventPlace, Place
from sitrep.ontology.types import EventType
from sitrep.reading.event_context import fineness
from sitrep.reading.event_draft import EventDraft
from sitrep.reading.event_fold import BASIS_WEIGHT, FORCE, TOWN_KM, apart_in_time
from sitrep.reading.event_merge import narrower
from sitrep.reading.event_share import AGENTS, distance_km, holds, place_named, shared
from sitrep.reading.page import Page

# what a lead tells (sentences); further down a coarse place is what its writer knows
LEAD = 4
# UCDP where_prec from which a place is coarse: near a town, a second-order division, or more
COARSE = 2
# a place is finer than a coarse one up to this
FINE = 1.5
# how often a finer place must be told, and how much more often than another one, to be the lead's
TOLD, CLEARLY = 1.0, 1.5
# a place that no gazetteer knows may lie anywhere
UNKNOWN_WEIGHT = 0.4
# what is told to be near a town lies no farther from it (km)
NEAR_KM = 80.0


def settle(page: Page, events: Sequence[EventDraft], types: dict[str, EventType]) -> None:
    """Give the events of a lead the finer place that the report tells further down."""
    told_finer = [
        finer_place(page, draft, events, types)
        if draft.real and not draft.background and (draft.headline or draft.sentence < LEAD)
        else None
        for draft in events
    ]
    for draft, finer in zip(events, told_finer, strict=True):
        draft.place = finer or draft.place


def finer_place(
    page: Page, draft: EventDraft, events: Sequence[EventDraft], types: dict[str, EventType]
) -> EventPlace | None:
    """The finer place inside an event's coarse one that tellings of such an event name most, where one stands out."""
    outer = place_named(page, draft.place.id) if draft.place else None
    exact = draft.place is not None and draft.place.basis != "context" and draft.place.precision < COARSE
    small = outer is not None and outer.kind != "settlement" and fineness(outer) <= FINE
    if exact or small or types[draft.type].parent not in FORCE:
        return None
    votes: dict[str, float] = {}
    for other in events:
        if not other.real or other.background or apart_in_time(draft, other):
            continue
        if narrower(types, draft.type, other.type) is None or shared(page, draft, other, AGENTS) == "apart":
            continue
        for told in other.places:
            place = place_named(page, told.id)
            if place and fineness(place) <= FINE and within(place, outer):
                known = 1.0 if place.lat is not None else UNKNOWN_WEIGHT
                votes[told.id] = votes.get(told.id, 0.0) + known * BASIS_WEIGHT[told.basis]
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])
    if not ranked or ranked[0][1] < TOLD:
        return None
    if len(ranked) > 1 and ranked[0][1] < CLEARLY * ranked[1][1]:
        return None
    return EventPlace(id=ranked[0][0], precision=2, basis="context")


def within(place: Place, outer: Place | None) -> bool:
    """Whether a place lies, or may lie, in another."""
    if outer is None or place.id == outer.id:
        return outer is None
    if place.lat is None or outer.lat is None:
        return place.country in (None, outer.country)
    return holds(outer, place) or distance_km(outer, place) <= (NEAR_KM if outer.kind == "settlement" else TOWN_KM)


# how sure each way of saying a place is
BASIS_SCORE = {"stated": 0.9, "target": 0.8, "sentence": 0.6}


def place_argument(page: Page, draft: EventDraft) -> Argument | None:
    """The place of an event as an argument with the words that name it beside the event, where some do."""
    place = place_named(page, draft.place.id) if draft.place else None
    if place is None or draft.place is None or draft.place.basis not in BASIS_SCORE:
        return None
    if any(argument.role == "place" for argument in draft.arguments):
        return None
    parse = page.parse
    near: list[tuple[int, int]] = []
    own = {parse.sent_of[hit.token] for hit in draft.hits}
    for token in page.tokens_of(place):
        if parse.sent_of[token] in own:
            near += [
                (abs(token - hit.token), token)
                for hit in draft.hits
                if parse.sent_of[hit.token] == parse.sent_of[token]
            ]
    if not near:
        return None
    mention = page.mention_headed[min(near)[1]]
    return Argument(role="place", place=place.id, evidence=mention.evidence, score=BASIS_SCORE[draft.place.basis])
