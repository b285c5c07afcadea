"""Incidents of an archive obey what people decide, until they take it back."""

import random
import sqlite3
from contextlib import closing

import msgspec
import pytest
from sqlalchemy import func, select
from tests.fixtures.readings import rich

from sitrep.ingest.together import bring_together
from sitrep.judge.choose import Choice, amounts_of, decide
from sitrep.model import (
    Apart,
    Choose,
    EventAnchor,
    EventPlace,
    EventRef,
    EventTime,
    Incident,
    Judgement,
    Target,
    Together,
    Undo,
)
from sitrep.store import tables
from sitrep.store.check import check
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
        target = msgspec.structs.replace(target, id=first_of(view).id)
    at = f"2026-01-01T00:00:{number:02}.000000+00:00"
    with JudgementWriter(db) as writer:
        writer.judge(Judgement(id=f"j{number}", target=target, correction=correction, user="ana", at=at, reason="so"))


def choose(db, number, field, value, events=()):
    with View(db) as view:
        events = events or first_of(view).events
    judge(db, number, Choose(field=field, value=value), events)


def first_of(view):
    """The incident that the first event of the first report belongs to."""
    ref = EventRef(report="a", event=rich("a").events[0].id)
    return next(incident for incident in view.incidents() if ref in incident.events)


def test_what_a_person_chose_for_a_field_holds_whatever_comes_later(db):
    def only():
        with View(db) as view:
            return first_of(view)

    before = only()
    assert (before.type, before.place) == ("air_strike", "zawara")
    for number, (field, value) in enumerate(
        {"place": "Benghazi", "date": "2016-08-02/2016-08-03", "killed": "10..14", "type": "shelling"}.items()
    ):
        choose(db, number, field, value)
    with Writer(db) as writer:
        writer.write_many([prepare(rich("c")), prepare(rich("d"))])
    bring_together(db)
    after = only()
    assert after.id != before.id
    assert len(after.events) == 4
    assert (after.type, after.place, after.start, after.end) == ("shelling", "benghazi", "2016-08-02", "2016-08-03")
    assert [(figure.low, figure.best, figure.high, figure.rule) for figure in after.figures][:1] == [
        (10, None, 14, "chosen by ana")
    ]
    first, second = after.fields["place"]
    assert (first.value, first.chosen_by, first.sources) == ("benghazi", "ana", 0)
    assert (second.value, second.chosen_by) == ("zawara", None)
    # a later choice wins, and taken back it leaves the one before
    choose(db, 7, "place", "Sirte", events=before.events)
    bring_together(db)
    assert only().place == "sirte"
    judge(db, 8, Undo(judgement="j7"))
    bring_together(db)
    assert only().place == "benghazi"


def test_a_choice_stays_with_most_of_the_events_that_were_judged():
    refs = [EventRef(report=name, event="e") for name in "abcd"]
    whole, half, other = (
        Incident(id="i", type="x", place=None, start=None, end=None, events=tuple(some), fields={}, figures=())
        for some in (refs, refs[:2], refs[2:])
    )
    choice = Choice("place", "Sirte", "ana", frozenset(refs))
    assert [decide(incident, [choice]).place for incident in (whole, half, other)] == ["sirte", "sirte", None]


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("12", (12, 12, 12)),
        ("10..14", (10, None, 14)),
        ("12..", (12, None, None)),
        ("?/1,200/?", (1200, 1200, 1200)),
        ("10/12/14", (10, 12, 14)),
        ("many", None),
        ("?", None),
    ],
)
def test_figures_as_people_write_them(words, amounts):
    assert amounts_of(words) == amounts


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


TOWNS = ("Zawara", "Misrata", "Tobruk")


def told(number):
    """A report of one of some bombardments of three towns, every third by somebody who gives another toll."""
    town, day = TOWNS[number % 3], 1 + 8 * (number // 9)
    dead = 12 + (number % 9 == 8)
    reading = rich(f"r{number:02}")
    published = msgspec.structs.replace(reading.report.published, value=f"2016-08-{day + 1:02}")
    report = msgspec.structs.replace(
        reading.report, id=f"id{number}", outlet=f"Outlet {number % 5}", published=published
    )
    places = tuple(
        msgspec.structs.replace(place, name=town, lat=30.0 + 4 * (number % 3), lon=12.0) for place in reading.places
    )
    on = EventTime(timex=None, start=f"2016-08-{day:02}", end=f"2016-08-{day:02}", precision="day", basis="stated")
    at = EventPlace(id=places[0].id, precision=1, basis="stated")
    events = tuple(
        msgspec.structs.replace(event, id=f"{event.id}{number}", time=on, place=at) for event in reading.events
    )
    figures = (msgspec.structs.replace(reading.quantities[0], low=dead, best=dead, high=dead), *reading.quantities[1:])
    return msgspec.structs.replace(reading, report=report, places=places, events=events, quantities=figures)


def held(path):
    """The incidents with everything that hangs on them, without the numbers of reports."""
    with View(path) as view:
        incidents = view.incidents()
        deeds = [
            view.ask(lambda connection, incident=incident: rows_of(connection, incident.id)) for incident in incidents
        ]
        return [(msgspec.json.encode(incident), deed) for incident, deed in zip(incidents, deeds, strict=True)]


def rows_of(connection, name):
    found = []
    for table in (tables.incidents, tables.incident_actors):
        column = table.c.id if table is tables.incidents else table.c.incident
        found.append(sorted(map(repr, connection.execute(table.select().where(column == name)))))
    ties = tables.incident_events
    found.append(connection.scalar(select(func.count()).select_from(ties).where(ties.c.incident == name)))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_order_and_however_many_at_a_time_the_incidents_are_the_same(tmp_path, seed):
    numbers = list(range(24))
    whole, parts = tmp_path / "whole.db", tmp_path / "parts.db"
    with Writer(whole) as writer:
        writer.write_many(prepare(told(number)) for number in numbers)
    bring_together(whole)
    assert len(held(whole)) > 2 * len(TOWNS)
    chance = random.Random(seed)
    chance.shuffle(numbers)
    while numbers:
        size = chance.randint(1, 9)
        with Writer(parts) as writer:
            writer.write_many(prepare(told(number)) for number in numbers[:size])
        bring_together(parts)
        del numbers[:size]
    assert held(parts) == held(whole)
    assert not list(check(parts))


def test_incidents_that_new_reports_do_not_touch_are_not_written_again(tmp_path):
    path = tmp_path / "a.db"
    with Writer(path) as writer:
        writer.write_many(prepare(told(number)) for number in range(9))
    bring_together(path)
    before = held(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE written (id TEXT)")
        connection.execute(
            "CREATE TRIGGER note AFTER INSERT ON incidents BEGIN INSERT INTO written VALUES (new.id); END"
        )
    bring_together(path)
    assert held(path) == before
    with Writer(path) as writer:
        writer.write_many([prepare(told(9))])
    bring_together(path)
    with closing(sqlite3.connect(path)) as connection:
        marked = {name for (name,) in connection.execute("SELECT id FROM written")}
    with View(path) as view:
        now = {incident.id: {ref.report for ref in incident.events} for incident in view.incidents()}
    assert marked
    assert all("r09" in now[name] for name in marked)
