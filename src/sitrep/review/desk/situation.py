"""The situation at the desk: incidents on the map, control, time, ties, decisions, counts; dossiers and search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec

from sitrep.model import Decision
from sitrep.ontology.load import load_ontology
from sitrep.review.desk import situation_shapes as s
from sitrep.review.desk.api import Empty, Refusal
from sitrep.review.desk.desk import Desk, known_actors
from sitrep.review.desk.incidents import labelled, wanted_of
from sitrep.review.desk.units import Units
from sitrep.review.names import event_label, role_label, role_side
from sitrep.review.wording import STEP
from sitrep.store import desk as asked
from sitrep.store import desk_incidents as held
from sitrep.store import desk_situation as told
from sitrep.store import ranks
from sitrep.store.filters import Filter

LAYER_TIES = {
    "allied_with": "alliance", "recognises": "alliance", "rival_of": "rivalry", "opposes": "hostility",
    "supports": "support", "embedded_with": "support", "member_of": "membership", "part_of": "membership",
    "leads": "command", "speaks_for": "command",
}  # fmt: skip


def get_marks(desk: Desk, query: s.MarksQuery) -> dict[str, Any]:
    """Incidents as columns, small enough to send them all: where, when, what, who."""
    corners = [query.west, query.south, query.east, query.north]
    box = tuple(corner for corner in corners if corner is not None)
    if box and len(box) != len(corners):
        raise Refusal(422, "The box is not whole.", "Send west, south, east and north together.")
    if desk.view.ask(ranks.unranked):
        desk.writer.rank()
    total, rows = desk.view.ask(
        lambda connection: held.marks(
            connection, wanted_of(query), state=query.state, assignee=query.assignee, box=box or None, limit=query.limit
        )
    )
    types: dict[str, int] = {}
    places: dict[str, int] = {}
    columns = dict(zip(held.MARKS, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}
    columns = {name: columns.get(name, []) for name in s.COLUMNS}
    columns["type"] = [types.setdefault(kind, len(types)) for kind in columns["type"]]
    columns["place"] = [None if place is None else places.setdefault(place, len(places)) for place in columns["place"]]
    located = len(rows) - columns["lat"].count(None)
    number = {name: n for n, name in enumerate(columns["id"])}
    agents, targets, actors = _taking_part(desk, number)
    return {
        "total": total, "located": located, "types": list(types), "places": list(places), **columns,
        "agents": agents, "targets": targets, "actors": actors,
    }  # fmt: skip


def _taking_part(desk: Desk, number: dict[str, int]) -> tuple[list[list[int]], list[list[int]], list[dict[str, str]]]:
    """Who does what to whom in each incident, as indexes into a list of actors."""
    agents: list[list[int]] = [[] for _ in number]
    targets: list[list[int]] = [[] for _ in number]
    actors: dict[str, int] = {}
    listed: list[dict[str, str]] = []
    by_side: dict[str, list[list[int]] | None] = {"agent": agents, "other": None}
    sides = {role: by_side.get(role_side(role), targets) for role in load_ontology().roles}
    taking, called = desk.view.ask(told.marks)
    for incident, role, who in taking:
        row = number.get(incident)
        side = sides.get(role, targets)
        if row is None or side is None:
            continue
        index = actors.setdefault(who, len(actors))
        if index == len(listed):
            name, kind = called[who]
            listed.append({"id": who, "name": name, "kind": kind})
        column = side[row]
        if index not in column:
            column.append(index)
    return agents, targets, listed


def quoted(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its words as the API gives them."""
    start, end, quote = row.pop("quote_start"), row.pop("quote_end"), row.pop("quote")
    before = row.pop("before")
    if start is None or quote is None:
        return {**row, "evidence": None}
    # all that stands before the words says how many units they are away
    units = Units(before + quote)
    return {**row, "evidence": {"start": units.to_units(start), "end": units.to_units(end), "quote": quote}}


def get_control(desk: Desk, query: s.ControlQuery) -> dict[str, Any]:
    """Who holds which place when, by whose word."""
    rows = [quoted(row) for row in desk.view.ask(lambda c: told.control(c, place=query.place, limit=query.limit))]
    holders: dict[str, dict[str, Any]] = {}
    for row in rows:
        held_by = holders.setdefault(row["actor"], {"actor": row["actor"], "name": row["holder"], "rows": 0})
        held_by["rows"] += 1
    return {"rows": rows, "holders": sorted(holders.values(), key=lambda one: (-one["rows"], one["name"]))}


def get_timeline(desk: Desk, query: s.TimelineQuery) -> dict[str, Any]:
    """Incidents, sieges, control and claims as bars of time."""
    bars: list[dict[str, Any]] = []
    for row in desk.view.ask(lambda c: told.spans(c, query.limit)):
        bars.append(
            _bar(
                "siege" if row["type"] == "siege" else "incident", row["id"], event_label(row["type"]),
                row["place"] or "", row["start"], row["end"], row["killed"] or 0, incident=row["id"],
            )
        )  # fmt: skip
    for n, row in enumerate(map(quoted, desk.view.ask(lambda c: told.control(c, limit=query.limit)))):
        bars.append(
            _bar(
                "control", f"control-{n}", f"{row['holder']} {row['status']}", row["place"],
                row["start"] or row["published"], row["end"], 1, report=row["report"], evidence=row["evidence"],
            )
        )  # fmt: skip
    for row in map(quoted, desk.view.ask(lambda c: told.claims(c, limit=min(query.limit, 300)))):
        bars.append(
            _bar(
                "claim", row["id"], row["stance"], row["speaker"] or row["outlet"] or row["source_id"],
                row["published"], row["published"], 1, report=row["report"], evidence=row["evidence"],
            )
        )  # fmt: skip
    return {"bars": bars}


def _bar(
    kind: str,
    name: str,
    label: str,
    lane: str,
    start: str | None,
    end: str | None,
    weight: float,
    **more: Any,  # noqa: ANN401 - what the bar leads to
) -> dict[str, Any]:
    bar = {"kind": kind, "id": name, "label": label, "lane": lane, "start": start, "end": end, "weight": weight}
    return bar | {"report": None, "incident": None, "evidence": None} | more


def ties_of(desk: Desk, actor: str | None = None) -> tuple[list[dict[str, Any]], dict[str, tuple[str, str]]]:
    """The ties between actors, and the name and kind of everybody who has one."""
    names: dict[str, tuple[str, str]] = {}
    ties: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in map(quoted, desk.view.ask(lambda c: told.relations(c, actor=actor))):
        kind = str(LAYER_TIES.get(row["type"], row["type"]))
        names.setdefault(row["source"], (row["source_name"], row["source_kind"]))
        names.setdefault(row["target"], (row["target_name"], row["target_kind"]))
        key = (row["source"], row["target"], kind)
        tie = ties.setdefault(key, _tie(row, kind, 0, row["evidence"]))
        tie["weight"] += 1
        tie["from"] = min(filter(None, (tie["from"], row["start"])), default=None)
        tie["to"] = max(filter(None, (tie["to"], row["end"])), default=None)
    for row in desk.view.ask(lambda c: told.hostilities(c, actor=actor)):
        names.setdefault(row["source"], (row["source_name"], row["source_kind"]))
        names.setdefault(row["target"], (row["target_name"], row["target_kind"]))
        key = (row["source"], row["target"], "hostility")
        if key in ties:
            ties[key]["weight"] += row["weight"]
        else:
            ties[key] = _tie(row, "hostility", row["weight"], None)
    return list(ties.values()), names


def _tie(row: dict[str, Any], kind: str, weight: int, evidence: Any) -> dict[str, Any]:  # noqa: ANN401 - a quotation
    return {
        "source": row["source"], "target": row["target"], "source_name": row["source_name"],
        "target_name": row["target_name"], "type": kind, "from": row["start"], "to": row["end"],
        "weight": weight, "report": row["report"], "evidence": evidence,
    }  # fmt: skip


def get_network(desk: Desk, _query: Empty) -> dict[str, Any]:
    """Actors and how they stand to each other."""
    ties, names = ties_of(desk)
    busy = desk.view.ask(told.busy_actors)
    nodes: list[dict[str, Any]] = [
        {"id": who, "name": name, "kind": kind, "events": busy.get(who, 0)} for who, (name, kind) in names.items()
    ]
    return {"nodes": sorted(nodes, key=lambda node: (-node["events"], node["id"])), "ties": ties}


_decision = msgspec.json.Decoder(Decision)


def get_decisions(desk: Desk, query: s.DecisionsQuery) -> dict[str, Any]:
    """Chains of decision: who asked, who approved, who acted."""
    rows = desk.view.ask(lambda c: told.decisions(c, query.limit))
    numbers = sorted({row["number"] for row in rows})
    names = desk.view.ask(lambda c: told.actor_names(c, numbers))
    found: list[dict[str, Any]] = []
    for row in rows:
        decision, units = _decision.decode(row["line"]), Units(row["text"])
        steps = [
            {
                "step": step.step,
                "label": STEP.get(step.step, step.step),
                "actor": names.get((row["number"], step.actor or "")),
                "time": step.time,
                "evidence": units.out(msgspec.to_builtins(step.evidence)),
            }
            for step in decision.steps
        ]
        about = event_label(row["type"]) if row["type"] else "an act"
        found.append(
            {name: row[name] for name in ("report", "source_id", "outlet", "published")}
            | {"about": about, "event": row["about"], "steps": steps}
            | {"conditions": units.out(msgspec.to_builtins(decision.conditions))}
        )
    return {"rows": found}


WIDTHS = {"day": 10, "week": 10, "month": 7, "year": 4}


def _monday(day: str) -> str:
    """The Monday of a day's week; the day itself where it is none of the calendar."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return (found - timedelta(days=found.weekday())).isoformat()


def get_counts(desk: Desk, query: s.CountsQuery) -> dict[str, Any]:
    """Incidents and their dead over time."""
    rows = desk.view.ask(lambda c: told.counts(c, query.by, WIDTHS[query.every]))
    # a date that is not known to the day has no day
    rows = [row for row in rows if row[2] and len(row[2]) == WIDTHS[query.every]]
    spans = {row[2]: _monday(row[2]) if query.every == "week" else row[2] for row in rows}
    bins = {key: n for n, key in enumerate(sorted(set(spans.values())))}
    series: dict[str, dict[str, Any]] = {}
    for key, name, span, count, killed in rows:
        label = event_label(key) if query.by == "type" else name
        one = series.setdefault(
            key, {"key": key, "label": label, "counts": [0] * len(bins), "killed": [0.0] * len(bins)}
        )
        one["counts"][bins[spans[span]]] += count
        one["killed"][bins[spans[span]]] += killed or 0.0
    most = sorted(series.values(), key=lambda one: (-sum(one["counts"]), one["key"]))
    return {"every": query.every, "bins": list(bins), "series": most[: query.limit]}


def get_actor(desk: Desk, query: s.ActorQuery) -> dict[str, Any]:
    """One actor over all reports."""
    found = desk.view.ask(lambda c: told.actor(c, query.id))
    entry = known_actors().get(query.id) or (known_actors().get(found["id"]) if found else None)
    if found is None and entry is None:
        raise Refusal(
            404, f"Neither the archive nor the gazetteer knows {query.id!r}.", "Search for a part of the name."
        )
    found = found or {
        "id": query.id, "name": entry.name if entry else query.id, "kind": entry.kind if entry else "other",
        "aliases": list(entry.aliases) if entry else [], "reports": 0, "events": 0, "roles": [], "outlets": [],
    }  # fmt: skip
    who = found["id"]
    _, rows = desk.view.ask(lambda c: held.incidents(c, Filter(actor=who), sort="-start", limit=50))
    ties, _ = ties_of(desk, who)
    return {
        **found,
        "name": entry.name if entry else found["name"],
        "gazetteer": msgspec.to_builtins(entry) if entry else None,
        "roles": [{"role": role, "label": role_label(role), "count": count} for role, count in found["roles"]],
        "incidents": [labelled(row) for row in rows],
        "ties": ties,
        "holds": [quoted(row) for row in desk.view.ask(lambda c: told.control(c, holder=who, limit=200))],
        "claims": [
            {k: v for k, v in quoted(row).items() if k not in ("speaker", "actor", "id")}
            for row in desk.view.ask(lambda c: told.claims(c, actor=who, limit=50))
        ],
    }


def get_place(desk: Desk, query: s.PlaceQuery) -> dict[str, Any]:
    """One place over all reports."""
    found = desk.view.ask(lambda c: told.place(c, query.name, query.country))
    if found is None:
        raise Refusal(404, f"No report names {query.name!r}.", "Search for a part of the name.")
    wanted = Filter(place=query.name, country=query.country)
    _, rows = desk.view.ask(lambda c: held.incidents(c, wanted, sort="-start", limit=50))
    return {
        **found,
        "types": [{"key": kind, "label": event_label(kind), "count": count} for kind, count in found["types"]],
        "incidents": [labelled(row) for row in rows],
        "control": [quoted(row) for row in desk.view.ask(lambda c: told.control(c, place=query.name, limit=200))],
    }


def search(desk: Desk, query: s.SearchQuery) -> dict[str, Any]:
    """Reports, actors, places and incidents by words."""
    hits = desk.view.search(query.q, limit=query.limit)
    keys = desk.view.ask(lambda c: asked.report_keys(c, [hit.report for hit in hits]))
    places = desk.view.ask(lambda c: told.find_places(c, query.q, query.limit))
    _, rows = desk.view.ask(lambda c: held.incidents(c, Filter(place=query.q), sort="-start", limit=query.limit))
    if not rows:
        _, rows = desk.view.ask(lambda c: held.incidents(c, Filter(actor=query.q), sort="-start", limit=query.limit))
    return {
        "reports": [
            {
                "report": keys.get(hit.report, ""), "source_id": hit.report, "title": hit.title, "outlet": hit.outlet,
                "published": hit.published, "words": hit.words,
            }
            for hit in hits
        ],
        "actors": _without(desk.view.ask(lambda c: told.find_actors(c, query.q, query.limit)), "link"),
        "places": places,
        "incidents": [labelled(row) for row in rows],
    }  # fmt: skip


def _without(rows: Iterable[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != name} for row in rows]


def lookup_places(desk: Desk, query: s.LookupQuery) -> dict[str, Any]:
    """Places of the gazetteer that bear a name, for a correction."""
    found = sorted(desk.places().lookup(query.q), key=lambda place: (-place.population, place.rank, place.key))
    if query.country:
        found = [place for place in found if place.country == query.country.upper()]
    rows = [
        {
            "name": place.name, "kind": place.kind, "lat": place.lat, "lon": place.lon, "country": place.country,
            "admin1": place.admin1_name, "geonames": place.geonames, "radius_km": place.radius_km,
            "population": place.population,
        }
        for place in found[: query.limit]
    ]  # fmt: skip
    return {"total": len(found), "rows": rows}


def lookup_actors(desk: Desk, query: s.LookupQuery) -> dict[str, Any]:
    """Actors of the gazetteer and of the archive that bear a name, for a correction."""
    rows: dict[str, dict[str, Any]] = {}
    for entry in known_actors().named(query.q):
        rows[entry.id] = {"link": entry.id, "name": entry.name, "kind": entry.kind, "reports": 0}
    for row in desk.view.ask(lambda c: told.find_actors(c, query.q, query.limit)):
        known = rows.setdefault(row["id"], {name: row[name] for name in ("link", "name", "kind", "reports")})
        known["reports"] = row["reports"]
    return {"total": len(rows), "rows": list(rows.values())[: query.limit]}
