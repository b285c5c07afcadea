"""Joint training: every step reads a batch of one set; sets are drawn at random, from a seed."""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import torch
from sitrep.reading.learned.engine import Labels

import data
from model import Reader
from pieces import Item, Schedule, heads_of, items, other_case, start_weights, tokenizer_of

# how much more of a set is read than the square root of its size says: small sets with many classes are read a dozen
# times, large ones about three times
WEIGHTS = {
    "polnear": 3.3,
    "muc4": 2.5,
    "re3d": 2.2,
    "case2021_task2": 2.1,
    "plv": 2.0,
    "wikievents": 1.9,
    "plover_gsr": 0.8,
    "gum_news": 0.9,
    "geneva": 0.7,
    "india_police_events": 0.7,
    "satp": 0.6,
}
EVERY = 25  # steps between two lines of progress


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with one folder for each set")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run; a run that stopped goes on")
    parser.add_argument(
        "--from", dest="origin", type=Path, help="run whose weights to start with; heads it lacks are new"
    )
    parser.add_argument("--sets", help="comma-separated names; default: all that are there")
    parser.add_argument("--weights", default="", help="how much more of a set is read, as NAME=FACTOR,...")
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--stop-at", type=int, help="stop after this step; a later call goes on")
    parser.add_argument("--batch-pieces", type=int, default=1536)
    parser.add_argument(
        "--rate", type=float, default=3e-4, help="learning rate of the encoder; heads take five times it"
    )
    parser.add_argument("--save-every", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--compile", action="store_true", help="compile the encoder: a quarter faster after two minutes"
    )
    train(parser.parse_args())


def prepare(folder: Path, names: list[str], start: Path) -> tuple[Labels, dict[str, list[Item]]]:
    """The heads and the items of the training parts."""
    tokenizer = tokenizer_of(start)
    examples = {name: data.load(folder, name, "train") for name in names}
    heads = heads_of(example for every in examples.values() for example in every)
    return heads, {
        name: [item for example in every for item in items(example, tokenizer, heads)]
        for name, every in examples.items()
    }


# times the encoder's learning rate, by the first part of a parameter's name; class heads see few examples and
# overshoot, tables are single numbers which move by the rate alone
RATES = {"encoder": 1, "level": 1, "classes": 1, "nobody": 50, "link_distance": 50, "argument_distance": 50}
OTHER_HEADS = 5


def optimiser_of(model: Reader, rate: float) -> torch.optim.AdamW:
    """AdamW with a rate for each kind of parameter. The word embeddings stay as they came, which saves time."""
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    groups: dict[int, list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups.setdefault(RATES.get(name.partition(".")[0], OTHER_HEADS), []).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": some, "lr": times * rate, "base": times * rate, "weight_decay": 0.01 if times < 50 else 0.0}
            for times, some in groups.items()
        ]
    )


def train(args: argparse.Namespace) -> None:
    """A run from its start, or from its last checkpoint."""
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    names = args.sets.split(",") if args.sets else data.present(args.data)
    weights = WEIGHTS | {
        name: float(factor) for name, _, factor in (pair.partition("=") for pair in args.weights.split(",") if pair)
    }
    start = start_weights()
    began = time.monotonic()
    heads, made = prepare(args.data, names, start)
    schedule = Schedule(
        {name: [len(item.ids) for item in every] for name, every in made.items()},
        args.steps, args.batch_pieces, args.seed, weights,
    )  # fmt: skip
    print(f"{sum(map(len, made.values()))} windows of {len(made)} sets in {time.monotonic() - began:.0f} s", flush=True)
    model = Reader(heads, start)
    if args.origin:
        adopt(model, args.origin / "checkpoint.pt")
    optimiser = optimiser_of(model, args.rate)
    if args.compile:
        model.encoder.forward = torch.compile(model.encoder.forward, dynamic=True)  # type: ignore[method-assign]
    args.out.mkdir(parents=True, exist_ok=True)
    checkpoint = args.out / "checkpoint.pt"
    done, spent = 0, 0.0
    if checkpoint.exists():
        saved: dict[str, Any] = torch.load(checkpoint, weights_only=True)
        if saved["steps"] != args.steps or saved["seed"] != args.seed or saved["labels"] != heads:
            raise SystemExit(f"{checkpoint} is of another run: give its --steps, --seed and data, or another --out.")
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        torch.set_rng_state(saved["random"])
        done, spent = saved["done"], saved["seconds"]
        print(f"going on after step {done}", flush=True)
    end = min(args.steps, args.stop_at or args.steps)
    (args.out / "run.json").write_text(
        json.dumps({
            "sets": {name: len(every) for name, every in made.items()}, "steps": args.steps, "seed": args.seed,
            "batch_pieces": args.batch_pieces, "rate": args.rate, "weights": weights, "labels": heads,
        }, indent=1), encoding="utf-8",
    )  # fmt: skip

    def save(step: int, seconds: float) -> None:
        part = checkpoint.with_suffix(".part")
        torch.save({
            "model": model.state_dict(), "optimiser": optimiser.state_dict(), "random": torch.get_rng_state(),
            "done": step, "steps": args.steps, "seed": args.seed, "labels": heads, "seconds": seconds,
        }, part)  # fmt: skip
        part.replace(checkpoint)

    began = time.monotonic()
    pieces = 0
    losses: dict[str, list[float]] = defaultdict(list)
    model.train()
    for step in range(done, end):
        name, batch = schedule.steps[step]
        chance = random.Random(args.seed * 1_000_003 + step)
        part = [other_case(made[name][number], chance) for number in batch]
        warm = min(1.0, (step + 1) / (0.06 * args.steps))
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * warm * max(0.02, 1 - step / args.steps)
        optimiser.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16()):
            loss, parts = model.loss(part)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        pieces += sum(len(item.ids) for item in part)
        for head, value in parts.items():
            losses[head].append(value)
        if (step + 1) % EVERY == 0 or step + 1 == end:
            rate = pieces / (time.monotonic() - began)
            means = " ".join(f"{head} {sum(some) / len(some):.3f}" for head, some in sorted(losses.items()))
            print(f"step {step + 1}/{args.steps}, {rate:.0f} pieces/s: {means}", flush=True)
            losses.clear()
        if (step + 1) % args.save_every == 0 or step + 1 == end:
            save(step + 1, spent + time.monotonic() - began)


def adopt(model: Reader, checkpoint: Path) -> None:
    """The weights of another run, but for heads that tell other things apart than this run's."""
    saved: dict[str, Any] = torch.load(checkpoint, weights_only=True)
    own = model.state_dict()
    changed = {
        f"{kind if kind == 'layers' else 'classes'}.{name}."
        for kind in ("layers", "classes", "choices")
        for name, labels in model.labels[kind].items()
        if saved["labels"][kind].get(name) != labels
    }
    if saved["labels"]["roles"] != model.labels["roles"]:
        changed.add("argument_tags.")
    fit = {
        name: value
        for name, value in saved["model"].items()
        if name in own and not any(name.startswith(head) for head in changed)
    }
    model.load_state_dict(fit, strict=False)
    print(f"{len(fit)} of {len(own)} tensors are those of {checkpoint}", flush=True)


def bf16() -> bool:
    """Whether this processor multiplies bfloat16; where it does not, autocast only costs."""
    cpuinfo = Path("/proc/cpuinfo")
    return cpuinfo.exists() and "avx512_bf16" in cpuinfo.read_text(encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    main()
