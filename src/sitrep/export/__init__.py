"""Readings in the formats that others read: one module of this folder each, or an entry point `sitrep.exporters`."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import entry_points
from inspect import Parameter, signature
from typing import Any, BinaryIO, Protocol, cast

from sitrep.errors import ExportError
from sitrep.export._cells import Cell, Coded, LeftOut, Row, flat
from sitrep.model import Reading

__all__ = [
    "Cell", "Codebook", "Coded", "Exporter", "LeftOut", "Row", "exporters", "flat", "get_codebook", "get_exporter",
    "options_of",
]  # fmt: skip

GROUP = "sitrep.exporters"


class Exporter(Protocol):
    """What a format's module holds. suffix: of its files, with the dot. description: one line for the help."""

    suffix: str
    description: str

    def write(self, readings: Iterable[Reading], out: BinaryIO) -> int:
        """Write readings; how many rows were written."""
        ...


class Codebook(Exporter, Protocol):
    """A format that codes by rules: its rows can be explained, and it says what it leaves out.

    `code` and `write` may take options by name (`inter`, `strict`); `write` also takes a listener for what is left out.
    """

    COLUMNS: tuple[str, ...]

    def code(self, reading: Reading, **options: Any) -> Coded:  # noqa: ANN401 - each codebook has its own
        """The rows of a reading with a rule for each value, and the events that are left out."""
        ...


def exporters() -> list[str]:
    """The names of all formats."""
    ours = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
    return sorted({*ours, *(entry.name for entry in entry_points(group=GROUP))})


def options_of(exporter: Exporter) -> frozenset[str]:
    """The named options that a format's `write` takes beside what and where to."""
    return frozenset(
        name
        for name, parameter in signature(exporter.write).parameters.items()
        if parameter.kind == Parameter.KEYWORD_ONLY
    )


def get_codebook(name: str) -> Codebook:
    """A format that can explain its rows. Raises ExportError where the format has no rules."""
    found = get_exporter(name)
    if hasattr(found, "code") and hasattr(found, "COLUMNS"):
        return cast("Codebook", found)
    raise ExportError(
        f"Explaining: the format {name!r} has no rules.", todo="acled, ged and polecat have.", format=name
    )


def get_exporter(name: str) -> Exporter:
    """A format by its name. Raises ExportError where there is none."""
    if name in {module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")}:
        return cast("Exporter", import_module(f"sitrep.export.{name}"))
    for entry in entry_points(group=GROUP, name=name):
        return cast("Exporter", entry.load())
    raise ExportError(
        f"Exporting: there is no format {name!r}.", todo=f"Formats: {', '.join(exporters())}.", format=name
    )
