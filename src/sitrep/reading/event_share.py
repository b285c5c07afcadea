"""What two tellings of one report share and what sets them apart: who, whom, where, how many, and the words."""

from __future__ import annotations

from math import cos, hypot, radians

from sitrep.model import Actor, Argument, Place, Quantity
from sitrep.reading.event_draft import FIGHTERS, EventDraft
from sitrep.reading.page import Page
from sitrep.reading.triggers import Hit

AGENTS = frozenset({"attacker", "perpetrator", "agent", "actor", "captor", "abductor", "besieger", "mover"})
PATIENTS = frozenset({"target", "victim", "captive", "besieged", "object", "recipient", "former_holder"})
STATE_KINDS = frozenset({"state", "government", "military", "police", "igo"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
STATED = frozenset({"stated", "target", "sentence"})
# places that reach farther than a point: what happens in a part of them happens in them
WIDE = frozenset({"area", "admin2", "natural"})
KM_PER_DEGREE = 111.2
# a district and its town, or two names of one spot (km)
SAME_SPOT = 5.0
# the type of bare outcomes: people killed, by means that the words do not say
OUTCOME = "killing"
# types whose words may mean any attack, or what it left
GENERIC = frozenset({"ground_attack", "killing", "property_destruction", "crash"})
# words that set an event apart from the ones told before
OTHERS = frozenset(
    "another other separate second third fourth similar earlier later previous prior subsequent different".split()
)
AGAIN = frozenset({"also", "elsewhere", "separately", "later", "again", "earlier", "previously"})
# nouns of those who fight a state
REBELS = frozenset(
    "rebel rebels insurgent insurgents militant militants jihadists jihadist terrorists guerrillas".split()
)
# and of those who fight for it
LOYAL = frozenset("government regime pro-government pro-regime loyalist loyalists".split())
OPENERS = frozenset({"elsewhere", "separately"})
# what goes on for long, or comes back, is not the event of one day
LONG = frozenset({"campaign", "war"})
HABIT = frozenset("regularly often frequently repeatedly routinely daily usually always indiscriminately".split())
HARMED = frozenset({"killed", "injured"})
# words of a sentence that are not the same by chance
WINDOW = 7


def words_around(page: Page, hit: Hit) -> tuple[str, ...]:
    """The words that follow and precede a trigger in its sentence, for telling what is printed twice."""
    parse = page.parse
    low, high = parse.sentence(hit.token)
    return tuple(parse.lowers[max(low, hit.token - 3) : min(high, hit.token + WINDOW)])


def set_apart(page: Page, draft: EventDraft) -> bool:
    """Whether the words call it another event ("a second blast", "troops also shelled the village")."""
    parse = page.parse
    hit = draft.hits[0]
    if parse.lowers[parse.sentence(hit.token)[0]] in OPENERS and not points_back(page, hit):
        return True
    if hit.noun:
        return any(parse.lowers[k] in OTHERS for k in parse.kids(hit.token, "amod", "det"))
    if draft.type in GENERIC and not draft.fillers(AGENTS):
        # "several houses were also damaged": more of the same
        return False
    carrier = hit.frame.light if hit.frame.light is not None else hit.token
    return any(parse.lowers[k] in AGAIN for k in parse.kids(carrier, "advmod"))


def lasting(page: Page, draft: EventDraft) -> bool:
    """Whether a draft tells what is done again and again, or for long ("is regularly hit", "a bombing campaign")."""
    parse = page.parse
    return any(
        parse.lemmas[hit.token] in LONG
        or any(
            parse.lowers[kid] in HABIT
            for word in {hit.token, hit.frame.light if hit.frame.light is not None else hit.token}
            for kid in parse.kids(word, "advmod", "amod")
        )
        for hit in draft.hits
    )


def own_place(page: Page, draft: EventDraft) -> bool:
    """Whether a draft says where it was: a place of its clause, or of its sentence where it is no noun that only points
    back ("no comment from Damascus after the attack").
    """
    if draft.place is None or draft.place.basis not in STATED:
        return False
    return draft.place.basis != "sentence" or not all(points_back(page, hit) for hit in draft.hits)


def points_back(page: Page, hit: Hit) -> bool:
    """Whether a trigger is a definite noun ("the attack", "these strikes", "Monday's raid")."""
    parse = page.parse
    return hit.noun and any(
        parse.lowers[k] in DEFINITE
        if parse.deps[k] == "det"
        else parse.deps[k] in ("poss", "compound", "nmod") and parse.pos[k] == "PROPN" and k in page.timex_tokens
        for k in parse.children[hit.token]
    )


def armed_or_harmed(page: Page, draft: EventDraft) -> bool:
    """Whether somebody who can fight takes part, or people were killed or hurt."""
    actors = page.actors
    fight = any(a.actor in actors and actors[a.actor].kind in FIGHTERS for a in draft.arguments)
    return fight or any(q.kind in HARMED for q in draft.quantities)


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
    actors = page.actors
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


def crossed(page: Page, one: EventDraft, two: EventDraft) -> bool:
    """Whether one tells what a side did and the other what was done to it: "the regime bombed the rebels", "rebels
    attacked the government base" are two events, save where one tells of a battle.
    """
    if "armed_clash" in (one.type, two.type):
        return False
    return any(
        does and suffers and does & suffers and not (does & sides(page, other, AGENTS))
        for first, other in ((one, two), (two, one))
        for does, suffers in [(sides(page, first, AGENTS), sides(page, other, PATIENTS))]
        if sides(page, other, AGENTS)
    )


def sides(page: Page, draft: EventDraft, roles: frozenset[str]) -> set[str]:
    """The sides of a war that the fillers of some roles name by what they are."""
    words = {
        word
        for argument in draft.fillers(roles)
        for word in f"{_name(page, argument)} {argument.evidence[0].quote}".lower().replace("-held", "").split()
    }
    return {side for side, named in (("state", LOYAL), ("rebels", REBELS)) if words & named}


def _name(page: Page, argument: Argument) -> str:
    actor = page.actors.get(argument.actor or "")
    return actor.name if actor else ""


def differ(one: Actor, two: Actor) -> bool:
    """Whether two actors cannot be two names of one: both known, of other countries, or one armed and one not."""
    if akin(one, two):
        return False
    if one.link and two.link:
        return True
    if one.countries and two.countries and not set(one.countries) & set(two.countries):
        return True
    first, second = (set(actor.name.lower().split()) for actor in (one, two))
    if (first & LOYAL and second & REBELS) or (first & REBELS and second & LOYAL):
        return True
    if (one.kind in STATE_KINDS) == (two.kind in STATE_KINDS):
        return False
    return bool(one.link or two.link) or bool(REBELS & set(f"{one.name} {two.name}".lower().split()))


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
    return page.places.get(place_id)


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
