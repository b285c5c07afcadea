"""The one format that every data set is brought into, and the tags of its pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sitrep.reading.learned.texts import Attribution, Span


class Event(NamedTuple):
    """A trigger, labelled with its type, and its arguments, labelled with their roles."""

    trigger: Span
    arguments: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text and everything that one data set says about it.

    layers: spans by layer; a layer that is empty was annotated and has nothing, one that is absent was not annotated.
    classes: for each class head the classes that
    are right (one, or several where the set tells fewer apart than the head). choices: for heads with any number
    of labels, the labels. marks: spans to put markers around, labelled "source" or "target".
    """

    id: str
    set: str
    text: str
    layers: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    attributions: tuple[Attribution, ...] | None = None
    events: tuple[Event, ...] | None = None
    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    marks: tuple[Span, ...] = ()


def tags_of(labels: Sequence[str]) -> list[str]:
    """O, and B and I of each label."""
    return ["O", *(f"{prefix}-{label}" for label in labels for prefix in "BI")]


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
