"""Where words stand in a report: spans and evidence."""

from __future__ import annotations

import msgspec

from sitrep.errors import EvidenceError


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of every record: immutable, unknown fields refused; each class takes named fields only."""


class Evidence(Record, frozen=True, order=True, kw_only=True):
    """Words of the report that support a statement.

    start, end: half-open offsets in Unicode code points into `Report.text`.
    quote: exactly `text[start:end]`, unaltered.
    """

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.quote):
            raise EvidenceError(
                f"Evidence [{self.start}, {self.end}) cannot hold a quote of {len(self.quote)} characters.",
                todo="Take evidence from Page.evidence, which slices the report's own text.",
                start=self.start,
                end=self.end,
                quote=self.quote,
            )


class Sentence(Record, frozen=True, kw_only=True):
    """One sentence, as offsets into `Report.text`."""

    start: int
    end: int
