"""The commands on the archive."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import msgspec
import pytest
from click.testing import CliRunner
from tests.fixtures import plain_reader
from tests.fixtures.readings import rich

from sitrep import flow
from sitrep.cli import main
from sitrep.store.rows import prepare
from sitrep.store.writer import Writer

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
    assert run("incidents", "--json", "--injured", 1, db=db).stdout == ""
    assert run("incidents", "--json", "--state", "accepted", db=db).stdout == ""
    assert len(run("incidents", "--json", "--state", "unreviewed", db=db).stdout.splitlines()) == 3


def test_incidents_and_one_of_them_for_a_person(db):
    shown = run("incidents", db=db).stdout
    assert shown.count("shelling") == 3
    incident = json.loads(run("incidents", "--json", db=db).stdout.splitlines()[0])
    one = run("show", incident["id"], db=db).stdout
    assert incident["events"][0]["report"] in one
    assert "Gazette" in one
    assert json.loads(run("show", incident["id"], "--json", db=db).stdout) == incident
    missing = run("show", "nobody", db=db)
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


@pytest.fixture
def told_twice(tmp_path):
    """An archive of one story in two outlets, the second with a paragraph of its own."""
    first = rich("first")
    more = "Our reporter counted nine craters on the road and spoke to two drivers."
    report = msgspec.structs.replace(
        rich("second").report, id="second", outlet="Post", text=f"{first.report.text}\n\n{more}"
    )
    with Writer(tmp_path / "b.db") as writer:
        writer.write_many([prepare(first), prepare(msgspec.structs.replace(rich("second"), report=report))])
    return tmp_path / "b.db"


def test_show_counts_a_copy_as_one_source_and_says_what_it_adds(told_twice):
    held = [json.loads(line) for line in run("incidents", "--json", db=told_twice).stdout.splitlines()]
    joined = [incident for incident in held if len(incident["events"]) == 2]
    assert joined
    assert {incident["sources"] for incident in held} == {1}
    shown = run("show", joined[0]["id"], db=told_twice).stdout
    assert "2 reports, 1 independent source" in shown
    assert "shares" in shown
    assert "nine craters" in shown
    why = json.loads(run("why", joined[0]["id"], "--json", db=told_twice).stdout)
    assert why["score"] > 0
    assert abs(sum(why["reasons"].values()) - why["base"] - why["score"]) < 0.01
    assert "opening" in run("why", joined[0]["id"], db=told_twice).stdout


def test_why_says_that_one_report_alone_brings_nothing_together(db):
    lone = json.loads(run("incidents", "--json", db=db).stdout.splitlines()[0])
    assert "One report alone" in run("why", lone["id"], db=db).stderr
    assert run("why", "nobody", db=db).exit_code == 1


def test_a_dossier_names_the_report_of_each_part(told_twice):
    known = json.loads(run("actors", "--json", db=told_twice).stdout.splitlines()[0])
    parts = [json.loads(line) for line in run("actor", known["name"], "--json", db=told_twice).stdout.splitlines()]
    assert {part["report"] for part in parts} == {"first", "second"}
    assert len(parts) >= known["events"]
    assert all(part["quote"] for part in parts)
    assert "Post" in run("actor", known["name"], db=told_twice).stdout
    assert "takes part in no event" in run("actor", "nobody", db=told_twice).stderr


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_come_from_python_on_request(db, library):
    import sitrep

    pytest.importorskip(library)
    with sitrep.open(db) as archive:
        frame = archive.frame("incidents", library=library)
        assert len(frame) == len(archive.incidents())
        assert "killed_low" in list(frame.columns)
        assert "event_date" in list(archive.frame("export_acled", library=library).columns)
        with pytest.raises(sitrep.SitrepError, match="no table or view"):
            archive.frame("cats")
