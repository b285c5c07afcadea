"""Article lists of GDELT: the tables of events, mentions and the knowledge graph, packed or not, as lists of addresses.

The addresses are fetched; what GDELT itself says of an article is not taken, since it is a machine's reading too.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from sitrep.errors import SourceError
from sitrep.model import Source
from sitrep.sources.address import is_address
from sitrep.sources.source import CHUNK, Found, Options, refused
from sitrep.sources.urls import Wanted, fetched

# which column of a table holds the address: GDELT 2.0 codebooks of events, mentions and GKG
COLUMNS = {".export.csv": 60, ".mentions.csv": 5, ".gkg.csv": 4}
SUFFIXES = (*COLUMNS, *(f"{name}.zip" for name in COLUMNS))
# GDELT 1.0 has events with 58 columns, the address last
LAST = 57
# fifteen minutes of the knowledge graph are some 20 MB; this is for a day of it
LARGEST_TABLE = 2 * 1024**3


def captures(stream: BinaryIO, source: Source, options: Options) -> Iterator[Found]:
    """The pages that a table names, each once, in its order."""
    yield from fetched(_wanted(stream, source), options)


def count(path: Path) -> int | None:
    """How many pages a table names."""
    with path.open("rb") as stream:
        found = {one.url for one in _wanted(stream, _named(path)) if isinstance(one, Wanted)}
    return max(1, len(found))


def _named(path: Path) -> Source:
    return Source(kind="file", uri=str(path), id=path.name)


def _wanted(stream: BinaryIO, source: Source) -> Iterator[Wanted | SourceError]:
    empty = True
    try:
        for line in _lines(stream, source):
            address = _address(line, source)
            if address:
                empty = False
                yield Wanted(address)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        yield refused(source, f"the table is cut or damaged ({error})", "Fetch it again.")
        return
    if empty:
        yield refused(
            source, "the table names no article", "Give a table of GDELT events, mentions or knowledge graph."
        )


def _lines(stream: BinaryIO, source: Source) -> Iterator[bytes]:
    if not source.uri.lower().endswith(".zip"):
        yield from iter(lambda: stream.readline(CHUNK), b"")
        return
    with zipfile.ZipFile(io.BytesIO(stream.read(CHUNK * 256))) as archive:
        taken = 0
        with archive.open(archive.namelist()[0]) as packed:
            for line in iter(lambda: packed.readline(CHUNK), b""):
                taken += len(line)
                if taken > LARGEST_TABLE:
                    raise ValueError("it unpacks to more than a day's table")
                yield line


def _address(line: bytes, source: Source) -> str | None:
    cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
    name = source.uri.lower()
    column = next((number for suffix, number in COLUMNS.items() if suffix in name), None)
    tried = [column] if column is not None else list(COLUMNS.values())
    for number in (*tried, LAST):
        if number < len(cells) and is_address(cells[number]):
            return cells[number]
    return None


def listed(articles: list[object]) -> Iterator[Wanted]:
    """The articles in an answer of GDELT's DOC interface."""
    for article in articles:
        found = cast("dict[str, object]", article) if isinstance(article, dict) else {}
        url = found.get("url")
        if isinstance(url, str) and is_address(url):
            title = found.get("title")
            yield Wanted(url, title=title if isinstance(title, str) else None)
