"""What the desk asks of the archive about reports: lists, one report with what people did to it."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Label, Select, and_, exists, func, select

from sitrep.judge.apply import in_force
from sitrep.model import Judgement, Reading, Sample
from sitrep.store import judged, search
from sitrep.store import tables as t
from sitrep.store.view import decode_row

UNREVIEWED = "unreviewed"
# a state for filters: whatever still needs somebody
OPEN = "open"
DONE = ("accepted", "rejected")
# rows of the ranks that are looked through at once
STEP = 300


class ReportFilter(NamedTuple):
    """Which reports are wanted; None asks for nothing. q: words. since, until: ISO dates of publication."""

    q: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    state: str | None = None
    assignee: str | None = None


class Held(NamedTuple):
    """One report as the archive holds it: the machine's reading and what was decided about it."""

    number: int
    reading: Reading
    source_id: str
    judgements: list[Judgement]
    version: str
    state: str
    assignee: str | None
    effects: dict[str, tuple[str, str | None, str | None]]
    incidents: dict[str, str]
    versions: list[dict[str, Any]]
    sample: Sample | None


def review_of(layer: str, key: ColumnElement[Any]) -> ColumnElement[bool]:
    """How a row finds its review."""
    return and_(t.reviews.c.layer == layer, t.reviews.c.id == key)


def in_state(state: str) -> ColumnElement[bool]:
    """Whether a review that may be missing is in a state, or open."""
    held = func.coalesce(t.reviews.c.state, UNREVIEWED)
    return held.not_in(DONE) if state == OPEN else held == state


def counts(connection: Connection) -> dict[str, int]:
    """How much the archive holds."""

    def count(table: Any, *where: ColumnElement[bool]) -> int:  # noqa: ANN401 - a table
        return connection.scalar(select(func.count()).select_from(table).where(*where)) or 0

    return {
        "reports": count(t.reports, t.reports.c.current),
        "events": count(t.events),
        "incidents": count(t.incidents),
        "failures": count(t.failures),
        "judgements": count(t.judgements),
    }


def reports(
    connection: Connection, wanted: ReportFilter, sort: str, limit: int, offset: int
) -> tuple[int, list[dict[str, Any]]]:
    """How many reports fit, and a page of them."""
    query = _reports(connection, wanted)
    total = connection.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    columns = t.reports.c
    order = {
        "published": (columns.published.asc().nulls_last(), columns.id),
        "-published": (columns.published.desc().nulls_last(), columns.id.desc()),
        "outlet": (columns.outlet.asc().nulls_last(), columns.published.desc()),
        "title": (columns.title.asc().nulls_last(), columns.id),
        "came": (columns.id.desc(),),
        "-priority": (columns.id,),
    }[sort]
    if sort == "-priority":
        numbers = _urgent(connection, query, offset + limit)[offset:]
    else:
        page = query.with_only_columns(columns.id, maintain_column_froms=True).order_by(*order)
        # only the numbers are sorted: all that a page shows is asked for afterwards, for the page alone
        numbers = connection.scalars(page.limit(limit).offset(offset)).all()
    rows = {row["id"]: row for row in connection.execute(_shown(sort).where(columns.id.in_(numbers))).mappings()}
    return total, [{name: value for name, value in rows[number].items() if name != "id"} for number in numbers]


def _shown(sort: str) -> Select[*tuple[Any, ...]]:
    """What a list shows of reports."""
    columns = t.reports.c
    return select(
        columns.id,
        columns.report_id.label("report"),
        columns.source_id,
        columns.title,
        columns.outlet,
        columns.published,
        columns.language,
        func.coalesce(t.reviews.c.state, UNREVIEWED).label("state"),
        t.reviews.c.assignee,
        _of(t.events, func.count(), "events"),
        _of(t.events, func.min(t.events.c.score), "score"),
        _of(t.claims, func.count(), "claims"),
        _killed("low"),
        _killed("high"),
        select(func.count())
        .select_from(t.judgements)
        .where(t.judgements.c.report == columns.source_id)
        .scalar_subquery()
        .label("judgements"),
        _of(t.failures, func.count(), "failures"),
        select(func.count(t.incident_events.c.incident.distinct()))
        .where(t.incident_events.c.report == columns.id)
        .scalar_subquery()
        .label("incidents"),
        *([_urgency()] if sort == "-priority" else []),
    ).select_from(t.reports.join(t.reviews, review_of("reports", columns.source_id), isouter=True))


def _urgent(connection: Connection, fitting: Select[Any], many: int) -> list[int]:
    """The first so many of the fitting reports, by the most urgent of their incidents.

    It goes down the ranks, which an index keeps in order, and stops when it has enough.
    """
    ties, ranks, number = t.incident_events.c, t.incident_ranks.c, t.reports.c.id
    ranked = (
        select(ties.report)
        .select_from(t.incident_ranks.join(t.incident_events, ties.incident == ranks.incident))
        .order_by(ranks.priority.desc(), ranks.incident, ties.report)
    )
    found: dict[int, None] = {}
    seen: set[int] = set()
    with connection.execute(ranked) as rows:
        while len(found) < many and (some := rows.fetchmany(STEP)):
            fresh = [row.report for row in some if row.report not in seen]
            seen.update(fresh)
            fit = set(connection.scalars(fitting.where(number.in_(fresh))))
            found |= dict.fromkeys(report for report in fresh if report in fit)
    if len(found) < many:
        # those that tell of no incident come last
        rest = fitting.where(~exists().where(ties.report == number)).order_by(number)
        found |= dict.fromkeys(connection.scalars(rest.limit(many - len(found))))
    return list(found)[:many]


def _urgency() -> Label[Any]:
    """How much the most urgent incident of a report needs somebody."""
    ranks, ties = t.incident_ranks, t.incident_events
    return func.coalesce(
        select(func.max(ranks.c.priority))
        .select_from(ties.join(ranks, ranks.c.incident == ties.c.incident))
        .where(ties.c.report == t.reports.c.id)
        .scalar_subquery(),
        0.0,
    ).label("priority")


def _reports(connection: Connection, wanted: ReportFilter) -> Select[Any]:
    columns = t.reports.c
    query = (
        select(columns.id)
        .select_from(t.reports.join(t.reviews, review_of("reports", columns.source_id), isouter=True))
        .where(columns.current)
    )
    if wanted.q and (found := search.numbers(connection, wanted.q)) is not None:
        query = query.where(columns.id.in_(found))
    if wanted.outlet:
        query = query.where(columns.outlet == wanted.outlet)
    if wanted.since:
        query = query.where(columns.published >= wanted.since)
    if wanted.until:
        query = query.where(columns.published <= wanted.until)
    if wanted.state:
        query = query.where(in_state(wanted.state))
    if wanted.assignee:
        query = query.where(t.reviews.c.assignee == wanted.assignee)
    return query


def _of(table: Any, what: Any, name: str) -> Label[Any]:  # noqa: ANN401 - a table and an aggregate
    return select(what).select_from(table).where(table.c.report == t.reports.c.id).scalar_subquery().label(name)


def _killed(bound: str) -> Label[Any]:
    of = t.quantities.c
    return (
        select(func.max(of[bound]))
        .where(of.report == t.reports.c.id, of.kind == "killed", of.cumulative.is_(False))
        .scalar_subquery()
        .label(f"killed_{bound}")
    )


def held(connection: Connection, report: str) -> Held | None:
    """One report by its digest; of an article's versions the one that is named."""
    row = connection.execute(
        select(t.reports.c.id, t.reports.c.source_id, t.readings.c.line, t.readings.c.sha256, t.reviews.c.state,
               t.reviews.c.assignee)
        .select_from(
            t.reports.join(t.readings, t.readings.c.report == t.reports.c.id)
            .join(t.reviews, review_of("reports", t.reports.c.source_id), isouter=True)
        )
        .where(t.reports.c.report_id == report)
    ).first()  # fmt: skip
    if row is None:
        return None
    found = judged.of_report(connection, row.source_id)
    effects = connection.execute(
        select(t.judgement_effects).where(t.judgement_effects.c.report == row.source_id)
    ).mappings()
    ties = connection.execute(
        select(t.incident_events.c.event, t.incident_events.c.incident).where(t.incident_events.c.report == row.id)
    )
    versions = connection.execute(
        select(t.reports.c.report_id.label("report"), t.reports.c.version, t.reports.c.current)
        .where(t.reports.c.source_id == row.source_id)
        .order_by(t.reports.c.version)
    ).mappings()
    return Held(
        number=row.id,
        reading=decode_row(row.line, row.source_id),
        source_id=row.source_id,
        judgements=found,
        version=judged.report_version(connection, row.source_id) or "",
        state=row.state or UNREVIEWED,
        assignee=row.assignee,
        effects={effect["judgement"]: (effect["status"], effect["before"], effect["after"]) for effect in effects},
        incidents={tie.event: tie.incident for tie in ties},
        versions=[dict(version) for version in versions],
        sample=sample_of(found),
    )


def sample_of(found: list[Judgement]) -> Sample | None:
    """Who codes a report twice, where it is coded twice."""
    drawn = [entry.correction for entry in in_force(found) if isinstance(entry.correction, Sample)]
    return drawn[-1] if drawn else None


def report_keys(connection: Connection, source_ids: list[str]) -> dict[str, str]:
    """The digests of current reports, by source id."""
    query = select(t.reports.c.source_id, t.reports.c.report_id).where(
        t.reports.c.current, t.reports.c.source_id.in_(source_ids)
    )
    return {row.source_id: row.report_id for row in connection.execute(query)}


def source_of(connection: Connection, report: str) -> str | None:
    """The source id of a report by its digest."""
    return connection.scalar(select(t.reports.c.source_id).where(t.reports.c.report_id == report))


def history(
    connection: Connection, report: str | None, incident: str | None, user: str | None, limit: int, offset: int
) -> tuple[int, list[tuple[Judgement, str | None, str | None, str | None]]]:
    """Judgements, the newest first, each with what it does now. report: a source id."""
    which: list[ColumnElement[bool]] = []
    if report is not None:
        which.append(t.judgements.c.report == report)
    if incident is not None:
        which.append(and_(t.judgements.c.layer == "incidents", t.judgements.c.target == incident))
    if user is not None:
        which.append(t.judgements.c.user == user)
    total = connection.scalar(select(func.count()).select_from(t.judgements).where(*which)) or 0
    effects = t.judgement_effects.c
    query = (
        select(t.judgements.c.line, effects.status, effects.before, effects.after)
        .join(t.judgement_effects, effects.judgement == t.judgements.c.id, isouter=True)
        .where(*which)
        .order_by(t.judgements.c.seq.desc())
    )
    rows = connection.execute(query.limit(limit).offset(offset))
    return total, [(judged.decode(row.line), row.status, row.before, row.after) for row in rows]


def happened(connection: Connection, source_id: str) -> list[str]:
    """The events of a report's current version that took place by its account."""
    c = t.events.c
    number = select(t.reports.c.id).where(t.reports.c.source_id == source_id, t.reports.c.current).scalar_subquery()
    return list(
        connection.scalars(
            select(c.id).where(c.report == number, c.factuality.in_(("occurred", "ongoing"))).order_by(c.id)
        )
    )


def effect(connection: Connection, judgement: str) -> tuple[str, str | None, str | None] | None:
    """What a judgement does to the record now: status, before and after."""
    row = connection.execute(select(t.judgement_effects).where(t.judgement_effects.c.judgement == judgement)).first()
    return (row.status, row.before, row.after) if row else None


def judgement(connection: Connection, name: str) -> Judgement | None:
    """One judgement by its id."""
    found = judged.judgements(connection, t.judgements.c.id == name)
    return found[0] if found else None


def saved_views(connection: Connection) -> list[dict[str, Any]]:
    """Views that somebody kept, by name."""
    return [dict(row) for row in connection.execute(select(t.saved_views).order_by(t.saved_views.c.name)).mappings()]


def samples(connection: Connection) -> list[tuple[str, str, str | None, Sample]]:
    """The reports that are coded twice: digest, source id, title and by whom."""
    names = connection.scalars(select(t.judgements.c.report).distinct().where(t.judgements.c.kind == "sample")).all()
    query = select(t.reports.c.report_id, t.reports.c.source_id, t.reports.c.title).where(
        t.reports.c.current, t.reports.c.source_id.in_(names)
    )
    found: list[tuple[str, str, str | None, Sample]] = []
    for row in connection.execute(query.order_by(t.reports.c.id)):
        sample = sample_of(judged.of_report(connection, row.source_id))
        if sample:
            found.append((row.report_id, row.source_id, row.title, sample))
    return found


def drawable(connection: Connection, state: str | None) -> list[str]:
    """The source ids of the current reports with events that nobody drew yet, in a fixed order."""
    drawn = select(t.judgements.c.report).where(t.judgements.c.kind == "sample")
    query = (
        select(t.reports.c.source_id)
        .select_from(t.reports.join(t.reviews, review_of("reports", t.reports.c.source_id), isouter=True))
        .where(t.reports.c.current, t.reports.c.source_id.not_in(drawn))
        .where(select(t.events.c.id).where(t.events.c.report == t.reports.c.id).exists())
        .order_by(t.reports.c.source_id)
    )
    return list(connection.scalars(query.where(in_state(state)) if state else query))
