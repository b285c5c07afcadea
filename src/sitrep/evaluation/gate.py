"""The gate: scores that may not fall, with the digest of the data they were measured on."""

from __future__ import annotations

from pathlib import Path

import msgspec

from sitrep.errors import BenchmarkError
from sitrep.evaluation.harness import Result
from sitrep.model.span import Record

# scores where less is better
LOWER = frozenset({"cold_s", "peak_mb", "median_error_km_gold", "p95_ms"})
# scores that another machine would give otherwise are reported, not pinned; a ratio taken in one run may move a little
UNPINNED = frozenset({"tokens_per_s", "spacy_tokens_per_s", "reports_per_s", "peak_mb", "cold_s"})
SLACK = {"ratio_to_spacy": 0.1}
# scores are rounded to four places, so half of the last one is no fall
ROUNDING = 0.00005


class Floor(Record, frozen=True, kw_only=True):
    """The scores of one benchmark over one folder that must be reached, and the data they were measured on."""

    bench: str
    folder: str
    split: str
    data: str
    reports: int
    scores: dict[str, float]


class Floors(Record, frozen=True, kw_only=True):
    """All floors, by "benchmark/folder/split"."""

    floors: dict[str, Floor] = msgspec.field(default_factory=dict)


def load_floors(path: Path) -> Floors:
    """The pinned floors; none where the file is not there. Raises BenchmarkError where it does not decode."""
    if not path.is_file():
        return Floors()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Floors)
    except msgspec.DecodeError as error:
        raise BenchmarkError(
            f"Reading the floors in {path}: {error}.", todo="Correct the file, or fetch it again.", benchmark="gate"
        ) from error


def key(result: Result) -> str:
    """The name under which a result is pinned."""
    return f"{result.bench}/{result.folder}/{result.split}"


def falls(result: Result, floors: Floors) -> list[str]:
    """What is worse than pinned, in words; empty where nothing is pinned or nothing fell."""
    floor = floors.floors.get(key(result))
    if floor is None:
        return []
    if not result.whole:
        return [f"{key(result)}: only {result.reports} of {floor.reports} reports were read, so the floors say nothing"]
    if result.data != floor.data:
        return [f"{key(result)}: the data is not what the floors were measured on ({result.data}, pinned {floor.data})"]
    found: list[str] = []
    for name, pinned in floor.scores.items():
        score = result.scores.get(name)
        if score is None:
            found.append(f"{key(result)}: {name} has no value (pinned {pinned:.4f})")
        elif _worse(name, score, pinned):
            found.append(f"{key(result)}: {name} fell to {score:.4f} (pinned {pinned:.4f})")
    return found


def _worse(name: str, score: float, pinned: float) -> bool:
    slack = SLACK.get(name, 0.0) * pinned + ROUNDING
    return score > pinned + slack if name in LOWER else score < pinned - slack


def pin(results: list[Result], path: Path, *, allow_regression: bool = False) -> Floors:
    """Write the results as the new floors. Raises BenchmarkError where one would be lowered and that is not allowed."""
    floors = load_floors(path)
    fallen = [line for result in results for line in falls(result, floors)]
    partial = [key(result) for result in results if not result.whole]
    if partial:
        raise BenchmarkError(
            f"Pinning floors: {', '.join(partial)} read only a part of the data.",
            todo="Run without --limit.",
            benchmark="gate",
        )
    if fallen and not allow_regression:
        raise BenchmarkError(
            f"Pinning floors: {'; '.join(fallen)}.",
            todo="Find out why, or say --allow-regression and write the reason into the changelog.",
            benchmark="gate",
        )
    fresh = {
        key(result): Floor(
            bench=result.bench,
            folder=result.folder,
            split=result.split,
            data=result.data,
            reports=result.reports,
            scores={name: score for name, score in result.scores.items() if score is not None and name not in UNPINNED},
        )
        for result in results
    }
    written = Floors(floors=dict(sorted({**floors.floors, **fresh}.items())))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(written), indent=2) + b"\n")
    return written
