"""Conditions of a decision: "at the government's request", "no ground forces", "only if"."""

from __future__ import annotations

from sitrep.model import Evidence
from sitrep.ontology.cues import ConditionWords
from sitrep.reading.page import Page

AT = frozenset({"at", "upon", "on"})


def conditions_in(page: Page, words: ConditionWords, sentences: list[int]) -> list[Evidence]:
    """The conditions told in some sentences."""
    parse = page.parse
    found: list[Evidence] = []
    for s in sentences:
        begin, end = parse.sents[s]
        for i in range(begin, end):
            lemma = parse.lemmas[i]
            if lemma in words.requests and parse.deps[i] == "pobj" and parse.lowers[parse.heads[i]] in AT:
                found.append(page.words(parse.heads[i], parse.right[i]))
            elif parse.lowers[i] in words.marks and parse.deps[i] in {"mark", "prep"}:
                clause = parse.heads[i]
                found.append(page.words(parse.left[clause], parse.right[clause]))
            elif length := _phrase(parse.lowers, i, words.only):
                found.append(page.words(i, _clause_end(page, i + length, end)))
    return list(dict.fromkeys(found))


def barred_in(page: Page, words: ConditionWords) -> list[Evidence]:
    """What a report says will not be done: "no ground troops will be sent"."""
    parse = page.parse
    found: list[Evidence] = []
    for i, low in enumerate(parse.lowers):
        if low == "no" and parse.deps[i] == "det" and _barred(page, i, words):
            noun = parse.heads[i]
            verb = parse.heads[noun]
            last = verb + 1 if parse.pos[verb] in {"VERB", "AUX"} and verb > noun else noun + 1
            found.append(page.words(i, last))
    return found


def _barred(page: Page, i: int, words: ConditionWords) -> bool:
    """Whether "no" bars forces from what is to come: "no ground troops will be sent"."""
    parse = page.parse
    noun = parse.heads[i]
    lemma = parse.lemmas[noun]
    before = parse.lemmas[noun - 1] if noun else ""
    if lemma not in words.without and f"{before} {lemma}" not in words.without:
        return False
    verb = parse.heads[noun]
    return parse.pos[verb] in {"VERB", "AUX"} and any(parse.tags[k] == "MD" for k in parse.kids(verb, "aux"))


def _phrase(lowers: list[str], i: int, phrases: tuple[str, ...]) -> int:
    for phrase in phrases:
        parts = phrase.split()
        if lowers[i : i + len(parts)] == parts:
            return len(parts)
    return 0


def _clause_end(page: Page, at: int, end: int) -> int:
    """Where a clause that starts here ends: at a comma or the sentence's end."""
    lowers = page.parse.lowers
    return next((t for t in range(at, end) if lowers[t] in {",", ";", ".", "”", '"'}), end)
