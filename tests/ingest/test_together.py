"""Incidents of an archive obey what people decide, until they take it back."""

import msgspec
import pytest
from tests.fixtures.readings import rich

from sitrep.ingest.together import bring_together
from sitrep.model import Apart, EventAnchor, EventRef, Judgement, Target, Together, Undo
from sitrep.store.judgements import JudgementWriter
from sitrep.store.rows import prepare
from sitrep.store.view import View
from sitrep.store.writer import Writer


@pytest.fixture
def db(tmp_path):
    with Writer(tmp_path / "a.db") as writer:
        writer.write_many([prepare(rich("a")), prepare(rich("b"))])
    bring_together(tmp_path / "a.db")
    return tmp_path / "a.db"


def groups(db):
    bring_together(db)
    with View(db) as view:
        return {frozenset(incident.events) for incident in view.incidents()}


def judge(db, number, correction, events=()):
    target = Target(layer="incidents", id="i", events=tuple(events))
    with View(db) as view:
        target = msgspec.structs.replace(target, id=view.incidents()[0].id)
    at = f"2026-01-01T00:00:{number:02}.000000+00:00"
    with JudgementWriter(db) as writer:
        writer.judge(Judgement(id=f"j{number}", target=target, correction=correction, user="ana", at=at, reason="so"))


def test_events_are_kept_apart_and_put_together_as_people_say_and_undo(db):
    event = rich("a").events[0]
    one, other = (EventAnchor(report=name, event=event.id, words=event.triggers) for name in "ab")
    pair = frozenset({EventRef(report="a", event=event.id), EventRef(report="b", event=event.id)})
    assert pair in groups(db)
    judge(db, 1, Apart(events=(one,), rest=(other,)))
    assert pair not in groups(db)
    # a later judgement wins over an earlier one; its event is found again by its trigger
    judge(db, 2, Together(events=(one, msgspec.structs.replace(other, event="renamed"))))
    assert pair in groups(db)
    judge(db, 3, Undo(judgement="j2"))
    assert pair not in groups(db)
