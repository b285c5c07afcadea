"""Running totals: figures of a war, a year, the time since May; not the toll of one event."""

from __future__ import annotations

from sitrep.ontology.cues import FigureWords
from sitrep.reading.parse import Parse
from sitrep.reading.quantity_numbers import phrases_by_edge

# these tell when one attack was as well as over what time deaths add up
DATING = frozenset({("this", "year"), ("this", "month"), ("last", "year"), ("a", "year")})
# "in the last 24 hours" is a day's toll, not a running total
SHORT = frozenset({"hour", "hours", "day"})
ORDINAL = frozenset({"first", "second", "only", "most"})
IN_A_WAR = frozenset({"in", "during", "throughout", "from", "of"})
RELATIVE = frozenset({"who", "that", "which"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
REACH = 4


class Totals:
    """Says which figures are running totals."""

    def __init__(self, words: FigureWords) -> None:
        self.wars = words.wars
        self.phrases = phrases_by_edge({"cumulative": (*words.cumulative, *sorted(words.wars))}, edge=0)

    def __call__(self, parse: Parse, cue: int, head: int) -> bool:
        """Whether the words make a figure a running total: "since May", "so far this year", "the war has killed".

        cue: the word that tells the kind of harm. head: the token that heads the people.
        """
        begin, end = parse.sentence(cue)
        clause = _clause(parse, cue)
        for at in range(begin, end):
            for words, _ in self.phrases.get(parse.lowers[at], ()):
                if tuple(parse.lowers[at : at + len(words)]) != words:
                    continue
                if words[0] in self.wars:
                    if self._told_of_war(parse, at, cue):
                        return True
                    continue
                if compares(parse, at, cue) or _around(parse, at, cue) or _short(parse, at, at + len(words)):
                    continue
                if words in DATING and self._by_one_act(parse, cue):
                    continue
                hangs = at in clause or parse.heads[at] in {cue, head}
                if (hangs or any(k in {cue, head} for k in parse.ancestors(at))) and (
                    words != ("since",) or _since_a_time(parse, at)
                ):
                    return True
        return False

    def _told_of_war(self, parse: Parse, at: int, cue: int) -> bool:
        """Whether a war is what killed, or what they were killed in: "the conflict has killed 300,000"."""
        dep, head = parse.deps[at], parse.heads[at]
        if _killer(parse, cue) == at:
            return True
        if compares(parse, at, cue):
            return False
        if dep == "nsubj":
            return head == cue or cue in range(parse.left[head], parse.right[head])
        if dep != "pobj" or parse.lowers[head] not in IN_A_WAR:
            return False
        # "killed in the war", "the toll of the war"; not "a soldier in the civil war was killed in a raid"
        return parse.pos[parse.heads[head]] in {"VERB", "AUX"} or parse.heads[head] in {cue, *parse.ancestors(cue)}

    def _by_one_act(self, parse: Parse, cue: int) -> bool:
        """Whether one act did it ("a bombing last year killed 30")."""
        killer = _killer(parse, cue)
        if killer is None or parse.tags[killer] != "NN" or parse.lemmas[killer] in self.wars:
            return False
        return any(parse.lowers[k] in {"a", "an", "the", "that", "this"} for k in parse.kids(killer, "det"))


def compares(parse: Parse, at: int, cue: int) -> bool:
    """Whether a time only says over what something is the worst ("the deadliest raid since May")."""
    if any(parse.tags[t] in {"JJS", "RBS"} and parse.lowers[t] != "least" for t in range(cue + 1, at)):
        return True
    node = at
    for _ in range(REACH):
        node = parse.heads[node]
        if parse.pos[node] in {"VERB", "AUX"}:
            return False
        if any(parse.tags[k] in {"JJS", "RBS"} or parse.lowers[k] in ORDINAL for k in parse.children[node]):
            return True
        if parse.heads[node] == node:
            return False
    return False


def _killer(parse: Parse, cue: int) -> int | None:
    """What killed, through relative pronouns and coordinated verbs; None where nothing is said to."""
    node = cue
    for _ in range(REACH):
        for k in parse.kids(node, "nsubj"):
            if parse.lowers[k] not in RELATIVE:
                return k
        for k in parse.kids(node, "agent"):
            return next(iter(parse.kids(k, "pobj")), None)
        dep, head = parse.deps[node], parse.heads[node]
        if dep in {"relcl", "acl"}:
            return head
        if dep != "conj" or head == node:
            return None
        node = head
    return None


def _around(parse: Parse, at: int, cue: int) -> bool:
    """Whether the harm itself is what "since" dates from: "the worst raid since gas killed hundreds"."""
    top = at if parse.deps[at] != "mark" else parse.heads[at]
    return parse.lowers[at] == "since" and cue != at and parse.left[top] <= cue < parse.right[top] and cue > at


def _short(parse: Parse, first: int, last: int) -> bool:
    """Whether the time is hours or a day ("in the last 24 hours", "in the past day")."""
    return parse.lowers[first] in {"in", "over", "during"} and any(
        parse.lowers[t] in SHORT for t in range(last, min(last + 2, len(parse)))
    )


def _since_a_time(parse: Parse, at: int) -> bool:
    """Such as "since May", "since the war began"; not "since they had fled" (because)."""
    return parse.pos[at] == "ADP" or parse.deps[at] in {"prep", "mark", "advmod"} or parse.deps[at] == "pcomp"


def _clause(parse: Parse, cue: int) -> range:
    """The tokens of the clause that a word stands in, as its verb's subtree."""
    node = cue
    while parse.pos[node] not in {"VERB", "AUX"} and parse.heads[node] != node:
        node = parse.heads[node]
    return range(parse.left[node], parse.right[node])
