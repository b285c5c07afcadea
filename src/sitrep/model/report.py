"""A report and where it came from."""

from __future__ import annotations

from typing import Literal

import msgspec

from sitrep.model.span import Record

PublishedBasis = Literal["given", "metadata", "dateline", "inferred", "unknown"]
Media = Literal["text", "html", "record", "pdf", "docx", "eml"]
PassageKind = Literal["headline", "deck", "body", "quote", "caption", "byline", "boilerplate", "repeat"]


class Source(Record, frozen=True, kw_only=True):
    """Where a report came from.

    kind: the kind of source ("file", "html", "jsonl", "csv", "url", "warc", "stdin", "text").
    uri: path or address as the user gave it.
    id: the identifier that came with the report (`doc_id`, `id`), else the file name or address.
    """

    kind: str
    uri: str
    id: str


class Retrieval(Record, frozen=True, kw_only=True):
    """How bytes were got from elsewhere.

    at: ISO time. address: where they came from in the end, after redirects. headers: those of the answer that
    say what the bytes are and when they changed.
    """

    at: str
    address: str
    headers: dict[str, str] = msgspec.field(default_factory=dict)


class Capture(Record, frozen=True, kw_only=True):
    """What a source handed over, before any text was read out of it.

    content: the bytes as retrieved. media: what they are; a "record" is one row, whose fields then stand in
    `text`, `title`, `outlet`, `byline` and `published`. What the source says of a page (a feed, a list) stands
    in the same fields. retrieval: for what came over a network or from a web archive.
    """

    source: Source
    content: bytes
    media: Media
    text: str | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    retrieval: Retrieval | None = None


class Published(Record, frozen=True, kw_only=True):
    """When a report was published, and how we know.

    value: ISO date, or null where nobody said. start, end: first and last possible ISO date,
    where the text fixes only an interval. note: what was tried, for a person to read.
    """

    value: str | None
    basis: PublishedBasis
    start: str | None = None
    end: str | None = None
    note: str = ""


class Report(Record, frozen=True, kw_only=True):
    """One report as it was published. `text` is frozen: every offset in a reading points into it.

    id: digest of source id, title, outlet and text. language: ISO 639-1.
    text: title, empty line and body where the title came apart from the body, else the text as found.
    """

    id: str
    source: Source
    outlet: str | None
    title: str | None
    byline: str | None
    language: str
    text: str
    published: Published


class Passage(Record, frozen=True, kw_only=True):
    """A stretch of `Report.text` by its function on the page.

    "repeat" passages say again, word for word, what another passage said; "boilerplate" is page
    furniture. Neither is read for events.
    """

    start: int
    end: int
    kind: PassageKind
