"""A reading being corrected: its records by id, and what refers to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

import msgspec

from sitrep.model import LAYERS, Actor, Evidence, Place, Reading, Record

Rename = Callable[[str], str | None]
# layers whose records have no id are never judged
NAMED = tuple(name for name in LAYERS if name not in ("passages", "sentences", "passed_over"))


class Draft:
    """The layers of a reading, each as records by id in their order."""

    def __init__(self, reading: Reading) -> None:
        self.before = reading
        self.text = reading.report.text
        self.layers: dict[str, dict[str, Any]] = {
            name: {record.id: record for record in getattr(reading, name)} for name in NAMED
        }

    def put(self, layer: str, record: Any) -> None:  # noqa: ANN401 - one of the records of the model
        """Put a record in the place of the one with its id, or at the end."""
        self.layers[layer][record.id] = record

    def change(self, layer: str, record: Any, **fields: object) -> None:  # noqa: ANN401 - as above
        """Put a record with other fields in its own place."""
        self.put(layer, msgspec.structs.replace(record, **fields))

    def reading(self) -> Reading:
        """The corrected reading, its evidence checked."""
        return msgspec.structs.replace(
            self.before, **{name: tuple(held.values()) for name, held in self.layers.items()}
        )

    def evidence(self, start: int, end: int) -> Evidence:
        """Words of the report."""
        return Evidence(start=start, end=end, quote=self.text[start:end])

    def sentences_of(self, words: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """The sentences that hold words; the words themselves where none does."""
        words = tuple(words)
        found = [
            self.evidence(sentence.start, sentence.end)
            for sentence in self.before.sentences
            if any(sentence.start < part.end and part.start < sentence.end for part in words)
        ]
        return tuple(found) or words

    def words_of(self, layer: str, record: Any) -> tuple[Evidence, ...]:  # noqa: ANN401 - as above
        """The words that name a record."""
        if isinstance(record, Actor | Place):
            held = self.layers["mentions"]
            return tuple(part for name in record.mentions if name in held for part in held[name].evidence)
        if layer == "events":
            return record.triggers or (record.trigger,)
        if layer == "claims":
            return record.content or record.cue
        if layer == "decisions":
            return tuple(part for step in record.steps for part in step.evidence)
        return record.evidence

    def rename(self, to: Rename) -> None:
        """Follow a change of ids in everything that refers to them; None stands for a record that is gone."""
        for layer, held in self.layers.items():
            kept = {name: _renamed(layer, record, to) for name, record in held.items()}
            self.layers[layer] = {name: record for name, record in kept.items() if record is not None}

    def drop(self, layer: str, name: str) -> None:
        """Take a record out, and every reference to it."""
        held = self.layers[layer]
        if layer == "actors":
            self._unname(name)
        held.pop(name, None)
        self.rename(lambda other: None if other == name else other)

    def _unname(self, actor: str) -> None:
        """Where an actor takes part, its words stay and name nobody."""
        for event in self.layers["events"].values():
            arguments = tuple(
                msgspec.structs.replace(part, actor=None, text=" … ".join(words.quote for words in part.evidence))
                if part.actor == actor
                else part
                for part in event.arguments
            )
            if arguments != event.arguments:
                self.change("events", event, arguments=arguments)


def _all(names: Iterable[str], to: Rename) -> tuple[str, ...]:
    return tuple(dict.fromkeys(new for name in names if (new := to(name)) is not None))


def _one(name: str | None, to: Rename) -> str | None:
    return None if name is None else to(name)


def _renamed(layer: str, record: Any, to: Rename) -> Record | None:  # noqa: ANN401 - as above
    """A record whose references are renamed; the record itself where nothing changes, None where it cannot stand."""
    fields: dict[str, object] = {}
    match layer:
        case "actors":
            roles = tuple(msgspec.structs.replace(role, of=_one(role.of, to)) for role in record.roles)
            fields = {"mentions": _all(record.mentions, to), "roles": roles}
        case "places":
            fields = {"mentions": _all(record.mentions, to)}
        case "events":
            fields = _event(record, to)
        case "claims":
            speaker = record.speaker
            if speaker is not None:
                speaker = msgspec.structs.replace(speaker, actor=_one(speaker.actor, to))
            fields = {"speaker": speaker, "about": _all(record.about, to)}
        case "quantities":
            fields = {"side": _one(record.side, to), "part_of": _one(record.part_of, to)}
        case "relations":
            fields = {"subject": to(record.subject), "object": to(record.object)}
        case "control":
            fields = {"place": to(record.place), "holder": to(record.holder), "claims": _all(record.claims, to)}
        case "decisions":
            steps = tuple(
                msgspec.structs.replace(step, actor=_one(step.actor, to), event=_one(step.event, to))
                for step in record.steps
            )
            fields = {"about": _one(record.about, to), "steps": steps}
        case _:
            pass
    if any(fields.get(name, "") is None for name in ("subject", "object", "place", "holder") if layer != "events"):
        return None
    changed = {name: value for name, value in fields.items() if value != getattr(record, name)}
    return cast("Record", msgspec.structs.replace(record, **changed)) if changed else cast("Record", record)


def _event(event: Any, to: Rename) -> dict[str, object]:  # noqa: ANN401 - an Event
    arguments: list[object] = []
    for part in event.arguments:
        actor, place = _one(part.actor, to), _one(part.place, to)
        gone = (part.place and not place) or (part.actor and not actor)
        text = " … ".join(words.quote for words in part.evidence) if gone else part.text
        arguments.append(msgspec.structs.replace(part, actor=actor, place=place, text=text))
    place, time = event.place, event.time
    if place is not None:
        new = to(place.id)
        place = None if new is None else msgspec.structs.replace(place, id=new)
    if time is not None and time.timex is not None:
        timex = to(time.timex)
        time = None if timex is None else msgspec.structs.replace(time, timex=timex)
    return {
        "arguments": tuple(arguments),
        "place": place,
        "time": time,
        "quantities": _all(event.quantities, to),
        "claims": _all(event.claims, to),
        "causes": _all(event.causes, to),
    }
