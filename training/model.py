"""One small encoder shared by all heads."""

from __future__ import annotations

from pathlib import Path

import torch
from sitrep.reading.learned.engine import Labels, padded
from sitrep.reading.learned.spans import BUCKETS, NEARNESS, bucket
from sitrep.reading.learned.texts import CASES, IGNORED
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertModel

from pieces import Item, LinkTargets

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
        kept = torch.rand(hidden.shape[0], *(1 for _ in hidden.shape[1:-1]), hidden.shape[-1]) >= self.p
        return hidden * (kept.to(hidden.dtype) / (1 - self.p))


class Reader(nn.Module):
    """MiniLM with the letters' case at its input, and a linear head for each layer, class head and pairing.

    Pairings (a content with its source, a trigger with its arguments) are scored from projections of single pieces,
    so that one pass of the encoder serves all pairs.
    """

    def __init__(self, labels: Labels, start: Path) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = BertModel.from_pretrained(
            start, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
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

    def loss(self, items: list[Item]) -> tuple[Tensor, dict[str, float]]:
        """The loss of a batch of one set's items, and its parts."""
        ids = torch.from_numpy(padded([item.ids for item in items], 0))
        cases = torch.from_numpy(padded([item.cases for item in items], 0))
        mask = torch.from_numpy(padded([[1] * len(item.ids) for item in items], 0))
        hidden = self.encode(ids, cases, mask)
        parts: dict[str, Tensor] = {}
        for layer in sorted({layer for item in items for layer in item.tags}):
            # our own examples are layers or classes, one batch has both
            gold = torch.from_numpy(
                padded([item.tags.get(layer) or [IGNORED] * len(item.ids) for item in items], IGNORED)
            )
            logits = self.layers[layer](hidden).float()
            if bool((gold != IGNORED).any()):
                parts[layer] = F.cross_entropy(logits.flatten(0, 1), gold.flatten(), ignore_index=IGNORED)
        classes = sorted({head for item in items for head in item.classes})
        choices = sorted({head for item in items for head in item.choices})
        if classes or choices:
            pooled = self.pool(hidden, mask)
            for head in classes:
                scores = self.classes[head](pooled).float().log_softmax(-1)
                picked = [
                    scores[number, item.classes[head]].logsumexp(0)
                    for number, item in enumerate(items)
                    if item.classes.get(head)
                ]
                if picked:
                    # a window of many pieces with one class teaches that one no more than a short text would
                    parts[head] = -torch.stack(picked).sum() / len(items)
            for head in choices:
                logits = self.classes[head](pooled).float()
                gold = torch.zeros_like(logits)
                for number, item in enumerate(items):
                    gold[number, item.choices[head]] = 1.0
                parts[head] = 3 * F.binary_cross_entropy_with_logits(logits, gold)
        if any(item.links is not None for item in items):
            projected = self.links(hidden).float()
            losses = [self._link_loss(projected[number], item.links) for number, item in enumerate(items) if item.links]
            every = [one for some in losses for one in some]
            if every:
                parts["links"] = 0.3 * torch.stack(every).mean()
        losses = self._argument_losses(hidden, items)
        if losses:
            parts["arguments"] = torch.stack(losses).mean()
        total = torch.stack(list(parts.values())).sum() if parts else hidden.sum() * 0.0
        return total, {name: float(part.detach()) for name, part in parts.items()}

    def represent(self, projected: Tensor, spans: list[tuple[int, int]], kind: str) -> Tensor:
        """Spans as vectors, of their first and last piece and the mean of all."""
        at = LINK_KINDS.index(kind) * 3 * LINK
        parts = projected[:, at : at + 3 * LINK]
        return torch.stack([
            torch.tanh(
                parts[first, :LINK] + parts[last - 1, LINK : 2 * LINK] + parts[first:last, 2 * LINK :].mean(0)
            )
            for first, last in spans
        ])  # fmt: skip

    def link_scores(
        self, projected: Tensor, contents: list[tuple[int, int]], anchors: list[tuple[int, int]], kind: str
    ) -> Tensor:
        """The score of every anchor for every content; the last column is that there is none."""
        which = ("cue", "source").index(kind)
        mine = self.represent(projected, contents, f"content_for_{kind}")
        columns = [(mine @ self.nobody[which]).unsqueeze(1)]
        if anchors:
            theirs = self.represent(projected, anchors, kind)
            places = torch.tensor([[bucket(content, anchor) for anchor in anchors] for content in contents])
            columns.insert(0, mine @ theirs.T + self.link_distance[which][places])
        return torch.cat(columns, 1)

    def _link_loss(self, projected: Tensor, targets: LinkTargets) -> list[Tensor]:
        losses: list[Tensor] = []
        if not targets.contents:
            return losses
        for kind, anchors, right in (
            ("cue", targets.cues, targets.cue_of), ("source", targets.sources, targets.source_of),
        ):  # fmt: skip
            scores = self.link_scores(projected, targets.contents, anchors, kind).log_softmax(-1)
            for row, gold in zip(scores, right, strict=True):
                if IGNORED not in gold:
                    losses.append(-row[sorted(set(gold)) or [len(anchors)]].logsumexp(0))
        return losses

    def argument_logits(self, argument: Tensor, trigger: Tensor, where: tuple[int, int]) -> Tensor:
        """The tags of all pieces as arguments of the trigger at `where`, from their projections."""
        places = torch.tensor([bucket(where, (piece, piece + 1)) for piece in range(len(argument))])
        mixed = argument + trigger[where[0] : where[1]].mean(0) + self.argument_distance[places]
        return self.argument_tags(F.gelu(mixed, approximate="tanh"))

    def _argument_losses(self, hidden: Tensor, items: list[Item]) -> list[Tensor]:
        if not any(item.events for item in items):
            return []
        argument, trigger = self.argument(hidden).float(), self.trigger(hidden).float()
        losses: list[Tensor] = []
        for number, item in enumerate(items):
            for where, tags in item.events:
                count = len(tags)
                logits = self.argument_logits(argument[number, :count], trigger[number, :count], where).float()
                losses.append(F.cross_entropy(logits, torch.tensor(tags), ignore_index=IGNORED))
        return losses
