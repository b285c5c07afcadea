import numpy as np
import pytest
from sitrep.reading.learned.engine import Labels
from sitrep.reading.learned.spans import bucket
from sitrep.reading.learned.texts import IGNORED

from batches import buckets, collate, piece_buckets
from pieces import Item, LinkTargets, Schedule

torch = pytest.importorskip("torch")
LABELS = Labels(layers={"cue": ["cue"]}, classes={"plover": ["AID", "FIGHT"]}, choices={"police": ["ARREST"]}, roles=[])


def test_distances_of_many_pairs_are_those_of_each():
    spans = [(first, first + length) for first in range(0, 90, 7) for length in (1, 3)]
    table = buckets(np.array(spans)[:, None], np.array(spans)[None])
    assert table.tolist() == [[bucket(one, other) for other in spans] for one in spans]


def test_distances_of_pieces_are_those_of_spans_of_one_piece():
    places = piece_buckets(torch.tensor([[0, 4, 6]]), 9)
    assert places.tolist() == [[bucket((4, 6), (piece, piece + 1)) for piece in range(9)]]


def test_a_batch_of_two_sets_keeps_what_each_teaches_apart():
    links = LinkTargets([(1, 3)], [(3, 4)], [], [[0]], [[]])
    spoken = Item("polnear", [101, 7, 8, 9, 102], [0] * 5, tags={"cue": [IGNORED, 0, 0, 1, IGNORED]}, links=links)
    pair = Item("plv", [101, 5, 102], [0] * 3, classes={"plover": [1]})
    batch = collate([[spoken], [pair, pair]], LABELS)
    assert batch.ids.shape == (3, 5)
    assert batch.mask.sum(1).tolist() == [5, 3, 3]
    rows, tags = batch.tags["cue"]
    assert rows.tolist() == [0]
    assert tags.tolist() == [spoken.tags["cue"]]
    rows, right = batch.classes["plover"]
    assert rows.tolist() == [1, 2]
    assert right.tolist() == [[0, 1], [0, 1]]
    assert batch.share == {"cue": 0.5, "links": 0.5, "plover": 0.5}


def test_a_content_is_paired_with_anchors_of_its_own_window_only():
    first = Item("polnear", [101, 1, 2, 3, 102], [0] * 5, links=LinkTargets([(1, 2)], [(2, 3)], [], [[0]], [[]]))
    other = Item("polnear", [101, 1, 2, 3, 102], [0] * 5, links=LinkTargets([(2, 3)], [(1, 2)], [], [[]], [[]]))
    cue, source = (collate([[first, other]], LABELS).links[kind] for kind in ("cue", "source"))
    assert cue.places.tolist() == [[bucket((1, 2), (2, 3)), -1], [-1, bucket((2, 3), (1, 2))]]
    assert cue.right.tolist() == [[True, False, False], [False, False, True]]
    assert source.right.tolist() == [[True], [True]]  # nobody is said to speak


def test_a_content_whose_cue_stands_outside_the_window_teaches_no_cue():
    item = Item("polnear", [101, 1, 102], [0] * 3, links=LinkTargets([(1, 2)], [], [], [[IGNORED]], [[]]))
    batch = collate([[item]], LABELS)
    assert "cue" not in batch.links
    assert batch.links["source"].right.tolist() == [[True]]


def test_a_schedule_of_several_parts_is_drawn_by_its_seed_and_reads_all_of_a_set():
    sizes = {"a": [5, 6, 7], "b": [4] * 9}
    one, again = (Schedule(sizes, 12, 16, 3, parts=2).steps for _ in range(2))
    assert one == again
    assert all(len(parts) == 2 for parts in one)
    read = {name: {n for parts in one for set_, some in parts for n in some if set_ == name} for name in sizes}
    assert read == {"a": {0, 1, 2}, "b": set(range(9))}
