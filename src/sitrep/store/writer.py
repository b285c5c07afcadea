"""Writer: puts readings into the database, each whole or not at all, and each once."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from difflib import unified_diff
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from sitrep.model import Copy, Failure, Incident
from sitrep.model.codec import digest, encode
from sitrep.model.version import VERSION
from sitrep.store import tables as t
from sitrep.store.database import insert_new, name_of, now, open_engine, refused
from sitrep.store.feeds import FeedState, feed_states, keep_feed
from sitrep.store.incidents import drop_incidents, enter_actors, incident_rows, mark_of, marks
from sitrep.store.judged import Code, corrected_rows, settle_incidents, write_effects
from sitrep.store.migrations import migrate
from sitrep.store.rows import Prepared, Row
from sitrep.store.views import Borrowed, set_exports, set_state

# how a capture that gave no report is entered: another version of sitrep may get a report out of it
FAILED = f"failed sitrep {VERSION}"
STALE, FRESH = "stale", "fresh"


class Writer:
    """Writes to a store. Use it as a context manager; one process at a time writes, others wait.

    Opening it makes the file where there is none and runs the migrations. clock: gives the times of retrieval
    and of reading. code: gives the rows of tabular exports, for readings that people corrected.
    """

    def __init__(self, store: str | Path, *, clock: Callable[[], str] = now, code: Code | None = None) -> None:
        self.store = name_of(store)
        self._code = code
        self._clock = clock
        self._engine = open_engine(store, writing=True)
        try:
            with self._transaction("Opening") as connection:
                migrate(connection, clock())
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def _transaction(self, doing: str) -> Generator[Connection]:
        """Everything inside is stored, or nothing."""
        with refused(doing, self.store), self._engine.begin() as connection:
            yield connection

    def is_done(self, taken: str, made_by: str) -> bool:
        """Whether a capture was taken in already, and read by the same versions of everything."""
        with self._transaction("Reading") as connection:
            row = connection.execute(select(t.taken.c.made_by).where(t.taken.c.taken == taken)).first()
        return row is not None and row.made_by in (made_by, FAILED)

    def done(self, taken: Sequence[str], made_by: str) -> set[str]:
        """Those of several captures that are done; see `is_done`."""
        query = select(t.taken.c.taken).where(t.taken.c.taken.in_(taken), t.taken.c.made_by.in_((made_by, FAILED)))
        with self._transaction("Reading") as connection:
            return set(connection.scalars(query))

    def page(self, address: str) -> tuple[str | None, str | None, str] | None:
        """What the server said of a page when it was taken: tag, day of change, and when that was; None where never."""
        with self._transaction("Reading") as connection:
            row = connection.execute(
                select(t.pages.c.etag, t.pages.c.modified, t.pages.c.retrieved_at).where(t.pages.c.address == address)
            ).first()
        return (row.etag, row.modified, row.retrieved_at) if row else None

    def feeds(self) -> dict[str, FeedState]:
        """What is known of the feeds that are watched, by address."""
        with self._transaction("Reading") as connection:
            return feed_states(connection)

    def remember_feed(self, state: FeedState) -> None:
        """Keep what a look at a feed gave."""
        with self._transaction("Writing to") as connection:
            keep_feed(connection, state)

    def write_many(self, batch: Iterable[Prepared]) -> None:
        """Store readings in one transaction: after it they are on the disk; killed before, none of them is."""
        with self._transaction("Writing to") as connection:
            for prepared in batch:
                self._write(connection, prepared)

    def _write(self, connection: Connection, prepared: Prepared) -> None:
        if prepared.capture:
            kept = prepared.capture
            connection.execute(
                insert_new(connection, t.captures),
                {
                    "sha256": kept.sha256,
                    "size": kept.size,
                    "media": kept.media,
                    "uri": kept.uri,
                    "retrieved_at": kept.retrieved_at or self._clock(),
                    "content": kept.content,
                },
            )
            if prepared.page:
                page = msgspec.structs.asdict(prepared.page)
                connection.execute(delete(t.pages).where(t.pages.c.address == prepared.page.address))
                connection.execute(insert(t.pages).values(**page, capture=kept.sha256))
        report = None
        if prepared.report:
            report = self._known(connection, prepared.report, prepared.made_by)
            if report is None:
                report, source_id = self._report(connection, prepared.report)
                self._layers(connection, report, source_id, prepared)
        # what was wrong with it before is no longer so
        connection.execute(
            delete(t.failures).where(
                (t.failures.c.source_id == prepared.source_id) & t.failures.c.report.is_(None)
                if report is None
                else (t.failures.c.report == report)
                | ((t.failures.c.source_id == prepared.source_id) & t.failures.c.report.is_(None))
            )
        )
        if prepared.failures:
            capture = prepared.capture.sha256 if prepared.capture else None
            connection.execute(
                insert_new(connection, t.failures),
                [_failure_row(failure, prepared.source_id, report, capture) for failure in prepared.failures],
            )
        if prepared.taken:
            made_by = prepared.made_by if report is not None else FAILED
            connection.execute(delete(t.taken).where(t.taken.c.taken == prepared.taken))
            connection.execute(insert(t.taken).values(taken=prepared.taken, made_by=made_by, report=report))
        elif report is not None:
            # what was handed over is done by these versions, too
            connection.execute(
                update(t.taken)
                .where(t.taken.c.report == report, t.taken.c.made_by != FAILED)
                .values(made_by=prepared.made_by)
            )

    def _known(self, connection: Connection, row: Row, made_by: str) -> int | None:
        """The number of a report that is there already, said to be of the same day and read by the same versions."""
        query = (
            select(t.reports.c.id)
            .join(t.readings, t.readings.c.report == t.reports.c.id)
            .where(t.reports.c.report_id == row["report_id"], t.readings.c.made_by == made_by)
            .where(t.reports.c.published.is_not_distinct_from(row["published"]))
        )
        return connection.scalar(query)

    def _report(self, connection: Connection, row: Row) -> tuple[int, str]:
        """The number and name of a report: those it has, or new ones as the latest version of its article."""
        known = connection.execute(
            select(t.reports.c.id, t.reports.c.source_id).where(t.reports.c.report_id == row["report_id"])
        ).first()
        if known is not None:
            anew = {name: value for name, value in row.items() if name not in ("source_id", "article")}
            # a report that is read again from its text keeps the capture that it came from
            if anew["capture"] is None:
                del anew["capture"]
            connection.execute(update(t.reports).where(t.reports.c.id == known.id).values(anew))
            return known.id, known.source_id
        before = connection.execute(
            select(t.reports.c.version, t.reports.c.text, t.reports.c.source_id)
            .where(t.reports.c.article == row["article"])
            .order_by(t.reports.c.version.desc())
            .limit(1)
        ).first()
        if before is None:
            taken = connection.scalar(
                select(func.count()).select_from(t.reports).where(t.reports.c.source_id == row["source_id"])
            )
            # two articles that came with one id are told apart, since incidents name reports by it
            source_id = f"{row['source_id']}~{row['report_id']}" if taken else row["source_id"]
            changes = None
        else:
            source_id = before.source_id
            changes = "\n".join(unified_diff(before.text.splitlines(), row["text"].splitlines(), n=0, lineterm=""))
            connection.execute(update(t.reports).where(t.reports.c.article == row["article"]).values(current=False))
        version = before.version + 1 if before else 1
        values = {**row, "source_id": source_id, "version": version, "current": True, "changes": changes}
        key = connection.execute(insert(t.reports).values(values)).inserted_primary_key
        return int(key[0]) if key else 0, source_id

    def _layers(self, connection: Connection, report: int, source_id: str, prepared: Prepared) -> None:
        """The reading and its tables, in place of an earlier reading of the same report."""
        if connection.scalar(select(func.count()).select_from(t.readings).where(t.readings.c.report == report)):
            for table in t.LAYERS:
                connection.execute(delete(table).where(table.c.report == report))
            connection.execute(delete(t.readings).where(t.readings.c.report == report))
        made = prepared.provenance
        connection.execute(
            insert(t.readings).values(
                report=report,
                made_by=prepared.made_by,
                sitrep=made.sitrep if made else None,
                ontology=made.ontology if made else None,
                gazetteer=made.gazetteer if made else None,
                stages=json.dumps(made.stages, sort_keys=True) if made else None,
                read_at=self._clock(),
                sha256=prepared.line_sha256,
                line=prepared.line,
            )
        )
        layers = prepared.layers
        if connection.scalar(select(func.count()).where(t.judgements.c.report == source_id)):
            # what people decided about it holds for the new reading, too
            layers, corrected = corrected_rows(connection, source_id, prepared.line, self._code)
            write_effects(connection, source_id, corrected)
        for table in reversed(t.LAYERS):
            if rows := layers.get(table.name):
                connection.execute(insert(table), [{"report": report, **row} for row in rows])
        set_state(connection, "incidents", STALE)

    def write_copies(self, copies: Iterable[Copy]) -> None:
        """Put these copies in the place of all others."""
        with self._transaction("Writing to") as connection:
            numbers = {
                row.source_id: row.id
                for row in connection.execute(select(t.reports.c.source_id, t.reports.c.id).where(t.reports.c.current))
            }
            connection.execute(delete(t.copies))
            rows = [
                {
                    "report": numbers[copy.report],
                    "origin": numbers[copy.of],
                    "share": copy.share,
                    "line": encode(copy).decode(),
                }
                for copy in copies
                if copy.report in numbers and copy.of in numbers
            ]
            if rows:
                connection.execute(insert(t.copies), rows)

    def write_incidents(self, incidents: Iterable[Incident]) -> int:
        """Put these incidents in the place of all others; how many they are. Those that are there as they are stay."""
        with self._transaction("Writing to") as connection:
            held = marks(connection)
            count, new = 0, list[str]()
            for batch in incident_rows(connection, incidents):
                ties: dict[str, list[Row]] = {}
                for tie in batch.events:
                    ties.setdefault(tie["incident"], []).append(tie)
                fresh = {
                    str(row["id"]): row
                    for row in batch.incidents
                    if held.pop(row["id"], None) != mark_of(row, ties.get(row["id"], []))
                }
                drop_incidents(connection, list(fresh))
                if fresh:
                    connection.execute(insert(t.incidents), list(fresh.values()))
                if tied := [tie for name in fresh for tie in ties.get(name, ())]:
                    connection.execute(insert(t.incident_events), tied)
                new += fresh
                count += len(batch.incidents)
            drop_incidents(connection, list(held))
            enter_actors(connection, None if 2 * len(new) > count else new)
            if new or held:
                settle_incidents(connection)
            set_state(connection, "incidents", FRESH)
        return count

    def set_exports(self, columns: Mapping[str, Sequence[str]], borrowed: Borrowed | None = None) -> None:
        """Name the tabular exports whose rows readings bring along; each gets a view of its columns.

        borrowed: exports that the rows of another serve: whose, and their columns by those of that other.
        """
        with self._transaction("Writing to") as connection:
            set_exports(connection, columns, borrowed or {})

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _failure_row(failure: Failure, source_id: str, report: int | None, capture: str | None) -> Row:
    return {
        "id": digest(source_id, failure.kind, failure.tried, failure.message, size=32),
        "source_id": source_id,
        "report": report,
        "capture": capture,
        "kind": failure.kind,
        "tried": failure.tried,
        "message": failure.message,
        "todo": failure.todo,
        "facts": json.dumps(failure.facts, sort_keys=True, ensure_ascii=False),
    }
