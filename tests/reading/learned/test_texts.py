"""Texts as word pieces, and their windows."""

import pytest

from sitrep.reading.learned.texts import (
    Span,
    Window,
    case_of,
    continues,
    marked_text,
    owners,
    pieces_of,
    windows,
)

TEXT = "The mayor of Selbe spoke."
OFFSETS = [(0, 3), (4, 7), (7, 9), (10, 12), (13, 18), (19, 24), (24, 25)]


def test_pieces_of_a_span_include_those_that_it_cuts():
    assert pieces_of(OFFSETS, Span(4, 9)) == (1, 3)
    assert pieces_of(OFFSETS, Span(8, 12)) == (2, 4)
    assert pieces_of(OFFSETS, Span(3, 4)) == (1, 1)


def test_markers_stand_around_spans_and_nest():
    marks = (Span(0, 1, "source"), Span(6, 12, "target"))
    assert marked_text("A met B of C.", marks) == "[unused0] A [unused1] met [unused2] B of C [unused3]."
    assert (
        marked_text("AB", (Span(0, 1, "source"), Span(1, 2, "target"))) == "[unused0] A [unused1][unused2] B [unused3]"
    )


def test_windows_cover_all_and_overlap_where_no_sentence_ends():
    text = "x" * 30
    plain = [(n, n + 1) for n in range(30)]
    cuts = list(windows(text, plain, size=12, overlap=4))
    assert cuts == [Window(0, 12), Window(8, 20), Window(16, 28), Window(24, 30)]
    dotted = text[:10] + "." + text[11:]
    assert list(windows(dotted, plain, size=12, overlap=4))[:2] == [Window(0, 11), Window(11, 23)]
    assert list(windows("", [], size=12, overlap=4)) == []


def test_windows_longer_than_their_overlap():
    with pytest.raises(ValueError, match="longer than their overlap"):
        list(windows("ab", [(0, 1), (1, 2)], size=4, overlap=4))


def test_a_piece_belongs_to_the_window_where_it_is_farthest_from_a_cut():
    cuts = [Window(0, 12), Window(8, 20)]
    assert owners(cuts, 20) == [0] * 10 + [1] * 10


def test_pieces_go_on_within_words_only():
    assert continues(TEXT, OFFSETS) == [False, False, True, False, False, False, False]


def test_cases():
    assert [case_of(word) for word in ("12", "of", "Selbe", "UN", "McCoy", "A")] == [0, 1, 2, 3, 4, 2]
