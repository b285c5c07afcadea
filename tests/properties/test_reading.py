"""Whatever the text, a reading quotes it exactly, no stage fails, and reading it again gives the same bytes."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import make_report

from sitrep.model import LAYERS, evidence_in
from sitrep.model.codec import decode_reading, encode
from sitrep.reading.reader import Reader

WORDS = (
    "rebels shelled the town of Nawa on Monday killing at least 12 people and wounding dozens , said . “ ” \" ' ( ) - — : ; "
    "U.S. aircraft Islamic State ISIS Gen. Haftar Mr. he they who which that denied did not would if to in near by from "
    "airstrike clashes between and against hospital Aleppo Syria Syrian army troops seized retook 2016 May 3,000 two-day "
    "according spokesman told Reuters 🙂 é \u200f \u00a0 \n \n\n".split(" ")
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=120).map(" ".join)
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(text=TEXTS)
@QUIET
def test_any_text_gives_a_whole_reading(reader: Reader, text: str) -> None:
    reading = reader.read(make_report(text))
    assert reading.failures == ()
    for layer in LAYERS:
        for evidence in evidence_in(getattr(reading, layer)):
            assert text[evidence.start : evidence.end] == evidence.quote
    assert encode(reader.read(make_report(text))) == encode(reading)
    assert decode_reading(encode(reading)) == reading


@given(text=st.text(max_size=200))
@QUIET
def test_noise_gives_a_reading_too(reader: Reader, text: str) -> None:
    assert reader.read(make_report(text)).failures == ()


def test_ids_point_at_what_is_there(reader: Reader) -> None:
    text = (
        "Israeli warplanes bombed a depot near Damascus on Monday, killing three soldiers, the army said. Syria condemned the "
        "raid. A spokesman denied that the planes had hit a clinic. The rebels hold the town of Douma since 2013."
    )
    reading = reader.read(make_report(text))
    ids = {record.id for layer in LAYERS for record in getattr(reading, layer) if hasattr(record, "id")}
    actors = {actor.id for actor in reading.actors}
    for event in reading.events:
        assert set(event.quantities) | set(event.claims) <= ids
        assert {argument.actor for argument in event.arguments if argument.actor} <= actors
        assert event.place is None or event.place.id in ids
    for claim in reading.claims:
        assert set(claim.about) <= ids
        assert claim.speaker is None or claim.speaker.actor is None or claim.speaker.actor in actors
    for relation in reading.relations:
        assert {relation.subject, relation.object} <= ids
    for state in reading.control:
        assert {state.place, state.holder} <= ids
