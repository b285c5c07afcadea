"""Records to JSON and back: the only place that encodes.

JSON Lines, one reading a line, fields in the order of their definition, so the same reading always
gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from sitrep.errors import RecordError
from sitrep.model.incident import Incident
from sitrep.model.reading import Reading

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Reading)


def encode(record: msgspec.Struct) -> bytes:
    """One record as UTF-8 JSON, without a line end."""
    return _encoder.encode(record)


def encode_values(values: Iterable[object]) -> str:
    """Plain values as a JSON array."""
    return _encoder.encode(list(values)).decode()


def decode_reading(line: bytes | str, *, source: str = "a stored reading") -> Reading:
    """A reading from its JSON, evidence checked. Raises RecordError where it does not decode."""
    try:
        return _decoder.decode(line)
    except msgspec.DecodeError as error:
        raise RecordError(
            f"Decoding {source}: {error}.",
            todo="Read the report again with this version of sitrep.",
            source=source,
        ) from error


def schema(record: type[msgspec.Struct] = Reading) -> dict[str, Any]:
    """The JSON Schema of a record type (2020-12)."""
    return msgspec.json.schema(record)


def incident_schema() -> dict[str, Any]:
    """The JSON Schema of an incident."""
    return schema(Incident)


def digest(*parts: object, size: int = 10) -> str:
    """A short hexadecimal digest of parts, the same on every machine. size: hexadecimal digits."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()[:size]
