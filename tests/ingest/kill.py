"""Kill an ingest again and again, and compare what it leaves with an ingest that nobody disturbed.

    python -m tests.ingest.kill [--kills 50] [--reports 2000] [--jobs 1] [--reader tests.fixtures.plain_reader:make_reader]
    python -m tests.ingest.kill --full-disk

Reports are generated. Each kill is a SIGKILL of the ingesting process at a random moment; the next run goes
on. At the end, the export of events, the incidents and the row counts of every table must be the same to the byte.
With --full-disk the disk is full instead, three times, each time with more room than before: once as the limit of a file's
size, and where this process may mount a file system, as a file system that is too small.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from sqlalchemy import create_engine, func, select

from sitrep.export import csv as export_csv
from sitrep.export import jsonl as export_jsonl
from sitrep.ingest.archive import bring_together, take_in
from sitrep.store.check import check
from sitrep.store.tables import metadata
from sitrep.store.view import View
from sitrep.store.writer import Writer

ROOT = Path(__file__).parents[2]
PLAIN = "tests.fixtures.plain_reader:make_reader"
TOWNS = ("Aleppo", "Mosul", "Sirte", "Sabha", "Derna")
ACTS = ("shelled the harbour", "raided a depot", "bombed the airfield", "attacked a checkpoint", "seized a bridge")


def make_reports(path: Path, count: int, seed: int = 1) -> None:
    """Reports of our own making, a few of them unreadable or said twice."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8") as out:
        for n in range(count):
            if n % 97 == 50:
                out.write('{"id": "cut", "text": "Rebels she\n')
                continue
            number = n - 7 if n % 41 == 40 else n
            chance.seed(seed * 1_000_003 + number)
            town, act, dead = chance.choice(TOWNS), chance.choice(ACTS), chance.randint(2, 40)
            text = (
                f"Troops {act} in {town} on Monday, the council said. At least {dead} people were killed, a doctor at "
                f"the hospital of {town} told reporters. The army gave no comment on attack number {number}."
            )
            row = {"id": f"report-{number}", "text": text, "published": f"2016-08-{number % 28 + 1:02}"}
            out.write(json.dumps(row) + "\n")


def ingest(db: str, reports: str, jobs: str, reader: str) -> None:
    """What the child process does: the same as `sitrep ingest`, with a reader of our choice."""
    module, _, name = reader.partition(":")
    make_reader = getattr(import_module(module), name)
    with Writer(db) as writer:
        for _ in take_in(writer, [reports], workers=int(jobs), make_reader=make_reader):
            pass
    bring_together(db)


def start(
    db: Path, reports: Path, jobs: int, reader: str, room: int | None = None, *, quiet: bool = False
) -> subprocess.Popen[bytes]:
    """The ingesting process. room: the bytes that a file of it may have. quiet: what it complains of is kept."""
    code = "import sys; from tests.ingest.kill import ingest\nif __name__ == '__main__': ingest(*sys.argv[1:])"

    def limit() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    return subprocess.Popen(
        [sys.executable, "-c", code, str(db), str(reports), str(jobs), reader],
        cwd=ROOT,
        preexec_fn=limit,  # noqa: PLW1509 - nothing here has threads
        stderr=subprocess.PIPE if quiet else None,
    )


def count_reports(db: Path) -> int:
    """How many reports are on the disk, 0 where there is no store yet."""
    try:
        with View(db) as view:
            return len(view)
    except Exception:  # noqa: BLE001 - killed before the file was made
        return 0


def contents(db: Path) -> dict[str, str]:
    """Digests of everything that an ingest leaves but the times at which it ran."""
    found: dict[str, str] = {}
    with View(db) as view:
        for name, exporter in (("csv", export_csv), ("jsonl", export_jsonl)):
            out = io.BytesIO()
            exporter.write(iter(view), out)
            found[name] = hashlib.sha256(out.getvalue()).hexdigest()
        found["incidents"] = hashlib.sha256(repr(view.incidents()).encode()).hexdigest()
        found["failures"] = hashlib.sha256(repr(view.failures()).encode()).hexdigest()
    engine = create_engine(f"sqlite:///{db}")
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            found[f"rows of {table.name}"] = str(connection.scalar(select(func.count()).select_from(table)))
    engine.dispose()
    return found


def run(
    folder: Path, *, kills: int, reports: int, jobs: int = 1, reader: str = PLAIN, seed: int = 1, say: bool = False
) -> tuple[dict[str, str], dict[str, str], list[int]]:
    """(contents after kills, contents undisturbed, reports on the disk after each kill)."""
    chance = random.Random(seed)
    source = folder / "reports.jsonl"
    make_reports(source, reports, seed)
    whole, torn = folder / "whole.db", folder / "torn.db"
    begun = time.monotonic()
    if start(whole, source, jobs, reader).wait() != 0:
        raise SystemExit("The undisturbed ingest failed.")
    lasts = time.monotonic() - begun
    held: list[int] = []
    while len(held) < kills:
        child = start(torn, source, jobs, reader)
        # by kill n, about n / kills of the work should be done, so that kills fall everywhere
        share = (len(held) + 1) / (kills + 1)
        patience = time.monotonic() + 10 * lasts
        while child.poll() is None and count_reports(torn) < share * reports * 0.95 and time.monotonic() < patience:
            time.sleep(0.005)
        time.sleep(chance.random() * lasts / (kills + 1))
        if child.poll() is not None:
            # it was faster than we: the finished store is killed at its next start
            child = start(torn, source, jobs, reader)
            time.sleep(chance.random() * lasts / 2)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        held.append(count_reports(torn))
        if say:
            sys.stdout.write(f"kill {len(held)}: {held[-1]} reports on the disk\n")
            sys.stdout.flush()
    if start(torn, source, jobs, reader).wait() != 0:
        raise SystemExit("The ingest did not recover.")
    for problem in check(torn):
        raise SystemExit(f"The store is damaged: {problem}")
    return contents(torn), contents(whole), held


def run_full(
    folder: Path, *, reports: int, jobs: int = 1, reader: str = PLAIN, mounted: bool = False
) -> tuple[dict[str, str], dict[str, str], list[int]]:
    """(contents after the disk was full three times, contents undisturbed, reports on the disk each time)."""
    source = folder / "reports.jsonl"
    make_reports(source, reports)
    whole, disk = folder / "whole.db", folder / "disk"
    disk.mkdir()
    if start(whole, source, jobs, reader).wait() != 0:
        raise SystemExit("The undisturbed ingest failed.")
    size = whole.stat().st_size
    held: list[int] = []
    try:
        for share in (0.3, 0.5, 0.7):
            room = round(size * share)
            if mounted:
                again = ["remount,"] if held else [""]
                subprocess.run(["mount", "-t", "tmpfs", "-o", f"{again[0]}size={room}", "none", str(disk)], check=True)
            child = start(disk / "torn.db", source, jobs, reader, room=None if mounted else room, quiet=True)
            _, said = child.communicate()
            if child.returncode == 0 or b"StoreError" not in said:
                raise SystemExit(f"With room for {share:.0%} the ingest did not say that the disk is full.")
            held.append(count_reports(disk / "torn.db"))
        if mounted:
            subprocess.run(["mount", "-o", f"remount,size={size * 10}", str(disk)], check=True)
        if start(disk / "torn.db", source, jobs, reader).wait() != 0:
            raise SystemExit("The ingest did not recover.")
        for problem in check(disk / "torn.db"):
            raise SystemExit(f"The store is damaged: {problem}")
        return contents(disk / "torn.db"), contents(whole), held
    finally:
        if mounted:
            subprocess.run(["umount", str(disk)], check=False)


def may_mount(folder: Path) -> bool:
    """Whether this process may mount a file system."""
    target = folder / "try"
    target.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(target)], check=False, capture_output=True
    )
    if done.returncode == 0:
        subprocess.run(["umount", str(target)], check=True)
    return done.returncode == 0


def main_full(reports: int, jobs: int, reader: str) -> int:
    """Both ways of filling a disk; how many ended otherwise than undisturbed."""
    bad = 0
    for mounted in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            if mounted and not may_mount(Path(folder)):
                sys.stdout.write("This process may not mount a file system; run it as root for that part.\n")
                continue
            torn, whole, held = run_full(Path(folder), reports=reports, jobs=jobs, reader=reader, mounted=mounted)
        wrong = [name for name in whole if torn[name] != whole[name]]
        bad += bool(wrong)
        how = "a file system" if mounted else "a file"
        sys.stdout.write(f"{how} full with {held} reports; differing: {', '.join(wrong) or 'nothing'}\n")
    return bad


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--reports", type=int, default=2000)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--reader", default=PLAIN, help="sitrep.flow:default_reader reads for real")
    options.add_argument("--full-disk", action="store_true", help="fill the disk instead of killing")
    chosen = options.parse_args()
    if chosen.full_disk:
        raise SystemExit(main_full(chosen.reports, chosen.jobs, chosen.reader))
    with tempfile.TemporaryDirectory() as folder:
        torn, whole, held = run(
            Path(folder), kills=chosen.kills, reports=chosen.reports, jobs=chosen.jobs, reader=chosen.reader,
            seed=chosen.seed, say=True,
        )  # fmt: skip
    wrong = [name for name in whole if torn[name] != whole[name]]
    sys.stdout.write(f"{len(held)} kills; differing: {', '.join(wrong) or 'nothing'}\n")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
