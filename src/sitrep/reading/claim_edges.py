"""Where what is said begins and ends: punctuation off, quotations whole."""

from __future__ import annotations

from sitrep.reading.claim_cues import CueAt
from sitrep.reading.claim_marks import Marks, Stretch
from sitrep.reading.parse import Parse

# tokens between two quotations that still make one statement
LONGEST_GAP = 6
OPENING_MARKS = frozenset({"“", '"', "''", "``", "‘", "'", "«", "(", "[", "$", "#", "@"})
CLOSING_MARKS = frozenset({"”", '"', "''", "’", "'", "»", ")", "]", "%", "?", "!"})


def trim(parse: Parse, start: int, end: int) -> Stretch | None:
    """A stretch without the punctuation and the bare conjunction at its edges; None where nothing is left."""
    words = parse.words
    while start < end and (
        (parse.pos[start] == "PUNCT" and words[start] not in OPENING_MARKS)
        or (parse.deps[start] == "cc" and parse.pos[start] == "CCONJ")
    ):
        start += 1
    while end > start and (
        (parse.pos[end - 1] == "PUNCT" and words[end - 1] not in CLOSING_MARKS) or parse.pos[end - 1] == "CCONJ"
    ):
        end -= 1
    if all(parse.pos[k] == "PUNCT" for k in range(start, end)):
        return None
    return start, end


def with_quotes(parse: Parse, at: CueAt, found: list[Stretch], marks: Marks) -> list[Stretch]:
    """Stretches that cut through a quotation take in the whole of it; touching stretches become one."""
    own = marks.at[at.head]
    grown: list[Stretch] = []
    for start, end in found:
        low, high = start, end
        for k in (start, end - 1, min(end, len(parse) - 1), max(start - 1, 0)):
            number = marks.at[k]
            if number < 0 or number == own:
                continue
            quote = marks.quotes[number]
            if quote.start < high and quote.end > low and (at.head < quote.start or at.head >= quote.end):
                low, high = min(low, quote.start), max(high, quote.end)
        grown.append((low, _next_quote(parse, at, high, marks)))
    grown.sort()
    joined: list[Stretch] = []
    for start, end in grown:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _next_quote(parse: Parse, at: CueAt, end: int, marks: Marks) -> int:
    """Past the next quotation of the sentence, where only small words stand between ("“…” because “…”")."""
    last = parse.sentence(end - 1)[1]
    if marks.at[end - 1] < 0 and (end >= last or marks.at[end] < 0 or at.start <= end < at.end):
        return end
    for k in range(end, min(last, end + LONGEST_GAP)):
        if marks.at[k] >= 0:
            return marks.quotes[marks.at[k]].end
        if (
            parse.pos[k] in ("VERB", "AUX", "PROPN", "PRON")
            or at.start <= k < at.end
            or parse.words[k] in (".", ";", ":")
        ):
            return end
    return end
