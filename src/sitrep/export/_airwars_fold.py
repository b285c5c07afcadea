"""Airwars' fold over reports: the reports of one incident are one line, graded by all of them together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sitrep.export._cells import Row
from sitrep.export._fold import Fold, Values
from sitrep.model import Incident

STATUS = "contested where any report denies it, declared where any declares it, likely where two sources tell of it"
GRADE = (
    "contested where harm is denied or several belligerents are named, confirmed where the belligerent accepts it, "
    "fair with two sources of a declared or likely strike, else weak"
)
RULES = {
    "code": "the archive's incident", "date": "the most precise date", "date_end": "the most precise date",
    "date_type": "the most precise date", "strike_status": STATUS, "civilian_harm_status": GRADE,
    "civilian_harm_reported": "whether any report tells of harm to civilians", "belligerents": "all who are named",
    "casualties": "the lowest and the highest figures of all reports", "sources": "all reports",
    "statements": "all statements", "targeted_belligerent": "the first that is told",
    "summary": "the first report's words",
}  # fmt: skip
# how many independent sources the incident has, for as long as lines are folded: copies of one text are one
INDEPENDENT = "_independent"
BOUNDS = (("killed_min", min), ("killed_max", max), ("injured_min", min), ("injured_max", max))


def airwars_fold(incidents: Iterable[Incident]) -> Fold:
    """How lines become one by the incidents of an archive."""
    incidents = list(incidents)
    of = {(ref.report, ref.event): incident.id for incident in incidents for ref in incident.events}
    sources = {incident.id: incident.sources for incident in incidents}

    def key(row: Row) -> str | None:
        return of.get((row.report, row.events[0]))

    def begin(name: str, values: Values) -> Values:
        return values | {"code": name, INDEPENDENT: sources[name]}

    return Fold(key, fold, RULES, begin)


def fold(row: Values, other: Values) -> Values:
    """One line of two reports' lines."""
    folded = {name: other[name] if value is None else value for name, value in row.items()}
    if row["date_type"] != "date" and other["date_type"] == "date":
        folded |= {name: other[name] for name in ("date_type", "date", "date_end")}
    folded["sources"] = _each(row["sources"], other["sources"], "name")
    folded["statements"] = [*row["statements"], *(one for one in other["statements"] if one not in row["statements"])]
    known = [one for one in (*row["belligerents"], *other["belligerents"]) if one["type"] == "Known"]
    folded["belligerents"] = _each(known, [*row["belligerents"], *other["belligerents"]], "name")
    # nobody named is another belligerent only where nobody is
    if len(folded["belligerents"]) > 1:
        folded["belligerents"] = [one for one in folded["belligerents"] if one["name"] != "Unknown"]
    folded["casualties"] = _casualties(row["casualties"], other["casualties"])
    folded["civilian_harm_reported"] = row["civilian_harm_reported"] or other["civilian_harm_reported"]
    folded["strike_status"] = _status(row, other)
    folded["civilian_harm_status"] = _grade(row, other, folded)
    return folded


def _each(first: list[Any], second: list[Any], name: str) -> list[Any]:
    found = {one[name]: one for one in reversed([*first, *second])}
    return [found[key] for key in dict.fromkeys(one[name] for one in (*first, *second))]


def _status(row: Values, other: Values) -> str:
    said = {row["strike_status"], other["strike_status"]}
    for status in ("contested_strike", "declared_strike"):
        if status in said:
            return status
    return "likely_strike" if row[INDEPENDENT] > 1 else "single_source_claim"


def _grade(row: Values, other: Values, folded: Values) -> str | None:
    said = {row["civilian_harm_status"], other["civilian_harm_status"]}
    if not folded["civilian_harm_reported"]:
        return None
    if "contested" in said or folded["strike_status"] == "contested_strike" or len(folded["belligerents"]) > 1:
        return "contested"
    if "confirmed" in said:
        return "confirmed"
    near = folded["strike_status"] in ("declared_strike", "likely_strike")
    return "fair" if near and row[INDEPENDENT] > 1 else "weak"


def _casualties(first: list[Values], second: list[Values]) -> list[Values]:
    rows: dict[str, Values] = {}
    for one in (*first, *second):
        held = rows.setdefault(one["casualty_type"], dict(one))
        for name, bound in BOUNDS:
            numbers = [number for number in (held[name], one[name]) if number is not None]
            held[name] = bound(numbers, default=None)
    return list(rows.values())
