"""Check: whether a store still is what was written, down to every offset, hash and reference."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DBAPIError

from sitrep.errors import SitrepError, StoreError
from sitrep.model.codec import decode_reading
from sitrep.store import tables as t
from sitrep.store.database import WAIT_S, open_engine, url_of
from sitrep.store.migrations import SEARCH, applied, check_known
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
    except DBAPIError as error:
        yield f"the file cannot be read: {error.orig}"
    finally:
        engine.dispose()


def backup(store: str | Path, target: str | Path) -> None:
    """Copy a store as it is at one moment, also while it is written to. Raises StoreError."""
    open_engine(store, writing=False).dispose()
    target = Path(target)
    if target.exists():
        raise StoreError(
            f"Writing the backup {target}: there is such a file already.", todo="Name a new file.", store=target
        )
    partial = target.with_name(target.name + ".partial")
    try:
        with (
            closing(sqlite3.connect(str(url_of(store).database), timeout=WAIT_S)) as source,
            closing(sqlite3.connect(partial)) as copy,
        ):
            source.backup(copy, pages=1000)
            # a copy is one file, to be carried away
            copy.execute("PRAGMA journal_mode = DELETE")
        partial.rename(target)
    except (sqlite3.Error, OSError) as error:
        partial.unlink(missing_ok=True)
        raise StoreError(
            f"Writing the backup {target}: {error}.", todo="Name a file in a folder with room enough.", store=target
        ) from error


def _file(connection: Connection) -> Iterator[str]:
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"the file is damaged: {said}"
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"row {row[1]} of {row[0]} points at a row of {row[2]} that is not there"
    missing = {table.name for table in t.metadata.sorted_tables} - set(inspect(connection).get_table_names())
    for name in sorted(missing):
        yield f"the table {name} is missing"
    indexed = connection.scalar(text(f"SELECT count(*) FROM {SEARCH}_docsize"))  # noqa: S608 - our name
    reports = connection.scalar(text("SELECT count(*) FROM reports"))
    if indexed != reports:
        yield f"the search index knows {indexed} of {reports} reports"


def _captures(connection: Connection) -> Iterator[str]:
    for row in connection.execution_options(yield_per=50).execute(select(t.captures)):
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
    for row in connection.execution_options(yield_per=50).execute(query):
        name = f"the report {row.source_id} ({row.report_id})"
        if sha256(row.text.encode()) != row.text_sha256:
            yield f"{name} has a text that was altered"
        if row.line is None:
            yield f"{name} has no reading"
            continue
        try:
            line = zlib.decompress(row.line)
            reading = decode_reading(line, source=name)
        except (zlib.error, SitrepError) as error:
            yield f"{name} has a reading that does not hold: {error}"
            continue
        if sha256(line) != row.sha256:
            yield f"{name} has a reading that was altered"
        made = report_row(reading, None) or {}
        for column, value in made.items():
            # the archive may have told apart two reports that came with one id
            if column not in ("article", "capture", "source_id") and getattr(row, column) != value:
                yield f"{name} has another {column} than its reading"
        for table, rows in layer_rows(reading).items():
            if not _same(connection, table, row.id, rows):
                yield f"{name} has other {table} than its reading"


def _same(connection: Connection, name: str, report: int, rows: list[Row]) -> bool:
    """Whether a table holds exactly these rows for a report."""
    table = t.metadata.tables[name]
    stored = [dict(row) for row in connection.execute(select(table).where(table.c.report == report)).mappings()]
    key = ("event", "position") if name == "event_arguments" else ("id",)
    expected = [{"report": report, **row} for row in rows]
    return sorted(stored, key=lambda row: [row[part] for part in key]) == sorted(
        expected, key=lambda row: [row[part] for part in key]
    )
