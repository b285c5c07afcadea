"""The trained reader's arguments and its doubts beside those of the frames: both weigh what an event's words say.

The trained reader proposes who takes part; a frame of the ontology explains it, and only what a role of the type takes
is taken. What both name is surest; what one of them names alone, its score says.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from sitrep.model import Argument
from sitrep.ontology.types import EventType
from sitrep.reading.event_draft import EventDraft, argue, struck_there
from sitrep.reading.event_share import armed_or_harmed
from sitrep.reading.fillers import Fillers
from sitrep.reading.learned.decode import Found
from sitrep.reading.learned.reader import Learned
from sitrep.reading.page import Page
from sitrep.reading.triggers import Hit


class Table(NamedTuple):
    """Every number by which the trained reader's scores and the rules' are put together.

    fill: an argument that no frame gives is taken from this score on; far: from another sentence than the trigger's.
    agreed, doubted: what becomes of the score of an argument that both name, or for which the trained reader names
    somebody else. alone: of one that it alone names. hits: words of one event that it is asked about.
    least: below this it names nobody.
    sense: a word that it gives less than this is meant otherwise. topic: in a report that it gives less than this,
    words of violence with neither a toll nor anybody armed are of something else.
    """

    fill: float = 0.5
    far: float = 0.6
    agreed: float = 1.1
    doubted: float = 0.85
    alone: float = 0.9
    hits: int = 4
    least: float = 0.3
    sense: float = 0.02
    topic: float = 0.2


TABLE = Table()
# roles that the trained reader's labels say as one; a type has one of each group
ALIKE = (frozenset({"target", "victim"}), frozenset({"attacker", "captor", "mover", "actor"}))
FORCE = frozenset({"violence", "remote_violence", "destruction"})
NAMING = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "PRON"})


class Proposed(NamedTuple):
    """An argument of the trained reader: its words in tokens, its role, how sure, the trigger that it belongs to."""

    token: int
    first: int
    last: int
    role: str
    score: float
    trigger: int


def complete(
    page: Page, learned: Learned, draft: EventDraft, kind: EventType, fillers: Fillers, home: str | None
) -> None:
    """Weigh the arguments of an event by the trained reader's, and fill the roles that its words left empty."""
    parse = page.parse
    found = [one for hit in draft.hits[: TABLE.hits] for one in proposals(page, learned, hit, kind)]
    covered: set[int] = {token for hit in draft.hits for token in range(hit.token, hit.last + 1)}
    weighed: list[Argument] = []
    for argument in draft.arguments:
        first, last = parse.tokens_in(argument.evidence[0].start, argument.evidence[-1].end)
        covered.update(range(first, last))
        same = any(one.role == argument.role and one.first < last and first < one.last for one in found)
        other = any(one.role == argument.role and one.score >= TABLE.fill for one in found)
        factor = TABLE.agreed if same else TABLE.doubted if other else 1.0
        weighed.append(msgspec.structs.replace(argument, score=round(min(1.0, argument.score * factor), 3)))
    taken = {argument.role for argument in draft.arguments}
    for one in sorted(found, key=lambda one: (-one.score, one.token)):
        far = parse.sent_of[one.token] != parse.sent_of[one.trigger]
        if one.role in taken or one.token in covered or one.score < (TABLE.far if far else TABLE.fill):
            continue
        if parse.pos[one.token] == "PRON" or (one.role == "attacker" and struck_there(page, one.token, home)):
            continue
        argument = argue(page, one.role, kind.roles[one.role], one.token, one.score * TABLE.alone, fillers)
        if argument is not None:
            weighed.append(msgspec.structs.replace(argument, basis="inferred") if far else argument)
            taken.add(one.role)
    draft.arguments = weighed


def unlikely(page: Page, learned: Learned, draft: EventDraft, kind: EventType) -> bool:
    """Whether the trained reader sees no event in any word of a draft, or no conflict in a report of another matter."""
    parse = page.parse
    sense = max(learned.mass("events", parse.starts[hit.token], parse.ends[hit.last]) for hit in draft.hits)
    if sense < TABLE.sense and not draft.headline:
        return True
    if kind.parent not in FORCE or learned.relevance is None or learned.relevance >= TABLE.topic:
        return False
    return not armed_or_harmed(page, draft)


def proposals(page: Page, learned: Learned, hit: Hit, kind: EventType) -> list[Proposed]:
    """What the trained reader names as arguments of a trigger, in roles that its type has, places apart."""
    parse = page.parse
    made: list[Proposed] = []
    for one in learned.roles_of(parse.starts[hit.token], parse.ends[hit.last], least=TABLE.least):
        role = role_of(one, kind)
        first, last = parse.tokens_in(one.span.start, one.span.end)
        if role is None or last <= first:
            continue
        heads = [t for t in range(first, last) if parse.heads[t] == t or not first <= parse.heads[t] < last]
        token = next((t for t in reversed(heads) if parse.pos[t] in NAMING), heads[-1])
        made.append(Proposed(token, first, last, role, one.score, hit.token))
    return made


def role_of(one: Found, kind: EventType) -> str | None:
    """The role of a type that a label of the trained reader says."""
    label = one.span.label
    if label == "place":
        return None
    if label in kind.roles:
        return label
    group = next((group for group in ALIKE if label in group), frozenset[str]())
    return next((name for name in kind.roles if name in group), None)
