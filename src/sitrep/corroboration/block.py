"""Blocks: which sketches are worth comparing at all.

Two events are compared where they share a key: the family of their type with a time and an anchor (place, participant,
trigger, telling words). Keys depend on one event alone, so that new reports meet the old ones through an index.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

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
WEAK, LARGEST_WEAK = "~", 30


class Keys(NamedTuple):
    """Under which keys an event is filed, and under which it looks for others."""

    filed: frozenset[str]
    sought: frozenset[str]


def keys(sketch: Sketch) -> Keys:
    """What an event must share with another to be compared.

    Events of an exact day meet those of that day; one without meets whatever the weeks around its report, or its
    own window, may hold. So two exact days that lie apart never meet.
    """
    when = [f"d{bucket}" for bucket in days(sketch)]
    around = [f"m{bucket}" for bucket in months(sketch)] + [f"w{bucket}" for bucket in weeks(sketch)]
    acts = [f"t {sketch.trigger}", *(f"t {kind}" for kind in sorted(sketch.kinds))]
    telling = [f"o {word}" for word in sorted(rarest(sketch.opening, TELLING))]
    words = [f"x {word}" for word in sorted(rarest(sketch.words, TELLING))]
    some = anchors(sketch)
    same_day = {f"{day} {anchor}" for day in when for anchor in (*some, *telling)}
    same_day |= {f"{WEAK}{day} {act}" for day in when for act in acts}
    near = {f"{'' if anchor[0] in 'po' else WEAK}{time} {anchor}" for time in around for anchor in (*some, *telling)}
    near |= {f"{WEAK}{time} {act}" for time in around for act in acts}
    near |= {f"{one} {other}" for part in (telling, words) for one, other in combinations(part, 2)}
    if not around:
        near.update((*some, *telling, f"t {sketch.trigger}"))
    if sketch.days is not None and not when:
        near.add(f"{sketch.days[0]} {sketch.days[1]} t {sketch.trigger}")
    role, other_role = ("e", "w") if when else ("w", "e")
    family = sketch.family
    day_keys = frozenset(f"{key} {family}" for key in same_day)
    filed = day_keys | {f"{key} {family} {role}" for key in near}
    sought = day_keys | {f"{key} {family} w" for key in near}
    if role == "w":
        sought |= {f"{key} {family} {other_role}" for key in near}
    return Keys(filed, sought)


def anchors(sketch: Sketch) -> list[str]:
    """Its place, its province and those who take part."""
    named = frozenset(name for name in sketch.agents | sketch.patients if not name.startswith("kind "))
    found = [f"n {name}" for name in sorted(rarest(named, NAMES))]
    if sketch.spot is not None:
        found.append(f"p {sketch.spot.name}")
        if sketch.spot.country and sketch.spot.admin1:
            found.append(f"a {sketch.spot.country} {sketch.spot.admin1}")
    return found


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


def index(filed: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """The blocks: each key with the numbers of those filed under it, in order; those that say too little left out."""
    blocks: dict[str, list[int]] = {}
    for i, found in enumerate(filed):
        for key in found:
            blocks.setdefault(key, []).append(i)
    return {
        key: members for key, members in blocks.items() if not (key.startswith(WEAK) and len(members) > LARGEST_WEAK)
    }


def later(i: int, sought: Iterable[str], blocks: Mapping[str, Sequence[int]]) -> set[int]:
    """Those after i that it should be compared with; of a large block, its next neighbours in time."""
    partners: set[int] = set()
    for key in sought:
        members = blocks.get(key)
        if members:
            here = bisect_right(members, i)
            partners.update(members[here : here + NEIGHBOURS])
    return partners


def pairs(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Index pairs (lower first, in order) of sketches of different reports that share a block.

    sketches: in a fixed order, those near in time near each other.
    """
    found = [keys(sketch) for sketch in sketches]
    blocks = index(key.filed for key in found)
    for i, mine in enumerate(found):
        report = sketches[i].ref.report
        for j in sorted(later(i, mine.sought, blocks)):
            if sketches[j].ref.report != report:
                yield i, j
