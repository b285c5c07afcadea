"""ACLED's fold over reports: what several tell of one pair of actors, at one place on one day, is one row."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sitrep.export._cells import Row
from sitrep.export._fold import BETWEEN, Fold, Values, union
from sitrep.ontology.codebooks import load_acled_rules

SAME = ("iso", "admin1", "location", "event_date", "time_precision")
# what the type of a row brings with it
OF_TYPE = (
    "disorder_type", "event_type", "sub_event_type", "actor1", "inter1", "actor2", "inter2", "interaction",
    "civilian_targeting", "tags",
)  # fmt: skip
RULES = dict.fromkeys(OF_TYPE, "that of the type which stands higher in ACLED's order") | {
    "assoc_actor_1": "all that any report names", "assoc_actor_2": "all that any report names",
    "fatalities": "the lowest number of dead that a report gives, until one is better corroborated",
    "source": "all sources", "source_scale": "all scales, at most two",
    "geo_precision": "the closest", "latitude": "of the closest place", "longitude": "of the closest place",
    "timestamp": "the latest", "notes": "those of the type that stands higher, with who else reported it",
}  # fmt: skip


def key(row: Row) -> str:
    """What rows of one pair of actors, place and day have in common."""
    cells = row.cells
    sides = sorted(str(cells[side].value) for side in ("actor1", "actor2"))
    return json.dumps([*(cells[name].value for name in SAME), *sides])


def fold(row: Values, other: Values) -> Values:
    """One row of two reports' rows: the type that stands higher in ACLED's order, all sources, the lowest toll told."""
    order = load_acled_rules().precedence
    first, second = sorted((row, other), key=lambda one: order.index(one["sub_event_type"]))
    # of equals, the row that came first
    if row["sub_event_type"] == other["sub_event_type"]:
        first, second = row, other
    folded = {**row, **{name: first[name] for name in OF_TYPE}}
    sides = {first["actor1"], first["actor2"]}
    for name in ("assoc_actor_1", "assoc_actor_2"):
        folded[name] = union(first[name], second[name], without=sides)
    tolls = [one["fatalities"] for one in (row, other) if one["fatalities"]]
    folded["fatalities"] = min(tolls, default=0)
    folded["source"] = union(row["source"], other["source"])
    scales = union(row["source_scale"], other["source_scale"], without={"Other"}) or "Other"
    folded["source_scale"] = scales.replace(BETWEEN, "-")
    folded["geo_precision"] = min(row["geo_precision"], other["geo_precision"])
    nearer = row if row["geo_precision"] <= other["geo_precision"] else other
    folded |= {name: nearer[name] for name in ("latitude", "longitude")}
    folded["timestamp"] = max(row["timestamp"], other["timestamp"])
    folded["notes"] = _notes(first, second, tolls)
    return folded


def _notes(first: Values, second: Values, tolls: Sequence[int]) -> str:
    told = str(first["notes"])
    if second["source"] not in told.rpartition(" Also reported by ")[2].rstrip(".").split(BETWEEN):
        before, also, rest = told.rpartition(" Also reported by ")
        names = union(rest.rstrip(".") if also else None, second["source"])
        told = f"{before if also else told} Also reported by {names}."
    if len(set(tolls)) > 1 and "The lowest figure is taken" not in told:
        told = told.replace(" Also reported by ", " The lowest figure is taken. Also reported by ", 1)
    return told


FOLD = Fold(key, fold, RULES)
