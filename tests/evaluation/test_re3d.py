"""re3d: how our records are mapped onto its types, and its scores, worked by hand; passages are our own."""

from __future__ import annotations

import pytest
from tests.conftest import make_report

from sitrep.evaluation.benchmarks.re3d import (
    Link,
    Span,
    Tally,
    gold_entities,
    number_span,
    own_entities,
    own_relations,
    same_entity,
    same_relation,
    trim,
)
from sitrep.model import Evidence
from sitrep.reading.reader import Reader


def test_spans_lose_determiner_and_possessive():
    text = "the army's"
    assert trim(text, 0, len(text)) == (4, 8)


@pytest.mark.parametrize(
    ("own", "gold", "same"),
    [
        (Span(0, 10, "Person"), Span(0, 10, "Person"), True),
        (Span(0, 10, "Person"), Span(0, 10, "Location"), False),
        (Span(0, 10, "Person"), Span(5, 10, "Person"), True),  # 5 of 10
        (Span(0, 10, "Person"), Span(6, 10, "Person"), False),  # 4 of 10
        (Span(0, 4, "Person"), Span(4, 8, "Person"), False),
    ],
)
def test_entities_share_half_their_characters(own, gold, same):
    assert same_entity(own, gold) is same


def test_mutual_relations_have_no_direction():
    a, b = Span(0, 5, ""), Span(10, 15, "")
    assert same_relation(Link("AlliesOf", a, b), Link("AlliesOf", b, a))
    assert not same_relation(Link("InChargeOf", a, b), Link("InChargeOf", b, a))
    assert not same_relation(Link("AlliesOf", a, b), Link("Likes", a, b))


def test_f1_counts_each_gold_span_once():
    tally = Tally()
    tally.add([Span(0, 5, "Person"), Span(0, 5, "Person")], [Span(0, 5, "Person"), Span(8, 9, "Person")], same_entity)
    assert (tally.right, tally.given, tally.wanted) == (1, 2, 2)
    assert tally.f1 == 0.5
    assert Tally().f1 is None


def test_unsure_gold_and_pronouns_are_left_out():
    text = "He met Aziz in Homs"
    spans = [(0, 2, "Person", 1), (7, 11, "Person", 1), (15, 19, "Location", 0.2)]
    entities = [{"start": i, "end": j, "text": text[i:j], "type": t, "confidence": c} for i, j, t, c in spans]
    assert gold_entities({"text": text, "entities": entities}) == [Span(7, 11, "Person")]


@pytest.mark.parametrize(
    ("quote", "of", "number"),
    [
        ("at least 12 soldiers", "soldiers", "12"),
        ("dozens of men", "men", "dozens"),
        ("five-kilometre", "radius", "five-kilometre"),
    ],
)
def test_a_figure_is_the_number_alone(quote, of, number):
    span = number_span(Evidence(start=3, end=3 + len(quote), quote=quote), of)
    assert span is not None
    assert quote[span[0] - 3 : span[1] - 3] == number


def test_one_person_without_a_number_is_no_figure():
    assert number_span(Evidence(start=0, end=9, quote="a soldier"), "a soldier") is None


def test_a_reading_in_the_types_of_re3d(reader: Reader):
    text = "Gen. Ahmed Nasser, who commands the Syrian army, attacked Islamic State with 12 tanks in Aleppo on Friday."
    reading = reader.read(make_report(text))
    entities = {(text[span.start : span.end], span.type) for span in own_entities(reading)}
    assert ("Islamic State", "Organisation") in entities
    assert ("Aleppo", "Location") in entities
    assert ("12", "Quantity") in entities
    links = {(link.type, text[link.source.start : link.source.end]) for link in own_relations(reading)}
    assert ("InChargeOf", "Ahmed Nasser") in links
    assert ("HasAttrOf", "tanks") in links
