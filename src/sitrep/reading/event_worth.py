"""Whether a draft says enough to be coded as an event; else why it is passed over."""

from __future__ import annotations

from sitrep.model import PassedOver, PassedReason
from sitrep.ontology.types import EventType
from sitrep.reading.event_draft import EventDraft
from sitrep.reading.event_share import (
    AGENTS,
    OUTCOME,
    PATIENTS,
    STATED,
    armed_or_harmed,
    points_back,
)
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.triggers import Hit

# groups of types whose events are acts between actors: without one there is nothing to code
NEEDS_ACTOR = frozenset({"verbal", "diplomacy", "support", "coercion", "forces", "politics", "relief"})
# acts of words: what a report says further down that people said is a claim; its lead is an event
COURTESIES = frozenset({"meeting", "visit", "mediation", "cooperation", "recognition"})
OPENING = 2
# acts of words that are steps of a decision
STEPS = frozenset({"request", "approval", "refusal"})
# the headline and the sentences that lead a report
LEAD = 4
# UCDP where_prec from which a place is a country or more
WIDE = 6
# types that the words "use of" a kind of weapon name
ARSENAL = frozenset({"chemical_attack"})
# what a war does to people over years
WAR_LONG = frozenset({OUTCOME, "displacement"})
# no one event kills as many: the toll of a war
WAR_TOLL = 5000
# what armed groups do all along, and a participle says of them ("the groups fighting in the north")
LASTING = frozenset({"armed_clash", "siege", "alliance"})
# who is tried, and for what: "convicted of extortion", "sentenced to life for torturing", "on charges of murder"
COURT = frozenset(
    "convict sentence jail imprison charge indict arraign acquit prosecute guilty plead conviction indictment".split()
)
# "cases of abuse", "complaints about": of nobody and nowhere, a state of things
CASES = frozenset({"case", "complaint", "allegation"})
UPWARDS = frozenset({"pobj", "pcomp", "prep", "conj", "compound", "amod", "dobj", "nmod", "poss", "xcomp"})
CLIMB = 8
# below this, a trigger without any argument is too little to code an event from
LEAST = 0.35


def not_coded(page: Page, draft: EventDraft, types: dict[str, EventType]) -> PassedReason | None:
    """Why a draft is too little to code, or None: somebody must act where only words are exchanged; else it needs an
    argument, a figure, a place of its own, or a headline that tells it.
    """
    parent = types[draft.type].parent
    if parent in NEEDS_ACTOR:
        if not any(argument.actor for argument in draft.arguments):
            return "no_actor"
        said = parent == "verbal" or draft.type in COURTESIES
        if draft.headline or draft.sentence < (OPENING if said else LEAD):
            return None
        if said:
            return None if draft.type in STEPS and between_known(page, draft) else "said"
        return None if draft.real else "state"
    if not draft.real and not draft.headline and draft.sentence >= LEAD:
        # what did not happen, or not yet, is worth a line where somebody would do it to somebody or somewhere
        where = draft.place is not None and draft.place.basis in ("stated", "target")
        return None if draft.fillers(AGENTS) and (where or draft.fillers(PATIENTS)) else "state"
    if draft.type in WAR_LONG and not draft.fillers(AGENTS):
        # "300,000 people have been killed since, and millions displaced": a toll of many events, not one
        told = [q for sentence in draft.sentences for q in page.quantities_by_sentence.get(sentence, [])]
        tolls = [q for q in told if q.kind == "killed"]
        if any(q.cumulative or (q.low or q.best or 0) >= WAR_TOLL for q in tolls):
            return "many"
        if draft.type == OUTCOME and not draft.headline and (draft.place is None or draft.place.basis not in STATED):
            return "many"
    if draft.background and parent == "violence" and for_years(draft):
        return "many"
    if draft.type in ARSENAL and used_at_large(page, draft):
        return "bare"
    if named_only(draft, page):
        above = [above_of(page.parse, hit.token) for hit in draft.hits]
        if all(lemmas & COURT for lemmas in above):
            return "said"
        if not draft.headline and all(lemmas & CASES for lemmas in above):
            return "state"
    if draft.type in LASTING and not draft.headline and not draft.quantities and all_asides(page, draft):
        return "state"
    if draft.type == "armed_clash" and not draft.headline and idle(draft):
        return "state"
    if draft.arguments or draft.quantities or draft.headline:
        return None
    if not draft.real:
        return "state"
    verb = any(not hit.noun for hit in draft.hits)
    own = ("stated", "sentence") if verb or parent != "violence" else ("stated",)
    stated = draft.place is not None and draft.place.basis in own
    if not stated and all(points_back(page, hit) for hit in draft.hits):
        return "bare"
    dated = draft.time is not None and draft.time.basis in own
    return None if draft.weight * (1.0 if stated or verb or dated else 0.4) >= LEAST else "bare"


def for_years(draft: EventDraft) -> bool:
    """Whether history tells of force in months or years somewhere in a country, with no toll: of many events."""
    if draft.headline or draft.quantities or (draft.time and draft.time.precision in ("day", "week")):
        return False
    return draft.place is None or draft.place.precision >= WIDE


def used_at_large(page: Page, draft: EventDraft) -> bool:
    """Whether the words only say that somebody uses a kind of weapon ("accused the rebels of using gas"): no attack."""
    told = (draft.place and draft.place.basis in STATED) or (draft.time and draft.time.basis in ("stated", "sentence"))
    if told or draft.headline or draft.quantities:
        return False
    return all(page.parse.lemmas[hit.token] == "use" for hit in draft.hits)


def named_only(draft: EventDraft, page: Page) -> bool:
    """Whether a draft has no toll, no day of its own, and nobody who can fight."""
    dated = draft.time is not None and draft.time.basis == "stated"
    return not (dated or armed_or_harmed(page, draft))


def above_of(parse: Parse, token: int) -> set[str]:
    """The words that a trigger hangs on by prepositions ("guilty of", "cases of", "sentenced for")."""
    found: set[str] = set()
    for _ in range(CLIMB):
        head = parse.heads[token]
        if head == token or parse.deps[token] not in UPWARDS:
            break
        if parse.deps[token] == "prep":
            found.add(parse.lemmas[head].lower())
        token = head
    return found


def between_known(page: Page, draft: EventDraft) -> bool:
    """Whether an act of words passed between two known actors of different countries."""
    actors = page.actors
    linked = [actors[a.actor] for a in draft.arguments if a.actor in actors]
    linked = [actor for actor in linked if actor.link and actor.countries]
    return draft.real and any(not set(one.countries) & set(two.countries) for one in linked for two in linked)


def idle(draft: EventDraft) -> bool:
    """Whether verbs tell of fighting with neither a foe nor a place nor a toll ("the groups that go on fighting")."""
    if draft.quantities or draft.fillers(PATIENTS) or any(hit.noun for hit in draft.hits):
        return False
    return draft.place is None or draft.place.basis not in STATED


def all_asides(page: Page, draft: EventDraft) -> bool:
    """Whether only participles that say who somebody is tell a draft, with no place and time of their own."""
    parse = page.parse
    if (draft.time and draft.time.basis == "stated") or (draft.place and draft.place.basis == "stated"):
        return False
    return all(not hit.noun and parse.deps[hit.token] in ("acl", "amod", "relcl") for hit in draft.hits)


def passed_over(page: Page, hit: Hit, kind: str, reason: PassedReason) -> PassedOver:
    """The record of a trigger that was not coded."""
    return PassedOver(
        type=kind,
        trigger=page.words(hit.token, hit.last + 1),
        reason=reason,
        evidence=(page.sentence_evidence(hit.token),),
    )
