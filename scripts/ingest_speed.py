"""What taking reports in costs beyond reading them, and how much two processes help.

python scripts/ingest_speed.py FILE.jsonl [reports] [processes]     (200 reports and 2 processes by default)

The cost is told in processor time, which other work on the machine hardly changes: of this process while it reads the
reports and throws the readings away, against the same with every reading prepared and stored. Bringing the incidents
together is not part of it. The wall clock is told for one process and several; it needs an idle machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from sitrep.flow import default_reader, read_captures
from sitrep.ingest.archive import take_in
from sitrep.ingest.readers import MakeReader
from sitrep.sources.files import captures
from sitrep.store.writer import Writer


def main() -> None:
    """Print processor time for reading and for taking in, then the wall clock of both ways to take in."""
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    processes = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.jsonl"
        with Path(sys.argv[1]).open("rb") as source, rows.open("wb") as out:
            out.writelines(islice(source, number))
        reader = default_reader()
        # what is kept of words and places once they were seen is there for both
        for _ in read_captures(captures([rows]), reader=reader):
            pass
        begun = time.process_time()
        for _ in read_captures(captures([rows]), reader=reader):
            pass
        reading = time.process_time() - begun
        begun = time.process_time()
        one = _stored(Path(folder) / "one.db", rows, make_reader=lambda: reader)
        taking = time.process_time() - begun
        print(f"{len(one)} reports: read {reading:.1f} s, taken in {taking:.1f} s: {taking / reading - 1:+.1%} beyond")
        if processes > 1:
            several = _stored(Path(folder) / "several.db", rows, workers=processes)
            # from the first batch on the disk to the last: starting processes and loading models are not counted
            alone, together = one[-1] - one[0], several[-1] - several[0]
            print(f"wall clock: one process {alone:.1f} s, {processes} {together:.1f} s: {alone / together:.2f} times")


def _stored(db: Path, rows: Path, workers: int = 1, make_reader: MakeReader | None = None) -> list[float]:
    """When each report was on the disk."""
    with Writer(db) as writer:
        return [time.monotonic() for _ in take_in(writer, [rows], workers=workers, make_reader=make_reader)]


if __name__ == "__main__":
    main()
