"""The tables of claims, figures, control and sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sitrep.export._facts import Facts, quote
from sitrep.export._sheets import Column, Sheet
from sitrep.model import Claim, Control, Quantity, Report


class Said(NamedTuple):
    """A claim in its reading."""

    facts: Facts
    claim: Claim


class Counted(NamedTuple):
    """A figure in its reading, with the events that have it."""

    facts: Facts
    figure: Quantity
    events: tuple[str, ...]


class Held(NamedTuple):
    """Who holds a place, in its reading."""

    facts: Facts
    control: Control


def _speaker(row: Said) -> str | None:
    speaker = row.claim.speaker
    if speaker is None:
        return None
    actor = row.facts.actors.get(speaker.actor or "")
    return actor.name if actor else " ".join(part.quote for part in speaker.evidence) or None


def _counted(facts: Facts) -> Iterator[Counted]:
    of: dict[str, list[str]] = {}
    for event in facts.reading.events:
        for name in event.quantities:
            of.setdefault(name, []).append(event.id)
    return (Counted(facts, figure, tuple(of.get(figure.id, ()))) for figure in facts.reading.quantities)


def _report(row: Said | Counted | Held) -> str:
    return row.facts.reading.report.source.id


def _name(facts: Facts, name: str | None) -> str | None:
    if name in facts.actors:
        return facts.actors[name].name
    return facts.places[name].name if name in facts.places else None


def _extent(row: Held) -> str | None:
    extent = row.control.extent
    return f"{extent.value:g} {extent.unit} ({extent.shape})" if extent else None


CLAIMS: Sheet[Said] = Sheet(
    "claims", "one statement a row: who says it, in which words, about what",
    (
        Column("report", "text", "the report's own id", _report),
        Column("claim", "text", "the claim's id within its report", lambda row: row.claim.id),
        Column("speaker", "text", "who says it; empty where the report hides it", _speaker,
               lambda row: row.claim.speaker.evidence if row.claim.speaker else ()),
        Column("stance", "text", "asserts, denies, confirms, accuses, promises, warns, declines or unknown",
               lambda row: row.claim.stance, lambda row: row.claim.cue),
        Column("kind", "text", "direct (in the speaker's words), indirect or mixed", lambda row: row.claim.kind),
        Column("cue", "text", "the words of saying", lambda row: quote(row.claim.cue) or None,
               lambda row: row.claim.cue),
        Column("content", "text", "what is said", lambda row: quote(row.claim.content) or None,
               lambda row: row.claim.content),
        Column("about", "text", "ids of the events, figures and claims that it speaks of, joined by semicolons",
               lambda row: "; ".join(row.claim.about) or None),
        Column("start", "integer", "where what is said begins in the report's text",
               lambda row: row.claim.content[0].start if row.claim.content else None),
        Column("end", "integer", "where it ends", lambda row: row.claim.content[-1].end if row.claim.content else None),
    ),
    lambda facts: (Said(facts, claim) for claim in facts.reading.claims),
    lambda row: row.claim.id,
    lambda row: tuple(name for name in row.claim.about if name.startswith("e")),
)  # fmt: skip

FIGURES: Sheet[Counted] = Sheet(
    "figures", "one figure a row, as the words say it; unknown bounds stay empty",
    (
        Column("report", "text", "the report's own id", _report),
        Column("figure", "text", "the figure's id within its report", lambda row: row.figure.id),
        Column("kind", "text", "what is counted: killed, injured, captured, displaced, distance, ...",
               lambda row: row.figure.kind),
        Column("of", "text", "the words counted", lambda row: row.figure.of, lambda row: row.figure.evidence),
        Column("low", "number", "the least that the words allow", lambda row: row.figure.low,
               lambda row: row.figure.evidence),
        Column("best", "number", "the number said", lambda row: row.figure.best, lambda row: row.figure.evidence),
        Column("high", "number", "the most that the words allow", lambda row: row.figure.high,
               lambda row: row.figure.evidence),
        Column("unit", "text", "the unit of a measure", lambda row: row.figure.unit),
        Column("modifier", "text", "about, at_least, over, dozens, ...", lambda row: row.figure.modifier),
        Column("side", "text", "whose people they are", lambda row: _name(row.facts, row.figure.side)),
        Column("civilians", "boolean", "whether they are civilians; empty where not said",
               lambda row: row.figure.civilians),
        Column("cumulative", "boolean", "a running total, not the toll of one event",
               lambda row: row.figure.cumulative),
        Column("part_of", "text", "the figure that this one is a part of", lambda row: row.figure.part_of),
        Column("events", "text", "ids of the events that have it, joined by semicolons",
               lambda row: "; ".join(row.events) or None),
        Column("quote", "text", "the figure with its words", lambda row: quote(row.figure.evidence),
               lambda row: row.figure.evidence),
        Column("start", "integer", "where these words begin in the report's text",
               lambda row: row.figure.evidence[0].start if row.figure.evidence else None),
        Column("end", "integer", "where they end",
               lambda row: row.figure.evidence[0].end if row.figure.evidence else None),
    ),
    _counted,
    lambda row: row.figure.id,
    lambda row: row.events,
)  # fmt: skip

CONTROL: Sheet[Held] = Sheet(
    "control", "who holds a place, as a report says or as an event implies",
    (
        Column("report", "text", "the report's own id", _report),
        Column("control", "text", "its id within the report", lambda row: row.control.id),
        Column("place", "text", "the place held", lambda row: _name(row.facts, row.control.place)),
        Column("holder", "text", "who holds it", lambda row: _name(row.facts, row.control.holder)),
        Column("status", "text", "holds, contested, lost, presence or seat", lambda row: row.control.status,
               lambda row: row.control.evidence),
        Column("from", "text", "since when, an ISO date or its beginning", lambda row: row.control.start),
        Column("to", "text", "until when", lambda row: row.control.end),
        Column("extent", "text", "how much of it", _extent),
        Column("basis", "text", "asserted by the report, or inferred from an event", lambda row: row.control.basis),
        Column("quote", "text", "the words", lambda row: quote(row.control.evidence), lambda row: row.control.evidence),
    ),
    lambda facts: (Held(facts, control) for control in facts.reading.control),
    lambda row: row.control.id,
    lambda _: (),
)  # fmt: skip


def _reports(facts: Facts) -> Iterator[tuple[Facts, Report]]:
    yield facts, facts.reading.report


SOURCES: Sheet[tuple[Facts, Report]] = Sheet(
    "sources", "one report a row",
    (
        Column("report", "text", "the id that came with the report, else its file name or address",
               lambda row: row[1].source.id),
        Column("outlet", "text", "who published it", lambda row: row[1].outlet),
        Column("title", "text", "its headline", lambda row: row[1].title),
        Column("byline", "text", "who wrote it", lambda row: row[1].byline),
        Column("published", "date", "when it was published; empty where nobody said",
               lambda row: row[1].published.value),
        Column("published_basis", "text", "how that is known: given, metadata, dateline, inferred or unknown",
               lambda row: row[1].published.basis),
        Column("language", "text", "ISO 639-1", lambda row: row[1].language),
        Column("uri", "text", "where it came from", lambda row: row[1].source.uri or None),
        Column("characters", "integer", "the length of its text in Unicode code points", lambda row: len(row[1].text)),
        Column("events", "integer", "how many events it tells", lambda row: len(row[0].reading.events)),
        Column("reading", "text", "a digest of its text and what was said about it", lambda row: row[1].id),
    ),
    _reports,
    lambda row: row[1].source.id,
    lambda _: (),
)  # fmt: skip
