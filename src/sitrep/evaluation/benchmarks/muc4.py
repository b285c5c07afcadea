"""MUC-4: who did what to whom with what, in reports from Latin America, by entity and by template."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sitrep.evaluation.metrics import Filled, ceaf_ree, prf, template_counts

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench
    from sitrep.model import Actor, Argument, Event, Participant, Reading
    from sitrep.ontology.vocabulary import Ontology

PAPER = (
    "CEAF-REE: Du, Rush and Cardie 2021, GRIT: Generative Role-filler Transformers for Document-level Event Entity "
    "Extraction (EACL), micro-averaged over the five roles, a report's equal entities counted once. Template F1: Du, "
    "Rush and Cardie 2021, Template Filling with Generative Transformers (NAACL): best one-to-one mapping of templates "
    "of the same incident type, the type and every filler a slot. Strings are compared in lower case without "
    "punctuation and articles, ours also without number and title in front; the upper-case text is read as it came."
)
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
SCORES = ("ceaf_ree_f1", "template_f1", *(f"{role.lower()}_f1" for role in ROLES))

KINDS = {
    "bombing": "bombing", "suicide_bombing": "bombing", "mine_explosion": "bombing",
    "abduction": "kidnapping", "hijacking": "kidnapping", "arson": "arson", "looting": "robbery",
    "strike_action": "forced work stoppage",
    **dict.fromkeys(
        "air_strike shelling missile_strike armed_clash ground_attack ambush shooting assassination execution killing "
        "stabbing beating torture chemical_attack property_destruction downing".split(),
        "attack",
    ),
}  # fmt: skip
# fighting between armed sides is no incident for MUC-4, and their fighters are no victims (MUC-4 guidelines, relevance)
FIGHTERS = frozenset({"military", "armed_group", "militia"})
UNDONE = frozenset({"denied", "negated", "hypothetical"})
PUNCTUATION = re.compile(r"[^\w\s]")
ARTICLE = re.compile(r"\b(?:a|an|the)\b")
PRONOUNS = frozenset("he him she her it they them we us you i who whom this that these those his its their one".split())
# what a key leaves out before a noun: how many, and how sure
LOOSE = re.compile(
    r"^(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|suspected|alleged|presumed|dr|mr)\s+"
)
# an explosive is named by its noun alone where its event is named by it
WEAPON_WORDS = re.compile(
    r"\b(?:bombs?|car bombs?|dynamite|explosives?|grenades?|mines?|rockets?|mortars?)\b", re.IGNORECASE
)


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    from sitrep.ontology.load import load_ontology

    ontology = load_ontology()
    reports = [bench.report(row["doc_id"], row["text"]) for row in rows]
    pairs = [
        (templates(reading, ontology), [gold_template(template) for template in row["gtt"]["templates"]])
        for row, reading in zip(rows, bench.read(reports), strict=True)
    ]
    return score(pairs)


def score(pairs: list[tuple[list[Filled], list[Filled]]]) -> dict[str, float | None]:
    """Scores of (our, gold) templates of each report."""
    by_role: dict[str, list[int]] = {role: [0, 0, 0] for role in ROLES}
    slots = [0, 0, 0]
    for mine, theirs in pairs:
        for role in ROLES:
            for n, count in enumerate(ceaf_ree(fillers(mine, role), fillers(theirs, role))):
                by_role[role][n] += count
        for n, count in enumerate(template_counts(mine, theirs)):
            slots[n] += count
    right, predicted, gold = (sum(counts[n] for counts in by_role.values()) for n in range(3))
    scores: dict[str, float | None] = {
        "ceaf_ree_f1": prf(right, predicted, right, gold).f1,
        "template_f1": prf(slots[0], slots[1], slots[0], slots[2]).f1,
    }
    for role, (hit, mine_count, gold_count) in by_role.items():
        scores[f"{role.lower()}_f1"] = prf(hit, mine_count, hit, gold_count).f1
    return scores


def fillers(found: list[Filled], role: str) -> list[frozenset[str]]:
    """A report's entities of one role, equal ones once."""
    return list(dict.fromkeys(entity for template in found for entity in template.roles.get(role, ())))


def gold_template(template: dict[str, Any]) -> Filled:
    """A gold template. Of a type with a slash the first is taken."""
    return Filled(
        template["incident_type"].split("/")[0].strip(),
        {
            role: tuple(frozenset(plain(mention[0]) for mention in entity) for entity in template[role])
            for role in ROLES
        },
    )


def templates(reading: Reading, ontology: Ontology) -> list[Filled]:
    """One template for each kind of incident and place that a reading tells of, with the fillers of its events."""
    if reading.topic is not None:
        return by_participants(reading)
    merged: dict[tuple[str, str], dict[str, dict[frozenset[str], None]]] = {}
    for event in reading.events:
        kind = KINDS.get(event.type)
        if kind is None or event.factuality in UNDONE:
            continue
        filled = fill(event, reading, ontology)
        if not filled or (kind == "attack" and not (filled.keys() & {"Victim", "Target"})):
            continue
        roles = merged.setdefault((kind, ""), {})
        for role, entities in filled.items():
            roles.setdefault(role, {}).update(entities)
    return [
        Filled(kind, {role: tuple(entities) for role, entities in roles.items()}) for (kind, _), roles in merged.items()
    ]


ROLE_OF = {
    "perpetrator_individual": "PerpInd",
    "perpetrator_organisation": "PerpOrg",
    "target": "Target",
    "victim": "Victim",
    "weapon": "Weapon",
}


# how far an event is that a participant is counted to, and how much a nearer event counts more (characters)
NEAR, HALF = 400, 200
# what a bomb among the weapons adds to a bombing
OWN_MEANS = 0.7
EXPLOSIVE = re.compile(r"bomb|dynamite|explosive", re.IGNORECASE)
HURT = frozenset({"target", "victim"})


def by_participants(reading: Reading) -> list[Filled]:
    """The participants of a report in one template for each kind of incident, each with the nearest event's kind."""
    events = [event for event in reading.events if event.type in KINDS and event.factuality not in UNDONE]
    if not reading.participants:
        return []
    near = {one.id: nearest(one, events) for one in reading.participants}
    weights: dict[str, float] = defaultdict(float)
    for one in reading.participants:
        distance, kind = near[one.id]
        weights[kind] += 1 / (1 + distance / HALF)
        if one.role == "weapon" and EXPLOSIVE.search(one.name):
            weights["bombing"] += OWN_MEANS
    main = max(weights, key=lambda kind: (weights[kind], kind))
    groups: dict[str, list[Participant]] = {}
    for one in reading.participants:
        distance, kind = near[one.id]
        groups.setdefault(kind if distance < NEAR else main, []).append(one)
    whole = {kind: group for kind, group in groups.items() if kind == main or any(one.role in HURT for one in group)}
    rest = [one for kind, group in groups.items() if kind not in whole for one in group]
    whole[main] = [*whole.get(main, []), *rest]
    return [filled for kind, group in whole.items() if (filled := of_group(kind, group)).roles]


def nearest(one: Participant, events: list[Event]) -> tuple[int, str]:
    """How far the words of the nearest event are from those of a participant, and its kind; without one an attack."""
    return min(
        (
            (min(abs(words.start - trigger.start) for words in one.evidence for trigger in event.triggers), kind)
            for event in events
            if (kind := KINDS[event.type])
        ),
        default=(NEAR, "attack"),
    )


def of_group(kind: str, group: list[Participant]) -> Filled:
    """One template of the participants given."""
    roles: dict[str, dict[frozenset[str], None]] = {}
    for one in group:
        words = stripped(plain(one.name))
        if words:
            roles.setdefault(ROLE_OF[one.role], {})[frozenset({words})] = None
    return Filled(kind, {role: tuple(entities) for role, entities in roles.items()})


def fill(event: Event, reading: Reading, ontology: Ontology) -> dict[str, dict[frozenset[str], None]]:
    """The five roles of one event."""
    found: defaultdict[str, dict[frozenset[str], None]] = defaultdict(dict)
    actors = {actor.id: actor for actor in reading.actors}
    names = {mention.id for mention in reading.mentions if mention.form == "name"}
    for argument in event.arguments:
        side = ontology.roles[argument.role].side if argument.role in ontology.roles else "other"
        actor = actors.get(argument.actor or "")
        words = called(argument, actor, names)
        if not words or words in PRONOUNS or argument.role in ("place", "origin", "destination"):
            continue
        if argument.role == "instrument":
            found["Weapon"][frozenset({words})] = None
        elif side == "agent":
            organised = actor is not None and actor.kind != "person" and not names.isdisjoint(actor.mentions)
            found["PerpOrg" if organised else "PerpInd"][frozenset({words})] = None
        elif side == "patient" and (actor is None or actor.kind not in FIGHTERS):
            found["Victim" if actor is not None else "Target"][frozenset({words})] = None
    weapon = WEAPON_WORDS.fullmatch(event.trigger.quote)
    if weapon and not found["Weapon"]:
        found["Weapon"][frozenset({plain(event.trigger.quote)})] = None
    return {role: entities for role, entities in found.items() if entities}


def called(argument: Argument, actor: Actor | None, names: set[str]) -> str:
    """A participant as a key names it: a person by the name, others in the words beside the event."""
    if actor is not None and actor.kind == "person" and not names.isdisjoint(actor.mentions):
        return stripped(plain(actor.name))
    return stripped(plain(argument.evidence[0].quote))


def stripped(words: str) -> str:
    """Words without number, title and doubt in front."""
    while match := LOOSE.match(words):
        words = words[match.end() :]
    return words


def plain(words: str) -> str:
    """A string as it is compared."""
    return " ".join(ARTICLE.sub(" ", PUNCTUATION.sub(" ", words.lower())).split())
