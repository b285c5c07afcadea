"""Columns: many sketches as arrays of numbers, so that thousands of pairs are compared at once."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitrep.corroboration import compare as by
from sitrep.corroboration.kin import kin
from sitrep.corroboration.rarity import weigh
from sitrep.corroboration.sketch import FIGURES, Sketch, Spot

type Whole = NDArray[np.int64]
type Real = NDArray[np.float64]
type Flags = NDArray[np.bool_]

# scores are summed as whole millionths: sums of whole numbers do not depend on their order
UNIT = 1_000_000
# of so many values, what is said of each two of them is kept in a square
DENSE = 2048
# numbers kept of each sketch
COLUMNS = 12
# stands for an answer that rules out that two events are one
RULED_OUT = 1000.0


class Parts(NamedTuple):
    """The reasons of comparisons, each an array over the pairs, in the order of `compare.NAMES`."""

    type: Real
    trigger: Real
    place: Real
    day: Real
    agents: Real
    patients: Real
    figures: Real
    words: Real
    opening: Real
    tellings: Real
    tense: Real

    def total(self) -> Real:
        """Their sums, less what any two events have in common by chance."""
        total = self.type - by.BASE
        for part in self[1:]:
            total += part
        return total


class _Codes[T](dict[T, int]):
    """Numbers for values, in the order in which they come."""

    def __missing__(self, value: T) -> int:
        found = self[value] = len(self)
        return found


class _Table[T]:
    """What a function says of pairs of coded values, worked out once for each pair of values."""

    def __init__(self, say: Callable[[T, T], float]) -> None:
        self._say = say
        self.codes: _Codes[T] = _Codes()
        self._values: list[T] = []
        self._known: dict[int, float] = {}
        self._dense = np.zeros((0, 0))

    def seal(self) -> None:
        """No more values come."""
        self._values = list(self.codes)
        if len(self._values) <= DENSE:
            self._dense = np.full((len(self._values), len(self._values)), np.nan)

    def of(self, ones: Whole, others: Whole) -> Real:
        if len(self._dense):
            found = self._dense[ones, others]
            missing = np.isnan(found)
            if missing.any():
                self._fill(ones[missing], others[missing])
                found = self._dense[ones, others]
            return found
        pairs = (np.minimum(ones, others) << 32) | np.maximum(ones, others)
        different, where = np.unique(pairs, return_inverse=True)
        return np.fromiter(map(self._look, different.tolist()), np.float64, len(different))[where]

    def _fill(self, ones: Whole, others: Whole) -> None:
        for i, j in set(zip(ones.tolist(), others.tolist(), strict=True)):
            self._dense[i, j] = self._dense[j, i] = self._say(self._values[i], self._values[j])

    def _look(self, pair: int) -> float:
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = self._say(self._values[pair >> 32], self._values[pair & 0xFFFFFFFF])
        return found


class _Bags:
    """Two sets of stems of each sketch in one row, filled up with a stem that weighs nothing."""

    def __init__(self) -> None:
        # number 0 is the stem that weighs nothing; a stem of the other set is another stem
        self._codes: tuple[_Codes[str], _Codes[str]] = _Codes({"": 0}), _Codes({"": 0})
        self._flat = array("i"), array("i")
        self._ends = array("q", [0]), array("q", [0])
        self._totals = array("q"), array("q")

    def add(self, *both: frozenset[str]) -> None:
        for stems, codes, flat, ends, totals in zip(
            both, self._codes, self._flat, self._ends, self._totals, strict=True
        ):
            flat.extend(map(codes.__getitem__, stems))
            ends.append(len(flat))
            totals.append(weigh(stems))

    def seal(self, order: Whole) -> None:
        """Lay out the rows in this order."""
        parts: list[NDArray[np.int32]] = []
        weights: list[int] = []
        for codes, flat, ended in zip(self._codes, self._flat, self._ends, strict=True):
            ends = np.array(ended, np.int64)
            sizes = np.diff(ends)[order]
            columns = np.arange(int(sizes.max(initial=0)))
            rows = np.full((len(order), len(columns)), len(weights), np.int32)
            there = columns[None, :] < sizes[:, None]
            rows[there] += np.array(flat, np.int32)[(ends[:-1][order][:, None] + columns[None, :])[there]]
            parts.append(rows)
            weights += [0, *(weigh((stem,)) for stem in islice(codes, 1, None))]
        self._border = parts[0].shape[1]
        self._rows = np.concatenate(parts, axis=1)
        self._sums = [np.array(totals, np.int64)[order] for totals in self._totals]
        self._weights = np.array(weights, np.int32)
        self._mark = np.zeros(len(weights), np.int32)
        del self._codes, self._flat, self._ends, self._totals

    def likeness(self, ones: Whole, others: Whole) -> tuple[Real, Real]:
        """Cosines of either set, each stem by how rare it is. Quick where one sketch comes several times in turn."""
        words, opening = np.zeros(len(ones), np.int64), np.zeros(len(ones), np.int64)
        mark, rows, border = self._mark, self._rows, self._border
        borders = (np.flatnonzero(ones[1:] != ones[:-1]) + 1).tolist()
        for start, end in pairwise((0, *borders, len(ones)) if len(ones) else ()):
            mine = rows[ones[start]]
            mark[mine] = self._weights[mine]
            shared = mark[rows[others[start:end]]]
            words[start:end] = shared[:, :border].sum(axis=1)
            opening[start:end] = shared[:, border:].sum(axis=1)
            mark[mine] = 0
        return self._cosine(words, ones, others, 0), self._cosine(opening, ones, others, 1)

    def _cosine(self, shared: Whole, ones: Whole, others: Whole, which: int) -> Real:
        # where one of the sets is empty, nothing is shared
        return shared / np.sqrt(np.maximum(1, self._sums[which][ones] * self._sums[which][others]))


class Columns:
    """Sketches in the order of time, as arrays. sketches: without their words, which are in the arrays."""

    def __init__(self, found: Iterable[Sketch]) -> None:
        spots, agents, patients = _Table(_spots), _Table(by.side), _Table(by.side)
        sorts: _Table[by.Sort] = _Table(by.types)
        triggers, reports, types = _Codes[str](), _Codes[str](), _Codes[str]()
        bags = _Bags()
        light: list[Sketch] = []
        rows = array("q")
        for sketch in found:
            bags.add(sketch.words, sketch.opening)
            light.append(sketch._replace(words=frozenset(), opening=frozenset()))
            rows.extend(
                (
                    sorts.codes[sketch.type, sketch.kinds],
                    triggers[kin(sketch.trigger)],
                    spots.codes[sketch.spot],
                    agents.codes[sketch.agents],
                    patients.codes[sketch.patients],
                    *(sketch.days or (-1, -1)),
                    -1 if sketch.published is None else sketch.published,
                    min(sketch.tellings, by.OFTEN),
                    sketch.news,
                    types[sketch.type],
                    reports[sketch.ref.report],
                )
            )
        self.order = np.array(sorted(range(len(light)), key=lambda i: in_time(light[i])), np.int64)
        self.sketches = [light[i] for i in self.order]
        bags.seal(self.order)
        for table in (sorts, spots, agents, patients):
            table.seal()
        self._bags, self._sorts, self._spots, self._agents, self._patients = bags, sorts, spots, agents, patients
        self._rows = np.ascontiguousarray(np.array(rows, np.int64).reshape(-1, COLUMNS)[self.order])
        self.report = np.ascontiguousarray(self._rows[:, -1])
        tolls = [[sketch.figures.get(kind) for sketch in self.sketches] for kind in FIGURES]
        self._low = [np.array([math.nan if t is None else t.low for t in some], float) for some in tolls]
        self._high = [
            np.array([math.inf if t is None or t.high is None else t.high for t in some], float) for some in tolls
        ]

    def __len__(self) -> int:
        return len(self.sketches)

    def parts(self, ones: Whole, others: Whole) -> tuple[Parts, Flags]:
        """(what speaks for each pair being one incident and against, which can never be one).

        Quick where those of one number come in turn.
        """
        sort, trigger, spot, agents, patients, first, last, told, tellings, news, *_ = self._rows[ones].T
        (
            other_sort, other_trigger, other_spot, other_agents, other_patients, other_first, other_last, other_told,
            other_tellings, other_news, *_,
        ) = self._rows[others].T  # fmt: skip
        places = self._spots.of(spot, other_spot)
        ruled_out = places >= RULED_OUT / 2
        words, opening = self._bags.likeness(ones, others)
        parts = Parts(
            self._sorts.of(sort, other_sort),
            (trigger == other_trigger) * by.SAME_TRIGGER,
            places - ruled_out * RULED_OUT,
            _days((first, last, told), (other_first, other_last, other_told)),
            self._agents.of(agents, other_agents),
            self._patients.of(patients, other_patients),
            self._figures(ones, others),
            by.WORDS * words,
            by.OPENING * opening,
            by.TOLD_OFTEN * (np.minimum(tellings, other_tellings) - 1),
            (news != other_news) * by.OTHER_TENSE,
        )
        return parts, ruled_out | _exact_days_apart((first, last), (other_first, other_last))

    def may_be(self, ones: Whole, others: Whole) -> Flags:
        """Whether nothing that is known of both rules out that they are one: exact days or places far apart."""
        _, _, spot, _, _, first, last, *_ = self._rows[ones].T
        _, _, other_spot, _, _, other_first, other_last, *_ = self._rows[others].T
        apart = _exact_days_apart((first, last), (other_first, other_last))
        near = np.flatnonzero(~apart)
        apart[near] = self._spots.of(spot[near], other_spot[near]) >= RULED_OUT / 2
        return ~apart

    def scores(self, ones: Whole, others: Whole) -> Whole:
        """The scores of pairs of different reports, in millionths."""
        return _whole(self.parts(ones, others)[0].total())

    def within(self, ones: Whole, others: Whole) -> int | None:
        """The sum of the scores of pairs, of which some may be of one report; None where one can never be."""
        if not self.may_be(ones, others).all():
            return None
        parts, _ = self.parts(ones, others)
        scores = _whole(parts.total())
        together = self.report[ones] == self.report[others]
        if together.any():
            # two events of one report may be one that its reading took for two: one type, no fact between them
            same_type = self._rows[ones, -2] == self._rows[others, -2]
            twice = same_type & (parts.place >= 0) & (parts.day >= 0) & (parts.figures >= 0)
            if not twice[together].all():
                return None
            return int(scores.sum()) + int(together.sum()) * round(by.SAME_REPORT * UNIT)
        return int(scores.sum())

    def _figures(self, ones: Whole, others: Whole) -> Real:
        """Whether their tolls can be the same."""
        total = np.zeros(len(ones))
        for low, high in zip(self._low, self._high, strict=True):
            one, other = low[ones], low[others]
            # an unknown toll is no number, and so neither equal to one nor above it
            beside = np.maximum(one, other) > np.minimum(high[ones], high[others])
            total += np.where(one == other, by.SAME_FIGURE, beside * by.OTHER_FIGURE)
        return total


def _exact_days_apart(one: tuple[Whole, Whole], other: tuple[Whole, Whole]) -> Flags:
    (first, last), (other_first, other_last) = one, other
    exact = np.maximum(last - first, other_last - other_first) <= by.EXACT_DAYS
    apart = np.maximum(first, other_first) - np.minimum(last, other_last) > by.DAYS_APART
    return exact & apart & (np.minimum(first, other_first) >= 0)


def _days(one: tuple[Whole, Whole, Whole], other: tuple[Whole, Whole, Whole]) -> Real:
    """The same day, the next, or another; a long window that covers the other says a little.

    The further back, the coarser the dates that tell one incident.
    """
    (first, last, told), (other_first, other_last, other_told) = one, other
    gap = np.maximum(first, other_first) - np.minimum(last, other_last)
    passed = np.maximum(0, np.minimum(told - last, other_told - other_last))
    ago = passed * (np.minimum(told, other_told) >= 0)
    longest = np.maximum(last - first, other_last - other_first) / (1 + ago / by.REMOTE_DAYS)
    same = np.where(gap > 1, by.OTHER_DAY, np.where(gap == 1, by.NEXT_DAY, by.SAME_DAY / (1 + longest / 2)))
    return same * (np.minimum(first, other_first) >= 0)


def in_time(sketch: Sketch) -> tuple[int, str, str]:
    """The order of events: by day, as far as it is known."""
    day = sketch.days[0] if sketch.days else sketch.published or 0
    return day, sketch.ref.report, sketch.ref.event


def compare(one: Sketch, other: Sketch) -> tuple[Parts, bool]:
    """(the reasons for two sketches, whether they can never be one)."""
    columns = Columns((one, other))
    parts, never = columns.parts(np.array([0]), np.array([1]))
    return parts, bool(never[0])


def _spots(one: Spot | None, other: Spot | None) -> float:
    """What two places say, far above all scores where they rule out that two events are one."""
    return by.places(one, other) + (RULED_OUT if by.far_apart(one, other) else 0.0)


def _whole(scores: Real) -> Whole:
    return np.rint(scores * UNIT).astype(np.int64)


def crossed(ones: Sequence[int], others: Sequence[int]) -> tuple[Whole, Whole]:
    """Every pair of one of these with one of those, the fewer in turn."""
    few, many = sorted((ones, others), key=len)
    return np.array(few, np.int64).repeat(len(many)), np.array([*many] * len(few), np.int64)
