"""The situation report, before it is a page: its events in order, its counts, and its map as lines and circles."""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sitrep.export._cells import Cell, Coded
from sitrep.export._events import EVENTS
from sitrep.model import Reading
from sitrep.ontology.load import load_ontology

OUTLINES = Path(__file__).parent / "data" / "outlines.json.gz"
# degrees: the least that a map shows, and how much it shows around what is on it
LEAST, AROUND = 2.0, 0.25
LABELS = 25
# days of a timeline that shows those without events, too
LONGEST = 92
HAPPENED = ("occurred", "ongoing")
# colours of Okabe and Ito, told apart by the colour-blind too, by group of event types
COLOURS = {
    "violence": "#d55e00", "remote_violence": "#e69f00", "territory": "#009e73", "detention": "#cc79a7",
    "destruction": "#b8a400", "dissent": "#0072b2", "movement": "#56b4e9",
}  # fmt: skip
OTHER = "#777777"
type Point = tuple[float, float]
type Told = dict[str, Any]


class Circle(NamedTuple):
    """Events at one place. x, y and r: shares of the map's width. names: what happened, by count."""

    x: float
    y: float
    r: float
    colour: str
    place: str
    names: str


@dataclass
class Brief:
    """What a situation report tells. height: the map's, as a share of its width."""

    title: str
    dated: str | None
    reports: int = 0
    news: list[Told] = field(default_factory=list[Told])
    unsure: list[Told] = field(default_factory=list[Told])
    history: list[Told] = field(default_factory=list[Told])
    outlets: Counter[str] = field(default_factory=Counter[str])

    @property
    def span(self) -> str:
        """From which day to which the news goes."""
        days = sorted(row["date_start"] for row in self.news if row["date_start"])
        if not days:
            return "no date is known"
        return days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """How many events of each kind, the most first."""
        return Counter(row["label"] for row in self.news).most_common()

    @property
    def days(self) -> list[tuple[str, Counter[str]]]:
        """The kinds of events of each day."""
        found: dict[str, Counter[str]] = {}
        for row in self.news:
            if row["date_start"] and row["date_start"] == row["date_end"]:
                found.setdefault(row["date_start"], Counter())[colour_of(row["type"])] += 1
        days = sorted(found)
        if days and (span := _days(days[0], days[-1])) <= LONGEST:
            # days without events are part of the picture, where they fit
            first = date.fromisoformat(days[0])
            days = [(first + timedelta(days=n)).isoformat() for n in range(span + 1)]
        return [(day, found.get(day, Counter())) for day in days]


def brief(readings: Iterable[Reading], title: str, dated: str | None) -> Brief:
    """Gather what a situation report tells."""
    made = Brief(title, dated)
    for reading in readings:
        if not reading.report.text:
            continue
        made.reports += 1
        made.outlets[reading.report.outlet or reading.report.source.id] += 1
        for values in EVENTS.values([reading]):
            row = dict(zip(EVENTS.names, values, strict=True))
            lot = made.history if row["background"] else made.news if row["factuality"] in HAPPENED else made.unsure
            lot.append(row)
    for lot in (made.news, made.unsure, made.history):
        lot.sort(key=lambda row: (row["date_start"] or "9999", row["place"] or "", row["report"], row["start"]))
    return made


def under(made: Brief) -> str:
    """What stands under the title: when, how many, from whom, and what it is."""
    outlets = ", ".join(name for name, _ in made.outlets.most_common(8))
    more = f" and {len(made.outlets) - 8} more" if len(made.outlets) > 8 else ""
    dated = f"{made.dated} · " if made.dated else ""
    return (
        f"{dated}{len(made.news)} events of {made.span}, from {made.reports} reports ({outlets}{more}). A reading of "
        "reports, not a finding of fact: check each line against its words."
    )


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def colour_of(kind: str) -> str:
    """The colour of an event type's group."""
    known = load_ontology().events.get(kind)
    return COLOURS.get(known.parent, OTHER) if known else OTHER


def when(row: Told) -> str:
    """An event's days."""
    first, last = row["date_start"], row["date_end"]
    if not first:
        return "no date said"
    return first if first == last or not last else f"{first} to {last}"


def toll(row: Told) -> str:
    """An event's dead and injured as the words say them; nothing where nothing is said."""
    told: list[str] = []
    for kind in ("killed", "injured"):
        low, best, high = (row[f"{kind}_{bound}"] for bound in ("low", "best", "high"))
        if low is not None and high is None:
            told.append(f"at least {low:g} {kind}")
        elif best is not None:
            told.append(f"{best:g} {kind}")
        elif low is not None or high is not None:
            told.append(f"up to {high:g} {kind}" if low is None else f"{low:g} to {high:g} {kind}")
    return ", ".join(told)


def sentence(row: Told) -> str:
    """An event in one line."""
    who = row["agents"] or "nobody named"
    return f"{row['label']}: {who}{' → ' + row['targets'] if row['targets'] else ''}"


COLUMNS = ("When", "Where", "What", "Reported toll", "Said by", "Words")
# the archive's view: its columns by those of `csv`
VIEW = {
    "When": "date_start", "Until": "date_end", "Where": "place", "What": "label", "Who": "agents", "Whom": "targets",
    "Killed": "killed_best", "Injured": "injured_best", "Said by": "said_by", "Words": "quote",
}  # fmt: skip


def line(row: Told) -> tuple[str, str, str, str, str]:
    """An event as a table shows it: when, where, what, the toll and who says so."""
    # what did not simply happen says so
    state = "" if row["factuality"] == "occurred" else f" ({row['factuality']})"
    return when(row), row["place"] or "no place said", sentence(row) + state, toll(row), row["said_by"] or ""


def code(reading: Reading) -> Coded:
    """The lines of a situation report, each cell with its rule and its words."""
    for row in EVENTS.coded(reading):
        told = {name: cell.value for name, cell in row.cells.items()}
        days, where, what, harmed, said_by = line(told)
        cells = {
            "When": Cell(days, "the first and last possible day", row.cells["date_start"].evidence),
            "Where": Cell(where, row.cells["place"].rule, row.cells["place"].evidence,
                          row.cells["place"].rejected),
            "What": Cell(what, "the type in words, who does it and whom it hits; what did not "
                         "happen says so", (*row.cells["agents"].evidence, *row.cells["targets"].evidence)),
            "Reported toll": Cell(harmed or None, "the first figure of killed and of injured, with its bound",
                                  (*row.cells["killed_best"].evidence, *row.cells["injured_best"].evidence),
                                  row.cells["killed_best"].rejected),
            "Said by": Cell(said_by or None, row.cells["said_by"].rule, row.cells["said_by"].evidence),
            "Words": Cell(told["quote"], row.cells["quote"].rule, row.cells["quote"].evidence),
        }  # fmt: skip
        yield row._replace(cells=cells)


class Map:
    """Where the news is: coasts and borders around it, and a circle for each place as wide as its place may reach."""

    def __init__(self, rows: list[Told]) -> None:
        at = [(row["longitude"], row["latitude"]) for row in rows if row["latitude"] is not None]
        self.empty = not at
        self.rows = rows
        west, east = _wide([lon for lon, _ in at] or [0.0])
        south, north = _wide([lat for _, lat in at] or [0.0])
        # a degree of longitude is shorter away from the equator
        self._shrink = max(0.1, math.cos(math.radians((south + north) / 2)))
        self._west, self._north = west, north
        self._scale = 1 / ((east - west) * self._shrink)
        self.height = (north - south) * self._scale
        self.box = (west, south, east, north)

    def place(self, lon: float, lat: float) -> Point:
        """A point in shares of the map's width, from its upper left corner."""
        return (lon - self._west) * self._shrink * self._scale, (self._north - lat) * self._scale

    def lines(self) -> Iterator[list[Point]]:
        """Coasts and borders that cross the map."""
        west, south, east, north = self.box
        for line in outlines():
            part: list[Point] = []
            for lon, lat in line:
                if west - 1 <= lon <= east + 1 and south - 1 <= lat <= north + 1:
                    part.append(self.place(lon, lat))
                elif len(part) > 1:
                    yield part
                    part = []
                else:
                    part = []
            if len(part) > 1:
                yield part

    def circles(self) -> list[Circle]:
        """One circle a place, the widest first."""
        places: dict[tuple[float, float, str], list[Told]] = {}
        for row in self.rows:
            if row["latitude"] is not None:
                places.setdefault((row["longitude"], row["latitude"], row["place"]), []).append(row)
        found: list[Circle] = []
        for (lon, lat, name), rows in places.items():
            x, y = self.place(lon, lat)
            reach = max((row["radius_m"] or 0) for row in rows) / 111_320 * self._scale
            kinds = Counter(row["label"] for row in rows).most_common()
            names = ", ".join(f"{label} ×{count}" if count > 1 else label for label, count in kinds)
            found.append(Circle(x, y, max(0.006, min(reach, 0.2)), colour_of(rows[0]["type"]), name, names))
        return sorted(found, key=lambda circle: (-circle.r, circle.place))


def _wide(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    more = max((high - low) * AROUND, (LEAST - (high - low)) / 2)
    return low - more, high + more


@lru_cache(maxsize=1)
def outlines() -> list[list[Point]]:
    """Coasts and borders of the world, in degrees."""
    lines: list[list[Point]] = []
    for flat in json.loads(gzip.decompress(OUTLINES.read_bytes())):
        x = y = 0
        line: list[Point] = []
        for dx, dy in zip(flat[::2], flat[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x / 100, y / 100))
        lines.append(line)
    return lines
