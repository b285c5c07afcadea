"""Events in the making: what one or several triggers say, before they become records."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitrep.model import Argument, EventPlace, EventTime, Quantity
from sitrep.ontology.types import EventType, Role
from sitrep.reading.factuality import Verdict
from sitrep.reading.fillers import Fillers
from sitrep.reading.nominals import base_start, tail_end
from sitrep.reading.page import Page
from sitrep.reading.triggers import Hit

REAL = frozenset({"occurred", "ongoing"})
# how sure a role filler is by where it stands
SLOT_SCORE = {"subject": 0.9, "object": 0.9, "by": 0.9, "of": 0.8, "poss": 0.8, "adjective": 0.8, "between": 0.85}


@dataclass(slots=True)
class EventDraft:
    """One event as its triggers tell it. sentence: index of the first sentence that tells it."""

    type: str
    hits: list[Hit]
    arguments: list[Argument]
    verdict: Verdict
    sentence: int
    weight: float
    sentences: list[int] = field(default_factory=lambda: list[int]())
    place: EventPlace | None = None
    time: EventTime | None = None
    quantities: list[Quantity] = field(default_factory=lambda: list[Quantity]())
    claims: list[str] = field(default_factory=lambda: list[str]())
    headline: bool = False
    background: bool = False

    @property
    def real(self) -> bool:
        """Whether the event is told as something that happened or is going on."""
        return self.verdict.factuality in REAL

    def fillers(self, side: frozenset[str]) -> list[Argument]:
        """The arguments of the roles named."""
        return [argument for argument in self.arguments if argument.role in side]


def fill(page: Page, hit: Hit, kind: EventType, fillers: Fillers) -> list[Argument] | None:
    """The arguments of one trigger by its type's role frames; None where a required role stays empty."""
    arguments: list[Argument] = []
    used: set[int] = {hit.token}
    for name, role in kind.roles.items():
        if name == "place":
            continue
        found: list[Argument] = []
        for slot in role.frames:
            tokens = [token for token in hit.frame.slot(slot) if token not in used]
            for token in tokens:
                argument = argue(page, name, role, token, SLOT_SCORE.get(slot, 0.7), fillers)
                if argument:
                    found.append(argument)
                    used.add(token)
            if found:
                break
        if role.required and not found:
            return None
        arguments += found
    return arguments


def argue(page: Page, name: str, role: Role, token: int, score: float, fillers: Fillers) -> Argument | None:
    """One token as the filler of a role, or None where the role does not take it."""
    parse = page.parse
    mention = page.mention_headed.get(token)
    kind = mention.kind if mention else None
    actor = fillers.actor(token)
    if mention and mention.evidence:
        evidence = mention.evidence
    elif parse.pos[token] in ("NOUN", "PROPN", "NUM", "PRON"):
        evidence = (page.words(base_start(parse, token), tail_end(parse, token, of=True)),)
    else:
        return None
    accepts = role.filler
    if actor and ("actor" in accepts or ("person" in accepts and actor.kind in ("person", "civilians", "government"))):
        return Argument(
            role=name,
            actor=actor.id,
            evidence=evidence,
            score=round(score * (actor.link.score if actor.link else 0.9), 3),
        )
    place = page.place_at(token)
    if place and "place" in accepts:
        return Argument(role=name, place=place.id, evidence=evidence, score=round(score * 0.9, 3))
    if parse.pos[token] == "PRON" or kind == "time":
        return None
    lemma = parse.lemmas[token].lower()
    fits = (
        "text" in accepts
        or (kind is not None and kind in accepts)
        or ("facility" in accepts and lemma in fillers.nouns.facilities)
        or ("weapon" in accepts and lemma in fillers.nouns.weapons)
        or ("vehicle" in accepts and lemma in fillers.nouns.vehicles)
        or ("person" in accepts and kind in ("person", "group"))
        or ("actor" in accepts and kind in ("person", "group", "organisation"))
    )
    if not fits:
        return None
    return Argument(role=name, text=evidence[0].quote, evidence=evidence, score=round(score * 0.8, 3))


def unite(first: list[Argument], second: list[Argument]) -> list[Argument]:
    """Arguments of two tellings of one event: same role and same filler once, the surer first."""
    found: dict[tuple[str, str], Argument] = {}
    for argument in [*first, *second]:
        key = (argument.role, argument.actor or argument.place or (argument.text or "").casefold())
        if key not in found or found[key].score < argument.score:
            found[key] = argument
    return list(found.values())
