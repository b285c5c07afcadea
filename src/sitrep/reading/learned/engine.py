"""Runs the encoder over whole texts and the heads over what it gives; windows are put together again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from sitrep.reading.learned.decode import Floats, Pairing, product
from sitrep.reading.learned.texts import CLS, OVERLAP, SEP, SIZE, Encoded, Window, owners, windows

Ints = NDArray[np.int64]
# (ids, cases, mask) of some windows to the hidden state of every piece, (windows, pieces, width)
Forward = Callable[[Ints, Ints, Ints], Floats]
# windows that go to the encoder together: long reports would hold much memory
BATCH = 8


class Labels(TypedDict):
    """What a model tells apart: labels by span layer, classes by class head, labels by free-choice head, roles."""

    layers: dict[str, list[str]]
    classes: dict[str, list[str]]
    choices: dict[str, list[str]]
    roles: list[str]


class Linear(NamedTuple):
    """A head: hidden states times `weight` (outputs, width), plus `bias` (outputs)."""

    weight: Floats
    bias: Floats

    def __call__(self, hidden: Floats) -> Floats:
        return product(hidden, self.weight.T) + self.bias


class Heads(NamedTuple):
    """The heads' numbers. level: scale and shift of a whole text's vector before class heads read it."""

    layers: dict[str, Linear]
    classes: dict[str, Linear]
    level: Linear
    links: Linear
    argument: Linear
    trigger: Linear
    pairing: Pairing


class Outputs:
    """What a model says of a text. hidden: the state of every piece; opening: the vector of its first window."""

    def __init__(self, encoded: Encoded, hidden: Floats, opening: Floats, heads: Heads) -> None:
        self.encoded = encoded
        self.hidden = hidden
        self.opening = opening
        self._heads = heads

    def layer(self, name: str) -> Floats:
        """The scores of a layer's tags for every piece."""
        return self._heads.layers[name](self.hidden)

    def classes(self, name: str) -> Floats:
        """The scores of a class head's classes."""
        return self._heads.classes[name](self.opening)

    @cached_property
    def links(self) -> Floats:
        """Projections that pair contents with cues and sources."""
        return self._heads.links(self.hidden)

    @cached_property
    def argument(self) -> Floats:
        """Projections of pieces as arguments."""
        return self._heads.argument(self.hidden)

    @cached_property
    def trigger(self) -> Floats:
        """Projections of pieces as triggers."""
        return self._heads.trigger(self.hidden)


class Engine:
    """A model that reads, whatever runs its encoder.

    The windows of one text are read together and with no other text's: 8-bit arithmetic scales its numbers by what it
    reads at once, and a reading must not depend on what else is read.
    """

    def __init__(
        self, forward: Forward, labels: Labels, heads: Heads, *, size: int = SIZE, overlap: int = OVERLAP
    ) -> None:
        self.forward = forward
        self.labels = labels
        self.heads = heads
        self.size = size
        self.overlap = overlap

    def read(self, one: Encoded) -> Outputs:
        """The outputs for a text."""
        cuts = list(windows(one.text, one.offsets, self.size, self.overlap)) or [Window(0, 0)]
        ids = padded([[CLS, *one.ids[cut.first : cut.last], SEP] for cut in cuts])
        cases = padded([[0, *one.cases[cut.first : cut.last], 0] for cut in cuts])
        mask = padded([[1] * (cut.last - cut.first + 2) for cut in cuts])
        states: list[Floats] = []
        for at in range(0, len(cuts), BATCH):
            wide = int(mask[at : at + BATCH].sum(1).max())
            states += list(self.forward(*(matrix[at : at + BATCH, :wide] for matrix in (ids, cases, mask))))
        return Outputs(one, _joined(states, cuts, len(one.ids)), self._opening(states[0], cuts[0]), self.heads)

    def _opening(self, hidden: Floats, cut: Window) -> Floats:
        """First piece and mean of all, levelled as in training."""
        pieces = hidden[: cut.last - cut.first + 2]
        both = np.concatenate((pieces[0], pieces.mean(0)))
        apart = both - both.mean()
        return apart / np.sqrt((apart**2).mean() + LEAST_VARIANCE) * self.heads.level.weight + self.heads.level.bias


LEAST_VARIANCE = 1e-5  # torch's LayerNorm


def _joined(states: Sequence[Floats], cuts: Sequence[Window], count: int) -> Floats:
    """The state of each piece, from the window in which it stands deepest."""
    owner = owners(cuts, count)
    if not owner:
        return np.zeros((0, states[0].shape[-1]), dtype=np.float32)
    runs = [(piece, owner[piece]) for piece in range(count) if piece == 0 or owner[piece] != owner[piece - 1]]
    ends = [*(piece for piece, _ in runs[1:]), count]
    parts = [
        states[window][start - cuts[window].first + 1 : end - cuts[window].first + 1]
        for (start, window), end in zip(runs, ends, strict=True)
    ]
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def padded(rows: Sequence[Sequence[int]], fill: int = 0) -> Ints:
    """Rows of unlike length as one matrix."""
    matrix = np.full((len(rows), max(map(len, rows))), fill, dtype=np.int64)
    for number, row in enumerate(rows):
        matrix[number, : len(row)] = row
    return matrix
