"""How many, how far, how long."""

from __future__ import annotations

from typing import Literal

from sitrep.model.span import Evidence, Record

QuantityKind = Literal[
    "killed", "injured", "captured", "missing", "displaced", "strength", "distance", "area", "duration", "count",
    "money", "other",
]  # fmt: skip


class Quantity(Record, frozen=True, kw_only=True):
    """A figure as the report words it; unknown is null, never zero.

    of: the words counted ("civilians"). low, best, high: only what the words say ("at least 12" is
    low 12, best 12, high null). best is the number that they name: "more than 30" is low 31, best 30.
    modifier: "about", "at_least", "at_most", "over", "under", "dozens",
    "hundreds", ... side: id of the actor whose people they are. civilians: null where not said.
    part_of: id of the quantity that this one is a part of. cumulative: a running total ("since May"),
    not the toll of one event. evidence: the figure with its words.
    """

    id: str
    kind: QuantityKind
    of: str | None
    low: float | None
    best: float | None
    high: float | None
    unit: str | None
    modifier: str | None
    side: str | None
    civilians: bool | None
    evidence: tuple[Evidence, ...]
    part_of: str | None = None
    cumulative: bool = False
