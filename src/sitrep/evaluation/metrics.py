"""Metrics as their papers define them; every one has a hand-worked case in its test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import NamedTuple


class Score(NamedTuple):
    """Precision, recall and their harmonic mean; each is 0 where nothing could be right."""

    precision: float
    recall: float
    f1: float


def prf(right_of_predicted: float, predicted: float, right_of_gold: float, gold: float) -> Score:
    """Precision and recall from counts. The two counts of right answers differ where one may answer several."""
    precision = right_of_predicted / predicted if predicted else 0.0
    recall = right_of_gold / gold if gold else 0.0
    total = precision + recall
    return Score(precision, recall, 2 * precision * recall / total if total else 0.0)


def micro(pairs: Iterable[tuple[Collection[Hashable], Collection[Hashable]]]) -> Score:
    """Micro-averaged score of (predicted, gold) sets: how many members they share, over all pairs."""
    right = predicted = gold = 0
    for ours, theirs in pairs:
        mine, other = set(ours), set(theirs)
        right += len(mine & other)
        predicted += len(mine)
        gold += len(other)
    return prf(right, predicted, right, gold)


class ClassScores(NamedTuple):
    """F1 over classes: macro (each class counts the same), weighted (by gold size), and accuracy."""

    macro: float
    weighted: float
    accuracy: float
    by_class: dict[str, Score]


def class_scores(gold: Sequence[str], predicted: Sequence[str | None]) -> ClassScores:
    """One label each: scores over the classes that the gold has; None is an answer that is always wrong."""
    right = Counter(label for label, answer in zip(gold, predicted, strict=True) if label == answer)
    sizes, answers = Counter(gold), Counter(predicted)
    by_class = {label: prf(right[label], answers[label], right[label], sizes[label]) for label in sorted(sizes)}
    if not gold:
        return ClassScores(0.0, 0.0, 0.0, {})
    macro = sum(score.f1 for score in by_class.values()) / len(by_class)
    weighted = sum(by_class[label].f1 * size for label, size in sizes.items()) / len(gold)
    return ClassScores(macro, weighted, sum(right.values()) / len(gold), by_class)


def overlap(first: tuple[int, int], second: tuple[int, int]) -> int:
    """How many characters two spans share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def match_spans(
    predicted: Sequence[tuple[int, int]], gold: Sequence[tuple[int, int]], *, exact: bool = False
) -> list[tuple[int, int]]:
    """Index pairs (predicted, gold), one to one: same spans, or overlapping ones, the largest overlap first."""
    if exact:
        places: dict[tuple[int, int], list[int]] = {}
        for j, span in enumerate(gold):
            places.setdefault((span[0], span[1]), []).append(j)
        return [(i, places[span].pop(0)) for i, span in enumerate(predicted) if places.get(span)]
    found = sorted(
        (-overlap(mine, theirs), i, j)
        for i, mine in enumerate(predicted)
        for j, theirs in enumerate(gold)
        if overlap(mine, theirs)
    )
    used_predicted: set[int] = set()
    used_gold: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, i, j in found:
        if i not in used_predicted and j not in used_gold:
            used_predicted.add(i)
            used_gold.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def best_assignment(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column), one to one, of the largest total weight (Kuhn 1955, Munkres 1957).

    Pairs of weight 0 are left out.
    """
    rows, columns = len(weights), max((len(row) for row in weights), default=0)
    if not rows or not columns:
        return []
    if rows > columns:
        flipped = [[weights[i][j] for i in range(rows)] for j in range(columns)]
        return sorted((i, j) for j, i in best_assignment(flipped))
    # shortest augmenting paths with potentials; index 0 stands for "nobody yet"
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    holder, way = [0] * (columns + 1), [0] * (columns + 1)
    for i in range(1, rows + 1):
        holder[0] = i
        column = 0
        slack, seen = [float("inf")] * (columns + 1), [False] * (columns + 1)
        while True:
            seen[column] = True
            row, delta, nearest = holder[column], float("inf"), 0
            for j in range(1, columns + 1):
                if seen[j]:
                    continue
                cost = -weights[row - 1][j - 1] - row_price[row] - column_price[j]
                if cost < slack[j]:
                    slack[j], way[j] = cost, column
                if slack[j] < delta:
                    delta, nearest = slack[j], j
            for j in range(columns + 1):
                if seen[j]:
                    row_price[holder[j]] += delta
                    column_price[j] -= delta
                else:
                    slack[j] -= delta
            column = nearest
            if not holder[column]:
                break
        while column:
            holder[column] = holder[way[column]]
            column = way[column]
    return sorted((holder[j] - 1, j - 1) for j in range(1, columns + 1) if holder[j] and weights[holder[j] - 1][j - 1])


def ceaf_ree(predicted: Sequence[frozenset[str]], gold: Sequence[frozenset[str]]) -> tuple[int, int, int]:
    """CEAF-REE counts (right, predicted, gold) for the entities of one role (Du, Rush and Cardie 2021, GRIT).

    Each entity is the set of its mentions. A predicted entity is right for a gold one when all its
    mentions are mentions of it; entities are aligned one to one, as many as possible.
    """
    right = best_assignment([[float(bool(mine) and mine <= theirs) for theirs in gold] for mine in predicted])
    return len(right), len(predicted), len(gold)


class Filled(NamedTuple):
    """A template: the kind of incident and, by role, its entities, each the set of its mentions."""

    kind: str
    roles: dict[str, tuple[frozenset[str], ...]]


def template_counts(predicted: Sequence[Filled], gold: Sequence[Filled]) -> tuple[int, int, int]:
    """Counts (right, predicted, gold) of a document's filled slots under the best mapping of templates.

    Du, Rush and Cardie 2021 (GTT): templates are mapped one to one, only where their incident types are
    the same, so that the total is largest; the type is a slot, and fillers of each role count as in CEAF-REE.
    """

    def shared(mine: Filled, theirs: Filled) -> float:
        if mine.kind != theirs.kind:
            return 0.0
        return 1.0 + sum(ceaf_ree(fillers, theirs.roles.get(role, ()))[0] for role, fillers in mine.roles.items())

    def size(templates: Sequence[Filled]) -> int:
        return sum(1 + sum(len(fillers) for fillers in template.roles.values()) for template in templates)

    weights = [[shared(mine, theirs) for theirs in gold] for mine in predicted]
    right = sum(weights[i][j] for i, j in best_assignment(weights))
    return round(right), size(predicted), size(gold)
