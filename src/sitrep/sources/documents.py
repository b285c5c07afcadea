"""Files that are one report each: text, Markdown, HTML, PDF, Word and e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from sitrep.model import Capture, Media, Source
from sitrep.sources.source import CHUNK, LARGEST, Found, Options, refused

MEDIA: dict[str, Media] = {
    ".txt": "text", ".md": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf", ".docx": "docx", ".eml": "eml",
}  # fmt: skip
SUFFIXES = tuple(MEDIA)
PAGE = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")
# where the first entry of a Word document's zip file is named
WORD = (b"[Content_Types].xml", b"word/", b"_rels/", b"docProps/")


def captures(stream: BinaryIO, source: Source, options: Options) -> Iterator[Found]:  # noqa: ARG001 - as all sources
    """The one capture of a file."""
    yield take(stream, source)


def count(path: Path) -> int | None:  # noqa: ARG001 - as all sources
    """One report."""
    return 1


def take(stream: BinaryIO, source: Source, head: bytes = b"") -> Found:
    """A file as one capture. head: what was read of the stream before."""
    content = head + stream.read(LARGEST + 1 - min(len(head), LARGEST))
    if len(content) > LARGEST:
        return refused(
            source,
            f"it is larger than {LARGEST // CHUNK} MiB, which no single report is",
            "Split it into single reports, or put them into a .jsonl file, one a line.",
        )
    media = media_of(content, MEDIA.get(Path(source.uri).suffix.lower()) if source.kind == "file" else None)
    kind = "html" if media == "html" and source.kind == "file" else source.kind
    return Capture(source=msgspec.structs.replace(source, kind=kind), content=content, media=media)


def media_of(content: bytes, named: Media | None = None) -> Media:
    """What bytes are, by how they begin, else by their name, else text."""
    if content.startswith(b"%PDF"):
        return "pdf"
    if content.startswith(b"PK\x03\x04") and content[30:60].startswith(WORD):
        return "docx"
    if named:
        return named
    lead = content[:300].removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    return "html" if lead.startswith(PAGE) else "text"
