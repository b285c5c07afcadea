"""Backup: the whole store as one SQLite file, wherever it lives, and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import batched
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, inspect, select, text

from sitrep.errors import StoreError
from sitrep.store import tables as t
from sitrep.store.database import POSTGRES, WAIT_S, is_file, name_of, now, open_engine, refused, url_of
from sitrep.store.migrations import is_current, migrate
from sitrep.store.views import refresh

PAGES, ROWS = 1000, 500
# what the target has of its own
OWN = (t.ledger.name,)


def backup(store: str | Path, target: str | Path) -> None:
    """Copy a store as it is at one moment, also while it is written to. Raises StoreError."""
    target = Path(target)
    if target.exists():
        raise StoreError(
            f"Writing the backup {target}: there is such a file already.", todo="Name a new file.", store=target
        )
    partial = target.with_name(target.name + ".partial")
    try:
        if is_file(store):
            _copy_file(store, partial)
        else:
            _copy_rows(store, partial)
        partial.rename(target)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"Writing the backup {target}: {error}.", todo="Name a file in a folder with room enough.", store=target
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def restore(copy: str | Path, store: str | Path) -> None:
    """Fill an empty store from a backup. Raises StoreError where it holds reports already."""
    _copy_rows(copy, store)


def _copy_file(store: str | Path, partial: Path) -> None:
    open_engine(store, writing=False).dispose()
    with (
        closing(sqlite3.connect(str(url_of(store).database), timeout=WAIT_S)) as source,
        closing(sqlite3.connect(partial)) as copy,
    ):
        source.backup(copy, pages=PAGES)
        # a copy is one file, to be carried away
        copy.execute("PRAGMA journal_mode = DELETE")


def _copy_rows(store: str | Path, target: str | Path) -> None:
    """Every row of a store into an empty one, in one transaction on each side."""
    source, sink = open_engine(store, writing=False), open_engine(target, writing=True)
    try:
        with refused("Reading", name_of(store)), source.connect() as reading:
            if not inspect(reading).has_table(t.ledger.name) or not is_current(reading):
                raise StoreError(
                    f"Copying the store {name_of(store)}: it was not written by this version of sitrep.",
                    todo="Run `sitrep ingest` on it once; that brings it up to date.",
                    store=name_of(store),
                )
            with refused("Writing to", name_of(target)), sink.begin() as writing:
                migrate(writing, now())
                if writing.scalar(select(func.count()).select_from(t.reports)):
                    raise StoreError(
                        f"Copying into the store {name_of(target)}: it holds reports already.",
                        todo="Name an empty one.",
                        store=name_of(target),
                    )
                for table in t.metadata.sorted_tables:
                    if table.name in OWN:
                        continue
                    writing.execute(delete(table))
                    rows = reading.execute(select(table).execution_options(yield_per=ROWS)).mappings()
                    for some in batched(rows, ROWS):
                        writing.execute(insert(table), [dict(row) for row in some])
                _go_on_counting(writing)
                refresh(writing)
    finally:
        source.dispose()
        sink.dispose()
    if is_file(target):
        # a copy is one file, to be carried away
        with closing(sqlite3.connect(str(url_of(target).database), timeout=WAIT_S)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")


def _go_on_counting(connection: Connection) -> None:
    """The next report's and judgement's numbers are one higher than the highest; SQLite does so by itself."""
    if connection.dialect.name == POSTGRES:
        for table, column in (("reports", "id"), ("judgements", "seq")):
            last = f"SELECT coalesce(max({column}), 0) + 1 FROM {table}"  # noqa: S608 - our names
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), ({last}), false)"))
