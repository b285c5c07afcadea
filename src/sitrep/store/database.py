"""The database behind a store: where it is, how it is opened, and what differs between dialects."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, create_engine, event
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from sitrep.errors import StoreError

DEFAULT = "sitrep.db"
# how long one process waits while another writes
WAIT_S = 30


def now() -> str:
    """The time of recording, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def insert_new(table: Table) -> Insert:
    """An insert that leaves rows alone which are there already: the one place that names a dialect's upsert."""
    return insert(table).on_conflict_do_nothing()


def url_of(store: str | Path) -> URL:
    """The address of a store: a file, or a database URL."""
    if "://" not in str(store):
        return URL.create("sqlite", database=str(Path(store)))
    try:
        url = make_url(str(store))
    except ArgumentError as error:
        raise StoreError(
            f"Opening the store {store}: this is no database URL.", todo="Name a file.", store=store
        ) from error
    if url.get_backend_name() != "sqlite":
        raise StoreError(
            f"Opening the store {url.render_as_string()}: sitrep cannot write to {url.get_backend_name()} yet.",
            todo="Name a file; SQLite needs no server.",
            store=url.render_as_string(),
        )
    return url


def open_engine(store: str | Path, *, writing: bool) -> Engine:
    """The engine of a store. Only a writer makes a new file. Raises StoreError where it cannot be opened."""
    url = url_of(store)
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


def _connected(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
    # SQLAlchemy begins transactions, not the driver, so that a whole batch is one
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # readers go on while one writes; FULL puts every commit onto the disk, so that a power cut loses none
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _connected_to_view(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")


def _begin_writing(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's Connection, without its dialect's types
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Any) -> None:  # noqa: ANN401 - as above
    connection.exec_driver_sql("BEGIN")
