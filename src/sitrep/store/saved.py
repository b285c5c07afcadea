"""Saved readings, whatever they were saved in: an archive, or a file of JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitrep.model import Reading

# how every SQLite file begins
MAGIC = b"SQLite format 3\x00"


def saved(path: str | Path) -> Iterator[Reading]:
    """The latest reading of each report in a store, one at a time, as judgements correct it.

    Names that are marked sensitive are hidden. Raises StoreError or RecordError.
    """
    if is_archive(path):
        from sitrep.judge.hide import hide
        from sitrep.store.view import View

        with View(path) as view:
            names = view.sensitive()
            for reading in view:
                yield hide(reading, names)
        return
    from sitrep.store.jsonl import View as Lines

    yield from Lines(path)


def is_archive(path: str | Path) -> bool:
    """Whether a path names an archive: a database URL, or a file that begins like one."""
    if "://" in str(path):
        return True
    try:
        with Path(path).open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        # the store that is tried next says what is wrong
        return False
