"""JSON Lines: one report a line, its text in the field "text", what else is known of it in fields beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from sitrep.errors import SourceError
from sitrep.model import Capture, Source
from sitrep.sources.rows import capture_of
from sitrep.sources.source import CHUNK, LARGEST, Found, Options, refused

SUFFIXES = (".jsonl", ".ndjson")

_row = msgspec.json.Decoder(dict[str, object])


def captures(stream: BinaryIO, source: Source, options: Options, head: bytes = b"") -> Iterator[Found]:
    """One capture a line; memory holds one line at a time."""
    number = 0
    while line := head.lstrip(b"\r\n") or stream.readline(LARGEST + 1):
        head = b""
        number += 1
        name = f"{source.id}:{number}"
        place = Source(kind="jsonl", uri=f"{source.uri}:{number}", id=name)
        if len(line) > LARGEST:
            skipped = _skip_line(stream) if not line.endswith(b"\n") else 0
            yield refused(
                place,
                f"the line is {(len(line) + skipped) / 1e6:.0f} MB long, more than a report has",
                f"A line may have up to {LARGEST // CHUNK} MiB; put one report on each line.",
            )
            continue
        if line.strip():
            yield _capture(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, place, options)
    if number == 0:
        yield refused(source, "the file is empty", "Check that it was written to the end.")


def _capture(line: bytes, place: Source, options: Options) -> Capture | SourceError:
    content = line.rstrip(b"\r\n")
    try:
        # a line cut in a text would else be called a text with a line end in it
        row = _row.decode(content)
    except msgspec.ValidationError:
        return refused(place, "the line is JSON, but not an object", 'Write {"id": …, "text": …} on each line.')
    except UnicodeDecodeError as error:
        return refused(
            place, f"byte {error.start} of the line is not UTF-8", "Convert the file, for example with `iconv`."
        )
    except (msgspec.DecodeError, RecursionError) as error:
        cut = "truncated" in str(error)
        todo = "The line is cut; write it again." if cut else "Write one JSON object a line, in UTF-8."
        return refused(place, f"the line is not JSON ({error})", todo)
    return capture_of(row, place, content, options.columns)


def _skip_line(stream: BinaryIO) -> int:
    """Leave the rest of a line unread; how many bytes it had."""
    skipped = 0
    while chunk := stream.readline(CHUNK):
        skipped += len(chunk)
        if chunk.endswith(b"\n"):
            break
    return skipped


def count(path: Path) -> int | None:
    """How many lines a file has."""
    lines, last = 0, b"\n"
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return max(1, lines + (last != b"\n"))
