"""sitrep export and sitrep explain with codebooks: options, what is left out, and why a cell holds its value."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner
from tests.fixtures.strikes import APPROVAL, CLASH, JETS, REQUEST, STRIKE, reading

from sitrep.cli import main
from sitrep.model.codec import encode


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "readings.jsonl"
    path.write_bytes(encode(reading(REQUEST, APPROVAL, STRIKE, CLASH, JETS)) + b"\n")
    return path


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_left_out_rows_are_counted_and_listed(store, tmp_path):
    out, left = tmp_path / "ged.csv", tmp_path / "left.tsv"
    done = run("export", "ged", store, "-o", out, "--left-out", left)
    assert done.exit_code == 0
    assert "1 row written" in done.output
    assert "1  no death is reported, and UCDP asks for one" in done.output
    rows = list(csv.DictReader(left.read_text().splitlines(), delimiter="\t"))
    assert [row["event"] for row in rows] == ["e1", "e2", "e3"]
    assert rows[2]["words"] == "struck"
    assert len(run("export", "ged", store, "--open").output.splitlines()) == 3


def test_options_belong_to_formats(store):
    numeric = run("export", "acled", store, "--inter", "numeric").output
    assert {row["interaction"] for row in csv.DictReader(numeric.splitlines())} == {"28", "12"}
    for arguments in (("csv", store, "--inter", "text"), ("acled", store, "--open"), ("csv", store, "--left-out", "x")):
        assert run("export", *arguments).exit_code == 2


def test_explain_tells_rule_words_and_alternative(store):
    told = run("explain", "acled", store, "--row", "e6", "--column", "sub_event_type", "--column", "fatalities").output
    assert "sub_event_type: Armed clash" in told
    assert "decided against: Air/drone strike ('bombed')" in told
    assert "words: “six fighters” [" in told
    assert "actor1" not in told
    assert (
        "request “asked” has no row: ACLED has no type for it" in run("explain", "acled", store, "--row", "e1").output
    )
    assert "priogrid_gid: 174634" in run("explain", "ged", store, "--column", "priogrid_gid").output


def test_explain_refuses_what_it_cannot_tell(store):
    assert "no row or event 'e99'" in run("explain", "acled", store, "--row", "e99").output
    assert "no column 'actor'" in run("explain", "acled", store, "--column", "actor").output
    assert "takes no --inter" in run("explain", "doccano", store, "--inter", "text").output
