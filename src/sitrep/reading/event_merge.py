"""Which triggers tell one event: inside a sentence by syntax, across sentences by what they share."""

from __future__ import annotations

from math import cos, hypot, radians

from sitrep.model import Actor, Place, Quantity
from sitrep.ontology.types import EventType
from sitrep.reading.event_draft import EventDraft, unite
from sitrep.reading.event_others import goes_on
from sitrep.reading.frames import HARM
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.triggers import Hit

AGENTS = frozenset({"attacker", "perpetrator", "agent", "actor", "captor", "abductor", "besieger", "mover"})
PATIENTS = frozenset({"target", "victim", "captive", "besieged", "object", "recipient", "former_holder"})
# clauses that say what an event did ("killing 12", "when a bomb went off")
CONSEQUENCE = frozenset({"advcl", "conj", "xcomp", "ccomp", "relcl", "acl", "parataxis"})
MEANS = frozenset(
    {"in", "by", "during", "from", "after", "with", "when", "as", "amid", "of", "through", "under", "following"}
)
STATE_KINDS = frozenset({"state", "government", "military", "police", "igo"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
STATED = frozenset({"stated", "target", "sentence"})
# places that reach farther than a point: what happens in a part of them happens in them
WIDE = frozenset({"area", "admin2", "natural"})
KM_PER_DEGREE = 111.2
# a district and its town, or two names of one spot (km)
SAME_SPOT = 5.0
IN_ACT = frozenset({"in", "during", "by", "from"})
# the type of bare outcomes: people killed, by means that the words do not say
OUTCOME = "killing"
# another word for it ("the attack" after "the air strike") needs more, unless it points back
OTHER_TYPE = 0.5
# two tellings of one report become one event from this much in common; what sets them apart decides first
ENOUGH = 1.0


def absorbs(one: EventType, other: EventType) -> bool:
    """Whether mentions of the other type may tell an event of this one."""
    return one.name == other.name or other.name in one.compatible


def narrower(types: dict[str, EventType], one: str, two: str) -> str | None:
    """The type that an event has when two triggers tell it, or None where it cannot be one event."""
    first, second = types[one], types[two]
    if absorbs(first, second):
        return one
    return two if absorbs(second, first) else None


def join(draft: EventDraft, other: EventDraft, kind: str) -> None:
    """Take another telling into a draft."""
    draft.type = kind
    draft.hits += other.hits
    draft.arguments = unite(draft.arguments, other.arguments)
    draft.weight = max(draft.weight, other.weight)
    draft.sentences += [s for s in other.sentences if s not in draft.sentences]
    draft.headline = draft.headline or other.headline
    draft.claims += [claim for claim in other.claims if claim not in draft.claims]
    draft.quantities += [quantity for quantity in other.quantities if quantity not in draft.quantities]
    draft.places += other.places
    if other.place and (
        draft.place is None
        or (draft.place.basis == "context" and other.place.basis != "context")
        or _finer(other, draft)
    ):
        draft.place = other.place
    if other.time and (draft.time is None or (draft.time.basis == "context" and other.time.basis != "context")):
        draft.time = other.time


def _finer(other: EventDraft, draft: EventDraft) -> bool:
    return bool(
        other.place and draft.place and other.place.basis in STATED and other.place.precision < draft.place.precision
    )


def in_sentence(page: Page, drafts: list[EventDraft], types: dict[str, EventType]) -> list[EventDraft]:
    """Joins the drafts of one sentence that syntax ties together ("a blast killed 12", "wounded in an air strike")."""
    kept: list[EventDraft] = []
    for draft in drafts:
        for other in kept:
            kind = narrower(types, other.type, draft.type)
            if kind and other.real == draft.real and any(tied(page, a, b) for a in other.hits for b in draft.hits):
                if other.type == draft.type and _apart(page, other, draft):
                    continue
                join(other, draft, kind)
                break
        else:
            kept.append(draft)
    return [draft for draft in kept if not _settle(page, draft, kept, types)]


def _settle(page: Page, draft: EventDraft, drafts: list[EventDraft], types: dict[str, EventType]) -> bool:
    """Give a bare outcome ("killing 15", with nobody said to do it) to the nearest act of its sentence.

    The parse often loses the tie in long or badly punctuated sentences; the nearest act before it is right more often
    than a second event would be.
    """
    if draft.type != OUTCOME or draft.fillers(AGENTS) or any(hit.noun for hit in draft.hits):
        return False
    verb = draft.hits[0].token
    if page.parse.tags[verb] not in ("VBG", "VBN"):
        return False
    acts = (
        []
        if page.parse.deps[verb] == "ROOT"
        else [
            (verb - other.hits[-1].token, n)
            for n, other in enumerate(drafts)
            if other is not draft
            and other.type != OUTCOME
            and other.real == draft.real
            and other.hits[-1].token < verb
            and absorbs(types[other.type], types[OUTCOME])
            and figures(other, draft) is not False
        ]
    )
    acts = acts or [
        (other.hits[0].token - verb, n)
        for n, other in enumerate(drafts)
        if other is not draft
        and other.type != OUTCOME
        and other.real == draft.real
        and absorbs(types[other.type], types[OUTCOME])
        and in_the_act(page.parse, verb, other.hits[0])
    ]
    if not acts:
        return False
    other = drafts[min(acts)[1]]
    join(other, draft, other.type)
    return True


def in_the_act(parse: Parse, verb: int, act: Hit) -> bool:
    """Whether those harmed were harmed in an act named after them: "22 were killed and 50 wounded in the raids"."""
    prep = parse.heads[act.token]
    if not act.noun or not verb < prep < act.token or parse.lowers[prep] not in IN_ACT:
        return False
    return all(parse.pos[t] not in ("VERB", "AUX") or parse.lemmas[t] in HARM for t in range(verb + 1, prep))


def _apart(page: Page, one: EventDraft, two: EventDraft) -> bool:
    """Two coordinated tellings of one type with different targets or places are two events."""
    if one.place and two.place and one.place.id != two.place.id and {one.place.basis, two.place.basis} <= STATED:
        first, second = place_named(page, one.place.id), place_named(page, two.place.id)
        return not (first and second and holds(first, second))
    return False


def tied(page: Page, one: Hit, two: Hit) -> bool:
    """Whether one trigger is subject, means or consequence of the other."""
    parse = page.parse
    for a, b in ((one, two), (two, one)):
        if a.token in b.frame.subject or a.token in b.frame.object:
            return True
        if any(a.token in tokens for prep, tokens in b.frame.preps.items() if prep in MEANS):
            return True
        carrier = a.frame.light if a.frame.light is not None else a.token
        at = b.frame.light if b.frame.light is not None else b.token
        for _ in range(2):
            dep, head = parse.deps[at], parse.heads[at]
            if head == at:
                break
            if dep in CONSEQUENCE and head in (carrier, a.frame.verb):
                if dep == "conj" and a.type != b.type and "killing" not in (a.type, b.type):
                    return False
                return dep != "relcl"
            if dep not in ("conj", "prep", "pcomp"):
                break
            at = head
    return False


def across(page: Page, drafts: list[EventDraft], types: dict[str, EventType]) -> list[EventDraft]:
    """Joins drafts of different sentences that tell one event."""
    events: list[EventDraft] = []
    for draft in drafts:
        best: tuple[float, EventDraft, str] | None = None
        for event in events:
            kind = narrower(types, event.type, draft.type)
            if kind is None:
                continue
            score = common(page, event, draft)
            if score is not None and event.type != draft.type and not points_back(page, draft.hits[0]):
                score -= OTHER_TYPE
            if score is not None and score >= ENOUGH and (best is None or score > best[0]):
                best = (score, event, kind)
        if best:
            join(best[1], draft, best[2])
        else:
            events.append(draft)
    return events


def common(page: Page, event: EventDraft, draft: EventDraft) -> float | None:
    """How much two tellings share, or None where something sets them apart."""
    if event.background != draft.background:
        return None
    if event.verdict.factuality != draft.verdict.factuality and event.real != draft.real:
        # "approved the airstrikes", "criticised the raid": a definite noun points at an event told elsewhere
        if not (event.real and points_back(page, draft.hits[0]) and draft.verdict.factuality == "planned"):
            return None
    elif not event.real and event.verdict.factuality != draft.verdict.factuality:
        return None
    score = 0.0
    if event.place and draft.place:
        first, second = place_named(page, event.place.id), place_named(page, draft.place.id)
        both = event.place.basis in STATED and draft.place.basis in STATED
        if event.place.id == draft.place.id:
            score += (1.5 if both else 0.5) * (1.0 if event.place.precision <= 3 else 0.5)
        elif first and second and (holds(first, second) or holds(second, first)):
            score += 0.5
        elif both:
            return None
    if event.time and draft.time and event.time.start and draft.time.start:
        both = event.time.basis in ("stated", "sentence") and draft.time.basis in ("stated", "sentence")
        apart = (event.time.end or event.time.start) < draft.time.start or (
            draft.time.end or draft.time.start
        ) < event.time.start
        if apart and both:
            return None
        if not apart:
            score += 1.0 if both else 0.3
    agents = shared(page, event, draft, AGENTS)
    if agents == "apart":
        return None
    score += 1.0 if agents == "same" else 0.0
    patients = shared(page, event, draft, PATIENTS)
    if patients == "same":
        score += 1.2
    elif patients == "apart":
        score -= 0.7
    tolls = figures(event, draft)
    if tolls is False:
        return None
    score += 1.0 if tolls or goes_on(page, event, draft) else 0.0
    hit = draft.hits[0]
    parse = page.parse
    if points_back(page, hit):
        score += 1.2
    if event.headline != draft.headline and abs(draft.sentence - event.sentence) <= 4:
        score += 1.2
    if parse.lemmas[hit.token] in {parse.lemmas[h.token] for h in event.hits}:
        score += 0.4
    distance = min(abs(draft.sentence - s) for s in event.sentences)
    return score + (0.6 if distance <= 2 else 0.0) - 0.05 * distance


def points_back(page: Page, hit: Hit) -> bool:
    """Whether a trigger is a definite noun ("the attack", "these strikes", "Monday's raid")."""
    parse = page.parse
    return hit.noun and any(
        parse.lowers[k] in DEFINITE
        if parse.deps[k] == "det"
        else parse.deps[k] in ("poss", "compound", "nmod") and parse.pos[k] == "PROPN" and k in page.timex_tokens
        for k in parse.children[hit.token]
    )


def figures(one: EventDraft, two: EventDraft) -> bool | None:
    """True where both tell the same toll, False where they tell different ones, None where that cannot be said."""
    for kind in ("killed", "injured"):
        first, second = _totals(one, kind), _totals(two, kind)
        if first and second:
            if {q.best for q in first} & {q.best for q in second}:
                return True
            # "more than 30" and 34 may be one toll, and a headline's may be that of several events
            if one.headline or two.headline or any(q.modifier == "over" for q in (*first, *second)):
                return None
            return False
    return None


def _totals(draft: EventDraft, kind: str) -> list[Quantity]:
    """The figures that tell how many in all; a part ("including 11 children") is no other toll."""
    return [
        quantity
        for quantity in draft.quantities
        if quantity.kind == kind and quantity.best is not None and not quantity.cumulative and not quantity.part_of
    ]


def shared(page: Page, one: EventDraft, two: EventDraft, roles: frozenset[str]) -> str:
    """Whether two drafts name the same fillers in some roles: "same", "apart", or "" where one is silent."""
    actors = {actor.id: actor for actor in page.layers.actors}
    first = [actors[a.actor] for a in one.fillers(roles) if a.actor in actors]
    second = [actors[a.actor] for a in two.fillers(roles) if a.actor in actors]
    if first and second:
        if any(akin(a, b) for a in first for b in second):
            return "same"
        # an unnamed group may be any of the named ones, unless it is of another country or kind
        return "apart" if all(differ(a, b) for a in first for b in second) else ""
    words = {(a.text or "").casefold().split()[-1] for a in one.fillers(roles) if a.text}
    others = {(a.text or "").casefold().split()[-1] for a in two.fillers(roles) if a.text}
    return "same" if words & others else ""


def differ(one: Actor, two: Actor) -> bool:
    """Whether two actors cannot be two names of one: both known, of other countries, or one armed and one not."""
    if akin(one, two):
        return False
    if one.link and two.link:
        return True
    if one.countries and two.countries and not set(one.countries) & set(two.countries):
        return True
    return (one.kind in STATE_KINDS) != (two.kind in STATE_KINDS) and bool(one.link or two.link)


def akin(one: Actor, two: Actor) -> bool:
    """The same actor, or a state and its own body, or two bodies of one state."""
    if one.id == two.id:
        return True
    if one.kind in STATE_KINDS and two.kind in STATE_KINDS and one.countries and one.countries == two.countries:
        return True
    if not (one.link and two.link):
        return False
    first, second = one.link.id.split(":"), two.link.id.split(":")
    return first[0] == second[0] and (len(first) == 1 or len(second) == 1)


def distance_km(one: Place, two: Place) -> float:
    """Kilometres between two places, good enough for neighbours; far where one is not located."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return 1e5
    north = (one.lat - two.lat) * KM_PER_DEGREE
    east = (one.lon - two.lon) * KM_PER_DEGREE * cos(radians((one.lat + two.lat) / 2))
    return hypot(north, east)


def place_named(page: Page, place_id: str) -> Place | None:
    return next((place for place in page.layers.places if place.id == place_id), None)


def touch(one: Place, two: Place) -> bool:
    """Whether two places are one spot, or one lies in the other."""
    return one.id == two.id or holds(one, two) or holds(two, one) or distance_km(one, two) <= SAME_SPOT


def holds(outer: Place, inner: Place) -> bool:
    """Whether one place contains the other, by country and first-order division, or by the reach of a wide one."""
    if outer.kind in WIDE and outer.radius_km and distance_km(outer, inner) <= outer.radius_km:
        return True
    if outer.kind == "country":
        return outer.country == inner.country
    if outer.kind == "admin1":
        return outer.country == inner.country and outer.admin1 is not None and outer.admin1 == inner.admin1
    return False
