"""Annotation tools: every span is the report's own words, every relation joins spans that exist."""

from __future__ import annotations

import io
import json
import zipfile

import cassis
import pytest
from tests.fixtures.readings import TEXT, failed, rich
from tests.fixtures.strikes import CLASH, REQUEST, STRIKE, reading

from sitrep.errors import ExportError
from sitrep.export import cas, doccano, ftm, label_studio, parquet, web_annotation
from sitrep.export._marks import marks
from sitrep.model import evidence_in


def written(module, *readings):
    out = io.BytesIO()
    return module.write(readings, out), out.getvalue().decode()


def test_web_annotations_select_by_words_and_by_place():
    count, text = written(web_annotation, rich())
    found = [json.loads(line) for line in text.splitlines()]
    assert count == len(found) == len({one["id"] for one in found})
    *words, whole = found
    assert whole["motivation"] == "describing"
    for one in words:
        quoted, placed = one["target"]["selector"]
        assert (quoted["type"], placed["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert TEXT[placed["start"] : placed["end"]] == quoted["exact"]
        # the emoji in the text counts as one
        assert TEXT[: placed["start"]].endswith(quoted["prefix"])
        assert TEXT[placed["end"] :].startswith(quoted["suffix"])
    tags = {one["body"][0]["value"] for one in words}
    assert {
        "event:air_strike",
        "actor:armed_group",
        "place:settlement",
        "time",
        "figure:killed",
        "claim:denies",
    } <= tags


def test_every_trigger_and_mention_of_an_actor_is_marked():
    whole = rich()
    spans = {(mark.start, mark.end) for mark in marks(whole)}
    triggers = {(part.start, part.end) for event in whole.events for part in event.triggers}
    figures = {(part.start, part.end) for quantity in whole.quantities for part in evidence_in(quantity)}
    assert triggers | figures <= spans


def test_label_studio_tasks():
    count, text = written(label_studio, rich(), failed(), reading(REQUEST, STRIKE, CLASH))
    tasks = json.loads(text)
    assert count == len(tasks) == 3
    for task in tasks:
        result = task["predictions"][0]["result"]
        spans = {part["id"]: part["value"] for part in result if part["type"] == "labels"}
        for value in spans.values():
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
        for part in result:
            if part["type"] == "relation":
                assert spans[part["from_id"]]["labels"][0].startswith("event:")
                assert part["to_id"] in spans
    roles = [
        (part["labels"], tasks[2]["predictions"][0]["result"])
        for part in tasks[2]["predictions"][0]["result"]
        if part["type"] == "relation"
    ]
    assert ["target"] in [labels for labels, _ in roles]
    assert ["attacker"] in [labels for labels, _ in roles]
    assert json.loads(written(label_studio)[1]) == []


@pytest.mark.parametrize("readings", [(rich("a"), rich("b")), (reading(STRIKE), failed())])
def test_doccano_lines(readings):
    count, text = written(doccano, *readings)
    lines = [json.loads(line) for line in text.splitlines()]
    assert count == len(lines) == 2
    numbers = [entity["id"] for line in lines for entity in line["entities"]]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) < 2**53  # JavaScript holds them exactly
    for line in lines:
        own = {entity["id"] for entity in line["entities"]}
        assert all({relation["from_id"], relation["to_id"]} <= own for relation in line["relations"])
        assert all(0 <= e["start_offset"] < e["end_offset"] <= len(line["text"]) for e in line["entities"])


def test_what_is_written_whole_comes_back_whole():
    readings = [rich("a"), rich("b"), reading(REQUEST, STRIKE, CLASH)]
    for module, options in ((web_annotation, {}), (label_studio, {}), (ftm, {}), (parquet, {"table_name": "readings"})):
        out = io.BytesIO()
        module.write(readings, out, **options)
        assert list(module.read(io.BytesIO(out.getvalue()))) == readings
    with pytest.raises(ExportError, match="task 1 holds no record"):
        list(label_studio.read(io.BytesIO(b'[{"data": {}}]')))


def test_cas_files_are_read_by_dkpro_cassis():
    out = io.BytesIO()
    assert cas.write([rich(), failed(), reading(STRIKE)], out) == 2
    with zipfile.ZipFile(out) as archive:
        types, first, second = archive.namelist()
        assert first == "000001_zawara.txt.xmi"
        system = cassis.load_typesystem(archive.open(types))
        loaded = cassis.load_cas_from_xmi(archive.open(first), typesystem=system)
        strike = cassis.load_cas_from_xmi(archive.open(second), typesystem=system)
    # cassis counts code points, as the record does; the emoji in the text is two units in the file
    assert loaded.sofa_string == TEXT
    spans = loaded.select(cas.SPAN)
    assert {(span.begin, span.end, span.label) for span in spans} == {
        (mark.start, mark.end, mark.label) for mark in marks(rich())
    }
    assert next(sentence.get_covered_text() for sentence in loaded.select(cas.SENTENCE)).startswith("Jets hit")
    roles = strike.select(cas.ROLE)
    assert {(role.Governor.get_covered_text(), role.role, role.Dependent.get_covered_text()) for role in roles} == {
        ("struck", "attacker", "American aircraft"),
        ("struck", "target", "Islamic State vehicles"),
    }
