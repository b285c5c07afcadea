import pytest
import torch
from sitrep.reading.learned.texts import CLS, PAD, SEP

from average import mean
from model import mpnet_ids
from teacher import apart


def test_nothing_is_learned_of_a_teacher_who_says_the_same():
    scores = torch.tensor([[2.0, -1.0, 0.5], [0.0, 0.0, 4.0]])
    assert float(apart(scores, scores)) == pytest.approx(0)
    assert float(apart(scores + 3, scores)) == pytest.approx(0, abs=1e-6)  # only the odds count
    assert float(apart(scores.flip(-1), scores)) > 0.1


def test_mpnet_numbers_bert_s_pieces_behind_four_of_its_own():
    assert mpnet_ids(torch.tensor([[CLS, 1999, SEP, PAD]])).tolist() == [[0, 2003, 2, 1]]


def test_the_mean_of_two_runs_lies_between_them():
    first = {"weight": torch.tensor([0.0, 2.0]), "steps": torch.tensor(3)}
    second = {"weight": torch.tensor([1.0, 4.0]), "steps": torch.tensor(5)}
    found = mean(first, second, 0.25)
    assert found["weight"].tolist() == [0.25, 2.5]
    assert int(found["steps"]) == 5
