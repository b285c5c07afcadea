"""Lists of addresses (.urls, one a line), and the fetching of everything that is named by address."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from sitrep.errors import SourceError
from sitrep.model import Capture, Media, Retrieval, Source
from sitrep.sources.address import is_address, normal
from sitrep.sources.documents import media_of
from sitrep.sources.source import Found, Options, Unchanged, refused
from sitrep.sources.web import KEPT, Known, Web, source_of

SUFFIXES = (".urls",)
MEDIA: dict[str, Media] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "text",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip
UNSAID = ("", "application/octet-stream", "binary/octet-stream")
# hosts that are asked at one time, and pages that are on their way
THREADS = 8
AHEAD = 16
LONGEST_LINE = 10_000


class Wanted(NamedTuple):
    """A page to fetch, and what the list that names it says of it. changed: ISO time of its last change."""

    url: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    changed: str | None = None


def captures(stream: BinaryIO, source: Source, options: Options) -> Iterator[Found]:
    """The pages that a list names, in its order. Empty lines and lines that begin with # are left out."""
    yield from fetched(_listed(stream, source), options)


def count(path: Path) -> int | None:
    """How many addresses a list has."""
    with path.open("rb") as stream:
        found = sum(
            1 for line in iter(lambda: stream.readline(LONGEST_LINE), b"") if line.strip()[:1] not in (b"", b"#")
        )
    return max(1, found)


def _listed(stream: BinaryIO, source: Source) -> Iterator[Wanted | SourceError]:
    number = 0
    empty = True
    while line := stream.readline(LONGEST_LINE):
        number += 1
        words = line.decode("utf-8", "replace").removeprefix("\ufeff").strip()
        if not words or words.startswith("#"):
            continue
        empty = False
        if is_address(words):
            yield Wanted(words)
        else:
            place = Source(kind="url", uri=f"{source.uri}:{number}", id=f"{source.id}:{number}")
            yield refused(place, f"{words[:100]!r} is no address of a page", "Write one http or https address a line.")
    if empty:
        yield refused(source, "the list names no page", "Write one http or https address a line.")


def fetched(wanted: Iterable[Wanted | SourceError], options: Options) -> Iterator[Found]:
    """The captures of pages, in order, each page once; several hosts are asked at the same time."""
    web = options.web or Web()
    once = _once(wanted)
    waiting: deque[Future[Found] | Found] = deque()
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="fetch")
    try:
        for one in islice(once, AHEAD):
            waiting.append(_begun(one, web, pool))
        while waiting:
            first = waiting.popleft()
            # the next is on its way before this one is read
            for one in islice(once, 1):
                waiting.append(_begun(one, web, pool))
            yield first.result() if isinstance(first, Future) else first
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if options.web is None:
            web.close()


def _begun(one: Wanted | SourceError, web: Web, pool: ThreadPoolExecutor) -> Future[Found] | Found:
    """A page on its way, or at once what needs no request. What is known is asked for here: stores dislike threads."""
    if isinstance(one, SourceError):
        return one
    source = source_of(one.url)
    known = web.known(source.id)
    return (
        Unchanged(source)
        if known and not (web.again or known.is_before(one.changed))
        else pool.submit(fetch, one, web, known)
    )


def _once(wanted: Iterable[Wanted | SourceError]) -> Iterator[Wanted | SourceError]:
    seen: set[str] = set()
    for one in wanted:
        if isinstance(one, Wanted):
            address = normal(one.url)
            if address in seen:
                continue
            seen.add(address)
        yield one


def fetch(wanted: Wanted, web: Web, known: Known | None = None) -> Found:
    """The capture of one page, or why there is none."""
    source = source_of(wanted.url)
    try:
        answer = web.fetch(wanted.url, source, known)
        if answer.status == 304:
            return Unchanged(source)
        said = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        media = MEDIA.get(said) or (media_of(answer.content) if said in UNSAID else None)
        if media is None:
            return refused(
                source, f"it is {said[:80]}, which is no report", "Give the address of a page.", doing="Fetching"
            )
    except SourceError as error:
        return error
    return Capture(
        source=source,
        content=answer.content,
        media=media,
        title=wanted.title,
        outlet=wanted.outlet,
        byline=wanted.byline,
        published=wanted.published,
        retrieval=Retrieval(
            at=answer.at,
            address=answer.address,
            headers={name: value for name, value in answer.headers.items() if name in KEPT},
        ),
    )
