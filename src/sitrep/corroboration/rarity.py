"""How telling a word is: what is rare in news says more than what every report has.

The weights are fixed, so that a comparison of two events gives the same score whatever else an archive holds: that
makes incidents independent of the order in which reports come, and new reports cheap.
"""

from __future__ import annotations

import math
from functools import lru_cache
from heapq import nsmallest
from importlib.resources import files

# a stem that the table does not have, in the table's quarters of a nat
UNLISTED = 30
# up to so many are picked out faster than sorted
FEW = 10


class _Table(dict[str, int]):
    """Squared weights; a stem that is not listed is very rare."""

    def __missing__(self, stem: str) -> int:
        return UNLISTED**2


@lru_cache(maxsize=1)
def _table() -> dict[str, int]:
    found = _Table()
    for line in files("sitrep.corroboration").joinpath("data", "rarity.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            weight, *stems = line.split()
            # squared, as the cosine wants it; whole numbers sum to the same bits in any order
            found.update(dict.fromkeys(stems, int(weight) ** 2))
    return found


def stems() -> dict[str, int]:
    """The stems of the table with how rare each is."""
    return {stem: math.isqrt(weight) for stem, weight in _table().items()}


def rarest(stems: frozenset[str], count: int) -> frozenset[str]:
    """The most telling of some stems."""
    if len(stems) <= count:
        return stems
    table = _table()
    ranked = [(-table[stem], stem) for stem in stems]
    return frozenset(stem for _, stem in (nsmallest(count, ranked) if count < FEW else sorted(ranked)[:count]))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Cosine of two sets of stems, each stem by how rare it is; 0 to 1."""
    if not one or not other:
        return 0.0
    shared = weigh(one & other)
    return shared / math.sqrt(_weight(one) * _weight(other)) if shared else 0.0


def weigh(stems: frozenset[str]) -> int:
    """The weights of stems, summed."""
    return sum(map(_table().__getitem__, stems))


@lru_cache(maxsize=1 << 18)
def _weight(stems: frozenset[str]) -> int:
    """What a whole set weighs, kept for its other comparisons."""
    return weigh(stems)
