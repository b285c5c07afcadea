"""What an exported reader finds in texts where a layer was not marked, as something to learn from.

Sets mark different things: without guesses a joint reader learns that news of war quotes nobody, since the set that
marks speakers is about politics.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import md5
from pathlib import Path

from sitrep.reading.learned.reader import LearnedReader
from sitrep.reading.learned.weights import load_weights

import data
from examples import Example, Span

SETS = ("polnear", "wikievents", "muc4", "re3d", "gum_news", "geo_lgl", "geo_gwn", data.PLAIN)
# lower-case reports, and one set in which hardly a trigger is found: nothing is said of their triggers
NO_TRIGGERS = frozenset({"muc4", "geo_gwn"})
Guesses = dict[tuple[str, str], dict[str, tuple[Span, ...]]]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", type=Path, required=True, help="folder of an exported reader")
    parser.add_argument("--layers", required=True, help="comma-separated")
    parser.add_argument("--every", default="", help="of which sets only each nth text is read, as NAME=N,...")
    parser.add_argument("--out", type=Path, required=True, help="file to add to")
    args = parser.parse_args()
    reader = LearnedReader(load_weights(args.reader))
    triggers = known_triggers(args.data)
    every = {name: int(count) for name, _, count in (pair.partition("=") for pair in args.every.split(",") if pair)}
    with args.out.open("a", encoding="utf-8") as lines:
        for name in SETS:
            examples = data.plain(args.data) if name == data.PLAIN else data.load(args.data, name, "train")
            chosen = [example for example in examples if _draw(example.id) % every.get(name, 1) == 0]
            for example in chosen:
                layers = dict(_guessed(example, reader, args.layers.split(","), triggers))
                lines.write(json.dumps({"set": name, "id": example.id, "layers": layers}) + "\n")
            print(f"{name}: {len(chosen)} of {len(examples)} texts", flush=True)


def _draw(key: str) -> int:
    return int(md5(key.encode(), usedforsecurity=False).hexdigest(), 16)


def known_triggers(folder: Path) -> frozenset[str]:
    """Words that are marked as triggers in a third of the places where marked sets have them, or more."""
    marked, seen = Counter[str](), Counter[str]()
    for name in ("wikievents", "ontology"):
        for example in data.load(folder, name, "train"):
            seen.update(re.findall(r"\w+", example.text.lower()))
            for event in example.events or ():
                marked[example.text[event.trigger.start : event.trigger.end].lower()] += 1
    return frozenset(words for words, count in marked.items() if count >= OFTEN * seen[words])


OFTEN = 1 / 3


def _guessed(
    example: Example, reader: LearnedReader, layers: list[str], triggers: frozenset[str]
) -> Iterator[tuple[str, list[Span]]]:
    asked = [
        layer
        for layer in layers
        if layer not in example.layers and not (layer == "events" and example.set in NO_TRIGGERS)
    ]
    if not asked:
        return
    found = reader.read(example.text)
    for layer in asked:
        spans = [one.span for one in found.spans(layer)]
        if layer == "events":
            spans = [span for span in spans if example.text[span.start : span.end].lower() in triggers]
        yield layer, spans


def load(file: Path) -> Guesses:
    """The guesses of a file by set and text."""
    guesses: Guesses = {}
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = {layer: tuple(Span(*span) for span in every) for layer, every in row["layers"].items()}
            guesses.setdefault((row["set"], row["id"]), {}).update(spans)
    return guesses


def added(examples: list[Example], guesses: Guesses) -> list[Example]:
    """The examples with what was guessed of them; what was marked stays."""
    return [
        replace(example, layers={**guesses.get((example.set, example.id), {}), **example.layers})
        for example in examples
    ]


if __name__ == "__main__":
    main()
