import pytest

from examples import (
    IGNORED,
    Example,
    Span,
    Window,
    case_of,
    continues,
    encode_bio,
    levels,
    marked_text,
    owners,
    pieces_of,
    tags_of,
    windows,
)

TEXT = "The mayor of Selbe spoke."
OFFSETS = [(0, 3), (4, 7), (7, 9), (10, 12), (13, 18), (19, 24), (24, 25)]


def test_pieces_of_a_span_include_those_that_it_cuts():
    assert pieces_of(OFFSETS, Span(4, 9)) == (1, 3)
    assert pieces_of(OFFSETS, Span(8, 12)) == (2, 4)
    assert pieces_of(OFFSETS, Span(3, 4)) == (1, 1)


def test_bio_marks_the_longer_of_two_overlapping_spans():
    tags = encode_bio(OFFSETS, [Span(13, 18, "place"), Span(0, 18, "person")], ["person", "place"])
    assert [tags_of(["person", "place"])[tag] for tag in tags] == ["B-person", *["I-person"] * 4, "O", "O"]


def test_bio_takes_no_loss_of_labels_that_are_not_ours_nor_of_unsure_words():
    assert encode_bio(OFFSETS, [Span(13, 18, "~")], ["person"]) == [0, 0, 0, 0, IGNORED, 0, 0]
    assert encode_bio(OFFSETS, [Span(13, 18, "person")], ["person"], unsure=True) == [IGNORED] * 4 + [1] + [IGNORED] * 2


def test_levels_part_outer_from_inner_spans():
    outer, inner = levels([Span(0, 18, "person"), Span(13, 18, "place"), Span(19, 24, "event")])
    assert outer == (Span(0, 18, "person"), Span(19, 24, "event"))
    assert inner == (Span(13, 18, "place"),)


def test_markers_stand_around_spans_and_nest():
    example = Example("1", "made", "A met B of C.", marks=(Span(0, 1, "source"), Span(6, 12, "target")))
    assert marked_text(example) == "[unused0] A [unused1] met [unused2] B of C [unused3]."
    touching = Example("2", "made", "AB", marks=(Span(0, 1, "source"), Span(1, 2, "target")))
    assert marked_text(touching) == "[unused0] A [unused1][unused2] B [unused3]"


def test_windows_overlap_cover_all_and_prefer_ends_of_sentences():
    text = "x" * 30
    plain = [(n, n + 1) for n in range(30)]
    cuts = list(windows(text, plain, size=12, overlap=4))
    assert cuts == [Window(0, 12), Window(8, 20), Window(16, 28), Window(24, 30)]
    dotted = text[:10] + "." + text[11:]
    assert next(windows(dotted, plain, size=12, overlap=4)) == Window(0, 11)
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
