"""A trained reader as ONNX, whole and with 8-bit weights, and what the second loses on dev."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch

import data
from decode import Pairing
from evaluate import evaluate
from model import Reader
from pieces import start_weights
from runtime import Engine, load_model, onnx_engine, pairing_of

LOSS_ALLOWED = 0.005


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
    write(model, folder)
    sizes = {file: (folder / file).stat().st_size / 1e6 for file in ("reader.onnx", "reader.int8.onnx")}
    print({file: f"{size:.1f} MB" for file, size in sizes.items()}, flush=True)
    names = args.sets.split(",") if args.sets else data.present(args.data)
    stored = args.run / "decoding.json"
    decoding = json.loads(stored.read_text(encoding="utf-8")) if stored.exists() else {}
    whole = onnx_engine(folder, "reader.onnx", args.threads)
    check(model, whole)
    scores = {
        kind: evaluate(engine, args.data, names, decoding, args.limit)
        for kind, engine in (("fp32", whole), ("int8", onnx_engine(folder, "reader.int8.onnx", args.threads)))
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


def write(model: Reader, folder: Path) -> None:
    """reader.onnx, reader.int8.onnx, and beside them what a reader needs to use them."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.tensor([[101, 2000, 2001, 102], [101, 2000, 102, 0]])
    mask = (ids > 0).long()
    torch.onnx.export(
        model, (ids, torch.zeros_like(ids), mask), str(folder / "reader.onnx"),
        input_names=["ids", "cases", "mask"], output_names=model.output_names(),
        dynamic_axes={name: {0: "batch", 1: "pieces"} for name in ("ids", "cases", "mask")},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        folder / "reader.onnx", folder / "reader.int8.onnx", per_channel=True, weight_type=QuantType.QInt8,
    )  # fmt: skip
    (folder / "heads.json").write_text(json.dumps(model.heads, indent=1), encoding="utf-8")
    pairing = pairing_of(model)
    np.savez(folder / "pairing.npz", **{name: getattr(pairing, name) for name in Pairing._fields})
    shutil.copy(start_weights() / "tokenizer.json", folder / "tokenizer.json")


def check(model: Reader, engine: Engine) -> None:
    """Whether ONNX gives what torch gives, up to rounding. Raises ValueError where it does not."""
    ids = torch.tensor([[101, *range(2000, 2090), 102]])
    inputs = (ids, torch.ones_like(ids), torch.ones_like(ids))
    with torch.inference_mode():
        theirs = model(*inputs)
    ours = engine.forward(*(one.numpy() for one in inputs))
    for name, one, other in zip(engine.names, theirs, ours, strict=True):
        apart = float(np.abs(one.numpy() - other).max())
        if apart > 1e-3:
            raise ValueError(f"Exporting {name}: ONNX differs from torch by {apart:.4f}.")


if __name__ == "__main__":
    main()
