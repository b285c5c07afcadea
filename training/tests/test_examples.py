from sitrep.reading.learned.texts import IGNORED, Span, encode_bio

from examples import levels, tags_of

TEXT = "The mayor of Selbe spoke."
OFFSETS = [(0, 3), (4, 7), (7, 9), (10, 12), (13, 18), (19, 24), (24, 25)]


def test_bio_marks_the_longer_of_two_overlapping_spans():
    tags = encode_bio(OFFSETS, [Span(13, 18, "place"), Span(0, 18, "person")], ["person", "place"])
    assert [tags_of(["person", "place"])[tag] for tag in tags] == ["B-person", *["I-person"] * 4, "O", "O"]


def test_bio_takes_no_loss_of_labels_that_are_not_ours():
    assert encode_bio(OFFSETS, [Span(13, 18, "~")], ["person"]) == [0, 0, 0, 0, IGNORED, 0, 0]


def test_levels_part_outer_from_inner_spans():
    outer, inner = levels([Span(0, 18, "person"), Span(13, 18, "place"), Span(19, 24, "event")])
    assert outer == (Span(0, 18, "person"), Span(19, 24, "event"))
    assert inner == (Span(13, 18, "place"),)
