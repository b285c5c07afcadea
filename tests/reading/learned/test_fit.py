"""What people corrected teaches the heads."""

import numpy as np
import pytest
from click.testing import CliRunner
from tests.conftest import make_report

from sitrep.cli import main
from sitrep.errors import PipelineError
from sitrep.reading.learned.fit import Lesson, fit, lesson_of
from sitrep.reading.learned.reader import LearnedReader
from sitrep.reading.learned.texts import Span
from sitrep.reading.learned.weights import HEADS, SHIPPED, load_weights

# a desk that takes every word of rain for a ceasefire: no shipped weights would
TOWNS = ("Karsa", "Dunmor", "Selbe", "Ostrava Bay", "Lemnos", "Tarnik", "Volna", "Arrend", "Peskov", "Mirna")
SENTENCES = tuple(f"Officials in {town} said the drizzle went on for {n + 2} days." for n, town in enumerate(TOWNS))


def lesson(text):
    start = text.index("drizzle")
    return Lesson(text, {"events": (Span(start, start + len("drizzle"), "ceasefire"),)})


@pytest.fixture(scope="module")
def reader():
    return LearnedReader()


def test_corrections_are_learned_and_compared_on_reports_kept_out(reader, tmp_path):
    (made,) = fit(reader, [lesson(text) for text in SENTENCES], tmp_path)
    assert (made.layer, made.learned_from, made.kept_out) == ("events", 8, 2)
    assert made.after > made.before
    taught = LearnedReader(load_weights(tmp_path))
    found = taught.read("Officials in Brenna said the drizzle went on for 9 days.").spans("events")
    assert [one.span.label for one in found] == ["ceasefire"]
    assert taught.weights.digest != reader.weights.digest


def test_a_head_that_learns_nothing_stays_as_shipped(reader, tmp_path):
    # nothing is marked, and nothing was found before
    (made,) = fit(reader, [Lesson(f"Rain fell on {town}.", {"events": ()}) for town in TOWNS], tmp_path)
    assert made.after <= made.before
    with np.load(SHIPPED / HEADS) as shipped, np.load(tmp_path / HEADS) as kept:
        assert all(np.array_equal(shipped[name], kept[name]) for name in shipped.files)


def test_a_few_corrections_are_too_few(reader, tmp_path):
    with pytest.raises(PipelineError, match="2 reports have corrections, 5 are needed"):
        fit(reader, [lesson(text) for text in SENTENCES[:2]], tmp_path)


def test_the_record_of_a_report_is_its_lesson(trained_reader):
    reading = trained_reader.read(make_report("The army said that rebels shelled Karsa on Monday."))
    made = lesson_of(reading)
    text = made.text
    assert {text[span.start : span.end] for span in made.spans["events"]} == {"shelled"}
    assert {text[span.start : span.end] for span in made.spans["source"]} == {"The army"}


def test_a_folder_without_weights_is_refused(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("Rebels shelled Karsa.", encoding="utf-8")
    result = CliRunner().invoke(main, ["read", str(report), "--reader", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "neither `trained` nor `rules` nor a folder" in result.output
    result = CliRunner().invoke(main, ["read", str(report), "--reader", str(tmp_path)])
    assert result.exit_code == 1
    assert "is missing" in result.output
