"""The desk: what its endpoints share."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from sitrep.corroboration.sketch import Sketch, sketches
from sitrep.corroboration.weigh import to_incident
from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.gazetteer.places import PlaceGazetteer
from sitrep.judge.apply import apply
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
        self._stamp = -1
        self._lock = Lock()
        self._watch = sqlite3.connect(str(url_of(store).database), check_same_thread=False) if is_file(store) else None

    def answer(self, asked: str, find: Callable[[], bytes]) -> bytes:
        """The answer to a question, found anew where the archive has changed since."""
        with self._lock:
            watch = self._watch
            stamp = self._stamp
            if watch is not None:
                (stamp,) = watch.execute("PRAGMA data_version").fetchone()
            if stamp != self._stamp or len(self._answers) >= self.LARGEST:
                self._answers.clear()
                self._stamp = stamp
            held = self._answers.get(asked) if watch is not None else None
        if held is None:
            held = find()
            with self._lock:
                if self._watch is not None and stamp == self._stamp:
                    self._answers[asked] = held
        return held

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
        reading = self.view.get(source_id)
        if reading is None:
            return None
        found = self.view.judgements(source_id)
        return apply(reading, found).reading if found else reading

    def assemble(self, events: tuple[EventRef, ...], seen: dict[str, list[Sketch]] | None = None) -> Incident | None:
        """The incident that events are together; None where none of them is left.

        seen: sketches of reports that several incidents rest on, so that each report is looked at once.
        """
        sketched = {} if seen is None else seen
        wanted = {(ref.report, ref.event) for ref in events}
        for source_id in {ref.report for ref in events} - sketched.keys():
            reading = self.corrected(source_id)
            sketched[source_id] = list(sketches(reading, load_ontology())) if reading else []
        group = [
            sketch
            for source_id in sorted({ref.report for ref in events})
            for sketch in sketched[source_id]
            if (sketch.ref.report, sketch.ref.event) in wanted
        ]
        copies = self.view.copies(*sorted({ref.report for ref in events}))
        # an original stands in the group that bears its name
        chains = {copy.of: copy.of for copy in copies} | {copy.report: copy.of for copy in copies}
        return decide(to_incident(group, chains), self.view.ask(choices)) if group else None

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
