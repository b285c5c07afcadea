"""A trained reader as ONNX, whole and with 8-bit weights, and what the second loses on dev."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sitrep.reading.learned.engine import Engine
from sitrep.reading.learned.texts import Encoded
from sitrep.reading.learned.weights import HEADS, MODEL, load_weights

import data
from evaluate import evaluate
from model import Reader
from pieces import start_weights
from runtime import arrays_of, load_model, torch_engine

LOSS_ALLOWED = 0.005
WHOLE = "encoder.onnx"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--sets", help="sets to compare on; default: all that are there")
    parser.add_argument("--limit", type=int, help="texts of each set, for a quick look")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model = load_model(args.run)
    folder = args.run / "onnx"
    decoding, calibration = (stored(args.run / f"{name}.json") for name in ("decoding", "calibration"))
    write(model, folder, decoding, {head: every["temperature"] for head, every in calibration.items()})
    sizes = {file: (folder / file).stat().st_size / 1e6 for file in (WHOLE, MODEL)}
    print({file: f"{size:.1f} MB" for file, size in sizes.items()}, flush=True)
    names = args.sets.split(",") if args.sets else data.present(args.data)
    whole, small = (load_weights(folder, model=file, threads=args.threads).engine for file in (WHOLE, MODEL))
    check(model, whole)
    scores = {
        kind: evaluate(engine, args.data, names, decoding, args.limit)
        for kind, engine in (("fp32", whole), ("int8", small))
    }
    lost = {
        f"{name} {score}": round(value - scores["int8"][name][score], 4)
        for name, every in scores["fp32"].items()
        for score, value in every.items()
    }
    too_much = {name: loss for name, loss in lost.items() if loss > LOSS_ALLOWED}
    (args.run / "int8.json").write_text(
        json.dumps({"megabytes": sizes, **scores, "lost": lost, "too_much": too_much}, indent=1), encoding="utf-8"
    )
    print(
        f"int8 loses more than {LOSS_ALLOWED} in {too_much}" if too_much else "int8 keeps what fp32 scores", flush=True
    )


def stored(file: Path) -> dict[str, Any]:
    """A file of the run, empty where that step was not done."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def write(model: Reader, folder: Path, decoding: dict[str, Any], temperatures: dict[str, float]) -> None:
    """The model whole and in 8 bits, and beside them what sitrep needs to use it."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.tensor([[101, 2000, 2001, 102], [101, 2000, 102, 0]])
    mask = (ids > 0).long()
    torch.onnx.export(
        model, (ids, torch.zeros_like(ids), mask), str(folder / WHOLE),
        input_names=["ids", "cases", "mask"], output_names=["hidden"],
        dynamic_axes={name: {0: "batch", 1: "pieces"} for name in ("ids", "cases", "mask")},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        folder / WHOLE, folder / MODEL, per_channel=True, weight_type=QuantType.QInt8,
    )  # fmt: skip
    about = {"labels": model.labels, "decoding": decoding, "temperatures": temperatures}
    (folder / "reader.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    np.savez_compressed(folder / HEADS, **arrays_of(model))
    shutil.copy(start_weights() / "tokenizer.json", folder / "tokenizer.json")


def check(model: Reader, engine: Engine) -> None:
    """Whether ONNX gives what torch gives, up to rounding. Raises ValueError where it does not."""
    count = 300
    one = Encoded("x" * count, list(range(2000, 2000 + count)), [(n, n + 1) for n in range(count)], [1] * count, [])
    ours, theirs = engine.read(one), torch_engine(model).read(one)
    for name, mine, other in (("hidden", ours.hidden, theirs.hidden), ("opening", ours.opening, theirs.opening)):
        apart = float(np.abs(mine - other).max())
        if apart > 1e-3:
            raise ValueError(f"Exporting {name}: ONNX differs from torch by {apart:.4f}.")


if __name__ == "__main__":
    main()
