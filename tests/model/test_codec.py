"""Records to bytes and back: whatever a reading holds, it comes back the same."""

from __future__ import annotations

import types
import typing

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fixtures.readings import failed, rich

from sitrep.errors import EvidenceError, RecordError
from sitrep.model import LAYERS, Evidence, Failure, Passage, Provenance, Reading, Report, Sentence
from sitrep.model.codec import decode_reading, digest, encode, schema

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def of_type(kind: typing.Any, evidence: st.SearchStrategy) -> st.SearchStrategy:
    """Values of a record's field, from its type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Evidence:
        return evidence
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin in {typing.Union, types.UnionType}:
        return st.one_of(*(of_type(argument, evidence) for argument in arguments))
    if origin is tuple:
        return st.lists(of_type(arguments[0], evidence), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(WORDS, of_type(arguments[1], evidence), max_size=2)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return of_record(kind, evidence)
    simple = {
        str: WORDS,
        int: st.integers(-(2**53), 2**53),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        type(None): st.none(),
    }
    return simple[kind]


def of_record(kind: type[msgspec.Struct], evidence: st.SearchStrategy) -> st.SearchStrategy:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{name: of_type(hints[name], evidence) for name in kind.__struct_fields__})


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading whose evidence is its report's own words."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    evidence = edges.map(lambda span: Evidence(start=span[0], end=span[1], quote=text[span[0] : span[1]]))
    hints = typing.get_type_hints(Reading)
    report = msgspec.structs.replace(draw(of_record(Report, evidence)), text=text)
    chosen = draw(st.lists(st.sampled_from(LAYERS), max_size=3, unique=True))
    layers = {name: draw(of_type(hints[name], evidence)) for name in chosen}
    return Reading(
        report=report,
        provenance=draw(st.none() | of_record(Provenance, evidence)),
        failures=draw(st.lists(of_record(Failure, evidence), max_size=1).map(tuple)),
        **layers,
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(readings())
def test_what_is_encoded_is_decoded(reading):
    line = encode(reading)
    assert b"\n" not in line
    assert decode_reading(line) == reading
    assert encode(decode_reading(line)) == line


@pytest.mark.parametrize("reading", [rich(), failed()])
def test_made_readings_come_back(reading):
    assert decode_reading(encode(reading)) == reading


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"report": {}}',
        encode(rich()).decode()[:-20],
        encode(rich()).decode().replace('"events"', '"happenings"'),
    ],
)
def test_what_is_no_reading_is_an_error_that_names_its_source(line):
    with pytest.raises(RecordError, match=r"Decoding store\.jsonl"):
        decode_reading(line, source="store.jsonl")


@settings(max_examples=30)
@given(st.integers(0, 400), st.integers(1, 30))
def test_evidence_beside_its_words_is_refused(start, shift):
    text = rich().report.text
    quote = text[start : start + 8]
    moved = Evidence(start=start + shift, end=start + shift + len(quote), quote=quote)
    if text[moved.start : moved.end] == quote:
        return
    with pytest.raises(EvidenceError):
        Reading(report=rich().report, control=(msgspec.structs.replace(rich().control[0], evidence=(moved,)),))


def test_the_schema_knows_every_record():
    defined = schema()["$defs"]
    assert {"Reading", "Report", "Event", "Claim", "Quantity", "Evidence", "Passage", "Sentence"} <= set(defined)
    assert set(defined["Evidence"]["required"]) == {"start", "end", "quote"}


def test_passages_and_sentences_are_plain_offsets():
    assert encode(Sentence(start=1, end=2)) == b'{"start":1,"end":2}'
    assert encode(Passage(start=1, end=2, kind="body")) == b'{"start":1,"end":2,"kind":"body"}'


@given(st.lists(st.text(max_size=10), max_size=4), st.lists(st.text(max_size=10), max_size=4))
def test_digests_depend_on_their_parts_alone(left, right):
    joined = ["\x1f" in part for part in (*left, *right)]
    if any(joined):
        return
    assert (digest(*left, size=32) == digest(*right, size=32)) == (
        left == right or "\x1f".join(left) == "\x1f".join(right)
    )
