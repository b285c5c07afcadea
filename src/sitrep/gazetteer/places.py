"""Names to places: read-only lookups in the compiled gazetteer."""

from __future__ import annotations

import os
import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

from sitrep.cache import cache_folder
from sitrep.errors import GazetteerError
from sitrep.gazetteer.places_names import bare, bones, checksum, fold
from sitrep.model import PlaceKind

# names that hundreds of places share ("San José") are cut to their most populous bearers
MOST_BEARERS = 60
REMEMBERED = 50_000
# Levenshtein similarity of two spellings of a name whose consonants agree already
ALIKE, ALIKE_SHORT = 0.72, 0.79
COLUMNS = (
    "key, geonames, place.name, kind, lat, lon, country, admin1, admin1_name, admin2, population, feature, radius_km"
)


class GazetteerPlace(NamedTuple):
    """One place of the gazetteer.

    key: the row, stable within one compiled gazetteer. geonames: GeoNames id, None where unknown.
    lat, lon: WGS 84 degrees. country: ISO 3166 alpha-3, "" for places of no single country. admin1: GeoNames code.
    admin1_name, admin2: names of the first- and second-order divisions that hold it. population: 0 where unknown.
    feature: GeoNames feature code, "" where sitrep's own list names the place. radius_km: how far from the point
    the place may reach.
    rank: how the looked-up name belongs to it: 0 its own name, 1 another name of it, 2 a shortened form,
    3 an abbreviation, which counts only where it stands like one ("Calif.", ", OH").
    """

    key: int
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
    rank: int = 0


class Prominence(NamedTuple):
    """What the gazetteer alone says of a name.

    points: how likely the bare name means a place, from the standing of its best-known bearer; below 0 where
    nobody bears it. kind: that bearer's kind. brief: the name is only an abbreviation.
    """

    points: float
    kind: PlaceKind
    brief: bool


UNKNOWN = Prominence(-1.0, "settlement", brief=False)
# points of a settlement by population, and of other places by kind
BY_POPULATION = ((1_000_000, 3.0), (200_000, 2.4), (50_000, 1.8), (10_000, 1.2), (1_000, 0.7), (0, 0.4))
BY_KIND = {"country": 5.0, "admin1": 3.0, "admin2": 1.5, "area": 3.0, "natural": 3.0, "facility": 3.0}
UNNAMED = frozenset({"area", "natural", "facility"})
FAMOUS = frozenset({"", "CONT", "OCN", "SEA", "GULF"})
SMALL, LISTED = 0.5, 1.5
# an alternate name may be a translation or a nickname, a shortened form is often a surname
BY_RANK = (0.0, -0.3, -1.0, 0.0)


class PlaceGazetteer:
    """The compiled gazetteer of places, opened read-only. Safe to hand to a forked process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: tuple[int, sqlite3.Connection] | None = None
        self._sums: array[int] | None = None
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._find)
        self._spellings = lru_cache(maxsize=4096)(self._find_spelled)
        self._countries = lru_cache(maxsize=512)(self._find_country)
        self._capitals = lru_cache(maxsize=512)(self._find_capital)
        self._divisions = lru_cache(maxsize=8192)(self._find_division)
        self._adjectives = lru_cache(maxsize=4096)(self._find_adjective)
        self.prominence = lru_cache(maxsize=REMEMBERED)(self._weigh)
        self.digest = self._fact("digest")

    def lookup(self, name: str) -> tuple[GazetteerPlace, ...]:
        """The places that bear a name, in any spelling that folds alike, the most populous first.

        A name with an Arabic article finds also those who bear it with another spelling of the article.
        """
        return self._remembered(fold(name))

    def spelled(self, name: str) -> tuple[GazetteerPlace, ...]:
        """The places whose name is another spelling of this one by its sound ("Tel Abyad": Tall Abyad).

        Only for countries whose names come into Latin letters by ear. All have rank 2.
        """
        return self._spellings(fold(name))

    def has(self, name: str) -> bool:
        """Whether some place bears the name as written. Fast: no database is touched (one in 4,000 is a wrong yes)."""
        return self.has_folded(fold(name))

    def has_folded(self, folded: str) -> bool:
        """As `has`, for a name that is folded already."""
        sums = self._sums
        if sums is None:
            sums = self._sums = self._load_sums()
        wanted = checksum(folded)
        n = bisect_left(sums, wanted)
        return n < len(sums) and sums[n] == wanted

    def country(self, iso3: str) -> GazetteerPlace | None:
        """The country with an ISO 3166 alpha-3 code."""
        return self._countries(iso3)

    def capital(self, iso3: str) -> GazetteerPlace | None:
        """The capital of the country with an ISO 3166 alpha-3 code."""
        return self._capitals(iso3)

    def admin1(self, iso3: str, code: str) -> GazetteerPlace | None:
        """The first-order division of a country with a GeoNames admin1 code."""
        return self._divisions(iso3, code)

    def adjective(self, word: str) -> tuple[GazetteerPlace, ...]:
        """The region or country that an adjective or demonym belongs to ("African", "Saharan")."""
        return self._adjectives(fold(word))

    def domain(self, suffix: str) -> str | None:
        """The country whose internet addresses end so ("uk"), as ISO 3166 alpha-3 code."""
        row = self._db.execute(
            "SELECT country FROM domain JOIN place ON key = place WHERE suffix = ?", (suffix,)
        ).fetchone()
        return cast("str", row[0]) if row else None

    def counts(self) -> dict[str, int]:
        """How many places of each kind, and how many names, the gazetteer holds."""
        rows = self._db.execute("SELECT kind, count(*) FROM place GROUP BY kind ORDER BY kind").fetchall()
        found: dict[str, int] = dict(rows)
        found["names"] = self._db.execute("SELECT count(*) FROM name").fetchone()[0]
        return found

    def source(self) -> str:
        """What the gazetteer was compiled from, for a person to read."""
        return self._fact("source")

    def _weigh(self, folded: str) -> Prominence:
        """How prominent the places are that bear a folded name."""
        best = UNKNOWN
        for place in self._remembered(folded):
            if place.kind == "settlement":
                points = next(points for people, points in BY_POPULATION if place.population >= people)
                if not place.feature:  # on sitrep's own list because reports name it
                    points = LISTED
            else:
                # of natural features and facilities only sitrep's own list is famous; a dump knows every farm
                small = place.kind in UNNAMED and place.feature not in FAMOUS
                points = SMALL if small else BY_KIND[place.kind]
                if place.kind == "admin1" and place.rank > 1:
                    points -= 0.5
            points += BY_RANK[place.rank]
            if points > best.points:
                best = Prominence(points, place.kind, brief=place.rank == 3)
        return best

    @property
    def _db(self) -> sqlite3.Connection:
        # a connection must not cross a fork, so it is bound to its process
        if self._opened is None or self._opened[0] != os.getpid():
            address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            self._opened = (os.getpid(), sqlite3.connect(address, uri=True, check_same_thread=False))
        return self._opened[1]

    def _fact(self, name: str) -> str:
        try:
            row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise GazetteerError(
                f"Opening the gazetteer {self.path.name}: {error}.",
                todo="Delete the file; it is compiled anew on the next run.",
                file=self.path,
            ) from error
        return cast("str", row[0]) if row else ""

    def _load_sums(self) -> array[int]:
        sums = array("I")
        if sums.itemsize != 4:
            sums = array("L")
        sums.frombytes(self._db.execute("SELECT sums FROM membership").fetchone()[0])
        if sys.byteorder == "big":
            sums.byteswap()
        return sums

    def _find(self, folded: str) -> tuple[GazetteerPlace, ...]:
        found = self._named(folded)
        shorter = bare(folded)
        if shorter is None:
            return found
        known = {place.key for place in found}
        # rank 0 would be a name that never had an article: "El Salvador" is not Salvador in Brazil
        return found + tuple(place for place in self._named(shorter) if place.rank > 0 and place.key not in known)

    def _named(self, folded: str) -> tuple[GazetteerPlace, ...]:
        if not self.has_folded(folded):
            return ()
        rows = self._db.execute(
            f"SELECT {COLUMNS}, rank FROM name JOIN place ON key = place WHERE name.name = ? "  # noqa: S608
            "ORDER BY population DESC, key LIMIT ?",
            (folded, MOST_BEARERS),
        )
        return tuple(GazetteerPlace(*row) for row in rows)

    def _find_spelled(self, folded: str) -> tuple[GazetteerPlace, ...]:
        sound = bones(folded)
        if sound is None:
            return ()
        from rapidfuzz.distance import Levenshtein

        rows = self._db.execute(
            f"SELECT {COLUMNS}, spelling.name FROM spelling JOIN place ON key = place WHERE bones = ? "  # noqa: S608
            "ORDER BY population DESC, key",
            (sound,),
        )
        plain = bare(folded) or folded
        found: dict[int, GazetteerPlace] = {}
        for row in rows:
            name = bare(row[-1]) or row[-1]
            if Levenshtein.normalized_similarity(plain, name) >= (
                ALIKE if len(sound) > 2 else ALIKE_SHORT
            ) and name.count(" ") == plain.count(" "):
                found.setdefault(row[0], GazetteerPlace(*row[:-1], rank=2))
        return tuple(found.values())[:MOST_BEARERS]

    def _find_country(self, iso3: str) -> GazetteerPlace | None:
        return self._one("kind = 'country' AND country = ?", (iso3,))

    def _find_capital(self, iso3: str) -> GazetteerPlace | None:
        return self._one("feature = 'PPLC' AND country = ?", (iso3,))

    def _find_division(self, iso3: str, code: str) -> GazetteerPlace | None:
        return self._one("kind = 'admin1' AND country = ? AND admin1 = ?", (iso3, code))

    def _find_adjective(self, folded: str) -> tuple[GazetteerPlace, ...]:
        rows = self._db.execute(
            f"SELECT {COLUMNS} FROM adjective JOIN place ON key = place WHERE word = ? ORDER BY key",  # noqa: S608
            (folded,),
        )
        return tuple(GazetteerPlace(*row) for row in rows)

    def _one(self, where: str, values: tuple[str, ...]) -> GazetteerPlace | None:
        row = self._db.execute(f"SELECT {COLUMNS} FROM place WHERE {where} ORDER BY key LIMIT 1", values).fetchone()  # noqa: S608
        return GazetteerPlace(*row) if row else None


def load_places(progress: Callable[[str], None] | None = None) -> PlaceGazetteer:
    """The gazetteer of places: the user's own full one where they built it, else the bundled data's.

    The first call on a machine compiles it, in under a minute; progress hears what is being done.
    """
    from sitrep.gazetteer.places_build import build_default, full_path

    folder = cache_folder()
    full = full_path(folder)
    return PlaceGazetteer(full if full.is_file() else build_default(folder, progress))
