"""Whom the words around an event noun name as its author ("blamed the army for the attack")."""

from __future__ import annotations

from sitrep.reading.frames import charged, inherited_subject, with_conjuncts
from sitrep.reading.parse import Parse

ACCUSING = frozenset({"accuse", "suspect"})
BLAMING = frozenset({"blame", "condemn", "denounce", "hold"})
PINNING = {"blame": "on", "pin": "on", "attribute": "to", "ascribe": "to"}
BEARING = frozenset({"bear", "have", "claim", "take", "share", "admit", "carry"})
COMING = frozenset({"come", "originate", "stem"})
BELIEVING = frozenset({"believe", "think", "suspect", "say", "report", "allege", "presume", "assume"})


def authors(parse: Parse, noun: int) -> list[int]:
    """The tokens of those to whom the text lays an event noun, none where it lays it to nobody."""
    top = noun
    while parse.deps[top] == "conj":
        top = parse.heads[top]
    dep, head = parse.deps[top], parse.heads[top]
    found: list[int] = []
    if dep == "pobj":
        found = _under(parse, parse.lowers[head], parse.heads[head])
    elif dep in ("dobj", "nsubjpass") and parse.lemmas[head] in PINNING:
        found = [
            token
            for prep in parse.kids(head, "prep")
            if parse.lowers[prep] == PINNING[parse.lemmas[head]]
            for token in parse.kids(prep, "pobj")
        ]
    for clause in parse.kids(noun, "acl"):
        if parse.lemmas[clause] in BELIEVING:
            found += _believed(parse, clause)
        found += _came_from(parse, clause)
    for clause in parse.kids(noun, "relcl"):
        found += _came_from(parse, clause)
    if dep in ("nsubj", "nsubjpass") and parse.lemmas[head] in BELIEVING:
        found += _believed(parse, head)
    return with_conjuncts(parse, found)


def _believed(parse: Parse, verb: int) -> list[int]:
    """Those after "by" in "the attack was believed to be by government jets"."""
    return [
        token
        for be in parse.kids(verb, "xcomp")
        for prep in parse.kids(be, "prep", "agent")
        if parse.lowers[prep] == "by"
        for token in parse.kids(prep, "pobj")
    ]


def _came_from(parse: Parse, clause: int) -> list[int]:
    """Those whom "an attack which the inspectors say came from the army's lines" came from."""
    return [
        token
        for verb in (clause, *parse.kids(clause, "ccomp"))
        if parse.lemmas[verb] in COMING
        for prep in parse.kids(verb, "prep")
        if parse.lowers[prep] == "from"
        for token in parse.kids(prep, "pobj")
    ]


def _under(parse: Parse, prep: str, governor: int) -> list[int]:
    """Those laid under a deed by the word that governs its preposition."""
    lemma = parse.lemmas[governor].lower()
    if prep == "for":
        blamed = charged(parse, governor, BLAMING)
        if blamed:
            return blamed
        if lemma == "responsible":
            return _subject(parse, parse.heads[governor])
        if lemma == "point" and any(parse.lemmas[kid] == "finger" for kid in parse.kids(governor, "dobj")):
            return [
                one for at in parse.kids(governor, "prep") if parse.lowers[at] == "at" for one in parse.kids(at, "pobj")
            ]
        if lemma == "responsibility" and parse.lemmas[parse.heads[governor]] in BEARING:
            return _subject(parse, parse.heads[governor])
    if prep == "of":
        return charged(parse, governor, ACCUSING)
    if prep == "behind" and lemma == "be":
        return _subject(parse, governor)
    return []


def _subject(parse: Parse, verb: int) -> list[int]:
    if parse.pos[verb] not in ("VERB", "AUX") or parse.kids(verb, "neg"):
        # "the army was not behind the attack"
        return []
    return parse.kids(verb, "nsubj", "nsubjpass") or inherited_subject(parse, verb)
