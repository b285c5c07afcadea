"""Bringing an archive that an older sitrep wrote up to date."""

from __future__ import annotations

from pathlib import Path

from sitrep.errors import StoreError
from sitrep.store.database import name_of, open_engine, refused
from sitrep.store.migrations import MIGRATIONS, check_known, migrate


def upgrade(store: str | Path, now: str) -> list[str]:
    """Run the migrations that an archive lacks; which those were. What holds no archive is left as it is.

    Raises SchemaMismatch for an archive of a newer sitrep, StoreError where it may not be written to.
    """
    reading = open_engine(store, writing=False)
    try:
        with refused("Reading", name_of(store)), reading.connect() as connection:
            done = check_known(connection)
    finally:
        reading.dispose()
    if not done or len(done) == len(MIGRATIONS):
        return []
    writing = open_engine(store, writing=True)
    try:
        with refused("Bringing up to date", name_of(store)), writing.begin() as connection:
            return migrate(connection, now)
    except StoreError as error:
        error.todo = "An older sitrep wrote it, and it must be changed once: make it writable, or copy it."
        raise
    finally:
        writing.dispose()
