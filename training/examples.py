"""The one format that every data set is brought into, and its cutting into windows of word pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Offsets = Sequence[tuple[int, int]]
IGNORED = -100  # torch's index for positions that no loss is taken of
SIZE = 254  # with [CLS] and [SEP] the 256 pieces that MiniLM was trained with
OVERLAP = 64
CASES = ("none", "lower", "title", "upper", "mixed")


class Span(NamedTuple):
    """Characters start to end of a text, with a label."""

    start: int
    end: int
    label: str = ""


class Attribution(NamedTuple):
    """Who (source) says (cue) what (content); each may stand in several pieces, and source and cue may be absent."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]


class Event(NamedTuple):
    """A trigger, labelled with its type, and its arguments, labelled with their roles."""

    trigger: Span
    arguments: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text and everything that one data set says about it.

    layers: spans by layer; a layer that is empty was annotated and has nothing, one that is absent was not annotated.
    unsure: layers in which unmarked words may still be of the kind. classes: for each class head the classes that
    are right (one, or several where the set tells fewer apart than the head). choices: for heads with any number
    of labels, the labels. marks: spans to put markers around, labelled "source" or "target".
    """

    id: str
    set: str
    text: str
    layers: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    attributions: tuple[Attribution, ...] | None = None
    events: tuple[Event, ...] | None = None
    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    marks: tuple[Span, ...] = ()


class Window(NamedTuple):
    """Pieces first to last (exclusive) of a text."""

    first: int
    last: int


MARKERS = {"source": ("[unused0]", "[unused1]"), "target": ("[unused2]", "[unused3]")}


def marked_text(example: Example) -> str:
    """The text with markers around its marked spans; spans inside others stay readable."""
    inserts: list[tuple[int, int, int, str]] = []
    for span in example.marks:
        opening, closing = MARKERS[span.label]
        length = span.end - span.start
        # at one place closings come first; of two openings the longer span's
        inserts.append((span.start, 1, -length, f"{opening} "))
        inserts.append((span.end, 0, length, f" {closing}"))
    parts: list[str] = []
    done = 0
    for place, _, _, marker in sorted(inserts):
        parts += (example.text[done:place], marker)
        done = place
    return "".join((*parts, example.text[done:]))


def windows(text: str, offsets: Offsets, size: int = SIZE, overlap: int = OVERLAP) -> Iterator[Window]:
    """Windows over all pieces; they overlap, and end after a sentence where one ends in their last quarter."""
    count = len(offsets)
    if size <= overlap:
        raise ValueError(f"Cutting windows of {size} pieces: they must be longer than their overlap of {overlap}.")
    first = 0
    while first < count:
        last = min(first + size, count)
        if last < count:
            for end in range(last, first + max(overlap + 1, size * 3 // 4), -1):
                if text[offsets[end - 1][0] : offsets[end - 1][1]] in (".", "!", "?", "”"):
                    last = end
                    break
        yield Window(first, last)
        if last == count:
            return
        first = last - overlap


def owners(cuts: Sequence[Window], count: int) -> list[int]:
    """For every piece the window in which it stands farthest from an edge that cuts the text."""
    best = [-1] * count
    depth = [-1] * count
    for number, (first, last) in enumerate(cuts):
        for piece in range(first, last):
            before = piece - first if first else count
            after = last - 1 - piece if last < count else count
            if min(before, after) > depth[piece]:
                depth[piece], best[piece] = min(before, after), number
    return best


def tags_of(labels: Sequence[str]) -> list[str]:
    """O, and B and I of each label."""
    return ["O", *(f"{prefix}-{label}" for label in labels for prefix in "BI")]


def encode_bio(offsets: Offsets, spans: Iterable[Span], labels: Sequence[str], *, unsure: bool = False) -> list[int]:
    """The tag of every piece. Of spans that overlap the longer wins. A span whose label is null is ignored.

    unsure: unmarked pieces are ignored too.
    """
    index = {label: number for number, label in enumerate(labels)}
    tags = [IGNORED if unsure else 0] * len(offsets)
    taken = [False] * len(offsets)
    starts = [start for start, _ in offsets]
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        first, last = pieces_of(offsets, span, starts)
        if first >= last or any(taken[first:last]):
            continue
        for piece in range(first, last):
            taken[piece] = True
            tags[piece] = IGNORED if span.label not in index else 2 * index[span.label] + (1 if piece == first else 2)
    return tags


def pieces_of(offsets: Offsets, span: Span, starts: Sequence[int] | None = None) -> tuple[int, int]:
    """The pieces that share characters with a span, as first and last (exclusive)."""
    from bisect import bisect_left

    starts = [start for start, _ in offsets] if starts is None else starts
    first = bisect_left(starts, span.start)
    if first and offsets[first - 1][1] > span.start:
        first -= 1
    return first, bisect_left(starts, span.end, first)


def levels(spans: Iterable[Span]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Spans that no other contains, and the outermost of those inside them; flat tags cannot hold more."""

    def outer(some: Sequence[Span]) -> tuple[Span, ...]:
        kept: list[Span] = []
        for span in sorted(some, key=lambda span: (span.start - span.end, span.start)):
            if all(span.end <= other.start or other.end <= span.start for other in kept):
                kept.append(span)
        return tuple(sorted(kept))

    every = sorted(set(spans))
    first = outer(every)
    return first, outer([span for span in every if span not in first])


def continues(text: str, offsets: Offsets) -> list[bool]:
    """Whether a piece goes on in the word of the piece before it."""
    return [
        number > 0
        and offsets[number - 1][1] == start
        and text[start : start + 1].isalnum()
        and text[start - 1 : start].isalnum()
        for number, (start, _) in enumerate(offsets)
    ]


def case_of(word: str) -> int:
    """The index in CASES of a piece's letters; the word pieces themselves are lower case."""
    if not any(letter.isalpha() for letter in word):
        return 0
    if word.islower():
        return 1
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 2
    return 3 if word.isupper() else 4
