"""GDELT mentions: one mention of an event in a sentence a row, with offsets and confidence, tab-separated, no header.

The layout is that of GDELT 2.0's mentions table; no row is from GDELT.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from sitrep.export._cells import Cell, Coded, Row, flat, values
from sitrep.export._facts import Facts
from sitrep.model import Event, Evidence, Reading
from sitrep.model.codec import digest

suffix = ".mentions.csv"
label = "GDELT mentions"
description = "GDELT's mentions table: event, report, sentence, offsets and confidence; 16 columns, no header"

COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
WEB, CITATION = 1, 2
NONE = -1


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write one row for each mention of an event; the table has no header."""
    count = 0
    rows = (row for reading in readings for row in code(reading))
    for row in values(rows, COLUMNS, None):
        out.write(("\t".join(str(flat(value)) for value in row) + "\n").encode())
        count += 1
    return count


def code(reading: Reading) -> Coded:
    """The rows of a reading with a rule for each value."""
    facts = Facts(reading)
    return (
        _row(facts, event, trigger, number) for event in reading.events for number, trigger in enumerate(event.triggers)
    )


def _row(facts: Facts, event: Event, trigger: Evidence, number: int) -> Row:
    report, sentence = facts.reading.report, facts.sentence_at(trigger.start)
    first, second = (_nearest(facts, event, side, sentence) for side in ("agent", "patient"))
    web = report.source.uri.startswith(("http://", "https://"))
    name = int(digest(report.id, event.id, size=8), 16)
    cells = {
        "GLOBALEVENTID": Cell(name, "a number made of the report and the event"),
        "EventTimeDate": Cell(
            _stamp(event.time.start if event.time else None),
            "the event's first day, without a time; never the report's own date",
            facts.dated.get(event.time.timex or "", ()) if event.time else (),
        ),
        "MentionTimeDate": Cell(_stamp(report.published.value), f"the report's date ({report.published.basis})"),
        "MentionType": Cell(WEB if web else CITATION, "1 for a page of the web, 2 for what is known by its name alone"),
        "MentionSourceName": Cell(report.outlet or report.source.id, "the outlet, else the report's own name"),
        "MentionIdentifier": Cell(report.source.uri or report.source.id, "the report's address, else its own name"),
        "SentenceID": Cell(sentence + 1 if sentence >= 0 else NONE, "the sentence of this mention, from 1", (trigger,)),
        "Actor1CharOffset": Cell(first.start if first else NONE, "who does it, nearest to it; -1 for nobody",
                                 (first,) if first else ()),
        "Actor2CharOffset": Cell(second.start if second else NONE, "whom it hits, nearest to it; -1 for nobody",
                                 (second,) if second else ()),
        "ActionCharOffset": Cell(trigger.start, "where the word for the act begins, in code points", (trigger,)),
        "InRawText": Cell(1, "every mention stands in the text as published"),
        "Confidence": Cell(max(10, round(event.score * 10) * 10), "the reading's score in per cent, in tens"),
        "MentionDocLen": Cell(len(report.text), "the length of the text in code points"),
        "MentionDocTone": Cell(None, "sitrep measures no tone"),
        "MentionDocTranslationInfo": Cell(None, "reports are read in their own language"),
        "Extras": Cell(None, "GDELT keeps this column empty"),
    }  # fmt: skip
    return Row(f"{name}-{number}", report.source.id, (event.id,), cells)


def _nearest(facts: Facts, event: Event, side: str, sentence: int) -> Evidence | None:
    """The words for one side: those in the mention's sentence, else the first."""
    words = [part for argument in facts.side(event, side) for part in argument.evidence]
    here = [part for part in words if facts.sentence_at(part.start) == sentence]
    return next(iter(here or words), None)


def _stamp(day: str | None) -> str | None:
    """A day as GDELT writes times: fourteen digits, the clock at zero."""
    return f"{day.replace('-', '')}000000" if day and len(day) == len("2016-08-01") else None
