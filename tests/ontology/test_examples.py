"""Every example of every event type gives its event, and no counter-example does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sitrep.model import Argument, Event, Published, Reading, Report, Source
from sitrep.ontology.load import load_ontology
from sitrep.ontology.types import Example
from sitrep.reading.default import default_reader
from sitrep.reading.parser import Parser

TYPES = tuple(load_ontology().events)
# roles that a place fills stand in `Event.place` too
PLACES = ("place", "target", "origin", "destination")


def texts() -> Iterator[str]:
    for event in load_ontology().events.values():
        yield from (example.text for example in event.examples)
        yield from (counter.text for counter in event.counter_examples)


@pytest.fixture(scope="module")
def readings(parser: Parser) -> dict[str, Reading]:
    """The reading of each text, all read in one batch."""
    reports = [
        Report(
            id=f"r{number}",
            source=Source(kind="text", uri="example", id=str(number)),
            outlet=None,
            title=None,
            byline=None,
            language="en",
            text=text,
            published=Published(value="2016-08-01", basis="given", start="2016-08-01", end="2016-08-01"),
        )
        for number, text in enumerate(texts())
    ]
    read = default_reader(parser=parser, rules=True).read_many(reports, strict=True)
    return {reading.report.text: reading for reading in read}


@pytest.mark.parametrize("name", TYPES)
def test_examples_give_the_event(name: str, readings: dict[str, Reading]):
    faults = [
        f"{example.text!r}: {fault}"
        for example in load_ontology().events[name].examples
        for fault in faults_of(name, example, readings[example.text])
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", TYPES)
def test_counter_examples_do_not(name: str, readings: dict[str, Reading]):
    wrong = [
        counter.text
        for counter in load_ontology().events[name].counter_examples
        if any(event.type == name for event in readings[counter.text].events)
    ]
    assert not wrong


def faults_of(name: str, example: Example, reading: Reading) -> Iterator[str]:
    event = next((event for event in reading.events if event.type == name and triggered(event, example.trigger)), None)
    if event is None:
        yield f"no {name} at {example.trigger!r}, but {[(e.type, e.trigger.quote) for e in reading.events]}"
        return
    if event.factuality != example.factuality:
        yield f"{event.factuality}, not {example.factuality}"
    for role, words in example.roles.items():
        told = [word for argument in event.arguments if argument.role == role for word in named(argument, reading)]
        if role in PLACES and event.place:
            told += named_place(event.place.id, reading)
        if not set(words.lower().split()) & set(told):
            yield f"{role} is not {words!r}, but {told}"


def triggered(event: Event, words: str) -> bool:
    """Whether one of the event's triggers is among these words."""
    return any(set(trigger.quote.split()) & set(words.split()) for trigger in event.triggers)


def named(argument: Argument, reading: Reading) -> list[str]:
    """The words of an argument and of the actor or place that it names."""
    names = [evidence.quote for evidence in argument.evidence]
    names += [actor.name for actor in reading.actors if actor.id == argument.actor]
    words = " ".join(names).lower().split()
    return words + (named_place(argument.place, reading) if argument.place else [])


def named_place(place_id: str, reading: Reading) -> list[str]:
    quotes = {mention.id: mention.evidence[0].quote for mention in reading.mentions}
    return [
        word
        for place in reading.places
        if place.id == place_id
        for name in (place.name, *(quotes[mention] for mention in place.mentions))
        for word in name.lower().split()
    ]
