"""What ACLED, UCDP GED and PLOVER make of one article, checked against their rules of aggregation and inclusion.

python scripts/codings_of.py ARTICLE [--published DATE]

Prints the codings, and ends with an error where two ACLED rows share pair, place and day, where a strict GED row has
no reported death, or where an event without a GED row has no reason.
"""

from __future__ import annotations

import argparse
from collections import Counter

import sitrep
from sitrep.export import LeftOut, Row, acled, get_exporter
from sitrep.export import ged as ged_format


def main() -> None:
    """Print and check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("article")
    parser.add_argument("--published")
    asked = parser.parse_args()
    reading = sitrep.read(asked.article, published=asked.published)
    problems: list[str] = []
    say = print
    say(f"published {reading.report.published.value} ({reading.report.published.basis})\n\nACLED")
    pairs: Counter[tuple[object, ...]] = Counter()
    for row in acled.code(reading):
        if isinstance(row, LeftOut):
            continue
        cells = {name: cell.value for name, cell in row.cells.items()}
        pairs[frozenset((cells["actor1"], cells["actor2"])), cells["location"], cells["event_date"]] += 1
        shown = ("event_date", "time_precision", "location", "geo_precision", "actor1", "inter1", "actor2", "inter2",
                 "interaction", "sub_event_type", "fatalities")  # fmt: skip
        say("  " + " | ".join(str(cells[name]) for name in shown))
        say(f"    rule: {row.cells['sub_event_type'].rule}")
        if row.cells["sub_event_type"].rejected:
            say(f"    decided against: {row.cells['sub_event_type'].rejected}")
    problems += [f"ACLED has {count} rows of {pair}" for pair, count in pairs.items() if count > 1]
    say("\nGED, strict")
    coded, left = 0, Counter[str]()
    for row in ged_format.code(reading, strict=True):
        if isinstance(row, Row):
            coded += 1
            if not row.cells["high"].value:
                problems.append(f"GED row {row.id} has no reported death")
        else:
            left[row.reason] += 1
            if not row.reason:
                problems.append(f"event {row.event} is left out without a reason")
    say(f"  {coded} rows; left out: " + "; ".join(f"{count} × {reason}" for reason, count in left.most_common()))
    say("\nPLOVER")
    for record in get_exporter("plover").code(reading):  # type: ignore[attr-defined]
        if isinstance(record, LeftOut):
            continue
        sides = " → ".join(
            ", ".join(f"{side['code']} {side['sector']}" for side in record[which]) or "-"
            for which in ("actor", "recipient")
        )
        mode = "/".join((*record["event"], *record["mode"]))
        also = ", ".join((*record["context"], *record["auxiliary_mode"]))
        say(f"  {record['date']}  {mode:24} {sides}  {also}  “{record['event_text'][0]}”")
    for problem in problems:
        say(f"WRONG: {problem}")
    raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
