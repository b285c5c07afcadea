"""The timex benchmark's metric, by hand."""

from __future__ import annotations

import pytest

from sitrep.evaluation.benchmarks.timex import Counts, Span, count, pair, scores, to_gold


def test_a_span_counts_strictly_only_when_both_ends_are_right():
    gold = [Span(0, 6, "2016-08-01"), Span(20, 31, "2016-W30")]
    own = [Span(0, 6, "2016-08-01"), Span(18, 31, "2016-W30")]
    assert count(own, gold) == Counts(own=2, gold=2, exact=1, overlapping=2, valued=2)


def test_value_f1_is_relaxed_f1_times_accuracy():
    # 4 of ours, 6 gold, 3 pairs of which 2 have the right value: 2*3/10 = 0.6, times 2/3
    counts = Counts(own=4, gold=6, exact=1, overlapping=3, valued=2)
    found = scores([counts])
    assert found == {"strict_f1": pytest.approx(0.2), "relaxed_f1": pytest.approx(0.6), "value_f1": pytest.approx(0.4)}


def test_counts_are_summed_over_texts_before_the_score():
    found = scores([Counts(1, 1, 1, 1, 1), Counts(3, 5, 0, 0, 0)])
    assert found["strict_f1"] == pytest.approx(0.2)


def test_nothing_to_find_and_nothing_found_is_no_score():
    assert scores([Counts(0, 0, 0, 0, 0)]) == {"strict_f1": None, "relaxed_f1": None, "value_f1": None}


def test_a_span_is_paired_once_and_with_its_exact_partner():
    gold = [Span(0, 10, "a"), Span(12, 20, "b")]
    # the long span overlaps both; the exact one must not lose its partner to it
    own = [Span(12, 20, "b"), Span(0, 25, "c")]
    assert pair(own, gold) == [(Span(12, 20, "b"), Span(12, 20, "b")), (Span(0, 25, "c"), Span(0, 10, "a"))]
    assert count([Span(0, 25, "c")], gold).overlapping == 1


def test_touching_spans_do_not_overlap():
    assert pair([Span(0, 5, "x")], [Span(5, 9, "x")]) == []


def test_timex2_sets_become_periods_and_a_missing_value_is_never_right():
    assert to_gold({"start": 0, "end": 5, "value": "XXXX-XX-XX", "set": "YES"}).value == "P1D"
    assert to_gold({"start": 0, "end": 5, "value": "XXXX-XX-XX"}).value == "XXXX-XX-XX"
    missing = to_gold({"start": 0, "end": 5, "value": None})
    assert count([Span(0, 5, "")], [missing]) == Counts(own=1, gold=1, exact=1, overlapping=1, valued=0)
