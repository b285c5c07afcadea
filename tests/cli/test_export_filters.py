"""sitrep export from files and from the archive: filters, names that must not leave, codebooks of one's own."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from tests.fixtures.readings import TEXT, rich
from tests.fixtures.strikes import CLASH, STRIKE, reading

from sitrep.cli import main
from sitrep.export import get_exporter
from sitrep.model.codec import decode_reading, encode
from sitrep.store.rows import prepare
from sitrep.store.writer import Writer

SAMPLES = Path(__file__).parents[2] / "samples" / "codebooks"


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "sitrep.db"
    with Writer(path) as writer:
        writer.write_many([prepare(one) for one in (rich("a"), reading(STRIKE, CLASH))])
    return path


def run(*arguments, **more):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **more)


def rows(*arguments):
    done = run("export", "csv", *arguments)
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(done.stdout.splitlines()))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((), 7),
        (("--type", "air_strike"), 2),
        (("--country", "lby"), 4),
        (("--country", "SYR"), 0),
        (("--actor", "Islamic"), 1),
        (("--actor", "USA:MIL"), 1),
        (("--place", "zawara"), 1),
        (("--place", "31.2,16.6", "--km", "5"), 2),
        (("--place", "Surt"), 2),
        (("--since", "2016-08-02"), 1),
        (("--until", "2016-08-01"), 3),
        (("--killed", "10"), 1),
        (("--factuality", "denied"), 1),
        (("--news",), 6),
        (("--type", "air_strike", "--place", "Sirte"), 1),
    ],
)
def test_filters_keep_the_events_that_pass(archive, asked, expected):
    assert len(rows("--db", archive, *asked)) == expected


def test_what_is_left_names_nothing_that_is_gone(archive):
    done = run("export", "jsonl", "--db", archive, "--type", "shelling")
    kept = decode_reading(done.stdout.strip())
    assert [event.id for event in kept.events] == ["e3"]
    assert not {"e1", "e2", "e4", "e5"} & {name for claim in kept.claims for name in claim.about}
    assert kept.decisions == ()


def test_a_missing_archive_says_what_to_do(tmp_path):
    done = run("export", "csv", "--db", tmp_path / "none.db")
    assert done.exit_code == 1
    assert "sitrep ingest" in done.output
    assert run("export", "csv", "--db", tmp_path / "none.db", "--km", "3").exit_code == 2


@pytest.mark.parametrize(
    "name", ["jsonl", "csv", "xlsx", "ftm", "web_annotation", "label_studio", "acled", "cas", "graphml"]
)
def test_sensitive_names_never_leave(tmp_path, name):
    store, hidden, out = tmp_path / "r.jsonl", tmp_path / "names.txt", tmp_path / "out"
    store.write_bytes(encode(rich()) + b"\n")
    hidden.write_text("# one a line\nsalem  omar\nDawn Brigade\n")
    done = run("export", name, store, "--sensitive", hidden, "-o", out)
    assert done.exit_code == 0, done.output
    content = out.read_bytes()
    if name in ("xlsx", "cas"):
        import zipfile

        with zipfile.ZipFile(out) as archive:
            content = b"".join(archive.read(member) for member in archive.namelist())
    assert content
    for secret in (b"Salem", b"Omar", b"Dawn", b"Brigade"):
        assert secret not in content
    if name == "jsonl":
        back = decode_reading(content.strip())
        # offsets stay true, and what is not the name stays as it was
        assert len(back.report.text) == len(TEXT)
        assert "█████ ████, mayor of Zawara, 🚒" in back.report.text


def test_any_other_name_of_a_bearer_is_hidden_too():
    from sitrep.judge.hide import Sensitive

    hidden = Sensitive(["Libyan Army"]).hide(rich())
    assert "Libyan Army" not in encode(hidden).decode()
    assert hidden.actors[0].link is None
    assert Sensitive([]).hide(rich()) == rich()
    assert Sensitive(["Nobody At All"]).hide(rich()) == rich()


CODEBOOK = """
codebook: Strikes
where: {type: [air_strike, shelling], factuality: [occurred]}
columns:
  - {name: day, from: date_start, empty: unknown}
  - {name: how, from: type, values: {air_strike: Aerial}, otherwise: Other}
  - {name: side, from: agents, words: {"american|u.s.": Foreign, "libyan": Domestic}, otherwise: Unknown}
  - {name: coder, value: sitrep}
  - {name: dead, from: killed_low, empty: 99}
"""


def test_a_codebook_of_ones_own(archive, tmp_path):
    path, left = tmp_path / "strikes.yaml", tmp_path / "left.tsv"
    path.write_text(CODEBOOK)
    done = run("export", path, "--db", archive, "--left-out", left)
    assert done.exit_code == 0, done.output
    assert list(csv.DictReader(done.stdout.splitlines())) == [
        {"day": "2016-08-08", "how": "Aerial", "side": "Domestic", "coder": "sitrep", "dead": "12.0"},
        {"day": "2016-08-01", "how": "Aerial", "side": "Unknown", "coder": "sitrep", "dead": "99"},
    ]
    reasons = {row["event"]: row["reason"] for row in csv.DictReader(left.read_text().splitlines(), delimiter="\t")}
    assert reasons["e3"] == "factuality is denied, and the codebook takes occurred"
    told = run("explain", path, "--db", archive, "--row", "e1", "--column", "side").output
    assert "side: Domestic" in told
    assert "rule: agents holds the words 'Libyan'" in told
    assert "words: “Government jets” [" in told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("columns: []", "the key 'codebook' is missing"),
        ("codebook: x\ncolumns: [{name: a, form: type}]", "columns[1]: there is no key 'form'. Did you mean 'from'?"),
        (
            "codebook: x\ncolumns: [{name: a, from: kiled_low}]",
            "there is no field 'kiled_low'. Did you mean 'killed_low'?",
        ),
        ("codebook: x\ncolumns: [{name: a}]", "either 'from' or 'value'"),
        ("codebook: x\nwhere: {type: [air_strik]}\ncolumns: [{name: a, from: type}]", "Did you mean 'air_strike'?"),
        ("codebook: x\nwhere: {factuality: [real]}\ncolumns: [{name: a, from: type}]", "there is no factuality 'real'"),
        ("codebook: x\ncolumns: [{name: a, from: type}, {name: a, from: type}]", "'a' stands twice"),
        ("codebook: x\ncolumns: [{name: a, from: type, words: {'(': b}}]", "'(' is no pattern"),
        ("codebook: x\ncolumns: [{name: a, from: type, values: {strike: b}}]", "there is no event type 'strike'"),
        ("- a", "this must be a mapping"),
        ("a: [", "Reading the codebook"),
    ],
)
def test_a_wrong_codebook_says_where_and_what_would_do(tmp_path, said, told):
    path = tmp_path / "wrong.yaml"
    path.write_text(said)
    done = run("export", path, tmp_path / "none.jsonl")
    assert done.exit_code == 1
    assert told in done.output


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_worked_examples_give_rows(archive, path):
    done = run("export", path, "--db", archive)
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) > 1


def test_the_list_names_every_format():
    told = run("export", "list").output
    assert "gdelt_mentions  GDELT mentions: " in told
    assert len(SAMPLES.parts) > 1
    assert json.dumps(get_exporter("csv").suffix) == '".csv"'
    assert msgspec
