"""Taking in from pages, lists and feeds on the command line, and the counts that it tells."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from tests.fixtures import plain_reader
from tests.fixtures.documents import HTML
from tests.fixtures.server import Reply, serving

from sitrep import flow
from sitrep.cli import main


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    monkeypatch.setattr(flow, "default_reader", lambda progress=None: plain_reader.make_reader())


@pytest.fixture
def server():
    with serving() as running:
        running.replies["/a"] = Reply(HTML.encode())
        running.replies["/rss"] = Reply(
            f"<rss version='2.0'><channel><item><link>{running.address}/a</link></item></channel></rss>".encode()
        )
        yield running


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)), catch_exceptions=False)


def test_a_page_is_taken_in_once_and_private_networks_only_where_allowed(server, tmp_path):
    db = tmp_path / "a.db"
    refused = run("ingest", f"{server.address}/a", "--db", db)
    assert refused.exit_code == 1
    assert "--allow-private" in refused.stderr
    first = run("ingest", f"{server.address}/a", "--db", db, "--allow-private")
    assert (first.exit_code, "1 report taken in, 0 held already, 0 failed" in first.stderr) == (0, True)
    asked = len(server.asked)
    again = run("ingest", f"{server.address}/a", "--db", db, "--allow-private")
    assert "0 reports taken in, 1 held already" in again.stderr
    assert len(server.asked) == asked
    run("ingest", f"{server.address}/a", "--db", db, "--allow-private", "--again")
    assert len(server.asked) == asked + 2


def test_a_feed_is_watched_for_one_pass(server, tmp_path):
    feeds, db = tmp_path / "feeds.toml", tmp_path / "a.db"
    feeds.write_text(f'[[feed]]\nurl = "{server.address}/rss"\noutlet = "Gazette"\n', encoding="utf-8")
    first = run("watch", feeds, "--once", "--db", db, "--allow-private")
    assert first.exit_code == 0
    assert "1 feed looked at, 0 of them failed; 1 new page. 1 report taken in" in first.stderr
    assert "0 feeds looked at" in run("watch", feeds, "--once", "--db", db, "--allow-private").stderr
    (tmp_path / "none.toml").write_text("x = 1")
    wrong = run("watch", tmp_path / "none.toml", "--once", "--db", db)
    assert (wrong.exit_code, "names no feed" in wrong.stderr) == (1, True)


def test_other_languages_are_counted_and_are_no_failures(tmp_path):
    (tmp_path / "a.txt").write_text("L'armée a repris lundi le port, selon un porte-parole de la ville.", "utf-8")
    result = run("ingest", tmp_path / "a.txt", "--db", tmp_path / "a.db")
    assert result.exit_code == 0
    assert "1 report taken in, 1 of them kept unread in other languages (fr 1)" in result.stderr


def test_columns_and_kinds_are_checked(tmp_path):
    (tmp_path / "a.dat").write_text("Body,Day\nThe army shelled the harbour on Monday.,2016-08-01\n", "utf-8")
    taken = run(
        "ingest", tmp_path / "a.dat", "--from", "csv", "--columns", "text=Body,published=Day", "--db", tmp_path / "a.db"
    )
    assert "1 report taken in" in taken.stderr
    assert "no source is called 'x'" in run("ingest", tmp_path / "a.dat", "--from", "x").stderr
    assert "is no FIELD=NAME" in run("ingest", tmp_path / "a.dat", "--columns", "words=Body").stderr
