"""What is said: the words of a cue's content, from the parse and from quotation marks."""

from __future__ import annotations

from sitrep.reading.claim_cues import CueAt
from sitrep.reading.claim_edges import trim, with_quotes
from sitrep.reading.claim_inquit import parenthesis, quoted_from, quotes_beside, relative_gap, with_beside
from sitrep.reading.claim_marks import Marks, Stretch, Words
from sitrep.reading.parse import Parse

# prepositions that continue what is said of an object ("accused him of …", "described it as …")
CONTINUES = frozenset(
    {"of", "for", "as", "with", "to", "about", "on", "against", "from", "into", "over", "than", "like"}
)
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december day week month year morning afternoon evening night interview statement "
    "speech tweet post letter report conference briefing meeting".split()
)


def find_content(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
    """What the source says: one stretch, or two where the cue stands in the middle, or none."""
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
    return with_quotes(parse, at, found, marks)


def _of_verb(parse: Parse, at: CueAt, source: Words | None, marks: Marks) -> list[Stretch]:
    v, cue = at.head, at.cue
    deps, left, right = parse.deps, parse.left, parse.right
    if source is not None and source.tail:
        beside = quotes_beside(parse, at, source, marks)
        if beside and beside[0][1] <= v:
            beside[0] = (quoted_from(parse, beside[0][0], marks), beside[0][1])
        return beside or [(parse.sentence(v)[0], min(source.start, at.start))]
    speaker = source.head if source else -1
    kids = [k for k in parse.children[v] if k != speaker]
    if cue.frames & {"clause", "quote"}:
        clauses = [
            k
            for k in kids
            if deps[k] == "ccomp"
            or (deps[k] == "advcl" and _asked(parse, k))
            or (deps[k] == "xcomp" and not _infinitive(parse, k))
        ]
        clauses = [k for k in clauses if "clause" in cue.frames or marks.at[k] >= 0]
        if clauses:
            found = _clauses(parse, at, source, clauses)
            return with_beside(parse, at, source, marks, found)
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
        found = _object(parse, at, kids, marks)
        if found:
            beside = quotes_beside(parse, at, source, marks)
            if not beside or not cue.frames & {"clause", "quote"} or beside[0][0] >= found[0][0] >= at.end:
                return found
    if cue.frames & {"clause", "quote"}:
        return parenthesis(parse, at, source, marks)
    return []


def _asked(parse: Parse, k: int) -> bool:
    """An indirect question ("asked whether they would go")."""
    return parse.lemmas[parse.heads[k]] in ("ask", "wonder") and parse.lowers[parse.left[k]] in ("if", "whether")


def _clauses(parse: Parse, at: CueAt, source: Words | None, clauses: list[int]) -> list[Stretch]:
    v = at.head
    found: list[Stretch] = []
    after = any(k > v for k in clauses)
    for k in clauses:
        start, end = parse.left[k], parse.right[k]
        if k < v and after and parse.words[min(end, v)] in (";", ":"):
            # "…; the rebels say …": the clause before is another statement
            continue
        if k > v and not at.cue.addressee and "object" not in at.cue.frames:
            # a subject that the parser took for an object ("argued the group, which …, is in retreat")
            start = min([start, *(parse.left[j] for j in parse.kids(v, "dobj") if v < j < start)])
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
    """The words of "called for …" or "accused of …": the preposition's complement and an infinitive that follows it."""
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


def _object(parse: Parse, at: CueAt, kids: list[int], marks: Marks) -> list[Stretch]:
    objects = [k for k in kids if k > at.head and parse.deps[k] in ("dobj", "oprd", "attr", "acomp", "ccomp")]
    if not objects:
        return relative_gap(parse, at)
    first = objects[0]
    cue = at.cue
    if parse.lemmas[first] in cue.without or (cue.only and parse.lemmas[first] not in cue.only):
        return []
    start, end = parse.left[first], parse.right[first]
    predicate = False
    for k in kids:
        if k <= first or parse.left[k] > end + 1:
            continue
        dep = parse.deps[k]
        if dep in ("oprd", "xcomp", "ccomp", "acomp", "attr") or (
            dep in ("prep", "dative") and parse.lowers[k] in CONTINUES
        ):
            end = max(end, parse.right[k])
            predicate = True
        elif (
            dep == "prep"
            and parse.left[k] == end
            and parse.pos[end - 1] in ("NOUN", "PROPN")
            and (cue.only or not _when(parse, k))
        ):
            end = max(end, parse.right[k])
    if "object" not in at.cue.frames and not predicate and parse.deps[first] == "dobj" and not _has_as(parse, first):
        return []
    if at.cue.addressee and len(objects) == 1 and marks.voices[first] and not parse.kids(at.head, "dative"):
        # "asked the minister": whom, not what
        return []
    return [(start, end)]


def _when(parse: Parse, prep: int) -> bool:
    """Whether a preposition opens words of time ("on Monday", "in 2013")."""
    return any(parse.pos[k] == "NUM" or parse.lowers[k] in TIMES for k in range(prep + 1, parse.right[prep]))


def _has_as(parse: Parse, k: int) -> bool:
    return any(parse.lowers[j] in ("as", "to") and parse.deps[j] == "prep" for j in parse.children[k])


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
    if tail is None and source is not None:
        of = [k for k in parse.kids(source.head, "prep") if k >= source.end and parse.lowers[k] == "of"]
        tail = (of[0], parse.right[of[0]]) if of else None
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
    if subject is not None and not cue.addressee:
        if parse.lowers[subject] not in ("it", "there"):
            found.append((parse.left[subject], min(parse.right[subject], at.start)))
    elif parse.deps[v] == "acl":
        noun = parse.heads[v]
        found.append((parse.left[noun], at.start))
    if tail is not None:
        found.append(tail)
    return found


def _clause_around(parse: Parse, at: CueAt, source: Words | None) -> list[Stretch]:
    """The clause that "according to X" hangs on, without it."""
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
    """The clause around an adverb ("reportedly")."""
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
