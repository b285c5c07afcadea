"""The database behind a store: where it is, how it is opened, and what differs between dialects.

A store is one SQLite file, or a PostgreSQL database by URL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from sitrep.errors import SitrepError, StoreError

DEFAULT = "sitrep.db"
# how long one process waits while another writes
WAIT_S = 30
CACHE_KIB = 64 * 1024
SQLITE, POSTGRES = "sqlite", "postgresql"
# names the lock that keeps two writers of one PostgreSQL database apart; any number does
WRITERS_LOCK = 7_483_670


def now() -> str:
    """The time of recording, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def insert_new(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that leaves rows alone which are there already: the one place that names a dialect's upsert."""
    insert = sqlite.insert if connection.dialect.name == SQLITE else postgresql.insert
    return insert(table).on_conflict_do_nothing()


def url_of(store: str | Path) -> URL:
    """The address of a store: a file, or a database URL."""
    if "://" not in str(store):
        return URL.create(SQLITE, database=str(Path(store)))
    try:
        url = make_url(str(store))
    except ArgumentError as error:
        raise StoreError(
            f"Opening the store {store}: this is no database URL.", todo="Name a file.", store=store
        ) from error
    backend = url.drivername.partition("+")[0]
    if backend == SQLITE:
        return url
    if backend in (POSTGRES, "postgres"):
        return url.set(drivername=f"{POSTGRES}+psycopg")
    raise StoreError(
        f"Opening the store {url.render_as_string()}: sitrep keeps archives in SQLite and PostgreSQL, not {backend}.",
        todo="Name a file, or postgresql://user@host/name.",
        store=url.render_as_string(),
    )


def name_of(store: str | Path) -> str:
    """What a person calls a store: its file, or its URL without the password."""
    url = url_of(store)
    return str(url.database) if url.drivername == SQLITE else url.set(drivername=POSTGRES).render_as_string()


def is_file(store: str | Path) -> bool:
    """Whether a store is one file."""
    return url_of(store).drivername.startswith(SQLITE)


def open_engine(store: str | Path, *, writing: bool) -> Engine:
    """The engine of a store. Only a writer makes a new file. Raises StoreError where it cannot be opened."""
    url = url_of(store)
    return _file(url, writing=writing) if url.drivername.startswith(SQLITE) else _server(url, writing=writing)


def _file(url: URL, *, writing: bool) -> Engine:
    path = Path(url.database or DEFAULT)
    if not writing and not path.is_file():
        raise StoreError(
            f"Opening the store {path}: there is no such file.",
            todo="Make it with `sitrep ingest PATH`, or name another with --db.",
            store=path,
        )
    if not path.parent.is_dir():
        raise StoreError(
            f"Opening the store {path}: the folder {path.parent} does not exist.",
            todo="Name a file in a folder that exists and may be written to.",
            store=path,
        )
    engine = create_engine(url, connect_args={"timeout": WAIT_S})
    event.listen(engine, "connect", _connected if writing else _connected_to_view)
    event.listen(engine, "begin", _begin_writing if writing else _begin)
    return engine


def _server(url: URL, *, writing: bool) -> Engine:
    if find_spec("psycopg") is None:
        raise StoreError(
            f"Opening the store {name_of(url.render_as_string(hide_password=False))}: the driver is not installed.",
            todo="Install sitrep[postgres].",
            store=url.render_as_string(),
        )
    # every answer comes from one moment, as with a file
    engine = create_engine(
        url,
        isolation_level="READ COMMITTED" if writing else "REPEATABLE READ",
        execution_options={} if writing else {"postgresql_readonly": True},
        connect_args={"connect_timeout": WAIT_S, "application_name": "sitrep"},
    )
    if writing:
        event.listen(engine, "begin", _lock)
    return engine


@contextmanager
def refused(doing: str, store: str) -> Generator[None]:
    """Errors of a database as a person reads them. doing: what was tried, such as "Writing to"."""
    try:
        yield
    except DBAPIError as error:
        raise explain(doing, store, error) from error


def explain(doing: str, store: str, error: DBAPIError) -> SitrepError:
    """What a database error means for the person at the keyboard."""
    why = str(error.orig).strip().rstrip(".")
    todo = "Check it with `sitrep db check`, and that you may write to it."
    if "not a database" in why:
        todo = "Name a new file, or one that `sitrep ingest` made."
    elif "locked" in why or "lock timeout" in why:
        todo = "Another process writes to it; wait until it is done."
    elif "full" in why or "I/O" in why or "No space" in why:
        todo = "Make room, then run the same command again: it goes on where it stopped."
    elif "connection" in why or "does not exist" in why or "authentication" in why or "resolve" in why:
        todo = "Check the URL, that the server runs, and that the database is there (`createdb NAME`)."
    return StoreError(f"{doing} the store {store}: {why}.", todo=todo, store=store)


def _connected(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
    # SQLAlchemy begins transactions, not the driver, so that a whole batch is one
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # readers go on while one writes; FULL puts every commit onto the disk, so that a power cut loses none
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def _connected_to_view(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")
    # the indexes of a large archive stay at hand between questions
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA temp_store = MEMORY")


def _begin_writing(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's Connection, without its dialect's types
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Any) -> None:  # noqa: ANN401 - as above
    connection.exec_driver_sql("BEGIN")


def _lock(connection: Connection) -> None:
    """One process writes at a time, others wait; the lock goes with the transaction."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_S}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
