"""CASE 2021, task 2: the fine-grained event type of a news snippet, one of thirty after ACLED."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sitrep.evaluation.metrics import class_scores
from sitrep.model.span import Record

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench
    from sitrep.model import Event, Reading
    from sitrep.ontology.vocabulary import Ontology

PAPER = (
    "Haneczok, Jacquet, Piskorski and Stefanovitch 2021, Fine-grained Event Classification in News-like Text Snippets "
    "(CASE @ ACL), shared task 2: weighted F1 over the thirty labels. The label of the snippet is that of its event "
    "with the highest rank in `data/case2021.json`, which maps our types; a snippet without an event is OTHER. Where "
    "the reading has a topic, its types' scores decide, that of the label by the events raised by 0.2."
)
SCORES = ("weighted_f1", "macro_f1", "accuracy")

STATE = frozenset({"state", "government", "military", "police"})
CROWD_KINDS = frozenset({"protest", "riot", "strike_action"})


class Labels(Record, frozen=True, kw_only=True):
    """How our types map. labels: label by type. rank: labels, the one that a snippet is about first.

    weapons: words of an event's weapon or sentence that fix the label whatever the type of force.
    """

    labels: dict[str, str]
    rank: tuple[str, ...]
    weapons: dict[str, tuple[str, ...]]
    claiming: tuple[str, ...]


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    from sitrep.ontology.load import load_ontology

    ontology, labels = load_ontology(), load_labels()
    reports = [bench.report(str(row["id"]), row["text"]) for row in rows]
    answers = [weighed(answer(reading, labels, ontology), reading) for reading in bench.read(reports)]
    scores = class_scores([row["label"] for row in rows], answers)
    return {"weighted_f1": scores.weighted, "macro_f1": scores.macro, "accuracy": scores.accuracy}


# what the events' own label adds to its score as the topic
OWN = 0.2


def weighed(own: str, reading: Reading) -> str:
    """The label of the events, or the topic's where that is surer."""
    if reading.topic is None:
        return own
    scores = {one.type.upper(): one.score for one in reading.topic.types}
    scores[own] = scores.get(own, 0.0) + OWN
    return max(scores, key=lambda label: (scores[label], label))


def load_labels() -> Labels:
    """The mapping of our types to the task's labels."""
    from importlib import resources

    import msgspec

    return msgspec.json.decode(
        resources.files("sitrep.evaluation").joinpath("data", "case2021.json").read_bytes(), type=Labels
    )


def answer(reading: Reading, labels: Labels, ontology: Ontology) -> str:
    """The label of a snippet: that of its highest-ranked event that happened, else of any event, else OTHER."""
    ranks = {label: n for n, label in enumerate(labels.rank)}
    kinds = {actor.id: actor.kind for actor in reading.actors}
    types = {event.type for event in reading.events}
    found: list[tuple[bool, int, int, str]] = []
    for event in reading.events:
        label = label_of(event, types, labels, ontology, kinds)
        if label is None:
            continue
        told = event.factuality not in ("occurred", "ongoing") or event.background
        found.append((told, ranks.get(label, len(ranks)), event.trigger.start, label))
    if not found:
        return "ATTRIB" if claims_it(reading, labels) else "OTHER"
    best = min(found)[3]
    return "ATTRIB" if best in ("DIPLO", "OTHER") and claims_it(reading, labels) else best


def label_of(event: Event, types: set[str], labels: Labels, ontology: Ontology, kinds: Mapping[str, str]) -> str | None:
    """The label of one event, by its type, its weapon and who does it."""
    label = labels.labels.get(event.type)
    if label is None:
        return None
    kind = ontology.events.get(event.type)
    if kind is not None and kind.parent in ("violence", "remote_violence"):
        told = f"{event.weapon or ''} {event.trigger.quote}".lower()
        for special, words in labels.weapons.items():
            if any(word in told for word in words):
                return special
    if event.type == "territory_gain":
        agents = {
            kinds.get(argument.actor or "", "")
            for argument in event.arguments
            if argument.role in ontology.roles and ontology.roles[argument.role].side == "agent"
        }
        return "GOV_REGAINS_TERIT" if agents & STATE else "NON_STATE_ACTOR_OVERTAKES_TER"
    if event.type == "crowd_dispersal" or (event.type in ("shooting", "killing") and types & CROWD_KINDS):
        harmed = "shooting" in types or "killing" in types
        return "FORCE_AGAINST_PROTEST" if harmed else "PROTEST_WITH_INTER"
    return label


def claims_it(reading: Reading, labels: Labels) -> bool:
    """Whether somebody claims or denies responsibility."""
    return any(
        any(word in cue.quote.lower() for word in labels.claiming) for claim in reading.claims for cue in claim.cue
    )
