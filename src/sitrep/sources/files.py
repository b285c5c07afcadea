"""Files, folders, standard input and addresses: which source takes each, in order.

What cannot be taken is handed over as a SourceError in its place, so that a run goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sitrep.errors import SourceError
from sitrep.model import Source
from sitrep.sources import documents, jsonl
from sitrep.sources.address import is_address
from sitrep.sources.source import LARGEST, Found, Options, format_of, formats, refused, suffixes

STDIN = "-"
# lists of addresses are followed where they are named, not where they lie in a folder that somebody handed over
LISTS = frozenset({"urls", "gdelt", "event_registry", "articles"})


def captures(
    paths: Iterable[str | Path],
    *,
    stdin: BinaryIO | None = None,
    options: Options = Options(),  # noqa: B008 - a NamedTuple is immutable
) -> Iterator[Found]:
    """The captures in files, folders (in the order of their names), standard input ("-") and addresses, one at a time.

    stdin: read for "-" instead of the process's own.
    """
    for path in paths:
        if str(path) == STDIN:
            yield from _stream(stdin or sys.stdin.buffer, Source(kind="stdin", uri=STDIN, id="stdin"), options)
            continue
        if isinstance(path, str) and is_address(path):
            yield from _page(path, options)
            continue
        start = Path(path)
        try:
            if start.is_dir():
                yield from _folder(start, options)
            else:
                yield from _file(start, start.name, options)
        except OSError as error:
            yield _unreadable(Source(kind="file", uri=str(path), id=start.name), error)


def count(paths: Iterable[str | Path], options: Options = Options()) -> int | None:  # noqa: B008 - a NamedTuple
    """How many reports the paths hold, counted without decoding; None where that cannot be told beforehand."""
    total = 0
    for path in paths:
        if str(path) == STDIN:
            return None
        if isinstance(path, str) and is_address(path):
            total += 1
            continue
        start = Path(path)
        for found in _walk(start) if start.is_dir() else [start]:
            kind = (options.kind or format_of(found.name)) if isinstance(found, Path) else None
            try:
                inside = formats()[kind].count(found) if kind in formats() and isinstance(found, Path) else 1
            except OSError:
                # it becomes one failure
                inside = 1
            if inside is None:
                return None
            total += inside
    return total


def _page(address: str, options: Options) -> Iterator[Found]:
    from sitrep.sources.urls import Wanted, fetched

    yield from fetched([Wanted(address)], options)


def _walk(folder: Path) -> Iterator[Path | SourceError]:
    """The readable files of a folder, in the same order on every machine.

    Hidden files and a README, which speaks of the folder, are left out.
    """
    try:
        inside = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        yield _unreadable(Source(kind="file", uri=str(folder), id=folder.name), error)
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        # a link to a folder could lead round in a ring
        if path.is_dir():
            if not path.is_symlink():
                yield from _walk(path)
        elif path.stem.lower() != "readme" and format_of(path.name) not in (None, *LISTS):
            yield path


def _folder(folder: Path, options: Options) -> Iterator[Found]:
    empty = True
    for found in _walk(folder):
        empty = False
        if isinstance(found, SourceError):
            yield found
            continue
        name = found.relative_to(folder).as_posix()
        try:
            yield from _file(found, name, options)
        except OSError as error:
            yield _unreadable(Source(kind="file", uri=str(found), id=name), error)
    if empty:
        yield refused(
            Source(kind="file", uri=str(folder), id=folder.name),
            "the folder holds no report",
            f"sitrep reads {', '.join(suffixes())} files.",
        )


def _file(file: Path, name: str, options: Options) -> Iterator[Found]:
    source = Source(kind="file", uri=str(file), id=name)
    kind = options.kind or format_of(file.name)
    with file.open("rb") as stream:
        if kind is None:
            yield from _stream(stream, source, options)
        else:
            yield from formats()[kind].captures(stream, source, options)


def _stream(stream: BinaryIO, source: Source, options: Options) -> Iterator[Found]:
    """Bytes whose name does not say what they are: JSON Lines, a web archive, a page, or text, by how they begin."""
    if options.kind:
        yield from formats()[options.kind].captures(stream, source, options)
        return
    # a first line with anything on it is enough to tell by
    head = line = stream.readline(LARGEST + 1)
    while line and not head.strip() and len(head) <= LARGEST:
        line = stream.readline(LARGEST + 1)
        head += line
    lead = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if lead.startswith(b"{") and b'"' in lead:
        yield from jsonl.captures(stream, source, options, head=head)
    else:
        yield documents.take(stream, source, head)


def _unreadable(source: Source, error: OSError) -> SourceError:
    missing = isinstance(error, FileNotFoundError)
    return refused(
        source,
        str(error.strerror or error),
        "Check the path." if missing else "Check that the file may be read.",
    )
