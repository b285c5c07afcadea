"""The engine over an encoder that is plain arithmetic."""

import numpy as np
import pytest

from sitrep.reading.learned.decode import Pairing
from sitrep.reading.learned.engine import Engine, Heads, Linear
from sitrep.reading.learned.spans import BUCKETS
from sitrep.reading.learned.texts import Encoded

WIDTH = 2


def heads() -> Heads:
    eye = np.eye(WIDTH, dtype=np.float32)
    none = np.zeros(WIDTH, dtype=np.float32)
    same = Linear(eye, none)
    return Heads(
        {"toponyms": Linear(np.array([[1, 0], [0, 1], [0, 0]], dtype=np.float32), np.zeros(3, dtype=np.float32))},
        {"relevance": Linear(np.ones((2, 2 * WIDTH), dtype=np.float32), np.array([0, 1], dtype=np.float32))},
        Linear(np.ones(2 * WIDTH, dtype=np.float32), np.zeros(2 * WIDTH, dtype=np.float32)),
        same,
        same,
        same,
        Pairing(*(np.zeros((2, BUCKETS), dtype=np.float32) for _ in range(5))),
    )


class Encoder:
    """Gives each piece its own number and its place in the window; keeps the shapes that it was asked for."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, int]] = []

    def __call__(self, ids, cases, mask):
        self.shapes.append(ids.shape)
        places = np.broadcast_to(np.arange(ids.shape[1]), ids.shape)
        return np.stack((ids, places), -1).astype(np.float32)


def text(count: int) -> Encoded:
    return Encoded("x" * count, list(range(count)), [(n, n + 1) for n in range(count)], [1] * count, list(range(count)))


def engine(encoder: Encoder) -> Engine:
    return Engine(
        encoder,
        {"layers": {"toponyms": ["place"]}, "classes": {}, "choices": {}, "roles": []},
        heads(),
        size=10,
        overlap=4,
    )


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 57, 300])
def test_every_piece_has_one_state_whatever_the_windows(count):
    outputs = engine(Encoder()).read(text(count))
    assert outputs.hidden.shape == (count, WIDTH)
    assert outputs.hidden[:, 0].tolist() == list(range(count))
    assert outputs.layer("toponyms").shape == (count, 3)
    assert outputs.classes("relevance").shape == (2,)


def test_a_piece_is_taken_from_the_window_where_it_is_deepest():
    outputs = engine(Encoder()).read(text(16))
    # windows are 0-10 and 6-16: piece 7 stands eighth in the first, piece 8 third in the second ([CLS] is first)
    assert outputs.hidden[7, 1] == 8
    assert outputs.hidden[8, 1] == 3


def test_long_texts_go_to_the_encoder_a_few_windows_at_a_time():
    encoder = Encoder()
    engine(encoder).read(text(300))
    assert max(rows for rows, _ in encoder.shapes) <= 8
    assert len(encoder.shapes) > 1


def test_the_opening_is_levelled():
    opening = engine(Encoder()).read(text(5)).opening
    assert abs(opening.mean()) < 1e-5
    assert abs(opening.std() - 1) < 1e-3
