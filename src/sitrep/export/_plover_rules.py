"""PLOVER's view of a reading: class, mode, sides and context of each event, with the rule behind each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sitrep.export._cells import LeftOut, left_out
from sitrep.export._facts import Facts, gazetteer
from sitrep.model import Actor, Event, Evidence, Place
from sitrep.ontology.codebooks import load_plover_scale
from sitrep.ontology.plover import class_now, own_class, speaks

BEYOND_STATES = {"igo": "IGO", "ngo": "NGO"}
# what the codes beyond states stand for
BEYOND = {
    "IGO": "International organisation",
    "NGO": "Non-governmental organisation",
    "IMG": "Transnational armed group",
}
# a sector for kinds of actors whose sector nothing says (PLOVER manual 2.0, sectors)
SECTORS = {
    "state": "GOV", "government": "GOV", "military": "MIL", "police": "COP", "armed_group": "UAF", "militia": "UAF",
    "party": "PTY", "media": "JRN", "company": "BUS", "civilians": "CVL",
}  # fmt: skip
# a word that tells a crewed strike from one by drone
DRONES = ("drone", "unmanned", "uav", "predator", "reaper")
TRANSNATIONAL = "IMG"
# classes whose mode is what is asked for or refused (PLOVER manual 2.0, REQUEST and REJECT), by the words that tell it
ASKED_FOR = frozenset({"REQUEST", "REJECT"})
ASKED = re.compile(
    r"\b(?:(?P<assist>assist\w*|aid|help|support|back(?:ing|up)|reinforcements?|protection|troops|weapons|arms"
    r"|(?:air ?)?strikes?|cooperat\w+)"
    r"|(?P<yield>cease-?fire|truce|releas\w+|withdraw\w*|pull ?out|lift\w*|stop\w*|halt\w*|end|free|disarm\w*|surrender"
    r"|hand over|access)"
    r"|(?P<meet>talks?|meet\w*|negotiat\w+|dialogue|visit\w*)"
    r"|(?P<change>reforms?|elections?|resign\w*|step down|change\w*|law|policy|inquiry))\b",
    re.IGNORECASE,
)
# words for what only armed forces give
ARMS = re.compile(
    r"\b(?:military|troops|(?:air ?)?strikes?|airstrikes?|weapons|arms|ammunition|air (?:power|support|cover))\b",
    re.IGNORECASE,
)
OF_STATES = frozenset({"GOV", "MIL", "SPY"})
NEAR = 60  # characters after the words of asking


@dataclass(frozen=True, slots=True)
class Side:
    """One actor or recipient. country: ISO alpha-3 or a PLOVER code beyond states, null where unknown."""

    name: str
    words: str
    country: str | None
    sector: str | None
    title: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """One event as PLOVER codes it."""

    event: Event
    type: str
    rule: str
    mode: str | None
    mode_rule: str
    contexts: tuple[str, ...]
    context_rule: str
    context_words: tuple[Evidence, ...]
    auxiliary: tuple[str, ...]
    score: float
    quad: int
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    place: Place | None


def codings(facts: Facts) -> Iterator[Coding | LeftOut]:
    """The events of a reading as PLOVER codes them, in text order."""
    spoken = {facts.sentence_at(event.trigger.start) for event in facts.reading.events if speaks(event, facts.ontology)}
    for event in facts.reading.events:
        in_speech = facts.sentence_at(event.trigger.start) in spoken
        said = any(name in facts.claims and facts.claims[name].speaker for name in event.claims)
        own = own_class(event, facts.ontology)
        label, rule = class_now(event, own, in_speech=in_speech, said=bool(said))
        if label is None:
            yield left_out(facts.reading, event, rule)
            continue
        yield _coding(facts, event, label, rule, own)


def _coding(facts: Facts, event: Event, label: str, rule: str, own: str | None) -> Coding | LeftOut:
    scale = load_plover_scale()
    actors, recipients = _sides(facts, event, "agent"), _sides(facts, event, "patient")
    if not actors and not recipients:
        return left_out(facts.reading, event, "neither an actor nor a recipient is named")
    if not actors:
        actors = (_nobody(),)
    if label in scale.recipient_required and not recipients:
        return left_out(facts.reading, event, f"{label} asks for a recipient, and none is named")
    kind = facts.ontology.events[event.type].crosswalk.plover
    mode = kind.mode if kind and label == own else None
    mode_rule = f"the mode of {event.type}" if mode else "the class or type fixes no mode"
    if mode == "aerial" and any(word in _words(event) for word in DRONES):
        mode, mode_rule = "drone", "the words speak of a drone"
    if label == "THREATEN" and own == "ASSAULT":
        mode, mode_rule = "violence", "violence is threatened"
    if mode is None and label in ASKED_FOR:
        mode, mode_rule = _asked_for(facts, event)
    context, context_rule, context_words = _context(facts, event, label, (*actors, *recipients))
    auxiliary = tuple(
        name
        for name, holds in (
            ("historical", event.background),
            ("future", event.factuality in ("planned", "threatened")),
            ("hypothetical", event.factuality == "hypothetical"),
            ("negation", event.factuality == "negated"),
        )
        if holds
    )
    score = scale.mode_score.get(label, {}).get(mode or "")
    return Coding(
        event=event,
        type=label,
        rule=f"crosswalk: {event.type} is {own}; {rule}",
        mode=mode,
        mode_rule=mode_rule,
        contexts=(context,) if context else (),
        context_rule=context_rule,
        context_words=context_words,
        auxiliary=auxiliary,
        score=scale.base_score[label] if score is None else score,
        quad=scale.quad[label],
        actors=actors,
        recipients=recipients,
        place=facts.place_of(event),
    )


def _context(
    facts: Facts, event: Event, label: str, sides: tuple[Side, ...]
) -> tuple[str | None, str, tuple[Evidence, ...]]:
    """An event's context, the rule, and the words behind it."""
    kind = facts.ontology.events[event.type].crosswalk.plover
    context = kind.context if kind else None
    # PLOVER's military context is for the armed forces of states only
    if context == "military" and not any(side.sector == "MIL" for side in sides):
        return None, "the type's context is military, and no armed forces of a state take part", ()
    if context is None and label in ASKED_FOR and any(side.sector in OF_STATES for side in sides):
        for sentence in event.evidence:
            if found := ARMS.search(sentence.quote):
                return "military", f"{found[0]!r} is asked for, of the armed forces of a state", (sentence,)
    return context, f"the context of {event.type}" if context else f"{event.type} has no context of its own", ()


def _asked_for(facts: Facts, event: Event) -> tuple[str | None, str]:
    """What is requested or refused: the first telling word after the words of asking, in their sentence."""
    for trigger in event.triggers or (event.trigger,):
        number = facts.sentence_at(trigger.start)
        sentence = facts.reading.sentences[number] if number >= 0 else None
        end = min(sentence.end if sentence else trigger.end, trigger.end + NEAR)
        found = ASKED.search(facts.reading.report.text[trigger.end : end])
        if found is not None and found.lastgroup is not None:
            return found.lastgroup, f"{found[0]!r} after {trigger.quote!r} says what for"
    return None, "the words do not say what for"


def _words(event: Event) -> str:
    parts = [event.weapon or "", *(part.quote for part in event.triggers)]
    parts += [part.quote for argument in event.arguments for part in argument.evidence]
    return " ".join(parts).lower()


def _sides(facts: Facts, event: Event, side: str) -> tuple[Side, ...]:
    found: dict[str, Side] = {}
    for argument in facts.side(event, side):
        actor = facts.actor_in(argument)
        if actor is not None and actor.id not in found:
            found[actor.id] = _side(facts, actor, argument.evidence, _day(facts, event))
    return tuple(found.values())


def _day(facts: Facts, event: Event) -> str | None:
    """The day for which offices are looked up: the event's, else the report's."""
    return (event.time.start if event.time else None) or facts.reading.report.published.value


def _side(facts: Facts, actor: Actor, evidence: tuple[Evidence, ...], day: str | None) -> Side:
    return Side(
        name=actor.name,
        words=evidence[0].quote,
        country=country_of(facts, actor),
        sector=sector_of(facts, actor, day),
        title=actor.roles[0].title if actor.roles else None,
        evidence=evidence,
    )


def _nobody() -> Side:
    return Side(name="", words="", country=None, sector="UNK", title=None, evidence=())


def country_of(facts: Facts, actor: Actor) -> str | None:
    """An actor's country; a group of several countries is transnational, a body of states its own kind."""
    if actor.kind in ("armed_group", "militia") and len(actor.countries) > 1:
        return TRANSNATIONAL
    if actor.countries:
        return actor.countries[0]
    return BEYOND_STATES.get(actor.kind) if facts.linked(actor) else None


def sector_of(facts: Facts, actor: Actor, day: str | None = None) -> str | None:
    """An actor's sector: the gazetteer's, that of the body whose office they hold, or that of their kind.

    day: when; an office of the gazetteer counts only where a day is known.
    """
    sectors = load_plover_scale().sectors
    if actor.sector in sectors:
        return actor.sector
    for role in actor.roles:
        body = facts.actors.get(role.of or "")
        if body is not None and body.sector in sectors:
            return body.sector
    if actor.kind == "person" and day and actor.link:
        for office in gazetteer().offices(actor.link.id, day):
            entry = gazetteer().get(office.of)
            if entry is not None and entry.sector in sectors:
                return entry.sector
    return SECTORS.get(actor.kind)
