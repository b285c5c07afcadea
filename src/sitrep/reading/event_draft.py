"""Events in the making: what one or several triggers say, before they become records."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from sitrep.model import Argument, EventPlace, EventTime, Quantity
from sitrep.ontology.types import EventType, Role
from sitrep.reading.event_blame import authors
from sitrep.reading.factuality import Verdict
from sitrep.reading.fillers import Fillers
from sitrep.reading.frames import HARM, with_conjuncts
from sitrep.reading.nominals import base_start, tail_end
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.triggers import Hit

REAL = frozenset({"occurred", "ongoing"})
STRIKERS = frozenset({"military", "igo", "state", "armed_group"})
# nouns whose "of" names those who struck as often as what was struck ("raids of the coalition")
STRIKES = frozenset({"strike", "airstrike", "raid", "sortie", "air", "attack"})
# units and posts are hit more often than they hit
POSTS = frozenset({"convoy", "patrol", "base", "garrison", "barracks", "commander", "leader", "headquarters"})
# nouns of count that stand for people where nothing follows them ("displaced millions")
MANY = frozenset({"dozen", "score", "hundred", "thousand", "million"})
# what a verb of killing may have as its object in place of the victim ("slit the throats of the men")
BODY = frozenset({"throat", "head", "life", "neck", "body", "hand"})
BUILT = frozenset({"person", "group", "place", "facility", "vehicle", "weapon"})
# verbs of many senses, whose particle decides which
LOOSE = frozenset({"take", "hit", "hold", "bring", "move", "set", "turn"})
FIGHTERS = frozenset({"military", "police", "armed_group", "militia"})
# nouns that stand after "on", "at" or "in" without being what was hit, asked for or met
ABSTRACT = frozenset(
    "occasion request behest time moment end beginning start pace level rate scale way effort attempt "
    "response retaliation "
    "dawn dusk noon midnight daybreak sunset order basis condition case part day night morning week month year "
    "addition fact place result number series wake".split()
)
# the role that both sides of an act share ("A met B"): all its frames count, not only the first that is filled
SYMMETRIC = "participant"
# roles of those an act of words is directed at, the plainest first
RECIPIENTS = (
    "recipient",
    "target",
    "demandee",
    "threatened",
    "accused",
    "supported",
    "sanctioned",
    "beneficiary",
    "restricted",
    "participant",
)
# how sure a role filler is by where it stands
SLOT_SCORE = {"subject": 0.9, "object": 0.9, "by": 0.9, "of": 0.8, "poss": 0.8, "adjective": 0.8, "between": 0.85}
# force that takes an army: people who are only called civilians do not use it; a bomb they may
UNARMED = frozenset({"civilians", "media", "ngo"})
HELPLESS = frozenset({"people", "person", "civilian", "child", "woman", "baby", "patient", "medic", "victim"})
HEAVY = frozenset({"air_strike", "shelling", "missile_strike", "chemical_attack"})


ASKED = frozenset({"recipient", "beneficiary", "supported"})
HOLDING = frozenset({"held", "controlled", "run", "occupied", "dominated"})
# how sure an author is whose area it came from, and one whom others name
HELD = 0.5
BLAMED = 0.5


@dataclass(slots=True)
class EventDraft:
    """One event as its triggers tell it. sentence: index of the first sentence that tells it."""

    type: str
    hits: list[Hit]
    arguments: list[Argument]
    verdict: Verdict
    sentence: int
    weight: float
    sentences: list[int] = field(default_factory=lambda: list[int]())
    place: EventPlace | None = None
    places: list[EventPlace] = field(default_factory=lambda: list[EventPlace]())
    time: EventTime | None = None
    quantities: list[Quantity] = field(default_factory=lambda: list[Quantity]())
    claims: list[str] = field(default_factory=lambda: list[str]())
    headline: bool = False
    background: bool = False

    @property
    def real(self) -> bool:
        """Whether the event is told as something that happened or is going on."""
        return self.verdict.factuality in REAL

    def fillers(self, side: frozenset[str]) -> list[Argument]:
        """The arguments of the roles named."""
        return [argument for argument in self.arguments if argument.role in side]


def fill(page: Page, hit: Hit, kind: EventType, fillers: Fillers, home: str | None = None) -> list[Argument] | None:
    """The arguments of one trigger by its type's role frames; None where a required role stays empty.

    home: the country in which the report's places lie.
    """
    found: dict[str, list[Argument]] = {}
    used: set[int] = {hit.token, *page.timex_tokens}
    # the instrument takes last what no other role wants
    roles = sorted(((n, r) for n, r in kind.roles.items() if n != "place"), key=lambda pair: pair[0] == "instrument")
    instrument = kind.roles.get("instrument")
    for name, role in roles:
        for slot in role.frames:
            for token in hit.frame.slot(slot):
                if (
                    slot in ("adjective", "compound")
                    and name == "attacker"
                    and (page.parse.lemmas[token] in POSTS or struck_there(page, token, home))
                ):
                    continue
                if token in used or nobody(page, token) or (instrument and not may_be(page, name, token, fillers)):
                    continue
                who = whose_body(page, token) if name in ("victim", "target") else token
                argument = argue(page, name, role, who, SLOT_SCORE.get(slot, 0.7), fillers)
                if argument:
                    takes = name
                    if slot == "of" and hit.noun and name in ("target", "victim") and "attacker" not in found:
                        # "air strikes of the coalition": those who have aircraft and guns act, the rest are hit
                        actor = fillers.actor(token)
                        if (
                            actor
                            and actor.kind in STRIKERS
                            and kind.parent == "remote_violence"
                            and "attacker" in kind.roles
                            and page.parse.lemmas[hit.token] in STRIKES
                            and page.parse.lemmas[token] not in POSTS
                        ):
                            takes, argument = "attacker", msgspec.structs.replace(argument, role="attacker")
                    found.setdefault(takes, []).append(argument)
                    if not (instrument and is_weapon(page, token, fillers)):
                        # "Turkish howitzers" are their army and its means
                        used.add(token)
            if name in found and name != SYMMETRIC:
                break
    harmed = [a for a in found.get("attacker", []) if is_harmed(page, hit, a)]
    if harmed:
        found["attacker"] = [a for a in found["attacker"] if a not in harmed]
        if "victim" in kind.roles:
            moved = [msgspec.structs.replace(a, role="victim") for a in harmed]
            found["victim"] = unite(found.get("victim", []), moved)
        if not found["attacker"]:
            del found["attacker"]
    author = kind.roles.get("attacker")
    if hit.noun and author and "attacker" not in found:
        named = [token for token in authors(page.parse, hit.token) if not nobody(page, token)]
        laid = [argue(page, "attacker", author, token, BLAMED, fillers) for token in named]
        blamed = [argument for argument in laid if argument and argument.actor]
        if blamed:
            found["attacker"] = blamed
    if author and "attacker" not in found:
        holders = [one for token in hit.frame.preps.get("from", []) for one in holders_of(page.parse, token)]
        held = [argue(page, "attacker", author, token, HELD, fillers) for token in holders]
        fired = [msgspec.structs.replace(a, basis="inferred") for a in held if a and a.actor]
        if fired:
            found["attacker"] = fired
    if any(role.required and name not in found for name, role in roles):
        return None
    return [argument for name, _ in roles for argument in found.get(name, [])]


def holders_of(parse: Parse, token: int) -> list[int]:
    """Who holds the area that was fired from: "from a rebel-held district"."""
    return [
        word - 2
        for word in parse.kids(token, "amod")
        if parse.lowers[word] in HOLDING and word >= 2 and parse.words[word - 1] == "-"
    ]


def struck_there(page: Page, token: int, home: str | None) -> bool:
    """Whether a country before a noun of force is where it was used: "Syria air strikes" in a report on Syria, unlike
    "Syrian air strikes".
    """
    place = page.place_at(token)
    mention = page.mention_headed.get(token)
    if place is None or mention is None or mention.form != "name" or place.kind != "country":
        return False
    return home is not None and place.country == home and page.parse.deps[token] != "poss"


def nobody(page: Page, token: int) -> bool:
    """Whether a token names nobody ("no group has claimed", "no individual or group")."""
    parse = page.parse
    first = parse.heads[token] if parse.deps[token] == "conj" else token
    return any(parse.lowers[kid] == "no" for kid in parse.kids(first, "det"))


def is_harmed(page: Page, hit: Hit, argument: Argument) -> bool:
    """Whether who stands as the author was harmed: civilians have no guns and aircraft, and those who "killed in air
    strikes" without an object were killed.
    """
    actor = page.actors.get(argument.actor or "")
    if actor is None or actor.kind not in UNARMED:
        return False
    if actor.kind != "civilians":
        return hit.type in HEAVY
    harming = not hit.noun and page.parse.lemmas[hit.token] in HARM
    helpless = page.parse.token_at(argument.evidence[0].end - 1)
    defenceless = helpless is not None and page.parse.lemmas[helpless] in HELPLESS
    return hit.type in HEAVY or (harming and (defenceless or not hit.frame.object))


def other_side(page: Page, hit: Hit, kind: EventType, arguments: list[Argument]) -> list[Argument]:
    """Whom an act of words is directed at, where no frame says so: the first other actor in what is said, or the
    country that it speaks of ("agreed to open its borders to X", "opened an inquiry against X").
    """
    if not any(argument.actor for argument in arguments):
        return []
    role = next((name for name in RECIPIENTS if name in kind.roles), None)
    if role is None or any(
        argument.role in RECIPIENTS and (argument.actor or argument.place) for argument in arguments
    ):
        return []
    parse = page.parse
    known = {argument.actor for argument in arguments}
    top = hit.frame.light if hit.frame.light is not None else hit.token
    place: list[Argument] = []
    for token in range(hit.token + 1, parse.right[top]):
        if parse.pos[token] not in ("NOUN", "PROPN", "ADJ") or token in page.timex_tokens:
            continue
        if role in ASKED and parse.lowers[parse.heads[token]] == "against":
            # "asked for help against the militants": not whom it was asked of
            continue
        actor = page.actor_at(token)
        mention = page.mention_headed.get(token)
        if mention is None:
            continue
        if actor and actor.id not in known and (actor.countries or actor.link or mention.form == "name"):
            return [
                Argument(role=role, actor=other.id, evidence=words.evidence, score=0.5, basis="inferred")
                for one in with_conjuncts(parse, [token])
                if (other := page.actor_at(one)) and other.id not in known and (words := page.mention_headed.get(one))
            ]
        named = page.place_at(token)
        if not place and actor is None and named and named.kind == "country":
            place = [
                Argument(role=role, place=other.id, evidence=words.evidence, score=0.4, basis="inferred")
                for one in with_conjuncts(parse, [token])
                if (other := page.place_at(one)) and (words := page.mention_headed.get(one))
            ]
    return place


def figurative(page: Page, hit: Hit, arguments: list[Argument], fillers: Fillers) -> bool:
    """Whether a verb of violence is meant otherwise: attacking an idea, shooting a film, killing animals.

    Those who can fight make any object a target, and people, places and things built make any attack one.
    """
    parse = page.parse
    if not hit.noun and hit.last == hit.token and parse.lemmas[hit.token] in LOOSE and parse.kids(hit.token, "prt"):
        # "take down a post": the particle makes another verb
        return True
    if hit.noun or hit.type not in ("ground_attack", "shooting", "killing"):
        return False
    actors = page.actors
    if any(a.actor in actors and actors[a.actor].kind in FIGHTERS for a in arguments):
        return False
    done_to = [a for a in arguments if a.role in ("target", "victim")]
    if hit.type == "shooting" and not done_to:
        return True
    things = {*fillers.nouns.facilities, *fillers.nouns.vehicles, *fillers.nouns.weapons, *fillers.classes["@area"]}
    for argument in done_to:
        if argument.actor or argument.place:
            return False
        first, end = parse.tokens_in(argument.evidence[0].start, argument.evidence[-1].end)
        for token in range(first, end):
            if first <= parse.heads[token] < end and parse.heads[token] != token:
                continue
            if parse.lemmas[token].lower() in things or fillers.kind(token) in BUILT:
                return False
    return bool(done_to)


REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})


def may_be(page: Page, name: str, token: int, fillers: Fillers) -> bool:
    """Whether a token may fill a role of a type that knows instruments: what was fired is the means, even where it is
    the verb's object, but "Turkish howitzers" that answer fire act for their army.
    """
    if name == "target" and page.parse.lowers[token] in REFLEXIVE:
        return False  # "blew himself up": whom else he meant is said elsewhere
    if name == "instrument" or not is_weapon(page, token, fillers):
        return True
    actor = page.actor_at(token)
    return name == "attacker" and actor is not None and bool(actor.link or actor.countries or actor.kind in FIGHTERS)


def whose_body(page: Page, token: int) -> int:
    """Whose throat, head or life it is that a verb of killing has as its object; else the token itself."""
    parse = page.parse
    if parse.lemmas[token] not in BODY:
        return token
    of = [t for prep in parse.kids(token, "prep") if parse.lowers[prep] == "of" for t in parse.kids(prep, "pobj")]
    return next(iter(of or parse.kids(token, "poss")), token)


def is_weapon(page: Page, token: int, fillers: Fillers) -> bool:
    """Whether a token names a weapon: what was fired is the means, even where it is the verb's object."""
    mention = page.mention_headed.get(token)
    lemma = page.parse.lemmas[token].lower()
    # in a headline "Bombs" passes for a name and keeps its plural
    known = lemma in fillers.nouns.weapons or (
        page.parse.pos[token] == "PROPN" and lemma.removesuffix("s") in fillers.nouns.weapons
    )
    return known or (mention is not None and mention.kind == "weapon")


def argue(page: Page, name: str, role: Role, token: int, score: float, fillers: Fillers) -> Argument | None:
    """One token as the filler of a role, or None where the role does not take it."""
    parse = page.parse
    outer, token = token, fillers.through(token)
    mention = page.mention_headed.get(token)
    kind = mention.kind if mention else None
    actor = fillers.actor(token)
    if mention and outer != token:
        # "a convoy of peacekeepers", "two of the reporters": the words run from the outer noun to the inner
        evidence = (page.evidence(parse.starts[base_start(parse, outer)], mention.evidence[-1].end),)
    elif mention and mention.evidence:
        evidence = mention.evidence
    elif parse.pos[token] in ("NOUN", "PROPN", "NUM", "PRON"):
        evidence = (page.words(base_start(parse, token), tail_end(parse, token, of=True)),)
    else:
        return None
    accepts = role.filler
    if actor and ("actor" in accepts or ("person" in accepts and actor.kind in ("person", "civilians", "government"))):
        return Argument(
            role=name,
            actor=actor.id,
            evidence=evidence,
            score=round(score * (actor.link.score if actor.link else 0.9), 3),
        )
    place = page.place_at(token)
    if place and "place" in accepts:
        return Argument(role=name, place=place.id, evidence=evidence, score=round(score * 0.9, 3))
    if parse.pos[token] == "PRON" or kind == "time":
        return None
    lemma = parse.lemmas[token].lower()
    if lemma in MANY and "person" not in accepts:
        return None
    fits = (
        ("text" in accepts and lemma not in ABSTRACT)
        or (kind is not None and kind in accepts)
        or ("facility" in accepts and lemma in fillers.nouns.facilities)
        or ("weapon" in accepts and lemma in fillers.nouns.weapons)
        or ("vehicle" in accepts and lemma in fillers.nouns.vehicles)
        or ("person" in accepts and (kind in ("person", "group") or lemma in MANY))
        or ("actor" in accepts and kind in ("person", "group", "organisation"))
    )
    if not fits:
        return None
    return Argument(role=name, text=evidence[0].quote, evidence=evidence, score=round(score * 0.8, 3))


def unite(first: list[Argument], second: list[Argument]) -> list[Argument]:
    """Arguments of two tellings of one event: same role and same filler once, the surer first."""
    found: dict[tuple[str, str], Argument] = {}
    for argument in [*first, *second]:
        key = (argument.role, argument.actor or argument.place or (argument.text or "").casefold())
        if key not in found or found[key].score < argument.score:
            found[key] = argument
    return list(found.values())
