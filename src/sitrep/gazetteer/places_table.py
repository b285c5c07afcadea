"""The tables of a compiled gazetteer of places, and who writes them."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from sitrep.gazetteer.places_names import bare, bones, checksum, fold
from sitrep.model import PlaceKind

# part of the file's name: a change of tables or of folding makes every machine compile anew
SCHEMA = 5
TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  key INTEGER PRIMARY KEY, geonames INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL NOT NULL,
  lon REAL NOT NULL, country TEXT NOT NULL, admin1 TEXT, admin1_name TEXT, admin2 TEXT,
  population INTEGER NOT NULL, feature TEXT NOT NULL, radius_km REAL NOT NULL);
CREATE TABLE name (name TEXT, place INTEGER, rank INTEGER NOT NULL, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE adjective (word TEXT, place INTEGER, PRIMARY KEY (word, place)) WITHOUT ROWID;
CREATE TABLE spelling (bones TEXT, place INTEGER, name TEXT, PRIMARY KEY (bones, place, name)) WITHOUT ROWID;
CREATE TABLE domain (suffix TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE membership (sums BLOB NOT NULL);
CREATE TEMP TABLE raw (name TEXT, place INTEGER, rank INTEGER);
"""
INDEXES = """
INSERT INTO name SELECT name, place, min(rank) FROM raw GROUP BY name, place ORDER BY name, place;
DROP TABLE raw;
CREATE INDEX place_division ON place (country, admin1) WHERE kind = 'admin1';
CREATE INDEX place_country ON place (country) WHERE kind = 'country';
CREATE INDEX place_capital ON place (country) WHERE feature = 'PPLC';
"""
BATCH = 20_000
# countries whose names reach Latin letters by ear: newspapers spell them in more ways than a gazetteer lists
BY_EAR = frozenset(
    "AFG ARE BHR DJI DZA EGY ERI ETH IRN IRQ JOR KWT LBN LBY MAR MRT OMN PAK PSE QAT SAU SDN SOM SSD SYR TUN "
    "YEM".split()
)
Progress = Callable[[str], None]


class Row(NamedTuple):
    """One place on its way into the gazetteer, in the order of the table's columns."""

    geonames: int | None
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    country: str
    admin1: str | None
    admin1_name: str | None
    admin2: str | None
    population: int
    feature: str
    radius_km: float


class Compiler:
    """Writes places and their names in batches, then sorts the names."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path)
        self.db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=FILE;" + TABLES)
        self.count = 0
        self._places: list[tuple[Any, ...]] = []
        self._names: list[tuple[str, int, int]] = []
        self._spellings: list[tuple[str, int, str]] = []

    def add(
        self,
        row: Row,
        others: Iterable[str] = (),
        *,
        short: Iterable[str] = (),
        always: Iterable[str] = (),
        brief: Iterable[str] = (),
    ) -> int:
        """Add a place with its other names, its shortened forms and its abbreviations; gives its key.

        always: other names that are names whatever they look like ("UAE").
        """
        self.count += 1
        key = self.count
        self._places.append((key, *row))
        folded = fold(row.name)
        ranks = {folded: 0}
        for name in always:
            ranks.setdefault(fold(name), 0)
        for name in others:
            if is_name(name):
                ranks.setdefault(fold(name), 1)
        for name in short:
            ranks.setdefault(fold(name), 2)
        for name in brief:
            ranks.setdefault(fold(name), 3)
        for name in tuple(ranks):
            shorter = bare(name)
            if shorter:
                ranks.setdefault(shorter, max(1, ranks[name]))
        self._names.extend((name, key, rank) for name, rank in ranks.items() if name)
        if row.country in BY_EAR:
            self._spellings.extend(
                (sound, key, name) for name, rank in ranks.items()
                if rank < 2 and name.isascii() and (sound := bones(name)) is not None
            )  # fmt: skip
        if len(self._places) >= BATCH:
            self.flush()
        return key

    def rename(self, key: int, names: Iterable[str]) -> int:
        """Give a place that was added further names of its own."""
        self._names.extend((fold(name), key, 0) for name in names)
        return key

    def adjectives(self, key: int, words: Iterable[str]) -> None:
        """Words for "of this place"."""
        rows = [(fold(word), key) for word in words]
        self.db.executemany("INSERT OR IGNORE INTO adjective VALUES (?, ?)", rows)

    def domain(self, key: int, suffix: str) -> None:
        """The suffix of internet addresses in a country."""
        self.db.execute("INSERT OR IGNORE INTO domain VALUES (?, ?)", (suffix, key))

    def flush(self) -> None:
        """Write what has gathered."""
        self.db.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._places)
        self.db.executemany("INSERT INTO raw VALUES (?, ?, ?)", self._names)
        self.db.executemany("INSERT OR IGNORE INTO spelling VALUES (?, ?, ?)", self._spellings)
        self._spellings.clear()
        self._places.clear()
        self._names.clear()

    def finish(self, facts: dict[str, str]) -> None:
        """Sort the names, write the membership list and the facts, close the file."""
        self.flush()
        self.db.executescript(INDEXES)
        sums = array("I")
        if sums.itemsize != 4:
            sums = array("L")
        sums.extend(sorted({checksum(name) for (name,) in self.db.execute("SELECT DISTINCT name FROM name")}))
        if sys.byteorder == "big":
            sums.byteswap()
        self.db.execute("INSERT INTO membership VALUES (?)", (sums.tobytes(),))
        self.db.executemany("INSERT INTO fact VALUES (?, ?)", sorted(facts.items()))
        self.db.commit()
        self.db.close()


def is_name(name: str) -> bool:
    """Whether an alternate name is one: letter-by-letter transliterations ("swldw") and airport codes are not."""
    if not name or len(name) > 80:
        return False
    if name.isascii():
        return name != name.lower() and not (len(name) <= 4 and name == name.upper()) and not name.startswith("http")
    return True
