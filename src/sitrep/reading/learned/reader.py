"""The trained reader: a text in, what it finds out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sitrep.reading.learned.decode import (
    Floats,
    Found,
    Pieces,
    argument_logits,
    attributions,
    entities,
    find_spans,
    log_softmax,
    runs_of,
)
from sitrep.reading.learned.engine import Engine, Outputs
from sitrep.reading.learned.texts import Attribution, Span, continues, encode, load_tokenizer, marked_text, pieces_of
from sitrep.reading.learned.weights import Settings, Weights, load_weights, present

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# an argument stands near its trigger: pieces looked at on either side
REACH = 120
# and nearer to a trigger of the rules, whose arguments stand in its sentence or the next
NEAR = 60
# layers whose torn spans are joined
MENDED = frozenset({"content"})


class Trigger(NamedTuple):
    """Words that tell an event: its type or group of types, how sure, and its arguments with their roles."""

    span: Span
    score: float
    arguments: tuple[Found, ...]


class Learned:
    """What the trained reader finds in one text; each part is decoded when first asked for. Offsets are the text's."""

    def __init__(self, outputs: Outputs, engine: Engine, settings: Settings) -> None:
        self._outputs = outputs
        self._engine = engine
        self._settings = settings

    def spans(self, layer: str) -> tuple[Found, ...]:
        """The spans of a layer, in text order, with calibrated scores."""
        if layer not in self._spans:
            self._spans[layer] = tuple(self._find(layer)) if layer in self._engine.labels["layers"] else ()
        return self._spans[layer]

    @cached_property
    def _spans(self) -> dict[str, tuple[Found, ...]]:
        return {}

    @cached_property
    def _inside_word(self) -> list[bool]:
        return continues(self._outputs.encoded.text, self._outputs.encoded.offsets)

    def _find(self, layer: str) -> list[Found]:
        return find_spans(
            self._outputs.encoded.text,
            self._outputs.encoded.offsets,
            self._outputs.layer(layer),
            self._engine.labels["layers"][layer],
            inside_word=self._inside_word,
            **self._settings.decoding.get(layer, {}),
            mend=layer in MENDED,
            temperature=self._settings.temperatures.get(layer, 1.0),
        )

    def mass(self, layer: str, start: int, end: int) -> float:
        """How likely the characters [start, end) stand in a span of a layer, on the mean over their pieces."""
        if layer not in self._sums:
            self._sums[layer] = [0.0, *np.cumsum(self._inside(layer), dtype=np.float64).tolist()]
        sums = self._sums[layer]
        first, last = pieces_of(self._outputs.encoded.offsets, Span(start, end), self._outputs.encoded.starts)
        return (sums[last] - sums[first]) / (last - first) if last > first else 0.0

    def _inside(self, layer: str) -> Floats:
        if layer not in self._masses:
            scaled = self._outputs.layer(layer) / self._settings.temperatures.get(layer, 1.0)
            self._masses[layer] = 1 - np.exp(log_softmax(scaled)[:, 0])
        return self._masses[layer]

    @cached_property
    def _masses(self) -> dict[str, Floats]:
        return {}

    @cached_property
    def _sums(self) -> dict[str, list[float]]:
        return {}

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what."""
        parts = (self.spans("content"), self.spans("cue"), self.spans("source"))
        return tuple(attributions(self._outputs.links, *parts, self._engine.heads.pairing))

    @cached_property
    def triggers(self) -> tuple[Trigger, ...]:
        """Words that tell events, with their arguments."""
        return tuple(Trigger(found.span, found.score, self._arguments(found.pieces)) for found in self.spans("events"))

    def roles_of(self, start: int, end: int, *, least: float) -> tuple[Found, ...]:
        """What plays a role in what the words [start, end) tell, whether they were found to tell anything or not:
        stretches whose every piece is given a role by at least `least`. Cheaper than to decode the best arguments.
        """
        encoded = self._outputs.encoded
        trigger = pieces_of(encoded.offsets, Span(start, end), encoded.starts)
        if trigger[1] <= trigger[0]:
            return ()
        first, last = max(0, trigger[0] - NEAR), min(len(encoded.offsets), trigger[1] + NEAR)
        logits = argument_logits(
            self._outputs.argument[first:last],
            self._outputs.trigger[first:last],
            (trigger[0] - first, trigger[1] - first),
            self._engine.heads.pairing,
        )
        sure = np.exp(log_softmax(logits / self._settings.temperatures.get("arguments", 1.0)))
        odds = sure[:, 1::2] + sure[:, 2::2]
        best = odds.argmax(1)
        likely = odds.max(1) >= least
        return tuple(
            self._stretch(first + start, first + end, self._engine.labels["roles"][role], odds[start:end, role])
            for start, end in runs_of(likely, best)
            for role in [int(best[start])]
        )

    def runs(self, layer: str, least: float) -> tuple[Found, ...]:
        """Stretches whose every piece stands in a span of a layer by at least `least`, whatever the span's label."""
        inside = self._inside(layer)
        return tuple(self._stretch(start, end, "", inside[start:end]) for start, end in runs_of(inside >= least))

    def _stretch(self, first: int, last: int, label: str, sure: Floats) -> Found:
        """The pieces first to last as a span, as sure as they are on the mean."""
        offsets = self._outputs.encoded.offsets
        return Found(Span(offsets[first][0], offsets[last - 1][1], label), (first, last), float(sure.mean()))

    def _arguments(self, trigger: Pieces) -> tuple[Found, ...]:
        first = max(0, trigger[0] - REACH)
        last = trigger[1] + REACH
        encoded = self._outputs.encoded
        where = (trigger[0] - first, trigger[1] - first)
        logits = argument_logits(
            self._outputs.argument[first:last], self._outputs.trigger[first:last], where, self._engine.heads.pairing
        )
        return tuple(
            found._replace(pieces=(found.pieces[0] + first, found.pieces[1] + first))
            for found in find_spans(
                encoded.text,
                encoded.offsets[first:last],
                logits,
                self._engine.labels["roles"],
                inside_word=self._inside_word[first:last],
                **self._settings.decoding.get("arguments", {}),
                temperature=self._settings.temperatures.get("arguments", 1.0),
            )
        )

    @cached_property
    def participants(self) -> dict[str, tuple[tuple[Found, ...], ...]]:
        """Who and what takes part in the incidents of the whole text, by MUC-4's five roles; one group of spans for
        each different participant, the first mention first.
        """
        text = self._outputs.encoded.text
        return {
            role: tuple(tuple(group) for group in groups)
            for role, groups in entities(self.spans("fillers"), text).items()
        }

    def odds(self, head: str) -> dict[str, float]:
        """The probability of each class of a class head; of a free-choice head, of each label by itself."""
        labels = self._engine.labels
        if head not in labels["classes"] and head not in labels["choices"]:
            return {}
        scaled = self._outputs.classes(head) / self._settings.temperatures.get(head, 1.0)
        if head in labels["choices"]:
            return dict(zip(labels["choices"][head], (1 / (1 + np.exp(-scaled))).tolist(), strict=True))
        return dict(zip(labels["classes"][head], np.exp(log_softmax(scaled)).tolist(), strict=True))

    @cached_property
    def relevance(self) -> float | None:
        """How likely the text is about political violence, by its opening."""
        return self.odds("relevance").get("relevant")


class LearnedReader:
    """Runs the shipped weights over texts. Loads them when first asked."""

    def __init__(self, weights: Weights | None = None) -> None:
        self._given = weights

    @cached_property
    def weights(self) -> Weights:
        """The model."""
        return self._given or load_weights()

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(self.weights.tokenizer)

    def outputs(self, text: str) -> Outputs:
        """The encoder's states for a text, and the heads over them."""
        return self.weights.engine.read(encode(text, self._tokenizer))

    def read(self, text: str, marks: Sequence[Span] = ()) -> Learned:
        """What is found in a text. marks: a source and a target whose relation is asked; offsets then count markers."""
        whole = marked_text(text, marks) if marks else text
        return Learned(self.outputs(whole), self.weights.engine, self.weights.settings)


def pair_odds(reader: LearnedReader, text: str, source: tuple[int, int], target: tuple[int, int]) -> dict[str, float]:
    """The odds of each PLOVER class of what the words at `source` do to those at `target` in a sentence."""
    marks = (Span(*source, "source"), Span(*target, "target"))
    return reader.read(text, marks).odds("plover")


def default_learned(folder: Path | None = None) -> LearnedReader | None:
    """The reader with the weights of a folder, or with the shipped ones; None in an installation without them."""
    if folder is not None:
        return LearnedReader(load_weights(folder))
    return LearnedReader() if present() else None
