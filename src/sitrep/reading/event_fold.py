"""What has too little of its own to be an event: told again of another event of the report, it becomes part of it."""

from __future__ import annotations

from sitrep.ontology.types import EventType
from sitrep.reading.event_draft import EventDraft
from sitrep.reading.event_merge import (
    AGENTS,
    OUTCOME,
    PATIENTS,
    STATED,
    figures,
    join,
    narrower,
    place_named,
    points_back,
    shared,
    touch,
)
from sitrep.reading.page import Page

# words that set an event apart from the ones told before
OTHERS = frozenset(
    "another other separate second third fourth similar earlier later previous prior subsequent different".split()
)
AGAIN = frozenset({"also", "elsewhere", "separately", "later", "again", "earlier", "previously"})
# coarser places than these are no place of one event
FINE = 5
OWN_TIME = frozenset({"stated", "sentence"})


def fold(page: Page, drafts: list[EventDraft], types: dict[str, EventType]) -> list[EventDraft]:
    """Gives each draft, the poorest first, to the event that it tells again, where there is one."""
    alive = list(drafts)
    for draft in sorted(drafts, key=lambda d: (substance(d), -d.hits[0].token)):
        best: tuple[float, EventDraft, str] | None = None
        for host in alive:
            if host is draft or substance(host) < substance(draft):
                continue
            kind = narrower(types, host.type, draft.type)
            if kind is None or (draft.type != host.type and kind != host.type and not host.hits[0].noun):
                continue
            score = again(page, host, draft)
            if score is not None and (best is None or score > best[0]):
                best = (score, host, kind)
        if best:
            alive = [other for other in alive if other is not draft]
            take(best[1], draft, best[2])
    return alive


def take(host: EventDraft, draft: EventDraft, kind: str) -> None:
    """Joins a draft into its host; one that is denied or only thought of adds its words, not its roles."""
    if host.real and not draft.real:
        draft.arguments, draft.quantities, draft.place, draft.time = [], [], None, None
        kind = host.type
    join(host, draft, kind)


def substance(draft: EventDraft) -> float:
    """How much a draft says of its own."""
    own_place = draft.place is not None and draft.place.basis in STATED and draft.place.precision < FINE
    own_time = draft.time is not None and draft.time.basis in OWN_TIME
    return (
        (4.0 if draft.real else 0.0)
        + (1.0 if own_place else 0.0)
        + (0.5 if own_time else 0.0)
        + (0.8 if draft.quantities else 0.0)
        + (0.8 if draft.fillers(AGENTS) else 0.0)
        + (0.8 if draft.fillers(PATIENTS) else 0.0)
        + (1.0 if draft.headline else 0.0)
        + 0.2 * min(5, len(draft.hits))
    )


def again(page: Page, host: EventDraft, draft: EventDraft) -> float | None:
    """How well a draft reads as the host told again; None where it does not."""
    if set_apart(page, draft) or apart_in_time(host, draft) or not same_standing(page, host, draft):
        return None
    score = 0.0
    mine = draft.place is not None and draft.place.basis in STATED and draft.place.precision < FINE
    if draft.place and host.place:
        first, second = place_named(page, host.place.id), place_named(page, draft.place.id)
        same = first is not None and second is not None and touch(first, second)
        if not same and mine and host.place.basis in STATED and host.place.precision < FINE:
            return None
        score += 2.0 if same and mine else 0.5 if same else 0.0
        mine = mine and not same
    agents = shared(page, host, draft, AGENTS)
    if agents == "apart" and draft.real:
        return None
    score += 1.0 if agents == "same" else 0.0
    patients = shared(page, host, draft, PATIENTS)
    back = points_back(page, draft.hits[0])
    if patients == "apart" and not back:
        return None
    own_patients = bool(draft.fillers(PATIENTS)) and patients != "same" and draft.type != OUTCOME
    if own_patients and host.fillers(PATIENTS) and not back and score < 2.0:
        return None
    tolls = figures(host, draft)
    if tolls is False:
        return None
    if mine and score < 1.0 and not back:
        return None
    noun = all(hit.noun for hit in draft.hits)
    distance = min(abs(draft.sentence - s) for s in host.sentences)
    if not noun and score < 1.0 and patients != "same" and distance > 2:
        return None
    score += 1.0 if tolls else 0.0
    score += 1.0 if patients == "same" else 0.0
    score += 0.8 if host.headline else 0.0
    score += 0.5 if host.type == draft.type else 0.0
    return score + 1.0 / (1.0 + distance)


def set_apart(page: Page, draft: EventDraft) -> bool:
    """Whether the words call it another event ("a second blast", "troops also shelled the village")."""
    parse = page.parse
    hit = draft.hits[0]
    if hit.noun:
        return any(parse.lowers[k] in OTHERS for k in parse.kids(hit.token, "amod", "det"))
    carrier = hit.frame.light if hit.frame.light is not None else hit.token
    return any(parse.lowers[k] in AGAIN for k in parse.kids(carrier, "advmod"))


def apart_in_time(host: EventDraft, draft: EventDraft) -> bool:
    """Whether both say when they were, and were not at one time."""
    first, second = host.time, draft.time
    if first is None or second is None or first.basis not in OWN_TIME or second.basis not in OWN_TIME:
        return host.background != draft.background and (draft.background or host.background)
    if first.start is None or second.start is None:
        return False
    return (first.end or first.start) < second.start or (second.end or second.start) < first.start


def same_standing(page: Page, host: EventDraft, draft: EventDraft) -> bool:
    """Whether both are told as real or as the same unreal thing; what is denied or doubted is told elsewhere as fact."""
    if host.real == draft.real:
        return host.real or host.verdict.factuality == draft.verdict.factuality
    if not host.real:
        return False
    if draft.verdict.factuality == "denied":
        return True
    return all(hit.noun for hit in draft.hits) and not draft.fillers(PATIENTS)
