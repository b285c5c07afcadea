"""Views: ready-made tables for Datasette, psql and spreadsheets. This folder is the registry.

- A file NAME.sql here holds one SELECT that SQLite and PostgreSQL both understand, and becomes the view NAME; with
  several names joined by "+" it becomes each of them.
- An export that says its `COLUMNS` becomes the view export_NAME: the rows of its file, cell by cell. Whoever writes
  readings codes them (`Prepared.coded`) and names the columns once (`Writer.set_exports`), with those of exports that
  these rows serve, too.

Views are made anew by the next writer whenever one of them changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from sqlalchemy import Connection, delete, insert, inspect, select, text

from sitrep.model.codec import digest
from sitrep.store.tables import state

EXPORTS, MADE = "exports", "views"
PREFIX = "export_"


def refresh(connection: Connection) -> None:
    """Make the views as this version of sitrep says them, where they are not so already."""
    wanted = dict(_ours()) | dict(_exports(connection))
    made = digest(*wanted.items(), size=32)
    if _state(connection, MADE) == made:
        return
    for name in inspect(connection).get_view_names():
        connection.execute(text(f'DROP VIEW "{name}"'))
    for name, query in wanted.items():
        connection.exec_driver_sql(f'CREATE VIEW "{name}" AS {query}')
    set_state(connection, MADE, made)


type Borrowed = Mapping[str, tuple[str, Mapping[str, str]]]


def set_exports(connection: Connection, columns: Mapping[str, Sequence[str]], borrowed: Borrowed) -> None:
    """Name the tabular exports with their columns, and make their views.

    borrowed: exports that another's rows serve: whose, and their columns by those of that other.
    """
    own = {name: {"of": name, "columns": [(one, one) for one in columns[name]]} for name in sorted(columns)}
    same = {name: {"of": of, "columns": list(by.items())} for name, (of, by) in sorted(borrowed.items())}
    said = json.dumps(own | same)
    if _state(connection, EXPORTS) != said:
        set_state(connection, EXPORTS, said)
        refresh(connection)


def set_state(connection: Connection, name: str, value: str) -> None:
    """Remember a value about the whole database."""
    connection.execute(delete(state).where(state.c.name == name))
    connection.execute(insert(state).values(name=name, value=value))


def _state(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(state.c.value).where(state.c.name == name))


def _ours() -> Iterator[tuple[str, str]]:
    for entry in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".sql"):
            query = entry.read_text(encoding="utf-8")
            yield from ((name, query) for name in entry.name.removesuffix(".sql").split("+"))


def _exports(connection: Connection) -> Iterator[tuple[str, str]]:
    """Each export's rows unpacked: one column a cell, current reports only."""
    cell = "json_extract(coded.line, '$[{n}]')" if connection.dialect.name == "sqlite" else "coded.line::json ->> {n}"
    exports = json.loads(_state(connection, EXPORTS) or "{}")
    # an archive of before has lists of columns here; its next writer names the exports anew
    exports = {name: found for name, found in exports.items() if isinstance(found, dict)}
    for name, found in exports.items():
        at = {own: n for n, (own, _) in enumerate(exports[found["of"]]["columns"])}
        cells = ", ".join(f'{cell.format(n=at[of])} AS "{column}"' for column, of in found["columns"])
        source = "coded JOIN reports ON reports.id = coded.report"
        wanted = f"coded.export = '{found['of']}' AND reports.current ORDER BY coded.report, coded.position"
        yield PREFIX + name, f"SELECT {cells} FROM {source} WHERE {wanted}"  # noqa: S608 - names of our exports
