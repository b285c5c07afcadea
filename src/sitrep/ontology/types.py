"""What may be said: the types behind the ontology's YAML files."""

from __future__ import annotations

import msgspec

from sitrep.model.span import Record

# classes of fillers that a trigger may ask for; reading decides which words belong to which
FILLER_CLASSES = (
    "@actor",  # anybody who acts: persons, groups, states, organisations
    "@armed",  # armed actors: militaries, police, armed groups, militias, their aircraft and vehicles
    "@state",  # states, governments and their militaries, by name or noun
    "@civilian",  # civilians by any word
    "@person",
    "@place",
    "@facility",
    "@weapon",
    "@vehicle",
    "@aircraft",
    "@artillery",
    "@missile",
    "@explosive",
    "@mine",
    "@chemical",
    "@firearm",
    "@area",  # common nouns for places that can be held: town, district, hill, base
    "@disaster",  # nature and accidents: what befalls people without an attacker
    "@number",  # a quantity stands there
    "@money",
)


class VerbTrigger(Record, frozen=True, kw_only=True):
    """A verb that names an event.

    lemma: the verb, with its particle or fixed words after it ("blow up", "take control of").
    object, subject: asks that the logical object or subject be one of these lemmas or @classes.
    prep: asks for one of these prepositional complements: {on: [strike, "@place"]}; an empty list takes any object.
    comp: asks for a clausal complement (infinitive or that-clause). without: lemmas or @classes that must
    not be the object or a direct dependent. voice: "active" or "passive" where only one carries the sense.
    weight: how sure the sense is, 0 to 1.
    """

    lemma: str
    object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    prep: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    comp: bool = False
    without: tuple[str, ...] = ()
    voice: str | None = None
    weight: float = 0.9


class NounTrigger(Record, frozen=True, kw_only=True):
    """A noun that names an event.

    lemma: one or several words, head last ("air strike"). modifier: asks that one of these lemmas or
    @classes modify it. prep: asks for a preposition after it. light: counts only as the object of a light
    verb ("carried out a raid"). without: lemmas that must not modify or govern it.
    """

    lemma: str
    modifier: tuple[str, ...] = ()
    prep: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    light: bool = False
    without: tuple[str, ...] = ()
    weight: float = 0.8


class Triggers(Record, frozen=True, kw_only=True):
    """The words that name an event. adjective: predicates such as "besieged"."""

    verb: tuple[VerbTrigger | str, ...] = ()
    noun: tuple[NounTrigger | str, ...] = ()
    adjective: tuple[VerbTrigger | str, ...] = ()
    exclude: tuple[str, ...] = ()


class Role(Record, frozen=True, kw_only=True):
    """One role of an event type.

    filler: what may fill it: actor, place, person, facility, weapon, vehicle, text.
    frames: where its words stand, best first:
      subject, object       logical subject and object of the verb, whatever its voice
      indirect              indirect object ("gave the rebels arms")
      poss, adjective       "Israel's strike", "the Israeli strike" (demonym or compound before a noun trigger)
      compound              "mosque attack"
      of                    "the shelling of Douma"
      between               "clashes between A and B": A and B
      prep:WORD             complement with this preposition (on, against, by, with, from, to, at, in, ...)
      clause                subject of the complement clause ("asked the U.S. to strike")
    required: the event is not coded without it.
    """

    filler: tuple[str, ...]
    frames: tuple[str, ...]
    required: bool = False


class PloverCode(Record, frozen=True, kw_only=True):
    """PLOVER 2.0: event type, and mode and context where the event type fixes them."""

    event: str
    mode: str | None = None
    context: str | None = None


class AcledCode(Record, frozen=True, kw_only=True):
    """ACLED event type and sub-event type."""

    event_type: str
    sub_event_type: str


class Crosswalk(Record, frozen=True, kw_only=True):
    """The type in the field's codebooks; null where a codebook does not code it.

    cameo: code as a string with its leading zero. ucdp: True where it counts as armed force that can cause a
    direct death (an event of state-based, non-state or one-sided violence, by its actors).
    """

    plover: PloverCode | None = None
    cameo: str | None = None
    acled: AcledCode | None = None
    ucdp: bool = False


class Example(Record, frozen=True, kw_only=True):
    """A sentence that must give this event. trigger: word of the trigger; roles: role to words that its
    argument must share. factuality: where it is not "occurred".
    """

    text: str
    trigger: str
    roles: dict[str, str] = msgspec.field(default_factory=dict)
    factuality: str = "occurred"


class CounterExample(Record, frozen=True, kw_only=True):
    """A sentence that must not give this event, and why."""

    text: str
    why: str


class EventType(Record, frozen=True, kw_only=True):
    """One event type, as its YAML says it.

    parent: a broader grouping ("violence", "remote_violence", "territory", "movement", "verbal", ...).
    implies: quantity kinds that such an event can carry (killed, injured, displaced, ...).
    compatible: other types that the same act may also be called (a "strike" that turns out an air_strike),
    broader ones first: mentions of a broader type merge into the narrower event.
    """

    name: str
    label: str
    parent: str
    definition: str
    triggers: Triggers
    roles: dict[str, Role]
    crosswalk: Crosswalk
    examples: tuple[Example, ...]
    counter_examples: tuple[CounterExample, ...]
    implies: tuple[str, ...] = ()
    compatible: tuple[str, ...] = ()
    note: str = ""


class RoleName(Record, frozen=True, kw_only=True):
    """A role that event types may use. side: "agent", "patient" or "other"."""

    label: str
    definition: str
    side: str


class NamedTerm(Record, frozen=True, kw_only=True):
    """A term of a vocabulary (sector, quantity kind, relation type) with the words that signal it."""

    label: str
    definition: str
    words: tuple[str, ...] = ()
