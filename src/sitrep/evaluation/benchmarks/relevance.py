"""Relevance: does a report tell of political violence, in an archive that mostly tells of other things?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sitrep.evaluation.harness import load_rows

if TYPE_CHECKING:
    from pathlib import Path

    from sitrep.evaluation.harness import Bench

PAPER = (
    "Our own definition. Relevant: MUC-4 reports with a template, and the reports of `war_desk` and `wikievents` where "
    "they lie beside them. Other: those of `geo_lgl` (local news) and `polnear` (politics), of which some tell of "
    "violence in passing; MUC-4 reports without a template are of the same war and are neither. Others weigh as if "
    "they were 95 of 100 reports. recall_at_half: the greatest recall of a threshold whose precision is a half or "
    "more; threshold: that one; recall, precision: at 0.5. The rules alone do not score relevance."
)
SCORES = ("recall_at_half", "threshold", "recall", "precision")
RELEVANT = ("war_desk", "wikievents")
OTHER = ("geo_lgl", "polnear")
SHARE = 0.95  # of the archive that is about other things


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split and of the sets beside it."""
    if bench.reader.learned is None:
        return dict.fromkeys(SCORES)
    learned = bench.reader.learned
    texts = [(row["gtt"]["doctext"], True) for row in rows if row["gtt"]["templates"]]
    for names, relevant in ((RELEVANT, True), (OTHER, False)):
        texts += [(text, relevant) for name in names for text in beside(bench.folder.parent / name, bench.split)]
    scored: list[tuple[float, bool]] = []
    for number, (text, relevant) in enumerate(texts, start=1):
        scored.append((learned.read(text).relevance or 0.0, relevant))
        if bench.progress:
            bench.progress(min(number, len(rows)))
    return scores(scored)


def beside(folder: Path, split: str) -> list[str]:
    """The texts of a set, each once; none where it is not there."""
    if not (folder / f"{split}.jsonl").is_file():
        return []
    return list(dict.fromkeys(row["text"] for row in load_rows(folder, split, benchmark="relevance")))


def scores(scored: list[tuple[float, bool]]) -> dict[str, float | None]:
    """The four scores, of each text's odds and whether it is relevant."""
    thresholds = sorted({odds for odds, _ in scored})
    good = [(recall, odds) for odds in thresholds for recall, precision in [at(odds, scored)] if precision >= 1 / 2]
    best = max(good, default=(0.0, 1.0))
    recall, precision = at(0.5, scored)
    return {"recall_at_half": best[0], "threshold": best[1], "recall": recall, "precision": precision}


def at(threshold: float, scored: list[tuple[float, bool]]) -> tuple[float, float]:
    """Recall and precision where odds from a threshold on count as relevant."""
    relevant = [odds for odds, right in scored if right]
    other = [odds for odds, right in scored if not right]
    found = sum(odds >= threshold for odds in relevant) / max(1, len(relevant))
    wrong = sum(odds >= threshold for odds in other) / max(1, len(other))
    taken = (1 - SHARE) * found + SHARE * wrong
    return found, (1 - SHARE) * found / taken if taken else 0.0
