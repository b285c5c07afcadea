"""PolNeAR: who said what in political news (source, cue and content of attributions)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from sitrep.model import Claim, Evidence

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench

PAPER = (
    "Newell, Margolin and Ruths 2018, An Attribution Relations Corpus for Political News (LREC): attributions as "
    "(source, cue, content) spans. Token F1 for each kind is micro-averaged over the tokens under any attribution's "
    "span of that kind; exact F1 is micro-averaged over the spans of the three kinds with both ends right; "
    "content-with-source F1 pairs attributions one to one by content, best token overlap first, from a Dice "
    "coefficient of 0.5, and asks the same overlap of the sources (both absent counts as right). A gold attribution "
    "never stands inside another one's content, so only outermost claims are scored; of a relative pronoun and the "
    "words it stands for, the pronoun, as the corpus does. Where an article was annotated twice, the first "
    "annotation in the file is gold."
)
SCORES = ("content_token_f1", "source_token_f1", "cue_token_f1", "exact_f1", "content_with_source_f1")

KINDS = ("content", "source", "cue")
TOKEN = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
OVERLAP = 0.5

Spans = tuple[tuple[int, int], ...]


class Triple(NamedTuple):
    """One attribution as spans of characters; source is empty where nobody is named."""

    content: Spans
    source: Spans
    cue: Spans


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    chosen: dict[str, dict[str, Any]] = {}
    for row in rows:
        chosen.setdefault(str(row["doc_id"]), row)
    # the benchmark's offsets count from the body's first letter, so the title must not be put before it
    reports = [
        bench.report(source_id, row["text"], published=row.get("date"), outlet=row.get("publisher"))
        for source_id, row in chosen.items()
    ]
    readings = bench.read(reports)
    return score(
        (
            row["text"],
            [to_triple(gold) for gold in row["attributions"]],
            [from_claim(claim) for claim in outermost(reading.claims)],
        )
        for row, reading in zip(chosen.values(), readings, strict=True)
    )


def to_triple(gold: dict[str, Any]) -> Triple:
    """A gold attribution."""
    return Triple(*(tuple((span["start"], span["end"]) for span in gold[kind]) for kind in KINDS))


def from_claim(claim: Claim) -> Triple:
    """A claim of a reading. A speaker's first evidence stands beside the cue; what follows says who that is."""
    speaker = claim.speaker.evidence[:1] if claim.speaker else ()
    return Triple(_spans(claim.content), _spans(speaker), _spans(claim.cue))


def outermost(claims: Iterable[Claim]) -> list[Claim]:
    """The claims whose cue is not inside what another claim says."""
    every = tuple(claims)
    return [
        claim
        for claim in every
        if not any(
            other is not claim and any(part.start <= claim.cue[0].start < part.end for part in other.content)
            for other in every
        )
    ]


def score(articles: Iterable[tuple[str, list[Triple], list[Triple]]]) -> dict[str, float | None]:
    """The five scores over (text, gold attributions, found attributions)."""
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()

    def count(name: str, right: int, *sizes: int) -> None:
        hits[name] += 2 * right
        total[name] += sum(sizes)

    for text, gold, found in articles:
        for kind in KINDS:
            wanted = [spans for triple in gold for spans in getattr(triple, kind)]
            given = [spans for triple in found for spans in getattr(triple, kind)]
            gold_tokens, found_tokens = tokens(text, wanted), tokens(text, given)
            count(f"{kind}_token_f1", len(gold_tokens & found_tokens), len(gold_tokens), len(found_tokens))
            count("exact_f1", len(set(wanted) & set(given)), len(set(wanted)), len(set(given)))
        count("content_with_source_f1", matches(text, gold, found), len(gold), len(found))
    return {name: hits[name] / total[name] if total[name] else None for name in SCORES}


def matches(text: str, gold: list[Triple], found: list[Triple]) -> int:
    """How many attributions are found with their source, paired one to one by content."""
    gold_content = [tokens(text, triple.content) for triple in gold]
    found_content = [tokens(text, triple.content) for triple in found]
    pairs = sorted(
        (-value, i, j)
        for i, wanted in enumerate(gold_content)
        for j, given in enumerate(found_content)
        if (value := dice(wanted, given)) >= OVERLAP
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    right = 0
    for _, i, j in pairs:
        if i in used_gold or j in used_found:
            continue
        used_gold.add(i)
        used_found.add(j)
        wanted, given = tokens(text, gold[i].source), tokens(text, found[j].source)
        right += (not wanted and not given) or dice(wanted, given) >= OVERLAP
    return right


def tokens(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """The tokens under spans, by where they start."""
    return {match.start() for start, end in spans for match in TOKEN.finditer(text, start, end)}


def dice(one: set[int], other: set[int]) -> float:
    """Twice the shared tokens over all tokens of both; 0 where neither has any."""
    size = len(one) + len(other)
    return 2 * len(one & other) / size if size else 0.0


def _spans(evidence: Iterable[Evidence]) -> Spans:
    return tuple((part.start, part.end) for part in evidence)
