"""The commands on the archive."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner
from tests.fixtures import plain_reader

from sitrep import flow
from sitrep.cli import main

TOWNS = ("Zawara", "Misrata", "Tobruk")


@pytest.fixture
def db(tmp_path, monkeypatch):
    """An archive of four reports, one of which cannot be read."""
    monkeypatch.setattr(flow, "default_reader", lambda progress=None: plain_reader.make_reader())
    rows = [
        {"id": town, "outlet": "Gazette", "text": f"Troops shelled the harbour of {town} on Monday, the council said."}
        for town in TOWNS
    ]
    source = tmp_path / "reports.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)) + '\n{"id": "cut", "te', encoding="utf-8")
    result = run("ingest", source, db=tmp_path / "a.db")
    assert result.exit_code == 1
    assert "3 reports taken in, 0 held already, 1 failed" in result.stderr
    assert "is not JSON" in result.stderr
    return tmp_path / "a.db"


def run(command, *arguments, db):
    return CliRunner().invoke(main, [*command.split(), *map(str, arguments), "--db", str(db)], catch_exceptions=False)


def test_a_second_ingest_takes_nothing_in(db):
    result = run("ingest", db.with_name("reports.jsonl"), db=db)
    assert "0 reports taken in, 3 held already, 1 failed" in result.stderr
    assert "holds 3 reports and 3 incidents" in result.stderr


def test_incidents_as_json_have_the_shape_that_is_documented(db):
    lines = [json.loads(line) for line in run("incidents", "--json", db=db).stdout.splitlines()]
    assert len(lines) == 3
    assert [line["start"] for line in lines] == sorted(line["start"] for line in lines)
    for line in lines:
        assert {"id", "type", "place", "start", "end", "events", "figures"} <= set(line)
        assert set(line["events"][0]) == {"report", "event"}
    place, start = lines[0]["place"], lines[0]["start"]
    for asked in (("--place", place), ("--place", place, "--km", "5"), ("--until", start)):
        found = [json.loads(line) for line in run("incidents", "--json", *asked, db=db).stdout.splitlines()]
        assert lines[0] in found
        assert len(found) < 3
    assert run("incidents", "--json", "--country", "XXX", db=db).stdout == ""


def test_incidents_and_one_of_them_for_a_person(db):
    shown = run("incidents", db=db).stdout
    assert shown.count("shelling") == 3
    incident = json.loads(run("incidents", "--json", db=db).stdout.splitlines()[0])
    one = run("incident", incident["id"], db=db).stdout
    assert incident["events"][0]["report"] in one
    assert "Gazette" in one
    assert json.loads(run("incident", incident["id"], "--json", db=db).stdout) == incident
    missing = run("incident", "nobody", db=db)
    assert missing.exit_code == 1
    assert "sitrep incidents" in missing.stderr


def test_incidents_are_brought_together_where_a_run_was_stopped_before(db):
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("DELETE FROM incident_events")
        connection.execute("DELETE FROM incidents")
        connection.execute("UPDATE state SET value = 'stale' WHERE name = 'incidents'")
    assert len(run("incidents", "--json", db=db).stdout.splitlines()) == 3


def test_search(db):
    assert [
        json.loads(line)["report"] for line in run("search", "--json", "tobruk", "shell", db=db).stdout.splitlines()
    ] == ["Tobruk"]
    assert "«" in run("search", "harbours", db=db).stdout
    assert "No report holds" in run("search", "harbour", "clinic", db=db).stderr


def test_actors_and_control_of_nobody(db):
    assert "Nobody" in run("actors", db=db).stderr
    assert "who holds Zawara" in run("control", "Zawara", db=db).stderr


def test_check_and_backup(db, tmp_path):
    assert "is sound" in run("db check", db=db).stdout
    assert run("db backup", tmp_path / "b.db", db=db).exit_code == 0
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE reports SET text = 'Nothing happened.' WHERE id = 1")
    damaged = run("db check", db=db)
    assert damaged.exit_code == 1
    assert "altered" in damaged.stderr
    assert "is sound" in run("db check", db=tmp_path / "b.db").stdout


def test_an_archive_is_exported_like_any_store(db):
    result = CliRunner().invoke(main, ["export", "csv", str(db)], catch_exceptions=False)
    assert [line.split(",")[0] for line in result.stdout.splitlines()] == ["report", *TOWNS]


def test_wrong_use_is_told(db, tmp_path):
    assert "--km needs --place" in run("incidents", "--km", "5", db=db).stderr
    assert "no report knows" in run("incidents", "--km", "5", "--place", "Nowhere", db=db).stderr
    assert "no such file" in run("incidents", db=tmp_path / "none.db").stderr
    assert "no such file" in run("db check", db=tmp_path / "none.db").stderr
    assert not (tmp_path / "none.db").exists()
