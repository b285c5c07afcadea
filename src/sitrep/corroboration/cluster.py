"""Cluster: events of several reports into incidents, whatever order the reports came in."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sitrep.corroboration.block import Blocks, Keys, keys
from sitrep.corroboration.columns import Columns, Whole, crossed
from sitrep.corroboration.sketch import Sketch, sketches
from sitrep.corroboration.weigh import to_incident
from sitrep.model import EventRef, Incident, Reading
from sitrep.ontology.vocabulary import Ontology

type Pair = tuple[int, int]


class Judged(NamedTuple):
    """What people have decided: pairs of events that are one incident, and pairs that are not. It always wins."""

    same: frozenset[frozenset[EventRef]] = frozenset()
    different: frozenset[frozenset[EventRef]] = frozenset()


class Likely(NamedTuple):
    """Pairs that speak for one incident, each with its score; the lower number first."""

    ones: Whole
    others: Whole
    scores: Whole

    def ranked(self) -> Iterator[tuple[int, int, int]]:
        """The pairs with their scores, the likeliest first."""
        order = np.lexsort((self.others, self.ones, -self.scores))
        yield from zip(*(part[order].tolist() for part in self), strict=True)


def incidents(
    readings: Iterable[Reading],
    ontology: Ontology | None = None,
    *,
    judged: Judged = Judged(),  # noqa: B008 - a NamedTuple is immutable
    chains: Mapping[str, str] | None = None,
) -> tuple[Incident, ...]:
    """The incidents that readings tell of, each with its events; an event that nobody else tells is one, too.

    The reading has merged what a report tells twice; two events of one report are one incident only where other
    reports tie them and nothing that is known sets them apart. chains: reports that are copies of one another, by the
    name of their group.
    """
    if ontology is None:
        from sitrep.ontology.load import load_ontology

        ontology = load_ontology()
    found = (sketch for reading in readings for sketch in sketches(reading, ontology))
    made = (to_incident(group, chains or {}) for group in cluster(found, judged))
    return tuple(sorted(made, key=lambda incident: incident.id))


def cluster(found: Iterable[Sketch], judged: Judged = Judged()) -> list[list[Sketch]]:  # noqa: B008 - a NamedTuple is immutable
    """Groups of sketches that are one incident, in a fixed order. They come without their words."""
    # nothing here refers to itself; looking for garbage among millions of small objects takes a quarter of the time
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _clustered(found, judged)
    finally:
        if collecting:
            gc.enable()


def _clustered(found: Iterable[Sketch], judged: Judged) -> list[list[Sketch]]:
    filed: list[Keys] = []

    def keyed() -> Iterator[Sketch]:
        for sketch in found:
            filed.append(keys(sketch))
            yield sketch

    columns = Columns(keyed())
    blocks = Blocks([filed[i] for i in columns.order])
    filed.clear()
    different = numbered(judged.different, columns)
    grouping = Grouping(columns, different)
    for i, j in sorted(numbered(judged.same, columns)):
        grouping.force(i, j)
    for i, j, score in likely(columns, blocks.pairs()).ranked():
        grouping.join(i, j, score)
    return [[columns.sketches[i] for i in group] for group in grouping.groups()]


def likely(columns: Columns, pairs: Iterable[tuple[Whole, Whole]]) -> Likely:
    """Those of some pairs that are of different reports and speak for one incident."""
    found: list[tuple[Whole, Whole, Whole]] = []
    for ones, others in pairs:
        apart = columns.report[ones] != columns.report[others]
        ones, others = ones[apart], others[apart]  # noqa: PLW2901 - what is left of them
        may_be = columns.may_be(ones, others)
        ones, others = ones[may_be], others[may_be]  # noqa: PLW2901 - as above
        scores = columns.scores(ones, others)
        good = scores > 0
        found.append((ones[good], others[good], scores[good]))
    if not found:
        return Likely(*(np.zeros(0, np.int64) for _ in range(3)))
    return Likely(*(np.concatenate(part) for part in zip(*found, strict=True)))


def numbered(said: Iterable[frozenset[EventRef]], columns: Columns) -> set[Pair]:
    """Pairs of events by their numbers; those that are not there left out."""
    if not said:
        return set()
    numbers = {sketch.ref: i for i, sketch in enumerate(columns.sketches)}
    found: set[Pair] = set()
    for refs in said:
        here = sorted(numbers[ref] for ref in refs if ref in numbers)
        if len(here) == 2:
            found.add((here[0], here[1]))
    return found


class Grouping:
    """Events joined the likeliest first while the mean score between two groups is above 0.

    What two groups are to one another is the sum over their pairs, or None where one of these can never be; it is kept,
    so that each pair is scored once.
    """

    def __init__(self, columns: Columns, different: set[Pair]) -> None:
        self._columns = columns
        self._group_of = list(range(len(columns)))
        self._members = {i: [i] for i in range(len(columns))}
        self._between: dict[int, dict[int, int | None]] = {}
        self._apart: dict[int, set[int]] = {}
        for i, j in different:
            self._apart.setdefault(i, set()).add(j)
            self._apart.setdefault(j, set()).add(i)

    def groups(self) -> list[list[int]]:
        """The groups, in order."""
        return [sorted(self._members[key]) for key in sorted(self._members)]

    def force(self, i: int, j: int) -> None:
        """A person says that they are one, even two events of one report."""
        self._merge(*sorted((self._group_of[i], self._group_of[j])))

    def join(self, i: int, j: int, score: int) -> None:
        """Two events are likely one: so are their groups, where they fit."""
        one, other = sorted((self._group_of[i], self._group_of[j]))
        if one == other:
            return
        known = self._between.setdefault(one, {})
        if other not in known:
            ones, others = self._members[one], self._members[other]
            between = score if len(ones) == len(others) == 1 and not self._apart else self._sum(ones, others)
            known[other] = self._between.setdefault(other, {})[one] = between
        between = known[other]
        if between is not None and between > 0:
            self._merge(one, other)

    def _merge(self, one: int, other: int) -> None:
        if one == other:
            return
        gone = self._members.pop(other)
        for k in gone:
            self._group_of[k] = one
        self._members[one] += gone
        mine, theirs = self._between.pop(one, {}), self._between.pop(other, {})
        both: dict[int, int | None] = {}
        for group in mine.keys() | theirs.keys():
            if group in (one, other):
                continue
            held = self._between[group]
            held.pop(one, None)
            held.pop(other, None)
            first, second = mine.get(group, _UNKNOWN), theirs.get(group, _UNKNOWN)
            if first is None or second is None:
                both[group] = held[one] = None
            elif first is not _UNKNOWN and second is not _UNKNOWN:
                both[group] = held[one] = first + second
        if both:
            self._between[one] = both

    def _sum(self, ones: Sequence[int], others: Sequence[int]) -> int | None:
        """The sum of the scores between two groups; None where two of their events can never be one."""
        if self._apart and any(not self._apart.get(i, set()).isdisjoint(others) for i in ones):
            return None
        return self._columns.within(*crossed(ones, others))


# no sum of scores is so low
_UNKNOWN = -(1 << 62)
