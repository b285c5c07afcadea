"""Records: evidence that cannot lie, JSON that comes back the same."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.errors import EvidenceError, RecordError
from sitrep.model import Evidence, Layers, Mention, Published, Reading, Report, Source, evidence_in
from sitrep.model.codec import decode_reading, digest, encode, schema

WORDS = st.text(min_size=0, max_size=60)


def reading_of(text: str, spans: list[tuple[int, int]]) -> Reading:
    report = Report(
        id="r",
        source=Source(kind="text", uri="u", id="i"),
        outlet=None,
        title=None,
        byline=None,
        language="en",
        text=text,
        published=Published(value=None, basis="unknown"),
    )
    mentions = tuple(
        Mention(id=f"m{n}", kind="person", form="name", evidence=(quote,), head=quote)
        for n, (i, j) in enumerate(spans)
        for quote in [Evidence(start=i, end=j, quote=text[i:j])]
    )
    return Reading(report=report, mentions=mentions)


@given(WORDS, st.data())
def test_a_reading_comes_back_from_json_as_it_was(text: str, data: st.DataObject) -> None:
    cut = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: (min(p), max(p)))
    reading = reading_of(text, data.draw(st.lists(cut, max_size=4)))
    line = encode(reading)
    assert decode_reading(line) == reading
    assert encode(decode_reading(line)) == line


def test_evidence_must_be_as_long_as_its_quote() -> None:
    with pytest.raises(EvidenceError, match="cannot hold"):
        Evidence(start=0, end=3, quote="ab")


def test_a_reading_refuses_a_quote_that_the_report_does_not_have() -> None:
    reading = reading_of("Rebels left Homs.", [(0, 6)])
    lie = Evidence(start=0, end=6, quote="Troops")
    mention = msgspec.structs.replace(reading.mentions[0], evidence=(lie,))
    with pytest.raises(EvidenceError, match="the report says 'Rebels'"):
        msgspec.structs.replace(reading, mentions=(mention,))


def test_a_stored_reading_that_was_altered_is_refused() -> None:
    line = encode(reading_of("Rebels left Homs.", [(0, 6)])).replace(b'"quote":"Rebels"', b'"quote":"Troops"', 1)
    with pytest.raises((RecordError, EvidenceError)):
        decode_reading(line)


def test_unknown_fields_are_refused() -> None:
    line = encode(reading_of("x", [])).replace(b'"outlet"', b'"outlets"')
    with pytest.raises(RecordError, match="outlet"):
        decode_reading(line)


def test_the_schema_has_the_field_names_of_the_contract() -> None:
    definitions = schema()["$defs"]
    assert set(definitions["Reading"]["properties"]) >= {
        "report", "passages", "sentences", "mentions", "actors", "places", "timexes", "events", "claims", "quantities",
        "relations", "control", "decisions", "participants", "passed_over", "topic", "provenance", "failures",
    }  # fmt: skip
    assert {"from", "to"} <= set(definitions["Control"]["properties"])
    assert {"from", "to"} <= set(definitions["Relation"]["properties"])
    assert set(definitions["Evidence"]["required"]) == {"start", "end", "quote"}


def test_digests_are_the_same_on_every_machine() -> None:
    assert digest("r", "e", 1, 2) == digest("r", "e", 1, 2)
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("x") == "442a444571"
    assert digest("sitrep", size=8).isalnum()


def test_every_layer_of_a_reading_is_searched_for_evidence() -> None:
    reading = reading_of("Rebels left Homs.", [(0, 6), (12, 16)])
    assert [e.quote for e in evidence_in(reading.mentions)] == ["Rebels", "Rebels", "Homs", "Homs"]
    assert list(evidence_in(Layers())) == []
