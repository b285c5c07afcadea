"""Stage: sentences, as the parse cuts them inside each passage."""

from __future__ import annotations

from sitrep.model import LayerName, Layers, Sentence
from sitrep.reading.page import Page


class Sentences:
    """Sentences of the read passages, in order."""

    name = "sentences"
    version = "1"
    needs: frozenset[LayerName] = frozenset()
    gives: frozenset[LayerName] = frozenset({"sentences"})

    def __call__(self, page: Page, /) -> Layers:
        parse = page.parse
        return Layers(
            sentences=tuple(Sentence(start=parse.starts[i], end=parse.ends[j - 1]) for i, j in parse.sents if j > i)
        )
