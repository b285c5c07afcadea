"""Choose: of the values that reports give for a field of an incident, the one that a person holds to be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from sitrep.judge.apply import in_force
from sitrep.model import Choose, EventAnchor, EventRef, FieldValue, Figure, Incident, Judgement

FIGURES = ("killed", "injured")
# a field of the desk that an incident calls otherwise
FIELDS = {"date": "day"}


class Choice(NamedTuple):
    """What a person chose for a field of the incident that these events are."""

    field: str
    value: str
    user: str
    events: frozenset[EventRef]


def anchors(judgement: Judgement) -> tuple[EventAnchor, ...]:
    """The events that an incident had when it was judged."""
    target = judgement.target
    return target.anchors or tuple(EventAnchor(report=ref.report, event=ref.event) for ref in target.events)


def choices(judgements: Iterable[Judgement], find: Callable[[EventAnchor], EventRef | None]) -> list[Choice]:
    """The choices in force, in their order. find: where an event that was judged stands now, None where it is gone."""
    found: list[Choice] = []
    for judgement in in_force(judgements):
        correction = judgement.correction
        if isinstance(correction, Choose) and judgement.hand == "first":
            events = frozenset(ref for anchor in anchors(judgement) if (ref := find(anchor)) is not None)
            found.append(Choice(correction.field, correction.value, judgement.user, events))
    return found


def decide(incident: Incident, made: Iterable[Choice]) -> Incident:
    """An incident as people decided its fields; later choices win."""
    for choice in made:
        if _is_of(incident, choice.events):
            incident = _decided(incident, choice)
    return incident


def _is_of(incident: Incident, judged: frozenset[EventRef]) -> bool:
    """Whether an incident holds most of the events that were judged; of two halves, the one with the first of them."""
    held = judged & set(incident.events)
    if 2 * len(held) == len(judged):
        return bool(held) and min(judged, key=lambda ref: (ref.report, ref.event)) in held
    return 2 * len(held) > len(judged)


def _decided(incident: Incident, choice: Choice) -> Incident:
    field = FIELDS.get(choice.field, choice.field)
    value = choice.value.strip()
    changed: dict[str, object] = {}
    match field:
        case "type":
            changed["type"] = value
        case "place":
            value = value.casefold()
            changed["place"] = value
        case "day":
            first, _, last = value.partition("/")
            start, end = (None if day in ("", "?") else day for day in (first, last or first))
            value = value if start != end else first
            changed |= {"start": start, "end": end}
        case "killed" | "injured":
            amounts = amounts_of(value)
            if amounts is None:
                return incident
            low, best, high = amounts
            figure = Figure(kind=field, low=low, best=best, high=high, rule=f"chosen by {choice.user}")
            others = {figure.kind: figure for figure in incident.figures} | {field: figure}
            changed["figures"] = tuple(others[kind] for kind in FIGURES if kind in others)
            value = _words(low, high)
        case _:
            pass
    said = incident.fields.get(field, ())
    same = next((entry for entry in said if entry.value == value), None)
    first_of_all = FieldValue(
        value=value,
        events=same.events if same else (),
        sources=same.sources if same else 0,
        said_by=same.said_by if same else (),
        updated_by=same.updated_by if same else None,
        chosen_by=choice.user,
    )
    rest = tuple(msgspec.structs.replace(entry, chosen_by=None) for entry in said if entry.value != value)
    # what only an earlier choice gave is no longer said by anybody
    kept = tuple(entry for entry in rest if entry.events)
    return msgspec.structs.replace(incident, **changed, fields=incident.fields | {field: (first_of_all, *kept)})


def amounts_of(words: str) -> tuple[float | None, float | None, float | None] | None:
    """Low, best and high of a figure as the desk writes it: 12, 10..14, 12.., 10/12/14, ?/12/?; None for no figure."""
    words = words.replace(",", "").replace(" ", "")
    try:
        if "/" in words:
            parts = [None if part in ("", "?") else float(part) for part in words.split("/")]
            low, best, high = parts if len(parts) == 3 else (parts[0], None, parts[-1])
        elif ".." in words:
            low, high = (float(part) if part else None for part in words.split("..", 1))
            best = None
        else:
            low = best = high = float(words)
    except ValueError:
        return None
    if low is None and high is None and best is None:
        return None
    if low is None and high is None:
        low = high = best
    return low, best, high


def _words(low: float | None, high: float | None) -> str:
    """A figure as an incident's values tell it."""
    if low is None:
        return f"at most {high:g}"
    if high is None:
        return f"at least {low:g}"
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"
