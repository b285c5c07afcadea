"""sitrep reads reports of armed conflict and gives the situation as a record with evidence.

    import sitrep

    reading = sitrep.read("report.txt", published="2016-08-01")
    for event in reading.events:
        print(event.type, event.trigger.quote)

Importing it is cheap: models and libraries are loaded when the first report is read.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitrep.errors import SitrepError
    from sitrep.flow import default_reader, read, read_paths
    from sitrep.flow import open_archive as open  # noqa: A004 - sitrep.open reads as it should
    from sitrep.model import (
        Actor,
        Claim,
        Control,
        Decision,
        Event,
        Evidence,
        Failure,
        Mention,
        Place,
        Published,
        Quantity,
        Reading,
        Relation,
        Report,
        Source,
        Timex,
    )
    from sitrep.model.codec import decode_reading, encode, schema

    __version__: str

__all__ = [
    "Actor",
    "Claim",
    "Control",
    "Decision",
    "Event",
    "Evidence",
    "Failure",
    "Mention",
    "Place",
    "Published",
    "Quantity",
    "Reading",
    "Relation",
    "Report",
    "SitrepError",
    "Source",
    "Timex",
    "__version__",
    "decode_reading",
    "default_reader",
    "encode",
    "open",
    "read",
    "read_paths",
    "schema",
]

_HOMES = {
    "SitrepError": "sitrep.errors",
    "decode_reading": "sitrep.model.codec",
    "default_reader": "sitrep.flow",
    "encode": "sitrep.model.codec",
    "open": "sitrep.flow",
    "read": "sitrep.flow",
    "read_paths": "sitrep.flow",
    "schema": "sitrep.model.codec",
}


def __getattr__(name: str) -> object:
    """Public names are found where they live when they are first asked for (PEP 562)."""
    if name == "__version__":
        return import_module("sitrep.model.version").VERSION
    if name not in __all__:
        raise AttributeError(f"module 'sitrep' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "sitrep.model")), "open_archive" if name == "open" else name)


def __dir__() -> list[str]:
    return __all__
