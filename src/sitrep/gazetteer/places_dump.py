"""Compiles a full GeoNames dump (allCountries) into a gazetteer, for users who have one.

The dump's format: https://download.geonames.org/export/dump/readme.txt (19 tab-separated fields a line).
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from sitrep.errors import GazetteerError
from sitrep.gazetteer.places_build import (
    NO_FORMS,
    abbreviations,
    add_countries,
    add_regions,
    alone,
    full_path,
    read_countries,
    settlement_radius,
    shortened,
    written_whole,
)
from sitrep.gazetteer.places_table import Compiler, Progress, Row
from sitrep.model import PlaceKind

FIELDS = 19
# GeoNames feature classes; streams, relief and undersea features are natural, spots and roads facilities
KINDS: dict[str, PlaceKind] = {
    "P": "settlement", "S": "facility", "R": "facility", "H": "natural", "T": "natural", "U": "natural",
    "V": "natural", "L": "area", "A": "area",
}  # fmt: skip
ADMIN: dict[str, PlaceKind] = {"ADM1": "admin1", "ADM2": "admin2"}
RADIUS_KM: dict[PlaceKind, float] = {
    "admin1": 80.0, "admin2": 25.0, "area": 25.0, "natural": 15.0, "facility": 1.5, "country": 300.0,
    "settlement": 1.5,
}  # fmt: skip
# gone places would only add wrong answers; countries come with their names from the packages
SKIPPED = frozenset({"PCLI", "PCLD", "PCLF", "PCLIX", "PCLS", "PCL", "PCLH", "ADM1H", "ADM2H", "PPLH", "PPLQ", "PPLW"})
# kinds of alternate names in GeoNames that are none
NO_LANGUAGE = frozenset(
    {"link", "wkdt", "post", "iata", "icao", "faac", "fr_1793", "unlc", "abbr", "phon", "piny", "tcid"}
)


class Line(NamedTuple):
    """One row of a dump, the fields that are used."""

    geonames: int
    name: str
    others: list[str]
    lat: float
    lon: float
    group: str
    feature: str
    country: str
    admin1: str
    admin2: str
    population: int


def build_full(dump: Path, folder: Path, *, alternates: Path | None = None, progress: Progress | None = None) -> Path:
    """Compile allCountries.txt or .zip, optionally with alternateNames, into the user's gazetteer; gives its file.

    Raises GazetteerError where the dump cannot be read or is none.
    """
    say: Progress = progress or silent
    path = full_path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone(path.with_suffix(".lock")), written_whole(path) as fresh:
            compile_dump(fresh, dump, alternates, say)
    except (OSError, zipfile.BadZipFile) as error:
        raise GazetteerError(
            f"Compiling the GeoNames dump {dump.name}: {error}.",
            todo="Give allCountries.txt or allCountries.zip as https://download.geonames.org/export/dump/ has it.",
            file=dump,
        ) from error
    return path


def silent(_line: str) -> None:
    """Progress that nobody wants to hear."""


def compile_dump(path: Path, dump: Path, alternates: Path | None, say: Progress) -> None:
    """Compile a dump into a new file: divisions first, since every place names the ones that hold it."""
    countries = read_countries()
    iso3 = {row["iso"]: row["iso3"] for row in countries.values()}
    say(f"Reading divisions in {dump.name}")
    divisions = {
        ".".join(filter(None, (line.country, line.admin1, line.admin2 if line.feature == "ADM2" else ""))): line.name
        for line in read_dump(dump)
        if line.feature in ADMIN
    }
    more = read_alternates(alternates, say) if alternates else {}
    compiler = Compiler(path)
    add_countries(compiler, countries)
    add_regions(compiler, {})
    forms = abbreviations()
    count = 0
    for line in read_dump(dump):
        row = to_row(line, iso3, divisions)
        if row is None:
            continue
        others = [*line.others, *more.get(line.geonames, ())]
        short = shortened([line.name, *others]) if row.kind in {"admin1", "admin2"} else ()
        always, brief = forms.get(f"{line.country}.{line.admin1}", NO_FORMS) if row.kind == "admin1" else NO_FORMS
        compiler.add(row, others, short=short, always=always, brief=brief)
        count += 1
        if count % 250_000 == 0:
            say(f"Compiling {dump.name}: {count:,} places")
    if not count:
        raise GazetteerError(
            f"Compiling the GeoNames dump {dump.name}: it holds no place.",
            todo="Give allCountries.txt or allCountries.zip as https://download.geonames.org/export/dump/ has it.",
            file=dump,
        )
    say("Sorting names")
    source = f"GeoNames dump {dump.name}, {count:,} places (CC BY 4.0)"
    compiler.finish({"digest": digest_of(dump, alternates), "source": source})


def to_row(line: Line, iso3: dict[str, str], divisions: dict[str, str]) -> Row | None:
    """The gazetteer's row of a dump's line; None for what the gazetteer leaves out."""
    kind = ADMIN.get(line.feature) or KINDS.get(line.group)
    country = iso3.get(line.country, "")
    if kind is None or line.feature in SKIPPED:
        return None
    radius = settlement_radius(line.population) if kind == "settlement" else RADIUS_KM[kind]
    return Row(
        line.geonames, line.name, kind, line.lat, line.lon, country, line.admin1 or None,
        divisions.get(f"{line.country}.{line.admin1}") if line.admin1 else None,
        divisions.get(f"{line.country}.{line.admin1}.{line.admin2}") if line.admin2 else None,
        line.population, line.feature, round(radius, 1),
    )  # fmt: skip


def read_dump(dump: Path) -> Iterator[Line]:
    """The rows of allCountries.txt, or of the text file in a zip."""
    with opened(dump) as lines:
        for number, text in enumerate(lines, start=1):
            fields = text.rstrip("\r\n").split("\t")
            if len(fields) != FIELDS:
                raise wrong_line(dump, number, f"{len(fields)} fields, not {FIELDS}")
            try:
                yield Line(
                    int(fields[0]), fields[1], [name for name in fields[3].split(",") if name], float(fields[4]),
                    float(fields[5]), fields[6], fields[7], fields[8], fields[10], fields[11], int(fields[14] or 0),
                )  # fmt: skip
            except ValueError as error:
                raise wrong_line(dump, number, str(error)) from error


def read_alternates(path: Path, say: Progress) -> dict[int, list[str]]:
    """Names by GeoNames id from alternateNames(V2).txt or .zip; codes and links are left out."""
    say(f"Reading {path.name}")
    found: dict[int, list[str]] = {}
    with opened(path) as lines:
        for number, text in enumerate(lines, start=1):
            fields = text.rstrip("\r\n").split("\t")
            if len(fields) < 4 or not fields[1].isdecimal():
                raise wrong_line(path, number, "no alternate name")
            if fields[2] not in NO_LANGUAGE:
                found.setdefault(int(fields[1]), []).append(fields[3])
    return found


def wrong_line(path: Path, number: int, what: str) -> GazetteerError:
    """The error for a line that is not in the dump's format."""
    return GazetteerError(
        f"Reading {path.name}, line {number}: {what}.",
        todo="Give the file as https://download.geonames.org/export/dump/ has it.",
        file=path,
        line=number,
    )


@contextmanager
def opened(path: Path) -> Generator[IO[str]]:
    """A text file, or the biggest text file in a zip, as lines."""
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8", newline="\n") as handle:
            yield handle
        return
    with zipfile.ZipFile(path) as archive:
        texts = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".txt")]
        if not texts:
            raise GazetteerError(
                f"Reading {path.name}: there is no text file in it.",
                todo="Give the zip as https://download.geonames.org/export/dump/ has it.",
                file=path,
            )
        biggest = max(texts, key=lambda entry: (entry.file_size, entry.filename))
        with archive.open(biggest) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="\n") as handle:
            yield handle


def digest_of(*files: Path | None) -> str:
    """A digest of the files that a gazetteer was compiled from."""
    summed = hashlib.blake2b(digest_size=5)
    for path in files:
        if path is not None:
            with path.open("rb") as handle:
                while chunk := handle.read(1 << 20):
                    summed.update(chunk)
    return summed.hexdigest()
