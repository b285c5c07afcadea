"""CAMEO: one pair of source and target an event, in the 20 columns in which ICEWS came, tab-separated.

Codes are CAMEO's and the layout is that of ICEWS; no row is from either, and none is endorsed by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sitrep.export._cameo_rules import cameo
from sitrep.export._cells import Cell, Coded, LeftOut, Listener, Row, left_out, tabs, values
from sitrep.export._facts import Facts, quote
from sitrep.export._plover_rules import BEYOND, Coding, Side, codings
from sitrep.model import Reading
from sitrep.model.codec import digest

suffix = ".tsv"
label = "CAMEO (ICEWS)"
description = "CAMEO codes, one source and target a row, in ICEWS' table of 20 columns, tab-separated"

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def write(readings: Iterable[Reading], out: BinaryIO, *, listener: Listener | None = None) -> int:
    """Write a header and one row for each pair of source and target of an event that CAMEO codes."""
    rows = (row for reading in readings for row in code(reading))
    return tabs(out, COLUMNS, values(rows, COLUMNS, listener))


def code(reading: Reading) -> Coded:
    """The rows of a reading with a rule for each value, and the events that CAMEO does not code."""
    facts = Facts(reading)
    for coding in codings(facts):
        if isinstance(coding, LeftOut):
            yield coding
            continue
        yield from _rows(facts, coding)


def _rows(facts: Facts, coding: Coding) -> Iterator[Row | LeftOut]:
    found = cameo(coding, facts.ontology)
    if isinstance(found, str):
        yield left_out(facts.reading, coding.event, found)
        return
    sources = [side for side in coding.actors if side.name]
    targets = list(coding.recipients)
    if not targets and len(sources) > 1:
        sources, targets = sources[:1], sources[1:]
    if not sources or not targets:
        who = "who does it" if not sources else "to whom it is done"
        yield left_out(facts.reading, coding.event, f"nobody is named {who}, and CAMEO asks for both sides")
        return
    for source in sources:
        for target in targets:
            yield _row(facts, coding, source, target, found)


def _row(facts: Facts, coding: Coding, source: Side, target: Side, found: tuple[object, ...]) -> Row:
    event, report, place = coding.event, facts.reading.report, coding.place
    found_code, rule, rejected = found
    name, text, goldstein = found_code  # type: ignore[misc]
    country = facts.country(place.country) if place else None
    number = int(digest(report.id, event.id, source.name, target.name, size=8), 16)
    where = "the gazetteer's entry for the event's place" if place else "no place is known"
    when = f"the event's first day ({event.time.basis})" if event.time else "no date is known; never the report's own"
    dated = facts.dated.get(event.time.timex or "", ()) if event.time else ()
    sentence = facts.sentence_at(event.trigger.start)
    cells = {
        "Event ID": Cell(number, "a number made of the report, the event and the pair"),
        "Event Date": Cell(event.time.start if event.time else None, when, dated),
        **_side(facts, "Source", source),
        "Event Text": Cell(text, f"CAMEO's name of {name}", event.triggers),
        "CAMEO Code": Cell(name, str(rule), event.triggers, str(rejected)),
        "Intensity": Cell(goldstein, f"Goldstein's score of {name}"),
        **_side(facts, "Target", target),
        "Story ID": Cell(report.source.id, "the report's own id"),
        "Sentence Number": Cell(sentence + 1 if sentence >= 0 else None, "the sentence of the trigger, from 1"),
        "Publisher": Cell(report.outlet, "the report's outlet"),
        "City": Cell(place.name if place and place.kind == "settlement" else None, where),
        "District": Cell(None, "the gazetteer has no second-level division"),
        "Province": Cell(place.admin1 if place else None, where),
        "Country": Cell(country.name if country else None, where),
        "Latitude": Cell(place.lat if place else None, where),
        "Longitude": Cell(place.lon if place else None, where),
    }
    return Row(str(number), report.source.id, (event.id,), {column: cells[column] for column in COLUMNS})


def _side(facts: Facts, which: str, side: Side) -> dict[str, Cell]:
    country = facts.country(side.country)
    sector = facts.ontology.sectors.get(side.sector or "")
    beyond = BEYOND.get(side.country or "")
    return {
        f"{which} Name": Cell(side.name, f"the name behind “{quote(side.evidence)}”", side.evidence),
        f"{which} Sectors": Cell(
            sector.label if sector else None, "the sector of the gazetteer or of the kind of actor"
        ),
        f"{which} Country": Cell(
            country.name if country else beyond, "the country of the gazetteer; what stands beyond states by its kind"
        ),
    }
