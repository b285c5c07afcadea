"""What the sets of short passages share: reading a set, naming a node, scoring."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from sitrep.model import Reading

FOLDER = Path(__file__).parent / "data"
LEAST_F1 = 0.85


def load_set(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def fold(words: str) -> str:
    return re.sub(r"^the|[\W_]+", "", words.replace("’", "'").casefold())


def names(reading: Reading, node: str | None) -> set[str]:
    """Every name of an actor or place of a reading, folded."""
    found: set[str] = set()
    quotes = {mention.id: mention.evidence[0].quote for mention in reading.mentions}
    for actor in reading.actors:
        if actor.id == node:
            found |= {actor.name, *actor.aliases, *(quotes[mention] for mention in actor.mentions)}
    for place in reading.places:
        if place.id == node:
            found |= {place.name, *(quotes[mention] for mention in place.mentions)}
    return {fold(name) for name in found}


class Score:
    """Counts of right, given and wanted, with what was wrong."""

    def __init__(self) -> None:
        self.right = self.given = self.wanted = 0
        self.faults: list[str] = []

    def add(self, text: str, given: Iterable[object], wanted: list[Any], same: Any, show: Any) -> None:
        rows, left = list(given), list(wanted)
        self.given += len(rows)
        self.wanted += len(wanted)
        for row in rows:
            match = next((want for want in left if same(row, want)), None)
            if match is None:
                self.faults.append(f"extra {show(row)}: {text}")
            else:
                left.remove(match)
                self.right += 1
        self.faults += [f"missed {want}: {text}" for want in left]

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 1.0
