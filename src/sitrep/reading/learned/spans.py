"""Where two spans of pieces stand to each other; learned and decoded alike."""

from __future__ import annotations

NEARNESS = 7  # gaps of 0, 1, 2-3, 4-7, 8-15, 16-31 and more pieces
BUCKETS = 2 * NEARNESS + 1


def buckets(where: tuple[int, int], count: int) -> list[int]:
    """`bucket` of a span and each of the first `count` pieces."""
    first, last = where
    before = [min(NEARNESS - 1, (first - piece - 1).bit_length()) for piece in range(min(first, count))]
    over = [BUCKETS - 1] * (min(last, count) - len(before))
    after = [NEARNESS + min(NEARNESS - 1, (piece - last).bit_length()) for piece in range(last, count)]
    return before + over + after


def bucket(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How far before or after the first span the second stands; the last bucket is that they overlap."""
    if other[1] <= one[0]:
        return min(NEARNESS - 1, (one[0] - other[1]).bit_length())
    if one[1] <= other[0]:
        return NEARNESS + min(NEARNESS - 1, (other[0] - one[1]).bit_length())
    return BUCKETS - 1
