"""Fits heads of the trained reader to what people corrected: plain arithmetic over the encoder's states, no torch.

The encoder stays as it is; a head moves from the shipped numbers only as far as the corrections ask for.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sitrep.errors import PipelineError
from sitrep.model import Reading
from sitrep.reading.learned.decode import Floats, find_spans, log_softmax, product
from sitrep.reading.learned.engine import Linear, Outputs
from sitrep.reading.learned.reader import MENDED, LearnedReader
from sitrep.reading.learned.texts import IGNORED, Span, encode_bio
from sitrep.reading.learned.weights import FILES, HEADS

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS, RATE, PULL = 150, 3e-3, 1e-3
HELD_OUT = 5  # one report in so many is kept for the comparison
LEAST = 5  # reports with corrections, below which a comparison says nothing


class Lesson(NamedTuple):
    """A report that somebody went through, with the spans of each layer as they now stand."""

    text: str
    spans: dict[str, tuple[Span, ...]]


class Progress(NamedTuple):
    """F1 of exact spans with their label on the reports kept out, before and after; how many were learned from."""

    layer: str
    before: float
    after: float
    learned_from: int
    kept_out: int


def lesson_of(reading: Reading) -> Lesson:
    """What the record of a report teaches: its triggers with their types, and its statements."""
    claims = reading.claims
    sources = [claim.speaker.evidence[:1] for claim in claims if claim.speaker]
    return Lesson(
        reading.report.text,
        {
            "events": tuple(
                sorted({Span(t.start, t.end, event.type) for event in reading.events for t in event.triggers})
            ),
            "content": tuple(sorted({Span(e.start, e.end, "content") for claim in claims for e in claim.content})),
            "cue": tuple(sorted({Span(e.start, e.end, "cue") for claim in claims for e in claim.cue})),
            "source": tuple(sorted({Span(e.start, e.end, "source") for every in sources for e in every})),
        },
    )


def fit(reader: LearnedReader, lessons: Sequence[Lesson], out: Path) -> list[Progress]:
    """Fit the heads of the layers that the lessons have, compare, and write weights into a folder.

    A head that reads the reports kept out no better than before stays as shipped. Raises PipelineError where there are
    too few lessons.
    """
    if len(lessons) < LEAST:
        raise PipelineError(
            f"Fitting the trained reader: {len(lessons)} reports have corrections, {LEAST} are needed to compare.",
            todo="Correct more reports at the desk, and try again.",
            stage="learned",
        )
    outputs = [reader.outputs(lesson.text) for lesson in lessons]
    kept = [number for number in range(len(lessons)) if number % HELD_OUT == HELD_OUT - 1]
    used = [number for number in range(len(lessons)) if number not in kept]
    engine = reader.weights.engine
    made: list[Progress] = []
    changed: dict[str, Floats] = {}
    for layer in lessons[0].spans:
        labels = engine.labels["layers"].get(layer)
        if labels is None:
            continue
        old = engine.heads.layers[layer]
        tags = [
            np.array(encode_bio(outputs[n].encoded.offsets, lessons[n].spans[layer], labels), dtype=np.int64)
            for n in used
        ]
        new = _moved(old, np.concatenate([outputs[n].hidden for n in used]), np.concatenate(tags))
        before, after = (_f1(reader, layer, head, [(outputs[n], lessons[n]) for n in kept]) for head in (old, new))
        made.append(Progress(layer, before, after, len(used), len(kept)))
        if after > before:
            changed |= {f"layers.{layer}.weight": new.weight, f"layers.{layer}.bias": new.bias}
    _write(reader, changed, out)
    return made


def _moved(head: Linear, hidden: Floats, tags: NDArray[np.int64]) -> Linear:
    """The head after some steps of Adam on the pieces that have a tag, pulled back to where it was."""
    asked = tags != IGNORED
    hidden, tags = hidden[asked], tags[asked]
    whole = np.concatenate((head.weight, head.bias[:, None]), 1)
    inputs = np.concatenate((hidden, np.ones((len(hidden), 1), dtype=np.float32)), 1)
    weights: Floats = whole.copy()
    first, second = np.zeros_like(whole), np.zeros_like(whole)
    right = np.zeros((len(tags), len(whole)), dtype=np.float32)
    right[np.arange(len(tags)), tags] = 1.0
    for step in range(1, STEPS + 1):
        wrong = np.exp(log_softmax(product(inputs, weights.T))) - right
        slope = product(wrong.T, inputs) / len(tags) + PULL * (weights - whole)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        change = RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        weights = weights - change.astype(np.float32)
    return Linear(weights[:, :-1], weights[:, -1])


def _f1(reader: LearnedReader, layer: str, head: Linear, kept: Sequence[tuple[Outputs, Lesson]]) -> float:
    setting = reader.weights.settings.decoding.get(layer, {})
    right = given = wanted = 0
    for outputs, lesson in kept:
        encoded = outputs.encoded
        found = find_spans(
            encoded.text, encoded.offsets, head(outputs.hidden), reader.weights.engine.labels["layers"][layer],
            **setting, mend=layer in MENDED,
        )  # fmt: skip
        mine, gold = {one.span for one in found}, set(lesson.spans[layer])
        right, given, wanted = right + len(mine & gold), given + len(mine), wanted + len(gold)
    return 2 * right / (given + wanted) if given + wanted else 0.0


def _write(reader: LearnedReader, changed: dict[str, Floats], out: Path) -> None:
    folder = Path(reader.weights.tokenizer).parent
    out.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        if name != HEADS:
            shutil.copyfile(folder / name, out / name)
    with np.load(folder / HEADS) as stored:
        np.savez_compressed(out / HEADS, allow_pickle=False, **(dict(stored.items()) | changed))
