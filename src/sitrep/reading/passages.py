"""Passages: which stretch of a report is headline, body, caption, furniture, or said before.

Works on lines, before the parse, so that page furniture and repeated headlines are never parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sitrep.model import Passage, PassageKind

LINE = re.compile(r"[^\n]*\n?")
FOLD = re.compile(r"[\W_]+")
BYLINE = re.compile(
    r"^(?:by\s+[A-Z][\w.'’-]+(?:\s+(?:and\s+)?[A-Z][\w.'’-]+){0,6}[.,]?|source:\s*\S.*|(?:reporting|editing|writing)\s+by\b.*"
    r"|\(?(?:reuters|ap|afp)\)?|.{0,60}\b(?:staff (?:writer|reporter)|correspondent)\b.{0,20})$",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"^(?:read (?:more|also|next)\b.*|see also\b.*|related(?: articles?| stories?| topics?)?:?.*|"
    r"share (?:this|on)\b.*|advertisement.*"
    r"|(?:sign up|subscribe|follow us|click here|log ?in|loading|comments?|tags?:|topics?:|copyright|"
    r"all rights reserved"
    r"|terms of (?:use|service)|privacy policy|cookie|skip to|newsletter|most (?:read|popular)|trending|"
    r"watch:|listen:|print|email)\b.*"
    r"|(?:©|\(c\) ).*|last (?:updated|modified)\b.*|posted(?: on| at)?\b.{0,40}|updated\b.{0,40}|\W+)$",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"^(?:photo|image|picture|caption|file photo|video|map|graphic)\b\s*[:|(–-].*|.*\b(?:photograph|photo|"
    r"image|picture|credit)\s*:.*"
    r"|.*\((?:photo|file photo|reuters|ap photo|afp)[^)]*\)\s*$|.*/(?:reuters|afp|ap|getty)[^.]{0,40}$",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
# a line that ends near the width of its neighbours was wrapped by a machine, not ended by a writer
WRAP_MIN, WRAP_MAX = 45, 100
HEADLINE_LONGEST = 220


def find_passages(text: str) -> tuple[Passage, ...]:
    """The passages of a text, in order, without gaps other than white space."""
    found: list[Passage] = []
    seen: set[str] = set()
    spans = list(_paragraphs(text))
    body_seen = False
    for number, (start, end) in enumerate(spans):
        words = text[start:end]
        fold = FOLD.sub(" ", words).strip().casefold()
        kind = _kind(words, number, body_seen=body_seen, last=number == len(spans) - 1)
        # short lines ("Read more") repeat by nature and are furniture anyway; three words can be a headline
        if fold in seen and fold.count(" ") >= 2:
            kind = "repeat"
        seen.add(fold)
        body_seen = body_seen or kind == "body"
        found.append(Passage(start=start, end=end, kind=kind))
    return tuple(found)


def _kind(words: str, number: int, *, body_seen: bool, last: bool) -> PassageKind:
    line = words.strip()
    if BYLINE.match(line) and len(line) < 120:
        return "byline" if not (last and line.lower().startswith("source")) else "boilerplate"
    if FURNITURE.match(line) and len(line) < 160:
        return "boilerplate"
    if CAPTION.match(line) and len(line) < 400:
        return "caption"
    if number == 0 and "\n" not in line and len(line) <= HEADLINE_LONGEST and _one_sentence(line):
        return "headline"
    if not body_seen and len(line) <= HEADLINE_LONGEST and not SENTENCE_END.search(line):
        return "deck"
    return "body"


def _one_sentence(line: str) -> bool:
    return not re.search(r"[a-z\d\"”’)][.!?]\s+[\"“A-Z]", line)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs: lines, joined where a machine wrapped them."""
    lines = [match.span() for match in LINE.finditer(text) if match.group()]
    wrapped = _is_wrapped([text[i:j].rstrip("\n") for i, j in lines])
    start: int | None = None
    end = 0
    for i, j in lines:
        blank = not text[i:j].strip()
        if start is not None and (blank or not wrapped):
            yield start, end
            start = None
        if not blank:
            start = i + (len(text[i:j]) - len(text[i:j].lstrip())) if start is None else start
            end = i + len(text[i:j].rstrip())
            if wrapped and text[i:j].startswith("   ") and start < i:
                yield start, _trim(text, start, i)
                start = i + (len(text[i:j]) - len(text[i:j].lstrip()))
    if start is not None:
        yield start, end


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _is_wrapped(lines: list[str]) -> bool:
    """Whether most lines break in mid-sentence at about one width, as in wire copy of the typewriter age."""
    full = [line for line in lines if line.strip()]
    inner = [line for line, after in pairwise(lines) if line.strip() and after.strip()]
    if len(inner) < 3 or len(full) < 4:
        return False
    cut = sum(WRAP_MIN <= len(line.rstrip()) <= WRAP_MAX and not SENTENCE_END.search(line.rstrip()) for line in inner)
    return cut / len(inner) > 0.6
