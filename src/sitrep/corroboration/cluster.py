"""Cluster: events of several reports into incidents, whatever order the reports came in.

What is likely one incident hangs together in components; each component is clustered by itself, so that new reports
touch only the components that they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitrep.corroboration.block import pairs
from sitrep.corroboration.compare import SAME_REPORT, incompatible, may_be_twice, score
from sitrep.corroboration.sketch import Sketch, sketches
from sitrep.corroboration.union import Union
from sitrep.corroboration.weigh import to_incident
from sitrep.model import EventRef, Incident, Reading
from sitrep.ontology.vocabulary import Ontology

type Pair = tuple[int, int]


class Judged(NamedTuple):
    """What people have decided: pairs of events that are one incident, and pairs that are not. It always wins."""

    same: frozenset[frozenset[EventRef]] = frozenset()
    different: frozenset[frozenset[EventRef]] = frozenset()


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
    found = [sketch for reading in readings for sketch in sketches(reading, ontology)]
    made = (to_incident(group, chains or {}) for group in cluster(found, judged))
    return tuple(sorted(made, key=lambda incident: incident.id))


def cluster(found: Iterable[Sketch], judged: Judged = Judged()) -> list[list[Sketch]]:  # noqa: B008 - a NamedTuple is immutable
    """Groups of sketches that are one incident, in a fixed order."""
    return [group for component in components(found, judged) for group in component]


def components(
    found: Iterable[Sketch],
    judged: Judged = Judged(),  # noqa: B008 - a NamedTuple is immutable
) -> Iterator[list[list[Sketch]]]:
    """The groups of each component: sketches that likely pairs connect."""
    ordered = sorted(found, key=in_time)
    numbers = {sketch.ref: i for i, sketch in enumerate(ordered)}
    same, different = _numbered(judged.same, numbers), _numbered(judged.different, numbers)
    scores: dict[Pair, float] = {}
    parts = Union(len(ordered))
    for i, j in pairs(ordered):
        one, other = ordered[i], ordered[j]
        if (i, j) not in different and not incompatible(one, other):
            found_score = score(one, other)
            if found_score > 0:
                scores[i, j] = found_score
                parts.join(i, j)
    for i, j in same:
        parts.join(i, j)
    likely: dict[int, list[Pair]] = {}
    for pair in scores:
        likely.setdefault(parts.of(pair[0]), []).append(pair)
    joined: dict[int, list[Pair]] = {}
    for pair in sorted(same):
        joined.setdefault(parts.of(pair[0]), []).append(pair)
    for root, members in sorted(parts.groups().items()):
        if len(members) == 1:
            yield [[ordered[members[0]]]]
            continue
        grouping = _Grouping(ordered, members, scores, different)
        for i, j in joined.get(root, ()):
            grouping.force(i, j)
        for i, j in sorted(likely.get(root, ()), key=lambda pair: (-scores[pair], pair)):
            grouping.join(i, j)
        yield [[ordered[i] for i in group] for group in grouping.groups()]


def in_time(sketch: Sketch) -> tuple[int, str, str]:
    """The order of events: by day, as far as it is known."""
    day = sketch.days[0] if sketch.days else sketch.published or 0
    return day, sketch.ref.report, sketch.ref.event


def _numbered(said: Iterable[frozenset[EventRef]], numbers: Mapping[EventRef, int]) -> set[Pair]:
    found: set[Pair] = set()
    for refs in said:
        here = sorted(numbers[ref] for ref in refs if ref in numbers)
        if len(here) == 2:
            found.add((here[0], here[1]))
    return found


class _Grouping:
    """The members of one component, joined the likeliest first while the mean score between two groups is above 0."""

    def __init__(
        self, ordered: Sequence[Sketch], members: Sequence[int], scores: dict[Pair, float], different: set[Pair]
    ) -> None:
        self._ordered = ordered
        self._scores = scores
        self._different = different
        self._group_of = {i: i for i in members}
        self._members = {i: [i] for i in members}
        # two groups that did not fit are not looked at again until one of them has grown
        self._refused: set[tuple[int, int, int, int]] = set()

    def groups(self) -> list[list[int]]:
        return [sorted(self._members[key]) for key in sorted(self._members)]

    def force(self, i: int, j: int) -> None:
        """A person says that they are one, even two events of one report."""
        self._merge(*sorted((self._group_of[i], self._group_of[j])))

    def join(self, i: int, j: int) -> None:
        one, other = sorted((self._group_of[i], self._group_of[j]))
        tried = one, len(self._members[one]), other, len(self._members[other])
        if one == other or tried in self._refused:
            return
        if self._fit(self._members[one], self._members[other]):
            self._merge(one, other)
        else:
            self._refused.add(tried)

    def _merge(self, one: int, other: int) -> None:
        if one != other:
            gone = self._members.pop(other)
            for k in gone:
                self._group_of[k] = one
            self._members[one] += gone

    def _fit(self, ones: Sequence[int], others: Sequence[int]) -> bool:
        total = 0.0
        for a in ones:
            for b in others:
                between = self._score((a, b) if a < b else (b, a))
                if between is None:
                    return False
                total += between
        return total > 0

    def _score(self, pair: Pair) -> float | None:
        """The score of a pair; None where they can never be one."""
        if pair in self._different:
            return None
        if pair not in self._scores:
            one, other = self._ordered[pair[0]], self._ordered[pair[1]]
            if incompatible(one, other):
                return None
            if one.ref.report == other.ref.report:
                if not may_be_twice(one, other):
                    return None
                self._scores[pair] = score(one, other) + SAME_REPORT
            else:
                self._scores[pair] = score(one, other)
        return self._scores[pair]
