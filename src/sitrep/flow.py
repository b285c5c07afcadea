"""The order, once: captures, reports, readings.

One bad report never stops a run. What goes wrong becomes a Failure inside a reading: beside the record
where the report could be read all the same, else in a reading whose report has no text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitrep.errors import EvidenceError, SitrepError, SourceError, StageError, TextError
from sitrep.model import Capture, Failure, Published, Reading, Report, Source
from sitrep.model.codec import digest
from sitrep.sources import files
from sitrep.sources.source import Found, Options, Unchanged, suffixes
from sitrep.text.report import Given, Written, write_report

if TYPE_CHECKING:
    from sitrep.reading.reader import Reader
    from sitrep.store.view import View

Skip = Callable[[Report], bool]

# reports that go to the reader together: as many as one spaCy batch takes, fewer where they are long
BATCH = 16
BATCH_CHARACTERS = 200_000


@lru_cache(maxsize=1)
def _shelf() -> dict[bool, Reader]:
    """Where the readers of this process stand, once they are made, by whether rules read alone."""
    return {}


def default_reader(progress: Callable[[str], None] | None = None, *, rules: bool = False) -> Reader:
    """The reader with all stages, the ontology, the gazetteers and the weights that come with sitrep.

    It is made once in a process, and its models are only read. progress: told what is being prepared, since
    the first run on a machine compiles the gazetteer. rules: without the trained reader.
    """
    shelf = _shelf()
    if rules not in shelf:
        from sitrep.reading.default import default_reader as build

        shelf[rules] = build(progress=progress, rules=rules)
    return shelf[rules]


def rules_reader(progress: Callable[[str], None] | None = None) -> Reader:
    """The reader without weights, as a function that workers can import."""
    return default_reader(progress, rules=True)


def open_archive(db: str | Path = "sitrep.db") -> View:
    """An archive that `sitrep ingest` made, to be asked: a file or a database URL. Raises StoreError.

    `incidents(Filter(...))`, `search`, `actors`, `actor`, `control`, and `frame(NAME)` for pandas or polars; iterating
    gives the readings.
    """
    from sitrep.store.view import View

    return View(db)


def read(
    text_or_path: str | Path,
    *,
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
) -> Reading:
    """Read one report: its text, or the path of a file that holds it.

    A string with a line end, or longer than a path, is a text; any other is a path where such a file exists.
    published: ISO date. Raises SourceError or TextError where there is nothing to read; what went wrong
    without stopping the reading stands in its `failures`.
    """
    given = Given(published=published, outlet=outlet, title=title)
    path = _as_path(text_or_path)
    if path is None:
        source = Source(kind="text", uri="", id=f"text-{digest(text_or_path)}")
        captures = iter([Capture(source=source, content=str(text_or_path).encode("utf-8", "replace"), media="text")])
    else:
        captures = files.captures([path])
    capture = next(captures)
    if isinstance(capture, SourceError):
        raise capture
    if isinstance(capture, Unchanged):
        raise TypeError("an address is never known where nothing remembers it")
    if next(captures, None) is not None:
        raise SourceError(
            f"Opening {text_or_path}: it holds more than one report.",
            todo="Use sitrep.read_paths, which gives them one by one.",
            source=capture.source.id,
            uri=text_or_path,
        )
    written = write_report(capture, given)
    if written.unread:
        raise written.unread
    return next(_read([written], default_reader(), strict=False))


# the longest path that common file systems take
LONGEST_PATH = 4096


def _as_path(text_or_path: str | Path) -> Path | None:
    """The path that a string means, None where it is a text."""
    if isinstance(text_or_path, Path):
        return text_or_path
    if not text_or_path.strip() or "\n" in text_or_path or len(text_or_path) > LONGEST_PATH:
        return None
    path = Path(text_or_path)
    try:
        known = path.exists()
    except (OSError, ValueError):
        known = False
    # a missing "report.txt" is a wrong path, not a report of one word
    meant = path.suffix.lower() in suffixes() and " " not in path.name
    return path if known or meant else None


def read_paths(
    paths: Iterable[str | Path],
    *,
    reader: Reader | None = None,
    given: Given = Given(),  # noqa: B008 - a NamedTuple is immutable
    strict: bool = False,
    skip: Skip | None = None,
    progress: Callable[[str], None] | None = None,
    options: Options = Options(),  # noqa: B008 - as above
) -> Iterator[Reading]:
    """Readings of everything in files, folders, standard input ("-") and addresses, in order.

    given: what the user says about the reports. strict: raise at the first failure. skip: reports to leave
    out, as read already. progress: see `default_reader`. options: what the user says about the sources.
    """
    yield from read_captures(
        files.captures(paths, options=options), reader=reader, given=given, strict=strict, skip=skip, progress=progress
    )


def read_captures(
    captures: Iterable[Found],
    *,
    reader: Reader | None = None,
    given: Given = Given(),  # noqa: B008 - a NamedTuple is immutable
    strict: bool = False,
    skip: Skip | None = None,
    progress: Callable[[str], None] | None = None,
) -> Iterator[Reading]:
    """Readings of captures, in order; see `read_paths`."""
    for batch in _batches(_written(captures, given, strict=strict), skip):
        if reader is None and any(isinstance(entry, Written) and not entry.unread for entry in batch):
            reader = default_reader(progress)
        yield from _read(batch, reader, strict=strict)


def _written(captures: Iterable[Found], given: Given, *, strict: bool) -> Iterator[Written | Reading]:
    """A report of each capture, or a failed reading in its place."""
    for capture in captures:
        if isinstance(capture, Unchanged):
            continue
        try:
            if isinstance(capture, SourceError):
                raise capture
            written = _write(capture, given)
        except SitrepError as error:
            if strict:
                raise
            source = capture.source if isinstance(capture, Capture) else source_of(capture)
            yield failed(error, source, tried="opening" if isinstance(error, SourceError) else "extracting the text")
            continue
        if strict and (written.unread or written.problems):
            raise written.unread or written.problems[0]
        yield written


def _write(capture: Capture, given: Given) -> Written:
    """The report in a capture, whatever the libraries that take it apart make of it."""
    try:
        return write_report(capture, given)
    except SitrepError:
        raise
    except Exception as error:
        raise TextError(
            f"Extracting the text of {capture.source.id}: {type(error).__name__}: {str(error)[:200]}.",
            todo="Save it as plain text. Please report it, with the file.",
            source=capture.source.id,
            unexpected=type(error).__name__,
        ) from error


def _batches(written: Iterable[Written | Reading], skip: Skip | None) -> Iterator[list[Written | Reading]]:
    batch: list[Written | Reading] = []
    size = 0
    for entry in written:
        if isinstance(entry, Written):
            if skip and skip(entry.report):
                continue
            size += len(entry.report.text)
        batch.append(entry)
        if len(batch) >= BATCH or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read(batch: list[Written | Reading], reader: Reader | None, *, strict: bool) -> Iterator[Reading]:
    """The readings of a batch, failed ones in their places."""
    reports = [entry.report for entry in batch if isinstance(entry, Written) and not entry.unread]
    readings = _read_reports(reports, reader, strict=strict) if reader else iter(())
    for entry in batch:
        if isinstance(entry, Reading):
            yield entry
            continue
        problems: tuple[SitrepError, ...] = entry.problems
        if entry.unread:
            # kept whole, and marked as done by those who would have read it
            reading = Reading(report=entry.report, provenance=reader.provenance if reader else None)
            problems = (entry.unread, *problems)
        else:
            reading = next(readings)
        if problems:
            notes = tuple(to_failure(problem, "reading the source", entry.report.source) for problem in problems)
            reading = msgspec.structs.replace(reading, failures=(*notes, *reading.failures))
        yield reading


def read_reports(reports: list[Report], reader: Reader) -> list[Reading]:
    """Readings of reports whose text is there already, in order; one that cannot be read says why."""
    return list(_read_reports(reports, reader, strict=False))


def _read_reports(reports: list[Report], reader: Reader, *, strict: bool) -> Iterator[Reading]:
    done = 0
    try:
        for reading in reader.read_many(reports, strict=strict):
            done += 1
            yield reading
    except Exception:
        if strict:
            raise
        # one of those left cannot be read: take them one by one, and keep the others
        for report in reports[done:]:
            yield _read_one(report, reader)


def _read_one(report: Report, reader: Reader) -> Reading:
    try:
        return reader.read(report)
    except (StageError, EvidenceError) as error:
        failure = to_failure(error, "reading", report.source)
    except Exception as error:  # noqa: BLE001 - whatever a report does to the reader, it is one report
        wrapped = StageError(
            f"Reading {report.source.id}: {type(error).__name__}: {error}.",
            todo="Please report it with the text of the report.",
            stage="reading",
            report_id=report.id,
        )
        failure = to_failure(wrapped, "reading", report.source)
    return Reading(report=report, failures=(failure,))


def failed(error: SitrepError, source: Source, *, tried: str) -> Reading:
    """The reading of what could not be read: a report without text, and the failure."""
    report = Report(
        id=digest(source.id, None, None, ""),
        source=source,
        outlet=None,
        title=None,
        byline=None,
        language="und",
        text="",
        published=Published(value=None, basis="unknown", note="the report could not be read"),
    )
    return Reading(report=report, failures=(to_failure(error, tried, source),))


def to_failure(error: SitrepError, tried: str, source: Source) -> Failure:
    """The record of an error."""
    return Failure(
        kind=type(error).__name__,
        tried=tried,
        on=source.id,
        message=error.message,
        todo=error.todo,
        facts=error.facts,
    )


def source_of(error: SourceError) -> Source:
    """The source that an error speaks of."""
    facts = error.facts
    return Source(
        kind=facts.get("kind", "file"), uri=facts.get("uri", ""), id=facts.get("source", facts.get("uri", ""))
    )
