"""The spaCy parse of a report, flattened into plain lists.

A report is parsed passage by passage, so that no sentence runs over a paragraph's edge, and the
results are joined into one struct of arrays indexed by token. Plain lists are several times faster
to walk than spaCy's Token objects, and a test can build a Parse by hand without a model.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

# verbs whose forms the lemmatiser reads as another's
MISREAD = {"wag": "wage"}
NOUN_PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})


class Entity(NamedTuple):
    """A named-entity guess: token range [start, end) and its label (PERSON, ORG, GPE, NORP, ...)."""

    start: int
    end: int
    label: str


class Row(NamedTuple):
    """One token, as a test or the spaCy bridge hands it over. start: offset into the report's text.

    head: index of the head among the rows (itself for a root). sent_start: begins a sentence.
    """

    word: str
    start: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sent_start: bool


class Parse:
    """Tokens of the read passages of one report, with lemma, part of speech, dependency and entities.

    All lists are indexed by token; `heads[i] == i` marks a root. Offsets point into the report's text.
    left[i], right[i]: first token and one past the last token of i's subtree.
    sents: token ranges [start, end); sent_of[i]: index of i's sentence.
    """

    __slots__ = (
        "children", "deps", "ends", "ent_of", "ents", "heads", "left", "lemmas", "lowers", "pos", "right", "sent_of",
        "sents", "starts", "tags", "text", "words",
    )  # fmt: skip

    def __init__(self, text: str, rows: Sequence[Row], ents: Iterable[Entity] = ()) -> None:
        self.text = text
        self.words = [row.word for row in rows]
        self.lowers = [row.word.lower() for row in rows]
        self.lemmas = [row.lemma for row in rows]
        self.pos = [row.pos for row in rows]
        self.tags = [row.tag for row in rows]
        self.deps = [row.dep for row in rows]
        self.heads = [row.head for row in rows]
        self.starts = [row.start for row in rows]
        self.ends = [row.start + len(row.word) for row in rows]
        self.ents = tuple(ents)
        count = len(rows)
        self.ent_of = [-1] * count
        for number, ent in enumerate(self.ents):
            self.ent_of[ent.start : ent.end] = [number] * (ent.end - ent.start)
        self.children: list[list[int]] = [[] for _ in range(count)]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
        self.sents, self.sent_of = _sentences(rows)
        self._nouns_taken_for_verbs()
        self.left, self.right = self._edges()

    def __len__(self) -> int:
        return len(self.words)

    def _nouns_taken_for_verbs(self) -> None:
        """Makes a plural noun of a "verb" that stands as a subject or an object with words of its own before it.

        In "the air strikes on the town wounded 60" the tagger sees the verb, the parser the subject.
        """
        for i, tag in enumerate(self.tags):
            if self.lemmas[i] in MISREAD and self.pos[i] == "VERB":
                self.lemmas[i] = MISREAD[self.lemmas[i]]
            if tag == "VBZ" and self.deps[i] in NOUN_PLACES and i > 0:
                before = self.deps[i - 1]
                if self.heads[i - 1] == i and before in ("compound", "amod", "det", "poss", "nmod", "nummod"):
                    self.tags[i], self.pos[i] = "NNS", "NOUN"

    def _edges(self) -> tuple[list[int], list[int]]:
        """Subtree edges, leaves first so that each token is visited once."""
        count = len(self.heads)
        left, right = list(range(count)), list(range(1, count + 1))
        depth = [0] * count
        for i in range(count):
            j, steps = i, 0
            # a cycle cannot come from spaCy, but a hand-built parse must not hang
            while self.heads[j] != j and steps < count:
                j, steps = self.heads[j], steps + 1
            depth[i] = steps
        for i in sorted(range(count), key=depth.__getitem__, reverse=True):
            head = self.heads[i]
            if head != i:
                left[head] = min(left[head], left[i])
                right[head] = max(right[head], right[i])
        return left, right

    def token_at(self, offset: int) -> int | None:
        """The token that covers a character offset, or None."""
        i = bisect_right(self.starts, offset) - 1
        return i if i >= 0 and offset < self.ends[i] else None

    def tokens_in(self, start: int, end: int) -> tuple[int, int]:
        """The token range [i, j) that overlaps the characters [start, end); empty when i == j."""
        i = bisect_right(self.ends, start)
        return i, max(i, bisect_left(self.starts, end))

    def kids(self, i: int, *deps: str) -> list[int]:
        """The children of a token with one of these dependency labels (all children when none is given)."""
        return [k for k in self.children[i] if self.deps[k] in deps] if deps else self.children[i]

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads of a token, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def conjuncts(self, i: int) -> list[int]:
        """The other members of i's coordination, when i is its first member, in text order."""
        found: list[int] = []
        todo = [i]
        while todo:
            for k in self.kids(todo.pop(), "conj"):
                found.append(k)
                todo.append(k)
        return sorted(found)

    def sentence(self, i: int) -> tuple[int, int]:
        """The token range of i's sentence."""
        return self.sents[self.sent_of[i]]

    def slice(self, i: int, j: int) -> str:
        """The report's own text from token i up to, not including, token j."""
        return self.text[self.starts[i] : self.ends[j - 1]] if j > i else ""


def _sentences(rows: Sequence[Row]) -> tuple[list[tuple[int, int]], list[int]]:
    opens = [i for i, row in enumerate(rows) if row.sent_start or i == 0]
    sents = [(i, opens[n + 1] if n + 1 < len(opens) else len(rows)) for n, i in enumerate(opens)]
    sent_of = [n for n, (i, j) in enumerate(sents) for _ in range(i, j)]
    return sents, sent_of
