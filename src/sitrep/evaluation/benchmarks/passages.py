"""Relations, control of places and decisions in short passages of our own, hard negatives among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench
    from sitrep.model import Control, DecisionStep, Reading, Relation

PAPER = (
    "Our own: benchmarks/passages, sentences that we wrote with the relations, the states of control or the steps of "
    "decision that a careful reader finds, and others that tell none (no longer, would, denied, alongside). A row is "
    "right where its type and both ends are: an end by any name or mention of its actor or place, case and leading "
    "'the' aside; the start and the extent of control where the row gives them. The deed itself counts as a step only "
    "where the row lists it; each condition that is listed counts as one more step to find. Micro-averaged F1."
)
SCORES = ("relations_f1", "control_f1", "decisions_f1")
PUBLISHED = "2016-08-01"


class Tally:
    """Counts of right, given and wanted, with what was wrong."""

    def __init__(self) -> None:
        self.right = self.given = self.wanted = 0
        self.faults: list[str] = []

    def add(self, text: str, given: Iterable[str], wanted: Sequence[Any], same: Callable[[int, Any], bool]) -> None:
        """Count the rows given against those wanted. same: whether the nth row given is a wanted one."""
        left = list(wanted)
        shown = list(given)
        self.given += len(shown)
        self.wanted += len(left)
        for number, row in enumerate(shown):
            match = next((want for want in left if same(number, want)), None)
            if match is None:
                self.faults.append(f"extra {row}: {text}")
            else:
                left.remove(match)
                self.right += 1
        self.faults += [f"missed {want}: {text}" for want in left]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 1.0


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    return {f"{name}_f1": tally.f1 for name, tally in tallies(rows, bench).items()}


def tallies(rows: list[dict[str, Any]], bench: Bench) -> dict[str, Tally]:
    """The counts for relations, control and decisions."""
    found = {name: Tally() for name in ("relations", "control", "decisions")}
    reports = [bench.report(str(row["id"]), row["text"], published=PUBLISHED) for row in rows]
    for row, reading in zip(rows, bench.read(reports), strict=True):
        if "relations" in row:
            _relations(found["relations"], row, reading)
        if "control" in row:
            _control(found["control"], row, reading)
        if "decisions" in row:
            _decisions(found["decisions"], row, reading)
    return found


def _relations(tally: Tally, row: dict[str, Any], reading: Reading) -> None:
    def same(number: int, want: list[str]) -> bool:
        relation: Relation = reading.relations[number]
        return relation.type == want[1] and (
            _is(reading, relation.subject, want[0]) and _is(reading, relation.object, want[2])
        )

    shown = [
        f"{_show(reading, relation.subject)} {relation.type} {_show(reading, relation.object)}"
        for relation in reading.relations
    ]
    tally.add(row["text"], shown, row["relations"], same)


def _control(tally: Tally, row: dict[str, Any], reading: Reading) -> None:
    def same(number: int, want: dict[str, Any]) -> bool:
        control: Control = reading.control[number]
        place, status, holder = want["state"]
        extent = control.extent
        told = [extent.value, extent.unit, extent.shape] if extent else None
        return (
            control.status == status
            and _is(reading, control.place, place)
            and _is(reading, control.holder, holder)
            and control.start == want.get("from", control.start)
            and want.get("extent") in (None, told)
        )

    shown = [
        f"{_show(reading, control.holder)} {control.status} {_show(reading, control.place)} from {control.start}"
        for control in reading.control
    ]
    tally.add(row["text"], shown, row["control"], same)


def _decisions(tally: Tally, row: dict[str, Any], reading: Reading) -> None:
    told = {step for step, _ in row["decisions"]}
    steps: list[DecisionStep] = [
        step
        for decision in reading.decisions
        for step in decision.steps
        if step.step != "carried_out" or step.step in told
    ]
    tally.add(
        row["text"],
        [f"{step.step} by {_show(reading, step.actor)}" for step in steps],
        row["decisions"],
        lambda number, want: steps[number].step == want[0] and _is(reading, steps[number].actor, want[1]),
    )
    said = [condition.quote for decision in reading.decisions for condition in decision.conditions]
    wanted = row.get("conditions", [])
    found = [words for words in wanted if any(words in quote for quote in said)]
    tally.add(row["text"], found, wanted, lambda number, want: found[number] == want)


def fold(words: str) -> str:
    """Words without case, punctuation and a leading article."""
    return re.sub(r"^the|[\W_]+", "", words.replace("’", "'").casefold())


def named(reading: Reading, node: str | None) -> set[str]:
    """Every name and mention of an actor or a place of a reading."""
    quotes = {mention.id: mention.evidence[0].quote for mention in reading.mentions}
    found: set[str] = set()
    for actor in reading.actors:
        if actor.id == node:
            found |= {actor.name, *actor.aliases, *(quotes[mention] for mention in actor.mentions)}
    for place in reading.places:
        if place.id == node:
            found |= {place.name, *(quotes[mention] for mention in place.mentions)}
    return found


def _is(reading: Reading, node: str | None, words: str) -> bool:
    return fold(words) in {fold(name) for name in named(reading, node)}


def _show(reading: Reading, node: str | None) -> str:
    return min(named(reading, node), default=str(node))
