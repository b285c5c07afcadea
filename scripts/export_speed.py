"""How long exports take and what memory they need: generated readings of five events each, written by a format.

python scripts/export_speed.py [EVENTS] [FORMAT]...     (100,000 events by csv, geojson and parquet)

The yardstick is Python's own csv module over as many finished rows of as many columns: what no format can beat.
`growth` is how much the peak of memory rises from a tenth of the events to all of them: none where an export streams.
"""

from __future__ import annotations

import csv
import io
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import msgspec
from tests.fixtures.readings import rich

from sitrep.export import exporters, get_exporter
from sitrep.export._sheets import sheets
from sitrep.model import Reading

EVENTS = 100_000
DEFAULT = ("csv", "geojson", "parquet")
# one reading in so many is another object, so that nothing is gained by having seen it
DIFFERENT = 100


class Nowhere(io.RawIOBase):
    """Counts bytes and forgets them, so that the memory measured is the export's."""

    size = 0

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self.size += len(content)
        return len(content)


def readings(events: int) -> Iterator[Reading]:
    """So many events in different reports."""
    one = rich()
    some = [
        msgspec.structs.replace(
            one, report=msgspec.structs.replace(one.report, source=rich(f"report-{n}").report.source, id=f"r{n}")
        )
        for n in range(DIFFERENT)
    ]
    return (some[n % DIFFERENT] for n in range(events // len(one.events)))


def measure(name: str, events: int) -> tuple[float, int, int, int]:
    """Seconds, rows, bytes and peak memory in MiB, in a process of its own."""
    exporter = get_exporter(name)
    exporter.write([rich()], io.BytesIO())  # loads the tables once
    out = Nowhere()
    start = time.process_time()
    rows = exporter.write(readings(events), out)
    seconds = time.process_time() - start
    return seconds, rows, out.size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def yardstick(events: int) -> float:
    """Seconds that the csv module takes for as many rows of the table of events."""
    row = next(sheets()["events"].values([rich()]))
    writer = csv.writer(io.TextIOWrapper(Nowhere(), encoding="utf-8", newline=""))
    start = time.process_time()
    writer.writerows(row for _ in range(events))
    return time.process_time() - start


def main() -> None:
    """Print what each format takes, in seconds of processor time and as a multiple of the yardstick."""
    arguments = sys.argv[1:]
    events = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else EVENTS
    names = exporters() if arguments == ["all"] else arguments or list(DEFAULT)
    base = yardstick(events)
    print(f"yardstick: {base:.2f} s for {events:,} rows by the csv module")
    context = multiprocessing.get_context("spawn")
    for name in names:
        with context.Pool(1, maxtasksperchild=1) as pool:
            *_, small = pool.apply(measure, (name, events // 10))
        with context.Pool(1, maxtasksperchild=1) as pool:
            seconds, rows, size, peak = pool.apply(measure, (name, events))
        print(
            f"{name:16} {seconds:6.2f} s  {seconds / base:5.1f} x yardstick  {rows:9,} rows  {size / 1e6:8.1f} MB  "
            f"peak {peak} MiB  growth {peak - small} MiB"
        )


if __name__ == "__main__":
    main()
