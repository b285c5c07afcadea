"""What makes an ontology right: every name used is a name defined, every code is in its codebook."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import get_args

from sitrep.errors import OntologyError
from sitrep.model.event import Factuality
from sitrep.model.quantity import QuantityKind
from sitrep.model.relation import RelationType
from sitrep.ontology.types import FILLER_CLASSES, Crosswalk, EventType, NounTrigger, VerbTrigger
from sitrep.ontology.vocabulary import Ontology

FILLERS = ("actor", "place", "person", "facility", "weapon", "vehicle", "text")
FRAME = re.compile(r"subject|object|indirect|poss|adjective|compound|of|between|clause|prep:[a-z]+")
NAME = re.compile(r"[a-z]+(_[a-z]+)*")
LEMMA = re.compile(r"[a-z][a-z0-9'.-]*( [a-z0-9'.-]+)*")
EXAMPLES, COUNTER_EXAMPLES = 3, 2


def wrong(file: str, key: str, what: str) -> OntologyError:
    """The error for one key of one file."""
    where = f"{file}, {key.lstrip('.')}" if key else file
    return OntologyError(f"Reading the ontology: {where}: {what}.", todo="Correct the file.", file=file, key=key)


def check_vocabularies(ontology: Ontology) -> None:
    """Raise OntologyError where a shared vocabulary is wrong."""
    _same(ontology.quantities, get_args(QuantityKind), "quantities.yaml")
    _same(ontology.relations, get_args(RelationType), "relations.yaml")
    for name, role in ontology.roles.items():
        if role.side not in ("agent", "patient", "other"):
            raise wrong("roles.yaml", f"{name}.side", f"{role.side!r} is not agent, patient or other")
    for name, words in ontology.fillers.items():
        if name not in FILLER_CLASSES:
            raise wrong("fillers.yaml", name, f"not a class; the classes are {', '.join(FILLER_CLASSES)}")
        _lemmas("fillers.yaml", name, words)
    _lemmas("light_verbs.yaml", "", ontology.light_verbs)
    for code, cameo in ontology.cameo.items():
        _plover("crosswalks/cameo.csv", code, ontology, event=cameo.event, mode=cameo.mode, contexts=cameo.contexts)


def check_event(event: EventType, ontology: Ontology) -> None:
    """Raise OntologyError where an event type is wrong."""
    for key, what in _faults(event, ontology):
        raise wrong(f"events/{event.name}.yaml", f"{event.name}.{key}", what)
    _crosswalk(f"events/{event.name}.yaml", event.name, event.crosswalk, ontology)
    for number, trigger in enumerate(event.triggers.verb):
        _verb(f"events/{event.name}.yaml", f"{event.name}.triggers.verb[{number}]", trigger)
    for number, trigger in enumerate(event.triggers.noun):
        _noun(f"events/{event.name}.yaml", f"{event.name}.triggers.noun[{number}]", trigger)
    _lemmas(f"events/{event.name}.yaml", f"{event.name}.triggers.exclude", event.triggers.exclude)


def _faults(event: EventType, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Key and fault, for everything that is wrong with an event type but its triggers and codes."""
    if not NAME.fullmatch(event.name):
        yield "name", "a name is lower-case words joined by underscores"
    for key, words in (("label", event.label), ("definition", event.definition)):
        if not words.strip():
            yield key, "is empty"
    if event.parent not in ontology.parents:
        yield "parent", f"{event.parent!r} is not in parents.yaml"
    if not event.triggers.verb and not event.triggers.noun:
        yield "triggers", "no verb and no noun names this event"
    for name, role in event.roles.items():
        if name not in ontology.roles:
            yield f"roles.{name}", "not in roles.yaml"
        for filler in role.filler:
            if filler not in FILLERS:
                yield f"roles.{name}.filler", f"{filler!r} is not one of {', '.join(FILLERS)}"
        for frame in role.frames:
            if not FRAME.fullmatch(frame):
                yield f"roles.{name}.frames", f"{frame!r} is not a frame"
        if not role.filler or not role.frames:
            yield f"roles.{name}", "needs a filler and a frame"
    for kind in event.implies:
        if kind not in ontology.quantities:
            yield "implies", f"{kind!r} is not in quantities.yaml"
    for name in event.compatible:
        if name not in ontology.events or name == event.name:
            yield "compatible", f"{name!r} is not another event type"
    if len(event.examples) < EXAMPLES:
        yield "examples", f"{len(event.examples)} given, at least {EXAMPLES} needed"
    if len(event.counter_examples) < COUNTER_EXAMPLES:
        yield "not", f"{len(event.counter_examples)} given, at least {COUNTER_EXAMPLES} needed"
    yield from _example_faults(event)


def _example_faults(event: EventType) -> Iterator[tuple[str, str]]:
    texts = [example.text for example in event.examples] + [counter.text for counter in event.counter_examples]
    for text in texts:
        if texts.count(text) > 1:
            yield "examples", f"{text!r} stands twice"
    for number, example in enumerate(event.examples):
        key = f"examples[{number}]"
        if not example.trigger or example.trigger not in example.text:
            yield f"{key}.trigger", f"{example.trigger!r} is not in the text"
        if example.factuality not in get_args(Factuality):
            yield f"{key}.factuality", f"{example.factuality!r} is not a factuality"
        for role, words in example.roles.items():
            if role not in event.roles:
                yield f"{key}.roles.{role}", "not a role of this event type"
            if not words or words not in example.text:
                yield f"{key}.roles.{role}", f"{words!r} is not in the text"


def _crosswalk(file: str, name: str, crosswalk: Crosswalk, ontology: Ontology) -> None:
    plover, key = crosswalk.plover, f"{name}.crosswalk"
    if plover:
        contexts = (plover.context,) if plover.context else ()
        _plover(file, f"{key}.plover", ontology, event=plover.event, mode=plover.mode, contexts=contexts)
    if crosswalk.cameo is not None and crosswalk.cameo not in ontology.cameo:
        raise wrong(file, f"{key}.cameo", f"{crosswalk.cameo!r} is not a CAMEO code")
    acled = crosswalk.acled
    if acled and acled.sub_event_type not in ontology.acled.get(acled.event_type, ()):
        raise wrong(
            file, f"{key}.acled", f"{acled.event_type!r} with {acled.sub_event_type!r} is not a type of the codebook"
        )


def _plover(
    file: str, key: str, ontology: Ontology, *, event: str | None, mode: str | None, contexts: tuple[str, ...]
) -> None:
    if event is None:
        return
    if event not in ontology.plover:
        raise wrong(file, key, f"{event!r} is not a PLOVER event type")
    if mode is not None and mode not in ontology.plover[event]:
        raise wrong(file, key, f"{mode!r} is not a mode of {event}")
    for context in contexts:
        if context not in ontology.contexts:
            raise wrong(file, key, f"{context!r} is not a PLOVER context")


def _verb(file: str, key: str, trigger: VerbTrigger | str) -> None:
    if isinstance(trigger, str):
        _lemmas(file, key, (trigger,))
        return
    if trigger.voice not in (None, "active", "passive"):
        raise wrong(file, f"{key}.voice", f"{trigger.voice!r} is not active or passive")
    _conditions(file, key, trigger, (trigger.object, trigger.subject, trigger.without))


def _noun(file: str, key: str, trigger: NounTrigger | str) -> None:
    if isinstance(trigger, str):
        _lemmas(file, key, (trigger,))
        return
    _conditions(file, key, trigger, (trigger.modifier, trigger.without))


def _conditions(
    file: str, key: str, trigger: VerbTrigger | NounTrigger, conditions: tuple[tuple[str, ...], ...]
) -> None:
    _lemmas(file, key, (trigger.lemma, *trigger.prep))
    if not 0 < trigger.weight <= 1:
        raise wrong(file, f"{key}.weight", f"{trigger.weight} is not above 0 and up to 1")
    for words in (*conditions, *trigger.prep.values()):
        for word in words:
            if word.startswith("@"):
                if word not in FILLER_CLASSES:
                    raise wrong(file, key, f"{word!r} is not a class; the classes are {', '.join(FILLER_CLASSES)}")
            else:
                _lemmas(file, key, (word,))


def _lemmas(file: str, key: str, words: Collection[str]) -> None:
    for word in words:
        if not LEMMA.fullmatch(word):
            raise wrong(file, key, f"{word!r} is not a lemma in lower case")


def _same(terms: Collection[str], kinds: tuple[str, ...], file: str) -> None:
    for name in kinds:
        if name not in terms:
            raise wrong(file, name, "is missing")
    for name in terms:
        if name not in kinds:
            raise wrong(file, name, f"the record has no such kind; it has {', '.join(kinds)}")
