"""Readings in the formats that others read: one module of this folder each, or an entry point `sitrep.exporters`."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import entry_points
from typing import BinaryIO, Protocol, cast

from sitrep.errors import ExportError
from sitrep.model import Reading

GROUP = "sitrep.exporters"


class Exporter(Protocol):
    """What a format's module holds. suffix: of its files, with the dot. description: one line for the help."""

    suffix: str
    description: str

    def write(self, readings: Iterable[Reading], out: BinaryIO) -> int:
        """Write readings; how many rows were written."""
        ...


def exporters() -> list[str]:
    """The names of all formats."""
    ours = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
    return sorted({*ours, *(entry.name for entry in entry_points(group=GROUP))})


def get_exporter(name: str) -> Exporter:
    """A format by its name. Raises ExportError where there is none."""
    if name in {module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")}:
        return cast("Exporter", import_module(f"sitrep.export.{name}"))
    for entry in entry_points(group=GROUP, name=name):
        return cast("Exporter", entry.load())
    raise ExportError(
        f"Exporting: there is no format {name!r}.", todo=f"Formats: {', '.join(exporters())}.", format=name
    )
