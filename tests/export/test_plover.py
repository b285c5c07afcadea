"""PLOVER and POLECAT: classes, modes and sides as the manual has them, empty where nothing is known."""

from __future__ import annotations

import io
import json

import msgspec
import pytest
from tests.fixtures.readings import Words, rich
from tests.fixtures.strikes import APPROVAL, CLASH, REQUEST, STRIKE, TANK, event, reading, side, w

from sitrep.export import plover, polecat
from sitrep.export._facts import Facts
from sitrep.export._plover_rules import _asked_for
from sitrep.model import Reason, Sentence
from sitrep.ontology.codebooks import load_plover_scale
from sitrep.ontology.load import load_ontology


def lines(*readings):
    out, left = io.BytesIO(), []
    plover.write(readings, out, listener=left.append)
    return [json.loads(line) for line in out.getvalue().splitlines()], left


def test_the_strikes_are_asked_for_approved_and_carried_out():
    records, left = lines(reading(REQUEST, APPROVAL, STRIKE, TANK))
    assert [
        (
            r["event"],
            r["mode"],
            [(a["code"], a["sector"]) for a in r["actor"]],
            [(a["code"], a["sector"]) for a in r["recipient"]],
        )
        for r in records
    ] == [
        (["REQUEST"], ["assist"], [("LBY", "GOV")], [("USA", "MIL")]),
        (["AGREE"], [], [("USA", "GOV")], []),
        (["ASSAULT"], ["aerial"], [("USA", "MIL")], [("IMG", "REB")]),
    ]
    # a date that nobody gives stays unknown
    assert records[1]["date"] is None
    assert [one.reason for one in left] == ["neither an actor nor a recipient is named"]


def test_records_keep_the_vocabulary():
    scale, ontology = load_plover_scale(), load_ontology()
    records, _ = lines(rich(), reading(REQUEST, STRIKE, CLASH))
    assert len(records) == 6
    for record in records:
        assert {"id", "date", "actor", "event"} <= set(record)
        (label,) = record["event"]
        assert label in ontology.plover
        assert set(record["mode"]) <= set(ontology.plover[label])
        assert set(record["context"]) <= set(ontology.contexts)
        assert set(record["auxiliary_mode"]) <= set(scale.auxiliary_modes)
        assert record["quad_code"] == scale.quad[label]
        assert {a["sector"] for a in record["actor"] + record["recipient"]} <= {*scale.sectors, None}


@pytest.mark.parametrize(
    ("kind", "factuality", "words", "expected"),
    [
        ("air_strike", "planned", "asked", "THREATEN"),
        ("aid", "planned", "asked", "AGREE"),
        ("aid", "negated", "asked", "REJECT"),
        ("air_strike", "negated", "asked", None),
        ("air_strike", "denied", "asked", None),
        ("air_strike", "hypothetical", "asked", None),
    ],
)
def test_what_did_not_happen(kind, factuality, words, expected):
    role = "attacker" if kind == "air_strike" else "provider"
    other = "target" if kind == "air_strike" else "recipient"
    told = event("e8", kind, "hit", side(role, "American aircraft", "a1"), side(other, "Islamic State", "a2"))
    told = msgspec.structs.replace(told, factuality=factuality, reason=Reason(kind="plan", evidence=(w(words),)))
    records, left = lines(reading(told))
    assert [record["event"][0] for record in records] == ([expected] if expected else [])
    assert len(left) == (expected is None)


def test_polecat_has_forty_columns():
    out = io.BytesIO()
    count = polecat.write([rich(), reading(REQUEST, STRIKE)], out)
    rows = [line.split("\t") for line in out.getvalue().decode().splitlines()]
    assert tuple(rows[0]) == polecat.COLUMNS
    assert count == len(rows) - 1 == 5
    assert {len(row) for row in rows} == {40}
    strike = dict(zip(rows[0], rows[-1], strict=True))
    assert (strike["Event Type"], strike["Event Mode"], strike["Intensity"]) == (
        "ASSAULT",
        "aerial",
        str(load_plover_scale().mode_score["ASSAULT"]["aerial"]),
    )
    assert (strike["Actor COW"], strike["Recipient Country"], strike["Recipient COW"]) == ("2", "IMG", "")
    assert (strike["City"], strike["Province"], strike["District"]) == ("Sirte", "Surt", "")


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        ("They asked for air strikes on the town.", "assist"),
        ("They asked the rebels to release the prisoners.", "yield"),
        ("They asked for talks in the capital.", "meet"),
        ("They asked the president to resign.", "change"),
        ("They asked. Help came later.", None),
    ],
)
def test_what_is_asked_for_is_the_mode_of_a_request(words, mode):
    said = Words(words)
    asked = msgspec.structs.replace(REQUEST, trigger=said("asked"), triggers=(said("asked"),), evidence=(said(words),))
    end = words.index(".") + 1
    sentences = (Sentence(start=0, end=end), *((Sentence(start=end, end=len(words)),) if end < len(words) else ()))
    one = reading(REQUEST)
    bare = msgspec.structs.replace(
        one, report=msgspec.structs.replace(one.report, text=words), sentences=sentences, events=(),
        mentions=(), actors=(), places=(), timexes=(), claims=(), quantities=(), decisions=(), control=(), relations=(),
        passages=(),
    )  # fmt: skip
    assert _asked_for(Facts(bare), asked)[0] == mode
