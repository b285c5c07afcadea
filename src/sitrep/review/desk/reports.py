"""Reports at the desk: the list, and one report with its corrected record."""

from __future__ import annotations

from typing import Any

import msgspec

from sitrep.errors import SitrepError
from sitrep.judge.apply import Corrected, apply, sensitive_names, veils
from sitrep.model import LAYERS, Judgement, Reading
from sitrep.review.desk.api import Refusal
from sitrep.review.desk.desk import Desk
from sitrep.review.desk.shapes import HistoryQuery, ReportQuery, ReportsQuery
from sitrep.review.desk.units import Units
from sitrep.review.fact import Fact, Section
from sitrep.review.facts import Facts
from sitrep.review.wording import headline, published_words
from sitrep.store import desk as asked

NO_REPORT = "It may have been read anew: look for it in the list of reports."


def list_reports(desk: Desk, query: ReportsQuery) -> dict[str, Any]:
    """Reports that fit, a page of them."""
    wanted = asked.ReportFilter(query.q, query.outlet, query.since, query.until, query.state, query.assignee)
    total, rows = desk.view.ask(
        lambda connection: asked.reports(connection, wanted, query.sort, query.limit, query.offset)
    )
    return {"total": total, "rows": rows}


def get_report(desk: Desk, report: str, query: ReportQuery) -> dict[str, Any]:
    """One report: its text, the corrected record, the facts in words, what people did."""
    held = find(desk, report)
    corrected = corrected_of(held, query.coder)
    reading = corrected.reading
    units = Units(reading.report.text)
    by_target: dict[str, list[str]] = {}
    for change in corrected.changes:
        by_target.setdefault(change.judgement.target.id, []).append(change.judgement.id)
    sections = [_section(section, by_target) for section in Facts(reading).sections()]
    sections.append(_rejected(held.reading, corrected, by_target))
    known = reading.report
    page: dict[str, Any] = {
        "report": {
            "report": report,
            "source_id": held.source_id,
            "title": known.title,
            "headline": headline(known),
            "outlet": known.outlet,
            "byline": known.byline,
            "uri": known.source.uri,
            "language": known.language,
            # its dates are no offsets
            "published": None,
            "published_words": published_words(known.published),
        },
        "version": held.version,
        "text": known.text,
        "passages": _plain(reading.passages),
        "record": {name: _plain(getattr(reading, name)) for name in LAYERS},
        "sections": sections,
        "changes": [_change(entry, report, held.effects) for entry in reversed(held.judgements)],
        "state": held.state,
        "assignee": held.assignee,
        "veils": [{**_plain(part), "judgement": name} for name, words in veils(held.judgements) for part in words],
        "sensitive": list(sensitive_names(held.judgements)),
        "incidents": held.incidents,
        "coding": _plain(held.sample, drop=("kind",)) if held.sample else None,
        "versions": held.versions,
        "failures": _plain(reading.failures),
    }
    units.out(page)
    page["report"]["published"] = _plain(known.published)
    return page


def find(desk: Desk, report: str) -> asked.Held:
    """One report of the archive, or 404."""
    held = desk.view.ask(lambda connection: asked.held(connection, report))
    if held is None:
        raise Refusal(404, f"The archive holds no report {report!r}.", NO_REPORT)
    return held


def corrected_of(held: asked.Held, coder: str | None) -> Corrected:
    """The record as people left it, or as one coder did."""
    try:
        return apply(held.reading, held.judgements, coder=coder)
    except SitrepError as error:
        raise Refusal(422, f"Applying the judgements: {error.message}", error.todo) from error


def list_judgements(desk: Desk, query: HistoryQuery) -> dict[str, Any]:
    """What people decided, the newest first."""
    source_id = desk.source_of(query.report) if query.report else None
    if query.report and source_id is None:
        return {"total": 0, "rows": []}
    total, found = desk.view.ask(
        lambda connection: asked.history(connection, source_id, query.incident, query.user, query.limit, query.offset)
    )
    names = sorted({entry.target.report for entry, *_ in found if entry.target.report})
    keys = desk.view.ask(lambda connection: asked.report_keys(connection, names))
    rows = [
        change_shape(entry, keys.get(entry.target.report or ""), (status, before, after) if status else None)
        for entry, status, before, after in found
    ]
    return {"total": total, "rows": rows}


def change_shape(
    judgement: Judgement, report: str | None, effect: tuple[str, str | None, str | None] | None
) -> dict[str, Any]:
    """A judgement as the API gives it."""
    status, before, after = effect or (None, None, None)
    return {
        "judgement": judgement.id,
        "kind": judgement.kind,
        "target": {"layer": judgement.target.layer, "id": judgement.target.id},
        "report": report,
        "source_id": judgement.target.report,
        "user": judgement.user,
        "at": judgement.at,
        "reason": judgement.reason,
        "hand": judgement.hand,
        "status": status,
        "before": before,
        "after": after if status else said(judgement),
    }


def said(judgement: Judgement) -> str | None:
    """What a judgement says that changes no value of the record."""
    correction: Any = judgement.correction
    for name in ("state", "to", "judgement", "value", "second"):
        found = getattr(correction, name, None)
        if isinstance(found, str):
            return found
    return None


def _change(
    judgement: Judgement, report: str, effects: dict[str, tuple[str, str | None, str | None]]
) -> dict[str, Any]:
    return change_shape(judgement, report, effects.get(judgement.id))


def _rejected(before: Reading, corrected: Corrected, by_target: dict[str, list[str]]) -> dict[str, Any]:
    """What the machine read and a person threw out, as the machine read it."""
    gone = {
        change.judgement.target.id
        for change in corrected.changes
        if change.judgement.kind == "reject" and change.status != "lost"
    }
    facts = [fact for section in Facts(before).sections() for fact in section.facts if fact.id in gone] if gone else []
    return _section(Section("rejected", "Rejected", tuple(facts), "Nothing was rejected."), by_target)


def _section(section: Section, by_target: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "name": section.name,
        "title": section.title,
        "empty": section.empty,
        "facts": [_fact(fact, by_target.get(fact.id, [])) for fact in section.facts],
    }


def _fact(fact: Fact, judged: list[str]) -> dict[str, Any]:
    return {
        "id": fact.id,
        "layer": fact.layer,
        "kind": fact.kind,
        "title": fact.title,
        "note": fact.note,
        "key": _plain(fact.key),
        "evidence": _plain(fact.evidence),
        "slots": [
            {
                "label": slot.label,
                "value": slot.value,
                "note": slot.note,
                "field": slot.field,
                "index": slot.number,
                "id": slot.id,
                "evidence": _plain(slot.evidence),
            }
            for slot in fact.slots
        ],
        "score": fact.score,
        "minor": fact.minor,
        "related": list(fact.related),
        "judgements": judged,
    }


def _plain(value: object, drop: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 - plain values of any kind
    """A record as new plain values, which may be changed."""
    plain = msgspec.to_builtins(value)
    return {name: part for name, part in plain.items() if name not in drop} if drop else plain
