"""Highlights: overlapping spans of a text, cut into stretches that no span's edge divides.

Offsets are code points and stay on this side: the browser, which counts UTF-16 units, never sees one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple


class Mark(NamedTuple):
    """A span of the text that belongs to something. tag: what it says of the stretch that it covers."""

    start: int
    end: int
    tag: str


class Stretch(NamedTuple):
    """A stretch of text with the tags of all marks that cover it, in the order of the marks."""

    start: int
    end: int
    tags: tuple[str, ...]
    opens: tuple[str, ...]


def stretches(marks: Iterable[Mark], start: int, end: int) -> Iterator[Stretch]:
    """The stretches of [start, end), gapless and in order. opens: tags whose mark begins here."""
    if start >= end:
        return
    inside = [
        (max(mark.start, start), min(mark.end, end), number, mark)
        for number, mark in enumerate(marks)
        if mark.start < end and mark.end > start and mark.start < mark.end
    ]
    edges = sorted(
        [(first, 1, number, mark) for first, _, number, mark in inside]
        + [(last, 0, number, mark) for _, last, number, mark in inside],
        key=lambda edge: edge[:3],
    )
    covering: dict[int, Mark] = {}
    opened: list[str] = []
    at = start
    for offset, group in groupby(edges, key=lambda edge: edge[0]):
        if offset > at:
            yield _stretch(at, offset, covering, opened)
            at, opened = offset, []
        for _, opens, number, mark in group:
            if opens:
                covering[number] = mark
                if mark.start == offset:
                    opened.append(mark.tag)
            else:
                del covering[number]
    if at < end:
        yield _stretch(at, end, covering, opened)


def _stretch(start: int, end: int, covering: dict[int, Mark], opened: list[str]) -> Stretch:
    tags = dict.fromkeys(covering[number].tag for number in sorted(covering))
    return Stretch(start, end, tuple(tags), tuple(opened))
