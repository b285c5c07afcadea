"""Data Package: a dated, hashed snapshot to cite: tables as CSV with their codebook, and the whole record.

Frictionless' Data Package in a zip; `datapackage.json` has the SHA-256 of every file and the meaning of every column.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import msgspec

from sitrep.export._cells import cell
from sitrep.export._events import EVENTS
from sitrep.export._facts import Facts
from sitrep.export._incidents import INCIDENTS
from sitrep.export._options import DATED, TITLE, Option
from sitrep.export._sheets import Column, all_coded, all_names, incident_values, incidents_coded, sheets
from sitrep.export._zip import add, entry
from sitrep.model import Incident, Reading
from sitrep.model.codec import encode
from sitrep.model.version import VERSION

suffix = ".zip"
label = "Data Package"
description = "a dated, hashed snapshot to cite: every table as CSV, its codebook, and the whole record"
same_rows = "csv"
COLUMNS = all_names()
# the archive's view: the table of events; the other tables are tables of the archive themselves
VIEW = {name: name for name in EVENTS.names}
code = all_coded
code_incidents = incidents_coded
OPTIONS: tuple[Option, ...] = (TITLE, DATED)

FIELDS = {"text": "string", "date": "string", "integer": "integer", "number": "number", "boolean": "boolean"}


class Hashed:
    """A file in the making, hashed as it grows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._out: IO[bytes] = path.open("wb")
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes) -> None:
        """Add to it."""
        self._out.write(content)
        self._hash.update(content)
        self.size += len(content)

    def close(self) -> str:
        """Its SHA-256."""
        self._out.close()
        return self._hash.hexdigest()


def write(
    readings: Iterable[Reading], out: BinaryIO, *, title: str = "Situation report", dated: str | None = None,
    incidents: Iterable[Incident] = (),
) -> int:  # fmt: skip
    """Write a zip; how many events it holds."""
    with tempfile.TemporaryDirectory() as folder:
        resources, events = _fill(Path(folder), readings, incidents)
        package = _package(title, dated, resources)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            add(archive, "datapackage.json", msgspec.json.format(msgspec.json.encode(package), indent=1))
            add(archive, "CODEBOOK.md", _codebook(title, dated, resources).encode())
            for resource in resources:
                path = resource["path"]
                with archive.open(entry(path), "w", force_zip64=True) as to, (Path(folder) / path).open("rb") as made:
                    while block := made.read(1 << 20):
                        to.write(block)
    return events


def _fill(folder: Path, readings: Iterable[Reading], incidents: Iterable[Incident]) -> tuple[list[dict[str, Any]], int]:
    found = sheets()
    files = {name: Hashed(folder / f"{name}.csv") for name in (*found, "incidents")}
    record = Hashed(folder / "readings.jsonl")
    columns: dict[str, tuple[Column[Any], ...]] = {name: sheet.columns for name, sheet in found.items()}
    columns["incidents"] = cast("tuple[Column[Any], ...]", INCIDENTS)
    for name, file in files.items():
        file.write(_line(column.name for column in columns[name]))
    for row in incident_values(incidents):
        files["incidents"].write(_line(row))
    events = 0
    for reading in readings:
        record.write(encode(reading) + b"\n")
        facts = Facts(reading)
        events += len(reading.events)
        for name, sheet in found.items():
            for row in sheet.rows(facts):
                files[name].write(_line(column.value(row) for column in sheet.columns))
    resources = [_resource(name, file, columns[name]) for name, file in files.items()]
    return [*resources, _described("readings", record, "jsonl", "application/jsonl")], events


def _line(values: Iterable[object]) -> bytes:
    import csv

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([cell(value) for value in values])
    return text.getvalue().encode()


def _described(name: str, file: Hashed, kind: str, media: str) -> dict[str, Any]:
    digest = file.close()
    return {
        "name": name, "path": file.path.name, "format": kind, "mediatype": media, "encoding": "utf-8",
        "bytes": file.size, "hash": f"sha256:{digest}",
    }  # fmt: skip


def _resource(name: str, file: Hashed, columns: tuple[Column[Any], ...]) -> dict[str, Any]:
    fields = [
        {"name": column.name, "type": FIELDS[column.kind], "description": column.help}
        | ({"trueValues": ["yes"], "falseValues": ["no"]} if column.kind == "boolean" else {})
        for column in columns
    ]
    return _described(name, file, "csv", "text/csv") | {"schema": {"fields": fields, "missingValues": [""]}}


def _package(title: str, dated: str | None, resources: list[dict[str, Any]]) -> dict[str, Any]:
    whole = hashlib.sha256("".join(sorted(resource["hash"] for resource in resources)).encode()).hexdigest()
    package: dict[str, Any] = {
        "profile": "data-package", "name": "sitrep-snapshot", "title": title, "version": whole[:12],
        "description": f"Made by sitrep {VERSION} from published reports; each value rests on quoted words. A reading "
        "of reports, not a finding of fact. `version` begins the SHA-256 of the hashes of all files, in order.",
        "resources": resources,
    }  # fmt: skip
    return package | ({"created": f"{dated}T00:00:00Z"} if dated else {})


def _codebook(title: str, dated: str | None, resources: list[dict[str, Any]]) -> str:
    lines = [f"# {title}", "", f"Snapshot{f' of {dated}' if dated else ''}, made by sitrep {VERSION}.", ""]
    for resource in resources:
        lines += [f"## {resource['path']}", "", f"{resource['hash']}, {resource['bytes']:,} bytes", ""]
        for one in resource.get("schema", {}).get("fields", ()):
            lines.append(f"- `{one['name']}` ({one['type']}): {one['description']}")
        lines.append("")
    lines += ["Unknown is empty, never zero. Offsets count Unicode code points into the text of each report.", ""]
    return "\n".join(lines)
