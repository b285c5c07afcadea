"""UCDP GED: one row a dyad, place and dates, in the 49 columns of the georeferenced event dataset.

Names and codes are UCDP's; no row is from UCDP, and none is endorsed by it. Ids of dyads and conflicts are
UCDP's own and stay empty; whether a dyad passed 25 deaths in a year is not checked. What several reports tell of one
dyad, place and dates is one row; `code` gives the rows of each report for itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import BinaryIO

from sitrep.export._cells import Cell, Coded, LeftOut, Listener, Row, table
from sitrep.export._facts import Facts
from sitrep.export._fold import Fold, folded
from sitrep.export._ged_fold import FOLD
from sitrep.export._ged_rules import NON_STATE, ONE_SIDED, STATE_BASED, Fight, fights
from sitrep.export._options import Option
from sitrep.model import Incident, Reading
from sitrep.model.codec import digest

suffix = ".csv"
label = "UCDP GED"
description = "UCDP GED's 49 columns, one row a dyad, place and dates; strict leaves out what has no reported death"

OPTIONS = (Option("strict", "strict", "Leave out what has no reported death, or write it as 0.", (), True),)
COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
VIOLENCE = {STATE_BASED: "state-based conflict", NON_STATE: "non-state conflict", ONE_SIDED: "one-sided violence"}
DAY, WEEK, MONTH = 1, 7, 31


def write(readings: Iterable[Reading], out: BinaryIO, *, strict: bool = True, listener: Listener | None = None) -> int:
    """Write a header and the rows of each reading. strict: leave out what has no reported death."""
    rows = (row for reading in readings for row in code(reading, strict=strict))
    return table(out, COLUMNS, ([row[column] for column in COLUMNS] for row in folded(rows, FOLD, listener)))


def folding(_: Iterable[Incident] = ()) -> Fold:
    """One row a dyad, place and dates over all reports."""
    return FOLD


def code(reading: Reading, *, strict: bool = True) -> Coded:
    """The rows of a reading with a rule for each value, and the events that UCDP does not code."""
    facts = Facts(reading)
    for fight in fights(facts, strict=strict):
        yield fight if isinstance(fight, LeftOut) else _row(facts, fight)


def priogrid(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID that holds a point: half degrees, row by row from the south-west corner, from 1."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def date_precision(days: int) -> int:
    """UCDP's date_prec of a span of so many days."""
    if days <= DAY:
        return 1
    if days < WEEK:
        return 2
    if days == WEEK:
        return 3
    return 4 if days <= MONTH else 5


def _row(facts: Facts, fight: Fight) -> Row:
    reading, report = facts.reading, facts.reading.report
    event, place, country, dead = fight.events[0], fight.place, fight.country, fight.dead
    lat, lon = place.lat or 0.0, place.lon or 0.0
    name = int(digest(report.id, event.id, "ged", size=8), 16)
    headline = report.title or ""
    published = report.published.value or ""
    days = (fight.last - fight.first).days + 1
    evidence = tuple(part for event in fight.events for part in event.evidence)
    dyad = f"{fight.a.name} - {fight.b.name}"
    none = Cell(None, "UCDP's own number, which only UCDP gives")
    where = f"the gazetteer's entry for {place.name!r}"
    when = f"the first and last possible day ({event.time.basis if event.time else ''})"
    cells = {
        "id": Cell(name, "a number made of the report and the event"),
        "relid": Cell(
            f"{country.iso3}-{fight.first.year}-{fight.violence}-0-{name}",
            "country, year, type of violence, dyad (0: not numbered) and the row's id",
        ),
        "year": Cell(fight.first.year, "the year of date_start"),
        "active_year": Cell(None, "whether the dyad passed 25 deaths in the year cannot be told from reports read"),
        "code_status": Cell(
            "Clear" if dead.high else "Below inclusion: no deaths reported", "whether a death is reported"
        ),
        "type_of_violence": Cell(fight.violence, f"{VIOLENCE[fight.violence]}: {fight.rule}", evidence),
        "conflict_dset_id": none,
        "conflict_new_id": none,
        "conflict_name": Cell(dyad, "the dyad's name; what the conflict is about is not coded"),
        "dyad_dset_id": none,
        "dyad_new_id": none,
        "dyad_name": Cell(dyad, "side a and side b"),
        "side_a_dset_id": none,
        "side_a_new_id": none,
        "side_a": Cell(fight.a.name, fight.rule, fight.a.evidence),
        "side_b_dset_id": none,
        "side_b_new_id": none,
        "side_b": Cell(fight.b.name, fight.rule, fight.b.evidence),
        "number_of_sources": Cell(1, "one report"),
        "source_article": Cell(f'"{report.outlet or report.source.id},{published},{headline}"', "outlet, date, title"),
        "source_office": Cell(report.outlet or report.source.id, "the outlet, else the report's own name"),
        "source_date": Cell(published or None, f"the report's date ({report.published.basis})"),
        "source_headline": Cell(headline or None, "the report's title"),
        "source_original": Cell("; ".join(facts.speakers(event)) or None, "who is said to have said it"),
        "where_prec": Cell(event.place.precision if event.place else None, "the precision of the event's place"),
        "where_coordinates": Cell(place.name, where),
        "where_description": Cell(
            "; ".join(dict.fromkeys(facts.label(a) for a in event.arguments if a.role == "place" or a.place)) or None,
            "the report's words on the place",
        ),
        "adm_1": Cell(place.admin1, where),
        "adm_2": Cell(None, "the gazetteer has no second-level division"),
        "latitude": Cell(lat, where),
        "longitude": Cell(lon, where),
        "geom_wkt": Cell(f"POINT ({lon} {lat})", "longitude and latitude"),
        "priogrid_gid": Cell(priogrid(lat, lon), "the half-degree cell of the point"),
        "country": Cell(country.name, where),
        "country_id": Cell(country.gw or None, "the Gleditsch-Ward number"),
        "region": Cell(country.ucdp_region, f"UCDP's region of {country.name}"),
        "event_clarity": Cell(1, "the report tells of an event of its own"),
        "date_prec": Cell(date_precision(days), f"{days} possible day{'s' * (days != 1)}"),
        "date_start": Cell(f"{fight.first} 00:00:00.000", when),
        "date_end": Cell(f"{fight.last} 00:00:00.000", when),
        "deaths_a": Cell(dead.a, dead.rule, dead.evidence),
        "deaths_b": Cell(dead.b, dead.rule, dead.evidence),
        "deaths_civilians": Cell(dead.civilians, dead.rule, dead.evidence),
        "deaths_unknown": Cell(dead.unknown, dead.rule, dead.evidence),
        "best": Cell(dead.best, "the sum of the dead by side", dead.evidence),
        "high": Cell(dead.high, dead.rule, dead.evidence),
        "low": Cell(dead.low, dead.rule, dead.evidence),
        "gwnoa": Cell(fight.a.gw or None, "the Gleditsch-Ward number of a government"),
        "gwnob": Cell(fight.b.gw or None, "the Gleditsch-Ward number of a government"),
    }
    return Row(str(name), reading.report.source.id, tuple(event.id for event in fight.events), cells)
