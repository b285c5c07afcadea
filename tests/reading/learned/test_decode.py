"""From scores of pieces to spans, links and arguments."""

import numpy as np

from sitrep.reading.learned.decode import (
    Found,
    Pairing,
    argument_logits,
    attributions,
    best_tags,
    entities,
    find_spans,
    link_scores,
    log_softmax,
    mended,
    runs_of,
    same_name,
    words_of,
)
from sitrep.reading.learned.spans import BUCKETS, bucket
from sitrep.reading.learned.texts import Span

TEXT = "he said the town fell today"
OFFSETS = [(0, 2), (3, 7), (8, 11), (12, 16), (17, 21), (22, 27)]
NO_WORDS = [False] * 6


def scores(tags, count=3, sure=3.0):
    """Scores that prefer the tags."""
    return np.array([[sure if tag == one else 0.0 for one in range(count)] for tag in tags], dtype=np.float32)


def test_a_span_begins_with_b():
    assert best_tags(scores([0, 2, 2, 0, 0, 0]), NO_WORDS) == [0, 1, 2, 0, 0, 0]


def test_a_label_does_not_change_inside_a_span():
    # the second piece prefers the other label, which may not follow inside a word
    assert best_tags(scores([1, 4, 2], count=5), [False, True, False]) == [1, 2, 2]


def test_no_span_begins_or_ends_in_a_word():
    assert best_tags(scores([1, 0, 0]), [False, True, False]) != [1, 0, 0]
    assert best_tags(scores([0, 1, 0]), [False, True, False]) == [0, 0, 0]
    strong = scores([1, 2, 0])
    assert best_tags(strong, [False, True, False]) == [1, 2, 0]


def test_a_dear_start_keeps_a_span_whole():
    torn = scores([1, 2, 2, 0, 1, 2, 2, 0], sure=1.0)
    assert best_tags(torn, [False] * 8) == [1, 2, 2, 0, 1, 2, 2, 0]
    # torn costs two starts, whole one start and two pieces that prefer otherwise
    assert best_tags(torn, [False] * 8, switch=3.0) == [1, 2, 2, 2, 2, 2, 2, 0]
    assert best_tags(torn, [False] * 8, switch=9.0) == [0] * 8


def test_lift_finds_more():
    doubtful = np.array([[0.0, -0.5, -3.0]], dtype=np.float32)
    assert best_tags(doubtful, [False]) == [0]
    assert best_tags(doubtful, [False], lift=1.0) == [1]


def test_spans_have_characters_and_scores():
    found = find_spans(TEXT, OFFSETS, scores([0, 0, 1, 2, 2, 0]), ["content"])
    assert [one.span for one in found] == [Span(8, 21, "content")]
    assert found[0].pieces == (2, 5)
    assert 0.9 < found[0].score < 1.0
    assert find_spans("", [], np.zeros((0, 3), dtype=np.float32), ["content"]) == []


def test_torn_spans_are_joined_over_marks_but_not_over_words_or_sentences():
    offsets = [(0, 1), (1, 2), (3, 4)]
    assert mended("a, b", offsets, [1, 0, 1]) == [1, 2, 2]
    assert mended("a. b", offsets, [1, 0, 1]) == [1, 0, 1]
    assert mended("axxb", [(0, 1), (1, 3), (3, 4)], [1, 0, 1]) == [1, 0, 1]
    assert mended("a b", [(0, 1), (2, 3)], [1, 1]) == [1, 2]
    assert mended("a b", [(0, 1), (2, 3)], [1, 3]) == [1, 3]


def test_buckets_tell_sides_and_gaps_apart():
    assert bucket((5, 7), (2, 5)) == 0
    assert bucket((5, 7), (0, 1)) == 3
    assert bucket((5, 7), (7, 9)) == 7
    assert bucket((5, 7), (90, 91)) == 13
    assert bucket((5, 7), (6, 9)) == BUCKETS - 1


def pairing(size=2):
    near = np.full((2, BUCKETS), -5.0, dtype=np.float32)
    near[:, [0, 1, 7, 8]] = 5.0
    return Pairing(
        np.zeros((2, size), dtype=np.float32),
        near,
        np.zeros((BUCKETS, 3), dtype=np.float32),
        np.eye(3, dtype=np.float32),
        np.zeros(3, dtype=np.float32),
    )


def found(kind, first, last):
    return Found(Span(first * 10, last * 10, kind), (first, last), 1.0)


def test_links_are_probabilities_with_none_last():
    projected = np.zeros((8, 4 * 3 * 2), dtype=np.float32)
    odds = np.exp(link_scores(projected, [(2, 4)], [(1, 2), (7, 8)], 0, pairing()))
    assert odds.shape == (1, 3)
    assert np.isclose(odds.sum(), 1)
    assert odds[0, 0] > odds[0, 2] > odds[0, 1]
    assert np.exp(link_scores(projected, [(2, 4)], [], 1, pairing())).tolist() == [[1.0]]


def test_contents_of_one_cue_are_one_attribution():
    projected = np.zeros((40, 4 * 3 * 2), dtype=np.float32)
    contents = [found("content", 0, 3), found("content", 6, 9), found("content", 30, 33)]
    cues, sources = [found("cue", 4, 5)], [found("source", 3, 4), found("source", 20, 21)]
    made = attributions(projected, contents, cues, sources, pairing())
    assert [len(one.content) for one in made] == [2, 1]
    assert made[0].cue == (cues[0].span,)
    assert made[0].source == (sources[0].span,)
    assert made[1].cue == made[1].source == ()
    assert attributions(projected, [], cues, sources, pairing()) == []


def test_a_content_that_doubts_a_taken_cue_stands_alone():
    projected = np.zeros((40, 4 * 3 * 2), dtype=np.float32)
    unsure = pairing()
    unsure.link_distance[:, 9] = 0.1  # two or three pieces after: hardly likelier than none
    contents, cues = [found("content", 5, 8), found("content", 0, 2)], [found("cue", 4, 5)]
    made = attributions(projected, contents, cues, [], unsure)
    assert [(one.content[0].start, one.cue) for one in made] == [(0, ()), (50, (cues[0].span,))]
    alone = attributions(projected, contents[1:], cues, [], unsure)
    assert alone[0].cue == (cues[0].span,)


def test_argument_scores_depend_on_the_trigger():
    argument = np.zeros((4, 3), dtype=np.float32)
    trigger = np.array([[0, 0, 0], [0, 2, 0], [0, 0, 0], [0, 0, 2]], dtype=np.float32)
    assert argument_logits(argument, trigger, (1, 2), pairing())[0].argmax() == 1
    assert argument_logits(argument, trigger, (3, 4), pairing())[0].argmax() == 2


def test_log_softmax_sums_to_one():
    assert np.allclose(np.exp(log_softmax(np.array([[1000.0, 999.0]]))).sum(), 1)


def test_names_of_one_thing():
    assert same_name("eln", "ejercito de liberacion nacional")
    # translated, the initials come in another order and one is left over
    assert same_name("fmln", "farabundo marti national liberation front")
    assert not same_name("eln", "farabundo marti national liberation front")
    assert not same_name("fmln", "farc")
    assert same_name("colonel isaacs", "Isaacs")
    assert not same_name("the colonel", "the guerrillas")
    spans = [found("PerpOrg", 0, 1), found("PerpOrg", 1, 2)]
    text = "isaacs      colonel isaacs".ljust(20)
    groups = entities(spans, text)["PerpOrg"]
    assert [[words_of(one, text) for one in group] for group in groups] == [["isaacs"], ["colonel"]]
    same = entities([*spans, found("PerpOrg", 0, 1)], text)["PerpOrg"]
    assert [len(group) for group in same] == [2, 1]


def test_labels_that_no_piece_favours_change_nothing():
    # sixty labels of which two are near: the search over those two finds what the search over all would
    logits = np.full((4, 121), -9.0, dtype=np.float32)
    logits[:, 0] = [2.0, -1.0, -1.0, 2.0]
    logits[1, 2 * 40 + 1] = 1.0
    logits[2, 2 * 40 + 2] = 1.0
    logits[2, 2 * 7 + 2] = 1.5
    assert best_tags(logits, [False] * 4) == [0, 81, 82, 0]


def test_stretches_end_where_nothing_is_asked_for_and_where_the_kind_changes():
    asked = np.array([True, True, False, True, True, True])
    assert runs_of(asked) == [(0, 2), (3, 6)]
    assert runs_of(asked, np.array([1, 1, 1, 1, 2, 2])) == [(0, 2), (3, 4), (4, 6)]
    assert runs_of(np.zeros(3, dtype=bool)) == []
