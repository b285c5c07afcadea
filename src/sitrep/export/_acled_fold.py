"""ACLED's fold over reports: what several tell of one pair of actors, at one place on one day, is one row.

Rows wait in a temporary file of SQLite's own, so that memory does not grow with the archive.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sitrep.export._cells import Value
from sitrep.ontology.codebooks import load_acled_rules

SAME = ("iso", "admin1", "location", "event_date", "time_precision")
# what the type of a row brings with it
OF_TYPE = (
    "disorder_type", "event_type", "sub_event_type", "actor1", "inter1", "actor2", "inter2", "interaction",
    "civilian_targeting", "tags",
)  # fmt: skip
BETWEEN = "; "


def one_each(rows: Iterable[list[Value]], columns: Sequence[str]) -> Iterator[list[Value]]:
    """Rows in their order, those of one pair, place and day as one."""
    # an empty name is a file that nobody else sees and that goes with the connection
    waiting = sqlite3.connect("")
    try:
        waiting.execute("CREATE TABLE held (number INTEGER PRIMARY KEY, key TEXT UNIQUE, line TEXT)")
        for values in rows:
            row = dict(zip(columns, values, strict=True))
            key = json.dumps([*(row[name] for name in SAME), *sorted(str(row[side]) for side in ("actor1", "actor2"))])
            known = waiting.execute("SELECT line FROM held WHERE key = ?", (key,)).fetchone()
            if known is None:
                waiting.execute("INSERT INTO held (key, line) VALUES (?, ?)", (key, json.dumps(row)))
            else:
                row = fold(json.loads(known[0]), row)
                waiting.execute("UPDATE held SET line = ? WHERE key = ?", (json.dumps(row), key))
        for (line,) in waiting.execute("SELECT line FROM held ORDER BY number"):
            row = json.loads(line)
            yield [row[column] for column in columns]
    finally:
        waiting.close()


def fold(row: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """One row of two reports' rows: the type that stands higher in ACLED's order, all sources, the lowest toll told."""
    order = load_acled_rules().precedence
    first, second = sorted((row, other), key=lambda one: order.index(one["sub_event_type"]))
    # of equals, the row that came first
    if row["sub_event_type"] == other["sub_event_type"]:
        first, second = row, other
    folded = {**row, **{name: first[name] for name in OF_TYPE}}
    sides = {first["actor1"], first["actor2"]}
    for name in ("assoc_actor_1", "assoc_actor_2"):
        folded[name] = _all(first[name], second[name], without=sides)
    tolls = [one["fatalities"] for one in (row, other) if one["fatalities"]]
    folded["fatalities"] = min(tolls, default=0)
    folded["source"] = _all(row["source"], other["source"])
    scales = _all(row["source_scale"], other["source_scale"], without={"Other"}) or "Other"
    folded["source_scale"] = scales.replace(BETWEEN, "-")
    folded["geo_precision"] = min(row["geo_precision"], other["geo_precision"])
    nearer = row if row["geo_precision"] <= other["geo_precision"] else other
    folded |= {name: nearer[name] for name in ("latitude", "longitude")}
    folded["timestamp"] = max(row["timestamp"], other["timestamp"])
    folded["notes"] = _notes(first, second, tolls)
    return folded


def _all(*values: str | None, without: Iterable[str | None] = ()) -> str | None:
    """What stands in lists of names, each once."""
    names = [name for value in values if value for name in value.split(BETWEEN)]
    return BETWEEN.join(dict.fromkeys(name for name in names if name not in set(without))) or None


def _notes(first: dict[str, Any], second: dict[str, Any], tolls: Sequence[int]) -> str:
    told = str(first["notes"])
    if second["source"] not in told.rpartition(" Also reported by ")[2].rstrip(".").split(BETWEEN):
        before, also, rest = told.rpartition(" Also reported by ")
        names = _all(rest.rstrip(".") if also else None, second["source"])
        told = f"{before if also else told} Also reported by {names}."
    if len(set(tolls)) > 1 and "The lowest figure is taken" not in told:
        told = told.replace(" Also reported by ", " The lowest figure is taken. Also reported by ", 1)
    return told
