"""What is said: the words of a cue's content, from the parse and from quotation marks."""

from __future__ import annotations

from sitrep.reading.claim_cues import CueAt
from sitrep.reading.claim_sources import Marks, Words
from sitrep.reading.parse import Parse

# a stretch of tokens [start, end)
Stretch = tuple[int, int]

# prepositions that continue what is said of an object ("accused him of …", "described it as …")
CONTINUES = frozenset(
    {"of", "for", "as", "with", "to", "about", "on", "against", "from", "into", "over", "than", "like"}
)
# tokens between two quotations that still make one statement
LONGEST_GAP = 6
OPENING_MARKS = frozenset({"“", '"', "''", "``", "‘", "'", "«", "(", "[", "$", "#", "@"})
CLOSING_MARKS = frozenset({"”", '"', "''", "’", "'", "»", ")", "]", "%", "?", "!"})
SPLITS = frozenset({",", ".", ";", ":", "-", "–", "—"})


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
    if source is not None and source.tail:
        beside = _quotes_beside(parse, at, source, marks)
        if beside and beside[0][1] <= v:
            beside[0] = (_quoted_from(parse, beside[0][0], marks), beside[0][1])
        return beside or [(parse.sentence(v)[0], source.start)]
    speaker = source.head if source else -1
    kids = [k for k in parse.children[v] if k != speaker]
    if cue.frames & {"clause", "quote"}:
        clauses = [k for k in kids if deps[k] == "ccomp" or (deps[k] == "xcomp" and not _infinitive(parse, k))]
        clauses = [k for k in clauses if "clause" in cue.frames or marks.at[k] >= 0]
        if clauses:
            found = _clauses(parse, at, source, clauses)
            return _with_beside(parse, at, source, marks, found)
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
    if "clause" in cue.frames and (cue.addressee or "object" not in cue.frames):
        lost = _lost_clause(parse, at, kids)
        if lost:
            return lost
    if cue.frames & {"object", "predicate"}:
        found = _object(parse, at, kids, need_predicate="object" not in cue.frames)
        if found:
            beside = _quotes_beside(parse, at, source, marks)
            if not beside or not cue.frames & {"clause", "quote"} or beside[0][0] >= found[0][0] >= at.end:
                return found
    if cue.frames & {"clause", "quote"}:
        return _parenthesis(parse, at, source, marks)
    return []


def _with_beside(
    parse: Parse, at: CueAt, source: Words | None, marks: Marks, found: list[Stretch]
) -> list[Stretch]:
    """Clauses with the quotations that touch the inquit: what the parser cut off, or tied to the wrong verb."""
    beside = _quotes_beside(parse, at, source, marks)
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


def _lost_clause(parse: Parse, at: CueAt, kids: list[int]) -> list[Stretch]:
    """A clause that the parser tied to a noun in between ("told his aides he would go", "said in a note that …")."""
    for k in kids:
        if k < at.head or parse.deps[k] not in ("dobj", "dative", "prep", "npadvmod"):
            continue
        if parse.deps[k] == "dobj" and not at.cue.addressee and parse.words[at.head + 1] != "that":
            continue
        nouns = [k] if parse.deps[k] != "prep" else parse.kids(k, "pobj")
        for j in (j for noun in nouns for j in parse.children[noun]):
            if parse.deps[j] not in ("relcl", "acl", "ccomp"):
                continue
            first = parse.left[j]
            that = parse.lowers[first] == "that" and parse.deps[first] == "mark"
            if parse.deps[k] == "prep" and not that:
                continue
            subject = any(parse.deps[c] in ("nsubj", "nsubjpass", "expl") and c < j for c in parse.children[j])
            bare = parse.tags[first] not in ("WP", "WDT", "WP$", "WRB") and parse.deps[first] != "mark"
            if subject and (that or (bare and parse.deps[j] != "acl")):
                return [(first, parse.right[j])]
        if parse.deps[k] == "dobj" and parse.words[at.head + 1] == "that":
            return [(at.head + 1, parse.right[k])]
    return []


def _object(parse: Parse, at: CueAt, kids: list[int], *, need_predicate: bool) -> list[Stretch]:
    v = at.head
    objects = [k for k in kids if k > v and parse.deps[k] in ("dobj", "oprd", "attr", "acomp", "ccomp")]
    if not objects:
        return _relative_gap(parse, at)
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


def _relative_gap(parse: Parse, at: CueAt) -> list[Stretch]:
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
        if source.end <= at.start and all(parse.pos[k] in ("ADV", "AUX", "PART") for k in range(source.end, at.start)):
            low = source.start
        elif 0 <= source.start - at.end <= 1:
            high = source.end
    return low, high


def _quotes_beside(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
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


def _leads_on(parse: Parse, mark: int, cue: int) -> bool:
    """Whether a quotation that closes at a mark leads on to a cue after it: no full stop, no new paragraph."""
    if "\n" in parse.text[parse.ends[mark] : parse.starts[cue]]:
        return False
    inside = parse.words[mark - 1] if mark else ""
    return inside not in (".", "…") or parse.words[mark + 1] == ","


def _parenthesis(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
    """An inquit: the content stands around it, not below it."""
    beside = _quotes_beside(parse, at, source, marks)
    if beside:
        if beside[0][1] <= at.head:
            beside[0] = (_quoted_from(parse, beside[0][0], marks), beside[0][1])
        return beside
    if source is None or source.antecedent is not None or "clause" not in at.cue.frames:
        return []
    return _clause_of_inquit(parse, at, source)


def _quoted_from(parse: Parse, start: int, marks: Marks) -> int:
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
        return _relative_gap(parse, at)
    touches = source.end == at.start or source.start == at.end
    final = not any(parse.pos[k] in ("VERB", "AUX") for k in range(high, last))
    if dep == "advcl" and not as_mark:
        return []
    if dep not in ("parataxis", "ccomp", "relcl", "advcl", "dep"):
        # the sentence's last words: "…, the army said."
        if not (touches and final and low > first + 1 and parse.words[low - 1] not in ("and", "but", "as", "while", ";")):
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
    if marks.at[end - 1] < 0:
        return end
    for k in range(end, min(last, end + LONGEST_GAP)):
        if marks.at[k] >= 0:
            return marks.quotes[marks.at[k]].end if k > end or not marks.quotes[marks.at[k]].scare else end
        if parse.pos[k] in ("VERB", "AUX", "PROPN", "PRON") or at.start <= k < at.end or parse.words[k] in (".", ";", ":"):
            return end
    return end
