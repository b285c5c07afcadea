"""Event coreference across documents: ECB+ and the Gun Violence Corpus."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from sitrep.evaluation.coreference import conll
from sitrep.evaluation.metrics import match_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitrep.evaluation.harness import Bench
    from sitrep.evaluation.strands import Strand

PAPER = (
    "Pradhan et al. 2012, CoNLL-2012: mean F1 of MUC, B3 and CEAF-e, over all documents of the split as one (no topics "
    "given). conll_f1_gold: the gold mentions are given; those of one aspect are one where `corroboration` takes their "
    "reports for one story. conll_f1_own: our own words, the triggers of events and what else tells of a harm, each "
    "that overlaps a gold mention taken for it; those of one aspect in one incident of `sitrep incidents` are one. "
    "mentions_f1: these words against the gold mentions."
)
SCORES = ("conll_f1_gold", "conll_f1_own")
type Span = tuple[int, int]


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    from sitrep.corroboration.cluster import incidents
    from sitrep.evaluation.strands import by_event, strands, strands_of
    from sitrep.evaluation.tellings import told
    from sitrep.ontology.load import load_ontology

    ontology = load_ontology()
    reports = [bench.report(row["doc_id"], row["text"], published=row.get("date")) for row in rows]
    readings = list(bench.read(reports))
    gold: dict[str, list[Hashable]] = {}
    given: dict[str, list[Span]] = {}
    for row in rows:
        given[row["doc_id"]] = [(event["start"], event["end"]) for event in row["events"]]
        for event in row["events"]:
            gold.setdefault(event["cluster"], []).append((row["doc_id"], event["start"], event["end"]))
    marked = {reading.report.source.id: told(reading, given[reading.report.source.id]) for reading in readings}
    joined = mentions(strands(readings, marked), {})
    found = {
        reading.report.source.id: [(telling.start, telling.end) for telling, _ in by_event(reading, ontology)]
        for reading in readings
    }
    taken_for = {
        (name, *spans[i]): (name, *given[name][j])
        for name, spans in found.items()
        for i, j in match_spans(spans, given[name])
    }
    ours = mentions(strands_of(readings, incidents(readings, ontology), ontology), taken_for)
    total = sum(map(len, found.values())) + sum(map(len, given.values()))
    return {
        "conll_f1_gold": conll(joined, gold.values()).mean,
        "conll_f1_own": conll(ours, gold.values()).mean,
        "mentions_f1": 2 * len(taken_for) / total if total else None,
    }


def mentions(strands: Iterable[Strand], taken_for: Mapping[tuple[str, int, int], Hashable]) -> list[list[Hashable]]:
    """The mentions of each strand: the gold mention that a telling is taken for, else its own place."""
    return [
        [
            taken_for.get(place, place)
            for name, telling in strand.told
            for place in ((name, telling.start, telling.end),)
        ]
        for strand in strands
    ]
