"""Blocks: which sketches are worth comparing at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from sitrep.corroboration.sketch import Sketch

# a block of more sketches than this says too little; its members meet in a narrower one
LARGEST = 400
# a report may be a day off, by time zones or "overnight"
DAY_SLACK = 1
# a longer window is no date
LONGEST_WINDOW = 10


def pairs(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Index pairs (lower first, in order) of sketches of different reports that share a block."""
    blocks: dict[tuple[str, ...], list[int]] = {}
    for i, sketch in enumerate(sketches):
        for key in keys(sketch):
            blocks.setdefault(key, []).append(i)
    seen: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) <= LARGEST:
            for i, j in combinations(members, 2):
                if sketches[i].ref.report != sketches[j].ref.report:
                    seen.add((i, j))
    yield from sorted(seen)


def keys(sketch: Sketch) -> Iterator[tuple[str, ...]]:
    """What an event must share with another to be compared: its family with its place, its day, or a participant."""
    if sketch.spot is not None:
        yield sketch.family, "place", sketch.spot.name
        if sketch.spot.country and sketch.spot.admin1:
            yield sketch.family, "division", sketch.spot.country, sketch.spot.admin1
    if sketch.days is not None and sketch.days[1] - sketch.days[0] <= LONGEST_WINDOW:
        for day in range(sketch.days[0], sketch.days[1] + DAY_SLACK + 1):
            yield sketch.family, "day", str(day)
    for name in sorted(sketch.agents | sketch.patients):
        if not name.startswith("kind "):
            yield sketch.family, "who", name
    yield sketch.family, "trigger", sketch.trigger
