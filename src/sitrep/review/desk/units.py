"""Offsets: the record counts code points, a browser UTF-16 units. The conversion stands here and nowhere else."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, cast


class Units:
    """The two ways of counting in one text."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        # characters outside the basic plane take two units each
        self._wide = [] if text.isascii() else [at for at, letter in enumerate(text) if letter > "\uffff"]
        self._wide_units = [at + n for n, at in enumerate(self._wide)]

    def to_units(self, offset: int) -> int:
        """An offset in code points as one in UTF-16 units."""
        return offset + bisect_left(self._wide, offset)

    def to_points(self, offset: int) -> int:
        """An offset in UTF-16 units as one in code points. Raises ValueError inside a character or outside the text."""
        before = bisect_left(self._wide_units, offset)
        point = offset - before
        if not 0 <= point <= self.length or (before and self._wide_units[before - 1] + 1 == offset):
            raise ValueError(f"there is no character at {offset}")
        return point

    def out[T](self, value: T) -> T:
        """Plain values with every pair of offsets in units. The values are changed in place."""
        if self._wide:
            self._walk(value)
        return value

    def _walk(self, value: object) -> None:
        if isinstance(value, dict):
            fields = cast("dict[str, Any]", value)
            if isinstance(fields.get("start"), int) and isinstance(fields.get("end"), int):
                fields["start"], fields["end"] = self.to_units(fields["start"]), self.to_units(fields["end"])
            for part in fields.values():
                self._walk(part)
        elif isinstance(value, list | tuple):
            for part in cast("list[object]", value):
                self._walk(part)
