"""`sitrep read`: what it prints, what it says of failures, and how it ends."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.fixtures.readers import PlainReader

from sitrep import flow
from sitrep.cli import main
from sitrep.model.codec import decode_reading
from sitrep.store.jsonl import View

TEXT = "The army shelled the harbour of Zawara on Monday, the council said."


@pytest.fixture
def plain(monkeypatch):
    reader = PlainReader()
    monkeypatch.setattr(flow, "default_reader", lambda progress=None: reader)
    return reader


@pytest.fixture
def folder(tmp_path):
    """Four reports, of which one is half a line and one in French."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(TEXT, encoding="utf-8")
    (reports / "b.jsonl").write_text('{"id": "half", "text": "Rebels she', encoding="utf-8")
    (reports / "c.txt").write_text(
        "L'armée a repris lundi le port, selon un porte-parole de la ville.", encoding="utf-8"
    )
    (reports / "d.html").write_text(
        f"<html><body><article><p>{TEXT}</p><p>{TEXT[:40]} again.</p></article>", encoding="utf-8"
    )
    return reports


def run(*arguments, stdin=None):
    return CliRunner().invoke(main, ["read", *map(str, arguments)], input=stdin, catch_exceptions=False)


def test_json_is_one_reading_a_line_failures_included(plain, folder):
    result = run(folder, "--json")
    readings = [decode_reading(line) for line in result.stdout.splitlines()]
    assert [reading.report.source.id for reading in readings] == ["a.txt", "b.jsonl:1", "c.txt", "d.html"]
    assert [bool(reading.failures) for reading in readings] == [False, True, True, False]
    assert result.exit_code == 1


def test_failures_are_told_apart_on_standard_error(plain, folder):
    result = run(folder, "--json")
    assert "2 of 4 reports failed" in result.stderr
    assert "is not JSON" in result.stderr
    assert "write it again" in result.stderr
    assert "another language (fr)" in result.stderr
    assert "is not JSON" not in "".join(json.loads(line)["report"]["text"] for line in result.stdout.splitlines())


def test_all_well_ends_with_0(plain, folder):
    result = run(folder / "a.txt", "--json")
    assert result.exit_code == 0
    assert result.stderr == ""


def test_strict_stops_at_the_first(plain, folder):
    result = run(folder, "--json", "--strict")
    assert result.exit_code == 1
    assert "is not JSON" in result.stderr
    assert "another language" not in result.stderr


def test_the_same_run_prints_the_same_bytes(plain, folder):
    assert run(folder, "--json").stdout == run(folder, "--json").stdout


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.txt", b"", "no text in it"),
        ("binary.txt", bytes(range(256)) * 40, "control characters"),
        ("scan.pdf.txt", b"%PDF-1.4", "PDF"),
        ("long.jsonl", b'{"text": "' + b"x" * 50_000_000 + b'"}', "50 MB long"),
        ("charset.txt", "Das „Haus“ in Zawara: the army said so, “really”.".encode("cp1252"), "read as cp1252"),
        ("half.jsonl", b'{"text": "Rebels she', "not JSON"),
        ("page.html", b"<html><body><script>x()</script></body></html>", "no text of a report"),
        (
            "other.txt",
            "Военные заявили, что в понедельник город был взят после двух недель боев.".encode(),
            "another language (ru)",
        ),
        ("year.jsonl", json.dumps({"text": TEXT, "published": "20166-08-01"}).encode(), "20166"),
        ("none.txt", None, "No such file"),
    ],
)
def test_bad_input_is_a_printed_failure_and_the_run_goes_on(plain, tmp_path, name, content, why):
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    good = tmp_path / "z-good.txt"
    good.write_text(TEXT, encoding="utf-8")
    result = run(bad, good, "--json")
    first, last = (decode_reading(line) for line in result.stdout.splitlines())
    assert why in first.failures[0].message
    assert first.failures[0].message in result.stderr
    assert first.failures[0].todo
    assert last.failures == ()
    assert "1 of 2 reports failed" in result.stderr
    assert result.exit_code == 1


def test_standard_input(plain):
    result = run(
        "-", "--json", "--outlet", "Gazette", "--title", "Harbour shelled", "--published", "1 Aug 2016", stdin=TEXT
    )
    report = decode_reading(result.stdout).report
    assert (report.outlet, report.title, report.published.value) == ("Gazette", "Harbour shelled", "2016-08-01")
    assert report.source.id == "stdin"


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--published", "20166-08-01", "5 digits"),
        ("--published", "soon", "no full date"),
        ("--encoding", "klingon", "klingon"),
    ],
)
def test_a_wrong_option_is_a_wrong_use(plain, folder, option, value, why):
    result = run(folder, option, value)
    assert result.exit_code == 2
    assert why in result.stderr


def test_the_named_charset_is_used(plain, tmp_path):
    (tmp_path / "a.txt").write_bytes(
        "José shelled the harbour of Łódź on Monday, the army said.".encode("iso8859-2", "replace")
    )
    result = run(tmp_path / "a.txt", "--json", "--encoding", "iso8859-2")
    assert result.exit_code == 0
    assert "Łódź" in decode_reading(result.stdout).report.text


def test_saving_goes_on_where_it_stopped(plain, folder, tmp_path):
    store = tmp_path / "store.jsonl"
    first = run(folder, "--save", store)
    assert "4 readings added" in first.stderr
    assert first.stdout == ""
    assert first.exit_code == 1
    assert len(View(store)) == 4
    again = run(folder, "--save", store)
    # the one that failed is tried again; the one in French is kept as it is
    assert "1 of 1 report failed" in again.stderr
    assert len(View(store)) == 4


def test_a_page_is_written(plain, folder, tmp_path):
    page = tmp_path / "page.html"
    result = run(folder, "--html", page, "--json")
    assert "Zawara" in page.read_text(encoding="utf-8")
    assert f"Wrote {page}" in result.stderr
    assert run(folder / "a.txt", "--html", tmp_path / "no" / "page.html").exit_code == 1


def test_nothing_of_a_report_drives_the_terminal(plain, tmp_path):
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": "\x1b[2Jevil\x07", "text": f"{TEXT}\x1b]0;owned\x07 \u202e", "title": "\x1b[31mred"}),
        encoding="utf-8",
    )
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "\x1b[2Jevil", "text": ""}), encoding="utf-8")
    result = run(tmp_path)
    assert not {"\x1b", "\x07", "\u202e"} & set(result.stdout + result.stderr)


# the whole way, with the model


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "zawara.txt"
    path.write_text(
        "Jets hit depot in Zawara\n\nZAWARA, Libya — Government jets bombed an arms depot near Zawara on Monday, killing at "
        "least 12 fighters, the Libyan army said.\n\n“We asked for these strikes,” said Salem Omar, the mayor of Zawara. "
        "The militia denied that its men had shelled the harbour.\n",
        encoding="utf-8",
    )
    return path


def test_the_same_bytes_twice(report):
    first, second = (run(report, "--published", "2016-08-09", "--json").stdout for _ in range(2))
    assert first == second
    reading = decode_reading(first)
    assert reading.failures == ()
    assert reading.events
    assert reading.claims


def test_the_situation_is_printed_for_a_person(report):
    result = run(report, "--published", "2016-08-09")
    assert result.exit_code == 0
    for words in (
        "Jets hit depot in Zawara",
        "published Tue 9 Aug 2016 (as given)",
        "WHAT HAPPENED",
        "WHO SAYS WHAT",
        "12",
    ):
        assert words in result.stdout
    assert "│ " in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 96
    assert "\x1b" not in result.stdout
