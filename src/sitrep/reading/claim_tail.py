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
    {
        "and",
        "but",
        "as",
        "while",
        "when",
        "if",
        "because",
        "that",
        "what",
        "after",
        "before",
        "since",
        "how",
        "although",
        "though",
        "where",
        "whereas",
        "than",
        "or",
        "for",
        "which",
        "who",
        "whom",
        "whose",
    }
)
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
    if k <= first or parse.pos[k] not in TOUCHING or marks.at[k] >= 0 or parse.lowers[k] in RELATIVES:
        return None
    for j in range(at.end, last):
        if parse.pos[j] in ("VERB", "AUX") and parse.deps[j] not in NOUNISH:
            if parse.tags[j] == "VBG":
                break
            return None
        if marks.at[j] >= 0 or parse.words[j] == ":":
            return None
    if at.end < last and parse.pos[at.end] in TOUCHING and not at.cue.addressee and parse.deps[at.end] != "npadvmod":
        return None
    if at.end + 2 < last and parse.words[at.end] == "," and parse.tags[at.end + 1] != "VBG":
        return None
    if parse.deps[at.head] == "relcl" and "object" in at.cue.frames:
        return None
    head = next((j for j in parse.children[at.head] if parse.deps[j] == "nsubj" and parse.right[j] == at.start), -1)
    start = _own_start(parse, head, first) if head >= 0 else first
    if start <= first:
        head = k
        start = k
        while start > first and _inner(parse, start - 1, head):
            start -= 1
    if start <= first + 1 or (start > first and parse.lowers[start - 1] in LEADING):
        return None
    if not any(parse.pos[j] in ("VERB", "AUX") and parse.tags[j] in FINITE_OR_MODAL for j in range(first, start)):
        return None
    return Words(start, at.start, head, tail=True)


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
