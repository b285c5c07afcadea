"""A fact as a person reads it, with its values and the words behind them."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.model import Evidence


class Slot(NamedTuple):
    """One value of a fact: what it is, the value, the words behind it, and what a reader should know of it.

    field: which correction changes it ("argument" with its number, "place", "date", "figure" ...), empty where
    none does. id: the record that it names.
    """

    label: str
    value: str
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    field: str = ""
    number: int | None = None
    id: str | None = None


class Fact(NamedTuple):
    """One thing that a report says.

    layer: where it belongs in the record. kind: its kind in words. title: the fact in a line. key: the words
    that name it. evidence: the words that say it. related: ids of facts that belong to it.
    """

    id: str
    layer: str
    kind: str
    title: str
    key: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]
    slots: tuple[Slot, ...] = ()
    note: str = ""
    related: tuple[str, ...] = ()
    minor: bool = False
    score: float | None = None


class Section(NamedTuple):
    """Facts of one kind under a heading. empty: what to say where there are none."""

    name: str
    title: str
    facts: tuple[Fact, ...]
    empty: str
