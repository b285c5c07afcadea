"""MUC-4's rules: which events are incidents, of which type, and what fills the slots of their templates."""

from __future__ import annotations

from sitrep.export._cells import LeftOut, left_out
from sitrep.export._facts import Facts
from sitrep.model import Actor, Argument, Event

INCIDENTS = {
    **dict.fromkeys("bombing suicide_bombing mine_explosion air_strike".split(), "BOMBING"),
    **dict.fromkeys("abduction".split(), "KIDNAPPING"),
    "hijacking": "HIJACKING", "arson": "ARSON", "looting": "ROBBERY",
    **dict.fromkeys(
        "shelling missile_strike armed_clash ground_attack ambush shooting assassination execution killing stabbing "
        "beating torture sexual_violence chemical_attack property_destruction downing".split(),
        "ATTACK",
    ),
}  # fmt: skip
STAGES = {"occurred": "ACCOMPLISHED", "ongoing": "ACCOMPLISHED", "threatened": "THREATENED", "planned": "THREATENED"}
TRIED = frozenset("attempt attempts attempted attempting try tries tried trying failed fail fails".split())
# words of weapons, with MUC-4's types of instrument; the first that the words hold decides
INSTRUMENTS = (
    ("molotov", "MOLOTOV COCKTAIL"), ("grenade", "GRENADE"), ("car bomb", "VEHICLE BOMB"),
    ("truck bomb", "VEHICLE BOMB"), ("vehicle bomb", "VEHICLE BOMB"), ("dynamite", "DYNAMITE"), ("mine", "MINE"),
    ("aerial bomb", "AERIAL BOMB"), ("machine gun", "MACHINE GUN"), ("machine-gun", "MACHINE GUN"),
    ("mortar", "MORTAR"), ("rifle", "RIFLE"), ("kalashnikov", "RIFLE"), ("pistol", "HANDGUN"),
    ("handgun", "HANDGUN"), ("missile", "MISSILE"), ("rocket", "ROCKET"), ("shell", "PROJECTILE"),
    ("bomb", "BOMB"), ("explosive", "EXPLOSIVE"), ("gun", "GUN"), ("gunfire", "GUN"), ("knife", "CUTTING DEVICE"),
    ("machete", "CUTTING DEVICE"), ("sword", "CUTTING DEVICE"), ("stone", "STONE"),
)  # fmt: skip
BY_TYPE = {"air_strike": "AERIAL BOMB", "arson": "FIRE", "torture": "TORTURE", "mine_explosion": "MINE",
           "missile_strike": "MISSILE", "stabbing": "CUTTING DEVICE"}  # fmt: skip
# what the report's degree of belief in who did it is to MUC-4
BELIEFS = {
    "claimed": ("CLAIMED OR ADMITTED", "the report says that it claimed the deed"),
    "accused": ("SUSPECTED OR ACCUSED", "the report says that it is accused"),
    "suspected": ("SUSPECTED OR ACCUSED", "the report says that it is suspected"),
}
STATE = frozenset({"state", "government", "military", "police"})
ORGANISED = STATE | {"armed_group", "militia", "party", "igo", "ngo", "company", "ethnic_group"}
# what a person is to MUC-4, by sector, else by kind
HUMANS = {
    "MIL": "ACTIVE MILITARY", "COP": "LAW ENFORCEMENT", "GOV": "GOVERNMENT OFFICIAL", "LEG": "GOVERNMENT OFFICIAL",
    "JUD": "LEGAL OR JUDICIAL", "PTY": "POLITICAL FIGURE", "OPP": "POLITICAL FIGURE",
}  # fmt: skip
KINDS = {"military": "ACTIVE MILITARY", "police": "LAW ENFORCEMENT", "government": "GOVERNMENT OFFICIAL"}


def incident_of(facts: Facts, event: Event) -> tuple[str, str] | LeftOut:
    """The type of an incident and the stage of its execution; or why the event is none."""
    kind = INCIDENTS.get(event.type)
    if kind is None:
        return left_out(facts.reading, event, "MUC-4 has no incident of this type")
    stage = STAGES.get(event.factuality)
    modal = event.reason.evidence[0].quote.lower() if event.reason and event.reason.evidence else ""
    if event.factuality == "hypothetical" and modal in TRIED:
        stage = "ATTEMPTED"
    if stage is None:
        return left_out(facts.reading, event, f"it did not happen ({event.factuality})")
    if event.background:
        return left_out(facts.reading, event, "it is told as history")
    return kind, stage


def instrument_type(event: Event, words: str) -> tuple[str | None, str]:
    """MUC-4's type of an instrument and the rule."""
    lower = words.lower()
    for word, kind in INSTRUMENTS:
        if word in lower:
            return kind, f"the words speak of a {word}"
    if event.type in BY_TYPE:
        return BY_TYPE[event.type], f"{event.type.replace('_', ' ')} is done with it"
    return None, "no instrument is named"


def confidence(facts: Facts, event: Event, organisations: list[Actor]) -> tuple[str | None, str]:
    """How sure it is that the organisation did it, in MUC-4's terms, and the rule."""
    if not organisations:
        return None, "no organisation is named"
    ours = {actor.id for actor in organisations}
    for name in event.claims:
        claim = facts.claims.get(name)
        speaker = claim.speaker.actor if claim and claim.speaker else None
        if claim is None:
            continue
        if speaker in ours:
            stance = "ACQUITTED" if claim.stance == "denies" else "CLAIMED OR ADMITTED"
            return stance, f"the organisation itself {'denies' if claim.stance == 'denies' else 'says'} it"
        if claim.stance == "accuses":
            actor = facts.actors.get(speaker or "")
            if actor is not None and actor.kind in STATE:
                return "SUSPECTED OR ACCUSED BY AUTHORITIES", f"{actor.name} accuses it"
            return "SUSPECTED OR ACCUSED", "somebody accuses it"
    held = {argument.belief for argument in event.arguments if argument.actor in ours}
    for belief, (sure, rule) in BELIEFS.items():
        if belief in held:
            return sure, rule
    if any(name in facts.claims and facts.claims[name].speaker for name in event.claims):
        return "POSSIBLE", "somebody else says so"
    return "REPORTED AS FACT", "the report's own words say so"


def human_type(facts: Facts, actor: Actor | None) -> str:
    """What somebody harmed is to MUC-4."""
    if actor is None:
        return "CIVILIAN"
    for role in actor.roles:
        if role.title.lower() in ("ambassador", "consul", "diplomat", "envoy"):
            return "DIPLOMAT"
        body = facts.actors.get(role.of or "")
        if body is not None and (found := HUMANS.get(body.sector or "", KINDS.get(body.kind))):
            return found
    return HUMANS.get(actor.sector or "", KINDS.get(actor.kind, "CIVILIAN"))


def is_person(actor: Actor | None) -> bool:
    """Whether those harmed are people rather than a body or a thing."""
    return actor is not None and actor.kind in ("person", "civilians")


def named(facts: Facts, arguments: list[Argument]) -> list[tuple[Argument, Actor | None]]:
    """Those on one side of an event, each actor once."""
    found: dict[str, tuple[Argument, Actor | None]] = {}
    for argument in arguments:
        actor = facts.actor_in(argument)
        found.setdefault(actor.id if actor else argument.evidence[0].quote, (argument, actor))
    return list(found.values())
