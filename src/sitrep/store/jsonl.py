"""A store in one file: JSON Lines, one reading a line, appended.

A later line about a report takes the place of an earlier one. A line that a crash cut short is cut off
when the file is next written to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from sitrep.errors import RecordError, StoreError
from sitrep.model import Failure, Provenance, Reading, Report
from sitrep.model.codec import decode_reading, digest, encode

# readings between two writes to the disk: what a power cut may cost
BATCH = 16


class _Head(msgspec.Struct):
    """The fields that say what a line is about; the others are passed over, which is much faster."""

    report: _ReportHead
    provenance: Provenance | None = None
    failures: tuple[Failure, ...] = ()


class _ReportHead(msgspec.Struct):
    id: str
    text: str


_head = msgspec.json.Decoder(_Head)


def now() -> str:
    """The time of recording, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Writer:
    """Appends readings to a store. Use it as a context manager; one process at a time.

    Opening it cuts off a half-written last line and learns which reports are done. clock: gives `read_at`.
    """

    def __init__(self, path: str | Path, *, clock: Callable[[], str] = now) -> None:
        self.path = Path(path)
        self.written = 0
        self._clock = clock
        self._pending = 0
        self._done: dict[str, str] = {}
        self._failed: set[str] = set()
        self._stream = self._open()

    def _open(self) -> BinaryIO:
        try:
            stream = self.path.open("a+b")
        except OSError as error:
            raise StoreError(
                f"Opening the store {self.path}: {error.strerror or error}.",
                todo="Name a file in a folder that exists and may be written to.",
                store=self.path,
            ) from error
        try:
            _lock(stream, self.path)
            end = 0
            stream.seek(0)
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                self._learn(line, end)
                end += len(line)
            stream.truncate(end)
            stream.seek(0, os.SEEK_END)
        except BaseException:
            stream.close()
            raise
        return stream

    def _learn(self, line: bytes, offset: int) -> None:
        try:
            head = _head.decode(line)
        except msgspec.DecodeError as error:
            raise StoreError(
                f"Opening the store {self.path}: byte {offset} begins a line that is no reading ({error}).",
                todo="Name a new file, or one that `sitrep read --save` wrote.",
                store=self.path,
            ) from error
        if head.report.text:
            self._done[head.report.id] = _made_by(head.provenance)
        else:
            self._failed.add(_failure_key(head.report.id, head.failures))

    def is_done(self, report: Report, provenance: Provenance) -> bool:
        """Whether the store holds this report, read by the same versions of everything."""
        return self._done.get(report.id) == _made_by(provenance)

    def write(self, reading: Reading) -> None:
        """Append a reading with the time of recording; a failure that is recorded already is not repeated."""
        if not reading.report.text:
            key = _failure_key(reading.report.id, reading.failures)
            if key in self._failed:
                return
            self._failed.add(key)
        if reading.provenance is not None:
            stamped = msgspec.structs.replace(reading.provenance, read_at=self._clock())
            reading = msgspec.structs.replace(reading, provenance=stamped)
            self._done[reading.report.id] = _made_by(reading.provenance)
        try:
            self._stream.write(encode(reading) + b"\n")
        except OSError as error:
            raise self._full(error) from error
        self.written += 1
        self._pending += 1
        if self._pending >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Put everything written so far onto the disk."""
        try:
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise self._full(error) from error
        self._pending = 0

    def _full(self, error: OSError) -> StoreError:
        return StoreError(
            f"Writing to the store {self.path}: {error.strerror or error}.",
            todo="Make room, then run the same command again: it goes on where it stopped.",
            store=self.path,
        )

    def close(self) -> None:
        """Flush and close."""
        if not self._stream.closed:
            self.flush()
            self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class View:
    """Reads a store: the latest reading of each report, in the order in which reports first came.

    It sees what the file held when it was opened, and holds one reading at a time.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._offsets: dict[str, int] = {}
        offset = 0
        try:
            with self.path.open("rb") as stream:
                for line in stream:
                    if line.endswith(b"\n") and line.strip():
                        self._offsets[self._head(line, offset).report.id] = offset
                    offset += len(line)
        except OSError as error:
            raise StoreError(
                f"Opening the store {self.path}: {error.strerror or error}.",
                todo="Name a file that `sitrep read --save` or `--json` wrote.",
                store=self.path,
            ) from error

    def _head(self, line: bytes, offset: int) -> _Head:
        try:
            return _head.decode(line)
        except msgspec.DecodeError as error:
            raise RecordError(
                f"Opening the store {self.path}: byte {offset} begins a line that is no reading ({error}).",
                todo="Name a file that `sitrep read --save` or `--json` wrote.",
                source=self.path,
            ) from error

    def __len__(self) -> int:
        return len(self._offsets)

    def __iter__(self) -> Iterator[Reading]:
        with self.path.open("rb") as stream:
            for offset in self._offsets.values():
                stream.seek(offset)
                yield decode_reading(stream.readline(), source=f"{self.path}, byte {offset}")

    def get(self, report_id: str) -> Reading | None:
        """The reading of a report, None where the store does not hold it."""
        offset = self._offsets.get(report_id)
        if offset is None:
            return None
        with self.path.open("rb") as stream:
            stream.seek(offset)
            return decode_reading(stream.readline(), source=f"{self.path}, byte {offset}")


def _made_by(provenance: Provenance | None) -> str:
    """What made a reading, without when."""
    if provenance is None:
        return ""
    return digest(encode(msgspec.structs.replace(provenance, read_at=None)), size=32)


def _failure_key(report_id: str, failures: tuple[Failure, ...]) -> str:
    return digest(report_id, *(failure.message for failure in failures), size=32)


def _lock(stream: BinaryIO, path: Path) -> None:
    """Keep a second writer out, where the system can (not on Windows)."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StoreError(
            f"Opening the store {path}: another process writes to it.",
            todo="Wait until it is done, or name another file.",
            store=path,
        ) from error
