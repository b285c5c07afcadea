"""Everything that can go wrong, in one tree.

    SitrepError
    ├── SourceError         a source could not be fetched or opened   (source, uri)
    ├── TextError           no readable text came out of a capture    (source)
    │   └── LanguageError   the text is in a language that is not read (source, language)
    ├── OntologyError       an ontology file is wrong                 (file, key)
    ├── GazetteerError      a gazetteer file is wrong or cannot be built (file)
    ├── PipelineError       stages do not fit together                (stage, layer)
    ├── StageError          a stage failed on a report                (stage, version, report_id)
    ├── EvidenceError       offsets do not give the quoted words      (start, end, quote)
    ├── RecordError         a stored record does not decode           (source)
    ├── BenchmarkError      a benchmark cannot be run                 (benchmark)
    ├── StoreError          the store cannot be read or written       (store)
    │   ├── SchemaMismatch  the store was written by another schema
    │   └── Conflict        what is judged was changed since it was seen (version)
    └── ExportError         a record cannot be written in a format    (format)

Each error says what was tried, on what, and what to do about it; the facts are attributes,
so that `flow` can turn the error into a stored `Failure` without parsing a message.
"""

from __future__ import annotations

__all__ = [
    "BenchmarkError",
    "Conflict",
    "EvidenceError",
    "ExportError",
    "GazetteerError",
    "LanguageError",
    "OntologyError",
    "PipelineError",
    "RecordError",
    "SchemaMismatch",
    "SitrepError",
    "SourceError",
    "StageError",
    "StoreError",
    "TextError",
]


class SitrepError(Exception):
    """Something that sitrep tried and could not do.

    message: what was tried, and what happened.
    todo: what the person at the keyboard can do about it.
    facts: named facts of the case (file, offsets, stage), kept as attributes.
    """

    def __init__(self, message: str, *, todo: str = "", **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.todo = todo
        self.facts = {name: str(value) for name, value in sorted(facts.items())}

    def __str__(self) -> str:
        return f"{self.message} {self.todo}".strip()


class SourceError(SitrepError):
    """A source could not be fetched or opened."""


class TextError(SitrepError):
    """No readable text came out of a capture."""


class LanguageError(TextError):
    """The text is in a language that sitrep does not read."""


class OntologyError(SitrepError):
    """An ontology file is wrong."""


class GazetteerError(SitrepError):
    """A gazetteer file is wrong or cannot be built."""


class PipelineError(SitrepError):
    """Stages do not fit together."""


class StageError(SitrepError):
    """A stage failed on a report."""


class EvidenceError(SitrepError):
    """Offsets do not give the quoted words."""


class RecordError(SitrepError):
    """A stored record does not decode."""


class BenchmarkError(SitrepError):
    """A benchmark cannot be run."""


class StoreError(SitrepError):
    """The store cannot be read or written."""


class SchemaMismatch(StoreError):  # noqa: N818 - the name in the design; it reads as what it is
    """The store was written by another schema."""


class Conflict(StoreError):  # noqa: N818 - it reads as what it is
    """What is judged was changed by somebody else since it was seen."""


class ExportError(SitrepError):
    """A record cannot be written in a format."""
