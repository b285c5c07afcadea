"""Run the flow on this machine, into a store, and go on where an earlier run stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sitrep.flow import default_reader, read_paths
from sitrep.model import Reading, Report
from sitrep.reading.reader import Reader
from sitrep.sources.source import Options
from sitrep.store.jsonl import Writer
from sitrep.text.report import Given


def read_into(
    writer: Writer,
    paths: Iterable[str | Path],
    *,
    reader: Reader | None = None,
    given: Given = Given(),  # noqa: B008 - a NamedTuple is immutable
    strict: bool = False,
    progress: Callable[[str], None] | None = None,
    options: Options = Options(),  # noqa: B008 - as above
) -> Iterator[Reading]:
    """Read everything in the paths that the store does not hold yet, and yield each reading once it is written.

    A report counts as held only where the same versions of stages, ontology and gazetteer read it; reports
    that failed are tried again. progress: told what is being prepared. options: what the user says about the
    sources.
    """
    reader = reader or default_reader(progress)
    provenance = reader.provenance

    def skip(report: Report) -> bool:
        return writer.is_done(report, provenance)

    for reading in read_paths(paths, reader=reader, given=given, strict=strict, skip=skip, options=options):
        writer.write(reading)
        yield reading
    writer.flush()
