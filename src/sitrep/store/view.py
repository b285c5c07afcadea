"""View: reads a store and never writes to it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import batched, islice
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import msgspec
from sqlalchemy import Connection, Select, func, inspect, literal_column, or_, select, table, text

from sitrep.errors import SchemaMismatch, StoreError
from sitrep.judge.apply import apply, sensitive_names
from sitrep.model import Copy, Failure, Incident, Judgement, Reading
from sitrep.model.codec import decode_reading
from sitrep.store import judged, search
from sitrep.store import tables as t
from sitrep.store.database import name_of, open_engine, refused
from sitrep.store.filters import Filter, called_like, near, of_incidents
from sitrep.store.frames import Library, frame
from sitrep.store.migrations import check_known, is_current

# records that are asked for at once
BATCH = 500
_incident = msgspec.json.Decoder(Incident)
_copy = msgspec.json.Decoder(Copy)
_facts = msgspec.json.Decoder(dict[str, str])


class Hit(NamedTuple):
    """A report that a search found. words: where it says so, the searched words between « and »."""

    report: str
    outlet: str | None
    published: str | None
    title: str | None
    words: str


class Known(NamedTuple):
    """An actor over all reports. link: the gazetteer's id, None where it knows nobody who fits."""

    name: str
    link: str | None
    kind: str
    reports: int
    events: int


class Held(NamedTuple):
    """What one report says of who holds a place. start, end: ISO date prefixes."""

    place: str
    country: str | None
    holder: str
    status: str
    start: str | None
    end: str | None
    basis: str
    report: str
    outlet: str | None
    published: str | None
    quote: str


class Deed(NamedTuple):
    """What one report says that an actor did or suffered. incident: the incident that it belongs to, if any."""

    actor: str
    link: str | None
    role: str
    type: str
    factuality: str
    start: str | None
    place: str | None
    incident: str | None
    report: str
    outlet: str | None
    published: str | None
    quote: str | None
    trigger: str


class View:
    """Reads a store, as a context manager or until `close`. It sees what is finished, also while a writer writes."""

    def __init__(self, store: str | Path) -> None:
        self.store = name_of(store)
        self._engine = open_engine(store, writing=False)
        try:
            self._check()
        except BaseException:
            self._engine.dispose()
            raise

    def _check(self) -> None:
        with self._connection() as connection:
            known = check_known(connection)
            current = known and is_current(connection)
        if not current:
            maker = "an older sitrep" if known else "something else"
            raise SchemaMismatch(
                f"Opening the store {self.store}: it was written by {maker}.",
                todo="Run `sitrep ingest` on it once; that brings it up to date." if known else "Name another file.",
                store=self.store,
            )

    @contextmanager
    def _connection(self) -> Generator[Connection]:
        with refused("Reading", self.store), self._engine.connect() as connection:
            yield connection

    def __len__(self) -> int:
        with self._connection() as connection:
            return connection.scalar(select(func.count()).select_from(t.reports).where(t.reports.c.current)) or 0

    def __iter__(self) -> Iterator[Reading]:
        """The readings of all current reports as judgements correct them, in the order in which they came."""
        with self._connection() as connection:
            found = judged.by_report(connection)
            query = _readings().where(t.reports.c.current).order_by(t.reports.c.id)
            with connection.execute(query.execution_options(yield_per=50)) as rows:
                for row in rows:
                    reading = decode_row(row.line, row.source_id)
                    yield apply(reading, found[row.source_id]).reading if row.source_id in found else reading

    def judgements(self, report: str | None = None) -> list[Judgement]:
        """What people decided, in that order: all of it, or about the report of a source id."""
        with self._connection() as connection:
            return judged.judgements(connection) if report is None else judged.of_report(connection, report)

    def sensitive(self) -> tuple[str, ...]:
        """Names that somebody marked as never to leave."""
        with self._connection() as connection:
            return sensitive_names(judged.judgements(connection, t.judgements.c.kind.in_(("sensitive", "undo"))))

    def get(self, report: str) -> Reading | None:
        """The machine's reading of a report, by its source id or its own id; None where the store does not hold it."""
        query = _readings().where(
            or_(t.reports.c.report_id == report, (t.reports.c.source_id == report) & t.reports.c.current)
        )
        with self._connection() as connection:
            row = connection.execute(query).first()
        return decode_row(row.line, row.source_id) if row else None

    def corrected(self, source_ids: Iterable[str]) -> dict[str, Reading]:
        """The latest readings of some reports as people left them, by source id."""
        names = sorted(set(source_ids))
        found: dict[str, Reading] = {}
        with self._connection() as connection:
            for some in batched(names, 200):
                decided: dict[str, list[Judgement]] = {}
                for judgement in judged.judgements(connection, t.judgements.c.report.in_(some)):
                    decided.setdefault(judgement.target.report or "", []).append(judgement)
                for row in connection.execute(_readings().where(t.reports.c.source_id.in_(some), t.reports.c.current)):
                    reading, said = decode_row(row.line, row.source_id), decided.get(row.source_id)
                    found[row.source_id] = apply(reading, said).reading if said else reading
        return found

    def ask[T](self, question: Callable[[Connection], T]) -> T:
        """The answer to a question that another module of the store knows how to put."""
        with self._connection() as connection:
            return question(connection)

    def made_otherwise(self, made_by: str) -> list[str]:
        """The ids of the reports, old versions included, whose reading something else made."""
        query = (
            select(t.reports.c.report_id)
            .join(t.readings, t.readings.c.report == t.reports.c.id)
            .where(t.readings.c.made_by != made_by)
            .order_by(t.reports.c.id)
        )
        with self._connection() as connection:
            return list(connection.scalars(query))

    def text_of(self, report: str) -> str:
        """The text of a report by its source id; empty where the store does not hold it."""
        query = select(t.reports.c.text).where(t.reports.c.source_id == report, t.reports.c.current)
        with self._connection() as connection:
            return connection.scalar(query) or ""

    def texts(self) -> list[tuple[str, str, str | None]]:
        """Source id, text and day of publication of every current report that holds a reading."""
        query = (
            select(t.reports.c.source_id, t.reports.c.text, t.reports.c.published)
            .join(t.readings, t.readings.c.report == t.reports.c.id)
            .where(t.reports.c.current)
            .order_by(t.reports.c.id)
        )
        with self._connection() as connection:
            return [(row.source_id, row.text, row.published) for row in connection.execute(query)]

    def copies(self, *reports: str) -> list[Copy]:
        """The reports that took their text from another one: of these reports, or all."""
        query = select(t.copies.c.line).order_by(t.copies.c.report)
        if reports:
            query = query.join(t.reports, t.reports.c.id == t.copies.c.report).where(
                t.reports.c.source_id.in_(reports), t.reports.c.current
            )
        with self._connection() as connection:
            return [_copy.decode(line) for line in connection.scalars(query)]

    def is_stale(self) -> bool:
        """Whether readings have come since the incidents were brought together."""
        with self._connection() as connection:
            return connection.scalar(select(t.state.c.value).where(t.state.c.name == "incidents")) == "stale"

    def incidents(self, wanted: Filter = Filter(), *, limit: int | None = None) -> list[Incident]:  # noqa: B008 - a NamedTuple is immutable
        """The incidents that pass a filter, by time; those without one come last."""
        with self._connection() as connection:
            query, centre = of_incidents(connection, wanted)
            c = t.incidents.c
            # only the names are sorted; the records, which are long, are asked for afterwards
            named = query.with_only_columns(c.id, c.lat, c.lon, maintain_column_froms=True)
            rows = connection.execute(named.limit(limit) if limit and centre is None else named)
            fit = (row.id for row in rows if centre is None or near(row.lat, row.lon, centre, wanted.km or 0.0))
            found: list[Incident] = []
            for some in batched(list(islice(fit, limit)), BATCH):
                rows = connection.execute(select(c.id, c.line).where(c.id.in_(some)))
                lines = {row.id: row.line for row in rows}
                found += (_incident.decode(lines[name]) for name in some)
        return found

    def count_incidents(self) -> int:
        """How many incidents there are."""
        with self._connection() as connection:
            return connection.scalar(select(func.count()).select_from(t.incidents)) or 0

    def incident(self, incident_id: str) -> Incident | None:
        """One incident by its id."""
        with self._connection() as connection:
            line = connection.scalar(select(t.incidents.c.line).where(t.incidents.c.id == incident_id))
        return _incident.decode(line) if line else None

    def search(self, words: str, *, limit: int = 20) -> list[Hit]:
        """The current reports that hold all of the words ("words in quotes" as they stand), the best first."""
        with self._connection() as connection:
            query = search.query(connection, words, limit)
            if query is None:
                return []
            return [
                Hit(row.source_id, row.outlet, row.published, row.title, " ".join(row.words.split()))
                for row in connection.execute(query)
            ]

    def actors(self, name: str | None = None, *, limit: int | None = 50) -> list[Known]:
        """Who takes part in events, those in most reports first. name: part of a name."""
        who = func.coalesce(t.actors.c.link, func.lower(t.actors.c.name))
        query = (
            select(
                func.max(t.actors.c.name).label("name"),
                func.max(t.actors.c.link).label("link"),
                func.max(t.actors.c.kind).label("kind"),
                func.count(t.actors.c.report.distinct()).label("reports"),
                func.count(t.event_arguments.c.event).label("events"),
            )
            .join_from(t.actors, t.reports, t.reports.c.id == t.actors.c.report)
            .join(
                t.event_arguments,
                (t.event_arguments.c.report == t.actors.c.report) & (t.event_arguments.c.actor == t.actors.c.id),
            )
            .where(t.reports.c.current)
            .group_by(who)
            .order_by(literal_column("reports").desc(), literal_column("events").desc(), literal_column("name"))
        )
        if name:
            query = query.where(t.actors.c.name.in_(called_like(t.actors, name)))
        with self._connection() as connection:
            return [Known(*row) for row in connection.execute(query.limit(limit) if limit else query)]

    def control(self, place: str) -> list[Held]:
        """What the reports say of who holds a place, by when it was published."""
        query = (
            select(
                t.places.c.name,
                t.places.c.country,
                func.coalesce(t.actors.c.name, t.control.c.holder),
                t.control.c.status,
                t.control.c["from"],
                t.control.c.to,
                t.control.c.basis,
                t.reports.c.source_id,
                t.reports.c.outlet,
                t.reports.c.published,
                func.substr(
                    t.reports.c.text, t.control.c.quote_start + 1, t.control.c.quote_end - t.control.c.quote_start
                ),
            )
            .join_from(t.control, t.reports, t.reports.c.id == t.control.c.report)
            .join(t.places, (t.places.c.report == t.control.c.report) & (t.places.c.id == t.control.c.place))
            .join(
                t.actors,
                (t.actors.c.report == t.control.c.report) & (t.actors.c.id == t.control.c.holder),
                isouter=True,
            )
            .where(t.reports.c.current, func.lower(t.places.c.name) == place.lower())
            .order_by(t.reports.c.published, t.reports.c.id, t.control.c.id)
        )
        with self._connection() as connection:
            return [Held(*row) for row in connection.execute(query)]

    def failures(self) -> list[Failure]:
        """What could not be done, by source."""
        with self._connection() as connection:
            return [
                Failure(
                    kind=row.kind,
                    tried=row.tried,
                    on=row.source_id,
                    message=row.message,
                    todo=row.todo,
                    facts=_facts.decode(row.facts),
                )
                for row in connection.execute(select(t.failures).order_by(t.failures.c.source_id, t.failures.c.id))
            ]

    def frame(self, name: str = "incidents", *, library: Library = "pandas") -> Any:  # noqa: ANN401 - a frame of that library
        """A table or view, whole, as a data frame: incidents, events_view, export_acled … Raises StoreError."""
        with self._connection() as connection:
            found = inspect(connection)
            there = sorted({*found.get_table_names(), *found.get_view_names()})
            if name not in there:
                raise StoreError(
                    f"Making a frame: {self.store} has no table or view {name!r}.",
                    todo=f"There are {', '.join(there)}.",
                    store=self.store,
                )
            rows = connection.execute(select(text("*")).select_from(table(name)))
            columns = list(rows.keys())
            return frame([dict(zip(columns, row, strict=True)) for row in rows], columns, library)

    def actor(self, name: str) -> list[Deed]:
        """What each report tells of an actor: events with the actor's role, by their days.

        name: a name or part of one, or a gazetteer id.
        """
        query = (
            select(
                t.actors.c.name,
                t.actors.c.link,
                t.event_arguments.c.role,
                t.events.c.type,
                t.events.c.factuality,
                t.events.c.start,
                t.places.c.name,
                t.incident_events.c.incident,
                t.reports.c.source_id,
                t.reports.c.outlet,
                t.reports.c.published,
                func.substr(
                    t.reports.c.text,
                    t.event_arguments.c.quote_start + 1,
                    t.event_arguments.c.quote_end - t.event_arguments.c.quote_start,
                ),
                t.events.c.trigger,
            )
            .join_from(t.actors, t.reports, t.reports.c.id == t.actors.c.report)
            .join(
                t.event_arguments,
                (t.event_arguments.c.report == t.actors.c.report) & (t.event_arguments.c.actor == t.actors.c.id),
            )
            .join(
                t.events,
                (t.events.c.report == t.event_arguments.c.report) & (t.events.c.id == t.event_arguments.c.event),
            )
            .join(
                t.places, (t.places.c.report == t.events.c.report) & (t.places.c.id == t.events.c.place), isouter=True
            )
            .join(
                t.incident_events,
                (t.incident_events.c.report == t.events.c.report) & (t.incident_events.c.event == t.events.c.id),
                isouter=True,
            )
            .where(t.reports.c.current, or_(t.actors.c.link == name, t.actors.c.name.icontains(name, autoescape=True)))
            .order_by(t.events.c.start.asc().nulls_last(), t.reports.c.id, t.events.c.id, t.event_arguments.c.position)
        )
        with self._connection() as connection:
            return [Deed(*row) for row in connection.execute(query)]

    def versions(self, report: str) -> list[dict[str, Any]]:
        """The versions of an article, by its source id: their ids, numbers and what each changed."""
        names = (t.reports.c.report_id, t.reports.c.version, t.reports.c.current, t.reports.c.changes)
        query = select(*names).where(t.reports.c.source_id == report).order_by(t.reports.c.version)
        with self._connection() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _readings() -> Select[Any, Any]:
    return select(t.readings.c.line, t.reports.c.source_id).join_from(
        t.readings, t.reports, t.reports.c.id == t.readings.c.report
    )


def decode_row(line: bytes, source_id: str) -> Reading:
    """A reading from its row; two articles that came with one id are told apart by the store's."""
    reading = decode_reading(zlib.decompress(line), source=source_id)
    if reading.report.source.id != source_id:
        source = msgspec.structs.replace(reading.report.source, id=source_id)
        reading = msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, source=source))
    return reading
