"""What the desk asks of the archive about the situation: control, ties, decisions, counts, dossiers, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
)

from sitrep.store import tables as t
from sitrep.store.filters import called_like
from sitrep.store.incidents import WHO

Row = dict[str, Any]


def _quote(table: Any) -> list[Any]:  # noqa: ANN401 - a table
    """What is needed to quote the words of a row."""
    c = table.c
    words = func.substr(t.reports.c.text, c.quote_start + 1, c.quote_end - c.quote_start)
    before = func.substr(t.reports.c.text, 1, c.quote_start)
    return [c.quote_start, c.quote_end, words.label("quote"), before.label("before")]


def _source() -> list[Any]:
    c = t.reports.c
    return [c.report_id.label("report"), c.source_id, c.outlet, c.published]


def _actor(table: FromClause, column: ColumnElement[Any], alias: FromClause) -> ColumnElement[bool]:
    return and_(alias.c.report == table.c.report, alias.c.id == column)


def marks(connection: Connection) -> tuple[list[Any], dict[str, tuple[str, str]]]:
    """Incident, role and actor's id over all reports of everybody who takes part; and the name and kind of each."""
    c = t.incident_actors.c
    taking = connection.execute(select(c.incident, c.role, c.who).order_by(c.incident)).all()
    called = connection.execute(select(c.who, func.min(c.name), func.min(c.kind)).group_by(c.who))
    return list(taking), {who: (name, kind) for who, name, kind in called}


def sides(connection: Connection, incidents: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Role and name of everybody who takes part in some incidents."""
    c = t.incident_actors.c
    found: dict[str, list[tuple[str, str]]] = {}
    query = select(c.incident, c.role, c.name).where(c.incident.in_(incidents)).order_by(c.incident, c.role, c.name)
    for incident, role, name in connection.execute(query):
        found.setdefault(incident, []).append((role, name))
    return found


def control(
    connection: Connection, *, place: str | None = None, holder: str | None = None, limit: int = 2000
) -> list[Row]:
    """What reports say of who holds what, by place and time."""
    c = t.control.c
    query = (
        select(
            t.places.c.name.label("place"), t.places.c.country, t.places.c.lat, t.places.c.lon, t.places.c.radius_km,
            func.coalesce(t.actors.c.name, c.holder).label("holder"), func.coalesce(WHO, c.holder).label("actor"),
            c.status, c["from"].label("start"), c.to.label("end"), c.basis, *_source(), *_quote(t.control),
        )
        .select_from(
            t.control.join(t.reports, t.reports.c.id == c.report)
            .join(t.places, and_(t.places.c.report == c.report, t.places.c.id == c.place))
            .join(t.actors, _actor(t.control, c.holder, t.actors), isouter=True)
        )
        .where(t.reports.c.current)
        .order_by(func.coalesce(c["from"], t.reports.c.published), t.reports.c.id, c.id)
    )  # fmt: skip
    if place is not None:
        query = query.where(func.lower(t.places.c.name) == place.lower())
    if holder is not None:
        query = query.where(WHO.in_((holder,)))
    return [dict(row) for row in connection.execute(query.limit(limit)).mappings()]


def relations(connection: Connection, *, actor: str | None = None, limit: int = 2000) -> list[Row]:
    """How actors stand to each other, by the reports' words."""
    one, other = t.actors.alias("one"), t.actors.alias("other")
    c = t.relations.c
    ids = [func.coalesce(side.c.link, func.lower(side.c.name)) for side in (one, other)]
    query = (
        select(
            ids[0].label("source"), one.c.name.label("source_name"), one.c.kind.label("source_kind"),
            ids[1].label("target"), other.c.name.label("target_name"), other.c.kind.label("target_kind"),
            c.type, c["from"].label("start"), c.to.label("end"), *_source(), *_quote(t.relations),
        )
        .select_from(
            t.relations.join(t.reports, t.reports.c.id == c.report)
            .join(one, _actor(t.relations, c.subject, one))
            .join(other, _actor(t.relations, c.object, other))
        )
        .where(t.reports.c.current, c.type.not_in(("located_in", "seat_of")))
        .order_by(t.reports.c.published, t.reports.c.id, c.id)
    )  # fmt: skip
    if actor is not None:
        query = query.where(or_(ids[0] == actor, ids[1] == actor))
    return [dict(row) for row in connection.execute(query.limit(limit)).mappings()]


def hostilities(connection: Connection, *, actor: str | None = None, limit: int = 500) -> list[Row]:
    """Who attacks whom in how many incidents, the most first."""
    c = t.actor_ties.c
    weight = func.count().label("weight")
    query = (
        select(
            c.source, c.target, func.min(c.start).label("start"), func.max(c.end).label("end"), weight,
            func.min(c.incident).label("incident"),
        )
        .group_by(c.source, c.target)
        .order_by(weight.desc(), c.source, c.target)
    )  # fmt: skip
    if actor is not None:
        query = query.where(or_(c.source == actor, c.target == actor))
    rows = [dict(row) for row in connection.execute(query.limit(limit)).mappings()]
    told = _told(connection, [row["incident"] for row in rows])
    called = _called(connection, {row[side] for row in rows for side in ("source", "target")})
    for row in rows:
        row["source_name"], row["source_kind"] = called[row["source"]]
        row["target_name"], row["target_kind"] = called[row["target"]]
        row["report"] = told.get(row["incident"])
    return rows


def _called(connection: Connection, everybody: Iterable[str]) -> dict[str, tuple[str, str]]:
    """A name and the kind of each actor, by its id over all reports."""
    one = t.incident_actors.c
    found: dict[str, tuple[str, str]] = {}
    for some in batched(sorted(everybody), 200):
        these = union_all(*(select(literal(name).label("who")) for name in some)).subquery()
        first = [
            select(column).where(one.who == these.c.who).order_by(one.incident, one.name).limit(1).scalar_subquery()
            for column in (one.name, one.kind)
        ]
        rows: Any = connection.execute(select(these.c.who, *first))
        found |= {who: (name or who, kind or "other") for who, name, kind in rows}
    return found


def _told(connection: Connection, incidents: Sequence[str]) -> dict[str, str]:
    """A report that tells of each incident."""
    ties = t.incident_events.c
    query = (
        select(ties.incident, func.min(t.reports.c.report_id))
        .join(t.reports, t.reports.c.id == ties.report)
        .where(ties.incident.in_(incidents))
        .group_by(ties.incident)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def busy_actors(connection: Connection) -> dict[str, int]:
    """In how many incidents everybody takes part, by id."""
    c = t.incident_actors.c
    query = select(c.who, func.count(c.incident.distinct())).group_by(c.who)
    return {row[0]: row[1] for row in connection.execute(query)}


def decisions(connection: Connection, limit: int) -> list[Row]:
    """Chains of decision with the reports that tell them; `text` is the report's."""
    c = t.decisions.c
    query = (
        select(c.about, c.line, t.events.c.type, t.reports.c.id.label("number"), t.reports.c.text, *_source())
        .select_from(
            t.decisions.join(t.reports, t.reports.c.id == c.report).join(
                t.events, and_(t.events.c.report == c.report, t.events.c.id == c.about), isouter=True
            )
        )
        .where(t.reports.c.current)
        .order_by(t.reports.c.published.desc().nulls_last(), t.reports.c.id, c.id)
        .limit(limit)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def actor_names(connection: Connection, numbers: Sequence[int]) -> dict[tuple[int, str], str]:
    """The names of all actors of some reports."""
    query = select(t.actors.c.report, t.actors.c.id, t.actors.c.name).where(t.actors.c.report.in_(numbers))
    return {(row.report, row.id): row.name for row in connection.execute(query)}


def counts(connection: Connection, by: str, width: int) -> list[Any]:
    """Incidents and their dead by a key and a span of time. width: of the date's prefix."""
    c = t.incidents.c
    bin_ = func.substr(c.start, 1, width)
    killed = func.sum(func.coalesce(c.killed_best, c.killed_low))
    if by != "actor":
        key = {"type": c.type, "place": c.place, "country": c.country}[by]
        query = select(key, key, bin_, func.count(), killed).where(c.start.is_not(None), key.is_not(None))
        return list(connection.execute(query.group_by(key, bin_).order_by(bin_)))
    who = t.incident_actors.c
    # somebody in several roles or by several names takes part once
    taking = select(who.incident, who.who, func.min(who.name).label("name")).group_by(who.who, who.incident).subquery()
    query = (
        select(taking.c.who, func.min(taking.c.name), bin_, func.count(), killed)
        .select_from(t.incidents.join(taking, taking.c.incident == c.id))
        .where(c.start.is_not(None))
    )
    return list(connection.execute(query.group_by(taking.c.who, bin_).order_by(bin_)))


def spans(connection: Connection, limit: int) -> list[Row]:
    """The incidents that took longest or cost most, and every siege, as bars of time."""
    c = t.incidents.c
    killed = func.coalesce(c.killed_best, c.killed_low, 0.0)
    query = select(c.id, c.type, c.place, c.start, c.end, killed.label("killed"), c.reports).where(c.start.is_not(None))
    order = (c.type.in_(("siege", "offensive", "advance")).desc(), killed.desc(), c.reports.desc(), c.id)
    return [dict(row) for row in connection.execute(query.order_by(*order).limit(limit)).mappings()]


def claims(connection: Connection, *, actor: str | None = None, limit: int = 200) -> list[Row]:
    """What is said and by whom, the latest first."""
    c = t.claims.c
    query = (
        select(
            c.id, c.stance, func.coalesce(t.actors.c.name, literal("")).label("speaker"), WHO.label("actor"),
            *_source(), *_quote(t.claims),
        )
        .select_from(
            t.claims.join(t.reports, t.reports.c.id == c.report).join(
                t.actors, _actor(t.claims, c.speaker, t.actors), isouter=actor is None
            )
        )
        .where(t.reports.c.current)
        .order_by(t.reports.c.published.desc().nulls_last(), t.reports.c.id, c.id)
    )  # fmt: skip
    if actor is not None:
        query = query.where(WHO.in_((actor,)))
    return [dict(row) for row in connection.execute(query.limit(limit)).mappings()]


# dossiers and search


def actor(connection: Connection, name: str) -> Row | None:
    """One actor over all reports, by its id over all reports or by name."""
    a = t.actors.c
    current = t.actors.join(t.reports, and_(t.reports.c.id == a.report, t.reports.c.current))
    meant = select(WHO.label("who"), a.name, a.kind).select_from(current).distinct()
    rows = connection.execute(meant.where(or_(a.link == name, func.lower(a.name) == name.lower()))).all()
    if not rows:
        return None
    first = max(rows, key=lambda row: (row.who == name, row.name))
    who = first.who
    called: Counter[str] = Counter()
    spelt = select(a.name, a.aliases, func.count()).select_from(current).where(WHO.in_((who,)))
    for own, aliases, count in connection.execute(spelt.group_by(a.name, a.aliases)):
        called.update({one: count for one in {own, *(aliases or "").split("\n")} if one})
    reports = func.count(t.reports.c.id.distinct())
    outlets = connection.execute(
        select(t.reports.c.outlet, reports)
        .select_from(current)
        .where(WHO.in_((who,)))
        .group_by(t.reports.c.outlet)
        .order_by(reports.desc(), t.reports.c.outlet)
    ).all()
    args = t.event_arguments
    roles = connection.execute(
        select(args.c.role, func.count())
        .select_from(current.join(args, _actor(args, args.c.actor, t.actors)))
        .where(WHO.in_((who,)))
        .group_by(args.c.role)
        .order_by(func.count().desc(), args.c.role)
    ).all()
    return {
        "id": who,
        "name": max(called, key=lambda one: (called[one], one)) if first.who != name else first.name,
        "kind": first.kind,
        "aliases": [one for one, _ in sorted(called.items(), key=lambda pair: (-pair[1], pair[0]))][:30],
        "reports": sum(count for _, count in outlets),
        "events": sum(count for _, count in roles),
        "roles": [(role, count) for role, count in roles],
        "outlets": [{"outlet": outlet, "reports": count} for outlet, count in outlets[:50]],
    }


def place(connection: Connection, name: str, country: str | None) -> Row | None:
    """One place over all reports."""
    p = t.places.c
    here = [func.lower(p.name) == name.lower(), *([p.country == country] if country else [])]
    current = t.places.join(t.reports, and_(t.reports.c.id == p.report, t.reports.c.current))
    spot = connection.execute(
        select(p.name, p.country, p.admin1, p.lat, p.lon, p.radius_km)
        .select_from(current).where(*here).group_by(p.name, p.country, p.admin1, p.lat, p.lon, p.radius_km)
        .order_by(p.lat.is_(None), func.count().desc(), p.lat).limit(1)
    ).mappings().first()  # fmt: skip
    if spot is None:
        return None
    outlets = connection.execute(
        select(t.reports.c.outlet, func.count(t.reports.c.id.distinct()))
        .select_from(current).where(*here).group_by(t.reports.c.outlet)
        .order_by(func.count(t.reports.c.id.distinct()).desc(), t.reports.c.outlet)
    ).all()  # fmt: skip
    kinds = connection.execute(
        select(t.events.c.type, func.count())
        .select_from(current.join(t.events, and_(t.events.c.report == p.report, t.events.c.place == p.id)))
        .where(*here)
        .group_by(t.events.c.type)
        .order_by(func.count().desc(), t.events.c.type)
    ).all()
    return {
        **spot,
        "reports": sum(count for _, count in outlets),
        "events": sum(count for _, count in kinds),
        "types": [(kind, count) for kind, count in kinds],
        "outlets": [{"outlet": outlet, "reports": count} for outlet, count in outlets[:50]],
    }


def find_actors(connection: Connection, words: str, limit: int) -> list[Row]:
    """Actors of the archive by part of a name, those in most reports first."""
    reports = func.count(t.actors.c.report.distinct()).label("reports")
    name = func.max(t.actors.c.name).label("name")
    query = (
        select(WHO.label("id"), t.actors.c.link, name, func.max(t.actors.c.kind).label("kind"), reports)
        .where(or_(t.actors.c.name.in_(called_like(t.actors, words)), t.actors.c.link == words))
        .group_by(WHO, t.actors.c.link)
        .order_by(reports.desc(), name)
        .limit(limit)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def find_places(connection: Connection, words: str, limit: int) -> list[Row]:
    """Places of the archive by part of a name, those in most reports first."""
    p = t.places.c
    reports = func.count(p.report.distinct()).label("reports")
    query = (
        select(p.name, p.country, reports, func.max(p.lat).label("lat"), func.max(p.lon).label("lon"))
        .where(p.name.in_(called_like(t.places, words)))
        .group_by(p.name, p.country)
        .order_by(reports.desc(), p.name)
        .limit(limit)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
