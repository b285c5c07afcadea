"""Time expressions: TempEval-3 (news, TIMEX3) and WikiWars (histories, TIMEX2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sitrep.model import Timex

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench

PAPER = (
    "UzZaman et al. 2013, SemEval-2013 Task 1: TempEval-3. Strict F1: a span is right when both ends are; relaxed F1: "
    "when it overlaps a gold span (each span is paired once, an exact pair before an overlapping one, else in text "
    "order). Value F1 is relaxed F1 times the share of paired spans with the right value, that is 2 x right / (own + "
    "gold). All are micro-averaged over the rows. Values are compared as strings. WikiWars (Mazur and Dale 2010) has "
    "TIMEX2: a value marked as a set is rewritten to its TIMEX3 period (XXXX-XX-XX to P1D, XXXX-WXX to P1W, XXXX-XX to "
    "P1M, XXXX to P1Y), nothing else is changed, types are not scored, and a gold span without a value counts in every "
    "denominator and is never right."
)
SCORES = ("strict_f1", "relaxed_f1", "value_f1")

SET_PERIODS = {"XXXX-XX-XX": "P1D", "XXXX-WXX": "P1W", "XXXX-XX": "P1M", "XXXX": "P1Y"}


class Span(NamedTuple):
    """A time expression as the metric sees it."""

    start: int
    end: int
    value: str


class Counts(NamedTuple):
    """Spans given, spans in gold, and how many pairs are exact, overlap at all, and have the right value."""

    own: int
    gold: int
    exact: int
    overlapping: int
    valued: int


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split; the document creation time is the publication date."""
    reports = [
        bench.report(str(row["doc_id"]), row["text"], published=str(row["dct"])[:10] if row.get("dct") else None)
        for row in rows
    ]
    readings = bench.read(reports)
    return scores(
        [
            count([to_span(timex) for timex in reading.timexes], [to_gold(timex) for timex in row["timexes"]])
            for row, reading in zip(rows, readings, strict=True)
        ]
    )


def to_span(timex: Timex) -> Span:
    """A timex of ours."""
    return Span(timex.evidence[0].start, timex.evidence[0].end, timex.value)


def to_gold(timex: dict[str, Any]) -> Span:
    """A timex of the corpus; a TIMEX2 set gets its TIMEX3 period."""
    value = str(timex.get("value") or "")
    return Span(timex["start"], timex["end"], SET_PERIODS.get(value, value) if timex.get("set") else value)


def pair(own: list[Span], gold: list[Span]) -> list[tuple[Span, Span]]:
    """One-to-one pairs of overlapping spans: exact ones first, the others in text order."""
    places = {(span.start, span.end): span for span in own}
    pairs = [(places[span.start, span.end], span) for span in gold if (span.start, span.end) in places]
    used = {(one.start, one.end) for one, _ in pairs}
    rest = sorted(span for span in own if (span.start, span.end) not in used)
    for span in sorted(gold):
        if (span.start, span.end) in used:
            continue
        found = next((one for one in rest if one.start < span.end and span.start < one.end), None)
        if found is not None:
            rest.remove(found)
            pairs.append((found, span))
    return pairs


def count(own: list[Span], gold: list[Span]) -> Counts:
    """The counts of one text."""
    pairs = pair(own, gold)
    exact = sum((one.start, one.end) == (span.start, span.end) for one, span in pairs)
    valued = sum(bool(span.value) and one.value == span.value for one, span in pairs)
    return Counts(len(own), len(gold), exact, len(pairs), valued)


def scores(counts: list[Counts]) -> dict[str, float | None]:
    """The three F1 scores, None where there is neither a gold span nor one of ours."""
    total = sum(one.own + one.gold for one in counts)
    if not total:
        return dict.fromkeys(SCORES)
    return {
        "strict_f1": 2 * sum(one.exact for one in counts) / total,
        "relaxed_f1": 2 * sum(one.overlapping for one in counts) / total,
        "value_f1": 2 * sum(one.valued for one in counts) / total,
    }
