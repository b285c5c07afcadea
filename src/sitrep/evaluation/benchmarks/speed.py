"""Speed: whole readings against bare spaCy in the same process, memory, and the first reading of a new process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from sitrep.errors import BenchmarkError

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench

PAPER = (
    "Our own measure, in a process of its own on one core: the shortest of three runs over the rows (at most 200). "
    "ratio_to_spacy: time of bare `nlp.pipe` over the same texts by the time of the whole reading. cold_s: from the "
    "start of that process to the end of its first reading, imports and models included. peak_mb: its largest memory."
)
SCORES = ("ratio_to_spacy", "tokens_per_s", "peak_mb", "cold_s")
MOST = 200


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:  # noqa: ARG001 - the readings are the probe's
    """Measurements over the rows of a split."""
    texts = [
        {
            "id": str(row.get("doc_id", row.get("id", n))),
            "title": row.get("title"),
            "text": row["text"],
            "published": row.get("published") or row.get("date"),
        }
        for n, row in enumerate(rows[:MOST])
    ]
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "sitrep.evaluation.probe"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as probe:
        if probe.stdin is None or probe.stdout is None or probe.stderr is None:
            raise BenchmarkError("Running benchmark 'speed': the probe has no pipes.", todo="", benchmark="speed")
        probe.stdin.write(json.dumps(texts))
        probe.stdin.close()
        first = probe.stdout.readline()
        cold = time.perf_counter() - began
        measured = probe.stdout.readline()
        errors = probe.stderr.read()
    if not first or not measured:
        raise BenchmarkError(
            f"Running benchmark 'speed': the probe ended early: {errors.strip()[-400:]}",
            todo="Read one of the reports with `sitrep read` and see what it says.",
            benchmark="speed",
        )
    return {**json.loads(measured), "cold_s": cold}
