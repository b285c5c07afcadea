"""WikiEvents: triggers, and arguments of gold triggers, in news and encyclopedia texts on attacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sitrep.evaluation.metrics import match_spans, overlap, prf

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench
    from sitrep.model import Event, Reading
    from sitrep.ontology.vocabulary import Ontology

PAPER = (
    "Li, Ji and Han 2021, Document-Level Event Argument Extraction by Conditional Generation (NAACL). Trigger F1: a "
    "trigger is right where it overlaps a gold one, one to one, and our type maps to the gold type's first two levels. "
    "Argument F1 with gold triggers: of our event at each gold trigger, whatever its type, an argument is right where "
    "it overlaps a gold argument of that event and our role maps to its role; events that we do not have give nothing."
)
SCORES = ("trigger_f1", "trigger_id_f1", "argument_f1_gold", "argument_id_f1_gold")

COARSE = {
    "Conflict.Attack": "air_strike drone_strike shelling missile_strike bombing suicide_bombing mine_explosion "
    "chemical_attack armed_clash ground_attack ambush shooting assassination stabbing beating torture "
    "ceasefire_violation advance arson",
    "Life.Die": "killing execution assassination shooting",
    "Life.Injure": "killing beating torture shooting",
    "Contact.Contact": "meeting negotiation visit mediation",
    "Contact.RequestCommand": "request demand",
    "Contact.ThreatenCoerce": "threat",
    "Movement.Transportation": "evacuation displacement withdrawal deployment visit deportation advance",
    "Justice.ArrestJailDetain": "arrest abduction",
    "Justice.ChargeIndict": "accusation",
    "Justice.Convict": "conviction",
    "Justice.Sentence": "conviction",
    "Justice.InvestigateCrime": "investigation",
    "Justice.ReleaseParole": "release",
    "Conflict.Demonstrate": "protest riot strike_action",
    "Conflict.Defeat": "territory_gain surrender",
    "GenericCrime.GenericCrime": "abduction looting sexual_violence hijacking assassination",
    "ArtifactExistence.DamageDestroyDisableDismantle": "property_destruction arson downing weapons_seizure",
    "Control.ImpedeInterfereWith": "restriction crowd_dispersal siege",
    "Personnel.StartPosition": "appointment election",
    "Personnel.EndPosition": "resignation dismissal coup",
    "Disaster.Crash": "crash",
    "Transaction.ExchangeBuySell": "military_support aid",
    "Transaction.Donation": "aid",
    "Cognitive.Inspection": "investigation",
}
TYPES = {
    ours: frozenset(theirs for theirs, names in COARSE.items() if ours in names.split())
    for names in COARSE.values()
    for ours in names.split()
}
# gold role to our roles; a role that is not here is matched by its side
AGENTS = frozenset({
    "Attacker", "Killer", "Injurer", "Jailer", "Communicator", "Demonstrator", "Investigator", "Prosecutor",
    "JudgeCourt", "Transporter", "Destroyer", "DamagerDestroyer", "Damager", "Impeder", "Giver", "Perpetrator",
    "Participant", "Observer", "PlaceOfEmployment", "Employee", "Victor", "Regulator", "Treater",
})  # fmt: skip
PATIENTS = frozenset({
    "Target", "Victim", "Detainee", "Recipient", "Participant", "Defendant", "Artifact", "PassengerArtifact",
    "Defeated", "Patient", "Employee", "Beneficiary", "ImpededEvent", "AcquiredEntity", "Topic", "ObservedEntity",
})  # fmt: skip
PLACES = frozenset({"Place", "Destination", "Origin"})
MEANS = frozenset({"Instrument", "ExplosiveDevice", "Vehicle", "BodyPart"})


class Found(NamedTuple):
    """One trigger of one of our events."""

    start: int
    end: int
    event: Event


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    from sitrep.ontology.load import load_ontology

    ontology = load_ontology()
    reports = [bench.report(row["doc_id"], row["text"]) for row in rows]
    totals = [0] * 9
    for row, reading in zip(rows, bench.read(reports), strict=True):
        for n, count in enumerate(count_row(row["events"], reading, ontology)):
            totals[n] += count
    right, identified, predicted, gold, role_right, span_right, argued, gold_arguments, _ = totals
    return {
        "trigger_f1": prf(right, predicted, right, gold).f1,
        "trigger_id_f1": prf(identified, predicted, identified, gold).f1,
        "argument_f1_gold": prf(role_right, argued, role_right, gold_arguments).f1,
        "argument_id_f1_gold": prf(span_right, argued, span_right, gold_arguments).f1,
    }


def count_row(gold: list[dict[str, Any]], reading: Reading, ontology: Ontology) -> tuple[int, ...]:
    """Counts over one report; see `run` for their order."""
    mine = [
        Found(trigger.start, trigger.end, event)
        for event in reading.events
        for trigger in event.triggers
        if event.type in TYPES
    ]
    spans = [(event["trigger"]["start"], event["trigger"]["end"]) for event in gold]
    pairs = match_spans([(found.start, found.end) for found in mine], spans)
    right = sum(coarse(gold[j]["type"]) in TYPES[mine[i].event.type] for i, j in pairs)
    role_right = span_right = argued = 0
    for i, j in pairs:
        hits, exact, given = count_arguments(gold[j], mine[i], reading, ontology)
        role_right += exact
        span_right += hits
        argued += given
    arguments = sum(len(event["arguments"]) for event in gold)
    return right, len(pairs), len(mine), len(gold), role_right, span_right, argued, arguments, 0


def count_arguments(gold: dict[str, Any], found: Found, reading: Reading, ontology: Ontology) -> tuple[int, int, int]:
    """Arguments of one event with the right words, those with the right role too, and all that we gave.

    Ours are those of the trigger's own sentence, since an event that several sentences tell has all their words.
    """
    start, end = next(
        ((s.start, s.end) for s in reading.sentences if s.start <= found.start < s.end), (found.start, found.end)
    )
    ours: list[tuple[int, int, str]] = [
        (argument.evidence[0].start, argument.evidence[0].end, argument.role)
        for argument in found.event.arguments
        if start <= argument.evidence[0].start < end
    ]
    theirs = [(argument["start"], argument["end"], argument["role"]) for argument in gold["arguments"]]
    hits = len(match_spans([span[:2] for span in ours], [span[:2] for span in theirs]))
    exact, used = 0, set[int]()
    for first, last, role in ours:
        for n, (other_first, other_last, other_role) in enumerate(theirs):
            fits = overlap((first, last), (other_first, other_last)) and same_role(role, other_role, ontology)
            if n not in used and fits:
                used.add(n)
                exact += 1
                break
    return hits, exact, len(ours)


def same_role(ours: str, theirs: str, ontology: Ontology) -> bool:
    """Whether one of our roles says what a gold role says."""
    if ours in ("place", "origin", "destination"):
        return theirs in PLACES
    if ours == "instrument":
        return theirs in MEANS
    side = ontology.roles[ours].side if ours in ontology.roles else "other"
    if side == "agent":
        return theirs in AGENTS
    return theirs in PATIENTS


def coarse(gold_type: str) -> str:
    """The first two levels of a gold type."""
    return ".".join(gold_type.split(".")[:2])
