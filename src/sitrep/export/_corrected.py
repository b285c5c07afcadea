"""Annotations that a person corrected in another tool, as corrections of the record that they began with.

What was there and is gone is rejected; a new label is a new type, kind or stance; a new span is an event, actor, place,
date, figure or statement by its label; a span that was moved moves the words of its record; ties between spans are the
roles of events.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast, get_args
from xml.etree import ElementTree as ET

import msgspec

from sitrep.errors import ExportError
from sitrep.export import cas, label_studio
from sitrep.export._marks import Mark, Tie, marks, ties
from sitrep.model import ActorKind, Evidence, PlaceKind, QuantityKind, Reading, Stance
from sitrep.model.codec import digest
from sitrep.model.judgement import (
    ActorChoice,
    AddArgument,
    AddEvent,
    AddPart,
    ArgumentRef,
    Correction,
    DropArgument,
    Reject,
    SetFigure,
    SetIdentity,
    SetRole,
    SetStance,
    SetType,
    SetWords,
    Target,
    TargetLayer,
)  # fmt: skip
from sitrep.ontology.load import load_ontology

LAYERS: dict[str, TargetLayer] = {
    "event": "events", "actor": "actors", "place": "places", "time": "timexes", "figure": "quantities",
    "claim": "claims",
}  # fmt: skip


# what may be marked anew, and the sorts that its label may name
SORTS: dict[str, tuple[str, ...]] = {
    "actors": get_args(ActorKind), "places": get_args(PlaceKind), "timexes": (), "quantities": get_args(QuantityKind),
    "claims": get_args(Stance),
}  # fmt: skip


class Corrected(NamedTuple):
    """A report as a person left it. reading: the record that it began with, where the file carries it."""

    report: str
    marks: list[Mark]
    ties: list[Tie]
    reading: Reading | None = None


def label_studio_file(content: bytes) -> Iterator[Corrected]:
    """The reports of Label Studio's JSON export that a person has annotated."""
    try:
        tasks = msgspec.json.decode(content, type=list[dict[str, Any]])
    except msgspec.DecodeError as error:
        raise ExportError(
            f"Importing from Label Studio: {error}.", todo="Export the project as JSON (not JSON-MIN or CSV).",
            format="label_studio",
        ) from error  # fmt: skip
    for number, task in enumerate(tasks, start=1):
        done = [one for one in task.get("annotations", ()) if not one.get("was_cancelled")]
        if not done:
            continue
        data: dict[str, Any] = task.get("data", {})
        if "report" not in data:
            raise ExportError(
                f"Importing from Label Studio: task {number} does not say its report.",
                todo="Import tasks that began with `sitrep export label_studio`.", format="label_studio",
            )  # fmt: skip
        record = data.get("record")
        readings = label_studio.read(io.BytesIO(msgspec.json.encode([task]))) if record else iter(())
        found = _results(done[-1]["result"])
        yield Corrected(
            data["report"], list(found.values()), list(_relations(done[-1]["result"], found)), next(readings, None)
        )


def _results(results: list[dict[str, Any]]) -> dict[str, Mark]:
    found: dict[str, Mark] = {}
    for one in results:
        if one.get("type") == "labels" and one["value"].get("labels"):
            notes = cast("list[str]", (one.get("meta") or {}).get("text") or [""])
            value = one["value"]
            found[one["id"]] = Mark(value["start"], value["end"], value["labels"][0], notes[0])
    return found


def _relations(results: list[dict[str, Any]], found: dict[str, Mark]) -> Iterator[Tie]:
    for one in results:
        ends = found.get(one.get("from_id", "")), found.get(one.get("to_id", ""))
        if one.get("type") == "relation" and ends[0] and ends[1]:
            yield Tie(ends[0], ends[1], (one.get("labels") or [""])[0])


def inception_file(content: bytes) -> Iterator[Corrected]:
    """The reports of INCEpTION's export: a zip of XMI files, zips of them inside, or one XMI file."""
    if not content.startswith(b"PK"):
        yield _xmi(content)
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        for name in archive.namelist():
            # of a project's export only what a curator or annotator left, not the source
            if name.endswith(".xmi"):
                yield _xmi(archive.read(name))
            elif name.endswith(".zip") and "INITIAL_CAS" not in name:
                yield from inception_file(archive.read(name))
    except zipfile.BadZipFile as error:
        raise ExportError(
            f"Importing from INCEpTION: {error}.", todo="Export the project as UIMA CAS XMI.", format="cas"
        ) from error


def _xmi(content: bytes) -> Corrected:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ExportError(
            "Importing XMI: it declares entities.", todo="Give a file that INCEpTION wrote.", format="cas"
        )
    try:
        root = ET.fromstring(content)  # noqa: S314 - entities are refused above
    except ET.ParseError as error:
        raise ExportError(f"Importing XMI: {error}.", todo="Give a file that INCEpTION wrote.", format="cas") from error
    elements = {element.tag.rpartition("}")[2]: element for element in root}
    sofa, about = elements.get("Sofa"), elements.get("DocumentMetaData")
    report = about.get("documentId") if about is not None else None
    if sofa is None or not report:
        raise ExportError("Importing XMI: it names no document.", todo="Export from INCEpTION as XMI.", format="cas")
    at = {unit: point for point, unit in enumerate(cas.units(sofa.get("sofaString", "")))}
    spans = {
        element.get("{http://www.omg.org/XMI}id", ""): Mark(
            at[int(element.get("begin", "0"))], at[int(element.get("end", "0"))], element.get("label", ""),
            element.get("part", ""),
        )
        for element in root
        if element.tag.endswith("}SitrepSpan") and element.get("label")
    }  # fmt: skip
    found = [
        Tie(spans[element.get("Governor", "")], spans[element.get("Dependent", "")], element.get("role", ""))
        for element in root
        if element.tag.endswith("}SitrepRole") and {element.get("Governor"), element.get("Dependent")} <= spans.keys()
    ]
    return Corrected(report, list(spans.values()), found)


def corrections(reading: Reading, corrected: Corrected) -> Iterator[tuple[Target, Correction]]:
    """What a person changed of a record."""
    before = marks(reading)
    known = {mark.name for mark in before}
    left: dict[str, list[Mark]] = {}
    for mark in corrected.marks:
        left.setdefault(mark.name if mark.name in known else "", []).append(mark)
    there: dict[str, list[Mark]] = {}
    for mark in before:
        there.setdefault(mark.name, []).append(mark)
    for name, old in there.items():
        layer = LAYERS.get(old[0].label.partition(":")[0])
        if layer is None:
            continue
        if name not in left:
            yield _target(reading, layer, name, old[0]), Reject()
            continue
        if (label := left[name][0].label) != old[0].label:
            yield _target(reading, layer, name, old[0]), _relabelled(reading, name, label)
        yield from _moved(reading, layer, name, old, left[name])
    added: dict[Mark, str] = {}
    for mark in left.get("", ()):
        found = _new(reading, mark)
        if found is not None:
            added[mark] = found[0].id
            yield found
    yield from _roles(reading, before, corrected, added)


def _moved(
    reading: Reading, layer: TargetLayer, name: str, old: list[Mark], new: list[Mark]
) -> Iterator[tuple[Target, Correction]]:
    """Spans that were widened, narrowed or put elsewhere; of an actor or place each mention for itself."""
    before, after = ({(mark.start, mark.end) for mark in listed} for listed in (old, new))
    if before == after:
        return
    if layer not in ("actors", "places"):
        words = tuple(_at(reading, *span) for span in sorted(after))
        yield _target(reading, layer, name, old[0]), SetWords(words=words)
        return
    held = next(one for one in (*reading.actors, *reading.places) if one.id == name)
    mentions = {
        (part.start, part.end): one for one in reading.mentions if one.id in held.mentions for part in one.evidence
    }
    free = sorted(after - before)
    for span in sorted(before - after):
        mention = mentions.get(span)
        if mention is None:
            continue
        target = Target(
            layer="mentions", id=mention.id, report=reading.report.source.id, words=mention.evidence
        )  # fmt: skip
        nearest = next((one for one in free if one[0] < span[1] and span[0] < one[1]), None)
        if nearest is None:
            yield target, Reject()
        else:
            free.remove(nearest)
            yield target, SetWords(words=(_at(reading, *nearest),))


def _new(reading: Reading, mark: Mark) -> tuple[Target, Correction] | None:
    """What a person marked where nothing was marked; None for what is part of something else."""
    kind, _, value = mark.label.partition(":")
    words, report = _words(reading, mark), reading.report.source.id
    name = f"u{digest(reading.report.id, mark.start, mark.end, value)}"
    layer = LAYERS.get(kind)
    if layer == "events":
        event = AddEvent(
            id=name, type=_one_of(value, load_ontology().events, mark.label), words=words, factuality="occurred"
        )
        return Target(layer="events", id=name, report=report, words=words), event
    if layer not in SORTS:
        return None
    sort = _one_of(value, SORTS[layer], mark.label) if SORTS[layer] else "time"
    part = AddPart(layer=cast("Any", layer), id=name, sort=sort, words=words)
    return Target(layer=layer, id=name, report=report, words=words), part


def _at(reading: Reading, start: int, end: int) -> Evidence:
    return Evidence(start=start, end=end, quote=reading.report.text[start:end])


def _roles(
    reading: Reading, before: list[Mark], corrected: Corrected, added: dict[Mark, str]
) -> Iterator[tuple[Target, Correction]]:
    """Roles that were taken away, given, or given another name."""

    def key(tie: Tie) -> tuple[str, int, int]:
        return tie.event.name or added.get(tie.event, ""), tie.other.start, tie.other.end

    actors = {actor.id: actor for actor in reading.actors}
    old = {key(tie): tie for tie in ties(reading, before)}
    new = {key(tie): tie for tie in corrected.ties if key(tie)[0] and tie.event.label.startswith("event:")}
    kept = {mark.name for mark in corrected.marks}
    for name, tie in old.items():
        target = _target(reading, "events", name[0], tie.event)
        argument = _argument(reading, name[0], tie)
        if name[0] not in kept or argument is None:
            continue
        if name not in new:
            yield target, DropArgument(argument=argument)
        elif new[name].role != tie.role:
            role = _one_of(new[name].role, load_ontology().roles, "a relation")
            yield target, SetRole(argument=argument, role=role)
    for name, tie in new.items():
        if name not in old:
            actor = actors.get(tie.other.name)
            choice = ActorChoice(name=actor.name, id=actor.id) if actor else None
            if tie.other in added and tie.other.label.startswith("actor:"):
                choice = ActorChoice(name=_words(reading, tie.other)[0].quote, id=added[tie.other])
            role = _one_of(tie.role, load_ontology().roles, "a relation")
            yield (
                _target(reading, "events", name[0], tie.event),
                AddArgument(role=role, words=_words(reading, tie.other), actor=choice),
            )


def _argument(reading: Reading, event: str, tie: Tie) -> ArgumentRef | None:
    """The argument of an event that a tie stands for."""
    found = next((one for one in reading.events if one.id == event), None)
    for argument in found.arguments if found else ():
        words = argument.evidence[0] if argument.evidence else None
        if argument.role == tie.role and words and words.start < tie.other.end and tie.other.start < words.end:
            return ArgumentRef(role=argument.role, start=words.start, end=words.end)
    return None


def _relabelled(reading: Reading, name: str, label: str) -> Correction:
    kind, _, value = label.partition(":")
    if kind == "event":
        return SetType(type=_one_of(value, load_ontology().events, label))
    if kind == "actor":
        actor = next(one for one in reading.actors if one.id == name)
        known = cast("ActorKind", _one_of(value, get_args(ActorKind), label))
        return SetIdentity(name=actor.name, actor_kind=known, link=actor.link.id if actor.link else None)
    if kind == "figure":
        figure = next(one for one in reading.quantities if one.id == name)
        counted = cast("QuantityKind", _one_of(value, get_args(QuantityKind), label))
        return SetFigure(figure=counted, low=figure.low, best=figure.best, high=figure.high, civilians=figure.civilians)
    if kind == "claim":
        return SetStance(stance=cast("Stance", _one_of(value, get_args(Stance), label)))
    raise ExportError(
        f"Importing {name}: its label became {label!r}, which sitrep cannot follow.",
        todo="Delete the span and make a new one.", format="import",
    )  # fmt: skip


def _one_of(value: str, names: Iterable[str], label: str) -> str:
    if value in (known := tuple(names)):
        return value
    raise ExportError(
        f"Importing {label!r}: there is no {value!r}.", todo=f"There are: {', '.join(sorted(known))}.", format="import"
    )


def _target(reading: Reading, layer: TargetLayer, name: str, mark: Mark) -> Target:
    return Target(layer=layer, id=name, report=reading.report.source.id, words=_words(reading, mark))


def _words(reading: Reading, mark: Mark) -> tuple[Evidence, ...]:
    return (Evidence(start=mark.start, end=mark.end, quote=reading.report.text[mark.start : mark.end]),)
