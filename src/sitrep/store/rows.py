"""A reading as rows: a pure function, so that the tables can be checked against the reading and made again."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from sitrep.model import Capture, Evidence, Failure, Provenance, Reading
from sitrep.model.codec import digest, encode, encode_values

Row = dict[str, Any]
type Coded = Mapping[str, Iterable[Sequence[object]]]
# the fastest level; a higher one saves a tenth of the room and takes three times as long
LEVEL = 1


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A capture as it is kept: compressed, with the SHA-256 of its bytes."""

    sha256: str
    size: int
    media: str
    uri: str
    retrieved_at: str | None
    content: bytes


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A page that was taken, by its address, with what its server said. final: where it came from in the end."""

    address: str
    retrieved_at: str
    final: str
    etag: str | None
    modified: str | None


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A reading made ready to be stored; a worker prepares, the one writer only inserts.

    taken: digest of what was handed over. made_by: digest of what read it. report: its row, None where no
    report came out. layers: table name to rows; those of the table `coded` are the rows of tabular exports.
    line: the reading as compressed JSON.
    """

    taken: str | None
    made_by: str
    source_id: str
    report: Row | None
    capture: Kept | None
    provenance: Provenance | None
    line: bytes
    line_sha256: str
    layers: dict[str, list[Row]]
    failures: tuple[Failure, ...]
    page: Asked | None = None


def sha256(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def taken_of(capture: Capture, given: object = ()) -> str:
    """The digest of a capture with all that is said about it: the same twice is one report."""
    source = capture.source
    said = (source.id, capture.media, capture.title, capture.outlet, capture.byline, capture.published, given)
    # fields of a row that are not read do not make it another
    content = capture.content if capture.text is None else capture.text.encode("utf-8", "surrogatepass")
    return digest(article_of(source.kind, source.uri, source.id), sha256(content), *said, size=32)


def made_by(provenance: Provenance | None) -> str:
    """What made a reading, without when."""
    return digest(encode(msgspec.structs.replace(provenance, read_at=None)), size=32) if provenance else ""


def article_of(kind: str, uri: str, source_id: str) -> str:
    """What stays the same when an article's text changes: a file's path, a page's address, else the id it came with."""
    if kind in ("url", "warc"):
        return f"url {source_id}"
    return f"file {os.path.abspath(uri)}" if kind in ("file", "html") else f"{kind} {source_id}"  # noqa: PTH100


def keep(capture: Capture) -> Kept:
    """A capture made ready to be stored."""
    return Kept(
        sha256=sha256(capture.content),
        size=len(capture.content),
        media=capture.media,
        uri=capture.retrieval.address if capture.retrieval else capture.source.uri,
        retrieved_at=capture.retrieval.at if capture.retrieval else None,
        content=zlib.compress(capture.content, LEVEL),
    )


def _asked(capture: Capture) -> Asked | None:
    """The page that a capture is, where it came from a server and not from an archive of pages."""
    got = capture.retrieval
    if got is None or capture.source.kind != "url":
        return None
    return Asked(
        address=capture.source.id,
        retrieved_at=got.at,
        final=got.address,
        etag=got.headers.get("etag"),
        modified=got.headers.get("last-modified"),
    )


def prepare(
    reading: Reading, capture: Capture | None = None, taken: str | None = None, coded: Coded | None = None
) -> Prepared:
    """A reading made ready to be stored, with the capture that it came from.

    coded: name of an export to its rows.
    """
    line = encode(reading)
    kept = keep(capture) if capture else None
    return Prepared(
        taken=taken,
        made_by=made_by(reading.provenance),
        source_id=reading.report.source.id,
        report=report_row(reading, kept),
        capture=kept,
        provenance=reading.provenance,
        line=zlib.compress(line, LEVEL),
        line_sha256=sha256(line),
        layers=layer_rows(reading) | {"coded": coded_rows(coded or {})},
        failures=reading.failures,
        page=_asked(capture) if capture else None,
    )


def report_row(reading: Reading, kept: Kept | None) -> Row | None:
    """The row of a report, without what depends on other reports; None where it has no text."""
    report = reading.report
    if not report.text:
        return None
    source = report.source
    return {
        "report_id": report.id,
        "article": article_of(source.kind, source.uri, source.id),
        "source_id": source.id,
        "source_kind": source.kind,
        "uri": source.uri,
        "outlet": report.outlet,
        "title": report.title,
        "byline": report.byline,
        "language": report.language,
        "published": report.published.value,
        "published_basis": report.published.basis,
        "text": report.text,
        "text_sha256": sha256(report.text.encode()),
        "capture": kept.sha256 if kept else None,
    }


def layer_rows(reading: Reading) -> dict[str, list[Row]]:
    """The rows of every layer table, without the report's number."""
    return {
        "actors": [
            {
                "id": actor.id,
                "name": actor.name,
                "kind": actor.kind,
                "countries": " ".join(actor.countries) or None,
                "aliases": "\n".join(actor.aliases) or None,
                "link": actor.link.id if actor.link else None,
                "score": actor.link.score if actor.link else None,
            }
            for actor in reading.actors
        ],
        "places": [
            {
                name: getattr(place, name)
                for name in ("id", "name", "kind", "lat", "lon", "country", "admin1", "geonames", "radius_km", "score")
            }
            for place in reading.places
        ],
        "timexes": [
            {
                "id": timex.id,
                "type": timex.type,
                "value": timex.value,
                "start": timex.start,
                "end": timex.end,
                "precision": timex.precision,
                **_where(timex.evidence),
            }
            for timex in reading.timexes
        ],
        "events": [
            {
                "id": event.id,
                "type": event.type,
                "factuality": event.factuality,
                "background": event.background,
                "place": event.place.id if event.place else None,
                "place_precision": event.place.precision if event.place else None,
                "start": event.time.start if event.time else None,
                "end": event.time.end if event.time else None,
                "weapon": event.weapon,
                "trigger": event.trigger.quote,
                "score": event.score,
                **_where((event.trigger,)),
            }
            for event in reading.events
        ],
        "event_arguments": [
            {
                "event": event.id,
                "position": position,
                "role": argument.role,
                "actor": argument.actor,
                "place": argument.place,
                "text": argument.text,
                "score": argument.score,
                **_where(argument.evidence),
            }
            for event in reading.events
            for position, argument in enumerate(event.arguments)
        ],
        "quantities": [
            {
                "id": quantity.id,
                "kind": quantity.kind,
                "of": quantity.of,
                "low": quantity.low,
                "best": quantity.best,
                "high": quantity.high,
                "unit": quantity.unit,
                "modifier": quantity.modifier,
                "cumulative": quantity.cumulative,
                **_where(quantity.evidence),
            }
            for quantity in reading.quantities
        ],
        "claims": [
            {
                "id": claim.id,
                "speaker": claim.speaker.actor if claim.speaker else None,
                "kind": claim.kind,
                "stance": claim.stance,
                "about": " ".join(claim.about) or None,
                **_where(claim.content),
            }
            for claim in reading.claims
        ],
        "relations": [
            {
                "id": relation.id,
                "type": relation.type,
                "subject": relation.subject,
                "object": relation.object,
                "from": relation.start,
                "to": relation.end,
                "score": relation.score,
                **_where(relation.evidence),
            }
            for relation in reading.relations
        ],
        "control": [
            {
                "id": held.id,
                "place": held.place,
                "holder": held.holder,
                "status": held.status,
                "from": held.start,
                "to": held.end,
                "basis": held.basis,
                **_where(held.evidence),
            }
            for held in reading.control
        ],
        "decisions": [
            {
                "id": decision.id,
                "about": decision.about,
                "line": encode(decision).decode(),
                **_where(tuple(part for step in decision.steps for part in step.evidence)),
            }
            for decision in reading.decisions
        ],
    }


def coded_rows(coded: Coded) -> list[Row]:
    """The rows of the table `coded`, without the report's number."""
    return [
        {"export": name, "position": position, "line": encode_values(values)}
        for name, rows in coded.items()
        for position, values in enumerate(rows)
    ]


def _where(evidence: tuple[Evidence, ...]) -> Row:
    """Where the first words stand."""
    first = evidence[0] if evidence else None
    return {"quote_start": first.start if first else None, "quote_end": first.end if first else None}
