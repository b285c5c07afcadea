"""Metrics for coreference: MUC, B³ and CEAF-e, and their mean, the CoNLL score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from sitrep.evaluation.metrics import Score, best_assignment, prf

Clusters = Sequence[frozenset[Hashable]]


class Conll(NamedTuple):
    """The three scores and the mean of their F1 (Pradhan et al. 2012, CoNLL-2012 shared task)."""

    muc: Score
    b_cubed: Score
    ceaf_e: Score
    mean: float


def conll(predicted: Iterable[Iterable[Hashable]], gold: Iterable[Iterable[Hashable]]) -> Conll:
    """Scores of predicted clusters of mentions against gold ones; the mentions need not be the same."""
    mine = [frozenset(cluster) for cluster in predicted if cluster]
    theirs = [frozenset(cluster) for cluster in gold if cluster]
    scores = muc(mine, theirs), b_cubed(mine, theirs), ceaf_e(mine, theirs)
    return Conll(*scores, sum(score.f1 for score in scores) / 3)


def muc(predicted: Clusters, gold: Clusters) -> Score:
    """Link-based score (Vilain et al. 1995)."""
    right, links = _muc_recall(gold, predicted)
    right_predicted, links_predicted = _muc_recall(predicted, gold)
    return prf(right_predicted, links_predicted, right, links)


def _muc_recall(keys: Clusters, answers: Clusters) -> tuple[int, int]:
    of = _index(answers)
    right = links = 0
    for cluster in keys:
        parts = {of[mention] for mention in cluster if mention in of}
        missing = sum(mention not in of for mention in cluster)
        right += len(cluster) - len(parts) - missing
        links += len(cluster) - 1
    return right, links


def b_cubed(predicted: Clusters, gold: Clusters) -> Score:
    """Mention-based score (Bagga and Baldwin 1998)."""
    right, count = _b_cubed_recall(gold, predicted)
    right_predicted, count_predicted = _b_cubed_recall(predicted, gold)
    return prf(right_predicted, count_predicted, right, count)


def _b_cubed_recall(keys: Clusters, answers: Clusters) -> tuple[float, int]:
    of = _index(answers)
    right = 0.0
    for cluster in keys:
        parts = Counter(of[mention] for mention in cluster if mention in of)
        right += sum(shared * shared for shared in parts.values()) / len(cluster)
    return right, sum(len(cluster) for cluster in keys)


def ceaf_e(predicted: Clusters, gold: Clusters) -> Score:
    """Entity-based score with φ4, twice the shared mentions over both sizes (Luo 2005)."""
    of = _index(predicted)
    weights: dict[tuple[int, int], float] = {}
    for j, cluster in enumerate(gold):
        for i, shared in Counter(of[mention] for mention in cluster if mention in of).items():
            weights[i, j] = 2 * shared / (len(predicted[i]) + len(cluster))
    right = _largest_total(weights)
    return prf(right, len(predicted), right, len(gold))


def _index(clusters: Clusters) -> dict[Hashable, int]:
    return {mention: i for i, cluster in enumerate(clusters) for mention in cluster}


def _largest_total(weights: dict[tuple[int, int], float]) -> float:
    """The largest total of a one-to-one pairing, found group by group: most clusters touch few others."""
    group: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while group.setdefault(node, node) != node:
            group[node] = group[group[node]]
            node = group[node]
        return node

    for i, j in weights:
        group[root(("mine", i))] = root(("theirs", j))
    parts: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for i, j in weights:
        parts.setdefault(root(("mine", i)), []).append((i, j))
    total = 0.0
    for pairs in parts.values():
        rows = {i: n for n, i in enumerate(sorted({i for i, _ in pairs}))}
        columns = {j: n for n, j in enumerate(sorted({j for _, j in pairs}))}
        table = [[0.0] * len(columns) for _ in rows]
        for i, j in pairs:
            table[rows[i]][columns[j]] = weights[i, j]
        total += sum(table[n][m] for n, m in best_assignment(table))
    return total
