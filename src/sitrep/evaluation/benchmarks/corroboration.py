"""Corroboration at scale: generated events of a war that never was, brought together into incidents."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench

PAPER = (
    "Our own definition, over `evaluation/generate.py`: reports leave out places, days, actors and tolls, name the "
    "province or a neighbour, and are a day off. pair_precision, pair_recall, pair_f1: pairs of events of one "
    "incident. cpu_seconds: one process, generating left out. --limit: how many events (default 10,000)."
)
SCORES = ("pair_f1", "cpu_seconds")
# no folder of data is read
GENERATED = True
EVENTS = 10_000


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over as many events as there are rows."""
    from sitrep.corroboration.cluster import cluster
    from sitrep.evaluation.generate import events

    del bench
    told = list(events(len(rows) or EVENTS))
    truth = {entry.sketch.ref: entry.incident for entry in told}
    gc.collect()
    began = time.process_time()
    groups = cluster(entry.sketch for entry in told)
    spent = time.process_time() - began
    found = sum(len(group) * (len(group) - 1) // 2 for group in groups)
    true: dict[int, int] = {}
    for incident in truth.values():
        true[incident] = true.get(incident, 0) + 1
    wanted = sum(size * (size - 1) // 2 for size in true.values())
    right = 0
    for group in groups:
        inside: dict[int, int] = {}
        for sketch in group:
            inside[truth[sketch.ref]] = inside.get(truth[sketch.ref], 0) + 1
        right += sum(size * (size - 1) // 2 for size in inside.values())
    precision, recall = right / found if found else 0.0, right / wanted if wanted else 0.0
    return {
        "pair_f1": 2 * precision * recall / (precision + recall) if right else 0.0,
        "pair_precision": precision,
        "pair_recall": recall,
        "incidents": float(len(groups)),
        "cpu_seconds": spent,
    }
