"""Effort: a stage may go round so many loops and no more.

Nobody writes a report whose every word must be compared with every other one, but files are broken, generated or built
to harm. The rounds are counted and not the time, so that a report is read alike on every machine.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import CodeType

from sitrep.errors import StageError

# texts of fewer words are read without counting
SHORT = 2_000
# what a stage may do with any text, and with each of its words
ROUNDS, ROUNDS_A_WORD = 10_000_000, 1_500
TOOL, NAME = 4, "sitrep"


@contextmanager
def limited(stage: str, words: int) -> Generator[None]:
    """Raise StageError where the stage goes round more often than a text of so many words may ask for."""
    monitoring = sys.monitoring
    if words < SHORT or monitoring.get_tool(TOOL) is not None:
        yield
        return
    left = max(ROUNDS, ROUNDS_A_WORD * words)

    def gone_round(_code: CodeType, _at: int, _to: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            # told once: what cleans up must be able to
            monitoring.set_events(TOOL, 0)
            raise StageError(
                f"Stage {stage!r} gave up: it would have to compare almost every word of this text with all others.",
                todo="Is it a text at all? If so, split it. The other layers of this reading stand.",
                stage=stage,
                words=words,
            )

    monitoring.use_tool_id(TOOL, NAME)
    monitoring.register_callback(TOOL, monitoring.events.JUMP, gone_round)
    monitoring.set_events(TOOL, monitoring.events.JUMP)
    try:
        yield
    finally:
        monitoring.set_events(TOOL, 0)
        monitoring.register_callback(TOOL, monitoring.events.JUMP, None)
        monitoring.free_tool_id(TOOL)
