"""Reading whole texts with a trained model, by torch or by ONNX Runtime: outputs for every piece of a text."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from decode import Floats, Pairing
from examples import owners, windows
from pieces import CLS, SEP, Encoded, Heads, padded

if TYPE_CHECKING:
    from model import Reader

Ints = NDArray[np.int64]
# (ids, cases, mask) to one array an output
Forward = Callable[[Ints, Ints, Ints], list[Floats]]


class Outputs(NamedTuple):
    """What a model says of a text: by layer the tags' scores of every piece, by class head those of the start."""

    encoded: Encoded
    layers: dict[str, Floats]
    classes: dict[str, Floats]
    links: Floats
    argument: Floats
    trigger: Floats


class Engine:
    """A model that reads, whatever runs it. names: its outputs in order."""

    def __init__(self, forward: Forward, names: Sequence[str], heads: Heads, pairing: Pairing, batch: int = 16) -> None:
        self.forward = forward
        self.names = list(names)
        self.heads = heads
        self.pairing = pairing
        self.batch = batch

    def read(self, texts: Sequence[Encoded], wanted: Sequence[str] | None = None) -> list[Outputs]:
        """The outputs for texts. wanted: the outputs to keep (all are computed); the others stay empty."""
        keep = [name for name in self.names if wanted is None or name in wanted]
        cuts = [list(windows(one.text, one.offsets)) for one in texts]
        jobs = [(number, place) for number, some in enumerate(cuts) for place in range(len(some))]
        jobs.sort(key=lambda job: cuts[job[0]][job[1]].last - cuts[job[0]][job[1]].first)
        results: dict[tuple[int, int], dict[str, Floats]] = {}
        for at in range(0, len(jobs), self.batch):
            part = jobs[at : at + self.batch]
            rows = [(texts[number], cuts[number][place]) for number, place in part]
            ids = padded([[CLS, *one.ids[cut.first : cut.last], SEP] for one, cut in rows], 0)
            cases = padded([[0, *one.cases[cut.first : cut.last], 0] for one, cut in rows], 0)
            mask = padded([[1] * (cut.last - cut.first + 2) for _, cut in rows], 0)
            outputs = dict(zip(self.names, self.forward(ids, cases, mask), strict=True))
            for row, job in enumerate(part):
                results[job] = {name: outputs[name][row].astype(np.float32) for name in keep}
        return [
            self._merge(texts[n], [results[n, place] for place in range(len(some))], n, cuts)
            for n, some in enumerate(cuts)
        ]

    def _merge(self, one: Encoded, parts: list[dict[str, Floats]], number: int, cuts: list[list]) -> Outputs:
        owner = owners(cuts[number], len(one.ids))

        def joined(name: str) -> Floats:
            if not parts or name not in parts[0]:
                return np.zeros((0, 0), dtype=np.float32)
            return np.stack([
                parts[window][name][piece - cuts[number][window].first + 1] for piece, window in enumerate(owner)
            ])  # fmt: skip

        return Outputs(
            one,
            {layer: joined(layer) for layer in self.heads["layers"] if parts and layer in parts[0]},
            {
                head: parts[0][head]
                for head in (*self.heads["classes"], *self.heads["choices"])
                if parts and head in parts[0]
            },
            joined("links"),
            joined("argument"),
            joined("trigger"),
        )


def pairing_of(model: Reader) -> Pairing:
    """The pairing numbers of a model."""
    return Pairing(*(
        value.detach().float().numpy()
        for value in (
            model.nobody, model.link_distance, model.argument_distance,
            model.argument_tags.weight, model.argument_tags.bias,
        )
    ))  # fmt: skip


def load_model(run: Path) -> Reader:
    """The model of a run's last checkpoint."""
    import torch

    from model import Reader
    from pieces import start_weights

    saved = torch.load(run / "checkpoint.pt", weights_only=True)
    model = Reader(saved["heads"], start_weights())
    model.load_state_dict(saved["model"])
    return model.eval()


def torch_engine(model: Reader) -> Engine:
    """An engine on torch."""
    import torch

    def forward(ids: Ints, cases: Ints, mask: Ints) -> list[Floats]:
        with torch.inference_mode():
            return [out.float().numpy() for out in model(*map(torch.from_numpy, (ids, cases, mask)))]

    return Engine(forward, model.output_names(), model.heads, pairing_of(model))


def onnx_engine(folder: Path, file: str, threads: int = 2) -> Engine:
    """An engine on ONNX Runtime, from an exported folder."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(folder / file, options, providers=["CPUExecutionProvider"])
    heads: Heads = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
    with np.load(folder / "pairing.npz") as stored:
        pairing = Pairing(*(stored[name] for name in Pairing._fields))

    def forward(ids: Ints, cases: Ints, mask: Ints) -> list[Floats]:
        return session.run(None, {"ids": ids, "cases": cases, "mask": mask})

    return Engine(forward, [out.name for out in session.get_outputs()], heads, pairing)
