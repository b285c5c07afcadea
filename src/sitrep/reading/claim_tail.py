"""The source of an inquit that closes its sentence, found by position where the parser loses it."""

from __future__ import annotations

from sitrep.reading.claim_cues import CueAt
from sitrep.reading.claim_marks import Marks, Words
from sitrep.reading.parse import Parse

RELATIVES = frozenset({"who", "which", "that", "whom"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
FINITE_OR_MODAL = FINITE | {"MD"}
# words after which a clause of its own begins
LEADING = frozenset(
    "and but as while when if because that what after before since how although though where whereas than or for which "
    "who whom whose".split()
)
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who"})
OF = frozenset({"of", "for"})
OPENS = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"})
# dependents inside a noun phrase
INNER = frozenset({"det", "amod", "compound", "nummod", "poss", "case", "npadvmod", "quantmod", "predet", "nmod"})
# words that a source beside its cue ends or begins with
TOUCHING = frozenset({"NOUN", "PROPN", "PRON"})
# verb forms inside a noun phrase
NOUNISH = frozenset({"amod", "compound", "acl", "relcl", "nmod"})


def tail_source(parse: Parse, at: CueAt, marks: Marks) -> Words | None:
    """The source of a sentence's closing inquit ("Ten people died in the raid the ministry said on Monday.").

    Found by position, since the parser loses such subjects where the comma before them is missing.
    """
    if at.shape != "verb" or "clause" not in at.cue.frames or at.prep is not None or parse.tags[at.head] not in FINITE:
        return None
    first, last = parse.sentence(at.head)
    k = at.start - 1
    if k <= first or marks.at[k] >= 0:
        return None
    for j in range(at.end, last):
        if parse.pos[j] in ("VERB", "AUX") and parse.deps[j] not in NOUNISH:
            if parse.tags[j] != "VBG":
                return None
            last = j
            break
        if marks.at[j] >= 0 or parse.words[j] == ":":
            return None
    if parse.deps[at.head] == "relcl" and "object" in at.cue.frames:
        return None
    if at.end < last and _opens_noun(parse, at.end) and not at.cue.addressee:
        return _after(parse, at, first, last)
    if parse.pos[k] not in TOUCHING or parse.lowers[k] in RELATIVES:
        return None
    if at.end + 2 < last and parse.words[at.end] == "," and parse.tags[at.end + 1] != "VBG":
        return None
    head = next((j for j in parse.children[at.head] if parse.deps[j] == "nsubj" and parse.right[j] == at.start), -1)
    start = _own_start(parse, head, first) if head >= 0 else first
    if start <= first:
        head = k
        start = k
        while start > first and _inner(parse, start - 1, head):
            start -= 1
    if start <= first + 1 or (start > first and parse.lowers[start - 1] in LEADING) or not _says(parse, first, start):
        return None
    return Words(start, at.start, head, tail=True)


def _after(parse: Parse, at: CueAt, first: int, last: int) -> Words | None:
    """The source behind its verb without any comma ("wounded ten people said the monitor")."""
    v = at.head
    if "object" in at.cue.frames or at.start != v or at.end != v + 1 or parse.pos[v - 1] == "PUNCT":
        return None
    subject = next((k for k in parse.children[v] if k < v and parse.deps[k] in ("nsubj", "nsubjpass")), None)
    if subject is not None and not (parse.heads[v] < subject and parse.lowers[v - 1] not in PRONOUNS):
        return None
    if not _says(parse, first, v - (subject is not None)):
        return None
    head = at.end
    while head + 1 < last and (
        parse.pos[head] not in TOUCHING or (parse.pos[head + 1] in ("NOUN", "PROPN") and parse.pos[head] != "PRON")
    ):
        head += 1
    end = head + 1
    while end < last and parse.pos[end] != "PUNCT" and not (parse.pos[end] == "ADP" and parse.lowers[end] not in OF):
        end += 1
    return Words(at.end, end, head, tail=True) if parse.pos[head] in TOUCHING else None


def _says(parse: Parse, first: int, end: int) -> bool:
    """Whether a stretch has a finite verb, as a statement must."""
    return any(parse.pos[k] in ("VERB", "AUX") and parse.tags[k] in FINITE_OR_MODAL for k in range(first, end))


def _opens_noun(parse: Parse, k: int) -> bool:
    """Whether a noun phrase begins here that is not one of time ("Monday", "last week")."""
    top = k
    while parse.deps[top] in INNER and parse.heads[top] > top:
        top = parse.heads[top]
    return parse.pos[k] in OPENS and parse.deps[top] != "npadvmod"


def _own_start(parse: Parse, head: int, first: int) -> int:
    """Where a subject begins that may have swallowed a noun phrase before it, or `first` where it took in a verb."""
    start = parse.left[head]
    for k in range(start, head):
        if parse.pos[k] in ("VERB", "AUX") and parse.deps[k] not in NOUNISH:
            return first
        opens = parse.deps[k] in ("det", "nummod", "poss") and parse.left[parse.heads[k]] < k
        if opens and parse.heads[k] == head and parse.pos[k - 1] in ("NOUN", "PROPN") and k > start:
            start = k
    return start


def _inner(parse: Parse, k: int, head: int) -> bool:
    """Whether a token before a noun belongs to its noun phrase."""
    if parse.deps[k] == "punct":
        return parse.words[k] in ("-", ".") and k < parse.heads[k] <= head
    return (
        parse.deps[k] in INNER and k < parse.heads[k] <= head and (parse.deps[k] != "nmod" or parse.pos[k] == "PROPN")
    )
