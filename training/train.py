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
from torch.utils.data import DataLoader, Dataset

import data
import guess
from batches import Batch, collate
from model import Reader
from pieces import Item, Schedule, heads_of, items, other_case, start_weights, tokenizer_of
from runtime import load_model
from teacher import KNOWN, Lessons

# how much more of a set is read than the square root of its size says: small sets with many classes are read a dozen
# times, large ones about three times
WEIGHTS = {
    "plain": 1.0,
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
# times the encoder's learning rate, by the first part of a parameter's name; class heads see few examples and
# overshoot, tables are single numbers which move by the rate alone
RATES = {"encoder": 1, "level": 1, "classes": 1, "nobody": 50, "link_distance": 50, "argument_distance": 50}
OTHER_HEADS = 5
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
    parser.add_argument("--batch-pieces", type=int, default=1536, help="pieces of one set that a step reads, at most")
    parser.add_argument("--parts", type=int, default=1, help="sets that a step reads; more suit a GPU")
    parser.add_argument("--start", type=Path, help="folder of the encoder's start weights; default: all-MiniLM-L6-v2")
    parser.add_argument("--teacher", type=Path, help="run of a larger reader to learn from")
    parser.add_argument("--guessed", type=Path, help="file of guess.py: layers that nobody marked")
    parser.add_argument("--share", type=float, default=1.0, help="part of each set's texts that is read, for curves")
    parser.add_argument("--workers", type=int, default=0, help="processes that prepare batches; some suit a GPU")
    parser.add_argument(
        "--rate", type=float, default=3e-4, help="learning rate of the encoder; heads take --head-rate times it"
    )
    parser.add_argument("--head-rate", type=int, default=OTHER_HEADS)
    parser.add_argument("--save-every", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--compile", action="store_true", help="compile the encoder: a quarter faster after two minutes"
    )
    train(parser.parse_args())


def prepare(
    folder: Path, names: list[str], *, plain: bool, share: float, seed: int, guesses: guess.Guesses | None = None
) -> tuple[Labels, dict[str, list[Item]]]:
    """The heads and the items of the training parts, and of plain texts where a teacher reads them."""
    tokenizer = tokenizer_of(start_weights())
    examples = {name: data.load(folder, name, "train") for name in names}
    heads = heads_of(example for every in examples.values() for example in every)
    if share < 1:
        chance = random.Random(seed)
        examples = {name: chance.sample(every, max(1, round(share * len(every)))) for name, every in examples.items()}
    if plain and (texts := data.plain(folder)):
        examples[data.PLAIN] = texts
    if guesses:
        examples = {name: guess.added(every, guesses) for name, every in examples.items()}
        examples[data.PLAIN] = [example for example in examples.get(data.PLAIN, []) if example.layers]
    return heads, {
        name: [item for example in every for item in items(example, tokenizer, heads)]
        for name, every in examples.items()
    }


class Steps(Dataset[Batch]):
    """The batch of each step from `first` to `last`, which depends on the seed and the step alone."""

    def __init__(
        self, schedule: Schedule, made: dict[str, list[Item]], labels: Labels, seed: int, first: int, last: int
    ) -> None:
        self.schedule, self.made, self.labels, self.seed = schedule, made, labels, seed
        self.first, self.last = first, last

    def __len__(self) -> int:
        return max(0, self.last - self.first)

    def __getitem__(self, number: int) -> Batch:
        if number >= len(self):
            raise IndexError(number)
        step = self.first + number
        chance = random.Random(self.seed * 1_000_003 + step)
        parts = [[other_case(self.made[name][one], chance) for one in some] for name, some in self.schedule.steps[step]]
        return collate(parts, self.labels)


def optimiser_of(model: Reader, lessons: Lessons | None, rate: float, heads: int) -> torch.optim.AdamW:
    """AdamW with a rate for each kind of parameter. The word embeddings stay as they came, which saves time."""
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    groups: dict[int, list[torch.nn.Parameter]] = {}
    for name, parameter in [*model.named_parameters(), *(lessons.named_parameters() if lessons else ())]:
        if parameter.requires_grad:
            groups.setdefault(RATES.get(name.partition(".")[0], heads), []).append(parameter)
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
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_float32_matmul_precision("high")
    names = args.sets.split(",") if args.sets else data.present(args.data)
    weights = WEIGHTS | {
        name: float(factor) for name, _, factor in (pair.partition("=") for pair in args.weights.split(",") if pair)
    }
    began = time.monotonic()
    heads, made = prepare(
        args.data, names, plain=bool(args.teacher or args.guessed), share=args.share, seed=args.seed,
        guesses=guess.load(args.guessed) if args.guessed else None,
    )  # fmt: skip
    schedule = Schedule(
        {name: [len(item.ids) for item in every] for name, every in made.items()},
        args.steps, args.batch_pieces, args.seed, weights, args.parts,
    )  # fmt: skip
    print(f"{sum(map(len, made.values()))} windows of {len(made)} sets in {time.monotonic() - began:.0f} s", flush=True)
    model = Reader(heads, args.start or start_weights())
    if args.origin:
        adopt(model, args.origin / "checkpoint.pt")
    model.to(device)
    lessons = None
    if args.teacher:
        teacher = load_model(args.teacher)
        if teacher.labels != heads:
            raise SystemExit(f"{args.teacher} tells other things apart than these sets ask for: train it on the same.")
        lessons = Lessons(teacher.to(device), model).to(device)
    optimiser = optimiser_of(model, lessons, args.rate, args.head_rate)
    if args.compile:
        model.encoder.forward = torch.compile(model.encoder.forward, dynamic=True)  # type: ignore[method-assign]
    args.out.mkdir(parents=True, exist_ok=True)
    checkpoint = args.out / "checkpoint.pt"
    done, spent = 0, 0.0
    if checkpoint.exists():
        saved: dict[str, Any] = torch.load(checkpoint, weights_only=True, map_location=device)
        if saved["steps"] != args.steps or saved["seed"] != args.seed or saved["labels"] != heads:
            raise SystemExit(f"{checkpoint} is of another run: give its --steps, --seed and data, or another --out.")
        model.load_state_dict(saved["model"])
        if lessons:
            lessons.load_state_dict(saved["lessons"])
        optimiser.load_state_dict(saved["optimiser"])
        torch.set_rng_state(saved["random"].cpu())
        done, spent = saved["done"], saved["seconds"]
        print(f"going on after step {done}", flush=True)
    end = min(args.steps, args.stop_at or args.steps)
    (args.out / "run.json").write_text(
        json.dumps({
            "sets": {name: len(every) for name, every in made.items()}, "steps": args.steps, "seed": args.seed,
            "batch_pieces": args.batch_pieces, "parts": args.parts, "rate": args.rate, "head_rate": args.head_rate,
            "weights": weights, "encoder": model.encoder.config.model_type, "share": args.share,
            "origin": told(args.origin), "teacher": told(args.teacher), "guessed": args.guessed is not None,
            "labels": heads,
        }, indent=1), encoding="utf-8",
    )  # fmt: skip

    def save(step: int, seconds: float) -> None:
        part = checkpoint.with_suffix(".part")
        torch.save({
            "model": model.state_dict(), "optimiser": optimiser.state_dict(), "random": torch.get_rng_state(),
            "lessons": lessons.state_dict() if lessons else {},
            "encoder": model.encoder.config.to_dict(),
            "done": step, "steps": args.steps, "seed": args.seed, "labels": heads, "seconds": seconds,
        }, part)  # fmt: skip
        part.replace(checkpoint)

    began = time.monotonic()
    pieces = 0
    losses: dict[str, list[torch.Tensor]] = defaultdict(list)
    model.train()
    batches = DataLoader(
        Steps(schedule, made, heads, args.seed, done, end),
        batch_size=None, shuffle=False, num_workers=args.workers, prefetch_factor=8 if args.workers else None,
    )  # fmt: skip
    for step, read in enumerate(batches, done):
        batch = read.to(device)
        warm = min(1.0, (step + 1) / (0.06 * args.steps))
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * warm * max(0.02, 1 - step / args.steps)
        optimiser.zero_grad(set_to_none=True)
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda" or bf16()):
            hidden = model.encode(batch.ids, batch.cases, batch.mask)
            parts = model.loss(batch, hidden)
            if lessons:
                parts = {head: KNOWN * loss for head, loss in parts.items()} | lessons(batch, hidden)
            loss = torch.stack(list(parts.values())).sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        pieces += int(read.mask.sum())
        for head, value in parts.items():
            losses[head].append(value.detach())
        if (step + 1) % EVERY == 0 or step + 1 == end:
            rate = pieces / (time.monotonic() - began)
            means = " ".join(f"{head} {float(sum(some)) / len(some):.3f}" for head, some in sorted(losses.items()))
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


def told(run: Path | None) -> dict[str, Any] | None:
    """How another run was trained, for the card."""
    if run is None:
        return None
    about: dict[str, Any] = json.loads((run / "run.json").read_text(encoding="utf-8"))
    return {name: value for name, value in about.items() if name not in ("labels", "sets")}


def bf16() -> bool:
    """Whether this processor multiplies bfloat16; where it does not, autocast only costs."""
    cpuinfo = Path("/proc/cpuinfo")
    return cpuinfo.exists() and "avx512_bf16" in cpuinfo.read_text(encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    main()
