"""PLOVER 2.0: one coded event a line, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from sitrep.export._cells import Cell, Coded, LeftOut, Listener, Row, nested, write_rows
from sitrep.export._facts import Facts, quote
from sitrep.export._plover_rules import Coding, Side, codings
from sitrep.model import Evidence, Reading
from sitrep.model.codec import digest
from sitrep.model.version import VERSION

suffix = ".jsonl"
label = "PLOVER"
description = "PLOVER 2.0 events, one JSON object a line"
same_rows = "polecat"

_encode = msgspec.json.Encoder().encode
COLUMNS = (
    "id", "has_event", "date", "enddate", "actor", "recipient", "event", "event_loc", "event_text", "quad_code",
    "event_scale", "mode", "context", "auxiliary_mode", "text", "text_info", "cite_info", "coder", "coded_date",
    "comment", "size", "date_basis",
)  # fmt: skip
# the archive's view: its columns by those of `polecat`
VIEW = {
    "id": "Event ID", "date": "Event Date", "actor": "Actor Name", "recipient": "Recipient Name", "event": "Event Type",
    "event_loc": "Placename", "quad_code": "Quad Code", "event_scale": "Intensity", "mode": "Event Mode",
    "context": "Contexts", "actor_code": "Actor Country", "actor_sector": "Actor Sectors",
    "recipient_code": "Recipient Country", "recipient_sector": "Recipient Sectors",
}  # fmt: skip
# PLOVER's resolution of a place by its kind: 4 city, 3 district, 2 province, 1 country; 5 is below a city
RESOLUTION = {"facility": 5, "settlement": 4, "admin2": 3, "admin1": 2, "country": 1}
# GeoNames' feature classes by kind, where a kind has one
FEATURES = {"facility": "S", "settlement": "P", "admin2": "A", "admin1": "A", "country": "A", "area": "L"}


def write(readings: Iterable[Reading], out: BinaryIO, *, listener: Listener | None = None) -> int:
    """Write each coded event on its own line."""
    return write_rows((row for reading in readings for row in code(reading)), out, _encode, listener)


def code(reading: Reading) -> Coded:
    """The coded events of a reading with a rule for each value, and the events that PLOVER does not code."""
    facts = Facts(reading)
    for coding in codings(facts):
        yield coding if isinstance(coding, LeftOut) else _row(facts, coding)


def _row(facts: Facts, coding: Coding) -> Row:
    event, report, made = coding.event, facts.reading.report, facts.reading.provenance
    time = event.time
    name = f"{digest(report.id)}-{event.id}"
    dated = facts.dated.get(time.timex or "", ()) if time else ()
    read_at = made.read_at if made else None
    cells = {
        "id": Cell(name, "a digest of the report and the event's own id"),
        "has_event": Cell(value=True, rule="only what is coded is written"),
        "date": Cell(time.start if time else None,
                     f"the event's first day ({time.basis})" if time else "no date is known; never the report's own",
                     dated),
        "enddate": Cell(time.end if time and time.end != time.start else None, "the last day, where it is another",
                        dated),
        "actor": Cell([_side(side) for side in coding.actors], "who does it, by the roles of the event type",
                      _words(coding.actors)),
        "recipient": Cell([_side(side) for side in coding.recipients], "to whom it is done, by the roles of the type",
                          _words(coding.recipients)),
        "event": Cell([coding.type], coding.rule, event.triggers),
        "event_loc": Cell(_place(facts, coding), "the gazetteer's entry for the event's place",
                          facts.words_of_place(event)),
        "event_text": Cell([trigger.quote for trigger in event.triggers], "the words that name it", event.triggers),
        "quad_code": Cell(coding.quad, "PLOVER's quad class of the class"),
        "event_scale": Cell(coding.score, "PLOVER's score of the mode, else of the class"),
        "mode": Cell([coding.mode] if coding.mode else [], coding.mode_rule, event.triggers),
        "context": Cell(list(coding.contexts), coding.context_rule, coding.context_words),
        "auxiliary_mode": Cell(list(coding.auxiliary), "factuality, and whether it is told as history",
                               event.reason.evidence if event.reason else ()),
        "text": Cell(quote(event.evidence), "the sentences that report it, unaltered", event.evidence),
        "text_info": Cell({"start": event.trigger.start, "end": event.trigger.end},
                          "where the first word for it stands, in code points", (event.trigger,)),
        "cite_info": Cell(
            {"citation": report.source.id, "url": report.source.uri or None, "title": report.title,
             "language": report.language, "publication": report.outlet, "coder": f"sitrep {VERSION}",
             "codebook": "PLOVER", "version": "2.0"},
            "what is known of the report",
        ),
        "coder": Cell(f"sitrep {VERSION}", "what coded it"),
        "coded_date": Cell(read_at[:10] if read_at else None, "when the report was read; empty where nothing says"),
        "comment": Cell(coding.rule, "the rule that gave the class"),
        "size": _size(facts, coding),
        "date_basis": Cell(time.basis if time else None, "what dates the event"),
    }  # fmt: skip
    return Row(name, report.source.id, (event.id,), cells)


def _words(sides: tuple[Side, ...]) -> tuple[Evidence, ...]:
    return tuple(part for side in sides for part in side.evidence)


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
    words = facts.words_of_place(coding.event)
    return {
        "extracted_place": words[0].quote if words else None,
        "resolved_place": place.name,
        "geonameid": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.name if place.kind == "settlement" else None,
        "district": place.name if place.kind == "admin2" else None,
        "province": place.name if place.kind == "admin1" else place.admin1,
        "country": country.name if country else None,
        "country_code": place.country,
        "feature_class": FEATURES.get(place.kind),
        "resolution": RESOLUTION.get(place.kind),
    }


def _size(facts: Facts, coding: Coding) -> Cell:
    names = (("dead", "killed"), ("injured", "injured"), ("arrested", "captured"))
    figures = {name: next((f for f in facts.figures(coding.event, kind)), None) for name, kind in names}
    found = {name: figure for name, figure in figures.items() if figure is not None and figure.best is not None}
    return Cell(
        {name: figure.best for name, figure in found.items()},
        "the first whole figure of each kind, as said; none where the words give no number",
        tuple(part for figure in found.values() for part in figure.evidence),
        nested(
            [figure.best for name, kind in names if name in found for figure in facts.figures(coding.event, kind)[1:]]
        ),
    )
