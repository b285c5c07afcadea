"""A large reader as the teacher of a small one: what it says of every piece is learned, also where nobody marked it."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from batches import Arguments, Batch, piece_buckets
from model import Reader

SOFT = 2.0  # both readers' scores are divided by it: what else might have been right is learned too
TRIGGERS = (
    48  # of a batch's texts without marked events, as many triggers that the teacher finds are asked for arguments
)
KNOWN = 0.5  # how much what was marked counts beside what the teacher says


class Lessons(nn.Module):
    """What the small reader learns of the large one. The projection is thrown away after training."""

    def __init__(self, teacher: Reader, student: Reader) -> None:
        super().__init__()
        self.teacher = [teacher.eval().requires_grad_(False)]  # in a list: no part of what is trained
        self.student = [student]
        widths = (model.encoder.config.hidden_size for model in (student, teacher))
        self.projection = nn.Linear(*widths)

    def forward(self, batch: Batch, hidden: Tensor) -> dict[str, Tensor]:
        """The loss of each head against the teacher's, and of the encoder's states."""
        teacher, student = self.teacher[0], self.student[0]
        mask = batch.mask.bool()
        with torch.no_grad():
            known = teacher.encode(batch.ids, batch.cases, batch.mask)
            above = teacher.pool(known, batch.mask)
            asked = _asked(batch, teacher.layers["events"](known).float())
        parts = {
            f"~{layer}": apart(head(hidden)[mask], teacher.layers[layer](known)[mask])
            for layer, head in student.layers.items()
        }
        pooled = student.pool(hidden, batch.mask)
        for head, layer in student.classes.items():
            mine, theirs = layer(pooled).float(), teacher.classes[head](above).float()
            if head in student.labels["choices"]:
                parts[f"~{head}"] = F.binary_cross_entropy_with_logits(mine, theirs.sigmoid())
            elif head not in NEEDS_MARKS:
                parts[f"~{head}"] = apart(mine, theirs)
            elif head in batch.classes:
                rows = batch.classes[head][0]
                parts[f"~{head}"] = apart(mine[rows], theirs[rows])
        if batch.links:
            mine, theirs = student.links(hidden).float(), teacher.links(known).float()
            parts["~links"] = 0.3 * torch.stack([
                apart(student.link_scores(mine, links, kind), teacher.link_scores(theirs, links, kind))
                for kind, links in batch.links.items()
            ]).mean()  # fmt: skip
        if asked:
            width = mask[asked.triggers[:, 0]]
            parts["~arguments"] = 2 * apart(
                student.argument_logits(hidden, asked)[width], teacher.argument_logits(known, asked)[width]
            )
        seen, wanted = self.projection(hidden)[mask].float(), known[mask].float()
        parts["~states"] = 1 - F.cosine_similarity(seen, wanted, dim=-1).mean()
        return parts


NEEDS_MARKS = frozenset({"plover"})


def apart(mine: Tensor, theirs: Tensor) -> Tensor:
    """The Kullback-Leibler divergence of softened scores, on the mean over rows."""
    mine, theirs = mine.float() / SOFT, theirs.float() / SOFT
    return SOFT**2 * F.kl_div(
        mine.log_softmax(-1), theirs.log_softmax(-1), log_target=True, reduction="none"
    ).sum(-1).mean()  # fmt: skip


def _asked(batch: Batch, scores: Tensor) -> Arguments | None:
    """The marked triggers, and some that the teacher finds elsewhere."""
    made = [batch.arguments] if batch.arguments else []
    elsewhere = batch.mask.bool().clone()
    if batch.arguments:
        elsewhere[batch.arguments.triggers[:, 0]] = False
    begins = (scores.argmax(-1) % 2 == 1) & elsewhere
    row, piece = begins.nonzero(as_tuple=True)
    if len(row):
        some = torch.randperm(len(row), device=row.device)[:TRIGGERS]
        triggers = torch.stack((row[some], piece[some], piece[some] + 1), -1)
        width = batch.ids.shape[1]
        made.append(Arguments(triggers, piece_buckets(triggers, width).to(row.device), triggers[:, :1]))
    if not made:
        return None
    tags = made[0].tags  # not asked for
    return Arguments(torch.cat([one.triggers for one in made]), torch.cat([one.places for one in made]), tags)
