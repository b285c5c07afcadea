"""Judgements in the store: appended once, never over somebody else's, kept through a re-reading."""

from __future__ import annotations

import msgspec
import pytest
from tests.fixtures.readings import rich
from tests.store.test_database import by_newer, incident, rows, write

from sitrep.errors import Conflict, StoreError
from sitrep.model import Assign, Judgement, Reject, Sensitive, SetState, SetType, Target
from sitrep.store.check import check
from sitrep.store.judgements import JudgementWriter, undo_of
from sitrep.store.saved import saved
from sitrep.store.view import View
from sitrep.store.writer import Writer


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "sitrep.db"
    write(path, rich("a"), rich("b"))
    return path


def judgement(correction, layer="events", name="e1", number=1, report="a", **more):
    target = Target(layer=layer, id=name, report=report, words=rich().events[0].triggers if layer == "events" else ())
    target = msgspec.structs.replace(target, **more)
    at = f"2026-01-01T00:00:{number:02}.000000+00:00"
    return Judgement(id=f"j{number}", target=target, correction=correction, user="ana", at=at, reason="so it is")


def test_a_judgement_corrects_the_tables_and_never_the_reading(path):
    before = rows(path, "SELECT sha256, line FROM readings")
    with JudgementWriter(path) as writer:
        done = writer.judge(judgement(SetType(type="shelling")))
        assert done.new
        assert not writer.judge(judgement(SetType(type="shelling"))).new
    assert rows(path, "SELECT sha256, line FROM readings") == before
    assert rows(path, "SELECT type FROM events WHERE id = 'e1' ORDER BY report") == [("shelling",), ("air_strike",)]
    assert rows(path, "SELECT status, before, after FROM judgement_effects") == [("applied", "air_strike", "shelling")]
    assert list(check(path)) == []
    with View(path) as view:
        assert [reading.events[0].type for reading in view] == ["shelling", "air_strike"]
        assert view.get("a").events[0].type == "air_strike"
        assert [kept.id for kept in view.judgements("a")] == ["j1"]


def test_two_who_saw_the_same_version_cannot_both_judge(path):
    with JudgementWriter(path) as writer:
        first = writer.judge(judgement(SetType(type="shelling")))
        with pytest.raises(Conflict) as caught:
            writer.judge(judgement(SetType(type="bombing"), number=2), version="00000000.0")
        assert caught.value.facts["version"] == first.version
        writer.judge(judgement(SetType(type="bombing"), number=3), version=first.version)
        with pytest.raises(Conflict):
            writer.judge(judgement(SetType(type="siege"), number=4), version=first.version)
        with pytest.raises(StoreError, match="no such report"):
            writer.judge(judgement(SetType(type="siege"), number=5, report="nowhere"))
    assert rows(path, "SELECT id FROM judgements ORDER BY seq") == [("j1",), ("j3",)]


def test_undo_is_a_judgement_itself(path):
    with JudgementWriter(path) as writer:
        change = judgement(SetType(type="shelling"))
        writer.judge(change)
        writer.judge(undo_of(change, user="ben", at="2026-01-02T00:00:00.000000+00:00", reason="it was not"))
    assert rows(path, "SELECT kind FROM judgements ORDER BY seq") == [("type",), ("undo",)]
    assert rows(path, "SELECT DISTINCT type FROM events WHERE id = 'e1'") == [("air_strike",)]
    assert rows(path, "SELECT * FROM judgement_effects") == []


def test_a_re_reading_keeps_the_judgements(path):
    with JudgementWriter(path) as writer:
        writer.judge(judgement(SetType(type="shelling")))
    write(path, by_newer(rich("a")))
    assert rows(path, "SELECT type FROM events WHERE id = 'e1' ORDER BY report") == [("shelling",), ("air_strike",)]
    newest = msgspec.structs.replace(rich("a").provenance, sitrep="10")
    without = msgspec.structs.replace(rich("a"), provenance=newest, events=(), claims=(), decisions=())
    write(path, without)
    assert rows(path, "SELECT status FROM judgement_effects") == [("lost",)]
    assert list(check(path)) == []


def test_reviews_follow_the_judgements_also_where_incidents_are_made_anew(path):
    told = incident(rich("a"), rich("b"))
    with Writer(path) as writer:
        writer.write_incidents([told])
    at = {"layer": "incidents", "name": told.id, "report": None, "events": told.events}
    with JudgementWriter(path) as writer:
        writer.judge(judgement(SetState(state="in_review"), number=1, **at))
        writer.judge(judgement(Assign(to="ben"), number=2, **at))
        done = judgement(SetState(state="accepted"), number=3, **at)
        writer.judge(done)
        assert rows(path, "SELECT id, state, assignee FROM reviews") == [(told.id, "accepted", "ben")]
        writer.judge(undo_of(done, user="ana", at="2026-01-03T00:00:00.000000+00:00", reason=""))
        assert rows(path, "SELECT state, assignee FROM reviews") == [("in_review", "ben")]
    other = msgspec.structs.replace(told, id="iother")
    with Writer(path) as writer:
        writer.write_incidents([other])
    assert rows(path, "SELECT id, state, assignee FROM reviews") == [("iother", "in_review", "ben")]


def test_incidents_are_replaced_as_a_judgement_asks(path):
    told = incident(rich("a"), rich("b"))
    with Writer(path) as writer:
        writer.write_incidents([told])
    taking_part = "SELECT role, who, name, kind FROM incident_actors WHERE incident = '{}' ORDER BY role, who"
    before = rows(path, taking_part.format(told.id))
    assert before
    with JudgementWriter(path) as writer:
        writer.replace_incidents([told.id], [msgspec.structs.replace(told, id="inew")])
    assert rows(path, taking_part.format("inew")) == before
    assert rows(path, taking_part.format(told.id)) == []
    assert list(check(path)) == []
    assert rows(path, "SELECT id FROM incidents") == [("inew",)]
    assert rows(path, "SELECT DISTINCT incident FROM incident_events") == [("inew",)]


def test_who_takes_part_in_an_incident_follows_the_judgements(path):
    told = incident(rich("a"), rich("b"))
    taking_part = "SELECT role FROM incident_actors ORDER BY role, who"
    with Writer(path) as writer:
        writer.write_incidents([told])
    assert rows(path, taking_part)
    with JudgementWriter(path) as writer:
        for number, report in enumerate("ab", 1):
            writer.judge(judgement(Reject(), number=number, report=report))
    assert rows(path, taking_part) == []
    assert list(check(path)) == []


def test_saved_views_are_not_written_over_unseen(path):
    with JudgementWriter(path) as writer:
        assert writer.save_view("mine", "ana", {"since": "2016"}, version=None) == 1
        with pytest.raises(Conflict):
            writer.save_view("mine", "ben", {}, version=None)
        assert writer.save_view("mine", "ben", {}, version=1) == 2
        assert writer.drop_view("mine")
        assert not writer.drop_view("mine")


def test_sensitive_names_never_leave_the_archive(path):
    with JudgementWriter(path) as writer:
        writer.judge(judgement(Sensitive(names=("Salem Omar",), on=True), layer="actors", name="a3"))
    assert all("Omar" not in reading.report.text for reading in saved(path))
    with View(path) as view:
        assert all("Omar" in reading.report.text for reading in view)
