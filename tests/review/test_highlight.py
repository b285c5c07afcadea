"""Stretches: overlapping marks are cut apart and nothing of the text is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitrep.review.highlight import Mark, stretches

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), max_size=12)


@given(SPANS, st.integers(0, 20), st.integers(20, 40))
def test_stretches_cover_the_text_once_and_carry_the_right_tags(spans, start, end):
    marks = [Mark(first, last, f"t{n}") for n, (first, last) in enumerate(spans)]
    found = list(stretches(marks, start, end))
    assert [offset for piece in found for offset in range(piece.start, piece.end)] == list(range(start, end))
    for piece in found:
        for offset in range(piece.start, piece.end):
            covering = {mark.tag for mark in marks if mark.start <= offset < mark.end}
            assert set(piece.tags) == covering
        begins = {mark.tag for mark in marks if mark.start == piece.start and mark.end > mark.start}
        assert set(piece.opens) == begins


def test_nothing_is_cut_out_of_nothing():
    assert list(stretches([Mark(0, 10, "a")], 5, 5)) == []


def test_a_mark_that_begins_before_the_stretch_does_not_open_in_it():
    (piece,) = stretches([Mark(0, 10, "a")], 5, 10)
    assert piece == (5, 10, ("a",), ())


def test_tags_come_in_the_order_of_their_marks():
    marks = [Mark(0, 5, "z"), Mark(0, 5, "a"), Mark(2, 3, "m")]
    assert [piece.tags for piece in stretches(marks, 0, 5)] == [("z", "a"), ("z", "a", "m"), ("z", "a")]
