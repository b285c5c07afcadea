"""The commands: each a file, listed without being loaded."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.fixtures.readings import failed, rich

from sitrep.cli import main
from sitrep.model.codec import encode


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)), catch_exceptions=False)


COMMANDS = main.list_commands(None)


def test_the_commands_are_there():
    assert {"read", "schema", "export"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert name in run("--help").stdout


def test_an_unknown_command_is_a_wrong_use():
    result = run("dance")
    assert result.exit_code == 2
    assert "dance" in result.stderr


def test_the_version():
    assert run("--version").stdout.startswith("sitrep, version ")


def test_the_schema_names_every_field_of_the_record():
    schema = json.loads(run("schema").stdout)
    fields = schema["$defs"]["Reading"]["properties"]
    assert set(json.loads(encode(rich()))) == set(fields)
    assert {"report", "passages", "sentences", "mentions", "actors", "places", "timexes", "events", "claims", "quantities",
            "relations", "control", "decisions", "participants", "passed_over", "topic", "provenance", "failures"} == set(fields)  # fmt: skip
    assert "Incident" in json.loads(run("schema", "--incident").stdout)["$defs"]


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "store.jsonl"
    path.write_bytes(b"".join(encode(reading) + b"\n" for reading in (rich("a"), failed(), rich("b"))))
    return path


def test_export_to_standard_output_and_to_a_file(store, tmp_path):
    printed = run("export", "csv", store)
    assert printed.exit_code == 0
    assert printed.stdout.count("\n") == 1 + 2 * len(rich().events)
    out = tmp_path / "events.csv"
    saved = run("export", "csv", store, "-o", out)
    assert out.read_text(encoding="utf-8") == printed.stdout
    assert "10 rows written" in saved.stderr


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("shapefile", "{store}"), "no format 'shapefile'"),
        (("csv", "none.jsonl"), "No such file"),
        (("csv", "{store}", "-o", "/none/x"), "No such"),
    ],
)
def test_export_says_what_is_wrong(store, arguments, why):
    result = run("export", *(argument.format(store=store) for argument in arguments))
    assert result.exit_code == 1
    assert why in result.stderr
