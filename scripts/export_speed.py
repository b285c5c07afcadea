"""How long exports take: N generated readings of five events each, written by every format.

python scripts/export_speed.py [readings]     (2,000 by default, so 10,000 events)
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.fixtures.readings import rich

from sitrep.export import exporters, get_exporter
from sitrep.model import Reading


class Nowhere(io.RawIOBase):
    """Counts bytes and forgets them, so that the memory measured is the export's."""

    size = 0

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self.size += len(content)
        return len(content)


def main() -> None:
    """Print seconds, rows, bytes and peak memory of each format."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    one = rich()

    def readings() -> Iterator[Reading]:
        return (one for _ in range(number))

    for name in exporters():
        exporter = get_exporter(name)
        exporter.write([one], io.BytesIO())  # loads the tables once
        out = Nowhere()
        start = time.perf_counter()
        rows = exporter.write(readings(), out)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name:16} {seconds:6.2f} s {rows:8,} rows {out.size:12,} bytes, peak {peak} MiB")


if __name__ == "__main__":
    main()
