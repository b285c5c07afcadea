"""ACLED's count of the dead: only reported deaths, the lowest of rival figures, words as fixed numbers."""

from __future__ import annotations

from collections.abc import Iterable

from sitrep.export._cells import Cell
from sitrep.export._facts import quote
from sitrep.model import Quantity

# the numbers that ACLED's codebook fixes for words; "several" is 3 in a small attack and 10 in a large one
WORDS = {"several": 3, "few": 3, "some": 3, "many": 10, "tens": 10, "scores": 10, "dozens": 12, "hundreds": 100}
# words that count everybody, beside which a figure for one group is a part
ANYBODY = frozenset({None, "people", "person", "persons", "dead", "death", "deaths", "body", "bodies", "victims"})


def fatalities(figures: Iterable[Quantity]) -> Cell:
    """The number of dead and how it came about. Nothing reported is 0 in ACLED, and the rule says so."""
    groups: dict[tuple[str | None, str | None], list[tuple[int, Quantity]]] = {}
    for figure in figures:
        number = lowest(figure)
        if number is not None:
            of = figure.of.lower() if figure.of else None
            key = (None, None) if of in ANYBODY and figure.side is None else (figure.side, of)
            groups.setdefault(key, []).append((number, figure))
    if not groups:
        return Cell(0, "no number of dead is reported: ACLED writes 0 for unknown")
    totals = groups.pop((None, None), None)
    if totals is not None and groups:
        return _least(totals, "a figure for all of the dead stands beside figures for some", _said(groups.values()))
    if totals is not None:
        return _least(totals, "the number reported")
    if len(groups) == 1:
        return _least(next(iter(groups.values())), "the number reported")
    parts = [_least(figures, "") for figures in groups.values()]
    return Cell(
        sum(int(part.value or 0) for part in parts),
        f"the dead of {len(parts)} groups added up",
        tuple(evidence for part in parts for evidence in part.evidence),
        "; ".join(filter(None, (part.rejected for part in parts))),
    )


def lowest(figure: Quantity) -> int | None:
    """The lowest number that a figure's words allow, a fixed one for words; null where they give none."""
    for value in (figure.low, figure.best, WORDS.get(figure.modifier or ""), figure.high):
        if value is not None:
            return int(value)
    return None


def _least(figures: list[tuple[int, Quantity]], why: str, beside: str = "") -> Cell:
    number, figure = min(figures, key=lambda pair: pair[0])
    if figure.best is None and figure.low is None and figure.modifier in WORDS:
        why = f"{figure.modifier!r} is coded as {number}"
    rivals = sorted({(other, quote(found.evidence)) for other, found in figures if other != number})
    if rivals:
        why = "of rival figures the lowest"
    rejected = "; ".join(filter(None, [", ".join(f"{other} ({words})" for other, words in rivals), beside]))
    return Cell(number, why, figure.evidence, rejected)


def _said(groups: Iterable[list[tuple[int, Quantity]]]) -> str:
    return ", ".join(f"{number} ({quote(figure.evidence)})" for group in groups for number, figure in group)
