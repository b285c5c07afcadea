"""Every endpoint of the desk, and the small ones themselves."""

from __future__ import annotations

from typing import Any, get_args

from sitrep.export import Format, formats
from sitrep.model import ActorKind, Failure, PlaceKind, QuantityKind, ReviewState, TimePrecision
from sitrep.model.version import VERSION
from sitrep.ontology.load import load_ontology
from sitrep.review.desk import coding, incidents, judging, reports, situation
from sitrep.review.desk import incident_shapes as i
from sitrep.review.desk import shapes as s
from sitrep.review.desk import situation_shapes as w
from sitrep.review.desk.api import Empty, Endpoint
from sitrep.review.desk.desk import Desk, known_actors
from sitrep.review.desk.export_shapes import ExportQuery
from sitrep.review.desk.exporting import export
from sitrep.review.wording import FACTUALITY, PRECISION, STANCE
from sitrep.store import desk as asked

LABELS = {
    "type": "Change the type", "factuality": "Whether it happened", "role": "Change a role", "actor": "Who it is",
    "add_argument": "Add who or what took part", "drop_argument": "Took no part", "place": "Where", "date": "When",
    "figure": "How many", "add_figure": "Add a figure", "stance": "How the speaker stands to it",
    "identity": "Who an actor is", "reject": "Reject", "add_event": "Add an event", "merge": "Merge", "split": "Split",
    "choose": "Choose a value", "state": "How far the review is", "assign": "Assign", "veil": "Veil a passage",
    "sensitive": "Hide a name from exports",
}  # fmt: skip


def get_session(desk: Desk, _query: Empty) -> dict[str, Any]:
    """Who is at the desk, the token that changes need, and what the archive holds."""
    return {
        "user": desk.user, "csrf": desk.token, "store": desk.view.store, "sitrep": VERSION,
        "counts": desk.view.ask(asked.counts), "stale": desk.view.is_stale(), "tiles": desk.tiles,
    }  # fmt: skip


def get_vocabulary(_desk: Desk, _query: Empty) -> dict[str, Any]:
    """Everything that may be chosen, with labels."""
    ontology, gazetteer = load_ontology(), known_actors()
    countries = {entry.id: entry.name for entry in gazetteer.entries if entry.kind == "state" and len(entry.id) == 3}
    return {
        "types": [
            {"name": name, "label": kind.label, "parent": kind.parent, "definition": kind.definition}
            for name, kind in ontology.events.items()
        ],
        "parents": _choices({name: parent.label for name, parent in ontology.parents.items()}),
        "roles": [
            {"name": name, "label": role.label.lower(), "side": role.side} for name, role in ontology.roles.items()
        ],
        "factualities": _choices(FACTUALITY),
        "states": list(get_args(ReviewState)),
        "corrections": [
            {"kind": kind, "label": LABELS[kind], "layers": list(layers)} for kind, layers in judging.LAYERS.items()
        ],
        "actor_kinds": list(get_args(ActorKind)),
        "figure_kinds": list(get_args(QuantityKind)),
        "place_kinds": list(get_args(PlaceKind)),
        "place_precisions": [{"name": str(code), "label": label or "exact"} for code, label in PRECISION.items()],
        "time_precisions": list(get_args(TimePrecision)),
        "stances": _choices(STANCE),
        "countries": countries,
        "reasons": list(get_args(i.WhyName)),
        "exports": [_format(one) for one in formats()],
    }


def _format(one: Format) -> dict[str, Any]:
    options = [
        {
            "name": option.name, "help": option.help, "choices": list(option.choices),
            "default": str(option.default).lower() if isinstance(option.default, bool) else option.default,
            "yes_or_no": isinstance(option.default, bool),
        }
        for option in one.options
    ]  # fmt: skip
    return {
        "name": one.name, "label": one.label, "description": one.description, "suffix": one.suffix, "options": options,
    }  # fmt: skip


def _choices(labels: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "label": label} for name, label in labels.items()]


def list_views(desk: Desk, _query: Empty) -> dict[str, Any]:
    """The saved views."""
    import json

    rows = desk.view.ask(asked.saved_views)
    return {"rows": [{**row, "view": json.loads(row["view"])} for row in rows]}


def put_view(desk: Desk, name: str, _query: Empty, body: s.ViewBody) -> dict[str, Any]:
    """Keep a view by name."""
    version = desk.writer.save_view(name[:200], desk.user, body.view, version=body.version)
    return {"name": name[:200], "user": desk.user, "version": version, "view": body.view}


def delete_view(desk: Desk, name: str, _query: Empty) -> dict[str, Any]:
    """Forget a view."""
    return {"done": desk.writer.drop_view(name)}


def list_failures(desk: Desk, query: s.PageQuery) -> dict[str, Any]:
    """What could not be read, and why."""
    found: list[Failure] = desk.view.failures()
    return {"total": len(found), "rows": found[query.offset : query.offset + query.limit]}


def _get(path: str, summary: str, handle: Any, query: Any, answer: Any) -> Endpoint:  # noqa: ANN401 - types
    return Endpoint("GET", path, summary, handle, query, None, answer)


ENDPOINTS: tuple[Endpoint, ...] = (
    _get("/api/session", "Who is at the desk", get_session, Empty, s.Session),
    _get("/api/vocabulary", "What may be chosen", get_vocabulary, Empty, s.Vocabulary),
    _get("/api/reports", "Reports", reports.list_reports, s.ReportsQuery, s.ReportRows),
    _get("/api/reports/{report}", "One report", reports.get_report, s.ReportQuery, s.ReportPage),
    _get("/api/judgements", "What people decided", reports.list_judgements, s.HistoryQuery, s.History),
    Endpoint("POST", "/api/judgements", "Judge", judging.post_judgement, Empty, s.JudgeBody, s.JudgedShape, 201),
    Endpoint(
        "POST", "/api/judgements/preview", "What a merge or split would make", judging.preview, Empty, s.JudgeBody,
        i.PreviewShape,
    ),
    Endpoint(
        "POST", "/api/judgements/{judgement}/undo", "Take a judgement back", judging.post_undo, Empty, s.UndoBody,
        s.JudgedShape, 201,
    ),
    _get("/api/queue", "What needs a person first", incidents.get_queue, i.QueueQuery, i.QueueRows),
    _get("/api/incidents", "Incidents", incidents.list_incidents, i.IncidentsQuery, i.IncidentRows),
    _get("/api/incidents/{incident}", "One incident", incidents.get_incident, Empty, i.IncidentPage),
    _get("/api/situation/incidents", "Incidents as columns", situation.get_marks, w.MarksQuery, w.Marks),
    _get("/api/situation/control", "Who holds what", situation.get_control, w.ControlQuery, w.ControlRows),
    _get("/api/situation/timeline", "Bars of time", situation.get_timeline, w.TimelineQuery, w.Bars),
    _get("/api/situation/network", "Actors and their ties", situation.get_network, Empty, w.Network),
    _get("/api/situation/decisions", "Chains of decision", situation.get_decisions, w.DecisionsQuery, w.DecisionRows),
    _get("/api/situation/counts", "Counts over time", situation.get_counts, w.CountsQuery, w.Counted),
    _get("/api/dossiers/actor", "One actor over all reports", situation.get_actor, w.ActorQuery, w.ActorDossier),
    _get("/api/dossiers/place", "One place over all reports", situation.get_place, w.PlaceQuery, w.PlaceDossier),
    _get("/api/search", "Search everywhere", situation.search, w.SearchQuery, w.Found),
    _get("/api/lookup/places", "Places of the gazetteer", situation.lookup_places, w.LookupQuery, w.PlaceHits),
    _get("/api/lookup/actors", "Actors by name", situation.lookup_actors, w.LookupQuery, w.ActorHits),
    _get("/api/coding", "Double coding", coding.get_coding, Empty, w.CodingShape),
    Endpoint(
        "POST", "/api/coding/sample", "Draw reports for a second coder", coding.post_sample, Empty, w.SampleBody,
        w.Drawn, 201,
    ),
    _get("/api/coding/{report}", "Where two coders differ", coding.get_differences, Empty, w.Differences),
    _get("/api/views", "Saved views", list_views, Empty, s.Views),
    Endpoint("PUT", "/api/views/{name}", "Save a view", put_view, Empty, s.ViewBody, s.ViewShape),
    Endpoint("DELETE", "/api/views/{name}", "Forget a view", delete_view, Empty, None, s.Done),
    _get("/api/export/{format}", "The record in an export format", export, ExportQuery, None),
    _get("/api/failures", "What could not be read", list_failures, s.PageQuery, s.FailureRows),
)  # fmt: skip
