"""sitrep import: what a person corrected in Label Studio or INCEpTION becomes judgements, once."""

from __future__ import annotations

import io
import json
import zipfile

import cassis
import pytest
from click.testing import CliRunner
from tests.fixtures.readings import TEXT, rich
from tests.fixtures.strikes import CLASH, STRIKE, reading

from sitrep.cli import main
from sitrep.export import cas, label_studio
from sitrep.store.rows import prepare
from sitrep.store.saved import saved
from sitrep.store.writer import Writer

READINGS = (rich("a"), reading(STRIKE, CLASH))


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "sitrep.db"
    with Writer(path) as writer:
        writer.write_many([prepare(one) for one in READINGS])
    return path


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def tasks():
    out = io.BytesIO()
    label_studio.write(READINGS, out)
    found = json.loads(out.getvalue())
    for task in found:
        # Label Studio hands the prediction back as the annotation that a person began with
        task["annotations"] = [{"result": task.pop("predictions")[0]["result"], "was_cancelled": False}]
    return found


def label_of(task, quote, kind):
    return next(
        one for one in task["annotations"][0]["result"]
        if one["type"] == "labels" and one["value"]["text"] == quote and one["value"]["labels"][0].startswith(kind)
    )  # fmt: skip


def test_nothing_corrected_is_nothing_judged(archive, tmp_path):
    path = tmp_path / "done.json"
    path.write_text(json.dumps(tasks()))
    done = run("import", "label-studio", path, "--db", archive, "--user", "ana")
    assert (done.exit_code, done.output) == (0, "0 changes found.\n")


def test_corrections_of_label_studio_are_judgements_once(archive, tmp_path):
    found = tasks()
    first, second = found[0]["annotations"][0]["result"], found[1]["annotations"][0]["result"]
    label_of(found[0], "shelled", "event")["value"]["labels"] = ["event:missile_strike"]
    label_of(found[0], "denied", "claim")["value"]["labels"] = ["claim:declines"]
    first[:] = [one for one in first if one["type"] != "labels" or one["value"]["text"] != "approved"]
    at = TEXT.index("standing")
    first.append({"id": "new", "type": "labels", "value": {
        "start": at, "end": at + 8, "text": "standing", "labels": ["event:meeting"]}})  # fmt: skip
    role = next(one for one in second if one["type"] == "relation" and one["labels"] == ["attacker"])
    second.remove(role)
    path = tmp_path / "done.json"
    path.write_text(json.dumps(found))
    tried = run("import", "label-studio", path, "--db", archive, "--user", "ana", "--dry-run")
    assert "5 changes found." in tried.output
    done = run("import", "label-studio", path, "--db", archive, "--user", "ana")
    assert done.exit_code == 0, done.output
    assert "5 judgements taken in, 0 were there." in done.output
    assert (
        "0 judgements taken in, 5 were there."
        in run("import", "label-studio", path, "--db", archive, "--user", "ana").output
    )
    corrected = next(one for one in saved(archive) if one.report.source.id == "a")
    kinds = {event.trigger.quote: event.type for event in corrected.events}
    assert kinds["shelled"] == "missile_strike"
    assert kinds["standing"] == "meeting"
    assert "approved" not in kinds


def test_corrections_of_inception_are_judgements(archive, tmp_path):
    out = io.BytesIO()
    cas.write(READINGS, out)
    with zipfile.ZipFile(out) as made:
        system = cassis.load_typesystem(made.open("TypeSystem.xml"))
        loaded = cassis.load_cas_from_xmi(made.open(made.namelist()[1]), typesystem=system)
    span = next(one for one in loaded.select(cas.SPAN) if one.get_covered_text() == "shelled")
    span.label = "event:missile_strike"
    path = tmp_path / "curated.zip"
    with zipfile.ZipFile(path, "w") as curated:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as document:
            document.writestr("CURATION_USER.xmi", loaded.to_xmi())
        curated.writestr("curation/a/CURATION_USER.zip", inner.getvalue())
        curated.writestr("annotation/a/INITIAL_CAS.zip", b"not looked at")
    done = run("import", "inception", path, "--db", archive, "--user", "ana")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("a e3 “shelled”: type")
    corrected = next(one for one in saved(archive) if one.report.source.id == "a")
    assert {event.type for event in corrected.events if event.trigger.quote == "shelled"} == {"missile_strike"}


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("label-studio", b"{", "Export the project as JSON"),
        (
            "label-studio",
            b'[{"data": {"text": "x"}, "annotations": [{"result": []}]}]',
            "task 1 does not say its report",
        ),
        ("inception", b"<a", "Give a file that INCEpTION wrote"),
        ("inception", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "declares entities"),
        ("inception", b"<a/>", "names no document"),
        ("inception", b"PK-but-no-zip", "UIMA CAS XMI"),
    ],
)
def test_what_cannot_be_taken_in_says_why(archive, tmp_path, kind, content, told):
    path = tmp_path / "bad"
    path.write_bytes(content)
    done = run("import", kind, path, "--db", archive, "--user", "ana")
    assert done.exit_code == 1
    assert told in done.output
