"""Migrations: named functions that run once each, in order, and are entered in the ledger."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from sqlalchemy import Connection, func, insert, inspect, select, text

from sitrep.errors import SchemaMismatch
from sitrep.model.codec import decode_reading
from sitrep.store import search
from sitrep.store.incidents import enter_actors, enter_reasons
from sitrep.store.tables import (
    actor_ties,
    coded,
    copies,
    decisions,
    feeds,
    incident_actors,
    incident_ranks,
    ledger,
    metadata,
    pages,
    readings,
)
from sitrep.store.views import refresh, set_state


def m001_tables(connection: Connection) -> None:
    """All tables, as tables.py says them."""
    metadata.create_all(connection)


def m002_search(connection: Connection) -> None:
    """Full text of titles and texts."""
    search.create(connection)


def m004_indexes(connection: Connection) -> None:
    """Names are asked for without regard to case, and most lists are by time."""
    for name, over in (
        ("incidents_place_name", "incidents (lower(place))"),
        ("incidents_admin1_name", "incidents (lower(admin1))"),
        ("incidents_type_start", "incidents (type, start)"),
        ("incidents_country_start", "incidents (country, start)"),
        ("places_lower_name", "places (lower(name), lat, lon)"),
    ):
        connection.execute(text(f"CREATE INDEX {name} ON {over}"))


def m005_coded(connection: Connection) -> None:
    """Rows of the tabular exports."""
    coded.create(connection, checkfirst=True)


def m006_web(connection: Connection) -> None:
    """Pages and feeds."""
    for table in (pages, feeds):
        table.create(connection, checkfirst=True)


def m008_copies(connection: Connection) -> None:
    """Reports that took their text from another one, and how many independent sources an incident has."""
    copies.create(connection, checkfirst=True)
    if "sources" not in {column["name"] for column in inspect(connection).get_columns("incidents")}:
        connection.execute(text("ALTER TABLE incidents ADD COLUMN sources INTEGER NOT NULL DEFAULT 1"))
    # incidents are derived: the next run counts their sources
    if connection.scalar(select(func.count()).select_from(metadata.tables["reports"])):
        set_state(connection, "incidents", "stale")


def m009_judgements(connection: Connection) -> None:
    """Judgements that say what they correct. No command could write one before, so the old table is empty."""
    columns = {column["name"] for column in inspect(connection).get_columns("judgements")}
    if "seq" not in columns:
        connection.execute(text("DROP TABLE judgements"))
    metadata.create_all(connection)
    _fill_decisions(connection)


def _fill_decisions(connection: Connection) -> None:
    """Rows of the chains of decision, out of the readings that are there."""
    from sitrep.store.rows import layer_rows

    query = select(readings.c.report, readings.c.line)
    # of the query, not of the connection, whose own options would hold for every statement after it
    for row in connection.execute(query.execution_options(yield_per=50)):
        rows = layer_rows(decode_reading(zlib.decompress(row.line)))["decisions"]
        if rows:
            connection.execute(insert(decisions), [{"report": row.report, **fields} for fields in rows])


def m010_incident_actors(connection: Connection) -> None:
    """Who takes part in each incident; actors are asked for by the name that they have over all reports."""
    incident_actors.create(connection, checkfirst=True)
    connection.execute(text("CREATE INDEX actors_who ON actors (coalesce(link, lower(name)))"))


def m011_quick_desk(connection: Connection) -> None:
    """Who uses force against whom, and why an incident needs somebody, as narrow rows beside the whole ones."""
    actor_ties.create(connection, checkfirst=True)
    if "why" not in {column["name"] for column in inspect(connection).get_columns("incidents")}:
        connection.execute(text("ALTER TABLE incidents ADD COLUMN why TEXT"))
    enter_reasons(connection)
    enter_actors(connection)
    indexes = {index["name"] for index in inspect(connection).get_indexes("incident_ranks")}
    for index in incident_ranks.indexes:
        if index.name not in indexes:
            index.create(connection)


def m012_quick_lists(connection: Connection) -> None:
    """Lists by tolls, and by time without sorting."""
    for name, over in (
        ("incidents_killed", "incidents (killed_low)"),
        ("incidents_injured", "incidents (injured_low)"),
        ("incidents_time", "incidents (start, id)"),
    ):
        connection.execute(text(f"CREATE INDEX {name} ON {over}"))


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (
    m001_tables,
    m002_search,
    m004_indexes,
    m005_coded,
    m006_web,
    m008_copies,
    m009_judgements,
    m010_incident_actors,
    m011_quick_desk,
    m012_quick_lists,
)


def applied(connection: Connection) -> list[str]:
    """The migrations that the database has been through, in order; none where it is empty."""
    if not inspect(connection).has_table(ledger.name):
        return []
    return list(connection.scalars(select(ledger.c.migration).order_by(ledger.c.migration)))


def migrate(connection: Connection, now: str) -> list[str]:
    """Run what the ledger does not name yet; which those were. Raises SchemaMismatch for a newer database."""
    done = check_known(connection)
    if not done and inspect(connection).get_table_names():
        raise SchemaMismatch(
            "Opening the store: the database holds tables of something else.",
            todo="Name a new file, or one that `sitrep ingest` made.",
        )
    ran: list[str] = []
    for migration in MIGRATIONS:
        if migration.__name__ not in done:
            migration(connection)
            connection.execute(insert(ledger).values(migration=migration.__name__, applied_at=now))
            ran.append(migration.__name__)
    refresh(connection)
    return ran


def check_known(connection: Connection) -> list[str]:
    """The migrations applied, where this version of sitrep knows them all."""
    done = applied(connection)
    unknown = sorted(set(done) - {migration.__name__ for migration in MIGRATIONS})
    if unknown:
        raise SchemaMismatch(
            f"Opening the store: it was written by a newer sitrep ({', '.join(unknown)}).",
            todo="Use that version of sitrep, or ingest into a new file.",
        )
    return done


def is_current(connection: Connection) -> bool:
    """Whether every migration has run."""
    return connection.scalar(select(func.count()).select_from(ledger)) == len(MIGRATIONS)
