"""Full text of titles and texts, kept by the database itself: FTS5 in SQLite, a tsvector index in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, column, func, literal_column, select, table, text

from sitrep.store import tables as t
from sitrep.store.database import SQLITE

INDEX = "report_search"
OPEN, CLOSE = "«", "»"
# how many versions an article may have on average, where those that came before are found as well
VERSIONS = 8
# words of a snippet
WIDTH = 24
# PostgreSQL refuses to index more than a megabyte of one text
LONGEST = 500_000
_VECTOR = f"to_tsvector('english', left(coalesce(reports.title, '') || ' ' || reports.text, {LONGEST}))"


def create(connection: Connection) -> None:
    """Make the index; it follows every change of a report by itself."""
    if connection.dialect.name != SQLITE:
        connection.execute(text(f"CREATE INDEX {INDEX} ON reports USING gin ({_VECTOR.replace('reports.', '')})"))
        return
    # the words stand once, in `reports`
    connection.execute(
        text(
            f"CREATE VIRTUAL TABLE {INDEX} USING fts5(title, text, content='reports', content_rowid='id', "
            "tokenize='porter unicode61 remove_diacritics 2')"
        )
    )
    add = f"INSERT INTO {INDEX}(rowid, title, text) VALUES (new.id, new.title, new.text);"  # noqa: S608 - our name
    gone = "VALUES ('delete', old.id, old.title, old.text);"
    drop = f"INSERT INTO {INDEX}({INDEX}, rowid, title, text) {gone}"
    connection.execute(text(f"CREATE TRIGGER {INDEX}_add AFTER INSERT ON reports BEGIN {add} END"))
    connection.execute(text(f"CREATE TRIGGER {INDEX}_drop AFTER DELETE ON reports BEGIN {drop} END"))
    connection.execute(
        text(f"CREATE TRIGGER {INDEX}_change AFTER UPDATE OF title, text ON reports BEGIN {drop} {add} END")
    )


def query(connection: Connection, said: str, limit: int) -> Select[Any] | None:
    """Reports that hold all of the words ("words in quotes" as they stand), the best first; None for no word.

    Each row has the report's columns and `words`: where it says so, the searched words marked.
    """
    terms = terms_of(said)
    if not terms:
        return None
    if connection.dialect.name == SQLITE:
        index = table(INDEX, column("rowid"), column("rank"))
        snippet = literal_column(f"snippet({INDEX}, 1, '{OPEN}', '{CLOSE}', '…', {WIDTH})")
        match = _matching(terms)
        # the database ranks by itself, and sooner, where nothing else is asked for at once; what older versions take up
        # of the best is made good by the share
        best = (
            select(index.c.rowid, index.c.rank).where(match).order_by(index.c.rank).limit(VERSIONS * limit + VERSIONS)
        )
        found = best.subquery("best")
        return (
            select(t.reports, snippet.label("words"))
            .select_from(
                found.join(t.reports, t.reports.c.id == found.c.rowid).join(index, index.c.rowid == found.c.rowid)
            )
            .where(match, t.reports.c.current)
            .order_by(found.c.rank, t.reports.c.id)
            .limit(limit)
        )
    wanted = _wanted(terms)
    vector: Any = literal_column(_VECTOR)
    style = f"StartSel={OPEN}, StopSel={CLOSE}, MaxWords={WIDTH}, MinWords={WIDTH // 2}"
    return (
        select(t.reports, func.ts_headline("english", t.reports.c.text, wanted, style).label("words"))
        .where(vector.op("@@")(wanted), t.reports.c.current)
        .order_by(func.ts_rank_cd(vector, wanted).desc(), t.reports.c.id)
        .limit(limit)
    )


def numbers(connection: Connection, said: str) -> Select[Any] | None:
    """The numbers of all reports that hold all of the words, in no order; None for no word."""
    terms = terms_of(said)
    if not terms:
        return None
    if connection.dialect.name == SQLITE:
        return select(table(INDEX, column("rowid")).c.rowid).where(_matching(terms))
    vector: Any = literal_column(_VECTOR)
    return select(t.reports.c.id).where(vector.op("@@")(_wanted(terms)))


def _matching(terms: Sequence[str]) -> ColumnElement[bool]:
    """That a report's words in SQLite's index hold all of the terms."""
    return literal_column(INDEX).op("MATCH")(" ".join(f'"{term}"' for term in terms))


def _wanted(terms: Sequence[str]) -> Any:  # noqa: ANN401 - a query of PostgreSQL's own type
    """All of the terms as PostgreSQL looks for them."""
    return reduce(lambda one, two: one.op("&&")(two), (func.phraseto_tsquery("english", term) for term in terms))


def terms_of(said: str) -> list[str]:
    """The words of a search, those between double quotes kept together."""
    terms: list[str] = []
    for n, part in enumerate(said.split('"')):
        terms += [part.strip()] if n % 2 and part.strip() else [] if n % 2 else part.split()
    return [term for term in terms if any(character.isalnum() for character in term)]
