"""Copies planted into a collection of articles: whether they, and they alone, are found."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench

PAPER = (
    "Our own definition. Every second article gets a planted copy, in turn verbatim, cut to its first half, with its "
    "first sentences put in other words and order, or with a paragraph added from an article of another outlet. A "
    "pair with a planted copy in it is right where both come from one article, or from two articles that are copies "
    "by difflib (two fifths of the shorter one's words in matching blocks of five words or more)."
)
SCORES = ("recall", "precision")
SEED = 20
BLOCK, NATURAL = 5, 0.4
# ways to say one thing, for leads put in other words
WORDS = {
    "killed": "left dead", "said": "stated", "attack": "assault", "people": "persons", "at least": "no fewer than",
    "on": "this", "forces": "troops", "city": "town", "government": "regime", "and": "as well as", "the": "those",
    "in": "inside", "of": "from among", "reported": "told", "after": "following", "near": "close to", "a": "one",
}  # fmt: skip


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split; no report is read."""
    from sitrep.corroboration.copies import find

    del bench
    texts = {str(row["doc_id"]): f"{row.get('title') or ''}\n{row['text']}" for row in rows}
    planted, origin = plant(texts)
    found = [pair for pair in find(texts | planted) if pair.one in planted or pair.other in planted]
    alike: dict[tuple[str, str], bool] = {}

    def right(one: str, other: str) -> bool:
        first, second = sorted((origin.get(one, one), origin.get(other, other)))
        if first == second:
            return True
        if (first, second) not in alike:
            alike[first, second] = natural(texts[first], texts[second])
        return alike[first, second]

    hits = {frozenset((pair.one, pair.other)) for pair in found}
    scores: dict[str, float | None] = {
        "recall": sum(frozenset((name, origin[name])) in hits for name in planted) / len(planted) if planted else None,
        "precision": sum(right(pair.one, pair.other) for pair in found) / len(found) if found else None,
    }
    for way in range(4):
        mine = [name for name in planted if name.endswith(f"~{way}")]
        if mine:
            scores[f"recall_{('verbatim', 'cut', 'reworded', 'extended')[way]}"] = sum(
                frozenset((name, origin[name])) in hits for name in mine
            ) / len(mine)
    return scores


def plant(texts: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Copies of every second text, and which text each is a copy of."""
    chance = random.Random(SEED)
    names = sorted(texts)
    planted: dict[str, str] = {}
    origin: dict[str, str] = {}
    for n, name in enumerate(names[::2]):
        way = n % 4
        copy = f"copy of {name} ~{way}"
        planted[copy] = change(texts[name], way, texts[chance.choice(names)], chance)
        origin[copy] = name
    return planted, origin


def change(text: str, way: int, other: str, chance: random.Random) -> str:
    """A copy of a text: verbatim, cut, with another lead, or with a paragraph of another text."""
    sentences = re.split(r"(?<=[.!?]) ", text)
    half = max(1, len(sentences) // 2)
    if way == 1:
        return " ".join(sentences[:half])
    if way == 2:
        lead = [reword(sentence) for sentence in sentences[: max(1, len(sentences) // 4)]]
        chance.shuffle(lead)
        return " ".join(lead + sentences[len(lead) :])
    if way == 3:
        guest = re.split(r"(?<=[.!?]) ", other)
        return text + "\n" + " ".join(guest[: max(1, len(guest) // 4)])
    return text


def reword(sentence: str) -> str:
    """A sentence in other words."""
    for said, instead in WORDS.items():
        sentence = re.sub(rf"\b{said}\b", instead, sentence)
    return sentence


def natural(one: str, other: str) -> bool:
    """Whether two articles were copies already, by a slower and plainer measure."""
    from difflib import SequenceMatcher

    words, others = one.casefold().split(), other.casefold().split()
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= BLOCK) >= NATURAL * min(len(words), len(others))
