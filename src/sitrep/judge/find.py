"""Find again what a judgement was about, by its id or by its words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sitrep.judge.draft import Draft
from sitrep.model import Argument, ArgumentRef, Event, Evidence


class Found(NamedTuple):
    """A record, and whether its words stand elsewhere than when it was judged."""

    record: Any
    moved: bool


class Located(NamedTuple):
    """Words where they stand now, and whether that is elsewhere."""

    words: tuple[Evidence, ...]
    moved: bool


def locate(text: str, words: Iterable[Evidence]) -> Located | None:
    """Words where they stand in a text now, the nearest place where they are said; None where they are gone."""
    found: list[Evidence] = []
    moved = False
    for part in words:
        if text[part.start : part.end] == part.quote:
            found.append(part)
            continue
        starts = list(_every(text, part.quote)) if part.quote else []
        if not starts:
            return None
        start = min(starts, key=lambda at: abs(at - part.start))
        found.append(Evidence(start=start, end=start + len(part.quote), quote=part.quote))
        moved = True
    return Located(tuple(found), moved)


def _every(text: str, quote: str) -> Iterable[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def find(draft: Draft, layer: str, name: str, words: tuple[Evidence, ...]) -> Found | None:
    """The record that is meant; None where nothing stands at its words any more."""
    held = draft.layers[layer]
    if name in held:
        return Found(held[name], moved=False)
    located = locate(draft.text, words)
    if located is None or not located.words:
        return None
    best, most = None, 0
    for record in held.values():
        shared = _shared(draft.words_of(layer, record), located.words)
        if shared > most:
            best, most = record, shared
    if best is None:
        return None
    exact = located.words[0] in draft.words_of(layer, best)
    return Found(best, located.moved or not exact)


def _shared(one: Iterable[Evidence], other: Iterable[Evidence]) -> int:
    """How many characters two sets of words have in common."""
    other = tuple(other)
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)


def argument(event: Event, ref: ArgumentRef) -> int | None:
    """Which argument of an event is meant: that of the role at the words, else the one at the words."""
    fitting = [n for n, part in enumerate(event.arguments) if part.role == ref.role and _begins(part, ref.start)]
    if not fitting and ref.start is not None:
        fitting = [n for n, part in enumerate(event.arguments) if _begins(part, ref.start)]
    return fitting[0] if fitting else None


def _begins(argument: Argument, start: int | None) -> bool:
    first = argument.evidence[0].start if argument.evidence else None
    return first == start


def ref_of(argument: Argument) -> ArgumentRef:
    """How an argument is found again."""
    first = argument.evidence[0] if argument.evidence else None
    return ArgumentRef(role=argument.role, start=first.start if first else None, end=first.end if first else None)
