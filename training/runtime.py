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
        name: value.detach().float().numpy() for name, value in model.named_parameters() if name.split(".")[0] in KEPT
    }


KEPT = frozenset(
    "layers classes level links argument trigger argument_tags nobody link_distance argument_distance".split()
)


def load_model(run: Path) -> Reader:
    """The model of a run's last checkpoint."""
    import torch

    from model import Reader
    from pieces import start_weights

    saved = torch.load(run / "checkpoint.pt", weights_only=True)
    model = Reader(saved["labels"], start_weights())
    model.load_state_dict(saved["model"])
    return model.eval()


def torch_engine(model: Reader, **options: int) -> Engine:
    """An engine on torch. options: of Engine."""
    import torch

    def forward(ids: Ints, cases: Ints, mask: Ints) -> Floats:
        with torch.inference_mode():
            return model(*map(torch.from_numpy, (ids, cases, mask))).float().numpy()

    return Engine(forward, model.labels, to_heads(arrays_of(model)), **options)
