"""Items of several sets as tensors: what one step of training reads, with what is to be learned at each piece."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sitrep.reading.learned.engine import Labels, padded
from sitrep.reading.learned.spans import BUCKETS, NEARNESS
from sitrep.reading.learned.texts import IGNORED
from torch import Tensor

from pieces import Item

Ints = NDArray[np.int64]


@dataclass(slots=True)
class Links:
    """Contents and the cues (or sources) that could belong to them. Spans are rows of (window, first, last).

    places: the distance bucket of each pair, -1 where the two stand in different windows. right: which anchor belongs
    to which content; the last column is that there is none.
    """

    contents: Tensor
    anchors: Tensor
    places: Tensor
    right: Tensor


@dataclass(slots=True)
class Arguments:
    """Triggers as rows of (window, first, last), the distance bucket of every piece, and its tag as their argument."""

    triggers: Tensor
    places: Tensor
    tags: Tensor


@dataclass(slots=True)
class Batch:
    """Windows, and for each head the windows that teach it with what is right there.

    share: by head, which part of the batch's sets teaches it; a head that few teach weighs less.
    """

    ids: Tensor
    cases: Tensor
    mask: Tensor
    tags: dict[str, tuple[Tensor, Tensor]]
    classes: dict[str, tuple[Tensor, Tensor]]
    choices: dict[str, tuple[Tensor, Tensor]]
    links: dict[str, Links]
    arguments: Arguments | None
    share: dict[str, float]

    def to(self, device: torch.device) -> Batch:
        """The batch where the model is."""
        return Batch(**{one.name: _moved(getattr(self, one.name), device) for one in fields(self)})


def _moved(value: Any, device: torch.device) -> Any:
    match value:
        case Tensor():
            return value.to(device, non_blocking=True)
        case dict():
            return {name: _moved(one, device) for name, one in value.items()}
        case tuple():
            return tuple(_moved(one, device) for one in value)
        case Links() | Arguments():
            return type(value)(*(_moved(getattr(value, one.name), device) for one in fields(value)))
    return value


def collate(parts: Sequence[Sequence[Item]], labels: Labels) -> Batch:
    """The batch of some sets' items."""
    items = [item for part in parts for item in part]
    ids = padded([item.ids for item in items])
    width = ids.shape[1]
    taught = Counter(head for part in parts for head in {head for item in part for head in taught_by(item)})
    return Batch(
        ids=torch.from_numpy(ids),
        cases=torch.from_numpy(padded([item.cases for item in items])),
        mask=torch.from_numpy(padded([[1] * len(item.ids) for item in items])),
        tags={layer: _tags(items, layer, width) for layer in sorted({layer for item in items for layer in item.tags})},
        classes=_chosen([item.classes for item in items], labels["classes"]),
        choices=_chosen([item.choices for item in items], labels["choices"]),
        links={kind: made for kind in ("cue", "source") if (made := _links(items, kind))},
        arguments=_arguments(items, width),
        share={head: count / len(parts) for head, count in taught.items()},
    )


def taught_by(item: Item) -> set[str]:
    """The heads that an item teaches."""
    heads = {*item.tags, *item.classes, *item.choices}
    return heads | ({"links"} if item.links else set()) | ({"arguments"} if item.events else set())


def _tags(items: Sequence[Item], layer: str, width: int) -> tuple[Tensor, Tensor]:
    rows = [number for number, item in enumerate(items) if layer in item.tags]
    tags = np.full((len(rows), width), IGNORED, dtype=np.int64)
    for place, row in enumerate(rows):
        tags[place, : len(items[row].ids)] = items[row].tags[layer]
    return torch.tensor(rows), torch.from_numpy(tags)


def _chosen(found: Sequence[dict[str, list[int]]], labels: dict[str, list[str]]) -> dict[str, tuple[Tensor, Tensor]]:
    """By head the windows that teach it, and 1 at each class that is right."""
    made: dict[str, tuple[Tensor, Tensor]] = {}
    for head in sorted({head for one in found for head in one}):
        rows = [number for number, one in enumerate(found) if head in one]
        right = torch.zeros(len(rows), len(labels[head]))
        for place, row in enumerate(rows):
            right[place, found[row][head]] = 1.0
        made[head] = (torch.tensor(rows), right)
    return made


def _links(items: Sequence[Item], kind: str) -> Links | None:
    contents: list[tuple[int, int, int]] = []
    anchors: list[tuple[int, int, int]] = []
    pairs: list[list[int]] = []
    for row, item in enumerate(items):
        if not item.links:
            continue
        mine, right = (
            (item.links.cues, item.links.cue_of) if kind == "cue" else (item.links.sources, item.links.source_of)
        )
        for content, chosen in zip(item.links.contents, right, strict=True):
            if IGNORED not in chosen:
                contents.append((row, *content))
                pairs.append([len(anchors) + one for one in chosen])
        anchors += [(row, *one) for one in mine]
    if not contents:
        return None
    right = np.zeros((len(contents), len(anchors) + 1), dtype=bool)
    for place, chosen in enumerate(pairs):
        right[place, chosen or [len(anchors)]] = True
    left, other = np.array(contents), np.array(anchors, dtype=np.int64).reshape(-1, 3)
    places = np.where(left[:, None, 0] == other[None, :, 0], buckets(left[:, None, 1:], other[None, :, 1:]), -1)
    return Links(*map(torch.from_numpy, (left, other, places, right)))


def _arguments(items: Sequence[Item], width: int) -> Arguments | None:
    triggers = [(row, *where) for row, item in enumerate(items) for where, _ in item.events]
    if not triggers:
        return None
    tags = np.full((len(triggers), width), IGNORED, dtype=np.int64)
    for place, every in enumerate([every for item in items for _, every in item.events]):
        tags[place, : len(every)] = every
    where = torch.tensor(triggers)
    return Arguments(where, piece_buckets(where, width), torch.from_numpy(tags))


def piece_buckets(triggers: Tensor, width: int) -> Tensor:
    """The distance bucket of every piece of a window from each trigger."""
    pieces = np.arange(width)
    spans = np.stack((pieces, pieces + 1), -1)
    return torch.from_numpy(buckets(triggers.cpu().numpy()[:, None, 1:], spans[None]))


def buckets(one: Ints, other: Ints) -> Ints:
    """`sitrep.reading.learned.spans.bucket` of many pairs at once; the last axis is (first, last)."""
    before, after = one[..., 0] - other[..., 1], other[..., 0] - one[..., 1]

    def near(gap: Ints) -> Ints:
        length = np.ceil(np.log2(np.maximum(gap, 0) + 1)).astype(np.int64)
        return np.minimum(NEARNESS - 1, length)

    return np.where(before >= 0, near(before), np.where(after >= 0, NEARNESS + near(after), BUCKETS - 1))
