"""How sure the report is of who did it: told as fact, claimed by themselves, laid to them by others, or only suspected.

MUC-4's perpetrator confidence and Airwars ask for it. What a third party reports counts as told.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from sitrep.model import Argument, Belief, Claim, Event, Layers
from sitrep.reading.event_blame import ACCUSING, BEARING, BLAMING, PINNING
from sitrep.reading.event_merge import AGENTS
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse

LAYING = ACCUSING | BLAMING | {"charge", "implicate"} | frozenset(PINNING)
HEDGES = frozenset({"allegedly", "apparently", "presumably", "possibly", "probably"})
SUSPECTING = frozenset({"believe", "suspect", "think", "presume", "assume"})
UNDONE = frozenset({"denied", "negated"})
SPEAKING = frozenset({"speaks_for", "leads", "member_of"})
OWNING = frozenset({"asserts", "confirms"})


class Said(NamedTuple):
    """The claims about an event, and for whom each speaker speaks."""

    claims: list[Claim]
    bodies: dict[str, set[str]]

    def by(self, actor: str | None, claim: Claim) -> bool:
        """Whether an actor, or somebody who speaks for it, makes a claim."""
        speaker = claim.speaker.actor if claim.speaker else None
        return actor is not None and speaker is not None and actor in {speaker, *self.bodies.get(speaker, ())}


def with_belief(page: Page, layers: Layers) -> tuple[Event, ...]:
    """The events of a page, each doer of a deed with the report's degree of belief."""
    bodies: dict[str, set[str]] = {}
    for relation in layers.relations:
        if relation.type in SPEAKING:
            bodies.setdefault(relation.subject, set()).add(relation.object)
    claims = {claim.id: claim for claim in layers.claims}
    return tuple(_event(page, event, claims, bodies) for event in layers.events)


def _event(page: Page, event: Event, claims: dict[str, Claim], bodies: dict[str, set[str]]) -> Event:
    if event.factuality in UNDONE:
        # what nobody did was done by nobody
        return event
    said = [claims[name] for name in event.claims if name in claims]
    arguments = tuple(
        msgspec.structs.replace(argument, belief=_belief(page, event, argument, Said(said, bodies)))
        if argument.role in AGENTS
        else argument
        for argument in event.arguments
    )
    return msgspec.structs.replace(event, arguments=arguments) if arguments != event.arguments else event


def _belief(page: Page, event: Event, argument: Argument, said: Said) -> Belief:
    parse = page.parse
    token = _head(parse, argument)
    if token is None:
        return "stated"
    if _owned(page, event, argument, said):
        return "claimed"
    triggers = [t for part in event.triggers if (t := parse.token_at(part.start)) is not None]
    if _laid(parse, token) or _accused(argument, said):
        return "accused"
    same = [t for t in triggers if parse.sent_of[t] == parse.sent_of[token]]
    near = [k for node in (*same, *_verbs(parse, token)) for k in parse.children[node]]
    hedged = any(parse.lowers[k] in HEDGES for k in near)
    return "suspected" if hedged or _believed(parse, token) else "stated"


def _head(parse: Parse, argument: Argument) -> int | None:
    """The token that heads an argument's words."""
    first, last = parse.tokens_in(argument.evidence[0].start, argument.evidence[0].end)
    outer = [t for t in range(first, last) if not first <= parse.heads[t] < last or parse.heads[t] == t]
    return outer[0] if outer else None


def _owned(page: Page, event: Event, argument: Argument, said: Said) -> bool:
    """Whether they say so themselves: in a claim of theirs, or by claiming responsibility."""
    for claim in said.claims:
        if said.by(argument.actor, claim) and claim.stance in OWNING and _covers(claim, argument):
            return True
    parse = page.parse
    starts = {t for part in event.evidence if (t := parse.token_at(part.start)) is not None}
    for sentence in {parse.sent_of[t] for t in starts}:
        begin, end = parse.sents[sentence]
        for t in range(begin, end):
            verb = parse.heads[t]
            if parse.lemmas[t] != "responsibility" or parse.deps[t] != "dobj" or parse.lemmas[verb] not in BEARING:
                continue
            theirs = parse.lemmas[verb] not in {"bear", "have", "share"} and not parse.kids(verb, "neg")
            subjects = [page.actor_at(k) for k in parse.kids(verb, "nsubj")]
            if theirs and any(actor and actor.id == argument.actor for actor in subjects):
                return True
    return False


def _covers(claim: Claim, argument: Argument) -> bool:
    """Whether what is claimed names somebody by the words of an argument."""
    return any(part.start <= words.start < part.end for part in claim.content for words in argument.evidence)


def _accused(argument: Argument, said: Said) -> bool:
    """Whether a claim that accuses names them, and is not their own."""
    for claim in said.claims:
        if claim.stance == "accuses" and not said.by(argument.actor, claim) and _covers(claim, argument):
            return True
    return False


def _laid(parse: Parse, token: int) -> bool:
    """Whether the words lay the deed on somebody: "accused the army of", "blamed on rebels", "is responsible for"."""
    dep, head = parse.deps[token], parse.heads[token]
    if dep in {"dobj", "nsubjpass"} and parse.lemmas[head] in LAYING:
        return True
    if dep == "pobj" and parse.lemmas[head] in {"on", "to"} and parse.lemmas[parse.heads[head]] in PINNING:
        return True
    if dep == "nsubj":
        held = [k for k in parse.kids(head, "acomp", "attr") if parse.lemmas[k] == "responsible"]
        borne = [k for k in parse.kids(head, "dobj") if parse.lemmas[k] == "responsibility"]
        return bool(held or borne) or (
            parse.lemmas[head] == "be" and any(parse.lowers[k] == "behind" for k in parse.kids(head, "prep"))
        )
    return False


def _verbs(parse: Parse, token: int) -> list[int]:
    """The verb that a doer stands with, and the preposition between them."""
    found: list[int] = []
    for node in parse.ancestors(token):
        found.append(node)
        if parse.pos[node] in {"VERB", "AUX"}:
            break
    return found


def _believed(parse: Parse, token: int) -> bool:
    """Such as "an attack believed to be by government jets", "jets that are thought to have fired"."""
    nodes = _verbs(parse, token)
    above = [parse.heads[node] for node in nodes if parse.deps[node] in {"xcomp", "ccomp"}]
    nodes += [*above, *parse.kids(token, "acl", "relcl")]
    return any(parse.lemmas[node] in SUSPECTING and parse.tags[node] == "VBN" for node in nodes)
