"""Inquits: cues that stand beside or inside what is said ("“…,” X said.", "The town, X said, has fallen.")."""

from __future__ import annotations

from sitrep.reading.claim_cues import CueAt
from sitrep.reading.claim_marks import Marks, Stretch, Words
from sitrep.reading.parse import Parse


def with_beside(parse: Parse, at: CueAt, source: Words | None, marks: Marks, found: list[Stretch]) -> list[Stretch]:
    """Clauses with the quotations that touch the inquit: what the parser cut off, or tied to the wrong verb."""
    beside = quotes_beside(parse, at, source, marks)
    if not beside:
        return found
    fronted = [stretch for stretch in found if stretch[1] <= at.head]
    if not fronted and len(found) == 1 and beside[0][0] > at.head:
        return found if found[0][0] <= beside[0][0] else beside
    quote = beside[0]
    if quote[1] <= at.head:
        if fronted and parse.words[quote[0] - 1] != ":" and parse.sent_of[fronted[0][0]] == parse.sent_of[quote[0]]:
            # "The army "will go on" the officer said": the words before the quotation are said, too
            beside[0] = (min(fronted[0][0], quote[0]), quote[1])
        return beside + [stretch for stretch in found if stretch[0] > at.head and len(beside) == 1]
    return fronted + beside


def parenthesis(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
    """An inquit: the content stands around it, not below it."""
    beside = quotes_beside(parse, at, source, marks)
    if beside:
        if beside[0][1] <= at.head:
            beside[0] = (quoted_from(parse, beside[0][0], marks), beside[0][1])
            return beside
        return _begun(parse, at, source, marks) + beside
    if source is None or source.antecedent is not None or "clause" not in at.cue.frames:
        return []
    return _clause_of_inquit(parse, at, source)


def quotes_beside(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
    """The quotations at either side of an inquit ("“…,” X said. “…”"), the one before it first."""
    low, high = _group(parse, at, source)
    found: list[Stretch] = []
    # "…," he said, adding: what stands before belongs to the first cue
    leans = parse.tags[at.head] == "VBG" and low == at.start
    k = -1 if leans else low - 1
    while k >= 0 and parse.words[k] in (",", "-", "—", "–") and marks.at[k] < 0:
        k -= 1
    if k >= 0 and marks.at[k] >= 0:
        quote = marks.quotes[marks.at[k]]
        if quote.end == k + 1 and not quote.scare and _leads_on(parse, k, at.head):
            found.append((quote.start, quote.end))
    last = parse.sentence(at.head)[1]
    for k in range(high, last):
        number = marks.at[k]
        if number >= 0:
            quote = marks.quotes[number]
            introduced = k == high or parse.words[k - 1] in (",", ":", "-", "—", "that", ".")
            if quote.start == k and not quote.scare and introduced:
                found.append((quote.start, quote.end))
            return found
    return found


def _begun(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
    """The words before an inquit that a quotation after it goes on with ("The truce, he said, “will not hold”")."""
    low, _ = _group(parse, at, source)
    first = parse.sentence(at.head)[0]
    if low <= first + 1 or parse.words[low - 1] != "," or marks.at[low - 2] >= 0:
        return []
    if parse.pos[first] in ("ADP", "ADV", "SCONJ"):  # "In a statement, he said, …"
        return []
    if any(parse.pos[k] in ("VERB", "AUX") or parse.words[k] == ":" for k in range(first, low)):
        return []
    return [(first, low)] if any(parse.pos[k] in ("NOUN", "PROPN", "PRON") for k in range(first, low)) else []


def _leads_on(parse: Parse, mark: int, cue: int) -> bool:
    """Whether a quotation that closes at a mark leads on to a cue after it: no full stop, no new paragraph."""
    if "\n" in parse.text[parse.ends[mark] : parse.starts[cue]]:
        return False
    inside = parse.words[mark - 1] if mark else ""
    return inside not in (".", "…") or parse.words[mark + 1] == ","


def quoted_from(parse: Parse, start: int, marks: Marks) -> int:
    """Where a fronted content begins whose end is quoted ("The army "will go on" the officer said")."""
    first = parse.sentence(start)[0]
    if start == first or parse.words[start - 1] in (":", ",", ".", "”", '"') or marks.at[start - 1] >= 0:
        return start
    if not any(parse.pos[k] in ("VERB", "AUX", "NOUN", "PROPN", "PRON") for k in range(first, start)):
        return start
    if any(parse.words[k] in (":", ";") for k in range(first, start)):
        return start
    return first


def _clause_of_inquit(parse: Parse, at: CueAt, source: Words) -> list[Stretch]:
    v = at.head
    head = parse.heads[v]
    low, high = _group(parse, at, source)
    first, last = parse.sentence(v)
    dep = parse.deps[v]
    as_mark = low > 0 and parse.lowers[low - 1] == "as"
    if dep == "relcl" and "object" in at.cue.frames:
        return relative_gap(parse, at)
    touches = source.end == at.start or source.start == at.end
    final = not any(parse.pos[k] in ("VERB", "AUX") for k in range(high, last))
    if dep == "advcl" and not as_mark:
        return []
    if dep not in ("parataxis", "ccomp", "relcl", "advcl", "dep"):
        # the sentence's last words: "…, the army said."
        if not (
            touches and final and low > first + 1 and parse.words[low - 1] not in ("and", "but", "as", "while", ";")
        ):
            return []
        if not any(parse.pos[k] in ("VERB", "AUX") for k in range(first, low)):
            return []
        return [(parse.left[_top(parse, low - 1, low)], low)]
    if head == v:
        return []
    if as_mark:
        low -= 1
    high = max(high, _inquit_end(parse, at, high))
    clause = head
    while parse.pos[clause] not in ("VERB", "AUX") and parse.heads[clause] != clause:
        clause = parse.heads[clause]
    start, end = parse.left[clause], parse.right[clause]
    if low <= start:
        return [(high, end)]
    after = (high, end) if high < end and any(parse.pos[k] != "PUNCT" for k in range(high, end)) else None
    return [(start, low), after] if after else [(start, low)]


def _top(parse: Parse, i: int, limit: int) -> int:
    """The highest ancestor of a token before a limit."""
    while parse.heads[i] != i and parse.heads[i] < limit and parse.sent_of[parse.heads[i]] == parse.sent_of[i]:
        i = parse.heads[i]
    return i


def _inquit_end(parse: Parse, at: CueAt, high: int) -> int:
    """Past the time and place words of an inquit ("the ministry said on Monday, …")."""
    for k in parse.children[at.head]:
        if (
            k >= high
            and parse.deps[k] in ("prep", "npadvmod", "advmod", "dobj", "dative")
            and parse.left[k] <= high + 1
        ):
            high = max(high, parse.right[k])
    return high


def relative_gap(parse: Parse, at: CueAt) -> list[Stretch]:
    """What stands before its clause ("the deal that the army rejected")."""
    v = at.head
    if parse.deps[v] != "relcl":
        return []
    noun = parse.heads[v]
    start = parse.left[noun]
    clause = parse.left[v]
    return [(start, clause)] if start < clause else []


def _group(parse: Parse, at: CueAt, source: Words | None) -> Stretch:
    """Cue and source, where they stand side by side."""
    low, high = at.start, at.end
    if source is not None:
        if source.end <= at.start and all(parse.pos[k] in ("ADV", "AUX", "PART") for k in range(source.end, at.start)):
            low = source.start
        elif 0 <= source.start - at.end <= 1:
            high = source.end
    return low, high
