"""What a report as a whole is about, as the trained reader has it."""

from __future__ import annotations

from sitrep.model import Topic, TypeScore
from sitrep.reading.learned.reader import Learned

LEAST = 0.05


def topic_of(learned: Learned | None) -> Topic | None:
    """The topic of a report; null where rules read alone."""
    if learned is None or learned.relevance is None:
        return None
    ranked = sorted(learned.odds("case2021").items(), key=lambda pair: (-pair[1], pair[0]))
    return Topic(
        relevance=round(learned.relevance, 3),
        types=tuple(TypeScore(type=label.lower(), score=round(odds, 3)) for label, odds in ranked if odds >= LEAST),
    )
