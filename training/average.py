"""The mean of two runs, of which the second went on from the first: what either knows better, mostly both know."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=Path, required=True, help="folder of a run")
    parser.add_argument("--second", type=Path, required=True, help="folder of the run that went on from it")
    parser.add_argument("--weight", type=float, default=0.6, help="of the second")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    first, second = (
        torch.load(run / "checkpoint.pt", weights_only=True, map_location="cpu") for run in (args.first, args.second)
    )
    if first["labels"] != second["labels"]:
        raise SystemExit(f"{args.first} and {args.second} tell different things apart: they have no mean.")
    args.out.mkdir(parents=True, exist_ok=True)
    kept = {name: second[name] for name in ("encoder", "labels", "seed", "steps", "done")}
    torch.save({"model": mean(first["model"], second["model"], args.weight), **kept}, args.out / "checkpoint.pt")
    about: dict[str, Any] = json.loads((args.second / "run.json").read_text(encoding="utf-8"))
    (args.out / "run.json").write_text(json.dumps(about | {"averaged": args.weight}, indent=1), encoding="utf-8")


def mean(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor], weight: float) -> dict[str, torch.Tensor]:
    """The weighted mean of all numbers; counters are the second's."""
    return {
        name: torch.lerp(first[name], value, weight) if value.is_floating_point() else value
        for name, value in second.items()
    }


if __name__ == "__main__":
    main()
