"""Those who read reports for the archive: this process, or several of which one may die without harm."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sitrep import flow
from sitrep.errors import SitrepError, SourceError, TextError
from sitrep.ingest import tabular
from sitrep.model import Capture
from sitrep.store.rows import Prepared, made_by, prepare
from sitrep.text.report import Given

if TYPE_CHECKING:
    from sitrep.reading.reader import Reader

# batches on their way per worker: enough that none waits, few enough to hold in memory
AHEAD = 3

type MakeReader = Callable[[], Reader]


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
    """Reads in several processes. One that is killed is replaced, and the report that kills it becomes a failure."""

    def __init__(self, workers: int, make_reader: MakeReader) -> None:
        self._workers = workers
        self._make_reader = make_reader
        self.ahead = AHEAD * workers
        self._executor = self._start()
        try:
            self.made_by = self._executor.submit(_provenance, make_reader).result()
        except BrokenProcessPool as error:
            raise SitrepError(
                "Reading in several processes: one of them was killed at its start, perhaps for want of memory.",
                todo="Run the same command again with fewer processes (-j 1).",
            ) from error

    def _start(self) -> ProcessPoolExecutor:
        # spawned, since a forked copy of a process with threads may hang
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, mp_context=context, initializer=_begin_worker)

    def submit(self, job: Job) -> Callable[[], list[Prepared]]:
        """Queue a job for the next free worker."""
        if not job.captures:
            return list
        try:
            future = self._executor.submit(_work, job, self._make_reader)
        except BrokenProcessPool:
            return lambda: self._alone(job)
        return lambda: self._answer(future, job)

    def _answer(self, future: Future[list[Prepared]], job: Job) -> list[Prepared]:
        try:
            return future.result()
        except BrokenProcessPool:
            # any of the jobs on their way may have killed it
            return self._alone(job)

    def _alone(self, job: Job) -> list[Prepared]:
        """A job while no other is read; where that kills the process too, its reports one by one."""
        found = self._try(job)
        if found is not None:
            return found
        read: list[Prepared] = []
        for capture, taken in zip(job.captures, job.taken, strict=True):
            single = self._try(job._replace(captures=(capture,), taken=(taken,)))
            read += [_killed(capture, taken)] if single is None else single
        return read

    def _try(self, job: Job) -> list[Prepared] | None:
        """The readings of a job; None where it kills the process."""
        try:
            return self._executor.submit(_work, job, self._make_reader).result()
        except BrokenProcessPool:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = self._start()
        try:
            return self._executor.submit(_work, job, self._make_reader).result()
        except BrokenProcessPool:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = self._start()
            return None

    def close(self, *, wait: bool) -> None:
        """Let the processes go."""
        self._executor.shutdown(wait=wait, cancel_futures=not wait)


def _killed(capture: Capture | SourceError, taken: str | None) -> Prepared:
    """The failure of a report that kills the process that reads it."""
    source = capture.source if isinstance(capture, Capture) else flow.source_of(capture)
    error = TextError(
        f"Reading {source.id}: it killed the process that read it, perhaps for want of memory.",
        todo="Shorten or split it, or read it on a machine with more memory.",
        source=source.id,
    )
    reading = flow.failed(error, source, tried="reading")
    return prepare(reading, capture if isinstance(capture, Capture) else None, taken)


@contextmanager
def readers(workers: int, make_reader: MakeReader | None, progress: Callable[[str], None] | None) -> Generator[Readers]:
    """Those who read: this process, or several."""
    if workers <= 1:
        yield Here(make_reader() if make_reader else flow.default_reader(progress))
        return
    pool = Pool(workers, make_reader or flow.default_reader)
    try:
        yield pool
    except BaseException:
        pool.close(wait=False)
        raise
    pool.close(wait=True)


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
