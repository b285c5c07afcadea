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
from sitrep.judge.parts import day_of, number_of
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


def span(task, name, quote, label):
    at = TEXT.index(quote)
    value = {"start": at, "end": at + len(quote), "text": quote, "labels": [label]}
    task["annotations"][0]["result"].append({"id": name, "type": "labels", "value": value})
    return name


def test_moved_and_new_spans_come_in(archive, tmp_path):
    found = tasks()
    task = found[0]

    def move(quote, kind, to):
        at = TEXT.index(to)
        label_of(task, quote, kind)["value"].update(start=at, end=at + len(to), text=to)

    move("shelled", "event", "had shelled")
    move("at least 12 fighters", "figure", "at least 12")
    move("Salem Omar", "actor", "Salem Omar, mayor of Zawara")
    new = span(task, "n1", "its spokesman", "actor:person")
    span(task, "n2", "the harbour", "place:facility")
    span(task, "n3", "2014", "time")
    span(task, "n4", "a burnt-out truck", "figure:count")
    span(task, "n5", "The Dawn Brigade denied that", "claim:denies")
    event = label_of(task, "attack", "event")["id"]
    tie = {"type": "relation", "from_id": event, "to_id": new, "direction": "right", "labels": ["target"]}
    task["annotations"][0]["result"].append(tie)
    path = tmp_path / "done.json"
    path.write_text(json.dumps(found))
    done = run("import", "label-studio", path, "--db", archive, "--user", "ana")
    assert done.exit_code == 0, done.output
    assert "9 judgements taken in, 0 were there." in done.output
    again = run("import", "label-studio", path, "--db", archive, "--user", "ana")
    assert "0 judgements taken in, 9 were there." in again.output
    corrected = next(one for one in saved(archive) if one.report.source.id == "a")
    event = next(event for event in corrected.events if event.id == "e3")
    assert (event.trigger.quote, event.type) == ("had shelled", "shelling")
    assert [part.quote for part in corrected.quantities[0].evidence] == ["at least 12"]
    mentions = {mention.id: mention.evidence[0].quote for mention in corrected.mentions}
    omar = next(actor for actor in corrected.actors if actor.id == "a3")
    assert "Salem Omar, mayor of Zawara" in {mentions[name] for name in omar.mentions}
    spokesman = next(actor for actor in corrected.actors if actor.name == "its spokesman")
    assert spokesman.kind == "person"
    harbour = next(place for place in corrected.places if place.name == "the harbour")
    assert (harbour.kind, harbour.lat) == ("facility", None)
    year = next(timex for timex in corrected.timexes if timex.evidence[0].quote == "2014")
    assert (year.start, year.precision) == (None, "unknown")
    truck = next(figure for figure in corrected.quantities if figure.kind == "count")
    assert (truck.low, truck.best) == (None, None)
    claim = next(claim for claim in corrected.claims if claim.cue[0].quote == "The Dawn Brigade denied that")
    assert (claim.stance, claim.speaker) == ("denies", None)
    attack = next(event for event in corrected.events if event.id == "e4")
    assert ("target", spokesman.id) in {(part.role, part.actor) for part in attack.arguments}


def test_words_that_say_a_day_or_a_number_are_understood():
    assert day_of("1 August 2016") == day_of("August 1, 2016") == day_of("2016-08-01") == "2016-08-01"
    assert day_of("Monday") is None
    assert number_of("12,000 people") == 12_000
    assert number_of("between 3 and 5") is None


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
