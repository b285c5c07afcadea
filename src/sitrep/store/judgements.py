"""JudgementWriter: appends what people decide, and brings what is derived from it up to date.

It cannot alter a report, a reading or a judgement.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from sqlalchemy import Connection, delete, insert, select

from sitrep.errors import Conflict, StoreError
from sitrep.model import Incident, Judgement, Target, Undo
from sitrep.model.codec import digest
from sitrep.store import judged
from sitrep.store import tables as t
from sitrep.store.database import name_of, now, open_engine, refused
from sitrep.store.incidents import enter_actors, incident_rows
from sitrep.store.migrations import migrate
from sitrep.store.ranks import rank, unranked


class Judged(NamedTuple):
    """What became of a judgement: whether it is new, and the version of what it is about afterwards."""

    new: bool
    version: str


class JudgementWriter:
    """Writes judgements to a store, each with what follows from it or not at all.

    code: gives the rows of tabular exports for a corrected reading.
    """

    def __init__(self, store: str | Path, *, code: judged.Code | None = None) -> None:
        self.store = name_of(store)
        self._code = code
        self._engine = open_engine(store, writing=True)
        try:
            with self._transaction() as connection:
                migrate(connection, now())
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def _transaction(self) -> Generator[Connection]:
        with refused("Writing a judgement to", self.store), self._engine.begin() as connection:
            yield connection

    def judge(self, judgement: Judgement, *, version: str | None = None) -> Judged:
        """Append a judgement. version: what its user saw, None where nobody looked (an import).

        Raises Conflict where what is judged is no longer of that version, StoreError where it is not there.
        """
        return self.judge_all([judgement], version=version)[0]

    def judge_all(self, judgements: Iterable[Judgement], *, version: str | None = None) -> list[Judged]:
        """Append several judgements, all or none; a given version is that of the first one's target."""
        done: list[Judged] = []
        with self._transaction() as connection:
            new: list[tuple[Judgement, bool]] = []
            for judgement in judgements:
                if not new and version is not None:
                    _check(connection, judgement.target, version)
                elif _version(connection, judgement.target) is None:
                    raise _missing(judgement.target)
                new.append((judgement, judged.insert_judgement(connection, judgement)))
            _derive(connection, [judgement for judgement, is_new in new if is_new], self._code)
            for judgement, is_new in new:
                done.append(Judged(is_new, _version(connection, judgement.target) or ""))
        return done

    def replace_incidents(self, gone: Iterable[str], incidents: Iterable[Incident]) -> None:
        """Put incidents in the place of others, as judgements ask for."""
        kept, old = list(incidents), list(gone)
        with self._transaction() as connection:
            for name in old:
                connection.execute(delete(t.incident_events).where(t.incident_events.c.incident == name))
                connection.execute(delete(t.incidents).where(t.incidents.c.id == name))
            for batch in incident_rows(connection, kept):
                connection.execute(insert(t.incidents), batch.incidents)
                if batch.events:
                    connection.execute(insert(t.incident_events), batch.events)
            enter_actors(connection, [incident.id for incident in kept])
            names = [*dict.fromkeys([*old, *(incident.id for incident in kept)])]
            judged.settle_incidents(connection, names, [ref for incident in kept for ref in incident.events])
            rank(connection, [incident.id for incident in kept])

    def rank(self) -> int:
        """Work out what needs a person first, where that is not known; how many incidents were ranked."""
        with self._transaction() as connection:
            return rank(connection) if unranked(connection) else 0

    def save_view(self, name: str, user: str, view: object, *, version: int | None) -> int:
        """Keep a view by name; its new version. version: the one that is replaced, None for a new view."""
        with self._transaction() as connection:
            held = connection.scalar(select(t.saved_views.c.version).where(t.saved_views.c.name == name))
            if held != version:
                raise Conflict(
                    f"Saving the view {name!r}: it was {'changed' if held else 'deleted'} since you saw it.",
                    todo="Load it again, or choose another name.",
                    version=held,
                )
            connection.execute(delete(t.saved_views).where(t.saved_views.c.name == name))
            new = (held or 0) + 1
            values = {"name": name, "user": user, "version": new, "view": json.dumps(view, ensure_ascii=False)}
            connection.execute(insert(t.saved_views).values(values))
        return new

    def drop_view(self, name: str) -> bool:
        """Forget a view; whether there was one."""
        with self._transaction() as connection:
            return connection.execute(delete(t.saved_views).where(t.saved_views.c.name == name)).rowcount > 0

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def judgement_id(target: Target, *parts: object) -> str:
    """The id of a judgement: a digest of what it is about and of all that it says."""
    return "j" + digest(target.layer, target.report, target.id, *parts, size=14)


def _version(connection: Connection, target: Target) -> str | None:
    if target.report is not None:
        return judged.report_version(connection, target.report)
    # an incident may have another name since it was judged
    now = judged.incident_of(connection, target.events, target.id)
    return judged.incident_version(connection, now) if now else None


def _missing(target: Target) -> StoreError:
    return StoreError(
        f"Judging {target.layer} {target.id}: the store holds no such {'report' if target.report else 'incident'}.",
        todo="Load the page again.",
        target=target.id,
    )


def _check(connection: Connection, target: Target, version: str) -> None:
    held = _version(connection, target)
    if held is None:
        raise _missing(target)
    if held != version:
        raise Conflict(
            f"Judging {target.layer} {target.id}: it was changed since you saw it.",
            todo="Look at what changed, then judge again.",
            version=held,
        )


def _derive(connection: Connection, judgements: list[Judgement], code: judged.Code | None) -> None:
    """Bring up to date what follows from judgements."""
    for source_id in sorted({j.target.report for j in judgements if j.target.report is not None}):
        judged.correct_layers(connection, source_id, code)
        judged.settle_reviews(connection, "reports", source_id, judged.of_report(connection, source_id))
    for judgement in judgements:
        if judgement.target.report is None:
            judged.settle_incident(connection, judgement)


def undo_of(judgement: Judgement, *, user: str, at: str, reason: str) -> Judgement:
    """The judgement that takes another back."""
    correction = Undo(judgement=judgement.id)
    return Judgement(
        id=judgement_id(judgement.target, "undo", judgement.id, user, at),
        target=judgement.target,
        correction=correction,
        user=user,
        at=at,
        reason=reason,
        hand=judgement.hand,
    )
