"""Scores of a trained reader on the dev parts, by the metrics of `sitrep bench`."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sitrep.evaluation.benchmarks import muc4, polnear
from sitrep.evaluation.metrics import Filled, class_scores, match_spans, micro, prf
from sitrep.reading.learned.decode import Found, argument_logits, attributions, entities, find_spans, words_of
from sitrep.reading.learned.engine import Engine, Outputs
from sitrep.reading.learned.reader import MENDED
from sitrep.reading.learned.texts import OVERLAP, SIZE, Span, Window, encode

import data
from calibrate import Collected
from examples import Example
from pieces import pieces_inside, start_weights, to_text, tokenizer_of
from runtime import load_model, torch_engine

Scores = dict[str, float]
# by layer: what starting a span costs, what a piece inside one is given, and whether torn spans are joined
Decoding = dict[str, dict[str, float]]
SWITCHES = (0.0, 1.0, 2.0, 4.0)
LIFTS = (-0.5, 0.0, 0.5, 1.0)
LONG = ("content", "cue", "source")
TUNED_ON = 30  # texts


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="folder of the run")
    parser.add_argument("--sets", help="comma-separated names; default: all that are there")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, help="texts of each set, for a quick look")
    parser.add_argument("--size", type=int, default=SIZE, help="pieces of a window")
    parser.add_argument("--overlap", type=int, default=OVERLAP, help="pieces that two windows share")
    args = parser.parse_args()
    import torch

    torch.set_num_threads(args.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    engine = torch_engine(load_model(args.run).to(device), size=args.size, overlap=args.overlap)
    names = args.sets.split(",") if args.sets else data.present(args.data)
    decoding: Decoding = {}
    collected = Collected()
    scores = evaluate(engine, args.data, names, decoding, args.limit, collected)
    calibration = collected.chosen()
    print({head: tuple(every.values()) for head, every in calibration.items()}, flush=True)
    (args.run / "calibration.json").write_text(json.dumps(calibration, indent=1), encoding="utf-8")
    (args.run / "decoding.json").write_text(json.dumps(decoding, indent=1), encoding="utf-8")
    (args.run / "scores.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")


def evaluate(
    engine: Engine,
    folder: Path,
    names: Sequence[str],
    decoding: Decoding,
    limit: int | None = None,
    collected: Collected | None = None,
) -> dict[str, Scores]:
    """Scores by set, printed as they come. collected: given, the decoding is chosen first and put into `decoding`, and
    scores are kept there for calibration.
    """
    scores: dict[str, Scores] = {}
    for name in names:
        began = time.monotonic()
        examples, outputs = read(engine, folder, name, limit)
        if not examples:
            continue
        if collected:
            collected.add(examples, outputs, engine)
            for layer in TUNED.get(name, ()):
                decoding[layer] = (
                    tune_arguments(engine, examples, outputs)
                    if layer == "arguments"
                    else tune(engine, layer, examples[:TUNED_ON], outputs[:TUNED_ON])
                )
                print(f"decoding of {layer}: {decoding[layer]}", flush=True)
        found = SCORERS[name](examples, outputs, engine, decoding, folder)
        scores[name] = {key: round(float(value or 0), 4) for key, value in found.items()}
        print(f"{name} ({len(examples)} texts, {time.monotonic() - began:.0f} s): {scores[name]}", flush=True)
    return scores


def read(engine: Engine, folder: Path, name: str, limit: int | None = None) -> tuple[list[Example], list[Outputs]]:
    """The dev examples of a set and what the model says of them."""
    tokenizer = tokenizer_of(start_weights())
    examples = data.load(folder, name, "dev")
    if name == "polnear":  # the first annotation of an article, as the benchmark takes it
        examples = list({example.id.rpartition("-")[0]: example for example in reversed(examples)}.values())[::-1]
    examples = examples[:limit]
    return examples, [engine.read(encode(to_text(example), tokenizer)) for example in examples]


def tune(engine: Engine, layer: str, examples: Sequence[Example], outputs: Sequence[Outputs]) -> dict[str, float]:
    """How a layer is best decoded: by the F1 of its exact spans, and of its letters too where spans are long."""
    gold = [set(example.layers[layer]) for example in examples]
    ranked: list[tuple[float, float, float]] = []
    for switch in SWITCHES:
        for lift in LIFTS:
            setting: Decoding = {layer: {"switch": switch, "lift": lift}}
            found = [{part.span for part in layer_spans(one, layer, engine, setting)} for one in outputs]
            score = micro(zip(found, gold, strict=True)).f1
            if layer in LONG:
                score += micro((letters(mine), letters(theirs)) for mine, theirs in zip(found, gold, strict=True)).f1
            ranked.append((score, -switch, -lift))
    _, switch, lift = max(ranked)  # of equals the cheapest start
    return {"switch": -switch, "lift": -lift}


def letters(spans: Any) -> set[tuple[int, str]]:
    """The characters under spans, every fourth, with their labels."""
    return {(at, span.label) for span in spans for at in range(span.start - span.start % -4, span.end, 4)}


def layer_spans(one: Outputs, layer: str, engine: Engine, decoding: Decoding) -> list[Found]:
    """The spans of a layer of a text."""
    if layer not in engine.labels["layers"]:
        return []
    return find_spans(
        one.encoded.text, one.encoded.offsets, one.layer(layer), engine.labels["layers"][layer],
        **decoding.get(layer, {}), mend=layer in MENDED,
    )  # fmt: skip


def label_of(one: Outputs, head: str, engine: Engine) -> str:
    """The likeliest class of a text."""
    return engine.labels["classes"][head][int(one.classes(head).argmax())]


Scorer = Callable[[list[Example], list[Outputs], Engine, Decoding, Path], Scores]


def score_polnear(
    examples: list[Example], outputs: list[Outputs], engine: Engine, decoding: Decoding, _: Path
) -> Scores:
    """The five scores of `sitrep bench polnear`."""

    def triple(one: Any) -> Any:
        return polnear.Triple(*(tuple((s.start, s.end) for s in getattr(one, kind)) for kind in polnear.KINDS))

    articles: list[Any] = []
    for example, one in zip(examples, outputs, strict=True):
        content, cue, source = (layer_spans(one, layer, engine, decoding) for layer in ("content", "cue", "source"))
        found = attributions(one.links, content, cue, source, engine.heads.pairing)
        articles.append(
            (example.text, [triple(gold) for gold in example.attributions or ()], [triple(f) for f in found])
        )
    return polnear.score(articles)


def score_layer(layer: str, *, inner: bool = False) -> Scorer:
    """Micro F1 of exact spans with their label, and without it."""

    def score(examples: list[Example], outputs: list[Outputs], engine: Engine, decoding: Decoding, _: Path) -> Scores:
        layers = [layer, f"{layer}_inner"] if inner else [layer]
        pairs: list[tuple[set[Span], set[Span]]] = []
        for example, one in zip(examples, outputs, strict=True):
            gold = {span for name in layers for span in example.layers[name]}
            unmapped = {(span.start, span.end) for span in gold if span.label == data.UNMAPPED}
            found = {part.span for name in layers for part in layer_spans(one, name, engine, decoding)}
            pairs.append((
                {span for span in found if (span.start, span.end) not in unmapped},
                {span for span in gold if span.label != data.UNMAPPED},
            ))  # fmt: skip
        bare = [({span[:2] for span in mine}, {span[:2] for span in theirs}) for mine, theirs in pairs]
        return {"span_kind_f1": micro(pairs).f1, "span_f1": micro(bare).f1}

    return score


def score_class(head: str) -> Scorer:
    """Weighted and macro F1 and accuracy of a class head."""

    def score(examples: list[Example], outputs: list[Outputs], engine: Engine, _: Decoding, __: Path) -> Scores:
        result = class_scores(
            [example.classes[head][0] for example in examples], [label_of(one, head, engine) for one in outputs]
        )
        return {"weighted_f1": result.weighted, "macro_f1": result.macro, "accuracy": result.accuracy}

    return score


def score_plv(examples: list[Example], outputs: list[Outputs], engine: Engine, _: Decoding, __: Path) -> Scores:
    """Macro F1 of the PLOVER class; YIELD has the probability of the classes that it covers."""
    labels = engine.labels["classes"]["plover"]
    coarse = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
    answers: list[str] = []
    for one in outputs:
        sums: dict[str, float] = {}
        odds = np.exp(one.classes("plover") - one.classes("plover").max())
        for label, odd in zip(labels, odds, strict=True):
            sums[coarse.get(label, label)] = sums.get(coarse.get(label, label), 0.0) + float(odd)
        answers.append(max(sums, key=lambda label: sums[label]))
    gold = [coarse.get(example.classes["plover"][0], example.classes["plover"][0]) for example in examples]
    result = class_scores(gold, answers)
    return {"root_macro_f1": result.macro, "root_weighted_f1": result.weighted, "accuracy": result.accuracy}


def score_police(examples: list[Example], outputs: list[Outputs], engine: Engine, _: Decoding, __: Path) -> Scores:
    """Micro F1 of (sentence, label) pairs."""
    labels = engine.labels["choices"]["police"]
    pairs = [
        (
            {label for label, value in zip(labels, one.classes("police"), strict=True) if value > 0},
            set(example.choices["police"]),
        )
        for example, one in zip(examples, outputs, strict=True)
    ]
    result = micro(pairs)
    return {"sentence_f1": result.f1, "sentence_recall": result.recall}


def score_events(layer: str) -> Scorer:
    """Triggers that overlap a gold one, with type and without; arguments of gold triggers that overlap, with role."""

    def score(examples: list[Example], outputs: list[Outputs], engine: Engine, decoding: Decoding, _: Path) -> Scores:
        right = hit = mine = theirs = role_right = given = gold_arguments = 0
        for example, one in zip(examples, outputs, strict=True):
            marked = example.layers.get(layer, ())
            gold = [span for span in marked if span.label != data.UNMAPPED]
            unmapped = [span[:2] for span in marked if span.label == data.UNMAPPED]
            found = [f.span for f in layer_spans(one, layer, engine, decoding)]
            if layer in example.layers:
                found = [span for span in found if not match_spans([span[:2]], unmapped)]
                pairs = match_spans([span[:2] for span in found], [span[:2] for span in gold])
                hit += len(pairs)
                right += sum(found[i].label == gold[j].label for i, j in pairs)
                mine += len(found)
                theirs += len(gold)
            counts = argument_counts(example, one, engine, decoding.get("arguments", {}))
            role_right, given, gold_arguments = (
                total + count for total, count in zip((role_right, given, gold_arguments), counts, strict=True)
            )
        scores = {"argument_f1_gold": prf(role_right, given, role_right, gold_arguments).f1}
        if theirs:
            scores |= {
                "trigger_f1": prf(right, mine, right, theirs).f1,
                "trigger_id_f1": prf(hit, mine, hit, theirs).f1,
            }
        return scores

    return score


def argument_counts(example: Example, one: Outputs, engine: Engine, setting: dict[str, float]) -> tuple[int, int, int]:
    """Arguments of gold triggers: right, given, wanted."""
    right = given = gold = 0
    for event in example.events or ():
        where = pieces_inside(one.encoded, event.trigger, Window(0, len(one.encoded.ids)))
        if where is None:
            continue
        logits = argument_logits(one.argument, one.trigger, (where[0] - 1, where[1] - 1), engine.heads.pairing)
        spans = find_spans(one.encoded.text, one.encoded.offsets, logits, engine.labels["roles"], **setting)
        wanted = [argument for argument in event.arguments if argument.label != data.UNMAPPED]
        pairs = match_spans([f.span[:2] for f in spans], [argument[:2] for argument in wanted])
        right += sum(spans[i].span.label == wanted[j].label for i, j in pairs)
        given += len(spans)
        gold += len(wanted)
    return right, given, gold


def tune_arguments(engine: Engine, examples: Sequence[Example], outputs: Sequence[Outputs]) -> dict[str, float]:
    """How arguments are best decoded."""

    def score(lift: float) -> float:
        counts = [
            argument_counts(example, one, engine, {"lift": lift})
            for example, one in zip(examples, outputs, strict=True)
        ]
        right, given, gold = (sum(column) for column in zip(*counts, strict=True))
        return prf(right, given, right, gold).f1 or 0.0

    return {"switch": 0.0, "lift": max((0.0, 0.5, 1.0, 1.5, 2.0, 2.5), key=lambda lift: (score(lift), -lift))}


def score_muc4(
    examples: list[Example], outputs: list[Outputs], engine: Engine, decoding: Decoding, folder: Path
) -> Scores:
    """CEAF-REE; of fillers that name the same thing one is given."""
    gold = {row["doc_id"]: row["gtt"]["templates"] for row in data.rows(folder, "muc4", "dev")}
    pairs: list[Any] = []
    for example, one in zip(examples, outputs, strict=True):
        roles = entities(layer_spans(one, "fillers", engine, decoding), one.encoded.text)
        fillers = {
            role: tuple(frozenset({muc4.plain(words_of(group[0], one.encoded.text))}) for group in groups)
            for role, groups in roles.items()
        }
        pairs.append(([Filled("", fillers)], [muc4.gold_template(template) for template in gold[example.id]]))
    return {name: value for name, value in muc4.score(pairs).items() if name != "template_f1"}


SCORERS: dict[str, Scorer] = {
    "polnear": score_polnear,
    "plover_gsr": score_class("plover"),
    "plv": score_plv,
    "case2021_task2": score_class("case2021"),
    "india_police_events": score_police,
    "wikievents": score_events("events"),
    "geneva": score_events("events_geneva"),
    "rams": score_events("events"),
    "muc4": score_muc4,
    "re3d": score_layer("mentions", inner=True),
    "gum_news": score_layer("phrases", inner=True),
    "geo_lgl": score_layer("toponyms_lgl"),
    "geo_gwn": score_layer("toponyms"),
    "satp": score_class("relevance"),
}
# the layers of each set whose decoding is chosen on dev
TUNED: dict[str, tuple[str, ...]] = {
    "polnear": ("content", "cue", "source"),
    "re3d": ("mentions", "mentions_inner"),
    "geo_lgl": ("toponyms_lgl",),
    "geo_gwn": ("toponyms",),
    "muc4": ("fillers",),
    "wikievents": ("events", "arguments"),
}


if __name__ == "__main__":
    main()
