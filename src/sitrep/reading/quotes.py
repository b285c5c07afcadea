"""Quotations: where somebody's own words begin and end, by their marks.

Curly, straight, double-single and angle marks; marks left open over paragraphs, as newspapers do
when a speaker goes on; marks that are missing. Apostrophes are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sitrep.model import Passage
from sitrep.reading.page import UNREAD
from sitrep.reading.parse import Parse

MARK = re.compile(r"''|``|[“”„«»\"‘’'‹›]")
OPENERS = frozenset("“„«‹") | {"``"}
CLOSERS = frozenset("”»›")
STRAIGHT = frozenset({'"', "''"})
SENTENCE_STOP = re.compile(r"[.!?…](?=\s)")
# words that begin with an apostrophe
ELISION = re.compile(r"(?:em|til|till|tis|twas|twere|cause|bout|n|round|\d0s)\b", re.IGNORECASE)
SINGLE_STOP = re.compile(r"(?<=[\w.,!?…%)\]])['’](?!\w)")
BEFORE_OPENER = frozenset(" \t\n\u00a0([{—–-/:,…")
# a single-quoted passage longer than this is more likely two apostrophes
LONGEST_SINGLE = 700


class Stretch(NamedTuple):
    """Quoted characters [start, end), marks included. open: its closing mark is missing; single: single marks."""

    start: int
    end: int
    open: bool
    single: bool


class Quote(NamedTuple):
    """Quoted tokens [start, end), marks included. goes_on: the next paragraph's first quotation continues it.

    words: how many tokens are not marks. ended: its last word inside is followed by a comma or stop.
    """

    start: int
    end: int
    goes_on: bool
    words: int
    ended: bool

    @property
    def scare(self) -> bool:
        """A word or two under marks: somebody's term, not a quotation that stands on its own."""
        return self.words <= 3 and not self.ended


def find_quotes(parse: Parse, passages: Iterable[Passage]) -> list[Quote]:
    """The outermost quotations of the read passages, in text order, never overlapping."""
    text = parse.text
    read = [passage for passage in passages if passage.kind not in UNREAD]
    found: list[Quote] = []
    for number, passage in enumerate(read):
        after = text[read[number + 1].start : read[number + 1].end] if number + 1 < len(read) else ""
        for stretch in find_stretches(text[passage.start : passage.end]):
            start, end = passage.start + stretch.start, passage.start + stretch.end
            goes_on = False
            if stretch.open:
                goes_on = after[:1] in OPENERS or after[:1] in STRAIGHT or after[:2] in ("''", "``")
                if not goes_on:
                    stop = SENTENCE_STOP.search(text, start, end)
                    end = stop.end() if stop else end
            i, j = parse.tokens_in(start, end)
            if j > i:
                words = sum(1 for k in range(i, j) if parse.pos[k] != "PUNCT")
                closing = text[start:end].rstrip("\"'”’»›")
                found.append(Quote(i, j, goes_on, words, closing[-1:] in (".", ",", "!", "?", "…", "—")))
    return found


def find_stretches(text: str) -> Iterator[Stretch]:
    """The quoted stretches of one paragraph."""
    opened: tuple[int, str] | None = None
    skip = 0
    for match in MARK.finditer(text):
        at, mark = match.start(), match.group()
        if at < skip:
            continue
        before, after = text[at - 1 : at], text[match.end() : match.end() + 1]
        may_open = (not before or before in BEFORE_OPENER) and bool(after) and not after.isspace()
        if mark in ("'", "’", "‘"):
            if opened is None and mark != "’" and (end := _single(text, at)):
                yield Stretch(at, end, open=False, single=True)
                skip = end
            continue
        if opened is not None:
            closes = (
                mark in CLOSERS
                or (mark == "“" and opened[1] == "„")
                or (mark in STRAIGHT and not (may_open and (not before or before.isspace())))
                or (mark == opened[1] == '"' and not before.isspace())
            )
            if closes:
                yield Stretch(opened[0], match.end(), open=False, single=False)
                opened = None
                continue
            # a second opening mark: the first was never closed
            stop = SENTENCE_STOP.search(text, opened[0], at)
            if stop:
                yield Stretch(opened[0], stop.end(), open=False, single=False)
            opened = (at, mark)
        elif mark in OPENERS or (mark in STRAIGHT and may_open):
            opened = (at, mark)
    if opened is not None:
        yield Stretch(opened[0], len(text), open=True, single=False)


def _single(text: str, at: int) -> int:
    """Where a quotation in single marks ends, or 0 where the mark is an apostrophe."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if (before and before not in BEFORE_OPENER) or not (after.isalnum() or after in ("“", "[", "…", "$")):
        return 0
    if ELISION.match(text, at + 1):
        return 0
    first = 0
    for stop in SINGLE_STOP.finditer(text, at + 1, at + LONGEST_SINGLE):
        if text[stop.start() - 1] in ".,!?…":
            return stop.end()
        first = first or stop.end()
        # "the rebels' base": a later stop may be the real one, but not beyond the sentence
        if text[stop.start() - 1] != "s" or SENTENCE_STOP.search(text, stop.end(), stop.end() + 2):
            break
    return first
