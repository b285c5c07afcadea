"""Who is said to have said it: the words that name the source of a cue."""

from __future__ import annotations

from sitrep.reading.claim_cues import CueAt, is_passive, says_what
from sitrep.reading.claim_marks import Marks, Words
from sitrep.reading.claim_tail import FINITE, RELATIVES, TOUCHING, tail_source
from sitrep.reading.parse import Parse

SUBJECTS = ("nsubj", "csubj")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
# labels that the parser gives to a subject after its verb, and what stands before such a verb
INVERTED = frozenset({"dobj", "attr", "npadvmod", "dep"})
BEFORE_INVERTED = frozenset({",", "”", '"', "''", "’", "»"})
# dependents of a source that do not belong to its name
LOOSE = frozenset({"punct", "cc"})
# verbs whose subject makes the statement that their object names
LIGHT = frozenset("make issue give voice express raise renew repeat have level hold deliver release publish".split())
LONGEST_DATELINE = 12


def find_source(parse: Parse, at: CueAt, marks: Marks) -> Words | None:
    """The source of a cue, or None where the report hides it."""
    tail = tail_source(parse, at, marks)
    if tail is not None:
        return tail
    head = _source_head(parse, at, marks)
    inquit = at.shape == "verb" and "clause" in at.cue.frames
    if inquit and (head is None or _foreign(marks, head, at.head)):
        head = _beside(parse, at, marks)
    if head is None:
        return None
    return words_of(parse, head, at.head)


def _foreign(marks: Marks, head: int, cue: int) -> bool:
    """Whether a source would stand inside a quotation that does not hold its cue."""
    number = marks.at[head]
    return number >= 0 and number != marks.at[cue] and not marks.quotes[number].scare


def _beside(parse: Parse, at: CueAt, marks: Marks) -> int | None:
    """The noun phrase that touches the cue, where the parser lost the subject: before it, or after a quotation."""
    first, last = parse.sentence(at.head)
    k = at.start - 1
    if k >= first and parse.pos[k] in TOUCHING and marks.at[k] < 0:
        head = k
        while (
            first <= parse.heads[head] < at.start
            and parse.pos[parse.heads[head]] in TOUCHING
            and parse.heads[head] != head
        ):
            head = parse.heads[head]
        return head if marks.at[head] < 0 else None
    before = at.start - 1
    while before >= 0 and parse.words[before] == ",":
        before -= 1
    if before < 0 or marks.at[before] < 0 or at.end >= last or parse.tags[at.head] == "VBG":
        return None
    k = at.end
    while k < last and parse.pos[k] in ("DET", "ADJ", "NUM"):
        k += 1
    while k + 1 < last and parse.pos[k + 1] in ("PROPN", "NOUN") and parse.pos[k] in ("PROPN", "NOUN"):
        k += 1
    return k if k < last and parse.pos[k] in TOUCHING and marks.at[k] < 0 else None


def words_of(parse: Parse, head: int, cue: int) -> Words | None:
    """The noun phrase of a head: titles, apposition and relative clauses in, the cue and what follows it out."""
    start, end = parse.left[head], parse.right[head]
    if parse.deps[parse.heads[head]] == "agent":
        # "accused by ministers of hiding weapons": what they are accused of is not part of their name
        of = [
            k
            for k in parse.kids(head, "prep")
            if k + 1 < end and parse.lowers[k] == "of" and parse.lowers[k + 1].endswith("ing")
        ]
        end = min([end, *of])
    # "the minister, who was in Rome, said": who somebody is besides is not their name
    end = min([end, *(parse.left[k] - 1 for k in parse.kids(head, "relcl") if _set_off(parse, head, parse.left[k]))])
    if head < cue < end:
        end = cue
        # the cue stands inside the phrase ("the officer, said X"): keep to the words before it
    if cue < head and start <= cue:
        start = cue + 1
    for k in parse.children[head]:
        # two noun phrases run together where a comma is missing ("the attack army sources said")
        if k < head and parse.deps[k] == "nmod" and (parse.pos[start] == "DET" and start < k) and head < cue:
            start = k + 1
    while start < head and parse.lowers[start] == "what":
        start += 1
    while start < end and parse.deps[start] in LOOSE and parse.words[start] != "(":
        start += 1
    while end > start and (parse.pos[end - 1] == "PUNCT" and parse.words[end - 1] not in (")", "]", "”", '"')):
        end -= 1
    for k in range(start, min(head, start + LONGEST_DATELINE)):
        # "GENEVA (Reuters) - The envoy"
        if (
            parse.words[k] in ("-", "–", "—")
            and k > start
            and (parse.words[k - 1] == ")" or parse.words[start].isupper())
        ):
            start = k + 1
            break
    if not start <= head < end:
        return None
    antecedent = None
    if parse.lowers[head] in RELATIVES and parse.tags[head] in ("WP", "WDT"):
        clause = _clause(parse, head)
        noun = parse.heads[clause]
        if parse.deps[clause] == "relcl" and noun < head:
            stop = min(parse.right[noun], start)
            while stop > noun + 1 and parse.pos[stop - 1] == "PUNCT":
                stop -= 1
            antecedent = (parse.left[noun], stop, noun)
    return Words(start, end, head, antecedent)


def _set_off(parse: Parse, head: int, start: int) -> bool:
    """Whether a clause is set off from its noun by a comma, a dash or a bracket."""
    return start - 1 > head and parse.words[start - 1] in (",", "-", "–", "—", "―", "--", "(")


def _clause(parse: Parse, i: int) -> int:
    """The verb of the relative clause that a relative pronoun opens."""
    for k in parse.ancestors(i):
        if parse.deps[k] == "relcl":
            return k
    return parse.heads[i]


def _source_head(parse: Parse, at: CueAt, marks: Marks) -> int | None:
    if at.shape == "phrase":
        return _complement(parse, at.end - 1)
    if at.shape == "noun":
        return _noun_source(parse, at)
    if at.shape == "adjective":
        return subject_of(parse, parse.heads[at.head])
    if at.shape == "adverb":
        return None
    if at.shape == "passive":
        return agent_of(parse, at.head)
    if parse.deps[at.head] == "acl" and not marks.voices[parse.heads[at.head]]:
        # "denied using such weapons saying …": weapons do not speak; whoever denies does
        for k in parse.ancestors(at.head):
            if parse.pos[k] in ("VERB", "AUX"):
                return subject_of(parse, k)
    return subject_of(parse, at.head)


def agent_of(parse: Parse, i: int) -> int | None:
    """Who did it, in a passive: the noun after "by"."""
    for k in parse.children[i]:
        if k > i and parse.lowers[k] == "by" and parse.deps[k] in ("agent", "prep"):
            return _complement(parse, k)
    return None


def _complement(parse: Parse, prep: int) -> int | None:
    for k in parse.children[prep]:
        if parse.deps[k] in ("pobj", "pcomp"):
            return k
    after = prep + 1
    if after < len(parse) and parse.sent_of[after] == parse.sent_of[prep]:
        # the parser lost the complement: take the noun phrase that follows
        for k in range(after, min(after + 6, parse.sentence(prep)[1])):
            if parse.pos[k] in ("NOUN", "PROPN", "PRON") and parse.deps[k] != "compound":
                return k
    return None


def subject_of(parse: Parse, i: int, depth: int = 0) -> int | None:
    """The logical subject of a verb: its own, or that of the verb it leans on."""
    for k in parse.children[i]:
        if parse.deps[k] in SUBJECTS and parse.pos[k] in NOMINAL and (k < i or parse.tags[i] != "VBG"):
            return k
    if depth > 6:
        return None
    dep, head = parse.deps[i], parse.heads[i]
    if head == i:
        return _inverted(parse, i)
    if dep in ("conj", "xcomp", "advcl", "pcomp", "dep", "ccomp", "parataxis"):
        inverted = _inverted(parse, i)
        if inverted is not None:
            return inverted
    if dep in ("conj", "xcomp", "advcl", "dep"):
        if parse.pos[head] in ("VERB", "AUX", "ADJ"):
            if dep == "xcomp":
                # "urged the army to say": the object speaks
                for k in parse.children[head]:
                    if parse.deps[k] in ("dobj", "dative") and k < i:
                        return k
            if is_passive(parse, head):
                for k in parse.children[head]:
                    if parse.deps[k] == "nsubjpass":
                        return k
            return subject_of(parse, head, depth + 1)
        return head if dep == "advcl" and parse.pos[head] in NOMINAL else None
    if dep == "acl" and parse.pos[head] in NOMINAL and (parse.tags[i] == "VBG" or says_what(parse, i)):
        return head
    if dep == "pcomp":
        governor = parse.heads[head]
        if parse.lowers[head] != "of" and parse.deps[governor] in ("dobj", "attr", "pobj", "nsubj"):
            # "made mistakes before telling …": the preposition belongs to the verb
            while parse.pos[governor] not in ("VERB", "AUX") and parse.heads[governor] != governor:
                governor = parse.heads[governor]
        if parse.pos[governor] in ("VERB", "AUX"):
            if is_passive(parse, governor):
                for k in parse.children[governor]:
                    if parse.deps[k] == "nsubjpass":
                        return k
            if parse.lowers[head] == "as":
                for k in parse.children[governor]:
                    if parse.deps[k] == "dobj":
                        return k
            return subject_of(parse, governor, depth + 1)
    return None


def _inverted(parse: Parse, i: int) -> int | None:
    """The subject after its verb ("…," said the officer), which the parser may take for an object."""
    if parse.tags[i] not in FINITE:
        return None
    if i == 0 or parse.sent_of[i - 1] != parse.sent_of[i] or parse.words[i - 1] not in BEFORE_INVERTED:
        return None
    for k in parse.children[i]:
        if parse.left[k] == i + 1 and parse.deps[k] in INVERTED and parse.pos[k] in NOMINAL:
            return k
    return None


def _noun_source(parse: Parse, at: CueAt) -> int | None:
    for k in parse.children[at.head]:
        if parse.deps[k] == "poss":
            return k
    for k in parse.children[at.head]:
        if parse.deps[k] in ("prep", "agent") and parse.lowers[k] in ("by", "from") and k > at.head:
            return _complement(parse, k)
    # "a promise" in "the army made a promise that …"
    head = parse.heads[at.head]
    if parse.deps[at.head] == "dobj" and parse.lemmas[head] in LIGHT:
        return subject_of(parse, head)
    return None
