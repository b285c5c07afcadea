"""IndiaPoliceEvents: which sentences say that police killed, arrested, failed to act, used force, or acted at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sitrep.evaluation.metrics import Score, micro

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench
    from sitrep.model import Event, Reading
    from sitrep.ontology.vocabulary import Ontology

PAPER = (
    "Halterman, Keith, Sarwar and O'Connor 2021, Corpus-Level Evaluation for Event QA: The IndiaPoliceEvents Corpus "
    "(Findings of ACL). Sentence F1 and recall are micro-averaged over (sentence, label) pairs of the five labels; "
    "the F1 of each label is given beside them. A label is given to a sentence where a coded event whose trigger "
    "stands in it has police, army or a court officer as its agent and is of a type that the label means."
)
LABELS = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
SCORES = ("sentence_f1", "sentence_recall", *(f"{label.lower()}_f1" for label in LABELS))

FORCES = re.compile(
    r"\b(?:police\w*|cops?|constables?|jawans?|rpf|crpf|bsf|rapid action|army|soldiers?|troops?"
    r"|security (?:force|personnel)s?|inspectors?|superintendent|commissioner|cbi|cid|home guards?"
    r"|authorit\w+|administration|court|magistrate)\b",
    re.IGNORECASE,
)
KILLING = frozenset({"killing", "execution", "assassination"})
FORCEFUL = frozenset({
    "shooting", "crowd_dispersal", "beating", "ground_attack", "armed_clash", "torture", "air_strike", "shelling",
})  # fmt: skip
# an arrest names no agent where it goes without saying
DETAINING = frozenset({"arrest"})
UNDONE = frozenset({"negated", "denied"})


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    from sitrep.ontology.load import load_ontology

    ontology = load_ontology()
    reports = [bench.report(str(row["doc_id"]), row["text"]) for row in rows]
    found: list[set[tuple[str, int, str]]] = []
    gold: list[set[tuple[str, int, str]]] = []
    for row, reading in zip(rows, bench.read(reports), strict=True):
        found.append({(str(row["doc_id"]), *pair) for pair in answers(row["sentences"], reading, ontology)})
        gold.append(
            {
                (str(row["doc_id"]), sentence["sent_id"], label)
                for sentence in row["sentences"]
                for label in sentence["labels"]
            }
        )
    return score(found, gold)


def score(found: list[set[tuple[str, int, str]]], gold: list[set[tuple[str, int, str]]]) -> dict[str, float | None]:
    """Scores of (report, sentence, label) triples."""
    whole = micro(zip(found, gold, strict=True))
    scores: dict[str, float | None] = {"sentence_f1": whole.f1, "sentence_recall": whole.recall}
    for label in LABELS:
        scores[f"{label.lower()}_f1"] = _of_label(label, found, gold).f1
    return scores


def _of_label(label: str, found: list[set[tuple[str, int, str]]], gold: list[set[tuple[str, int, str]]]) -> Score:
    return micro(
        ({one for one in mine if one[2] == label}, {one for one in theirs if one[2] == label})
        for mine, theirs in zip(found, gold, strict=True)
    )


def answers(sentences: list[dict[str, Any]], reading: Reading, ontology: Ontology) -> set[tuple[int, str]]:
    """The labels that a reading gives to the sentences of a report."""
    found: set[tuple[int, str]] = set()
    for event in reading.events:
        labels = labels_of(event, by_police(event, reading, ontology), deadly=kills(event, reading))
        for trigger in event.triggers:
            for sentence in sentences:
                if sentence["start"] <= trigger.start < sentence["end"]:
                    found |= {(sentence["sent_id"], label) for label in labels}
    return found


def labels_of(event: Event, police: bool | None, *, deadly: bool) -> set[str]:
    """The labels of one event. police: whether they did it, null where nobody is named as its agent.

    What police are about to do is an action of theirs, as the coders saw it.
    """
    if event.factuality in UNDONE or event.type == "refusal":
        return {"FAIL"} if police else set()
    if event.factuality not in ("occurred", "ongoing"):
        return {"ANY_ACTION"} if police and event.factuality == "planned" else set()
    if event.type in DETAINING:
        return {"ARREST", "ANY_ACTION"} if police or police is None else set()
    if not police:
        return {"FORCE", "ANY_ACTION"} if police is None and event.type == "crowd_dispersal" else set()
    if event.type in KILLING or (event.type in FORCEFUL and deadly):
        return {"KILL", "FORCE", "ANY_ACTION"}
    if event.type in FORCEFUL:
        return {"FORCE", "ANY_ACTION"}
    return {"ANY_ACTION"}


def kills(event: Event, reading: Reading) -> bool:
    """Whether somebody dies in an event, by its figures or its words."""
    killed = {quantity.id for quantity in reading.quantities if quantity.kind == "killed"}
    return not killed.isdisjoint(event.quantities) or any(
        "dead" in trigger.quote.lower() or "kill" in trigger.quote.lower() for trigger in event.triggers
    )


def by_police(event: Event, reading: Reading, ontology: Ontology) -> bool | None:
    """Whether police or their like are an event's agent; null where it has none."""
    agents = [
        argument
        for argument in event.arguments
        if argument.role in ontology.roles and ontology.roles[argument.role].side == "agent"
    ]
    if not agents:
        return None
    kinds = {actor.id: actor.kind for actor in reading.actors}
    return any(
        kinds.get(agent.actor or "") in ("police", "military")
        or any(FORCES.search(evidence.quote) for evidence in agent.evidence)
        for agent in agents
    )
