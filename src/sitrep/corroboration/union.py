"""Union: which of many things hang together."""

from __future__ import annotations


class Union:
    """Numbers 0 to size, joined in pairs. The lowest number of each group stands for it."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def of(self, i: int) -> int:
        """The number that stands for the group of i."""
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        """Put the groups of i and j together."""
        one, other = sorted((self.of(i), self.of(j)))
        self._parent[other] = one

    def groups(self) -> dict[int, list[int]]:
        """All groups, by the number that stands for each."""
        found: dict[int, list[int]] = {}
        for i in range(len(self._parent)):
            found.setdefault(self.of(i), []).append(i)
        return found
