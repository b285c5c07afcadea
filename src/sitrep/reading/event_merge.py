"""Which triggers tell one event: inside a sentence by syntax, across sentences by what they share."""

from __future__ import annotations

import msgspec

from sitrep.ontology.types import EventType
from sitrep.reading.event_draft import EventDraft, unite
from sitrep.reading.event_others import goes_on
from sitrep.reading.event_share import (
    AGENTS,
    GENERIC,
    OUTCOME,
    PATIENTS,
    STATED,
    WINDOW,
    crossed,
    figures,
    holds,
    lasting,
    own_place,
    place_named,
    points_back,
    set_apart,
    shared,
    words_around,
)
from sitrep.reading.frames import HARM
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.triggers import Hit

# clauses that say what an event did ("killing 12", "when a bomb went off")
CONSEQUENCE = frozenset({"advcl", "conj", "xcomp", "ccomp", "relcl", "acl", "parataxis"})
MEANS = frozenset(
    {"in", "by", "during", "from", "after", "with", "when", "as", "amid", "of", "through", "under", "following"}
)
IN_ACT = frozenset({"in", "during", "by", "from"})
# another word for it ("the attack" after "the air strike") needs more, unless it points back
OTHER_TYPE = 0.5
BOMBARDING = frozenset({"bombardment", "bombard", "pound", "barrage", "pummel"})
# what troops do on the ground: no other word for a strike or a blast
OFFENSIVES = frozenset({"operation", "offensive", "incursion", "invasion"})
# what an offensive is for
AIMS = frozenset({"territory_gain", "siege", "advance", "release"})
# an air strike told again is hardly called a gas attack
OTHER_MEANS = 1.5
# two tellings of one report become one event from this much in common; what sets them apart decides first
ENOUGH = 1.0
PRINTED_TWICE = 9.0
# when the page was published says least of when it happened
TIME_RANK = {"published": 0, "context": 1, "sentence": 2, "stated": 2}


def absorbs(one: EventType, other: EventType) -> bool:
    """Whether mentions of the other type may tell an event of this one."""
    return one.name == other.name or other.name in one.compatible


def narrower(types: dict[str, EventType], one: str, two: str) -> str | None:
    """The type that an event has when two triggers tell it, or None where it cannot be one event."""
    first, second = types[one], types[two]
    if absorbs(first, second):
        return one
    return two if absorbs(second, first) else None


def one_kind(page: Page, types: dict[str, EventType], one: EventDraft, two: EventDraft) -> str | None:
    """The type of one event that two drafts tell, None where they cannot: a bare "bombardment" may be by aircraft."""
    for loose, other in ((one, two), (two, one)):
        afoot = loose.type == "ground_attack" and types[other.type].parent == "remote_violence"
        if afoot and all(page.parse.lemmas[hit.token] in OFFENSIVES for hit in loose.hits):
            return None
    kind = narrower(types, one.type, two.type)
    if kind is not None:
        return kind
    for loose, other in ((one, two), (two, one)):
        if loose.type == "ground_attack" and other.type == "armed_clash" and not all(hit.noun for hit in loose.hits):
            # "the fighting in the town", "the brigades attacked its last districts": one battle
            return other.type
        if types[other.type].parent != "remote_violence":
            continue
        if loose.type == "shelling" and all(page.parse.lemmas[hit.token] in BOMBARDING for hit in loose.hits):
            return other.type if narrower(types, other.type, "ground_attack") == other.type else None
    return None


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
    if other.time and (draft.time is None or TIME_RANK[draft.time.basis] < TIME_RANK[other.time.basis]):
        draft.time = other.time


def _finer(other: EventDraft, draft: EventDraft) -> bool:
    return bool(
        other.place and draft.place and other.place.basis in STATED and other.place.precision < draft.place.precision
    )


def in_sentence(page: Page, drafts: list[EventDraft], types: dict[str, EventType]) -> list[EventDraft]:
    """Joins the drafts of one sentence that syntax ties together ("a blast killed 12", "wounded in an air strike")."""
    kept: list[EventDraft] = []
    for draft in drafts:
        if _aim(page, draft, kept):
            continue
        for other in kept:
            kind = one_kind(page, types, other, draft)
            if kind and other.real == draft.real and any(tied(page, a, b) for a in other.hits for b in draft.hits):
                if other.type == draft.type and _apart(page, other, draft):
                    continue
                _killers(other, draft)
                join(other, draft, kind)
                break
        else:
            kept.append(draft)
    return [draft for draft in kept if not _settle(page, draft, kept, types)]


def _killers(one: EventDraft, two: EventDraft) -> None:
    """Makes those "with" whom the dead had clashed those who killed them: "ten fighters killed in clashes with X"."""
    for clash, outcome in ((one, two), (two, one)):
        if clash.type != "armed_clash" or outcome.type != OUTCOME or clash.fillers(AGENTS) or outcome.fillers(AGENTS):
            continue
        if any(argument.role == "victim" for argument in outcome.arguments):
            clash.arguments = [
                msgspec.structs.replace(a, role="attacker") if a.role == "target" and a.actor else a
                for a in clash.arguments
            ]


def _aim(page: Page, draft: EventDraft, drafts: list[EventDraft]) -> bool:
    """Gives the aim of an attack to the attack ("an offensive to retake the town", "a raid to free the hostages"): it
    is what the attack is for, not a second event.
    """
    parse = page.parse
    verb = draft.hits[0].token
    if draft.real or draft.type not in AIMS or parse.deps[verb] != "acl" or parse.tags[verb] != "VB":
        return False
    for other in drafts:
        if other.type == "ground_attack" and parse.heads[verb] == other.hits[-1].token:
            known = {argument.role for argument in other.arguments}
            told = (
                msgspec.structs.replace(a, role="attacker" if a.role == "actor" else a.role) for a in draft.arguments
            )
            other.arguments += [a for a in told if a.role in ("attacker", "target") and a.role not in known]
            other.hits += draft.hits
            return True
    return False


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
    """Two coordinated tellings of one type with different authors, targets or places are two events."""
    if shared(page, one, two, AGENTS) == "apart" and not (one.hits[-1].noun and two.hits[0].noun):
        return True
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
            if dep not in ("conj", "prep", "pcomp") and parse.lemmas[head] not in HARM:
                # "killed and 50 wounded when they attacked": the clause hangs on the nearer of two tolls
                break
            at = head
    return False


def across(page: Page, drafts: list[EventDraft], types: dict[str, EventType]) -> list[EventDraft]:
    """Joins drafts of different sentences that tell one event: those that have most in common first, and never two
    groups of which any two members are set apart.
    """
    pairs: list[tuple[float, int, int]] = []
    apart: set[tuple[int, int]] = set()
    for second, draft in enumerate(drafts):
        for first in range(second):
            if one_kind(page, types, drafts[first], draft) is None:
                continue
            score = alike(page, drafts[first], draft)
            if score is None:
                apart.add((first, second))
            elif score >= ENOUGH:
                pairs.append((-score, first, second))
    groups = {n: [n] for n in range(len(drafts))}
    kinds = [draft.type for draft in drafts]
    for _, first, second in sorted(pairs):
        one, two = groups[first], groups[second]
        if one is two or any((min(a, b), max(a, b)) in apart for a in one for b in two):
            continue
        if any(one_kind(page, types, drafts[a], drafts[b]) is None for a in one for b in two):
            continue
        bare, other = sorted((kinds[one[0]], kinds[two[0]]), key=lambda kind: kind != "shelling")
        kind = narrower(types, bare, other) or ("armed_clash" if "armed_clash" in (bare, other) else other)
        one[:] = sorted([*one, *two])
        for member in one:
            groups[member] = one
            kinds[member] = kind
    return [_joined(drafts, group, kinds[n]) for n, group in groups.items() if group[0] == n]


def _joined(drafts: list[EventDraft], group: list[int], kind: str) -> EventDraft:
    """One event of all the drafts of a group, in text order."""
    first = drafts[group[0]]
    for other in group[1:]:
        join(first, drafts[other], kind)
    return first


def alike(page: Page, event: EventDraft, draft: EventDraft) -> float | None:
    """How much two tellings share, less where they call it by other types; None where something sets them apart."""
    score = common(page, event, draft)
    if score is None or event.type == draft.type:
        return score
    loose = event.type in GENERIC or draft.type in GENERIC
    return score - ((0.0 if points_back(page, draft.hits[0]) else OTHER_TYPE) if loose else OTHER_MEANS)


def common(page: Page, event: EventDraft, draft: EventDraft) -> float | None:
    """How much two tellings share, or None where something sets them apart."""
    if event.type == draft.type:
        first, second = words_around(page, event.hits[0]), words_around(page, draft.hits[0])
        if len(first) >= WINDOW and first == second:
            return PRINTED_TWICE
    if event.background != draft.background or lasting(page, event) != lasting(page, draft):
        return None
    if crossed(page, event, draft) or (set_apart(page, draft) and not event.headline):
        return None
    inside = draft.sentence in event.sentences and not draft.hits[0].noun
    if inside and draft.fillers(AGENTS) and shared(page, event, draft, AGENTS) != "same":
        # what syntax does not tie inside a sentence, somebody else did ("struck the town where rebels killed a pilot")
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
        both = own_place(page, event) and own_place(page, draft)
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
