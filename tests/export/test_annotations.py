"""Annotation tools: every span is the report's own words, every relation joins spans that exist."""

from __future__ import annotations

import io
import json

import pytest
from tests.fixtures.readings import TEXT, failed, rich
from tests.fixtures.strikes import CLASH, REQUEST, STRIKE, reading

from sitrep.export import doccano, label_studio, web_annotation
from sitrep.export._marks import marks
from sitrep.model import evidence_in


def written(module, *readings):
    out = io.BytesIO()
    return module.write(readings, out), out.getvalue().decode()


def test_web_annotations_select_by_words_and_by_place():
    count, text = written(web_annotation, rich())
    found = [json.loads(line) for line in text.splitlines()]
    assert count == len(found) == len({one["id"] for one in found})
    for one in found:
        quoted, placed = one["target"]["selector"]
        assert (quoted["type"], placed["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert TEXT[placed["start"] : placed["end"]] == quoted["exact"]
        # the emoji in the text counts as one
        assert TEXT[: placed["start"]].endswith(quoted["prefix"])
        assert TEXT[placed["end"] :].startswith(quoted["suffix"])
    tags = {one["body"][0]["value"] for one in found}
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
    assert numbers == list(range(1, len(numbers) + 1))
    for line in lines:
        own = {entity["id"] for entity in line["entities"]}
        assert all({relation["from_id"], relation["to_id"]} <= own for relation in line["relations"])
        assert all(0 <= e["start_offset"] < e["end_offset"] <= len(line["text"]) for e in line["entities"])
