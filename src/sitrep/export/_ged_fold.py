"""UCDP's fold over reports: what several tell of one dyad, place and dates is one row, and no death counts twice."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sitrep.export._cells import Row
from sitrep.export._fold import Fold, Values, union

SAME = ("type_of_violence", "dyad_name", "country", "adm_1", "where_coordinates", "date_start", "date_end")
DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best")
BEST = "the best estimate that most reports give; of those that as many give, the lower one"
RULES = dict.fromkeys(DEATHS, BEST) | {
    "number_of_sources": "how many reports tell of it", "source_article": "all reports, joined by semicolons",
    "source_office": "all outlets", "source_date": "the dates of all reports", "source_headline": "all titles",
    "source_original": "all who are said to have said it", "where_prec": "the closest",
    "where_description": "all words on the place", "latitude": "of the closest place",
    "longitude": "of the closest place", "geom_wkt": "of the closest place", "priogrid_gid": "of the closest place",
    "code_status": "clear where any report gives a death", "event_clarity": "the clearest",
    "low": "the lowest figure of any report", "high": "the highest figure of any report",
}  # fmt: skip
# the estimates that went into a row, one a report, for as long as rows are folded
SAID = "_said"


def key(row: Row) -> str:
    """What rows of one dyad, place and dates have in common."""
    return json.dumps([row.cells[name].value for name in SAME])


def fold(row: Values, other: Values) -> Values:
    """One row of two reports' rows."""
    said = [*row.get(SAID, [_deaths(row)]), *other.get(SAID, [_deaths(other)])]
    folded = {**row, SAID: said}
    folded["number_of_sources"] = row["number_of_sources"] + other["number_of_sources"]
    folded["source_article"] = ";".join(one["source_article"] for one in (row, other))
    for name in ("source_office", "source_date", "source_headline"):
        folded[name] = ";".join(str(one[name]) for one in (row, other) if one[name]) or None
    for name in ("source_original", "where_description"):
        folded[name] = union(row[name], other[name])
    if (other["where_prec"] or 9) < (row["where_prec"] or 9):
        folded |= {name: other[name] for name in ("where_prec", "latitude", "longitude", "geom_wkt", "priogrid_gid")}
    folded |= _best(said)
    lows = [one["low"] for one in (row, other) if one["high"]]
    folded["low"], folded["high"] = min(lows, default=0), max(row["high"], other["high"])
    if other["code_status"] == "Clear":
        folded["code_status"] = "Clear"
    return folded


def _deaths(row: Values) -> list[Any]:
    return [row[name] for name in DEATHS]


def _best(said: list[list[Any]]) -> Values:
    told = [deaths for deaths in said if deaths[-1]] or said
    times = Counter(deaths[-1] for deaths in told)
    total = min(times, key=lambda best: (-times[best], best))
    return dict(zip(DEATHS, next(deaths for deaths in told if deaths[-1] == total), strict=True))


FOLD = Fold(key, fold, RULES)
