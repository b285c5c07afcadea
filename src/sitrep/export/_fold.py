"""One row for what several reports tell: how codebooks fold rows over reports, and how a folded row is explained.

Rows wait in a temporary file of SQLite's own, so that memory does not grow with the archive.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

from sitrep.export._cells import Cell, LeftOut, Listener, Row, nested

type Values = dict[str, Any]
BETWEEN = "; "


class Fold(NamedTuple):
    """How a codebook makes one row of several. key: what rows of one have in common, null for a row by itself.

    fold: one row's values from those of two. rules: for a column, how several values become one. begin: what the key
    does to the first row's values.
    """

    key: Callable[[Row], str | None]
    fold: Callable[[Values, Values], Values]
    rules: Mapping[str, str]
    begin: Callable[[str, Values], Values] = lambda _, values: values


def folded(rows: Iterable[Row | LeftOut], how: Fold, listener: Listener | None = None) -> Iterator[Values]:
    """The values of rows in their order, those of one key as one; what is left out goes to the listener."""
    # an empty name is a file that nobody else sees and that goes with the connection
    waiting = sqlite3.connect("")
    try:
        waiting.execute("CREATE TABLE held (number INTEGER PRIMARY KEY, key TEXT UNIQUE, line TEXT)")
        for row in rows:
            if isinstance(row, LeftOut):
                if listener is not None:
                    listener(row)
                continue
            key, values = how.key(row), values_of(row)
            known = waiting.execute("SELECT line FROM held WHERE key = ?", (key,)).fetchone() if key else None
            if known is None:
                values = how.begin(key, values) if key else values
                waiting.execute("INSERT INTO held (key, line) VALUES (?, ?)", (key, json.dumps(values)))
            else:
                line = json.dumps(how.fold(json.loads(known[0]), values))
                waiting.execute("UPDATE held SET line = ? WHERE key = ?", (line, key))
        for (line,) in waiting.execute("SELECT line FROM held ORDER BY number"):
            yield json.loads(line)
    finally:
        waiting.close()


def values_of(row: Row) -> Values:
    """A row's values by column."""
    return {name: cell.value for name, cell in row.cells.items()}


def explained(rows: Sequence[Row], how: Fold) -> Row:
    """The row that rows of several reports are folded into, each cell with what became of the others' values."""
    first = rows[0]
    key = how.key(first)
    if key is None:
        return first
    begun = how.begin(key, values_of(first))
    values = reduce(how.fold, (begun, *map(values_of, rows[1:])))
    cells = {name: _cell(name, values[name], rows, how) for name in first.cells}
    reports = ", ".join(dict.fromkeys(row.report for row in rows))
    return Row(str(values.get("code", first.id)), reports, tuple(name for row in rows for name in row.events), cells)


def _cell(name: str, value: Any, rows: Sequence[Row], how: Fold) -> Cell:  # noqa: ANN401 - what a cell holds
    said = [(row.cells[name], row.report) for row in rows]
    kept = next((one for one in said if one[0].value == value), None)
    others = [(cell.value, report) for cell, report in said if cell.value != value and cell.value is not None]
    if kept is None:
        rule = how.rules.get(name, "made of what the reports give")
        if len(rows) == 1:
            return Cell(value, rule)
        words = dict.fromkeys(part for cell, _ in said for part in cell.evidence)
        return Cell(value, f"of {len(rows)} reports: {rule}", tuple(words), _told(others))
    cell, report = kept
    if not others:
        return cell
    rule = how.rules.get(name, "the first report's")
    against = "; ".join(filter(None, (cell.rejected, _told(others))))
    return cell._replace(rule=f"of {len(rows)} reports: {rule}; in {report}: {cell.rule}", rejected=against)


def _told(others: Iterable[tuple[Any, str]]) -> str:
    return "; ".join(dict.fromkeys(f"{nested(value)} ({report})" for value, report in others))


def union(*values: str | None, without: Iterable[str | None] = ()) -> str | None:
    """What stands in lists of names, each once."""
    names = [name for value in values if value for name in value.split(BETWEEN)]
    return BETWEEN.join(dict.fromkeys(name for name in names if name not in set(without))) or None
