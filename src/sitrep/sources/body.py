"""The body of an HTTP answer as its sender packed it, unpacked within limits."""

from __future__ import annotations

import re
import zlib

CHUNK_HEAD = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n")
# encodings that are asked for and unpacked; others grow without measure or need libraries
ENCODINGS = ("gzip", "x-gzip", "deflate", "identity", "")


def unpack(content: bytes, encoding: str, limit: int) -> bytes:
    """Content without its encoding; at most one byte more than the limit. Raises ValueError where it is cut or unknown.

    What only says that it is packed is given as it is.
    """
    encoding = encoding.strip().lower()
    if encoding not in ENCODINGS:
        raise ValueError(f"it is encoded as {encoding[:40]!r}, which nobody asked for")
    if encoding in ("", "identity"):
        return content
    packed = content[:2] == b"\x1f\x8b"
    if encoding != "deflate" and not packed:
        return content
    # deflate is sent with and without a head (RFC 9110, 8.4.1.2)
    tries = (47,) if packed else (15, -15)
    for window in tries:
        try:
            return _inflate(content, window, limit)
        except zlib.error:
            continue
    if packed:
        raise ValueError("its gzip data is damaged")
    return content


def _inflate(content: bytes, window: int, limit: int) -> bytes:
    machine = zlib.decompressobj(window)
    found = machine.decompress(content, limit + 1)
    if not machine.eof and len(found) <= limit:
        raise ValueError("its packed data is cut off")
    return found


def dechunk(content: bytes) -> bytes:
    """A body without the marks of chunked transfer; as it is where it only says that it has them."""
    parts: list[bytes] = []
    at = 0
    while match := CHUNK_HEAD.match(content, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(content[match.end() : match.end() + size])
        at = match.end() + size
    return b"".join(parts) if parts and at >= len(content) else content
