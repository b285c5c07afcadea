"""The shipped weights, as a reader has them."""

import pytest
from tests.conftest import make_report

from sitrep.errors import PipelineError
from sitrep.model import Layers
from sitrep.model.codec import encode
from sitrep.reading.learned.reader import LearnedReader, pair_odds
from sitrep.reading.learned.weights import SHIPPED, load_weights, present

TEXT = (
    "The defence ministry said on Tuesday that two soldiers were killed when gunmen attacked a checkpoint near Karsa.\n\n"
    "“We will answer this attack,” the minister, Gen. Osman Tal, told reporters in Dunmor. A spokesman for the Harbour "
    "Front denied that its fighters had been in the area."
)


@pytest.fixture(scope="module")
def learned():
    return LearnedReader()


def words(text, spans):
    return [text[span.start : span.end] for span in spans]


def test_the_weights_are_part_of_the_installation():
    assert present()
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 30e6


def test_missing_weights_say_what_to_do(tmp_path):
    with pytest.raises(PipelineError, match="is missing") as raised:
        load_weights(tmp_path)
    assert "--reader rules" in str(raised.value)


def test_who_says_what(learned):
    found = learned.read(TEXT).attributions
    by_source = {" ".join(words(TEXT, one.source)): " ".join(words(TEXT, one.content)) for one in found}
    assert "two soldiers were killed" in by_source["The defence ministry"]
    assert any("We will answer this attack" in content for content in by_source.values())
    assert any("its fighters had been in the area" in content for content in by_source.values())


def test_places_and_relevance(learned):
    found = learned.read(TEXT)
    places = {TEXT[one.span.start : one.span.end] for one in found.spans("toponyms")}
    assert {"Karsa", "Dunmor"} <= places
    assert found.relevance > 0.5
    assert learned.read("The bakery on Main Street has new opening hours and cheaper bread.").relevance < 0.5


def test_upper_case_reads_too(learned):
    found = learned.read(TEXT.upper())
    assert len(found.attributions) >= 2


def test_odds_of_a_pair_sum_to_one(learned):
    text = "Norland condemned Estria over the raid."
    odds = pair_odds(learned, text, (0, 7), (18, 24))
    assert sum(odds.values()) == pytest.approx(1.0, abs=1e-4)
    assert max(odds, key=odds.get) == "ACCUSE"


def test_nothing_is_found_in_nothing(learned):
    for text in ("", " ", "\n\n", "12", "—"):
        found = learned.read(text)
        assert found.attributions == ()
        assert found.triggers == ()


def test_thread_counts_give_the_same_reading():
    one, two = (LearnedReader(load_weights(threads=threads)) for threads in (1, 2))
    assert one.read(TEXT).attributions == two.read(TEXT).attributions
    assert one.read(TEXT).spans("mentions") == two.read(TEXT).spans("mentions")


def test_a_reading_does_not_depend_on_what_else_is_read(trained_reader):
    report, other = make_report(TEXT), make_report("Rain fell on Selbe.")
    alone = encode(trained_reader.read(report))
    assert [encode(one) for one in trained_reader.read_many([other, report, report])][1:] == [alone, alone]


def test_rules_read_without_weights(reader):
    reading = reader.read(make_report(TEXT))
    assert reading.claims
    assert reading.participants == ()
    assert reading.topic is None
    assert reading.provenance is not None
    assert reading.provenance.weights is None


def test_the_record_has_participants_and_topic(trained_reader):
    reading = trained_reader.read(make_report(TEXT))
    assert reading.topic is not None
    assert reading.topic.relevance > 0.5
    assert reading.provenance is not None
    assert reading.provenance.weights
    assert {"victim", "perpetrator_individual"} & {one.role for one in reading.participants}
    assert "participants" in Layers.__struct_fields__
