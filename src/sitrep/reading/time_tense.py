"""Tense of the clause around a time expression: does "Monday" look back or forward?"""

from __future__ import annotations

from typing import Literal

from sitrep.reading.parse import Parse
from sitrep.reading.time_words import words

Tense = Literal["past", "present", "future", ""]

VERBAL = frozenset({"VERB", "AUX"})
FUTURE_AUX = frozenset({"will", "shall", "'ll", "’ll", "wo"})
MODAL_AUX = frozenset({"would", "could", "may", "might", "should", "can", "must"})
# what these govern has not happened yet: "plans to meet Monday", "is scheduled for Monday"
AHEAD = words(
    "plan expect schedule hope intend aim prepare agree vow promise want wish propose threaten pledge due decide "
    "order ask urge invite slate set likely bound"
)


def tense(parse: Parse, i: int) -> Tense:
    """The tense that governs token i: of its nearest verb, or of what that verb depends on."""
    j = i
    for _ in range(12):
        if parse.pos[j] in VERBAL:
            found = _of_verb(parse, j)
            if found:
                return found
        if parse.lemmas[j] in AHEAD and j != i and parse.pos[j] in {"ADJ", "NOUN"}:
            return "future"
        head = parse.heads[j]
        if head == j:
            break
        j = head
    return ""


def _of_verb(parse: Parse, j: int) -> Tense:
    tag = parse.tags[j]
    helpers = [k for k in parse.children[j] if parse.deps[k] in {"aux", "auxpass"}]
    lowers = [parse.lowers[k] for k in helpers]
    if any(low in FUTURE_AUX for low in lowers):
        return "future"
    if any(low in {"was", "were", "had", "did", "been"} for low in lowers):
        return "future" if tag in {"VBN", "VBG"} and parse.lemmas[j] in AHEAD | {"go"} else "past"
    if tag == "VBD":
        return "past"
    if any(low in MODAL_AUX for low in lowers):
        return "future"
    if tag == "VB":
        if "to" in lowers:
            governor = parse.heads[j]
            if governor != j and (
                parse.lemmas[governor] in AHEAD or parse.lowers[governor] in {"is", "are", "was", "were", "going"}
            ):
                return "future"
            # "to meet Monday" after a noun ("a plan to ...") or as a purpose: not yet
            return "future" if parse.deps[j] in {"acl", "xcomp", "relcl"} and not _past_head(parse, j) else ""
        return ""
    if tag == "VBN":
        if any(low in {"has", "have", "'s", "'ve", "’s", "’ve"} for low in lowers):
            return "past"
        if any(low in {"is", "are", "be", "'re", "being"} for low in lowers):
            return "future" if parse.lemmas[j] in AHEAD else "present"
        return "future" if parse.lemmas[j] in AHEAD else ""
    if tag == "VBG":
        if any(low in {"is", "are", "'s", "'re", "’s", "’re", "am"} for low in lowers):
            return "future"
        return ""
    return "present" if tag in {"VBZ", "VBP"} else ""


def _past_head(parse: Parse, j: int) -> bool:
    head = parse.heads[j]
    return head != j and parse.tags[head] == "VBD" and parse.lemmas[head] not in AHEAD
