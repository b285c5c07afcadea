"""Answers of article searches (.json) as lists of addresses: GDELT's DOC interface and Event Registry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from sitrep.errors import SourceError
from sitrep.model import Source
from sitrep.sources import event_registry, gdelt
from sitrep.sources.source import CHUNK, Found, Options, refused
from sitrep.sources.urls import Wanted, fetched

SUFFIXES = (".json",)
# Event Registry sends a hundred articles with their texts at a time; a list put together of many is still below this
LARGEST_LIST = 64 * CHUNK


def captures(stream: BinaryIO, source: Source, options: Options) -> Iterator[Found]:
    """The pages that a list names, in its order."""
    yield from fetched(_wanted(stream, source), options)


def count(path: Path) -> int | None:
    """How many pages a list names."""
    with path.open("rb") as stream:
        return max(1, sum(1 for _ in _wanted(stream, Source(kind="file", uri=str(path), id=path.name))))


def _wanted(stream: BinaryIO, source: Source) -> Iterator[Wanted | SourceError]:
    content = stream.read(LARGEST_LIST + 1)
    if len(content) > LARGEST_LIST:
        yield refused(source, f"the list is larger than {LARGEST_LIST // CHUNK} MiB", "Split it.")
        return
    try:
        said = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield refused(source, f"it is not JSON ({error})", "Fetch the list again, or name reports .jsonl, one a line.")
        return
    articles = cast("dict[str, object]", said).get("articles") if isinstance(said, dict) else said
    found: Iterator[Wanted] = iter(())
    if isinstance(articles, list):
        found = gdelt.listed(cast("list[object]", articles))
    elif isinstance(articles, dict):
        found = event_registry.listed(cast("dict[str, object]", articles))
    empty = True
    for one in found:
        empty = False
        yield one
    if empty:
        yield refused(
            source,
            "it is JSON, but no list of articles of GDELT or Event Registry",
            "Name reports .jsonl, one object a line.",
        )
