"""Check: whether a store still is what was written, down to every offset, hash and reference."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, ForeignKeyConstraint, Table, exists, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from sitrep.errors import SitrepError
from sitrep.judge.apply import apply
from sitrep.model.codec import decode_reading
from sitrep.store import search
from sitrep.store import tables as t
from sitrep.store.database import SQLITE, explain, name_of, open_engine
from sitrep.store.incidents import taking_part
from sitrep.store.judged import of_report
from sitrep.store.migrations import applied, check_known
from sitrep.store.rows import Row, layer_rows, report_row, sha256


def check(store: str | Path) -> Iterator[str]:
    """Every problem of a store, in words; nothing where it is sound."""
    engine = open_engine(store, writing=False)
    try:
        with engine.connect() as connection:
            check_known(connection)
            if not applied(connection):
                yield "it is no store of sitrep"
                return
            yield from _file(connection)
            yield from _captures(connection)
            yield from _readings(connection)
            yield from _taking_part(connection)
    except DBAPIError as error:
        if error.connection_invalidated or "connection" in str(error.orig):
            raise explain("Opening", name_of(store), error) from error
        yield f"the file cannot be read: {error.orig}"
    finally:
        engine.dispose()


def _file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == SQLITE:
        for (said,) in connection.execute(text("PRAGMA integrity_check")):
            if said != "ok":
                yield f"the file is damaged: {said}"
        indexed = connection.scalar(text(f"SELECT count(*) FROM {search.INDEX}_docsize"))  # noqa: S608 - our name
        reports = connection.scalar(text("SELECT count(*) FROM reports"))
        if indexed != reports:
            yield f"the search index knows {indexed} of {reports} reports"
    there = set(inspect(connection).get_table_names())
    for table in t.metadata.sorted_tables:
        if table.name not in there:
            yield f"the table {table.name} is missing"
            continue
        for reference in table.foreign_key_constraints:
            if reference.referred_table.name in there:
                yield from _dangling(connection, table, reference)


def _dangling(connection: Connection, table: Table, reference: ForeignKeyConstraint) -> Iterator[str]:
    """Rows that point at a row that is not there."""
    other = reference.referred_table.alias()
    pairs = [(key.parent, other.c[key.column.name]) for key in reference.elements]
    there = exists().where(*(own == theirs for own, theirs in pairs))
    query = select(func.count()).select_from(table).where(~there, *(own.is_not(None) for own, _ in pairs))
    if count := connection.scalar(query):
        rows = "1 row" if count == 1 else f"{count:,} rows"
        yield f"{rows} of {table.name} point at {reference.referred_table.name} that are not there"


def _taking_part(connection: Connection) -> Iterator[str]:
    """Who takes part in the incidents is what their events say; where those wait to be made anew it need not be."""
    if connection.scalar(select(t.state.c.value).where(t.state.c.name == "incidents")) == "stale":
        return
    held, said = select(t.incident_actors), taking_part()
    if count := sum(len(connection.execute(one.except_(other)).all()) for one, other in ((held, said), (said, held))):
        yield f"{count:,} of those who take part in incidents are other than the events say"


def _captures(connection: Connection) -> Iterator[str]:
    with connection.execute(select(t.captures).execution_options(yield_per=50)) as found:
        for row in found:
            try:
                content = zlib.decompress(row.content)
            except zlib.error as error:
                yield f"the capture {row.sha256} does not unpack: {error}"
                continue
            if sha256(content) != row.sha256 or len(content) != row.size:
                yield f"the capture {row.sha256} ({row.uri}) is not what was retrieved"


def _readings(connection: Connection) -> Iterator[str]:
    """Each reading decodes, quotes its report exactly, and says what the tables say."""
    query = select(t.reports, t.readings.c.line, t.readings.c.sha256).join_from(
        t.reports, t.readings, t.reports.c.id == t.readings.c.report, isouter=True
    )
    with connection.execute(query.execution_options(yield_per=50)) as found:
        for row in found:
            yield from _reading(connection, row)


def _reading(connection: Connection, row: Any) -> Iterator[str]:  # noqa: ANN401 - a row of SQLAlchemy
    name = f"the report {row.source_id} ({row.report_id})"
    if sha256(row.text.encode()) != row.text_sha256:
        yield f"{name} has a text that was altered"
    if row.line is None:
        yield f"{name} has no reading"
        return
    try:
        line = zlib.decompress(row.line)
        reading = decode_reading(line, source=name)
    except (zlib.error, SitrepError) as error:
        yield f"{name} has a reading that does not hold: {error}"
        return
    if sha256(line) != row.sha256:
        yield f"{name} has a reading that was altered"
    made = report_row(reading, None) or {}
    for column, value in made.items():
        # the archive may have told apart two reports that came with one id
        if column not in ("article", "capture", "source_id") and getattr(row, column) != value:
            yield f"{name} has another {column} than its reading"
    corrected = reading
    if row.current and (found := of_report(connection, row.source_id)):
        corrected = apply(reading, found).reading
    for table, rows in layer_rows(corrected).items():
        if not _same(connection, table, row.id, rows):
            yield f"{name} has other {table} than its reading and the judgements about it"


def _same(connection: Connection, name: str, report: int, rows: list[Row]) -> bool:
    """Whether a table holds exactly these rows for a report."""
    table = t.metadata.tables[name]
    stored = [dict(row) for row in connection.execute(select(table).where(table.c.report == report)).mappings()]
    key = ("event", "position") if name == "event_arguments" else ("id",)
    expected = [{"report": report, **row} for row in rows]
    return sorted(stored, key=lambda row: [row[part] for part in key]) == sorted(
        expected, key=lambda row: [row[part] for part in key]
    )
