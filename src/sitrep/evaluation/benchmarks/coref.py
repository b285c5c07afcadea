"""Event coreference across documents: ECB+ and the Gun Violence Corpus."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, NamedTuple

from sitrep.evaluation.coreference import conll
from sitrep.evaluation.metrics import match_spans

if TYPE_CHECKING:
    from sitrep.corroboration.sketch import Sketch
    from sitrep.evaluation.harness import Bench
    from sitrep.model import Event, Reading
    from sitrep.ontology.vocabulary import Ontology

PAPER = (
    "Pradhan et al. 2012, CoNLL-2012: mean F1 of MUC, B3 and CEAF-e, over all documents of the split as one (no topics "
    "given). conll_f1_gold: the gold mentions are given; those of one of our events are one in their document, others "
    "are one where they share their stem or its kin, and `corroboration` joins documents. conll_f1_own: our own "
    "triggers, each that overlaps a gold mention taken for it, with the incidents that `sitrep incidents` gives."
)
SCORES = ("conll_f1_gold", "conll_f1_own")


class Mention(NamedTuple):
    """A gold mention: its document, its offsets and the stem of its words."""

    document: str
    start: int
    end: int
    stem: str


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    from sitrep.corroboration.cluster import cluster, incidents
    from sitrep.corroboration.sketch import stem
    from sitrep.ontology.load import load_ontology

    ontology = load_ontology()
    reports = [bench.report(row["doc_id"], row["text"], published=row.get("date")) for row in rows]
    gold: dict[str, list[Hashable]] = {}
    groups: list[Sketch] = []
    inside: dict[tuple[str, str], list[Mention]] = {}
    readings: list[Reading] = []
    taken_for: dict[tuple[str, str], list[Hashable]] = {}
    for row, reading in zip(rows, bench.read(reports), strict=True):
        readings.append(reading)
        mentions = [
            Mention(row["doc_id"], event["start"], event["end"], stem(event["text"].split()[-1]))
            for event in row["events"]
        ]
        for mention, event in zip(mentions, row["events"], strict=True):
            gold.setdefault(event["cluster"], []).append(mention)
        for sketch, members in given(reading, mentions, ontology):
            groups.append(sketch)
            inside[sketch.ref.report, sketch.ref.event] = members
        taken_for |= own(reading, mentions)
    joined = [
        [mention for sketch in group for mention in inside[sketch.ref.report, sketch.ref.event]]
        for group in cluster(groups)
    ]
    ours = [
        [mention for ref in incident.events for mention in taken_for.get((ref.report, ref.event), [])]
        for incident in incidents(readings, ontology)
    ]
    return {
        "conll_f1_gold": conll(joined, gold.values()).mean,
        "conll_f1_own": conll(ours, gold.values()).mean,
    }


def triggers(reading: Reading) -> list[tuple[int, int, Event]]:
    """Every trigger of a reading with its event."""
    return [(trigger.start, trigger.end, event) for event in reading.events for trigger in event.triggers]


def own(reading: Reading, mentions: list[Mention]) -> dict[tuple[str, str], list[Hashable]]:
    """The mentions of each of our events: the gold mention that a trigger overlaps, else the trigger itself."""
    found = triggers(reading)
    pairs = dict(match_spans([(start, end) for start, end, _ in found], [(m.start, m.end) for m in mentions]))
    taken: dict[tuple[str, str], list[Hashable]] = {}
    for n, (start, end, event) in enumerate(found):
        mention: Hashable = mentions[pairs[n]] if n in pairs else ("ours", reading.report.source.id, start, end)
        taken.setdefault((reading.report.source.id, event.id), []).append(mention)
    return taken


def given(reading: Reading, mentions: list[Mention], ontology: Ontology) -> list[tuple[Sketch, list[Mention]]]:
    """The gold mentions of a document in groups that are one event, each with a sketch to compare."""
    from sitrep.corroboration.kin import kin
    from sitrep.corroboration.sketch import opening_of, sketch

    found = triggers(reading)
    pairs = match_spans([(start, end) for start, end, _ in found], [(m.start, m.end) for m in mentions])
    event_of = {j: found[i][2] for i, j in pairs}
    opening = opening_of(reading)
    by_event: dict[str, tuple[Event, list[Mention]]] = {}
    by_stem: dict[str, list[Mention]] = {}
    for n, mention in enumerate(mentions):
        event = event_of.get(n)
        if event is not None:
            by_event.setdefault(event.id, (event, []))[1].append(mention)
        else:
            by_stem.setdefault(kin(mention.stem), []).append(mention)
    groups = [(sketch(reading, event, ontology, opening), members) for event, members in by_event.values()]
    groups += [(plain_sketch(reading, stem, members, opening), members) for stem, members in by_stem.items()]
    return groups


def plain_sketch(reading: Reading, stem: str, members: list[Mention], opening: frozenset[str]) -> Sketch:
    """A sketch of mentions that are none of our events: their stem, their sentences and the report's date."""
    from datetime import date

    from sitrep.corroboration.sketch import Sketch, words_of
    from sitrep.model import EventRef

    text = reading.report.text
    told = " ".join(
        text[sentence.start : sentence.end]
        for sentence in reading.sentences
        if any(sentence.start <= mention.start < sentence.end for mention in members)
    )
    published = reading.report.published.value
    day = date.fromisoformat(published[:10]).toordinal() if published and len(published) >= len("2016-08-01") else None
    return Sketch(
        ref=EventRef(report=reading.report.source.id, event=f"stem {stem}"),
        type=f"stem {stem}",
        kinds=frozenset({f"stem {stem}"}),
        family=f"stem {stem}",
        trigger=stem,
        spot=None,
        days=(day - 7, day) if day else None,
        agents=frozenset(),
        patients=frozenset(),
        figures={},
        words=words_of(told),
        opening=opening,
        news=True,
        tellings=1,
    )
