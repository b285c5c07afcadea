"""POLECAT: PLOVER events as the tab-separated table in which POLECAT's yearly files come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sitrep.export._cells import Cell, Coded, LeftOut, Listener, Row, tabs, values
from sitrep.export._facts import Facts
from sitrep.export._plover_rules import Coding, Side, codings
from sitrep.model import Evidence, Reading
from sitrep.model.codec import digest
from sitrep.model.version import VERSION

suffix = ".tsv"
label = "POLECAT"
description = "PLOVER events as POLECAT's table of 40 columns, tab-separated"

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def write(readings: Iterable[Reading], out: BinaryIO, *, listener: Listener | None = None) -> int:
    """Write a header and one row for each event that PLOVER codes."""
    rows = (row for reading in readings for row in code(reading))
    return tabs(out, COLUMNS, values(rows, COLUMNS, listener))


def code(reading: Reading) -> Coded:
    """The rows of a reading with a rule for each value, and the events that PLOVER does not code."""
    facts = Facts(reading)
    for coding in codings(facts):
        yield coding if isinstance(coding, LeftOut) else _row(facts, coding)


def _row(facts: Facts, coding: Coding) -> Row:
    event, report, place = coding.event, facts.reading.report, coding.place
    country = facts.country(place.country) if place else None
    name = f"{digest(report.id)}-{event.id}"
    unknown = "not known"
    where = "the gazetteer's entry for the event's place" if place else "no place is known"
    people = [actor.name for actor in facts.reading.actors if actor.kind == "person"]
    bodies = [actor.name for actor in facts.reading.actors if actor.kind != "person" and actor.link]
    cells = {
        "Event ID": Cell(name, "a digest of the report and the event's own id"),
        "Event Date": Cell(
            event.time.start if event.time else None,
            f"the event's first day ({event.time.basis})" if event.time else "no date is known; never the report's own",
        ),
        "Event Type": Cell(coding.type, coding.rule, event.triggers),
        "Event Mode": Cell(coding.mode, coding.mode_rule, event.triggers),
        "Intensity": Cell(coding.score, "PLOVER's score of the mode, else of the class"),
        "Quad Code": Cell(QUADS[coding.quad], "PLOVER's quad class of the class"),
        "Contexts": Cell("; ".join((*coding.contexts, *coding.auxiliary)) or None, "the type's context and factuality"),
        **_side_cells(facts, "Actor", coding.actors),
        **_side_cells(facts, "Recipient", coding.recipients),
        "Placename": Cell(place.name if place else None, where),
        "City": Cell(place.name if place and place.kind == "settlement" else None, where),
        "District": Cell(None, unknown),
        "Province": Cell(place.admin1 if place else None, where),
        "Country": Cell(country.name if country else None, where),
        "Latitude": Cell(place.lat if place else None, where),
        "Longitude": Cell(place.lon if place else None, where),
        "GeoNames ID": Cell(place.geonames if place else None, where),
        "Raw Placename": Cell(place.name if place else None, where),
        "Feature Type": Cell(place.kind if place else None, where),
        "Source": Cell(report.outlet or report.source.id, "the outlet, else the report's own name"),
        "Publication Date": Cell(report.published.value, f"the report's date ({report.published.basis})"),
        "Story People": Cell("; ".join(people) or None, "all persons of the report"),
        "Story Organizations": Cell("; ".join(bodies) or None, "all known bodies of the report"),
        "Story Locations": Cell("; ".join(p.name for p in facts.reading.places) or None, "all places of the report"),
        "Language": Cell(report.language, "the report's language"),
        "Version": Cell(f"sitrep {VERSION}", "what coded it"),
    }
    return Row(name, report.source.id, (event.id,), cells)


def _side_cells(facts: Facts, side: str, parties: tuple[Side, ...]) -> dict[str, Cell]:
    evidence: tuple[Evidence, ...] = tuple(part for one in parties for part in one.evidence)
    countries = [facts.country(one.country) for one in parties]
    sectors = [one.sector for one in parties if one.sector]

    def joined(parts: Iterable[str | None], rule: str) -> Cell:
        return Cell("; ".join(dict.fromkeys(filter(None, parts))) or None, rule, evidence)

    return {
        f"{side} Name": joined((one.name for one in parties), "the names of those on this side"),
        f"{side} Country": joined((one.country for one in parties), "ISO alpha-3, or PLOVER's code beyond states"),
        f"{side} COW": joined((one.cow if one else None for one in countries), "the Correlates of War number"),
        f"Primary {side} Sector": Cell(sectors[0] if sectors else None, "the first sector", evidence),
        f"{side} Sectors": joined(sectors, "the sectors of those on this side"),
        f"{side} Title": joined((one.title for one in parties), "the office that the report or gazetteer gives"),
        f"{side} Name Raw": joined((one.words for one in parties), "the report's words"),
        f"Wikipedia {side} ID": Cell(None, "the gazetteer holds no such ids"),
    }
