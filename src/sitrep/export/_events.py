"""The table of events: one event of one report a row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sitrep.export._facts import Facts, namesakes, quote
from sitrep.export._sheets import Column, Sheet
from sitrep.model import Event, EventPlace, EventTime, Evidence, Place, Quantity


class Told:
    """An event as the table sees it."""

    def __init__(self, facts: Facts, event: Event) -> None:
        self.facts = facts
        self.event = event
        self.report = facts.reading.report
        self.place: Place | None = facts.place_of(event)
        self.at: EventPlace | None = event.place
        self.time: EventTime | None = event.time

    @cached_property
    def killed(self) -> list[Quantity]:
        """The whole figures of dead."""
        return self.facts.figures(self.event, "killed")

    @cached_property
    def injured(self) -> list[Quantity]:
        """The whole figures of injured."""
        return self.facts.figures(self.event, "injured")

    def names(self, side: str) -> str | None:
        """Those on one side, joined."""
        return "; ".join(self.facts.side_names(self.event, side)) or None

    def words_of(self, side: str) -> tuple[Evidence, ...]:
        """The words that name those on one side."""
        return tuple(part for argument in self.facts.side(self.event, side) for part in argument.evidence)

    @cached_property
    def words_of_place(self) -> tuple[Evidence, ...]:
        """The words that name the place."""
        return self.facts.words_of_place(self.event)

    @cached_property
    def words_of_time(self) -> tuple[Evidence, ...]:
        """The words that date it."""
        return self.facts.dated.get(self.time.timex or "", ()) if self.time else ()

    @cached_property
    def speakers(self) -> tuple[Evidence, ...]:
        """The words that name who says so."""
        claims = (self.facts.claims.get(name) for name in self.event.claims)
        return tuple(part for claim in claims if claim and claim.speaker for part in claim.speaker.evidence)


def told(facts: Facts) -> Iterator[Told]:
    """The events of a reading."""
    return (Told(facts, event) for event in facts.reading.events)


def first(figures: list[Quantity], bound: str) -> Any:  # noqa: ANN401 - a number or None, by the bound's name
    """A bound of the first whole figure; null where there is none."""
    return getattr(figures[0], bound) if figures else None


def _said(figures: list[Quantity]) -> tuple[Evidence, ...]:
    return figures[0].evidence if figures else ()


def _rivals(figures: list[Quantity]) -> str:
    return ", ".join(f"“{quote(figure.evidence)}”" for figure in figures[1:])


def _candidates(row: Told) -> str:
    return namesakes(row.place, most=3)


def _figure_columns(kind: str, hxl: str) -> Iterator[Column[Told]]:
    rules = {
        "low": f"the least number {kind} that the words allow, of the first figure for the whole event",
        "best": f"the number {kind} as said, of the first figure for the whole event; rivals are among the figures",
        "high": f"the most {kind} that the words allow; empty where they set no upper bound",
    }

    def figures(row: Told) -> list[Quantity]:
        return row.killed if kind == "killed" else row.injured

    for bound, tag in (("low", "+min"), ("best", ""), ("high", "+max")):
        yield Column(
            f"{kind}_{bound}", "number", rules[bound],
            value=lambda row, bound=bound: first(figures(row), bound),
            words=lambda row: _said(figures(row)),
            rejected=lambda row: _rivals(figures(row)),
            hxl=f"{hxl}{tag}",
        )  # fmt: skip


COLUMNS: tuple[Column[Told], ...] = (
    Column("report", "text", "the report's own id: the one that came with it, else its file name or address",
           lambda row: row.report.source.id, hxl="#meta+id"),
    Column("outlet", "text", "who published the report", lambda row: row.report.outlet, hxl="#meta+source"),
    Column("published", "date", "when the report was published; never a stand-in for the event's date",
           lambda row: row.report.published.value, hxl="#date+reported"),
    Column("event", "text", "the event's id within its report", lambda row: row.event.id, hxl="#event+id"),
    Column("type", "text", "the event type of the ontology", lambda row: row.event.type,
           lambda row: row.event.triggers, hxl="#event+type"),
    Column("label", "text", "the event type in words", lambda row: row.facts.label_of(row.event),
           lambda row: row.event.triggers, hxl="#event+type+label"),
    Column("factuality", "text", "occurred, ongoing, planned, threatened, hypothetical, denied or negated",
           lambda row: row.event.factuality, lambda row: row.event.reason.evidence if row.event.reason else (),
           hxl="#status+factuality"),
    Column("background", "boolean", "told as history, not as news", lambda row: row.event.background,
           hxl="#status+background"),
    Column("headline", "boolean", "told by the report's headline", lambda row: row.event.headline,
           hxl="#status+headline"),
    Column("agents", "text", "who does it, by the roles of the event type, joined by semicolons",
           lambda row: row.names("agent"), lambda row: row.words_of("agent"), hxl="#group+name+first"),
    Column("targets", "text", "whom or what it hits, by the roles of the event type, joined by semicolons",
           lambda row: row.names("patient"), lambda row: row.words_of("patient"), hxl="#group+name+second"),
    Column("place", "text", "where it happened, by the gazetteer's name where one fits",
           lambda row: row.place.name if row.place else None, lambda row: row.words_of_place, _candidates,
           hxl="#loc+name"),
    Column("admin1", "text", "the first-level division of the place",
           lambda row: row.place.admin1 if row.place else None, lambda row: row.words_of_place, hxl="#adm1+name"),
    Column("country", "text", "the country of the place, ISO 3166 alpha-3",
           lambda row: row.place.country if row.place else None, lambda row: row.words_of_place, hxl="#country+code"),
    Column("latitude", "number", "WGS 84 degrees of the named place, not of the event",
           lambda row: row.place.lat if row.place else None, lambda row: row.words_of_place, hxl="#geo+lat"),
    Column("longitude", "number", "WGS 84 degrees of the named place, not of the event",
           lambda row: row.place.lon if row.place else None, lambda row: row.words_of_place, hxl="#geo+lon"),
    Column("place_precision", "integer", "UCDP's where_prec: 1 exact, 2 near, 3 district, 4 division, 5 vague, "
           "6 country, 7 sea or air", lambda row: row.at.precision if row.at else None, hxl="#geo+precision"),
    Column("place_basis", "text", "what ties the event to it: stated, sentence, context, target, dateline, headline",
           lambda row: row.at.basis if row.at else None, hxl="#meta+geo+basis"),
    Column("radius_m", "integer", "how far off the point the named place may reach",
           lambda row: round(row.place.radius_km * 1000) if row.place and row.place.radius_km is not None else None,
           hxl="#geo+radius"),
    Column("date_start", "date", "the first day on which it may have happened",
           lambda row: row.time.start if row.time else None, lambda row: row.words_of_time, hxl="#date+start"),
    Column("date_end", "date", "the last day on which it may have happened",
           lambda row: row.time.end if row.time else None, lambda row: row.words_of_time, hxl="#date+end"),
    Column("date_precision", "text", "day, week, month, season, year, range or unknown",
           lambda row: row.time.precision if row.time else None, hxl="#meta+date+precision"),
    Column("date_basis", "text", "what dates the event: stated, sentence, context, tense or published",
           lambda row: row.time.basis if row.time else None, hxl="#meta+date+basis"),
    Column("weapon", "text", "the weapon that the words name", lambda row: row.event.weapon, hxl="#event+weapon"),
    *_figure_columns("killed", "#affected+killed"),
    *_figure_columns("injured", "#affected+injured"),
    Column("trigger", "text", "the word that first names the event", lambda row: row.event.trigger.quote,
           lambda row: (row.event.trigger,), hxl="#description+trigger"),
    Column("said_by", "text", "who says that it happened, joined by semicolons; empty for the report's own words",
           lambda row: "; ".join(row.facts.speakers(row.event)) or None, lambda row: row.speakers,
           hxl="#meta+source+original"),
    Column("quote", "text", "the sentences that report it, unaltered", lambda row: quote(row.event.evidence),
           lambda row: row.event.evidence, hxl="#description"),
    Column("start", "integer", "where the trigger begins in the report's text, in Unicode code points",
           lambda row: row.event.trigger.start, hxl="#meta+offset+start"),
    Column("end", "integer", "where the trigger ends", lambda row: row.event.trigger.end, hxl="#meta+offset+end"),
    Column("score", "number", "how sure the reading is, 0 to 1", lambda row: row.event.score, hxl="#status+confidence"),
)  # fmt: skip

EVENTS: Sheet[Told] = Sheet(
    "events", "one event of one report a row", COLUMNS, told, lambda row: row.event.id, lambda row: (row.event.id,)
)
