"""A process of its own that measures speed and memory: texts on standard input, measurements on standard output.

`python -m sitrep.evaluation.probe`: one JSON list of {"id", "title", "text", "published"} in, one JSON object a
line out: first {"first_reading": true} when the first report is read, then the measurements.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import time
from typing import Any

# the shortest of so many runs: what the machine does besides only ever adds time
RUNS = 3


def main() -> None:
    """Measure and report."""
    rows: list[dict[str, Any]] = json.load(sys.stdin)
    with contextlib.suppress(AttributeError, OSError):
        # one core, for both sides of the ratio
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from pathlib import Path

    from sitrep.evaluation.harness import Bench

    bench = Bench(Path())
    reports = [
        bench.report(str(row["id"]), row["text"], title=row.get("title"), published=row.get("published"))
        for row in rows
    ]
    reader = bench.reader
    reader.read(reports[0])
    say({"first_reading": True})
    nlp = reader.parser.nlp
    texts = [report.text for report in reports]
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    reading = parsing = float("inf")
    for _ in range(RUNS):
        gc.collect()
        began = time.perf_counter()
        for _doc in nlp.pipe(texts):
            pass
        parsing = min(parsing, time.perf_counter() - began)
        gc.collect()
        began = time.perf_counter()
        for _reading in reader.read_many(reports):
            pass
        reading = min(reading, time.perf_counter() - began)
    say(
        {
            "ratio_to_spacy": parsing / reading,
            "tokens_per_s": tokens / reading,
            "spacy_tokens_per_s": tokens / parsing,
            "reports_per_s": len(reports) / reading,
            "peak_mb": peak_mb(),
        }
    )


def peak_mb() -> float | None:
    """The largest memory that this process ever held, in megabytes; null where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # kilobytes on Linux, bytes on macOS
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def say(measured: dict[str, Any]) -> None:
    """One line to the process that asked."""
    sys.stdout.write(json.dumps(measured) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
