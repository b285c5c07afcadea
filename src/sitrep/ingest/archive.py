"""Take reports into the archive: several processes read, one writes, and a killed run goes on where it stopped."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sitrep import flow
from sitrep.corroboration.cluster import incidents
from sitrep.errors import SitrepError, SourceError
from sitrep.ingest import tabular
from sitrep.model import Capture, Failure
from sitrep.sources import files
from sitrep.sources.source import Found, Options, Unchanged
from sitrep.sources.web import Known, Web
from sitrep.store.rows import Prepared, made_by, prepare, taken_of
from sitrep.store.view import View
from sitrep.store.writer import Writer
from sitrep.text.report import Given

if TYPE_CHECKING:
    from sitrep.reading.reader import Reader

# batches on their way per worker: enough that none waits, few enough to hold in memory
AHEAD = 3

type MakeReader = Callable[[], Reader]


class Outcome(NamedTuple):
    """What became of one report. held: the archive had it already, read by the same versions."""

    source_id: str
    held: bool = False
    failures: tuple[Failure, ...] = ()


class Job(NamedTuple):
    """Captures to read together, each with its digest."""

    captures: tuple[Capture | SourceError, ...]
    taken: tuple[str | None, ...]
    given: Given
    strict: bool


class Readers(Protocol):
    """Those who read. made_by: digest of what they read with."""

    made_by: str
    ahead: int

    def submit(self, job: Job) -> Callable[[], list[Prepared]]:
        """Hand over a job; calling the answer waits for its readings."""
        ...


def take_in(
    writer: Writer,
    paths: Iterable[str | Path],
    *,
    workers: int = 1,
    given: Given = Given(),  # noqa: B008 - a NamedTuple is immutable
    strict: bool = False,
    make_reader: MakeReader | None = None,
    progress: Callable[[str], None] | None = None,
    options: Options = Options(),  # noqa: B008 - as above
) -> Iterator[Outcome]:
    """Read what the archive does not hold yet and store it; each outcome comes once it is on the disk.

    Reports are stored in the order in which they came, however many workers read. What a source could not
    hand over is tried again in every run. make_reader: a function of a module, since workers import it; the
    default reader where none is given. progress: told what is being prepared, where one process reads. options:
    what the user says about the sources.
    """
    writer.set_exports(tabular.columns())
    with _readers(workers, make_reader, progress) as readers:
        waiting: deque[tuple[list[Outcome], Callable[[], list[Prepared]]]] = deque()
        # a report stands in the same batch in every run, so that it is read in the same company
        for batch in batched(files.captures(paths, options=options), flow.BATCH):
            held, job = _sort(writer, batch, readers.made_by, given, strict=strict)
            waiting.append((held, readers.submit(job)))
            if len(waiting) >= readers.ahead:
                yield from _store(writer, *waiting.popleft())
        while waiting:
            yield from _store(writer, *waiting.popleft())


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


def bring_together(store: str | Path) -> int:
    """Bring the events of all reports together into incidents and store them; how many there are."""
    with View(store) as view:
        found = incidents(view)
    with Writer(store) as writer:
        return writer.write_incidents(found)


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


def read_job(job: Job, reader: Reader) -> list[Prepared]:
    """The readings of a job, ready to be stored."""
    readings = flow.read_captures(job.captures, reader=reader, given=job.given, strict=job.strict)
    return [
        prepare(reading, found if isinstance(found, Capture) else None, digest, tabular.coded(reading))
        for reading, found, digest in zip(readings, job.captures, job.taken, strict=True)
    ]


class Here:
    """Reads in this process, while nothing else happens."""

    ahead = 1

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.made_by = made_by(reader.provenance)

    def submit(self, job: Job) -> Callable[[], list[Prepared]]:
        """Read when the answer is wanted."""
        return lambda: read_job(job, self._reader)


class Pool:
    """Reads in several processes."""

    def __init__(self, pool: ProcessPoolExecutor, workers: int, make_reader: MakeReader) -> None:
        self._pool = pool
        self._make_reader = make_reader
        self.ahead = AHEAD * workers
        self.made_by = _answer(pool.submit(_provenance, make_reader))

    def submit(self, job: Job) -> Callable[[], list[Prepared]]:
        """Queue a job for the next free worker."""
        if not job.captures:
            return list
        future = self._pool.submit(_work, job, self._make_reader)
        return lambda: _answer(future)


@contextmanager
def _readers(
    workers: int, make_reader: MakeReader | None, progress: Callable[[str], None] | None
) -> Generator[Readers]:
    if workers <= 1:
        yield Here(make_reader() if make_reader else flow.default_reader(progress))
        return
    # spawned, since a forked copy of a process with threads may hang
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker) as pool:
        try:
            yield Pool(pool, workers, make_reader or flow.default_reader)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _answer[T](future: Future[T]) -> T:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise SitrepError(
            "Reading in several processes: one of them was killed, perhaps for want of memory.",
            todo="Run the same command again with fewer processes (-j 1); it goes on where it stopped.",
        ) from error


def _begin_worker() -> None:
    """A worker leaves Ctrl-C to the process that started it, and ends when that process is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@lru_cache(maxsize=1)
def _reader(make_reader: MakeReader) -> Reader:
    """The one reader of a worker."""
    return make_reader()


def _provenance(make_reader: MakeReader) -> str:
    return made_by(_reader(make_reader).provenance)


def _work(job: Job, make_reader: MakeReader) -> list[Prepared]:
    return read_job(job, _reader(make_reader))
