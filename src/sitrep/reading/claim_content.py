"""What is said: the words of a cue's content, from the parse and from quotation marks."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.reading.claim_cues import CueAt, is_passive
from sitrep.reading.claim_sources import Words
from sitrep.reading.parse import Parse
from sitrep.reading.quotes import Quote

# a stretch of tokens [start, end)
Stretch = tuple[int, int]

# prepositions that continue what is said of an object ("accused him of …", "described it as …")
CONTINUES = frozenset(
    {"of", "for", "as", "with", "to", "about", "on", "against", "from", "into", "over", "than", "like"}
)
ADJUNCTS = frozenset({"punct", "cc", "npadvmod", "advmod", "aux", "auxpass", "neg", "prt", "mark", "agent"})
OPENING_MARKS = frozenset({"“", '"', "''", "``", "‘", "'", "«", "(", "[", "$", "#", "@"})
CLOSING_MARKS = frozenset({"”", '"', "''", "’", "'", "»", ")", "]", "%", "?", "!"})
SPLITS = frozenset({",", ".", ";", ":", "-", "–", "—"})


class Marks(NamedTuple):
    """The quotations of a page. at: per token, the index of the quotation that holds it, or -1."""

    quotes: list[Quote]
    at: list[int]


def find_content(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
    """What the cue's source says, in one stretch or, where the cue stands in the middle, two. Empty where nothing is."""
    if at.shape == "phrase":
        found = _clause_around(parse, at, source)
    elif at.shape == "adverb":
        found = _clause_of_adverb(parse, at)
    elif at.shape in ("noun", "adjective"):
        found = _of_noun(parse, at)
    elif at.shape == "passive":
        found = _of_passive(parse, at, source)
    else:
        found = _of_verb(parse, at, source, marks)
    found = [trimmed for stretch in found if (trimmed := trim(parse, *stretch))]
    return _with_quotes(parse, at, found, marks)


def trim(parse: Parse, start: int, end: int) -> Stretch | None:
    """A stretch without the punctuation and the bare conjunction at its edges; None where nothing is left."""
    words = parse.words
    while start < end and (
        (parse.pos[start] == "PUNCT" and words[start] not in OPENING_MARKS)
        or (parse.deps[start] == "cc" and parse.pos[start] == "CCONJ")
    ):
        start += 1
    while end > start and parse.pos[end - 1] in ("PUNCT", "SPACE") and words[end - 1] not in CLOSING_MARKS:
        end -= 1
    if all(parse.pos[k] == "PUNCT" for k in range(start, end)):
        return None
    return start, end


def _of_verb(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
    v, cue = at.head, at.cue
    deps, left, right = parse.deps, parse.left, parse.right
    speaker = source.head if source else -1
    kids = [k for k in parse.children[v] if k != speaker]
    if cue.frames & {"clause", "quote"}:
        clauses = [k for k in kids if deps[k] == "ccomp" or (deps[k] == "xcomp" and not _infinitive(parse, k))]
        clauses = [k for k in clauses if "clause" in cue.frames or marks.at[k] >= 0]
        if clauses:
            return _clauses(parse, at, source, clauses)
    if "infinitive" in cue.frames:
        verbs = [k for k in kids if deps[k] in ("xcomp", "ccomp") and k > v and _infinitive(parse, k)]
        if verbs:
            objects = [k for k in kids if deps[k] in ("dobj", "dative") and v < k < verbs[0]]
            start = left[verbs[0]]
            if objects and not cue.addressee:
                start = left[objects[0]]
            return [(start, right[verbs[0]])]
    if at.prep is not None:
        return _after_prep(parse, at, kids)
    if cue.addressee:
        verbs = [k for k in kids if deps[k] in ("xcomp", "ccomp") and k > v]
        if verbs:
            return [(_from_infinitive(parse, verbs[0]), right[verbs[0]])]
    if cue.frames & {"object", "predicate"}:
        found = _object(parse, at, kids, need_predicate="object" not in cue.frames)
        if found and not (cue.addressee and _quote_beside(parse, at, source, marks)):
            return found
    if cue.frames & {"clause", "quote"}:
        return _parenthesis(parse, at, source, marks)
    return []


def _clauses(parse: Parse, at: CueAt, source: Words | None, clauses: list[int]) -> list[Stretch]:
    v = at.head
    found: list[Stretch] = []
    for k in clauses:
        start, end = parse.left[k], parse.right[k]
        if k > v and at.cue.addressee:
            start = max(start, _from_infinitive(parse, k)) if _infinitive(parse, k) else start
        found += _minus(parse, start, end, at, source)
    return found


def _minus(parse: Parse, start: int, end: int, at: CueAt, source: Words | None) -> list[Stretch]:
    """A stretch without the cue and its source, where they stand inside it."""
    low, high = at.start, at.end
    if source is not None and (source.end <= at.start or source.start >= at.end):
        gap = parse.words[source.end : at.start] if source.end <= at.start else parse.words[at.end : source.start]
        if len(gap) <= 3:
            low, high = min(low, source.start), max(high, source.end)
    if high <= start or low >= end:
        return [(start, end)]
    found: list[Stretch] = []
    if low > start:
        found.append((start, low))
    if high < end:
        found.append((high, end))
    return found


def _infinitive(parse: Parse, k: int) -> bool:
    return any(parse.lowers[j] == "to" and parse.deps[j] == "aux" for j in parse.children[k])


def _from_infinitive(parse: Parse, k: int) -> int:
    """Where "to …" begins, the person spoken to left out."""
    for j in parse.children[k]:
        if parse.lowers[j] == "to" and parse.deps[j] == "aux":
            return j
    return parse.left[k]


def _after_prep(parse: Parse, at: CueAt, kids: list[int]) -> list[Stretch]:
    """ "called for …", "accused of …": the preposition's complement and an infinitive that follows it."""
    prep = at.prep
    if prep is None:
        return []
    start, end = prep + 1, parse.right[prep]
    if at.start < prep < at.end - 1:
        start = at.end
    for k in kids:
        if k > prep and parse.deps[k] in ("xcomp", "ccomp", "advcl") and _infinitive(parse, k) and parse.left[k] <= end:
            end = max(end, parse.right[k])
    return [(start, end)]


def _object(parse: Parse, at: CueAt, kids: list[int], *, need_predicate: bool) -> list[Stretch]:
    v = at.head
    objects = [k for k in kids if k > v and parse.deps[k] in ("dobj", "oprd", "attr", "acomp", "ccomp")]
    if not objects:
        return _relative_gap(parse, at, kids)
    start, end = parse.left[objects[0]], parse.right[objects[0]]
    predicate = False
    for k in kids:
        if k <= objects[0] or parse.left[k] > end + 1:
            continue
        dep = parse.deps[k]
        if dep in ("oprd", "xcomp", "ccomp", "acomp", "attr") or (
            dep in ("prep", "dative") and parse.lowers[k] in CONTINUES
        ):
            end = max(end, parse.right[k])
            predicate = True
    if need_predicate and not predicate and parse.deps[objects[0]] == "dobj" and not _has_as(parse, objects[0]):
        return []
    return [(start, end)]


def _has_as(parse: Parse, k: int) -> bool:
    return any(parse.lowers[j] in ("as", "to") and parse.deps[j] == "prep" for j in parse.children[k])


def _relative_gap(parse: Parse, at: CueAt, kids: list[int]) -> list[Stretch]:
    """ "the deal that the army rejected": what was rejected stands before its clause."""
    v = at.head
    if parse.deps[v] != "relcl":
        return []
    noun = parse.heads[v]
    start = parse.left[noun]
    clause = parse.left[v]
    return [(start, clause)] if start < clause else []


def _of_noun(parse: Parse, at: CueAt) -> list[Stretch]:
    n = at.head
    frames = at.cue.frames
    for k in parse.children[n]:
        if k < n:
            continue
        dep = parse.deps[k]
        if dep in ("acl", "ccomp", "relcl", "xcomp", "advcl"):
            that = dep != "relcl" and any(
                parse.deps[j] == "mark" and parse.lowers[j] == "that" for j in parse.children[k]
            )
            if "clause" in frames and that:
                return [(parse.left[k], parse.right[k])]
            if "infinitive" in frames and _infinitive(parse, k) and dep != "relcl":
                return [(parse.left[k], parse.right[k])]
    if at.prep is not None:
        return [(at.prep + 1, parse.right[at.prep])]
    if at.shape == "adjective" and "clause" in frames:
        head = parse.heads[n]
        for k in parse.children[head]:
            if k > n and parse.deps[k] == "ccomp":
                return [(parse.left[k], parse.right[k])]
    return []


def _of_passive(parse: Parse, at: CueAt, source: Words | None) -> list[Stretch]:
    v, cue = at.head, at.cue
    subject = next((k for k in parse.children[v] if parse.deps[k] in ("nsubjpass", "nsubj")), None)
    tail: Stretch | None = None
    for k in parse.children[v]:
        if k > v and parse.deps[k] in ("ccomp", "xcomp"):
            infinitive = _infinitive(parse, k)
            if (infinitive and "infinitive" in cue.frames) or (not infinitive and "clause" in cue.frames):
                tail = (parse.left[k], parse.right[k])
                if parse.deps[k] == "ccomp" and not infinitive:
                    return [tail]
                break
    if tail is None and at.prep is not None:
        tail = (at.prep + 1 if at.prep < at.end else at.prep, parse.right[at.prep])
    if tail is None and "object" in cue.frames and (source is not None or cue.stance == "accuses"):
        tail = next(
            (
                (k, parse.right[k])
                for k in parse.children[v]
                if k >= at.end and parse.deps[k] == "prep" and parse.lowers[k] in ("of", "for", "as", "over")
            ),
            None,
        )
    elif tail is None and "predicate" in cue.frames:
        tail = next(
            (
                (parse.left[k], parse.right[k])
                for k in parse.children[v]
                if k >= at.end and (parse.deps[k] in ("oprd", "attr", "acomp") or parse.lowers[k] == "as")
            ),
            None,
        )
        if tail is None:
            return []
    elif tail is None:
        return []
    found: list[Stretch] = []
    if subject is not None:
        if parse.lowers[subject] not in ("it", "there"):
            found.append((parse.left[subject], min(parse.right[subject], at.start)))
    elif parse.deps[v] == "acl":
        noun = parse.heads[v]
        found.append((parse.left[noun], at.start))
    if tail is not None:
        found.append(tail)
    return found


def _clause_around(parse: Parse, at: CueAt, source: Words | None) -> list[Stretch]:
    """ "according to X": the clause that it hangs on, without it."""
    head = parse.heads[at.head]
    stop = source.end if source else at.end
    first, last = parse.sentence(at.head)
    if head == at.head:
        low, high = first, last
    else:
        clause = head
        while parse.pos[clause] not in ("VERB", "AUX") and parse.heads[clause] != clause:
            clause = parse.heads[clause]
        while parse.deps[clause] in ("xcomp", "ccomp", "advcl", "acl", "pcomp", "auxpass", "aux") and at.head > clause:
            # an attribution at the end speaks of the whole sentence, not of its last subordinate clause
            up = parse.heads[clause]
            if up == clause or (up > at.head):
                break
            clause = up
            if parse.pos[clause] not in ("VERB", "AUX"):
                break
        low, high = parse.left[clause], parse.right[clause]
    if at.start <= low + 1:
        return [(stop, high)]
    if stop >= high - 1:
        return [(low, at.start)]
    return [(low, at.start), (stop, high)]


def _clause_of_adverb(parse: Parse, at: CueAt) -> list[Stretch]:
    """ "reportedly": the clause around it."""
    head = parse.heads[at.head]
    low, high = parse.left[head], parse.right[head]
    if parse.deps[head] in ("relcl", "acl"):
        noun = parse.heads[head]
        low = min(low, parse.left[noun])
    found: list[Stretch] = []
    if at.start > low:
        found.append((low, at.start))
    if at.end < high:
        found.append((at.end, high))
    return found


def _group(parse: Parse, at: CueAt, source: Words | None) -> Stretch:
    """Cue and source, where they stand side by side."""
    low, high = at.start, at.end
    if source is not None:
        if 0 <= at.start - source.end <= 2:
            low = source.start
        elif 0 <= source.start - at.end <= 1:
            high = source.end
    return low, high


def _quote_beside(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> bool:
    return bool(_quotes_beside(parse, at, source, marks))


def _quotes_beside(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
    """The quotations at either side of an inquit: "“…,” X said. “…”" """
    low, high = _group(parse, at, source)
    found: list[Stretch] = []
    k = low - 1
    while k >= 0 and parse.words[k] in (",", "-", "—", "–") and marks.at[k] < 0:
        k -= 1
    if k >= 0 and marks.at[k] >= 0:
        quote = marks.quotes[marks.at[k]]
        if quote.end == k + 1 and not quote.scare:
            found.append((quote.start, quote.end))
    last = parse.sentence(at.head)[1]
    for k in range(high, min(last + 1, len(parse))):
        number = marks.at[k]
        if number >= 0:
            quote = marks.quotes[number]
            introduced = k == high or parse.words[k - 1] in (",", ":", "-", "—", "that") or not found
            if quote.start == k and not quote.scare and introduced:
                found.append((quote.start, quote.end))
            break
    return found


def _parenthesis(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
    """An inquit: the content stands around it, not below it."""
    found = _quotes_beside(parse, at, source, marks)
    if found:
        return found
    if source is None or source.antecedent is not None:
        return []
    v = at.head
    head = parse.heads[v]
    if head == v or "clause" not in at.cue.frames:
        return []
    low, high = _group(parse, at, source)
    dep = parse.deps[v]
    as_mark = low > 0 and parse.lowers[low - 1] == "as"
    if dep not in ("parataxis", "ccomp", "relcl", "advcl", "dep") or (dep == "advcl" and not as_mark):
        return []
    if dep == "relcl" and "object" in at.cue.frames:
        return _relative_gap(parse, at, [])
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


def _with_quotes(parse: Parse, at: CueAt, found: list[Stretch], marks: Marks) -> list[Stretch]:
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
        grown.append((low, high))
    grown.sort()
    joined: list[Stretch] = []
    for start, end in grown:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
