"""PLV: the PLOVER class of what a marked source does to a marked target in a news sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sitrep.evaluation.metrics import class_scores, overlap
from sitrep.evaluation.plover import Coded, Party, code, main_event
from sitrep.reading.learned.reader import pair_odds

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench

PAPER = (
    "Hu et al. 2024, Leveraging Codebook Knowledge with NLI and ChatGPT for Zero-Shot Political Relation "
    "Classification (ACL): macro F1 over the classes of the gold. The event is taken that has words of the source on "
    "its agent's side and of the target on the other, then one with either, then the sentence's first; a sentence "
    "without a coded event is wrong. An event that is told inside a marked side is taken last. YIELD is CONCEDE and "
    "RETREAT. The trained reader, where there is one, gives every class its odds between the marked sides, and the "
    "class of the event adds 0.3 to its own."
)
SCORES = ("root_macro_f1", "root_weighted_f1", "accuracy")

COARSER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
# the labels follow an older table, where taking and enclosing places is fighting, and so is an attack on computers
BY_ROOT = {"territory_gain": "ASSAULT", "siege": "ASSAULT", "conviction": "ACCUSE", "cyber_attack": "ASSAULT"}


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    from sitrep.ontology.load import load_ontology

    ontology = load_ontology()
    reports = [bench.report(f"{row['doc_id']}-{n}", row["text"]) for n, row in enumerate(rows)]
    learned = bench.reader.learned
    answers: list[str | None] = []
    for row, reading in zip(rows, bench.read(reports), strict=True):
        source, target = span(row["source"]), span(row["target"])
        own = answer(code(reading, ontology, BY_ROOT), source, target)
        odds = pair_odds(learned, row["text"], source, target) if learned else {}
        answers.append(weighed(own, odds))
    scores = class_scores([row["event"] for row in rows], answers)
    return {"root_macro_f1": scores.macro, "root_weighted_f1": scores.weighted, "accuracy": scores.accuracy}


def answer(coded: list[Coded], source: tuple[int, int], target: tuple[int, int]) -> str | None:
    """The class between a source and a target."""
    # what stands inside a marked side is told about that side, not done by it
    between = [event for event in coded if not touches((Party(event.start, event.end, None),), source, target)]
    coded = between or coded
    if not coded:
        return None
    first = main_event(coded)

    def fit(event: Coded) -> tuple[float, ...]:
        right = 2 * touches(event.sources, source) + 2 * touches(event.targets, target)
        # a sides' words may be told the other way round: "held talks with", "was met by"
        turned = touches(event.targets, source) + touches(event.sources, target)
        return (right + turned, event is first, event.score, -event.start)

    best = max(coded, key=fit)
    return COARSER.get(best.event, best.event)


# what the class by the events adds to its odds
OWN = 0.3


def weighed(own: str | None, odds: dict[str, float]) -> str | None:
    """The class by the events, or the trained reader's where that is surer."""
    scores: dict[str, float] = {own: OWN} if own else {}
    for label, odd in odds.items():
        coarse = COARSER.get(label, label)
        scores[coarse] = scores.get(coarse, 0.0) + odd
    return max(scores, key=lambda label: (scores[label], label)) if scores else None


def touches(parties: tuple[Party, ...], *marked: tuple[int, int]) -> bool:
    """Whether one of the parties' words lies in marked words."""
    return any(overlap((party.start, party.end), words) for party in parties for words in marked)


def span(marked: dict[str, Any]) -> tuple[int, int]:
    """The offsets of a marked span."""
    return marked["start"], marked["end"]
