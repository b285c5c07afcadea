"""Taking reports in: each once, in order, however many read, and whatever kills it."""

from __future__ import annotations

import json

import pytest
from tests.fixtures.plain_reader import make_reader
from tests.fixtures.readers import PlainReader
from tests.ingest import kill

from sitrep.errors import SitrepError
from sitrep.ingest.archive import bring_together, take_in
from sitrep.store.check import check
from sitrep.store.filters import Filter
from sitrep.store.view import View
from sitrep.store.writer import Writer

TEXT = "The army shelled the harbour of Zawara on Monday, the council said."


@pytest.fixture
def folder(tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    for n in range(40):
        (reports / f"{n:02}.txt").write_text(f"{TEXT} {n}", encoding="utf-8")
    (reports / "50.txt").write_bytes(b"")
    (reports / "51.txt").write_text("L'armée a repris lundi le port, selon un porte-parole de la ville.", "utf-8")
    return reports


def ingest(db, *paths, **options):
    with Writer(db) as writer:
        return list(take_in(writer, paths, **{"make_reader": make_reader, **options}))


def test_everything_is_stored_once_in_order(tmp_path, folder):
    db = tmp_path / "a.db"
    first = ingest(db, folder)
    assert [outcome.source_id for outcome in first] == sorted(path.name for path in folder.iterdir())
    assert [outcome.source_id for outcome in first if outcome.failures] == ["50.txt", "51.txt"]
    assert not any(outcome.held for outcome in first)
    again = ingest(db, folder)
    # text that could not be read by this version will not be read by it tomorrow
    assert all(outcome.held for outcome in again)
    with View(db) as view:
        assert len(view) == 41
        assert [failure.on for failure in view.failures()] == ["50.txt", "51.txt"]
        french = view.get("51.txt")
        assert french.report.language == "fr"
        assert french.report.text.startswith("L'armée")
        assert not french.events
    assert list(check(db)) == []


def test_a_changed_file_is_a_new_version_and_the_rest_is_left_alone(tmp_path, folder):
    db = tmp_path / "a.db"
    ingest(db, folder)
    (folder / "03.txt").write_text(f"{TEXT} Two died.", encoding="utf-8")
    again = ingest(db, folder)
    assert [outcome.source_id for outcome in again if not outcome.held] == ["03.txt"]
    with View(db) as view:
        assert [version["version"] for version in view.versions("03.txt")] == [1, 2]
        assert len(view) == 41


def test_other_versions_read_again(tmp_path, folder):
    db = tmp_path / "a.db"
    ingest(db, folder, make_reader=lambda: PlainReader("1"))
    again = ingest(db, folder, make_reader=lambda: PlainReader("2"))
    assert sum(not outcome.held for outcome in again) == 41
    with View(db) as view:
        assert {reading.provenance.sitrep for reading in view} == {"2"}


def test_two_processes_read_the_same_as_one(tmp_path, folder):
    for db, workers in (("one.db", 1), ("two.db", 2)):
        ingest(tmp_path / db, folder, workers=workers)
        bring_together(tmp_path / db)
    assert kill.contents(tmp_path / "one.db") == kill.contents(tmp_path / "two.db")


def test_a_source_that_is_missing_is_tried_again(tmp_path):
    db, missing = tmp_path / "a.db", tmp_path / "late.txt"
    assert ingest(db, missing)[0].failures[0].kind == "SourceError"
    missing.write_text(TEXT, encoding="utf-8")
    assert not ingest(db, missing)[0].failures
    with View(db) as view:
        assert view.failures() == []
        assert len(view) == 1


def test_strict_stops_at_the_first_failure_and_keeps_what_was_stored(tmp_path, folder):
    with pytest.raises(SitrepError, match="no text"):
        ingest(tmp_path / "a.db", folder, strict=True)
    with View(tmp_path / "a.db") as view:
        assert len(view) == 32


def test_incidents_rest_on_events_of_the_store(tmp_path):
    rows = tmp_path / "rows.jsonl"
    texts = [f"{TEXT} {n}" for n in range(5)]
    rows.write_text("\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)), "utf-8")
    db = tmp_path / "a.db"
    ingest(db, rows)
    found = bring_together(db)
    with View(db) as view:
        incidents = view.incidents()
        assert len(incidents) == found == view.count_incidents() > 0
        assert {ref.report for incident in incidents for ref in incident.events} == {"0", "1", "2", "3", "4"}
        town = incidents[0].place
        assert all(incident.place == town for incident in view.incidents(Filter(place=town)))
    assert list(check(db)) == []


def test_a_report_that_kills_its_reader_costs_only_itself(tmp_path, folder):
    (folder / "07.txt").write_text(f"{TEXT} KILL", encoding="utf-8")
    outcomes = ingest(tmp_path / "a.db", folder, workers=2)
    assert [outcome.source_id for outcome in outcomes if outcome.failures] == ["07.txt", "50.txt", "51.txt"]
    with View(tmp_path / "a.db") as view:
        assert len(view) == 40
        assert "killed the process" in view.failures()[0].message
    # this version of sitrep does not try it again
    assert all(outcome.held for outcome in ingest(tmp_path / "a.db", folder, workers=2))


def test_killed_three_times_it_ends_as_if_undisturbed(tmp_path):
    torn, whole, held = kill.run(tmp_path, kills=3, reports=120)
    assert torn == whole
    # the kills fell while there was still work to do
    assert 0 < held[0] < held[-1]
    assert held[0] < 100


def test_a_disk_that_is_full_loses_nothing(tmp_path):
    torn, whole, held = kill.run_full(tmp_path, reports=120)
    assert torn == whole
    assert held == sorted(held)
    assert 0 < held[-1] < 120
