"""The desk: what its endpoints share."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from sitrep.corroboration.sketch import Sketch, happened, opening_of, sketch
from sitrep.corroboration.weigh import to_incident
from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.gazetteer.places import PlaceGazetteer
from sitrep.judge.choose import decide
from sitrep.model import EventRef, Incident, Reading
from sitrep.ontology.load import load_ontology
from sitrep.store import desk as asked
from sitrep.store.database import is_file, url_of
from sitrep.store.judged import Code, choices
from sitrep.store.judgements import JudgementWriter
from sitrep.store.view import View


def microseconds() -> str:
    """The time of a judgement, fine enough to tell two of one second apart."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@lru_cache(maxsize=1)
def known_actors() -> ActorGazetteer:
    """The gazetteer of actors, loaded once."""
    return load_actors()


class Kept:
    """Answers about the whole archive, kept until somebody writes to it. Only for an archive in one file."""

    LARGEST = 64

    def __init__(self, store: str | Path) -> None:
        self._answers: dict[str, bytes] = {}
        self._finding: dict[str, Lock] = {}
        self._stamp = -1
        self._lock = Lock()
        self._watch = sqlite3.connect(str(url_of(store).database), check_same_thread=False) if is_file(store) else None

    def answer(self, asked: str, find: Callable[[], bytes]) -> bytes:
        """The answer to a question, found anew where the archive has changed since."""
        if self._watch is None:
            return find()
        with self._lock:
            finding = self._finding.setdefault(asked, Lock())
        # who asks the same while it is being found waits for that
        with finding:
            stamp, held = self._look(asked)
            if held is None:
                held = find()
                with self._lock:
                    if stamp == self._stamp:
                        self._answers[asked] = held
        return held

    def _look(self, asked: str) -> tuple[int, bytes | None]:
        with self._lock:
            stamp = self._stamp
            if self._watch is not None:
                (stamp,) = self._watch.execute("PRAGMA data_version").fetchone()
            if stamp != self._stamp or len(self._answers) >= self.LARGEST:
                self._answers.clear()
                self._finding = {name: lock for name, lock in self._finding.items() if lock.locked()}
                self._stamp = stamp
            return stamp, self._answers.get(asked)

    def close(self) -> None:
        """Let go of the file; nothing is kept from then on."""
        with self._lock:
            if self._watch is not None:
                self._watch.close()
            self._watch = None
            self._answers.clear()


class Desk(NamedTuple):
    """A view of the archive, a writer of judgements, and who sits here. code: see JudgementWriter."""

    view: View
    writer: JudgementWriter
    user: str
    token: str
    tiles: str | None
    places: Callable[[], PlaceGazetteer]
    kept: Kept
    clock: Callable[[], str] = microseconds

    def close(self) -> None:
        """Let go of the archive."""
        self.view.close()
        self.writer.close()
        self.kept.close()

    def corrected(self, source_id: str) -> Reading | None:
        """The latest reading of a report as people left it."""
        return self.view.corrected([source_id]).get(source_id)

    def assemble(self, groups: Iterable[Iterable[EventRef]]) -> list[Incident | None]:
        """The incidents that groups of events are together; None for a group of which none is left."""
        listed = [tuple(group) for group in groups]
        wanted = {(ref.report, ref.event) for group in listed for ref in group}
        reports = sorted({report for report, _ in wanted})
        found: dict[tuple[str, str], Sketch] = {}
        for reading in self.view.corrected(reports).values():
            source, opening = reading.report.source.id, opening_of(reading)
            found |= {
                (source, event.id): sketch(reading, event, load_ontology(), opening)
                for event in reading.events
                if (source, event.id) in wanted and happened(event)
            }
        chains = self.copied(reports)
        chosen = self.view.ask(lambda connection: choices(connection, set(reports)))
        made: list[Incident | None] = []
        for group in listed:
            there = sorted({(ref.report, ref.event) for ref in group} & found.keys())
            made.append(decide(to_incident([found[ref] for ref in there], chains), chosen) if there else None)
        return made

    def copied(self, reports: Iterable[str]) -> dict[str, str]:
        """The group of copies that each of some reports stands in, those that stand in one."""
        names = sorted(set(reports))
        copies = self.view.copies(*names) if names else []
        # an original stands in the group that bears its name
        return {copy.of: copy.of for copy in copies} | {copy.report: copy.of for copy in copies}

    def source_of(self, report: str) -> str | None:
        """The source id of a report by its digest."""
        return self.view.ask(lambda connection: asked.source_of(connection, report))


def open_desk(
    store: str | Path, *, user: str, tiles: str | None = None, code: Code | None = None, token: str | None = None
) -> Desk:
    """Sit down at an archive. token: what changes must carry; a new one where none is given."""
    from sitrep.gazetteer.places import load_places

    writer = JudgementWriter(store, code=code)
    try:
        view = View(store)
    except BaseException:
        writer.close()
        raise
    places = lru_cache(maxsize=1)(load_places)
    return Desk(view, writer, user, token or secrets.token_urlsafe(24), tiles, places, Kept(store))
