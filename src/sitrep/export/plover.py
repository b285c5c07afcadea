"""PLOVER 2.0: one coded event a line, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from sitrep.export._cells import LeftOut, Listener, write_lines
from sitrep.export._facts import Facts, quote
from sitrep.export._plover_rules import Coding, Side, codings
from sitrep.model import Reading
from sitrep.model.codec import digest
from sitrep.model.version import VERSION

suffix = ".jsonl"
label = "PLOVER"
description = "PLOVER 2.0 events, one JSON object a line"
same_rows = "polecat"

_encode = msgspec.json.Encoder().encode
# PLOVER's resolution of a place by its kind: 4 city, 3 district, 2 province, 1 country; 5 is below a city
RESOLUTION = {"facility": 5, "settlement": 4, "admin2": 3, "admin1": 2, "country": 1}


def write(readings: Iterable[Reading], out: BinaryIO, *, listener: Listener | None = None) -> int:
    """Write each coded event on its own line."""
    return write_lines((entry for reading in readings for entry in code(reading)), out, _encode, listener)


def code(reading: Reading) -> Iterator[dict[str, Any] | LeftOut]:
    """The coded events of a reading as records, and the events that PLOVER does not code."""
    facts = Facts(reading)
    for coding in codings(facts):
        yield coding if isinstance(coding, LeftOut) else _record(facts, coding)


def _record(facts: Facts, coding: Coding) -> dict[str, Any]:
    event, report = coding.event, facts.reading.report
    time = event.time
    record: dict[str, Any] = {
        "id": f"{digest(report.id)}-{event.id}",
        "has_event": True,
        # never the report's own date in place of an unknown one
        "date": time.start if time else None,
        "enddate": time.end if time and time.end != time.start else None,
        "date_basis": time.basis if time else None,
        "actor": [_side(side) for side in coding.actors],
        "recipient": [_side(side) for side in coding.recipients],
        "event": [coding.type],
        "mode": [coding.mode] if coding.mode else [],
        "auxiliary_mode": list(coding.auxiliary),
        "context": list(coding.contexts),
        "quad_code": coding.quad,
        "event_scale": coding.score,
        "event_loc": _place(facts, coding),
        "event_text": [trigger.quote for trigger in event.triggers],
        "text": quote(event.evidence),
        "text_info": {"start": event.trigger.start, "end": event.trigger.end},
        "size": _size(facts, coding),
        "cite_info": {
            "citation": report.source.id,
            "title": report.title,
            "publication": report.outlet,
            "language": report.language,
            "coder": f"sitrep {VERSION}",
            "codebook": "PLOVER",
            "version": "2.0",
        },
        "comment": coding.rule,
    }
    return record


def _side(side: Side) -> dict[str, Any]:
    return {
        "code": side.country,
        "sector": side.sector,
        "entity_text": side.name or None,
        "raw_text": side.words or None,
        "office": side.title,
    }


def _place(facts: Facts, coding: Coding) -> dict[str, Any] | None:
    place = coding.place
    if place is None:
        return None
    country = facts.country(place.country)
    return {
        "resolved_place": place.name,
        "geonameid": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.name if place.kind == "settlement" else None,
        "province": place.admin1,
        "country": country.name if country else None,
        "country_code": place.country,
        "resolution": RESOLUTION.get(place.kind),
    }


def _size(facts: Facts, coding: Coding) -> dict[str, float]:
    names = (("dead", "killed"), ("injured", "injured"), ("arrested", "captured"))
    found = {name: next((f.best for f in facts.figures(coding.event, kind)), None) for name, kind in names}
    return {name: number for name, number in found.items() if number is not None}
