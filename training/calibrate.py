"""Temperatures: by what each head's scores are divided so that 0.8 is right eight times in ten, chosen on dev."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from sitrep.reading.learned.decode import log_softmax
from sitrep.reading.learned.engine import Engine, Outputs
from sitrep.reading.learned.texts import IGNORED, encode_bio

from examples import Example

TEMPERATURES = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0, 2.4, 2.8, 3.3)
BINS = 10
SURELY_OUTSIDE = 0.99  # pieces that nobody doubts would make any error look small

Scores = NDArray[np.float32]


class Collected:
    """Scores of a head with what was right, from any number of texts."""

    def __init__(self) -> None:
        self.logits: dict[str, list[Scores]] = defaultdict(list)
        self.gold: dict[str, list[NDArray[np.int64]]] = defaultdict(list)

    def add(self, examples: list[Example], outputs: list[Outputs], engine: Engine) -> None:
        """The examples of one set, with what the model says of them."""
        for example, one in zip(examples, outputs, strict=True):
            for layer, spans in example.layers.items():
                if layer in engine.labels["layers"]:
                    gold = np.array(encode_bio(one.encoded.offsets, spans, engine.labels["layers"][layer]))
                    self._keep(layer, one.layer(layer), gold)
            for head, right in example.classes.items():
                labels = engine.labels["classes"].get(head, [])
                if len(right) == 1 and right[0] in labels:
                    self._keep(head, one.classes(head)[None], np.array([labels.index(right[0])]))

    def _keep(self, head: str, logits: Scores, gold: NDArray[np.int64]) -> None:
        asked = gold != IGNORED
        if logits.shape[0] > 1:
            asked &= ~((np.exp(log_softmax(logits))[:, 0] > SURELY_OUTSIDE) & (gold == 0))
        if asked.any():
            self.logits[head].append(logits[asked])
            self.gold[head].append(gold[asked])

    def chosen(self) -> dict[str, dict[str, float]]:
        """By head the temperature with the least surprise, and the expected calibration error before and after."""
        found: dict[str, dict[str, float]] = {}
        for head, parts in self.logits.items():
            logits, gold = np.concatenate(parts), np.concatenate(self.gold[head])
            best = min(TEMPERATURES, key=lambda temperature: surprise(logits / temperature, gold))
            found[head] = {
                "temperature": best,
                "ece_before": round(calibration_error(logits, gold), 4),
                "ece_after": round(calibration_error(logits / best, gold), 4),
            }
        return found


def surprise(logits: Scores, gold: NDArray[np.int64]) -> float:
    """The mean negative log probability of what was right."""
    return float(-log_softmax(logits)[np.arange(len(gold)), gold].mean())


def calibration_error(logits: Scores, gold: NDArray[np.int64]) -> float:
    """How far, on the mean over ten bins of equal width, the score of the best answer is from how often it is right."""
    odds = np.exp(log_softmax(logits))
    sure, right = odds.max(-1), odds.argmax(-1) == gold
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    apart = 0.0
    for number in range(BINS):
        inside = places == number
        if inside.any():
            apart += inside.mean() * abs(sure[inside].mean() - right[inside].mean())
    return float(apart)
