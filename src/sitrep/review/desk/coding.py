"""Double coding: reports drawn for a second coder, where the two differ, and how far they agree."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from sitrep.judge.apply import apply
from sitrep.model import Event, Judgement, Reading, Sample, SetState, Target
from sitrep.review.desk import reports
from sitrep.review.desk.api import Empty, Refusal
from sitrep.review.desk.desk import Desk
from sitrep.review.desk.grid import Source, said_of
from sitrep.review.desk.situation_shapes import SampleBody
from sitrep.review.desk.units import Units
from sitrep.review.names import Names
from sitrep.store import desk as asked
from sitrep.store.judgements import judgement_id

FIELDS = ("event", "type", "place", "date", "attacker", "target", "killed", "injured", "factuality")
# figures lie on a scale, everything else is the same or not
RATIO = frozenset({"killed", "injured"})


class Pair(NamedTuple):
    """An event as each coder has it; None where one has none there."""

    first: Event | None
    second: Event | None


class Coded(NamedTuple):
    """A report as each of its coders has it."""

    report: str
    source_id: str
    title: str | None
    sample: Sample
    first: Reading
    second: Reading
    done: bool


def get_coding(desk: Desk, _query: Empty) -> dict[str, Any]:
    """The reports that are coded twice, and how far their coders agree."""
    coded = [
        _coded(desk, report, source_id, title, sample)
        for report, source_id, title, sample in desk.view.ask(asked.samples)
    ]
    rows: list[dict[str, Any]] = []
    units: dict[str, list[tuple[str | None, str | None]]] = {field: [] for field in FIELDS}
    for one in coded:
        differences = 0
        for pair in pairs(one.first, one.second):
            fields = compare(one, pair)
            differences += any(said != other for said, other in fields.values())
            # what a coder has not finished still holds the machine's reading, which agrees with itself
            for field, said in fields.items() if one.done else ():
                units[field].append(said)
        rows.append(
            {
                "report": one.report, "source_id": one.source_id, "title": one.title, "first": one.sample.first,
                "second": one.sample.second, "differences": differences, "done": one.done,
            }
        )  # fmt: skip
    agreement = [
        {
            "field": field,
            "alpha": alpha(said, "ratio" if field in RATIO else "nominal"),
            "units": len(said),
            "agree": sum(one == other for one, other in said),
        }
        for field, said in units.items()
    ]
    return {"rows": rows, "agreement": agreement}


def _coded(desk: Desk, report: str, source_id: str, title: str | None, sample: Sample) -> Coded:
    held = reports.find(desk, report)
    states = [entry for entry in held.judgements if isinstance(entry.correction, SetState)]
    finished = {
        entry.user
        for entry in states
        if isinstance(entry.correction, SetState) and entry.correction.state in ("accepted", "rejected")
    }
    return Coded(
        report, source_id, title, sample,
        apply(held.reading, held.judgements).reading,
        apply(held.reading, held.judgements, coder=sample.second).reading,
        {sample.first, sample.second} <= finished,
    )  # fmt: skip


def get_differences(desk: Desk, report: str, _query: Empty) -> dict[str, Any]:
    """Where the two coders of a report differ."""
    held = reports.find(desk, report)
    if held.sample is None:
        raise Refusal(404, f"The report {report} is not coded twice.", "Draw it first: POST /api/coding/sample.")
    one = _coded(desk, report, held.source_id, held.reading.report.title, held.sample)
    units = Units(held.reading.report.text)
    rows: list[dict[str, Any]] = []
    for pair in pairs(one.first, one.second):
        event = pair.first or pair.second
        if event is None:
            continue
        fields = compare(one, pair)
        rows.append(
            {
                "event_first": pair.first.id if pair.first else None,
                "event_second": pair.second.id if pair.second else None,
                "words": event.trigger.quote,
                "evidence": units.out(msgspec.to_builtins(event.evidence)),
                "fields": [
                    {"field": field, "first": said, "second": other, "agrees": said == other}
                    for field, (said, other) in fields.items()
                ],
            }
        )
    return {
        "report": report, "first": one.sample.first, "second": one.sample.second, "version": held.version, "rows": rows,
    }  # fmt: skip


def pairs(first: Reading, second: Reading) -> list[Pair]:
    """The events of two codings, each beside the one that stands at the same words."""
    # both begin with the machine's ids; what a person added is matched by its words
    left = {event.id: event for event in second.events}
    found: list[Pair] = []
    for event in first.events:
        same = left.get(event.id) or next(
            (other for other in left.values() if set(other.triggers) & set(event.triggers)), None
        )
        if same is not None:
            left.pop(same.id, None)
        found.append(Pair(event, same))
    found += [Pair(None, event) for event in left.values()]
    return [pair for pair in found if pair.first or pair.second]


def compare(coded: Coded, pair: Pair) -> dict[str, tuple[str | None, str | None]]:
    """What each coder says of every field; where one has no event there, only that can be compared."""
    found: dict[str, tuple[str | None, str | None]] = {"event": (_there(pair.first), _there(pair.second))}
    if pair.first is None or pair.second is None:
        return found
    one, other = _source(coded.first, pair.first), _source(coded.second, pair.second)
    for field in FIELDS[1:]:
        found[field] = (said_of(field, one).value, said_of(field, other).value)
    return found


def _there(event: Event | None) -> str:
    return "event" if event else "none"


def _source(reading: Reading, event: Event) -> Source:
    return Source("", reading, event, Names(reading), Units(""))


def alpha(said: Sequence[tuple[str | None, str | None]], level: Literal["nominal", "ratio"]) -> float | None:
    """Krippendorff's alpha of two coders; None where it is not defined: no pair of values, or one value only."""
    both = [(one, other) for one, other in said if one is not None or other is not None]
    if level == "ratio":
        return _alpha([[_number(one), _number(other)] for one, other in both], "ratio")
    # to say nothing is an answer, too: a missing place is not the same as any place
    codes = {value: float(n) for n, value in enumerate(sorted({str(value) for pair in both for value in pair}))}
    return _alpha([[codes[str(one)], codes[str(other)]] for one, other in both], "nominal")


def _number(value: str | None) -> float:
    """The best of a toll, else its lowest or highest; not a number where there is none."""
    for part in _parts(value):
        return part
    return math.nan


def _parts(value: str | None) -> Iterable[float]:
    low, best, high = (value or "?/?/?").replace(",", "").split("/")
    return [float(part) for part in (best, low, high) if part != "?"]


def _alpha(pairs_: list[list[float]], level: Literal["nominal", "ratio"]) -> float | None:
    import krippendorff
    import numpy as np

    values = {value for pair in pairs_ for value in pair if not math.isnan(value)}
    whole = [pair for pair in pairs_ if not any(map(math.isnan, pair))]
    if len(values) < 2 or not whole:
        return None
    found = float(krippendorff.alpha(reliability_data=np.array(pairs_).T, level_of_measurement=level))
    return None if math.isnan(found) else round(found, 4)


def post_sample(desk: Desk, _query: Empty, body: SampleBody) -> dict[str, Any]:
    """Draw reports for a second coder, the same ones for the same seed."""
    first = body.first or desk.user
    if first == body.coder:
        raise Refusal(422, "The second coder is the first.", "Name somebody else.")
    names = desk.view.ask(lambda connection: asked.drawable(connection, body.state))
    drawn = sorted(random.Random(body.seed).sample(names, min(body.size, len(names))))
    at = desk.clock()
    judgements = [
        Judgement(
            id=judgement_id(target, "sample", first, body.coder, at),
            target=target,
            correction=Sample(first=first, second=body.coder),
            user=desk.user,
            at=at,
            reason=f"drawn with seed {body.seed}",
        )
        for target in (Target(layer="reports", id=name, report=name) for name in drawn)
    ]
    if judgements:
        desk.writer.judge_all(judgements)
    keys = desk.view.ask(lambda connection: asked.report_keys(connection, drawn))
    return {"reports": [keys[name] for name in drawn]}
