"""Readings in the formats that others read: one module of this folder each, or an entry point `sitrep.exporters`."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import entry_points
from inspect import Parameter, signature
from typing import Any, BinaryIO, NamedTuple, Protocol, cast

from sitrep.errors import ExportError
from sitrep.export._cells import Cell, Coded, LeftOut, Row, flat
from sitrep.export._options import Option
from sitrep.model import Reading

__all__ = [
    "Cell", "Codebook", "Coded", "Exporter", "Format", "LeftOut", "Option", "Row", "exporters", "flat", "formats",
    "get_codebook", "get_exporter", "named_options", "options_of",
]  # fmt: skip

GROUP = "sitrep.exporters"
MEDIA = {
    ".csv": "text/csv", ".mentions.csv": "text/tab-separated-values",
    ".tsv": "text/tab-separated-values", ".json": "application/json", ".txt": "text/plain",
    ".jsonl": "application/jsonl", ".ftm.json": "application/jsonl", ".geojson": "application/geo+json",
    ".kml": "application/vnd.google-earth.kml+xml", ".graphml": "application/xml", ".html": "text/html",
    ".pdf": "application/pdf", ".zip": "application/zip", ".gpkg": "application/geopackage+sqlite3",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


class Exporter(Protocol):
    """What a format's module holds. suffix: of its files, with the dot. description: one line for the help.

    It may also hold `label` (its name for people), `OPTIONS` (what `write` takes by name) and, where the archive's rows
    of another format serve it, that one's name as `same_rows`; `VIEW` then names its columns by those of the other.
    """

    suffix: str
    description: str

    def write(self, readings: Iterable[Reading], out: BinaryIO) -> int:
        """Write readings; how many rows were written."""
        ...


class Codebook(Exporter, Protocol):
    """A format that codes by rules: its rows can be explained, and it says what it leaves out.

    `code` and `write` may take options by name (`inter`, `strict`); `write` also takes a listener for what is left out.
    Where what several reports tell is one row, `folding` says how; `code_incidents` codes the archive's incidents.
    """

    COLUMNS: tuple[str, ...]

    def code(self, reading: Reading, **options: Any) -> Coded:  # noqa: ANN401 - each codebook has its own
        """The rows of a reading with a rule for each value, and the events that are left out."""
        ...


class Format(NamedTuple):
    """A format as a person chooses it. media: its internet media type. listens: it says what it leaves out."""

    name: str
    label: str
    suffix: str
    media: str
    description: str
    options: tuple[Option, ...]
    listens: bool


def exporters() -> list[str]:
    """The names of all formats."""
    return sorted({*_ours(), *(entry.name for entry in entry_points(group=GROUP))})


def formats() -> list[Format]:
    """All formats with what a person wants to know before choosing one."""
    return [_format(name) for name in exporters()]


def options_of(exporter: Exporter) -> frozenset[str]:
    """The named options that a format's `write` takes beside what and where to."""
    return named_options(exporter.write)


def named_options(function: Callable[..., object]) -> frozenset[str]:
    """What a function takes by name alone."""
    return frozenset(
        name for name, parameter in signature(function).parameters.items() if parameter.kind == Parameter.KEYWORD_ONLY
    )


def get_codebook(name: str) -> Codebook:
    """The format whose rows a format has, to explain them. Raises ExportError where it has none."""
    found = get_exporter(name)
    if not hasattr(found, "code"):
        found = get_exporter(getattr(found, "same_rows", name))
    if hasattr(found, "code") and hasattr(found, "COLUMNS"):
        return cast("Codebook", found)
    raise ExportError(f"Explaining: the format {name!r} has no rows to explain.", todo="", format=name)


def get_exporter(name: str) -> Exporter:
    """A format by its name, in which hyphens are the same as underscores. Raises ExportError where there is none."""
    name = name.replace("-", "_")
    if name in _ours():
        return cast("Exporter", import_module(f"sitrep.export.{name}"))
    for entry in entry_points(group=GROUP, name=name):
        return cast("Exporter", entry.load())
    raise ExportError(
        f"Exporting: there is no format {name!r}.", todo=f"Formats: {', '.join(exporters())}.", format=name
    )


def _ours() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]


def _format(name: str) -> Format:
    exporter = get_exporter(name)
    return Format(
        name,
        getattr(exporter, "label", name),
        exporter.suffix,
        MEDIA.get(exporter.suffix, "application/octet-stream"),
        exporter.description,
        getattr(exporter, "OPTIONS", ()),
        "listener" in options_of(exporter),
    )
