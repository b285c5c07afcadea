"""The harness: benchmark data in, readings, scores out.

A benchmark is one module in `benchmarks/` with PAPER (whose metric it is), SCORES (the names of its
scores) and `run(rows, bench)`. The folder is the registry.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from sitrep.errors import BenchmarkError, TextError
from sitrep.model import Published, Reading, Report, Source
from sitrep.model.codec import digest
from sitrep.model.span import Record

if TYPE_CHECKING:
    from sitrep.reading.reader import Reader

Row = dict[str, Any]
Scores = dict[str, float | None]

# a benchmark over data folders that do not bear its name, for `bench all`
FOLDERS: dict[str, tuple[str, ...]] = {
    "copies": ("fakes_syria",),
    "coref": ("ecbplus", "gvc"),
    "desk": ("war_desk",),
    "geo": ("geo_lgl", "geo_gwn"),
    "relevance": ("muc4",),
    "speed": ("fakes_syria",),
    "timex": ("tempeval3", "wikiwars"),
}
# data that is only for load has no dev split
SPLITS = {"fakes_syria": "load", "wikinews_sample": "load"}


class Benchmark(Protocol):
    """What a module in `benchmarks/` must have."""

    PAPER: str
    SCORES: tuple[str, ...]

    def run(self, rows: list[Row], bench: Bench) -> Scores: ...


class Result(Record, frozen=True, kw_only=True):
    """One benchmark run. reports: how many rows of the split were scored. data: digest of the rows' file."""

    bench: str
    split: str
    reports: int
    scores: dict[str, float | None]
    folder: str = ""
    data: str = ""
    whole: bool = True


class Bench:
    """What a benchmark gets: a folder of data, and the whole default reader.

    progress: told of every report read. make_reader: gives the Reader, when first asked.
    """

    def __init__(
        self,
        folder: Path,
        split: str = "dev",
        *,
        make_reader: Callable[[], Reader] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self.folder = folder
        self.split = split
        self.progress = progress
        self._make_reader = make_reader

    @cached_property
    def reader(self) -> Reader:
        """The default reader, with `.parser` and `.stages`."""
        if self._make_reader:
            return self._make_reader()
        from sitrep.reading.default import default_reader

        return default_reader()

    def report(
        self,
        source_id: str,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        outlet: str | None = None,
    ) -> Report:
        """A report of a row. Its text is the row's own, so that gold offsets hold; a title goes before it."""
        from sitrep.text.report import head

        text = head(title, text)
        return Report(
            id=digest(source_id, title, outlet, text),
            source=Source(kind="jsonl", uri=source_id, id=source_id),
            outlet=outlet,
            title=title,
            byline=None,
            language="en",
            text=text,
            published=dated(text, published, source_id),
        )

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The readings of reports, in order. A stage that fails leaves its layer empty, as it does for a user."""
        for number, reading in enumerate(self.reader.read_many(reports), start=1):
            if self.progress:
                self.progress(number)
            yield reading


def dated(text: str, published: str | None, source_id: str) -> Published:
    """When a row was published: its own date, else what the text says; a date that cannot be read is left out."""
    from sitrep.text.published import find_published

    try:
        return find_published(text, source=source_id, metadata=published).published
    except TextError:
        return find_published(text, source=source_id).published


def names() -> tuple[str, ...]:
    """The names of all benchmarks."""
    from sitrep.evaluation import benchmarks

    return tuple(sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__)))


def load_benchmark(name: str) -> Benchmark:
    """A benchmark by its name. Raises BenchmarkError where there is none."""
    if name not in names():
        raise BenchmarkError(
            f"Running benchmark {name!r}: there is none of that name.",
            todo=f"The benchmarks are {', '.join(names())}.",
            benchmark=name,
        )
    return cast("Benchmark", importlib.import_module(f"sitrep.evaluation.benchmarks.{name}"))


def load_rows(folder: Path, split: str, *, benchmark: str = "") -> list[Row]:
    """The rows of SPLIT.jsonl. Raises BenchmarkError where the file is missing or a line is no JSON object."""
    path = folder / f"{split}.jsonl"
    if not path.is_file():
        raise BenchmarkError(
            f"Reading the benchmark data: {path} is missing.",
            todo="Give with --data the folder that holds SPLIT.jsonl, and with --split the split's name.",
            benchmark=benchmark or folder.name,
        )
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BenchmarkError(
                f"Reading the benchmark data: {path}, line {number}: {error}.",
                todo="Fetch the file again.",
                benchmark=benchmark or folder.name,
            ) from error
        if not isinstance(row, dict):
            raise BenchmarkError(
                f"Reading the benchmark data: {path}, line {number} is no JSON object.",
                todo="Give one JSON object a line.",
                benchmark=benchmark or folder.name,
            )
        rows.append(cast("Row", row))
    return rows


def digest_file(path: Path) -> str:
    """A short digest of a file's bytes."""
    import hashlib

    return hashlib.blake2b(path.read_bytes(), digest_size=8).hexdigest()


def run_benchmark(
    name: str,
    folder: Path,
    split: str = "dev",
    *,
    limit: int | None = None,
    reader: Reader | None = None,
    progress: Callable[[int], None] | None = None,
) -> Result:
    """Run one benchmark over one folder. limit: score the first rows only. Raises BenchmarkError."""
    module = load_benchmark(name)
    if is_generated(name):
        found = module.run([{}] * (limit or 0), Bench(folder, split))
        scores = {key: None if value is None else round(value, 4) for key, value in found.items()}
        return Result(bench=name, split="made", reports=limit or 0, scores=scores, folder="made", whole=limit is None)
    rows = load_rows(folder, split, benchmark=name)
    if not rows:
        raise BenchmarkError(
            f"Running benchmark {name!r}: {folder / split}.jsonl has no rows.",
            todo="Fetch the data again.",
            benchmark=name,
        )
    chosen = rows[:limit] if limit else rows
    bench = Bench(folder, split, make_reader=(lambda: reader) if reader else None, progress=progress)
    scores = module.run(chosen, bench)
    return Result(
        bench=name,
        split=split,
        reports=len(chosen),
        scores={key: None if value is None else round(value, 4) for key, value in scores.items()},
        folder=folder.name,
        data=digest_file(folder / f"{split}.jsonl"),
        whole=len(chosen) == len(rows),
    )


def is_generated(name: str) -> bool:
    """Whether a benchmark makes its own data, and needs no folder."""
    return bool(getattr(load_benchmark(name), "GENERATED", False))


def folders_of(name: str, parent: Path) -> list[Path]:
    """The data folders of a benchmark below a parent folder, those that are there."""
    return [parent / folder for folder in FOLDERS.get(name, (name,)) if (parent / folder).is_dir()]


def split_of(folder: Path, split: str) -> str:
    """The split to take in a folder: some data has only one."""
    return SPLITS.get(folder.name, split)
