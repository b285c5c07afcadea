"""What the sources share: what they hand over, how they are told apart, and how they refuse.

A source is a module of this folder with

    SUFFIXES                            ends of file names that it takes, in lower case; none where it is named only
    captures(stream, source, options)   an iterator of captures, with a SourceError in the place of what cannot be taken
    count(path)                         how many reports a file holds; None where telling takes too long
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol, cast

from sitrep.errors import SourceError
from sitrep.model import Capture, Source

if TYPE_CHECKING:
    from sitrep.sources.web import Web

# one report with its page around it; a longer file, row or answer is an archive or a mistake
LARGEST = 16 * 1024 * 1024
CHUNK = 1024 * 1024


class Unchanged(NamedTuple):
    """An address that gave nothing new: it was taken in before, or says that nothing changed since."""

    source: Source


Found = Capture | SourceError | Unchanged


class Options(NamedTuple):
    """What the user says about sources. kind: the source to use, whatever a file's name. columns: field to column."""

    kind: str | None = None
    columns: Mapping[str, str] = {}
    web: Web | None = None


class Format(Protocol):
    """What a source's module holds."""

    SUFFIXES: tuple[str, ...]

    def captures(self, stream: BinaryIO, source: Source, options: Options) -> Iterator[Found]:
        """The captures in a file, one at a time."""
        ...

    def count(self, path: Path) -> int | None:
        """How many reports a file holds."""
        ...


@lru_cache(maxsize=1)
def formats() -> dict[str, Format]:
    """The sources that take files, by name."""
    import sitrep.sources

    found = {
        module.name: import_module(f"sitrep.sources.{module.name}")
        for module in pkgutil.iter_modules(sitrep.sources.__path__)
    }
    return {name: cast("Format", module) for name, module in found.items() if hasattr(module, "SUFFIXES")}


def format_of(name: str) -> str | None:
    """The source that takes a file of this name, None where no name says."""
    name = name.lower()
    ends = [(suffix, kind) for kind, module in formats().items() for suffix in module.SUFFIXES if name.endswith(suffix)]
    return max(ends, key=lambda end: len(end[0]))[1] if ends else None


def suffixes() -> tuple[str, ...]:
    """All ends of file names that some source takes."""
    return tuple(sorted({suffix for module in formats().values() for suffix in module.SUFFIXES}))


def refused(source: Source, why: str, todo: str, *, doing: str = "Opening", **facts: object) -> SourceError:
    """What a source could not hand over, and why."""
    return SourceError(
        f"{doing} {source.uri}: {why}.", todo=todo, source=source.id, uri=source.uri, kind=source.kind, **facts
    )
