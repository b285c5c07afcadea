"""Exports from the desk: every format, of what the filters of a page keep."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, cast

from sitrep.errors import ExportError
from sitrep.export import exporters, get_exporter, options_of
from sitrep.export._select import Wanted, through
from sitrep.judge.hide import Sensitive
from sitrep.review.desk.api import File, Refusal
from sitrep.review.desk.desk import Desk
from sitrep.review.desk.export_shapes import ExportQuery
from sitrep.store import desk_incidents as held
from sitrep.store.filters import Filter

OPTIONS = ("inter", "strict", "table_name", "title", "dated")


def export(desk: Desk, format: str, query: ExportQuery) -> File:  # noqa: A002 - the name in the path
    """The corrected record in an export format: what the filters keep; sensitive names are hidden."""
    if format not in exporters():
        raise Refusal(404, f"There is no export format {format!r}.", f"Formats: {', '.join(exporters())}.")
    if query.km is not None and query.place is None:
        raise Refusal(422, "A distance needs a place.", 'Send `place` with `km`: a name, or "LAT,LON".')
    exporter = get_exporter(format)
    takes = options_of(exporter)
    given: dict[str, Any] = {name: getattr(query, name) for name in OPTIONS if getattr(query, name) is not None}
    unknown = sorted(given.keys() - takes)
    if unknown:
        raise Refusal(422, f"The format {format} does not take {unknown[0]}.", "Leave it out.")
    if "dated" in takes:
        given.setdefault("dated", desk.clock()[:10])
    names = Sensitive(desk.view.sensitive())
    if "incidents" in takes:
        given["incidents"] = names.incidents(desk.view.incidents(_filter(query)))
    state = query.state
    among = desk.view.ask(lambda connection: held.events_in_state(connection, state)) if state else None
    out = io.BytesIO()
    write = cast("Callable[..., int]", exporter.write)
    try:
        write(through(desk.view, _wanted(query), names, among), out, **given)
    except ExportError as error:
        raise Refusal(422, error.message, error.todo) from error
    return File(f"sitrep-{format}{exporter.suffix}", "application/octet-stream", out.getvalue())


def _wanted(query: ExportQuery) -> Wanted:
    return Wanted(query.type, query.country, query.actor, query.place, query.km, query.since, query.until, query.killed)


def _filter(query: ExportQuery) -> Filter:
    return Filter(query.type, query.country, query.actor, query.place, query.km, query.since, query.until, query.killed)
