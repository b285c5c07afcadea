"""What has too little of its own to be an event: told again of another event of the report, it becomes part of it."""

from __future__ import annotations

from sitrep.model import EventPlace
from sitrep.ontology.types import EventType
from sitrep.reading.event_context import fineness
from sitrep.reading.event_draft import EventDraft
from sitrep.reading.event_merge import join, one_kind
from sitrep.reading.event_share import (
    AGENTS,
    GENERIC,
    OUTCOME,
    PATIENTS,
    crossed,
    distance_km,
    figures,
    holds,
    lasting,
    own_place,
    place_named,
    points_back,
    set_apart,
    shared,
    touch,
)
from sitrep.reading.page import Page

# coarser places than these are no place of one event
FINE = 5
# how much each way of saying a place counts
BASIS_WEIGHT = {"stated": 2.0, "target": 1.5, "sentence": 1.0, "near": 0.4, "context": 0.2}
# districts and suburbs lie this near their town's middle (km)
TOWN_KM = 20.0
# a toll this high is hardly told of two events of one report by chance
SEVERAL = 4
TOLD_ALIKE = 9.0
FORCE = frozenset({"violence", "remote_violence"})
# in which those who attack are shot at, within so many sentences
BATTLES = frozenset({"ground_attack", "armed_clash", "advance"})
NEXT = 2
# types other than these need more in common with an event of another type
ALIKE = 3.0
OWN_TIME = frozenset({"stated", "sentence"})


def fold(page: Page, drafts: list[EventDraft], types: dict[str, EventType]) -> list[EventDraft]:
    """Gives each draft, the poorest first, to the event that it tells again, where there is one."""
    alive = list(drafts)
    worth = {id(draft): substance(page, draft) for draft in drafts}
    for draft in sorted(drafts, key=lambda d: (worth[id(d)], -d.hits[0].token)):
        best: tuple[float, EventDraft, str] | None = None
        for host in alive:
            if host is draft or worth[id(host)] < worth[id(draft)]:
                continue
            if one_toll(types, host, draft) and shared(page, host, draft, AGENTS) != "apart":
                kind = one_kind(page, types, host, draft) or (host.type if draft.headline else draft.type)
                best = (TOLD_ALIKE, host, kind)
                break
            kind = one_kind(page, types, host, draft)
            if kind is None or (host.type not in (draft.type, kind) and not host.hits[0].noun):
                continue
            score = again(page, host, draft)
            if draft.type not in (host.type, *GENERIC) and (score is None or score < ALIKE):
                continue
            if score is not None and (best is None or score > best[0]):
                best = (score, host, kind)
        if best:
            alive = [other for other in alive if other is not draft]
            take(best[1], draft, best[2])
            worth[id(best[1])] = substance(page, best[1])
    return alive


def under_fire(drafts: list[EventDraft]) -> list[EventDraft]:
    """Drafts without the fire that attackers met in an attack or battle of theirs ("they came under sniper fire"): its
    words are part of that.
    """
    kept: list[EventDraft] = []
    for draft in drafts:
        met = {argument.actor for argument in draft.fillers(PATIENTS) if argument.actor}
        hosts = [
            host
            for host in drafts
            if host.type in BATTLES
            and host.real
            and not host.background
            and abs(host.sentence - draft.sentence) <= NEXT
            and met & {argument.actor for argument in host.fillers(AGENTS | PATIENTS)}
            and not apart_in_time(host, draft)
        ]
        if draft.type != "shooting" or draft.quantities or not draft.real or not hosts:
            kept.append(draft)
            continue
        host = max(hosts, key=lambda host: (bool(host.quantities), -abs(host.sentence - draft.sentence)))
        host.hits += draft.hits
        host.sentences += [sentence for sentence in draft.sentences if sentence not in host.sentences]
    return kept


def one_toll(types: dict[str, EventType], host: EventDraft, draft: EventDraft) -> bool:
    """Whether a headline and the text tell one toll of several dead: of one attack, whatever each calls it."""
    if host.headline == draft.headline or not (host.real and draft.real) or apart_in_time(host, draft):
        return False
    if not {types[host.type].parent, types[draft.type].parent} <= FORCE:
        return False
    first = {q.best for q in host.quantities if q.kind == "killed" and q.best and q.best >= SEVERAL}
    return any(q.kind == "killed" and q.best in first for q in draft.quantities)


def take(host: EventDraft, draft: EventDraft, kind: str) -> None:
    """Joins a draft into its host; one that is denied or only thought of adds its words, not its roles."""
    if host.real and not draft.real:
        draft.arguments, draft.quantities, draft.place, draft.places, draft.time = [], [], None, [], None
        kind = host.type
    join(host, draft, kind)


def substance(page: Page, draft: EventDraft) -> float:
    """How much a draft says of its own."""
    placed = fine_place(page, draft)
    own_time = draft.time is not None and draft.time.basis in OWN_TIME
    return (
        (4.0 if draft.real else 0.0)
        + (1.0 if placed else 0.0)
        + (0.5 if own_time else 0.0)
        + (0.8 if draft.quantities else 0.0)
        + (0.8 if draft.fillers(AGENTS) else 0.0)
        + (0.8 if draft.fillers(PATIENTS) else 0.0)
        + (1.0 if draft.headline else 0.0)
        + 0.2 * min(5, len(draft.hits))
    )


def fine_place(page: Page, draft: EventDraft) -> bool:
    """Whether a draft says where it was, no coarser than a district."""
    return own_place(page, draft) and draft.place is not None and draft.place.precision < FINE


def again(page: Page, host: EventDraft, draft: EventDraft) -> float | None:
    """How well a draft reads as the host told again; None where it does not."""
    if (
        lasting(page, host) != lasting(page, draft)
        or crossed(page, host, draft)
        or set_apart(page, draft)
        or apart_in_time(host, draft)
        or not same_standing(host, draft)
    ):
        return None
    score = 0.0
    mine = fine_place(page, draft)
    if draft.place and host.place:
        first, second = place_named(page, host.place.id), place_named(page, draft.place.id)
        same = first is not None and second is not None and touch(first, second)
        if not same and mine and fine_place(page, host):
            return None
        score += 2.0 if same and mine else 0.5 if same else 0.0
        mine = mine and not same
    agents = shared(page, host, draft, AGENTS)
    if agents == "apart" and draft.real:
        return None
    score += 1.0 if agents == "same" else 0.0
    patients = shared(page, host, draft, PATIENTS)
    back = any(points_back(page, hit) for hit in draft.hits)
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


def apart_in_time(host: EventDraft, draft: EventDraft) -> bool:
    """Whether both say when they were, and were not at one time."""
    first, second = host.time, draft.time
    if first is None or second is None or first.basis not in OWN_TIME or second.basis not in OWN_TIME:
        return host.background != draft.background and (draft.background or host.background)
    if first.start is None or second.start is None:
        return False
    return (first.end or first.start) < second.start or (second.end or second.start) < first.start


def same_standing(host: EventDraft, draft: EventDraft) -> bool:
    """Whether both are told as real or as the same unreal thing, or a noun only thinks over what the other tells.

    What is denied or negated never becomes part of what occurred: it is listed by itself, with its reason.
    """
    if host.real == draft.real:
        return host.real or host.verdict.factuality == draft.verdict.factuality
    if not host.real or draft.verdict.factuality in ("denied", "negated"):
        return False
    generic = draft.type == host.type or draft.type in GENERIC
    return generic and all(hit.noun for hit in draft.hits) and not draft.fillers(PATIENTS)


def chosen_place(page: Page, draft: EventDraft) -> EventPlace | None:
    """Where an event was, of all that its tellings say: the place said most and nearest, and the finest inside it."""
    if len(draft.places) < 2:
        return draft.place
    votes: dict[str, float] = {}
    for told in draft.places:
        votes[told.id] = votes.get(told.id, 0.0) + BASIS_WEIGHT[told.basis]
    best: dict[str, EventPlace] = {}
    for told in sorted(draft.places, key=lambda told: BASIS_WEIGHT[told.basis]):
        best[told.id] = told
    named = {place_id: place for place_id in best if (place := place_named(page, place_id)) is not None}
    if not named:
        return draft.place
    winner = max(named, key=lambda place_id: votes[place_id])
    inner = [
        place_id
        for place_id, place in named.items()
        if fineness(place) < fineness(named[winner])
        and votes[place_id] >= 1.0
        and (place.lat is None or holds(named[winner], place) or distance_km(named[winner], place) <= TOWN_KM)
    ]
    if inner:
        winner = min(inner, key=lambda place_id: (fineness(named[place_id]), -votes[place_id]))
    return best[winner]
