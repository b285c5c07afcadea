"""Tense of the clause around a time expression: does "Monday" look back or forward?"""

from __future__ import annotations

from typing import Literal, NamedTuple

from sitrep.reading.parse import Parse
from sitrep.reading.time_words import words

Tense = Literal["past", "present", "future", ""]

VERBAL = frozenset({"VERB", "AUX"})
FUTURE_AUX = words("will shall 'll ’ll wo")
MODAL_AUX = words("would may might should can must")
PAST_AUX = words("was were had did been")
# what these govern has not happened yet: "plans to meet Monday", "is scheduled for Monday"
AHEAD = words(
    "plan expect schedule hope intend aim prepare agree vow promise want wish propose threaten pledge due decide order "
    "ask urge invite slate set likely bound"
)
# and these move the time itself ahead, in any tense: "postponed the vote to Monday"
PUT_OFF = words("plan schedule slate postpone delay extend adjourn reschedule")
# in the present tense these tell of a timetable: "talks resume Friday", "the truce takes effect at noon on Monday"
TIMETABLE = words("take begin start open meet expire end resume convene close vote")
OPEN_ENDED = words("until till through by")


class Look(NamedTuple):
    """Where a clause looks. direct: the expression hangs on the verb itself, not on a noun of the clause.

    open_ended: it stands behind "until" or "by", so that it may lie ahead of a past verb.
    """

    tense: Tense
    direct: bool
    open_ended: bool


def look(parse: Parse, first: int, last: int) -> Look:
    """Where the clause of the tokens first to last looks: by its nearest verb, or by what that verb depends on."""
    j = last
    nouns = 0
    open_ended = False
    for _ in range(12):
        pos = parse.pos[j]
        if pos in VERBAL:
            # "ways around Wednesday's ruling": an infinitive above a noun says nothing of the noun's time
            found = _of_verb(parse, j, distant=nouns > 0)
            if not found and parse.tags[j] == "VB":
                nouns += 1
            if found:
                return Look(found, direct=nouns == 0, open_ended=open_ended)
        elif not first <= j <= last and pos in {"NOUN", "PROPN", "ADJ"}:
            if parse.lemmas[j] in AHEAD:
                return Look("future", direct=False, open_ended=open_ended)
            nouns += parse.lowers[j] not in {"night", "morning", "evening", "afternoon"}
        elif pos in {"ADP", "SCONJ"} and parse.lowers[j] in OPEN_ENDED and not nouns:
            open_ended = True
        head = parse.heads[j]
        if head == j:
            break
        j = head
    return Look("", direct=False, open_ended=open_ended)


def _of_verb(parse: Parse, j: int, *, distant: bool) -> Tense:
    tag, lemma = parse.tags[j], parse.lemmas[j]
    helpers = [parse.lowers[k] for k in parse.children[j] if parse.deps[k] in {"aux", "auxpass"}]
    if any(low in FUTURE_AUX for low in helpers):
        return "future"
    if lemma in PUT_OFF and not distant and "had" not in helpers:
        return "future"
    if any(low in PAST_AUX for low in helpers):
        return "future" if tag in {"VBN", "VBG"} and lemma in AHEAD | {"go"} and "had" not in helpers else "past"
    if tag == "VBD":
        return "past"
    if any(low in MODAL_AUX for low in helpers):
        return "" if distant else "future"
    if tag == "VB":
        return _infinitive(parse, j) if "to" in helpers and not distant else ""
    if tag == "VBN":
        if any(low in {"is", "are", "be", "'re", "being"} for low in helpers):
            return "future" if lemma in AHEAD else "present"
        if helpers and not any(low in {"has", "have", "'s", "'ve", "’s", "’ve"} for low in helpers):
            return ""  # "start getting beaten": the verb above tells
        return "future" if lemma in AHEAD and not distant else "past"
    if tag == "VBG":
        return "future" if any(low in {"is", "are", "'s", "'re", "’s", "’re", "am"} for low in helpers) else ""
    if tag in {"VBZ", "VBP"}:
        return "future" if lemma in TIMETABLE and not distant else "present"
    return ""


def _infinitive(parse: Parse, j: int) -> Tense:
    """Of "to meet Monday": not yet, unless it hangs on a past verb that does not look ahead."""
    governor = parse.heads[j]
    if governor == j:
        return ""
    if parse.lemmas[governor] in AHEAD or parse.lowers[governor] in {"is", "are", "was", "were", "going"}:
        upper = [parse.lowers[k] for k in parse.children[parse.heads[governor]]]
        return "past" if "had" in upper else "future"
    ahead = parse.deps[j] in {"acl", "xcomp", "relcl"} and parse.tags[governor] not in {"VBD", "VBN"}
    return "future" if ahead else ""
