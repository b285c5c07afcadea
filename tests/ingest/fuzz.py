"""Feed an ingest hostile inputs, and see that each ends as a reading or a stored failure, soon and in little memory.

    python -m tests.ingest.fuzz [--inputs 3000] [--seed 1] [--first 0] [--reader sitrep.flow:default_reader]

Inputs are generated (tests/ingest/hostile.py): fuzzed pages, PDF files, web archives, JSON Lines, tables, Word documents,
e-mails, zip bombs, gzip that is cut off, NULs, marks that turn the direction of writing, nesting of ten thousand levels.
Each must be done within 30 seconds of processor time (and ten times as long by the clock, however busy the machine), and
the process stay below 2 GB; a crash or hang costs the run.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.ingest.hostile import hostile

from sitrep.ingest.archive import take_in
from sitrep.store.check import check
from sitrep.store.writer import Writer

ROOT = Path(__file__).parents[2]
REAL = "sitrep.flow:default_reader"
SECONDS = 30.0
# how much longer it may take by the clock, where others use the processors too
BUSY = 10
MEGABYTES = 2048


def work(folder: str, first: str, last: str, seed: str, reader: str) -> None:
    """What the child does: take in one input after the other, and say what became of each."""
    module, _, name = reader.partition(":")
    read = getattr(import_module(module), name)()
    with Writer(Path(folder) / "sitrep.db") as writer:
        _say(ready=True)
        for number in range(int(first), int(last)):
            made = hostile(number, int(seed))
            path = Path(folder) / f"{number:05}{made.suffix}"
            path.write_bytes(made.content)
            begun = time.monotonic()
            outcomes = list(take_in(writer, [path], make_reader=lambda: read))
            failures = [failure for outcome in outcomes for failure in outcome.failures]
            _say(
                number=number,
                suffix=made.suffix,
                seconds=round(time.monotonic() - begun, 2),
                outcomes=len(outcomes),
                failures=len(failures),
                unexpected=[failure.message for failure in failures if "unexpected" in failure.facts],
                megabytes=max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024,
            )  # fmt: skip
            path.unlink()


def _say(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


class Child:
    """A process that takes inputs in. What it says comes through `next`."""

    def __init__(self, folder: Path, first: int, last: int, seed: int, reader: str) -> None:
        code = "import sys; from tests.ingest.fuzz import work\nif __name__ == '__main__': work(*sys.argv[1:])"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, str(folder), str(first), str(last), str(seed), reader], cwd=ROOT, stdout=subprocess.PIPE
        )  # fmt: skip
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        if self._process.stdout:
            for line in self._process.stdout:
                self._lines.put(line)
            self._lines.put(b"")

    def next(self, seconds: float) -> dict[str, Any] | None:
        """What it says next; None where it ended. Raises queue.Empty where it says nothing for too long."""
        used, begun = self._used(), time.monotonic()
        while True:
            try:
                line = self._lines.get(timeout=1)
            except queue.Empty:
                late = time.monotonic() - begun
                if late > BUSY * seconds or (late > seconds and self._used() - used > seconds):
                    raise
                continue
            return json.loads(line) if line else None

    def _used(self) -> float:
        """Seconds of processor time of the process and its children that ended; the clock where no /proc tells it."""
        try:
            said = Path(f"/proc/{self._process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return sum(map(int, said[11:15])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> int:
        """Stop it; its exit code."""
        self._process.kill()
        code = self._process.wait()
        self._listener.join()
        if self._process.stdout:
            self._process.stdout.close()
        return code


def run(
    folder: Path, *, inputs: int, seed: int, reader: str, first: int = 0, say: bool = False
) -> tuple[list[dict[str, Any]], list[str]]:
    """(what became of each input, what went wrong). say: tell what goes wrong as it does."""
    done: list[dict[str, Any]] = []
    wrong: list[str] = []
    at, last = first, first + inputs
    while at < last:
        child = Child(folder, at, last, seed, reader)
        # loading the models is no input's fault
        child.next(60)
        try:
            while said := child.next(SECONDS):
                done.append(said)
                at = said["number"] + 1
                if said["megabytes"] > MEGABYTES:
                    wrong.append(f"input {said['number']} ({said['suffix']}): {said['megabytes']} MB")
                    break
                if not said["outcomes"]:
                    wrong.append(f"input {said['number']} ({said['suffix']}): nothing came of it")
            else:
                if at < last:
                    wrong.append(f"input {at}: the process ended")
                    at += 1
        except queue.Empty:
            wrong.append(f"input {at}: no answer within {SECONDS:.0f} s")
            at += 1
        child.end()
        if say and wrong:
            sys.stdout.write(f"{wrong[-1]}\n")
            sys.stdout.flush()
    wrong += [f"the store is damaged: {problem}" for problem in check(folder / "sitrep.db")]
    return done, wrong


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--inputs", type=int, default=3000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--first", type=int, default=0, help="number of the first input")
    options.add_argument("--reader", default=REAL)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done, wrong = run(
            Path(folder), inputs=chosen.inputs, seed=chosen.seed, reader=chosen.reader, first=chosen.first, say=True
        )
    unexpected = Counter(message.partition(": ")[2][:100] for said in done for message in said["unexpected"])
    for message, count in unexpected.most_common():
        sys.stdout.write(f"unexpected, {count} times: {message}\n")
    for said in sorted(done, key=lambda said: -said["seconds"])[:5]:
        sys.stdout.write(f"slow: input {said['number']} ({said['suffix']}) took {said['seconds']} s\n")
    for problem in wrong:
        sys.stdout.write(f"WRONG: {problem}\n")
    failures = sum(bool(said["failures"]) for said in done)
    most = max((said["megabytes"] for said in done), default=0)
    sys.stdout.write(
        f"{len(done)} inputs, {failures} with failures, {len(done) - failures} read; "
        f"most memory {most} MB; {len(wrong)} wrong\n"
    )
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
