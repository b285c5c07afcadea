"""Who is said to have said it: the words that name the source of a cue."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.ontology.nouns import Nouns
from sitrep.reading.claim_cues import CueAt, is_passive
from sitrep.reading.parse import Parse
from sitrep.reading.quotes import Quote

DUMB_NAMES = frozenset({"PRODUCT", "EVENT"})
DUMB_PRONOUNS = frozenset({"this", "these", "there", "what", "something", "nothing", "everything", "anything"})
SUBJECTS = ("nsubj", "csubj")
RELATIVES = frozenset({"who", "which", "that", "whom"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
SPEAKING_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we"})
# dependents inside a noun phrase
INNER = frozenset({"det", "amod", "compound", "nummod", "poss", "case", "npadvmod", "quantmod", "predet", "nmod"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
FINITE_OR_MODAL = FINITE | {"MD"}
# words after which a clause of its own begins
LEADING = frozenset({"and", "but", "as", "while", "when", "if", "because", "that", "what", "after", "before", "since", "how", "although", "though", "where", "whereas", "than", "or", "for", "which", "who", "whom", "whose"})
# words that a source beside its cue ends or begins with
TOUCHING = frozenset({"NOUN", "PROPN", "PRON"})
# verb forms inside a noun phrase
NOUNISH = frozenset({"amod", "compound", "acl", "relcl", "nmod"})
# dependents of a source that do not belong to its name
LOOSE = frozenset({"punct", "cc"})


class Marks(NamedTuple):
    """What claims look up on a page besides its parse.

    quotes: its quotations. at: per token, the index of the quotation that holds it, or -1. voices: per
    token, whether it can name somebody who speaks.
    """

    quotes: list[Quote]
    at: list[int]
    voices: list[bool]


class Words(NamedTuple):
    """Tokens [start, end) with their head. antecedent: what a relative pronoun stands for.

    tail: the source of a closing inquit, which all of the sentence before it is attributed to.
    """

    start: int
    end: int
    head: int
    antecedent: tuple[int, int, int] | None = None
    tail: bool = False


def find_voices(parse: Parse, speakers: frozenset[str], nouns: Nouns) -> list[bool]:
    """Per token, whether it can name somebody, or some paper, that speaks."""
    pos, lemmas, lowers = parse.pos, parse.lemmas, parse.lowers
    actors = nouns.actors
    found = [False] * len(parse)
    for i, kind in enumerate(pos):
        if kind == "PROPN":
            found[i] = parse.ent_of[i] < 0 or parse.ents[parse.ent_of[i]].label not in DUMB_NAMES
        elif kind == "PRON":
            found[i] = lowers[i] not in DUMB_PRONOUNS
        elif kind == "NOUN":
            lemma = lemmas[i].lower()
            found[i] = lemma in speakers or lemma in actors or nouns.people(lemma)
        elif kind in ("NUM", "DET"):
            found[i] = True
        elif kind == "ADJ":
            found[i] = lowers[i] in speakers or parse.ent_of[i] >= 0
    return found


def find_source(parse: Parse, at: CueAt, marks: Marks) -> Words | None:
    """The source of a cue, or None where the report hides it."""
    tail = tail_source(parse, at, marks)
    if tail is not None:
        return tail
    head = _source_head(parse, at)
    if at.shape == "verb" and "clause" in at.cue.frames:
        if head is not None and head < at.head and (after := _after_bare_cue(parse, at, head)) is not None:
            head = after
        if head is None or _foreign(marks, head, at.head):
            head = _beside(parse, at, marks)
    if head is None:
        return None
    return words_of(parse, head, at.head)


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
    if parse.words[at.end] == "," and at.end + 2 < last and parse.tags[at.end + 1] != "VBG":
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
    return parse.deps[k] in INNER and k < parse.heads[k] <= head and (parse.deps[k] != "nmod" or parse.pos[k] == "PROPN")


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
        while first <= parse.heads[head] < at.start and parse.pos[parse.heads[head]] in TOUCHING and parse.heads[head] != head:
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


def _after_bare_cue(parse: Parse, at: CueAt, subject: int) -> int | None:
    """The source after its verb without any comma ("wounded ten people said the monitor")."""
    v = at.head
    if at.cue.addressee or parse.tags[v] not in ("VBD", "VBZ", "VBP") or at.end != v + 1 or at.start != v:
        return None
    last = parse.right[v]
    if last <= v + 1 or any(parse.pos[k] in ("VERB", "AUX") for k in range(v + 1, last) if parse.deps[k] not in NOUNISH):
        return None
    if parse.pos[v + 1] not in ("DET", "PROPN", "NOUN", "ADJ") or parse.deps[v] not in ("ccomp", "relcl", "conj", "dep"):
        return None
    if not parse.heads[v] < subject:
        return None
    for k in parse.children[v]:
        if k > v and parse.deps[k] in ("ccomp", "dobj", "attr", "nsubj", "xcomp") and parse.pos[k] in NOMINAL:
            inner = [j for j in parse.children[k] if parse.deps[j] in SUBJECTS and j > v]
            return inner[0] if inner else k
    return None


def words_of(parse: Parse, head: int, cue: int) -> Words | None:
    """The noun phrase of a head: titles, apposition and relative clauses in, the cue and what follows it out."""
    start, end = parse.left[head], parse.right[head]
    if head < cue < end:
        end = cue
        # the cue stands inside the phrase ("the officer, said X"): keep to the words before it
    if cue < head and start <= cue:
        start = cue + 1
    for k in parse.children[head]:
        # two noun phrases run together where a comma is missing ("the attack army sources said")
        if k < head and parse.deps[k] == "nmod" and (parse.pos[start] == "DET" and start < k) and head < cue:
            start = k + 1
    while start < end and parse.deps[start] in LOOSE and parse.words[start] not in ("(",):
        start += 1
    while end > start and (parse.pos[end - 1] == "PUNCT" and parse.words[end - 1] not in (")", "]", "”", '"')):
        end -= 1
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


def _clause(parse: Parse, i: int) -> int:
    """The verb of the relative clause that a relative pronoun opens."""
    for k in parse.ancestors(i):
        if parse.deps[k] == "relcl":
            return k
    return parse.heads[i]


def _source_head(parse: Parse, at: CueAt) -> int | None:
    if at.shape == "phrase":
        return _complement(parse, at.end - 1)
    if at.shape == "noun":
        return _noun_source(parse, at)
    if at.shape == "adjective":
        return subject_of(parse, parse.heads[at.head])
    if at.shape == "adverb":
        return None
    if is_passive(parse, at.head):
        return agent_of(parse, at.head)
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
    if dep == "acl" and parse.pos[head] in NOMINAL and parse.tags[i] == "VBG":
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
    for k in parse.children[i]:
        if k > i and parse.deps[k] in ("dobj", "attr", "npadvmod", "dep") and parse.pos[k] in NOMINAL:
            if parse.left[k] == i + 1 and i > 0 and parse.sent_of[i - 1] == parse.sent_of[i]:
                before = parse.words[i - 1]
                if before in (",", "”", '"', "''", "’", "»"):
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
    if parse.deps[at.head] in ("dobj", "attr") and parse.pos[head] in ("VERB", "AUX"):
        return subject_of(parse, head)
    return None
