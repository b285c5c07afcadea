"""The toponym benchmark's metrics, worked by hand."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.fixtures.places import tiny

from sitrep.evaluation.benchmarks.geo import (
    SCORES,
    Answer,
    accuracy,
    answer,
    is_toponym,
    marked,
    median_error,
    run,
    share,
)
from sitrep.evaluation.harness import Bench
from sitrep.evaluation.metrics import micro
from sitrep.gazetteer.actors import load_actors
from sitrep.reading.parse import Parse, Row
from sitrep.reading.parser import Parser
from sitrep.reading.place_locate import Located
from sitrep.reading.place_resolve import Name
from sitrep.reading.places import Places
from sitrep.reading.toponyms import Toponym


def test_recognition_counts_exact_spans() -> None:
    # two of three found are right, two of four wanted: P 2/3, R 1/2, F1 4/7
    found = {(0, 6), (10, 15), (20, 26)}
    gold = {(0, 6), (10, 15), (20, 25), (30, 36)}
    assert micro([(found, gold)]).f1 == pytest.approx(4 / 7)


def test_accuracy_at_161_km_and_no_answer_is_wrong() -> None:
    answers = [Answer(0.0, True), Answer(161.0, False), Answer(161.1, False), Answer(None, False)]
    assert accuracy(answers) == 0.5
    assert share(one.same_id for one in answers) == 0.25
    assert accuracy([]) is None


def test_median_error_takes_no_answer_as_half_round_the_earth() -> None:
    assert median_error([Answer(10.0, False), Answer(None, False), Answer(30.0, False)]) == 30.0
    assert median_error([Answer(10.0, False), Answer(None, False)]) == pytest.approx((10 + 20_038) / 2)
    assert median_error([]) is None


def test_classes_of_the_two_data_sets() -> None:
    assert is_toponym({"text": "Ohio", "fclass": "A"})
    assert is_toponym({"text": "Ohio", "type": "Embedded_Non_Lit"})
    assert not is_toponym({"text": "hospital", "type": "Literal_Expression"})
    assert not is_toponym({"text": "The Washington Post", "type": "Non_Toponym"})


def test_answer_measures_the_distance_and_compares_ids(tmp_path: Path) -> None:
    place = next(place for place in tiny(tmp_path).lookup("Misrata"))
    gold = {"lat": 32.38, "lon": 16.09, "geonameid": "7"}
    located = Located(Name("misrata"), place, "settlement", 32.38, 15.09, 5.0, "gazetteer", 1.0, ())
    found = answer(gold, located)
    # one degree of longitude at 32.38 degrees north: 111.19 km times cos(32.38)
    assert found.error_km == pytest.approx(111.19 * 0.8445, abs=0.1)
    assert found.same_id
    assert answer(gold, None) == Answer(None, same_id=False)
    assert answer(gold, located._replace(lat=None, lon=None)) == Answer(None, same_id=False)


def test_facilities_give_way_to_the_place_in_them(tmp_path: Path) -> None:
    words = "Sirte Hospital stands on Memphis Street near Mitiga Airport and Zawba jail".split()
    starts = [sum(len(word) + 1 for word in words[:n]) for n in range(len(words))]
    rows = [Row(word, start, word, "PROPN", "NNP", "dep", 0, n == 0) for n, (word, start) in enumerate(zip(words, starts, strict=True))]  # fmt: skip
    parse = Parse(" ".join(words), rows)
    toponyms = [
        Toponym(0, 1, "settlement", "name", "FAC", 3.0),
        Toponym(0, 2, "facility", "name", "", 4.0),
        Toponym(4, 6, "facility", "name", "", 4.0),
        Toponym(7, 9, "facility", "name", "", 4.0),
        Toponym(10, 12, "facility", "name", "", 4.0),
    ]
    found = [parse.text[start:end] for start, end in marked(parse, toponyms, tiny(tmp_path))]
    assert found == ["Sirte", "Memphis Street", "Mitiga Airport"]


def test_a_run_over_two_rows(tmp_path: Path, parser: Parser) -> None:
    def gold(text: str, name: str, **more: Any) -> dict[str, Any]:
        return {"start": text.index(name), "end": text.index(name) + len(name), "text": name, **more}

    first = "Government troops entered Sirte, in Libya, on Monday."
    second = "Rebels shelled Hama in Syria on Friday."
    rows = [
        {"doc_id": "1", "title": "", "url": "http://example.com", "text": first, "toponyms": [
            gold(first, "Sirte", geonameid="4", lat=31.2, lon=16.6),
            gold(first, "Libya", geonameid="2215636", lat=28.0, lon=17.0),
        ]},
        {"doc_id": "2", "title": "", "url": "http://example.com", "text": second, "toponyms": [
            gold(second, "Hama", geonameid="999", lat=0.0, lon=0.0),  # far from where the gazetteer has it
            gold(second, "Syria", geonameid="163843", lat=35.0, lon=38.0),
        ]},
    ]  # fmt: skip
    (tmp_path / "dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    places = tiny(tmp_path / "gazetteer")
    reader: Any = SimpleNamespace(parser=parser, learned=None, stages=(Places(places, load_actors()),))
    bench = Bench(tmp_path, make_reader=lambda: reader)
    scores = run(rows, bench)
    assert tuple(scores) == SCORES
    assert scores["recognition_f1"] == 1.0
    assert scores["acc161_gold"] == scores["acc161_own"] == scores["exact_id_gold"] == 0.75
