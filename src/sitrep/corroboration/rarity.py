"""How telling a word is: what is rare in news says more than what every report has.

The weights are fixed, so that a comparison of two events gives the same score whatever else an archive holds: that
makes incidents independent of the order in which reports come, and new reports cheap.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

# a stem that the table does not have, in the table's quarters of a nat
UNLISTED = 30


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
    weights = list(map(table.__getitem__, stems))
    least = sorted(weights)[-count]
    ranked = sorted((-weight, stem) for stem, weight in zip(stems, weights, strict=True) if weight >= least)
    return frozenset(stem for _, stem in ranked[:count])


def weigh(stems: Iterable[str]) -> int:
    """The weights of stems, summed."""
    return sum(map(_table().__getitem__, stems))
