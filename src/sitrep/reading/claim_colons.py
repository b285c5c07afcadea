"""Claims without a verb of saying: "Minister: talks go on", "Ten die in raid: monitor", "He was clear: “No.”", the
turns of an interview, and what is signed ("“…” — a resident").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from sitrep.model import Passage
from sitrep.ontology.attribution import Cue
from sitrep.reading.claim_cues import CueAt, verb_span
from sitrep.reading.claim_edges import trim
from sitrep.reading.claim_marks import Marks, Stretch, Words
from sitrep.reading.claim_sources import subject_of, words_of
from sitrep.reading.page import UNREAD
from sitrep.reading.parse import Parse

COLON = Cue(lemma=":", kind="speech", stance="asserts", frames=frozenset({"quote"}), preps=frozenset())
# a speaker's name before or after a colon is short
LONGEST_NAME = 6
# labels that look like speakers ("Note: …")
LABELS = frozenset(
    "note update editor photo image video source analysis opinion watch read correction exclusive breaking fact box "
    "question answer q a related live more by file here this that example".split()
)
NO_NAME = frozenset({"VERB", "AUX", "NUM", "PRON", "ADV"})
HEADLINES = frozenset({"headline", "deck"})
DASHES = frozenset({"-", "–", "—"})
SIGNING = frozenset({*DASHES, "―", "--"})
# an interview has at least so many turns
FEWEST_TURNS = 3

Colon = tuple[CueAt, Words, list[Stretch]]


def find_colons(parse: Parse, passages: Iterable[Passage], marks: Marks) -> Iterator[Colon]:
    """Statements set off from their source by a colon, or in a headline by a dash."""
    for passage in passages:
        if passage.kind in UNREAD:
            continue
        first, last = parse.tokens_in(passage.start, passage.end)
        if first >= last:
            continue
        headline = passage.kind in HEADLINES
        for i in range(first + 1, last):
            if parse.words[i] == ":" or (headline and parse.words[i] in DASHES and _spaced(parse, i)):
                found = _colon(parse, i, first, last, marks, headline=headline)
                if found is not None:
                    yield found
            elif parse.words[i] in SIGNING:
                found = _signed(parse, i, first, last, marks)
                if found is not None:
                    yield found
    turns = list(_turns(parse, marks))
    if len(turns) >= FEWEST_TURNS:
        yield from turns


def _signed(parse: Parse, i: int, first: int, last: int, marks: Marks) -> Colon | None:
    """A paragraph of quotation with the name of whoever said it below or behind a dash."""
    number = marks.at[i - 1]
    if number < 0 or marks.at[i] >= 0 or marks.quotes[number].end != i:
        return None
    start = marks.quotes[number].start
    while start > first and marks.at[start - 1] >= 0:
        start = marks.quotes[marks.at[start - 1]].start
    if start > first and not _new_line(parse, start):
        return None
    end = i + 1
    while end < last and not _new_line(parse, end):
        end += 1
    name = _name(parse, i + 1, end, marks)
    return _make(parse, i, name, (start, i)) if name is not None else None


def _turns(parse: Parse, marks: Marks) -> Iterator[Colon]:
    """Paragraphs that begin with the name of whoever speaks in them and a colon."""
    starts = [k for k in range(len(parse)) if k == 0 or _new_line(parse, k)]
    for start, stop in pairwise((*starts, len(parse))):
        colon = next((k for k in range(start + 1, min(stop, start + LONGEST_NAME + 1)) if parse.words[k] == ":"), None)
        if colon is None or colon + 1 >= stop or any(marks.at[k] >= 0 for k in range(start, colon + 2)):
            continue
        name = _name(parse, start, colon, marks)
        if name is not None and parse.pos[name.head] == "PROPN":
            made = _make(parse, colon, name, (colon + 1, stop))
            if made is not None:
                yield made


def _new_line(parse: Parse, k: int) -> bool:
    return "\n" in parse.text[parse.ends[k - 1] : parse.starts[k]]


def _colon(parse: Parse, i: int, first: int, last: int, marks: Marks, *, headline: bool) -> Colon | None:
    if marks.at[i] >= 0 or i + 1 >= last:
        return None
    colon = parse.words[i] == ":"
    quoted = marks.at[i + 1]
    start = max(first, parse.sentence(i)[0])
    name = _name(parse, start, i, marks) if colon else None
    if name is not None and (quoted >= 0 or (headline and start == first)):
        content = (i + 1, marks.quotes[quoted].end if quoted >= 0 and not headline else last)
        # an unquoted statement has a verb; "The war: a chronology" has none
        if quoted >= 0 or any(parse.pos[k] in ("VERB", "AUX") for k in range(*content)):
            return _make(parse, i, name, content)
    if quoted >= 0 and colon and not marks.quotes[quoted].scare:
        return _introduced(parse, i, start, marks)
    if headline and not any(parse.words[k] in (":", *DASHES) for k in range(i + 1, last)):
        name = _name(parse, i + 1, last, marks)
        if name is not None and not colon and parse.pos[name.head] == "PROPN":
            # "… - The Daily Post": the outlet's own name at the end of its title
            return None
        if name is not None and any(parse.pos[k] in ("VERB", "AUX") for k in range(first, i)):
            return _make(parse, i, name, (first, i))
    return None


def _make(parse: Parse, i: int, name: Words, content: Stretch) -> Colon | None:
    kept = trim(parse, *content)
    return (CueAt(i, i, i + 1, COLON, "colon", None, "asserts"), name, [kept]) if kept else None


def _introduced(parse: Parse, i: int, start: int, marks: Marks) -> Colon | None:
    """A quotation that a whole clause introduces ("The minister had an answer: “…”")."""
    root = next((k for k in range(start, i) if not start <= parse.heads[k] < i or parse.heads[k] == k), None)
    if root is None or parse.pos[root] not in ("VERB", "AUX"):
        return None
    subject = subject_of(parse, root)
    if subject is None or not start <= subject < i or not marks.voices[subject] or marks.at[subject] >= 0:
        return None
    source = words_of(parse, subject, root)
    if source is None:
        return None
    low, high = verb_span(parse, root)
    quote = marks.quotes[marks.at[i + 1]]
    return CueAt(root, low, high, COLON, "colon", None, "asserts"), source, [(quote.start, quote.end)]


def _name(parse: Parse, start: int, end: int, marks: Marks) -> Words | None:
    """A few words that name a speaker and nothing else."""
    while start < end and parse.pos[start] == "PUNCT":
        start += 1
    while end > start and parse.pos[end - 1] == "PUNCT":
        end -= 1
    if not 0 < end - start <= LONGEST_NAME or parse.lowers[end - 1] in LABELS:
        return None
    if any(parse.pos[k] in NO_NAME and not (parse.pos[k] == "VERB" and marks.voices[k]) for k in range(start, end)):
        return None
    head = end - 1
    for k in range(start, end):
        if parse.lowers[k] in ("on", "in", "to", "at", "of", "for"):
            head = k - 1
            break
    if head < start or not marks.voices[head]:
        return None
    if parse.pos[head] != "PROPN" and parse.deps[head] not in ("ROOT", "dep", "appos", "nsubj", "dobj", "pobj"):
        return None
    stop = end if head == end - 1 or parse.lowers[head + 1] in ("of", "for") else head + 1
    return Words(start, stop, head)


def _spaced(parse: Parse, i: int) -> bool:
    return parse.text[parse.starts[i] - 1 : parse.starts[i]].isspace() and parse.text[parse.ends[i] :][:1].isspace()
