"""Metrics on cases small enough to work out by hand."""

from itertools import permutations

import pytest

from sitrep.evaluation.coreference import b_cubed, ceaf_e, conll, muc
from sitrep.evaluation.metrics import (
    Filled,
    best_assignment,
    ceaf_ree,
    class_scores,
    match_spans,
    micro,
    prf,
    template_counts,
)


def test_prf_of_nothing_is_zero_not_an_error():
    assert prf(0, 0, 0, 0) == (0.0, 0.0, 0.0)
    assert prf(1, 2, 1, 4) == (0.5, 0.25, pytest.approx(1 / 3))


def test_micro_counts_members_over_all_pairs():
    score = micro([({"a", "b"}, {"a"}), (set(), {"c"}), ({"d"}, {"d"})])
    assert score == (pytest.approx(2 / 3), pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_class_scores():
    # a: p 1/1, r 1/2, f 2/3; b: p 1/2, r 1/1, f 2/3; c: nothing right
    scores = class_scores(["a", "a", "b", "c"], ["a", "b", "b", None])
    assert scores.by_class["a"].f1 == pytest.approx(2 / 3)
    assert scores.by_class["b"].f1 == pytest.approx(2 / 3)
    assert scores.by_class["c"].f1 == 0
    assert scores.macro == pytest.approx(4 / 9)
    assert scores.weighted == pytest.approx((2 * 2 / 3 + 2 / 3) / 4)
    assert scores.accuracy == 0.5


def test_match_spans_takes_the_largest_overlap_first_and_each_span_once():
    assert match_spans([(0, 5), (4, 10)], [(3, 10)]) == [(1, 0)]
    assert match_spans([(0, 5), (0, 5)], [(0, 5)], exact=True) == [(0, 0)]
    assert match_spans([(0, 5)], [(0, 6)], exact=True) == []


def test_best_assignment_beats_the_greedy_one():
    # greedy takes 5 and is left with 0; the best is 4 + 4
    assert best_assignment([[5, 4], [4, 0]]) == [(0, 1), (1, 0)]
    assert best_assignment([[0, 0], [0, 0]]) == []
    assert best_assignment([]) == []


def test_best_assignment_is_the_best_of_all_permutations():
    table = [[3, 1, 2, 7], [2, 4, 6, 1], [5, 5, 9, 2]]
    best = max(sum(table[i][p[i]] for i in range(3)) for p in permutations(range(4), 3))
    assert sum(table[i][j] for i, j in best_assignment(table)) == best
    upright = [list(column) for column in zip(*table, strict=True)]
    assert sum(upright[i][j] for i, j in best_assignment(upright)) == best


def entities(*names):
    return tuple(frozenset(name.split("/")) for name in names)


def test_ceaf_ree_asks_for_the_whole_predicted_entity():
    gold = entities("guerrillas/guerrilla column", "army")
    assert ceaf_ree(entities("guerrillas"), gold) == (1, 1, 2)
    # both predicted entities belong to the same gold one, which only one of them may take
    assert ceaf_ree(entities("guerrillas", "guerrilla column"), gold) == (1, 2, 2)
    assert ceaf_ree(entities("guerrillas/soldiers"), gold) == (0, 1, 2)


def test_template_counts_map_templates_of_the_same_kind_only():
    gold = [
        Filled("attack", {"Victim": entities("mayor"), "Weapon": entities("gun")}),
        Filled("arson", {"Target": entities("truck")}),
    ]
    same = Filled("attack", {"Victim": entities("mayor")})
    assert template_counts([same], gold) == (2, 2, 5)
    other = Filled("bombing", {"Victim": entities("mayor")})
    assert template_counts([other], gold) == (0, 2, 5)
    # two predicted attacks compete for the one gold attack: the better one gets it
    assert template_counts([Filled("attack", {}), same], gold) == (2, 3, 5)


# the worked example of Luo (2005), figure 1
GOLD = ["12345", "67", "89ABC"]
B = ["12345", "6789ABC"]
C = ["1234589ABC", "67"]


def test_muc_does_not_tell_the_two_systems_apart():
    for system in (B, C):
        score = muc([frozenset(c) for c in system], [frozenset(c) for c in GOLD])
        assert (score.precision, score.recall) == (0.9, 1.0)


def test_b_cubed():
    gold = [frozenset(c) for c in GOLD]
    assert b_cubed([frozenset(c) for c in B], gold).precision == pytest.approx((5 + (4 + 25) / 7) / 12)
    assert b_cubed([frozenset(c) for c in C], gold).precision == pytest.approx((5 * 5 / 10 + 5 * 5 / 10 + 2) / 12)
    assert b_cubed([frozenset(c) for c in B], gold).recall == 1


def test_ceaf_e():
    score = ceaf_e([frozenset(c) for c in B], [frozenset(c) for c in GOLD])
    total = 1 + 2 * 5 / (7 + 5)
    assert score.recall == pytest.approx(total / 3)
    assert score.precision == pytest.approx(total / 2)


def test_conll_is_the_mean_and_takes_missing_mentions():
    perfect = conll(GOLD, GOLD)
    assert perfect.mean == 1
    missing = conll(["1234", "89ABC"], GOLD)
    assert missing.muc.recall == pytest.approx((3 + 0 + 4) / (4 + 1 + 4))
    assert missing.muc.precision == 1
    assert missing.b_cubed.recall == pytest.approx((16 / 5 + 0 + 5) / 12)
    assert missing.mean == pytest.approx((missing.muc.f1 + missing.b_cubed.f1 + missing.ceaf_e.f1) / 3)
