"""Judgements in the database: which there are, and what is derived from them."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import batched

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from sitrep.judge import choose
from sitrep.judge.apply import Corrected, apply, in_force, sensitive_names
from sitrep.judge.choose import Choice
from sitrep.judge.hide import hide
from sitrep.model import Assign, EventAnchor, EventRef, Incident, Judgement, Reading, SetState, Undo
from sitrep.model.codec import decode_reading, digest
from sitrep.store import tables as t
from sitrep.store.incidents import enter_actors
from sitrep.store.ranks import urge
from sitrep.store.rows import Coded, Row, coded_rows, layer_rows

# gives the rows of tabular exports, by their names
type Code = Callable[[Reading], Coded]

_decoder = msgspec.json.Decoder(Judgement)


def judgements(connection: Connection, *which: ColumnElement[bool]) -> list[Judgement]:
    """Judgements in their order; all of them, or those that fit conditions on the table."""
    query = select(t.judgements.c.line).where(*which).order_by(t.judgements.c.seq)
    return [decode(line) for line in connection.scalars(query)]


def decode(line: str) -> Judgement:
    """A judgement from its row."""
    return _decoder.decode(line)


def of_report(connection: Connection, source_id: str) -> list[Judgement]:
    """The judgements about one report and what stands in it."""
    return judgements(connection, t.judgements.c.report == source_id)


def of_incidents(connection: Connection) -> list[Judgement]:
    """The judgements about incidents: those that corroboration must obey among them."""
    return judgements(connection, t.judgements.c.layer == "incidents")


def find_event(connection: Connection, anchor: EventAnchor) -> EventRef | None:
    """Where an event that was judged stands now: by its id, or by its trigger where a re-reading gave it another."""
    of_report = (
        select(t.events.c.id)
        .join(t.reports, t.reports.c.id == t.events.c.report)
        .where(t.reports.c.source_id == anchor.report, t.reports.c.current)
    )
    found = connection.scalar(of_report.where(t.events.c.id == anchor.event))
    for words in anchor.words if found is None else ():
        found = connection.scalar(
            of_report.where(t.events.c.quote_start == words.start, t.events.c.quote_end == words.end)
            .order_by(t.events.c.id)
            .limit(1)
        )
        if found is not None:
            break
    return None if found is None else EventRef(report=anchor.report, event=found)


def choices(connection: Connection, reports: Container[str] | None = None) -> list[Choice]:
    """What people chose for fields of incidents, by the events that stand for each now.

    reports: only incidents with an event in one of these, by source id.
    """
    asked = judgements(connection, t.judgements.c.kind.in_(("choose", "undo")), t.judgements.c.layer == "incidents")
    if reports is not None:
        asked = [one for one in asked if any(ref.report in reports for ref in one.target.events)]
    anchors = {(one.report, one.event): one for judgement in asked for one in choose.anchors(judgement)}
    there = _there(connection, sorted({report for report, _ in anchors}))
    # nearly all stand where they stood; the others are looked for by their words, each once
    stands = {
        key: EventRef(report=key[0], event=key[1]) if key in there else find_event(connection, anchor)
        for key, anchor in anchors.items()
    }

    def find(anchor: EventAnchor) -> EventRef | None:
        key = (anchor.report, anchor.event)
        return stands[key] if key in stands else find_event(connection, anchor)

    return choose.choices(asked, find)


def _there(connection: Connection, source_ids: Sequence[str]) -> set[tuple[str, str]]:
    """The events of the current versions of some reports, by source id and id."""
    found: set[tuple[str, str]] = set()
    for some in batched(source_ids, 200):
        query = (
            select(t.reports.c.source_id, t.events.c.id)
            .join(t.events, t.events.c.report == t.reports.c.id)
            .where(t.reports.c.source_id.in_(some), t.reports.c.current)
        )
        found.update((row.source_id, row.id) for row in connection.execute(query))
    return found


def about_incident(connection: Connection, incident: Incident) -> list[Judgement]:
    """The judgements about an incident, those about what it was before included, in their order."""
    refs = set(incident.events)
    return [
        judgement
        for judgement in of_incidents(connection)
        if judgement.target.id == incident.id
        or (
            not refs.isdisjoint(judgement.target.events)
            and incident_of(connection, judgement.target.events, judgement.target.id) == incident.id
        )
    ]


def by_report(connection: Connection) -> dict[str, list[Judgement]]:
    """The judgements about reports, by source id."""
    found: dict[str, list[Judgement]] = {}
    for judgement in judgements(connection, t.judgements.c.report.is_not(None)):
        found.setdefault(judgement.target.report or "", []).append(judgement)
    return found


def insert_judgement(connection: Connection, judgement: Judgement) -> bool:
    """Append one; whether it is new."""
    if connection.scalar(select(t.judgements.c.seq).where(t.judgements.c.id == judgement.id)) is not None:
        return False
    connection.execute(
        insert(t.judgements).values(
            id=judgement.id,
            kind=judgement.kind,
            layer=judgement.target.layer,
            target=judgement.target.id,
            report=judgement.target.report,
            user=judgement.user,
            at=judgement.at,
            reason=judgement.reason,
            hand=judgement.hand,
            line=msgspec.json.encode(judgement).decode(),
        )
    )
    return True


# versions: what an editor must have seen


def report_version(connection: Connection, source_id: str) -> str | None:
    """The version of a report's corrected record; None where there is no such report."""
    sha = connection.scalar(
        select(t.readings.c.sha256)
        .join(t.reports, t.reports.c.id == t.readings.c.report)
        .where(t.reports.c.source_id == source_id, t.reports.c.current)
    )
    if sha is None:
        return None
    last = connection.scalar(select(func.max(t.judgements.c.seq)).where(t.judgements.c.report == source_id))
    return f"{sha[:8]}.{last or 0}"


def incident_version(connection: Connection, incident: str) -> str | None:
    """The version of an incident; None where there is none of that id."""
    line = connection.scalar(select(t.incidents.c.line).where(t.incidents.c.id == incident))
    if line is None:
        return None
    last = connection.scalar(
        select(func.max(t.judgements.c.seq)).where(
            t.judgements.c.layer == "incidents", t.judgements.c.target == incident
        )
    )
    return version_of_incident(line, last)


def version_of_incident(line: str, last: int | None) -> str:
    """The version of an incident from its row and the last judgement about it."""
    return f"{digest(line, size=8)}.{last or 0}"


# what is derived


def corrected_rows(
    connection: Connection, source_id: str, line: bytes, code: Code | None
) -> tuple[dict[str, list[Row]], Corrected]:
    """The rows of a reading's layers as judgements correct them, with those of tabular exports.

    What is exported holds no sensitive name.
    """
    reading = decode_reading(zlib.decompress(line), source=source_id)
    corrected = apply(reading, of_report(connection, source_id))
    layers = layer_rows(corrected.reading)
    if code:
        names = sensitive_names(judgements(connection, t.judgements.c.kind.in_(("sensitive", "undo"))))
        layers["coded"] = coded_rows(code(hide(corrected.reading, names)))
    return layers, corrected


def write_effects(connection: Connection, source_id: str, corrected: Corrected) -> None:
    """Enter what the judgements about a report do to its reading now."""
    connection.execute(delete(t.judgement_effects).where(t.judgement_effects.c.report == source_id))
    if corrected.changes:
        connection.execute(
            insert(t.judgement_effects),
            [
                {
                    "judgement": change.judgement.id,
                    "report": source_id,
                    "status": change.status,
                    "before": change.before,
                    "after": change.after,
                }
                for change in corrected.changes
            ],
        )


def correct_layers(connection: Connection, source_id: str, code: Code | None) -> Reading | None:
    """Make the layer tables of a report's current version anew from its reading and the judgements."""
    row = connection.execute(
        select(t.reports.c.id, t.readings.c.line)
        .join(t.readings, t.readings.c.report == t.reports.c.id)
        .where(t.reports.c.source_id == source_id, t.reports.c.current)
    ).first()
    if row is None:
        return None
    layers, corrected = corrected_rows(connection, source_id, row.line, code)
    # events take the rows that tie them to incidents with them
    ties = connection.execute(select(t.incident_events).where(t.incident_events.c.report == row.id)).mappings().all()
    for table in t.LAYERS:
        connection.execute(delete(table).where(table.c.report == row.id))
    for table in reversed(t.LAYERS):
        if rows := layers.get(table.name):
            connection.execute(insert(table), [{"report": row.id, **fields} for fields in rows])
    there = {event["id"] for event in layers.get("events", ())}
    if kept := [dict(tie) for tie in ties if tie["event"] in there]:
        connection.execute(insert(t.incident_events), kept)
    enter_actors(connection, sorted({tie["incident"] for tie in ties}))
    write_effects(connection, source_id, corrected)
    return corrected.reading


def settle_reviews(connection: Connection, layer: str, name: str, found: Sequence[Judgement]) -> None:
    """Enter how far the review of a report or incident is, from the judgements about it."""
    connection.execute(delete(t.reviews).where(t.reviews.c.layer == layer, t.reviews.c.id == name))
    state, assignee, last = "unreviewed", None, None
    for judgement in in_force(found):
        correction = judgement.correction
        if isinstance(correction, SetState):
            state, last = correction.state, judgement
        elif isinstance(correction, Assign):
            assignee, last = correction.to, judgement
    if last is not None:
        row = {"layer": layer, "id": name, "state": state, "assignee": assignee, "user": last.user, "at": last.at}
        connection.execute(insert(t.reviews).values(row))
    if layer == "incidents":
        urge(connection, [name])


def settle_incident(connection: Connection, judgement: Judgement) -> None:
    """Enter what one new judgement says of the review of an incident."""
    correction, name = judgement.correction, judgement.target.id
    if isinstance(correction, Undo):
        refs = connection.execute(
            select(t.reports.c.source_id, t.incident_events.c.event)
            .join(t.incident_events, t.incident_events.c.report == t.reports.c.id)
            .where(t.incident_events.c.incident == name)
        )
        settle_incidents(connection, [name], [EventRef(report=row.source_id, event=row.event) for row in refs])
        return
    if not isinstance(correction, SetState | Assign):
        return
    where = (t.reviews.c.layer == "incidents") & (t.reviews.c.id == name)
    held = connection.execute(select(t.reviews).where(where)).first()
    state, assignee = (held.state, held.assignee) if held else ("unreviewed", None)
    if isinstance(correction, SetState):
        state = correction.state
    else:
        assignee = correction.to
    connection.execute(delete(t.reviews).where(where))
    row = {"layer": "incidents", "id": name, "state": state, "assignee": assignee}
    connection.execute(insert(t.reviews).values({**row, "user": judgement.user, "at": judgement.at}))
    urge(connection, [name])


def settle_incidents(
    connection: Connection, names: Sequence[str] | None = None, events: Iterable[EventRef] = ()
) -> None:
    """Carry the review of incidents over to those that now hold most of the events that were reviewed.

    names: the incidents that changed or went, with the events that they hold now; None for all.
    """
    c, reviews = t.judgements.c, t.reviews.c
    which = [c.layer == "incidents"]
    gone = [reviews.layer == "incidents"]
    if names is not None:
        # a judgement of an incident that is no more may be about one of these by its events
        which.append(c.target.in_(names) | c.target.not_in(select(t.incidents.c.id)))
        gone.append(reviews.id.in_(names))
    reports = {ref.report for ref in events}
    before = list(connection.scalars(select(reviews.id).where(*gone)))
    connection.execute(delete(t.reviews).where(*gone))
    found: dict[str, list[Judgement]] = {}
    now: dict[str, str | None] = {}
    for judgement in judgements(connection, *which):
        name = judgement.target.id
        if (
            names is not None
            and name not in names
            and all(ref.report not in reports for ref in judgement.target.events)
        ):
            continue
        if name not in now:
            found_now = (find_event(connection, anchor) for anchor in choose.anchors(judgement))
            now[name] = incident_of(connection, [ref for ref in found_now if ref], name)
        here = now[name]
        if here and (names is None or here in names):
            found.setdefault(here, []).append(judgement)
    for name, judged in found.items():
        settle_reviews(connection, "incidents", name, judged)
    urge(connection, [name for name in before if name not in found])


def incident_of(connection: Connection, events: Iterable[EventRef], name: str | None = None) -> str | None:
    """The incident of that name, else the one that holds most of these events; None where none does."""
    if name and connection.scalar(select(t.incidents.c.id).where(t.incidents.c.id == name)):
        return name
    counts: Counter[str] = Counter()
    for ref in events:
        counts.update(
            connection.scalars(
                select(t.incident_events.c.incident)
                .join(t.reports, t.reports.c.id == t.incident_events.c.report)
                .where(t.reports.c.source_id == ref.report, t.reports.c.current, t.incident_events.c.event == ref.event)
            )
        )
    return min(counts, key=lambda incident: (-counts[incident], incident), default=None)
