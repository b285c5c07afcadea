"""Noun phrases: where they begin and end, and what stands before their head."""

from __future__ import annotations

from sitrep.reading.parse import Parse

# what may stand before a head inside its base noun phrase
PREMODIFIERS = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "advmod", "case"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
# heads that another noun phrase continues: they are no phrase of their own
INNER = frozenset({"compound", "nmod", "amod", "quantmod", "nummod", "det", "case", "punct"})
# words before a figure that belong to the figure, not to those it counts
HEDGES = frozenset(
    "at least most more than about some nearly around over up to almost only as many fewer less roughly".split()
)
LOYALTIES = frozenset({"loyal", "allied", "affiliated", "linked", "aligned", "sympathetic"})


def base_start(parse: Parse, head: int) -> int:
    """The first token of the base noun phrase that ends at a head."""
    start = head
    low = parse.sentence(head)[0]
    for kid in sorted(parse.children[head], reverse=True):
        if kid >= head:
            continue
        if parse.deps[kid] not in PREMODIFIERS:
            if parse.deps[kid] == "punct" and parse.words[kid] in ("-", "–", "'", "’", '"', "“", "”"):
                continue
            break
        if parse.deps[kid] in ("poss", "nmod", "amod", "compound") and parse.right[kid] > head:
            break
        start = min(start, parse.left[kid])
    # a hyphen joins words; a dash between spaces ends a dateline
    for token in range(head - 1, start - 1, -1):
        if parse.words[token] in ("-", "–", "—", "--") and token and parse.ends[token - 1] < parse.starts[token]:
            start = token + 1
            break
    while start < head and (
        parse.pos[start] in ("PUNCT", "CCONJ", "ADP")
        or parse.tags[start] in ("POS", "RB")
        or parse.lowers[start] in HEDGES
    ):
        start += 1
    return max(start, low)


def modifiers(parse: Parse, head: int) -> list[int]:
    """Tokens before the head that modify it, in text order, compounds of compounds included."""
    found: list[int] = []
    todo = [head]
    while todo:
        for kid in parse.children[todo.pop()]:
            if kid < head and parse.deps[kid] in MODIFIERS:
                found.append(kid)
                todo.append(kid)
            elif kid < head and parse.deps[kid] == "conj":
                found.append(kid)
    return sorted(found)


def tail_end(parse: Parse, head: int, *, of: bool) -> int:
    """One past the last token of a phrase with its "loyal to X" or, when asked, its "of X"."""
    end = head + 1
    for kid in parse.children[head]:
        if kid < head:
            continue
        deep = of and parse.deps[kid] == "prep" and parse.lowers[kid] == "of"
        loyal = parse.lowers[kid] in LOYALTIES
        if deep or loyal:
            for prep in [kid] if deep else [p for p in parse.kids(kid, "prep") if parse.lowers[p] in ("to", "with")]:
                for pobj in parse.kids(prep, "pobj"):
                    # a nested clause or list after the object is not part of the name
                    end = max(end, pobj + 1)
                    for inner in parse.kids(pobj, "prep"):
                        if parse.lowers[inner] == "of" and inner == pobj + 1:
                            end = max([end, *(p + 1 for p in parse.kids(inner, "pobj"))])
    return end


def loyal_to(parse: Parse, head: int, end: int) -> bool:
    """Whether "loyal to X" or "allied with X" follows a head inside its phrase."""
    return any(
        parse.lowers[t] in LOYALTIES and any(parse.lowers[p] in ("to", "with") for p in parse.kids(t, "prep"))
        for t in range(head + 1, end)
    )


def is_head(parse: Parse, i: int) -> bool:
    """Whether a noun heads a phrase of its own."""
    if parse.pos[i] == "ADJ":  # the tagger takes "a general" for an adjective
        return parse.deps[i] in ("nsubj", "nsubjpass", "dobj", "pobj") and parse.tags[i] == "JJ"
    return parse.pos[i] in ("NOUN", "PROPN") and parse.deps[i] not in INNER


def is_plural(parse: Parse, i: int) -> bool:
    """Whether a noun is plural by its tag."""
    return parse.tags[i] in ("NNS", "NNPS")


def determiner(parse: Parse, head: int) -> str:
    """The determiner of a noun phrase in lower case, "" for none, "poss" for a possessor."""
    for kid in parse.children[head]:
        if kid < head and parse.deps[kid] == "det":
            return parse.lowers[kid]
        if kid < head and parse.deps[kid] == "poss":
            return "poss"
    return ""
