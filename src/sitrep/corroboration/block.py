"""Blocks: which sketches are worth comparing at all.

Two events are compared where they share a key: the family of their type with a time and an anchor (place, participant,
trigger, telling words). Keys depend on one event alone, so that new reports meet the old ones through an index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitrep.corroboration.rarity import rarest
from sitrep.corroboration.sketch import Sketch

# in a larger block each is compared with so many neighbours in time on either side
NEIGHBOURS = 40
# a longer window is no date
LONGEST_WINDOW = 10
# days of a bucket, and how far apart two days always share one
DAY, DAY_SLACK = 2, 1
WEEK, WEEK_SLACK = 8, 4
MONTH = 31
NAMES, TELLING = 4, 3

# a key that says little counts only while few share it
LARGEST_WEAK = 30
# keys are numbers; the lowest bit marks one that says little, the next one who is meant
WEAK, DATED = 1, 2
BITS = ~(WEAK | DATED)
# of so many events, the partners are looked for at once
CHUNK = 4096

type Numbers = NDArray[np.int64]


class Keys(NamedTuple):
    """Under which keys an event is filed, and under which it looks for others."""

    filed: Numbers
    sought: Numbers


def keys(sketch: Sketch) -> Keys:
    """What an event must share with another to be compared.

    Events of an exact day meet those of that day; one without meets whatever the weeks around its report, or its
    own window, may hold. So two exact days that lie apart never meet.
    """
    when = [_number(f"d{bucket}") for bucket in days(sketch)]
    around = [_number(f"m{bucket}") for bucket in months(sketch)] + [_number(f"w{bucket}") for bucket in weeks(sketch)]
    # a type may bear the name of a trigger
    acts = [_number(f"t {name}") for name in {sketch.trigger, *sketch.kinds}]
    telling = [_number(f"o {word}") for word in rarest(sketch.opening, TELLING)]
    words = [_number(f"x {word}") for word in rarest(sketch.words, TELLING)]
    names, where = anchors(sketch)
    some = [*telling, *where, *names, *acts]
    timeless = [one ^ other for part in (telling, words) for one, other in combinations(part, 2)]
    if not around:
        timeless += [*telling, *where, *names, _number(f"t {sketch.trigger}")]
    if sketch.days is not None and not when:
        timeless.append(_number(f"t {sketch.trigger} {sketch.days[0]} {sketch.days[1]}"))
    family = _number(f"f {sketch.family}")
    crossed = _crossed(family, [*when, *around], some)
    # on a day its acts alone say little, in a month its province and those who take part do, too
    crossed[: len(when), len(some) - len(acts) :] |= WEAK
    crossed[len(when) :, len(telling) + len(where[:1]) :] |= WEAK
    same_day = crossed[: len(when)].ravel()
    near = np.concatenate((crossed[len(when) :].ravel(), _crossed(family, [_NEVER], timeless).ravel()))
    # an undated event looks for both kinds, a dated one for undated events alone: it meets others by the day
    if when:
        return Keys(np.concatenate((same_day, near | DATED)), np.concatenate((same_day, near)))
    return Keys(np.concatenate((same_day, near)), np.concatenate((same_day, near, near | DATED)))


def anchors(sketch: Sketch) -> tuple[list[int], list[int]]:
    """(those who take part, its place and its province)."""
    named = frozenset(name for name in sketch.agents | sketch.patients if not name.startswith("kind "))
    where: list[int] = []
    if sketch.spot is not None:
        where.append(_number(f"p {sketch.spot.name}"))
        if sketch.spot.country and sketch.spot.admin1:
            where.append(_number(f"a {sketch.spot.country} {sketch.spot.admin1}"))
    return [_number(f"n {name}") for name in rarest(named, NAMES)], where


def days(sketch: Sketch) -> Iterator[int]:
    """Buckets of its days: two events a day apart share one."""
    if sketch.days is not None and sketch.days[1] - sketch.days[0] <= LONGEST_WINDOW:
        yield from range(sketch.days[0] // DAY, (sketch.days[1] + DAY_SLACK) // DAY + 1)


def months(sketch: Sketch) -> Iterator[int]:
    """Buckets of a window of a month at most: a day meets the month that it lies in."""
    if sketch.days is not None and sketch.days[1] - sketch.days[0] <= MONTH:
        yield from range(sketch.days[0] // MONTH, sketch.days[1] // MONTH + 1)


def weeks(sketch: Sketch) -> Iterator[int]:
    """Buckets of its report's day: two reports half a week apart share one."""
    if sketch.published is not None:
        yield from range(sketch.published // WEEK, (sketch.published + WEEK_SLACK) // WEEK + 1)


@lru_cache(maxsize=1 << 18)
def _number(words: str) -> int:
    """A number for words, the same in every run."""
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


_NEVER = _number("no time")


def _crossed(family: int, times: Sequence[int], some: Sequence[int]) -> Numbers:
    """A key for each time with each anchor."""
    mixed = (np.array(times, np.uint64) ^ np.uint64(family)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed[:, None] ^ np.array(some, np.uint64)) * np.uint64(0xC2B2AE3D27D4EB4F)
    return (mixed ^ (mixed >> np.uint64(31))).view(np.int64) & BITS


class Blocks:
    """The blocks of sketches in a fixed order, those near in time near each other."""

    def __init__(self, found: Sequence[Keys]) -> None:
        self._count = len(found)
        filed = [key.filed for key in found]
        sought = [key.sought for key in found]
        everything = np.concatenate([*filed, *sought]) if found else np.zeros(0, np.int64)
        border = sum(map(len, filed))
        owners = np.repeat(np.arange(self._count), [len(part) for part in filed])
        order = np.argsort(everything, kind="stable")
        ordered = everything[order]
        numbers = np.empty(len(everything), np.int64)
        numbers[order] = np.cumsum(np.diff(ordered, prepend=ordered[:1]) != 0)
        last = int(numbers.max(initial=-1)) + 1
        sizes = np.bincount(numbers[:border], minlength=last)
        weak = np.zeros(last, bool)
        weak[numbers] = (everything & WEAK).astype(bool)
        sizes[weak & (sizes > LARGEST_WEAK)] = 0
        kept = sizes[numbers[:border]] > 0
        # members of each block in turn, in their order: a stable sort keeps them so
        members = np.argsort(numbers[:border][kept], kind="stable")
        self._members = owners[kept][members]
        self._ends = np.cumsum(sizes)
        self._places = numbers[:border][kept][members] * self._count + self._members
        self._sought = numbers[border:]
        self._of = np.cumsum([0, *(len(part) for part in sought)])

    def pairs(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Pairs (lower first, in order) that share a block, some at a time; of a large one, the next in time."""
        for first in range(0, self._count, CHUNK):
            last = min(self._count, first + CHUNK)
            blocks = self._sought[self._of[first] : self._of[last]]
            owners = np.repeat(np.arange(first, last), np.diff(self._of[first : last + 1]))
            starts = np.searchsorted(self._places, blocks * self._count + owners, side="right")
            counts = np.clip(self._ends[blocks] - starts, 0, NEIGHBOURS)
            there = np.flatnonzero(counts)
            starts, counts = starts[there], counts[there]
            offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
            partners = self._members[np.repeat(starts, counts) + offsets]
            found = np.unique(np.repeat(owners[there], counts) * self._count + partners)
            yield found // self._count, found % self._count
