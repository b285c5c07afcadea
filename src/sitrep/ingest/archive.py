"""Take reports into the archive: several processes read, one writes, and a killed run goes on where it stopped."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import batched
from pathlib import Path
from typing import NamedTuple

from sitrep import flow
from sitrep.errors import SourceError
from sitrep.ingest import tabular
from sitrep.ingest.readers import Job, MakeReader, readers
from sitrep.ingest.together import bring_together as bring_together  # noqa: PLC0414 - part of taking in
from sitrep.model import Capture, Failure
from sitrep.sources import files
from sitrep.sources.source import Found, Options, Unchanged
from sitrep.sources.web import Known, Web
from sitrep.store.rows import Prepared, taken_of
from sitrep.store.writer import Writer
from sitrep.text.report import Given


class Outcome(NamedTuple):
    """What became of one report. held: the archive had it already, read by the same versions."""

    source_id: str
    held: bool = False
    failures: tuple[Failure, ...] = ()


type Take = Callable[[Iterable[Found]], Iterator[Outcome]]


@contextmanager
def intake(
    writer: Writer,
    *,
    workers: int = 1,
    given: Given = Given(),  # noqa: B008 - a NamedTuple is immutable
    strict: bool = False,
    make_reader: MakeReader | None = None,
    progress: Callable[[str], None] | None = None,
) -> Generator[Take]:
    """Gives a function that takes captures in: it reads what the archive does not hold yet and stores it.

    Each outcome comes once it is on the disk. Reports are stored in the order in which they came, however many
    workers read. What a source could not hand over is tried again in every run. make_reader: a function of a
    module, since workers import it; the default reader where none is given. progress: told what is being
    prepared, where one process reads.
    """
    writer.set_exports(tabular.columns(), tabular.borrowed())
    with readers(workers, make_reader, progress) as reading:

        def take(captures: Iterable[Found]) -> Iterator[Outcome]:
            waiting: deque[tuple[list[Outcome], Callable[[], list[Prepared]]]] = deque()
            # a report stands in the same batch in every run, so that it is read in the same company
            for batch in batched(captures, flow.BATCH):
                held, job = _sort(writer, batch, reading.made_by, given, strict=strict)
                waiting.append((held, reading.submit(job)))
                if len(waiting) >= reading.ahead:
                    yield from _store(writer, *waiting.popleft())
            while waiting:
                yield from _store(writer, *waiting.popleft())

        yield take


def take_in(
    writer: Writer,
    paths: Iterable[str | Path],
    *,
    workers: int = 1,
    given: Given = Given(),  # noqa: B008 - as above
    strict: bool = False,
    make_reader: MakeReader | None = None,
    progress: Callable[[str], None] | None = None,
    options: Options = Options(),  # noqa: B008 - as above
) -> Iterator[Outcome]:
    """Take in what stands in the paths; see `intake`. options: what the user says about the sources."""
    with intake(
        writer, workers=workers, given=given, strict=strict, make_reader=make_reader, progress=progress
    ) as take:
        yield from take(files.captures(paths, options=options))


@contextmanager
def remembering(writer: Writer, options: Options, *, again: bool = False) -> Generator[Options]:
    """Options with a web that knows which pages the archive holds. again: ask for them all the same."""

    def known(address: str) -> Known | None:
        said = writer.page(address)
        return None if said is None else Known(*said)

    web = Web(options.web.rules if options.web else None, known, again=again)
    try:
        yield options._replace(web=web)
    finally:
        web.close()


def _sort(
    writer: Writer, batch: tuple[Found, ...], made: str, given: Given, *, strict: bool
) -> tuple[list[Outcome], Job]:
    """What of a batch the archive holds, and what is to be read."""
    taken = [taken_of(found, given) if isinstance(found, Capture) else None for found in batch]
    done = writer.done([digest for digest in taken if digest], made)
    held: list[Outcome] = []
    todo: list[tuple[Capture | SourceError, str | None]] = []
    for found, digest in zip(batch, taken, strict=True):
        if isinstance(found, Unchanged) or (isinstance(found, Capture) and digest in done):
            held.append(Outcome(found.source.id, held=True))
        else:
            todo.append((found, digest))
    return held, Job(tuple(found for found, _ in todo), tuple(digest for _, digest in todo), given, strict)


def _store(writer: Writer, held: list[Outcome], wait: Callable[[], list[Prepared]]) -> Iterator[Outcome]:
    yield from held
    batch = wait()
    if batch:
        writer.write_many(batch)
    for prepared in batch:
        yield Outcome(prepared.source_id, failures=prepared.failures)
