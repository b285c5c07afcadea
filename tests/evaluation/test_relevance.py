import pytest

from sitrep.evaluation.benchmarks.relevance import at, scores

ARCHIVE = [(0.9, True), (0.8, True), (0.3, True), (0.7, False), *[(0.1, False)] * 99]


def test_other_reports_weigh_nineteen_times_as_much():
    recall, precision = at(0.5, ARCHIVE)
    assert recall == pytest.approx(2 / 3)
    assert precision == pytest.approx(0.05 * (2 / 3) / (0.05 * (2 / 3) + 0.95 * 0.01))


def test_the_threshold_is_the_one_that_finds_most_at_half_precision():
    found = scores(ARCHIVE)
    assert found["recall_at_half"] == 1.0
    assert found["threshold"] == 0.3


def test_an_archive_in_which_nothing_can_be_told_apart_has_no_good_threshold():
    assert scores([(0.5, True), (0.5, False)])["recall_at_half"] == 0.0
