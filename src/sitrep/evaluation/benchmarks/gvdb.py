"""Killed and injured figures of an article: the Gun Violence Database."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sitrep.model import Quantity, Reading

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench

PAPER = (
    "Pavlick et al. 2016, The Gun Violence Database: victims of an article with their state. Gold counts are derived: "
    "killed = victims with a `victim-was` value of killed; injured = the other victims with a value of injured or "
    "hospitalized; a victim without a value counts as neither. The reading's number is the toll that most of its "
    "sentences give, the larger of equals: in each sentence the best figures of a kind are added, parts of another "
    "figure and running totals left out, and an actor counts once; a toll of several people weighs twice, and one in "
    "the first three sentences three times. People said to be shot count as injured as far as they outnumber the "
    "killed; who is said anywhere to be dead does not count as injured, nor, where somebody died, does one person who "
    "is only named again (he, the victim). No figure is 0. The score "
    "is the share of articles with exactly the gold number; `stated` leaves out articles in which the crowd gave no "
    "victim's state at all: there, unknown and nobody look the same. The title that the text repeats is split off."
)
SCORES = ("killed_exact", "injured_exact", "killed_stated", "injured_stated")
VICTIM = re.compile(r"victim-section/(\d+)/victim-was/\d+")
LEAD, LEAD_WEIGHT = 3, 3
AGAIN = frozenset({"he", "she", "him", "her", "the", "that", "this", "both"})
HURT = frozenset({"injured", "hospitalized"})


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    reports = [bench.report(str(row["doc_id"]), body(row), title=row["title"]) for row in rows]
    own = [own_counts(reading) for reading in bench.read(reports)]
    gold = [gold_counts(row) for row in rows]
    return scores(gold, own, [is_stated(row) for row in rows])


def scores(gold: list[tuple[int, int]], own: list[tuple[float, float]], stated: list[bool]) -> dict[str, float | None]:
    """The shares of articles whose killed, and whose injured, are the gold number."""
    told = [n for n, yes in enumerate(stated) if yes]
    chosen = (range(len(gold)), range(len(gold)), told, told)
    return {
        name: round(sum(gold[n][place % 2] == own[n][place % 2] for n in rows) / len(rows), 4) if rows else None
        for place, (name, rows) in enumerate(zip(SCORES, chosen, strict=True))
    }


def is_stated(row: dict[str, Any]) -> bool:
    """Whether the crowd gave the state of any victim."""
    return any(VICTIM.fullmatch(field["field"]) for field in row["fields"])


def gold_counts(row: dict[str, Any]) -> tuple[int, int]:
    """Killed and injured victims of a row."""
    killed: set[str] = set()
    hurt: set[str] = set()
    for field in row["fields"]:
        match = VICTIM.fullmatch(field["field"])
        if match and field["value"] == "killed":
            killed.add(match.group(1))
        elif match and field["value"] in HURT:
            hurt.add(match.group(1))
    return len(killed), len(hurt - killed)


def body(row: dict[str, Any]) -> str:
    """The row's text without the title in front of it."""
    return row["text"].removeprefix(row["title"])


def own_counts(reading: Reading) -> tuple[float, float]:
    """Killed and injured of a reading, as PAPER says."""
    actors = {mention: actor.id for actor in reading.actors for mention in actor.mentions}
    heads = {mention.head.start: actors.get(mention.id) for mention in reading.mentions}
    rows = [
        Row(_sentence(reading, quantity), quantity, _actor(quantity, heads))
        for quantity in reading.quantities
        if quantity.part_of is None and not quantity.cumulative
    ]
    dead = {row.actor for row in rows if row.quantity.kind == "killed" and row.actor}
    killed = commonest([row for row in rows if row.quantity.kind == "killed"])
    alive = [row for row in rows if row.actor not in dead and not (killed and is_again(row.quantity))]
    hurt = commonest([row for row in alive if row.quantity.kind == "injured"])
    shot = [row for row in rows if row.quantity.unit == "shot"]
    return killed, max(hurt, min(commonest(shot) - killed, commonest([row for row in shot if row.actor not in dead])))


def is_again(quantity: Quantity) -> bool:
    """Whether a figure is one person whom the report names again: "he", "the victim"."""
    return quantity.best == 1 and quantity.evidence[0].quote.split()[0].lower() in AGAIN


class Row(NamedTuple):
    """A figure, the sentence it stands in, and the one actor it means, if it is about one."""

    sentence: int
    quantity: Quantity
    actor: str | None


def commonest(rows: list[Row]) -> float:
    """The sum of figures that most sentences give, weighted as PAPER says; the larger of equals."""
    sums: dict[int, float] = {}
    seen: set[tuple[int, str]] = set()
    for row in rows:
        if row.actor and (row.sentence, row.actor) in seen:
            continue
        if row.actor:
            seen.add((row.sentence, row.actor))
        sums[row.sentence] = sums.get(row.sentence, 0) + value(row.quantity)
    counts: Counter[float] = Counter()
    for sentence, total in sums.items():
        if total:
            counts[total] += (2 if total > 1 else 1) * (LEAD_WEIGHT if sentence < LEAD else 1)
    return max(counts, key=lambda total: (counts[total], total), default=0)


def value(quantity: Quantity) -> float:
    """The best figure, or the bound that is said."""
    return next((v for v in (quantity.best, quantity.low, quantity.high) if v is not None), 0)


def _sentence(reading: Reading, quantity: Quantity) -> int:
    start = quantity.evidence[0].start
    return next((n for n, s in enumerate(reading.sentences) if s.start <= start < s.end), -1)


def _actor(quantity: Quantity, heads: dict[int, str | None]) -> str | None:
    """The actor whom a figure of one person means: the mention whose head its words end with."""
    words = quantity.evidence[0]
    if quantity.best != 1:
        return None
    return next((heads[start] for start in range(words.end - 1, words.start - 1, -1) if heads.get(start)), None)
