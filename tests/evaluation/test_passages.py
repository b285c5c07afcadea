"""Relations, control and decisions over short passages of our own, hard negatives among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitrep.evaluation.benchmarks import passages
from sitrep.evaluation.harness import Bench, load_rows
from sitrep.reading.reader import Reader

FOLDER = Path(__file__).parents[2] / "benchmarks" / "passages"
LEAST_F1 = 0.85
LEAST_PASSAGES = 20


@pytest.fixture(scope="module")
def tallies(reader: Reader) -> dict[str, passages.Tally]:
    rows = load_rows(FOLDER, "dev", benchmark="passages")
    return passages.tallies(rows, Bench(FOLDER, make_reader=lambda: reader))


@pytest.mark.parametrize("kind", ["relations", "control", "decisions"])
def test_short_passages_are_read_right(tallies: dict[str, passages.Tally], kind: str) -> None:
    tally = tallies[kind]
    assert tally.f1 >= LEAST_F1, "\n".join([f"F1 {tally.f1:.3f}", *tally.faults])


@pytest.mark.parametrize("kind", ["relations", "control", "decisions"])
def test_the_set_has_passages_that_tell_nothing(kind: str) -> None:
    rows = [row for row in load_rows(FOLDER, "dev", benchmark="passages") if kind in row]
    assert len(rows) >= LEAST_PASSAGES
    assert sum(not row[kind] for row in rows) >= len(rows) // 5


def test_a_tally_counts_what_is_missed_and_what_is_too_much() -> None:
    tally = passages.Tally()
    tally.add("Text.", ["a", "b"], ["b", "c", "d"], lambda number, want: ["a", "b"][number] == want)
    assert (tally.right, tally.given, tally.wanted, tally.f1) == (1, 2, 3, 0.4)
    assert tally.faults == ["extra a: Text.", "missed c: Text.", "missed d: Text."]
