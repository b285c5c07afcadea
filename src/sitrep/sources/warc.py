"""Web archives (.warc, .warc.gz, .warc.zst), such as Common Crawl's CC-NEWS: one report a page."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from sitrep.errors import SourceError
from sitrep.model import Capture, Media, Retrieval, Source
from sitrep.sources.address import normal
from sitrep.sources.body import dechunk, unpack
from sitrep.sources.source import CHUNK, LARGEST, Found, Options, refused

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord  # pyright: ignore[reportMissingModuleSource]

SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
MEDIA: dict[str, Media] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/pdf": "pdf",
}  # fmt: skip
KEPT = ("content-type", "date", "last-modified", "etag")
# how much of an archive is looked at to tell how many pages it holds
SAMPLE = 4 * CHUNK


def captures(stream: BinaryIO, source: Source, options: Options) -> Iterator[Found]:  # noqa: ARG001 - as all sources
    """One capture for each page, document or text that was answered with success; pictures and scripts are left out."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # pyright: ignore[reportMissingModuleSource]

    empty = True
    last = ""
    with ExitStack() as stack:
        try:
            # the reader must be able to turn back; what comes through a pipe is kept on the disk meanwhile
            seekable = stream if stream.seekable() else stack.enter_context(_kept(stream))
            for record in ArchiveIterator(
                seekable, record_types=WarcRecordType.response | WarcRecordType.resource, fsspec_args=False
            ):
                last = record.headers.get("WARC-Target-URI") or ""
                found = _capture(record, source)
                if found:
                    empty = False
                    yield found
        except (OSError, ValueError, EOFError, RuntimeError, MemoryError) as error:
            where = f"after the record of {last}" if last else "at its beginning"
            yield refused(
                source, f"the web archive is damaged {where} ({error})", "Fetch it again. What stood before is taken."
            )
            return
    if empty:
        yield refused(source, "the web archive holds no page", "Check that it was written to the end.")


def _kept(stream: BinaryIO) -> BinaryIO:
    copy = TemporaryFile()  # noqa: SIM115 - it lasts as long as the reader, and is gone with it
    shutil.copyfileobj(stream, copy, CHUNK)
    copy.seek(0)
    return cast("BinaryIO", copy)


def _capture(record: WarcRecord, source: Source) -> Capture | SourceError | None:
    """The page in a record; None where it holds none."""
    headers = record.http_headers if record.is_http else None
    if headers is not None and headers.status_code != 200:
        return None
    said = (record.http_content_type if headers is not None else record.headers.get("Content-Type")) or ""
    media = MEDIA.get(said.partition(";")[0].strip().lower())
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    if media is None or not address.startswith(("http://", "https://")):
        return None
    place = Source(kind="warc", uri=address, id=normal(address))
    if place.uri.rpartition("/")[2] == "robots.txt":
        return None
    kept = (
        {name.lower(): value for name, value in headers.to_dict().items()}
        if headers is not None
        else {"content-type": said}
    )
    content = record.reader.read(LARGEST + 1)
    try:
        content = _body(content, kept, record.content_length)
    except ValueError as error:
        return refused(place, str(error), f"Fetch the web archive {source.id} again, or leave this page out.")
    return Capture(
        source=place,
        content=content,
        media=media,
        retrieval=Retrieval(
            at=record.headers.get("WARC-Date") or "",
            address=address,
            headers={name: value for name, value in kept.items() if name in KEPT},
        ),
    )


def _body(content: bytes, headers: dict[str, str], length: int) -> bytes:
    """A page as its server meant it. Raises ValueError where it is cut or too large."""
    if len(content) < length and len(content) <= LARGEST:
        raise ValueError(f"it is cut off: {len(content):,} of {length:,} bytes are there")
    if "chunked" in headers.get("transfer-encoding", "").lower():
        content = dechunk(content)
    content = unpack(content, headers.get("content-encoding", ""), LARGEST)
    if len(content) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // CHUNK} MiB, which no single report is")
    return content


def count(path: Path) -> int | None:
    """About how many pages an archive holds, by its first mebibytes."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = io.BytesIO(stream.read(SAMPLE))
    pages = sum(isinstance(found, Capture) for found in captures(head, Source(kind="warc", uri="", id=""), Options()))
    return max(1, round(pages * size / SAMPLE)) if size > SAMPLE else max(1, pages)
