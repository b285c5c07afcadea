"""Incidents at the desk: the list and the queue, one incident as a grid, and judging one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from sitrep import model as m
from sitrep.errors import Conflict
from sitrep.ontology.load import load_ontology
from sitrep.review.desk import reports
from sitrep.review.desk import shapes as s
from sitrep.review.desk.api import Empty, Refusal
from sitrep.review.desk.desk import Desk
from sitrep.review.desk.grid import grid
from sitrep.review.desk.incident_shapes import IncidentsQuery, QueueQuery, Wanted
from sitrep.review.names import event_label
from sitrep.store import desk as asked
from sitrep.store import desk_incidents as held
from sitrep.store import desk_situation as told
from sitrep.store import judged, ranks
from sitrep.store.filters import Filter
from sitrep.store.judgements import judgement_id


def list_incidents(desk: Desk, query: IncidentsQuery) -> dict[str, Any]:
    """Incidents that fit, a page of them."""
    total, rows = desk.view.ask(
        lambda connection: held.incidents(
            connection,
            wanted_of(query),
            state=query.state,
            assignee=query.assignee,
            sort=query.sort,
            limit=query.limit,
            offset=query.offset,
        )
    )
    return {"total": total, "rows": [labelled(row) for row in rows]}


def get_queue(desk: Desk, query: QueueQuery) -> dict[str, Any]:
    """What needs a person first: incidents, or reports."""
    if query.of == "reports":
        return _report_queue(desk, query)
    if desk.view.ask(ranks.unranked):
        desk.writer.rank()
    total, rows = desk.view.ask(
        lambda connection: held.incidents(
            connection,
            wanted_of(query),
            # what is done needs nobody, unless it is asked for
            state=query.state or "open",
            assignee=query.assignee,
            why=query.why,
            sort=query.sort,
            limit=query.limit,
            offset=query.offset,
        )
    )
    sides = desk.view.ask(lambda connection: told.sides(connection, [row["id"] for row in rows]))
    return {"total": total, "rows": [{**labelled(row), **_sides(sides.get(row["id"], []))} for row in rows]}


def _sides(taking: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Who acts and who is acted upon, by name."""
    roles = load_ontology().roles
    found: dict[str, list[str]] = {"who": [], "whom": []}
    for role, name in taking:
        side = roles[role].side if role in roles else "other"
        listed = found["who" if side == "agent" else "whom"] if side in ("agent", "patient") else []
        if name not in listed:
            listed.append(name)
    return {name: listed[:3] for name, listed in found.items()}


def _report_queue(desk: Desk, query: QueueQuery) -> dict[str, Any]:
    """Reports, by the most urgent of the incidents that they tell of."""
    state = query.state or "open"
    wanted = asked.ReportFilter(query.q, query.outlet, query.since, query.until, state, query.assignee)
    total, rows = desk.view.ask(
        lambda connection: asked.reports(connection, wanted, "-priority", query.limit, query.offset)
    )
    return {"total": total, "rows": [{**row, "why": _reasons(row)} for row in rows]}


def _reasons(row: dict[str, Any]) -> list[dict[str, Any]]:
    toll = row["killed_high"] or row["killed_low"]
    why = [{"reason": "deaths", "weight": 1.0, "words": f"{toll:,.0f} killed"}] if toll else []
    if row["score"] is not None and row["score"] < ranks.LIKELY:
        why.append({"reason": "low_score", "weight": 1.0, "words": f"score {row['score']:.2f}"})
    if row["state"] == "second_look":
        why.append({"reason": "second_look", "weight": 1.0, "words": "somebody wants it looked at again"})
    return why


def wanted_of(query: Wanted) -> Filter:
    """The filter that a query means."""
    if query.km is not None and query.place is None:
        raise Refusal(422, "A distance needs a place.", 'Send `place` with `km`: a name, or "LAT,LON".')
    return Filter(query.type, query.country, query.actor, query.place, query.km, query.since, query.until, query.killed)


def labelled(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its type in words."""
    return {**row, "label": event_label(row["type"])}


def find(desk: Desk, incident: str) -> tuple[m.Incident, dict[str, Any], str]:
    """One incident with its row and version, or 404."""
    found = desk.view.ask(lambda connection: held.incident(connection, incident))
    if found is None:
        raise Refusal(404, f"The archive holds no incident {incident!r}.", "It may have been merged or split since.")
    return found


def get_incident(desk: Desk, incident: str, _query: Empty) -> dict[str, Any]:
    """One incident: what each source says of each field, the figures, its neighbours."""
    found, row, version = find(desk, incident)
    judgements = desk.view.ask(lambda connection: judged.about_incident(connection, found))
    page = grid(desk, found, judgements)
    linked = desk.view.ask(lambda connection: held.linked(connection, row))
    return {
        **labelled(row),
        "version": version,
        **page,
        "linked": [_linked(row, other) for other in linked],
        "changes": [reports.change_shape(entry, None, None) for entry in reversed(judgements)],
    }


def _linked(row: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """A neighbour, and what makes it one."""
    points = [row["lat"], row["lon"], other["lat"], other["lon"]]
    km = None if None in points else round(held.apart_km(*points), 1)
    days = held.days_apart(row["start"], other["start"])
    when = (
        "the same day" if days == 0 else f"{abs(days)} day{'s' * (abs(days) != 1)} {'later' if days > 0 else 'before'}"
    )
    where = "same place" if row["place"] and row["place"] == other["place"] else "near" if km is not None else "by name"
    names = ("id", "type", "place", "start", "end")
    return {name: other[name] for name in names} | {
        "label": event_label(other["type"]), "why": f"{where}, {when}", "km": km,
    }  # fmt: skip


# judging


def judge(desk: Desk, body: s.JudgeBody) -> dict[str, Any]:
    """Judge an incident."""
    found, _, _ = find(desk, body.target.id)
    user, at = body.user or desk.user, desk.clock()
    target = m.Target(layer="incidents", id=found.id, events=found.events, anchors=_anchors(desk, found.events))
    correction = _correction(desk, body.correction, found)
    name = judgement_id(target, str(correction), user, at)
    judgement = m.Judgement(id=name, target=target, correction=correction, user=user, at=at, reason=body.reason)
    return write(desk, judgement, body.version)


def write(desk: Desk, judgement: m.Judgement, version: str) -> dict[str, Any]:
    """Append a judgement about an incident, regroup its events where it asks for that, and what to answer."""
    target = judgement.target
    try:
        done = desk.writer.judge(judgement, version=version)
    except Conflict as conflict:
        latest = reports.list_judgements(desk, s.HistoryQuery(incident=target.id, limit=5))["rows"]
        told = {"version": conflict.facts.get("version"), "changes": latest}
        raise Refusal(409, conflict.message, conflict.todo, **told) from conflict
    touched = [target.id]
    correction = judgement.correction
    if isinstance(correction, m.Undo):
        taken = correction.judgement
        back = desk.view.ask(lambda connection: asked.judgement(connection, taken))
        correction = back.correction if back else correction
        touched = _undone(desk, correction, target)
    elif isinstance(correction, m.Together | m.Apart):
        touched = _regroup(desk, _groups(desk, correction, target))
    elif isinstance(correction, m.Choose):
        touched = _anew(desk, target)
    return {
        "judgement": reports.change_shape(judgement, None, None),
        "version": _version(desk, touched, target.id) or done.version,
        "incidents": touched,
    }


def _version(desk: Desk, touched: list[str], name: str) -> str | None:
    for incident in (name, *touched):
        found = desk.view.ask(lambda connection, incident=incident: held.incident(connection, incident))
        if found:
            return found[2]
    return None


def _correction(desk: Desk, given: s.AnyGiven, found: m.Incident) -> m.Correction:
    match given:
        case s.MergeGiven(others=others):
            if found.id in others:
                raise Refusal(422, "It cannot be merged with itself.", "Leave it out of `others`.")
            events = [*found.events]
            for name in others:
                events += find(desk, name)[0].events
            return m.Together(events=_anchors(desk, events))
        case s.SplitGiven(events=chosen) if chosen:
            wanted = {(ref.report, ref.event) for ref in chosen}
            gone = [ref for ref in found.events if (ref.report, ref.event) in wanted]
            kept = [ref for ref in found.events if (ref.report, ref.event) not in wanted]
            if len(gone) != len(wanted) or not kept:
                raise Refusal(422, "These are not some of the incident's events.", "Leave it at least one.")
            return m.Apart(events=_anchors(desk, gone), rest=_anchors(desk, kept))
        case s.SplitGiven():
            raise Refusal(422, "The request does not say what to split off.", "Send `events`.")
        case s.ChooseGiven(field=field, value=value):
            return m.Choose(field=field, value=value)
        case s.StateGiven(state=state):
            return m.SetState(state=state)
        case s.AssignGiven(to=to):
            return m.Assign(to=to)
        case _:
            raise Refusal(422, "An incident has no such value to correct.", "Correct the events that it rests on.")


def _anchors(desk: Desk, refs: Iterable[m.EventRef]) -> tuple[m.EventAnchor, ...]:
    """Events with the words that find them again."""
    listed = list(refs)
    readings = {
        name: {event.id: event for event in reading.events}
        for name, reading in desk.view.corrected(ref.report for ref in listed).items()
    }
    found: list[m.EventAnchor] = []
    for ref in listed:
        event = readings.get(ref.report, {}).get(ref.event)
        words = (event.triggers or (event.trigger,)) if event else ()
        found.append(m.EventAnchor(report=ref.report, event=ref.event, words=words))
    return tuple(found)


def _groups(desk: Desk, correction: m.Together | m.Apart, target: m.Target) -> list[list[m.EventRef]]:
    """How events stand together after a judgement: those it names, and the rest of the incidents that it touches."""
    if isinstance(correction, m.Together):
        return [_refs(correction.events)]
    gone = _refs(correction.events)
    found = desk.view.ask(lambda connection: held.incident(connection, target.id))
    events = list(found[0].events) if found else _refs(correction.rest)
    return [[ref for ref in events if ref not in gone], gone]


def _refs(anchors: Iterable[m.EventAnchor]) -> list[m.EventRef]:
    return [m.EventRef(report=anchor.report, event=anchor.event) for anchor in anchors]


def _undone(desk: Desk, correction: m.Correction, target: m.Target) -> list[str]:
    """Take a merge or split of incidents apart again."""
    if isinstance(correction, m.Apart):
        return _regroup(desk, [_refs((*correction.rest, *correction.events))])
    if isinstance(correction, m.Together):
        before = list(target.events)
        return _regroup(desk, [before, [ref for ref in _refs(correction.events) if ref not in before]])
    if isinstance(correction, m.Choose):
        return _anew(desk, target)
    return [target.id]


def _anew(desk: Desk, target: m.Target) -> list[str]:
    """Make an incident anew, under the name that it has by now, after one of its values was chosen or let go."""
    name = desk.view.ask(lambda connection: judged.incident_of(connection, target.events, target.id)) or target.id
    found = desk.view.ask(lambda connection: held.incident(connection, name))
    made = desk.assemble([found[0].events])[0] if found else None
    if made is not None:
        desk.writer.replace_incidents([name], [msgspec.structs.replace(made, id=name)])
    return [name]


def _regroup(desk: Desk, groups: list[list[m.EventRef]]) -> list[str]:
    """Put groups of events in the place of the incidents that hold them; the rest of those stays together."""
    named = [ref for group in groups for ref in group]
    gone = desk.view.ask(lambda connection: held.of_events(connection, named))
    whole = [desk.view.ask(lambda connection, name=name: held.incident(connection, name)) for name in gone]
    wanted = [group for group in groups if group]
    for found in whole:
        rest = [ref for ref in found[0].events if ref not in named] if found else []
        if found and rest and len(rest) < len(found[0].events):
            wanted.append(rest)
    made = [incident for incident in desk.assemble(wanted) if incident]
    desk.writer.replace_incidents(gone, made)
    return [incident.id for incident in made]


def of_report(desk: Desk, source_id: str) -> list[m.Incident]:
    """The incidents that rest on a report now."""
    return desk.view.ask(lambda connection: held.incidents_of_report(connection, source_id))


def refresh(desk: Desk, source_id: str, before: list[m.Incident]) -> list[str]:
    """Make the incidents of a report anew after its record was corrected; which those are now.

    Events stay where they stand; one that nothing holds yet is an incident of its own until the archive is
    brought together again.
    """
    holds = {(ref.report, ref.event) for incident in before for ref in incident.events}
    there = desk.view.ask(lambda connection: asked.happened(connection, source_id))
    alone = [(m.EventRef(report=source_id, event=name),) for name in there if (source_id, name) not in holds]
    anew = desk.assemble([*(incident.events for incident in before), *alone])
    # each keeps its name, so that its page and its history stay
    made = [
        msgspec.structs.replace(incident, id=old.id) if old else incident
        for incident, old in zip(anew, [*before, *([None] * len(alone))], strict=True)
        if incident
    ]
    desk.writer.replace_incidents([incident.id for incident in before], made)
    return [incident.id for incident in made]


def preview(desk: Desk, body: s.JudgeBody) -> dict[str, Any]:
    """The incidents as they would be after a merge or split."""
    if body.target.layer != "incidents" or not isinstance(body.correction, s.MergeGiven | s.SplitGiven):
        raise Refusal(422, "Only merging and splitting incidents can be previewed.", "")
    found, _, _ = find(desk, body.target.id)
    correction = _correction(desk, body.correction, found)
    if not isinstance(correction, m.Together | m.Apart):
        raise Refusal(422, "Only merging and splitting incidents can be previewed.", "")
    target = m.Target(layer="incidents", id=found.id, events=found.events)
    made = desk.assemble(group for group in _groups(desk, correction, target) if group)
    return {"incidents": [_outline(desk, incident) for incident in made if incident]}


def _outline(desk: Desk, incident: m.Incident) -> dict[str, Any]:
    page = grid(desk, incident, [])
    killed = next((figure for figure in incident.figures if figure.kind == "killed"), None)
    return {
        "id": incident.id,
        "columns": page["columns"],
        "rows": page["rows"],
        "type": incident.type,
        "label": event_label(incident.type),
        "place": incident.place,
        "start": incident.start,
        "end": incident.end,
        "events": [{"report": ref.report, "event": ref.event} for ref in incident.events],
        "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None,
    }
