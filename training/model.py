"""One small encoder shared by all heads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from sitrep.reading.learned.engine import Labels
from sitrep.reading.learned.spans import BUCKETS, NEARNESS
from sitrep.reading.learned.texts import CASES, CLS, IGNORED, PAD, SEP
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoConfig, BertModel, MPNetModel

from batches import Arguments, Batch, Links

LINK, ARGUMENT = 48, 96
# a content asks once for its cue and once for its source
LINK_KINDS = ("content_for_cue", "content_for_source", "cue", "source")


class SequenceDropout(nn.Module):
    """Dropout that leaves out the same numbers at every piece of a window.

    Drawing a number for every piece and every unit took a third of a training step on a processor.
    """

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, hidden: Tensor) -> Tensor:
        """The same shape; what is kept is scaled up."""
        if not self.training or not self.p:
            return hidden
        shape = (hidden.shape[0], *(1 for _ in hidden.shape[1:-1]), hidden.shape[-1])
        kept = torch.rand(shape, device=hidden.device) >= self.p
        return hidden * (kept.to(hidden.dtype) / (1 - self.p))


def encoder_of(start: Path | dict[str, Any]) -> BertModel | MPNetModel:
    """A small encoder to ship, or a large one to learn from: with a folder's start weights, or of a shape alone."""
    config = AutoConfig.from_pretrained(start) if isinstance(start, Path) else AutoConfig.for_model(**start)
    config.attention_probs_dropout_prob = 0.0
    kind = MPNetModel if config.model_type == "mpnet" else BertModel
    # what is exported is the plain form
    config._attn_implementation = "sdpa" if kind is BertModel and torch.cuda.is_available() else "eager"  # noqa: SLF001
    if isinstance(start, Path):
        return kind.from_pretrained(start, config=config, add_pooling_layer=False)
    return kind(config, add_pooling_layer=False)


def mpnet_ids(ids: Tensor) -> Tensor:
    """MPNet's numbers of BERT's word pieces: the same list behind four entries of its own."""
    special = {CLS: 0, SEP: 2, PAD: 1}
    theirs = ids + 4
    for ours, other in special.items():
        theirs = torch.where(ids == ours, other, theirs)
    return theirs


def means(pieces: Tensor, spans: Tensor) -> Tensor:
    """The mean over the pieces of each span (rows of window, first, last)."""
    row, first, last = spans.unbind(-1)
    sums = F.pad(pieces.cumsum(1), (0, 0, 1, 0))
    return (sums[row, last] - sums[row, first]) / (last - first).unsqueeze(-1)


class Reader(nn.Module):
    """An encoder with the letters' case at its input, and a linear head for each layer, class head and pairing.

    Pairings (a content with its source, a trigger with its arguments) are scored from projections of single pieces,
    so that one pass of the encoder serves all pairs.
    """

    def __init__(self, labels: Labels, start: Path | dict[str, Any]) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = encoder_of(start)
        for module in list(self.encoder.modules()):
            for name, child in module.named_children():
                if isinstance(child, nn.Dropout):
                    setattr(module, name, SequenceDropout(child.p))
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(len(CASES), width)
        nn.init.zeros_(self.case.weight)
        self.dropout = SequenceDropout(0.1)
        self.layers = nn.ModuleDict(
            {name: nn.Linear(width, 1 + 2 * len(labels)) for name, labels in labels["layers"].items()}
        )
        self.classes = nn.ModuleDict({
            name: nn.Linear(2 * width, len(every)) for name, every in {**labels["classes"], **labels["choices"]}.items()
        })  # fmt: skip
        self.level = nn.LayerNorm(2 * width)  # means of pieces are small numbers, which heads learn slowly from
        self.links = nn.Linear(width, len(LINK_KINDS) * 3 * LINK)
        self.nobody = nn.Parameter(0.1 * torch.randn(2, LINK))
        # near is likelier than far before anything is learned
        near = torch.tensor([-0.5 * (place % NEARNESS) for place in range(BUCKETS - 1)] + [-2.0])
        self.link_distance = nn.Parameter(near.repeat(2, 1))
        self.argument = nn.Linear(width, ARGUMENT)
        self.trigger = nn.Linear(width, ARGUMENT)
        self.argument_distance = nn.Parameter(0.2 * torch.randn(BUCKETS, ARGUMENT))
        self.argument_tags = nn.Linear(ARGUMENT, 1 + 2 * len(labels["roles"]))

    def encode(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """The hidden state of every piece."""
        if isinstance(self.encoder, MPNetModel):
            ids = mpnet_ids(ids)
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.case(cases)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return self.dropout(hidden)

    def pool(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """First piece and mean of all."""
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        return self.level(torch.cat((hidden[:, 0], mean), -1))

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """The hidden state of every piece: what is exported. The heads are read from it by plain arithmetic."""
        return self.encode(ids, cases, mask)

    def loss(self, batch: Batch, hidden: Tensor) -> dict[str, Tensor]:
        """The loss of each head that a batch teaches, from the encoder's states."""
        parts: dict[str, Tensor] = {}
        for layer, (rows, gold) in batch.tags.items():
            logits = self.layers[layer](hidden[rows]).float()
            asked = (gold != IGNORED).sum().clamp(min=1)  # our own examples of a layer may have no piece to learn
            parts[layer] = F.cross_entropy(logits.flatten(0, 1), gold.flatten(), ignore_index=IGNORED, reduction="sum")
            parts[layer] = parts[layer] / asked
        pooled = self.pool(hidden, batch.mask) if batch.classes or batch.choices else hidden
        for head, (rows, right) in batch.classes.items():
            scores = self.classes[head](pooled[rows]).float().log_softmax(-1)
            picked = scores.masked_fill(right == 0, -1e9).logsumexp(-1)
            known = right.sum(-1) > 0
            # a window of many pieces with one class teaches that one no more than a short text would
            parts[head] = -(picked * known).sum() / known.sum().clamp(min=1)
        for head, (rows, right) in batch.choices.items():
            parts[head] = 3 * F.binary_cross_entropy_with_logits(self.classes[head](pooled[rows]).float(), right)
        if batch.links:
            projected = self.links(hidden).float()
            losses = [
                -(self.link_scores(projected, links, kind).masked_fill(~links.right, -1e9).logsumexp(-1))
                for kind, links in batch.links.items()
            ]
            parts["links"] = 0.3 * torch.cat(losses).mean()
        if batch.arguments:
            logits = self.argument_logits(hidden, batch.arguments)
            parts["arguments"] = F.cross_entropy(
                logits.flatten(0, 1), batch.arguments.tags.flatten(), ignore_index=IGNORED
            )
        return {head: loss * batch.share[head] for head, loss in parts.items()}

    def represent(self, projected: Tensor, spans: Tensor, kind: str) -> Tensor:
        """Spans (rows of window, first, last) as vectors, of their first and last piece and the mean of all."""
        at = LINK_KINDS.index(kind) * 3 * LINK
        parts = projected[..., at : at + 3 * LINK]
        row, first, last = spans.unbind(-1)
        mean = means(parts[..., 2 * LINK :], spans)
        return torch.tanh(parts[row, first, :LINK] + parts[row, last - 1, LINK : 2 * LINK] + mean)

    def link_scores(self, projected: Tensor, links: Links, kind: str) -> Tensor:
        """The log probability of every anchor for every content; the last column is that there is none."""
        which = ("cue", "source").index(kind)
        mine = self.represent(projected, links.contents, f"content_for_{kind}")
        columns = [(mine @ self.nobody[which]).unsqueeze(1)]
        if len(links.anchors):
            theirs = self.represent(projected, links.anchors, kind)
            near = self.link_distance[which][links.places.clamp(min=0)]
            columns.insert(0, (mine @ theirs.T + near).masked_fill(links.places < 0, -1e9))
        return torch.cat(columns, 1).log_softmax(-1)

    def argument_logits(self, hidden: Tensor, asked: Arguments) -> Tensor:
        """The tags of all pieces as arguments of each trigger."""
        trigger = means(self.trigger(hidden).float(), asked.triggers)
        mixed = (
            self.argument(hidden).float()[asked.triggers[:, 0]]
            + trigger.unsqueeze(1)
            + self.argument_distance[asked.places]
        )
        return self.argument_tags(F.gelu(mixed, approximate="tanh")).float()
