"""The shipped weights: where they lie, and the engine that runs them by ONNX Runtime."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sitrep.errors import PipelineError
from sitrep.reading.learned.decode import Floats, Pairing, Setting
from sitrep.reading.learned.engine import Engine, Heads, Ints, Labels, Linear

SHIPPED = Path(__file__).parent / "data"
MODEL = "encoder.int8.onnx"
HEADS = "heads.npz"
FILES = (MODEL, HEADS, "tokenizer.json", "reader.json")


class Settings(NamedTuple):
    """What was chosen on dev: how each layer is decoded, and the temperature of each head's scores."""

    decoding: dict[str, Setting]
    temperatures: dict[str, float]


class Weights(NamedTuple):
    """A model ready to run. digest: of all its files, for provenance."""

    engine: Engine
    tokenizer: str
    settings: Settings
    digest: str


def present(folder: Path = SHIPPED) -> bool:
    """Whether all files of the weights are there."""
    return all((folder / name).is_file() for name in FILES)


def load_weights(folder: Path = SHIPPED, *, model: str = MODEL, threads: int = 1) -> Weights:
    """The weights of a folder. Raises PipelineError where a file is missing or is no model."""
    files = [folder / name for name in (model, *FILES[1:])]
    for file in files:
        if not file.is_file():
            raise PipelineError(
                f"Loading the trained reader: {file.name} is missing in {folder.name}.",
                todo="Install sitrep again, or read with `--reader rules`, which needs no weights.",
                stage="learned",
            )
    digest = hashlib.blake2b(digest_size=8)
    for file in files:
        digest.update(file.read_bytes())
    about: dict[str, Any] = json.loads(files[3].read_text(encoding="utf-8"))
    with np.load(files[1]) as stored:
        heads = to_heads(dict(stored.items()))
    return Weights(
        _engine(files[0], about["labels"], heads, threads),
        str(files[2]),
        Settings(about["decoding"], about["temperatures"]),
        digest.hexdigest(),
    )


def to_heads(stored: dict[str, Any]) -> Heads:
    """Heads from arrays by name: "layers.content.weight", "classes.plover.bias", "links.weight", "nobody" and so on."""

    def linear(name: str) -> Linear:
        return Linear(stored[f"{name}.weight"], stored[f"{name}.bias"])

    def every(kind: str) -> dict[str, Linear]:
        names = [name.split(".")[1] for name in stored if name.startswith(f"{kind}.") and name.endswith(".weight")]
        return {name: linear(f"{kind}.{name}") for name in names}

    return Heads(
        every("layers"),
        every("classes"),
        linear("level"),
        linear("links"),
        linear("argument"),
        linear("trigger"),
        Pairing(stored["nobody"], stored["link_distance"], stored["argument_distance"], *linear("argument_tags")),
    )


def _engine(file: Path, labels: Labels, heads: Heads, threads: int) -> Engine:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # sums in one fixed order, whatever the machine has: the same report gives the same bytes
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # texts have all lengths: an arena keeps the largest of everything, which came to half a gigabyte
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    try:
        session: Any = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # ONNX Runtime raises classes of its own, which it does not export
        raise PipelineError(
            f"Loading the trained reader: ONNX Runtime cannot read {file.name}: {error}",
            todo="Install sitrep again, or read with `--reader rules`, which needs no weights.",
            stage="learned",
        ) from error

    def forward(ids: Ints, cases: Ints, mask: Ints) -> Floats:
        return session.run(None, {"ids": ids, "cases": cases, "mask": mask})[0]

    return Engine(forward, labels, heads)
