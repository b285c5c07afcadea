"""An attribution on the way to a Claim."""

from __future__ import annotations

from dataclasses import dataclass

from sitrep.reading.claim_cues import CueAt
from sitrep.reading.claim_marks import Stretch, Words

SPOKEN = frozenset({"speech", "writing", "evidence"})


@dataclass(slots=True)
class Draft:
    """A cue with who it names and what is said. score: as in Claim."""

    at: CueAt
    source: Words | None
    content: list[Stretch]
    score: float | None = None
