"""What a step of reading must look like."""

from __future__ import annotations

from typing import Protocol

from sitrep.model import LayerName, Layers
from sitrep.reading.page import Page


class Stage(Protocol):
    """One step of reading.

    To write one:
    - set `name`, `version`, `needs` and `gives`;
    - return the layers in `gives`, and touch nothing;
    - take every Evidence from `page.evidence` or `page.words`, every id from `page.id`;
    - finding nothing is `()`, not an error;
    - the same page gives the same answer: no clock, no random, no network;
    - models and gazetteers come in by the constructor.
    """

    name: str
    version: str
    needs: frozenset[LayerName]
    gives: frozenset[LayerName]

    def __call__(self, page: Page, /) -> Layers: ...
