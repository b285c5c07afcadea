"""Ranks of incidents: how much each needs a person, and why; derived whenever incidents change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import batched
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from sitrep.store import tables as t

# kinds of actors who are new where the gazetteer does not know them; people come and go
BODIES = ("armed_group", "militia", "military", "police", "party")
LIKELY = 0.6
SECOND_LOOK = 5.0
BATCH = 200
type Row = dict[str, Any]


def unranked(connection: Connection) -> bool:
    """Whether there are incidents whose rank is not known."""
    incidents = connection.scalar(select(func.count()).select_from(t.incidents))
    return incidents != connection.scalar(select(func.count()).select_from(t.incident_ranks))


def rank(connection: Connection, names: Sequence[str] | None = None) -> int:
    """Work out how much each incident needs a person, and why; how many were ranked."""
    if names is None:
        connection.execute(delete(t.incident_ranks))
        return _rank(connection, None)
    done = 0
    for some in batched(names, BATCH):
        connection.execute(delete(t.incident_ranks).where(t.incident_ranks.c.incident.in_(some)))
        done += _rank(connection, some)
    return done


def _rank(connection: Connection, names: Sequence[str] | None) -> int:
    def those(query: Any, column: Any) -> Any:  # noqa: ANN401 - a query and a column
        return query if names is None else query.where(column.in_(names))

    def found(query: Any) -> dict[str, Any]:  # noqa: ANN401 - a query
        return {row[0]: row[1:] for row in connection.execute(those(query, ie.incident).group_by(ie.incident))}

    ev, ie, places = t.events.c, t.incident_events.c, t.places.c
    told = t.incident_events.join(t.events, (ev.report == ie.report) & (ev.id == ie.event))
    scores = found(select(ie.incident, func.min(ev.score), func.min(ie.report)).select_from(told))
    spots = told.join(t.places, (places.report == ev.report) & (places.id == ev.place))
    radii = found(select(ie.incident, func.min(places.radius_km)).select_from(spots))
    args, actors = t.event_arguments.c, t.actors.c
    who = t.incident_events.join(t.event_arguments, (args.report == ie.report) & (args.event == ie.event)).join(
        t.actors, (actors.report == args.report) & (actors.id == args.actor)
    )
    new = found(
        select(ie.incident, func.min(actors.name))
        .select_from(who)
        .where(actors.link.is_(None), actors.kind.in_(BODIES))
    )
    moved = found(
        select(ie.incident, func.count())
        .join(t.reports, t.reports.c.id == ie.report)
        .join(t.judgement_effects, t.judgement_effects.c.report == t.reports.c.source_id)
        .where(t.judgement_effects.c.status != "applied")
    )
    again = _again(connection)
    reports = {told_by for _, told_by in scores.values()}
    titles = _titles(connection, None if names is None else sorted(reports))
    rows: list[Row] = []
    which: Any = those(select(t.incidents.c.id, t.incidents.c.why), t.incidents.c.id)
    own: Any = connection.execute(which)
    for name, why in own:
        score, report = scores.get(name, (None, None))
        reasons = [*json.loads(why or "[]"), *_reasons(score, new.get(name), moved=name in moved)]
        rows.append(
            {
                "incident": name,
                "priority": _priority(reasons, again=name in again),
                "score": score,
                "why": json.dumps(reasons, ensure_ascii=False),
                "title": titles.get(report),
                "radius_km": radii[name][0] if name in radii else None,
            }
        )
    if rows:
        connection.execute(insert(t.incident_ranks), rows)
    return len(rows)


def _again(connection: Connection) -> set[str]:
    """The incidents that somebody wants looked at again."""
    c = t.reviews.c
    return set(connection.scalars(select(c.id).where(c.layer == "incidents", c.state == "second_look")))


def _titles(connection: Connection, reports: Sequence[int] | None) -> dict[int | None, str | None]:
    query = select(t.reports.c.id, t.reports.c.title)
    if reports is not None:
        query = query.where(t.reports.c.id.in_(reports))
    return {row.id: row.title for row in connection.execute(query)}


def _priority(reasons: Sequence[Row], *, again: bool) -> float:
    """How much an incident needs somebody; what is wanted looked at again comes before the rest."""
    return round(sum(part["weight"] for part in reasons) + (SECOND_LOOK if again else 0.0), 3)


def _reasons(score: float | None, new: Sequence[str] | None, *, moved: bool) -> list[Row]:
    """The reasons for which somebody should look that lie in the events, each with its weight."""
    why: list[Row] = []
    if score is not None and score < LIKELY:
        why.append({"reason": "low_score", "weight": round((LIKELY - score) * 3, 2), "words": f"score {score:.2f}"})
    if new:
        why.append({"reason": "new_actor", "weight": 1.0, "words": f"not in the gazetteer: {new[0]}"})
    if moved:
        why.append({"reason": "moved", "weight": 2.0, "words": "a judgement's words moved"})
    return why


def urge(connection: Connection, names: Sequence[str]) -> None:
    """Bring the ranks of incidents up to date after their review went on."""
    c, again = t.incident_ranks.c, _again(connection)
    for some in batched(names, BATCH):
        for row in connection.execute(select(c.incident, c.why).where(c.incident.in_(some))).all():
            priority = _priority(json.loads(row.why), again=row.incident in again)
            connection.execute(update(t.incident_ranks).where(c.incident == row.incident).values(priority=priority))
