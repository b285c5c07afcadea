"""A trained model as torch has it, behind the interface that reading uses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.reading.learned.decode import Floats
from sitrep.reading.learned.engine import Engine, Ints
from sitrep.reading.learned.weights import to_heads

if TYPE_CHECKING:
    from model import Reader


def arrays_of(model: Reader) -> dict[str, Floats]:
    """The numbers of all heads by name."""
    return {
        name: value.detach().float().cpu().numpy()
        for name, value in model.named_parameters()
        if name.split(".")[0] in KEPT
    }


KEPT = frozenset(
    "layers classes level links argument trigger argument_tags nobody link_distance argument_distance".split()
)


def load_model(run: Path) -> Reader:
    """The model of a run's last checkpoint."""
    import torch

    from model import Reader

    saved = torch.load(run / "checkpoint.pt", weights_only=True, map_location="cpu")
    model = Reader(saved["labels"], saved["encoder"])
    model.load_state_dict(saved["model"])
    return model.eval()


def torch_engine(model: Reader, **options: int) -> Engine:
    """An engine on torch. options: of Engine."""
    import torch

    device = next(model.parameters()).device

    def forward(ids: Ints, cases: Ints, mask: Ints) -> Floats:
        with torch.inference_mode():
            return model(*(torch.from_numpy(one).to(device) for one in (ids, cases, mask))).float().cpu().numpy()

    return Engine(forward, model.labels, to_heads(arrays_of(model)), **options)
