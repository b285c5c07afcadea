"""Which figure belongs to which event: in its own sentence by syntax, else to the event just told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sitrep.model import Quantity
from sitrep.ontology.types import EventType
from sitrep.reading.event_context import Surroundings
from sitrep.reading.event_draft import EventDraft
from sitrep.reading.event_share import OUTCOME, place_named, touch
from sitrep.reading.link import inside
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.triggers import Hit

CASUALTIES = frozenset({"killed", "injured", "captured", "missing", "displaced"})
# units of figures that do not tell dead from wounded
HARMED = frozenset({"casualties", "shot"})
MEASURES = frozenset({"count", "strength", "money", "distance", "area"})
# figures that follow an event in a sentence of their own ("Dozens more were wounded", "The toll stands at 12")
FOLLOWING = frozenset({"killed", "injured", "missing"})
FOLLOW = 2
# what lies in a ward or a clip is seen, not counted as the toll
SEEN = frozenset({"body", "corpse"})
TOLLS = frozenset({"toll", "tally", "count", "number", "figure"})
SUBORDINATE = frozenset({"advcl", "relcl", "acl", "pcomp"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
UNSURE = frozenset({"could", "would", "may", "might", "should", "can", "will"})


class Told(NamedTuple):
    """A figure with the token of the word that tells the kind of harm, or its own first token."""

    quantity: Quantity
    cue: int
    token: int


def bind(page: Page, drafts: list[EventDraft], sentence: int, types: dict[str, EventType]) -> None:
    """Give each figure of a sentence to the event of that sentence that it belongs to."""
    for told in figures_in(page, sentence):
        fits = [draft for draft in drafts if may_carry(draft, told.quantity, types)]
        if told.quantity.cumulative and told.quantity.kind in CASUALTIES:
            fits = [draft for draft in fits if _adds_up(page.parse, draft, told.cue)]
        if fits:
            _owner(page, told, fits).quantities.append(told.quantity)


def bind_strays(page: Page, drafts: list[EventDraft], surroundings: Surroundings, types: dict[str, EventType]) -> None:
    """Give the figures that no event of their sentence takes to the event just told, or to one of the same toll."""
    bound = {quantity.id: draft for draft in drafts for quantity in draft.quantities}
    for sentence in sorted(page.quantities_by_sentence):
        for told in figures_in(page, sentence):
            quantity = told.quantity
            if quantity.id in bound:
                continue
            whole = bound.get(quantity.part_of) if quantity.part_of else None
            host = whole or _before(page, told, sentence, drafts, surroundings, types)
            if host is not None:
                host.quantities.append(quantity)
                bound[quantity.id] = host


def figures_in(page: Page, sentence: int) -> Iterator[Told]:
    """The figures of a sentence with the tokens that they hang on."""
    parse = page.parse
    for quantity in page.quantities_by_sentence.get(sentence, []):
        token = parse.token_at(quantity.evidence[0].start)
        if token is not None:
            cue = parse.token_at(quantity.evidence[-1].start) if len(quantity.evidence) > 1 else token
            yield Told(quantity, token if cue is None else cue, token)


def may_carry(draft: EventDraft, quantity: Quantity, types: dict[str, EventType]) -> bool:
    """Whether an event of a draft's type can have such a figure."""
    implies = types[draft.type].implies
    if quantity.kind in CASUALTIES:
        return quantity.kind in implies
    if quantity.kind == "other" and quantity.unit in HARMED:
        return "killed" in implies or "injured" in implies
    if quantity.kind in MEASURES:
        return any(inside(quantity.evidence[0], argument.evidence) for argument in draft.arguments)
    return False


def _owner(page: Page, told: Told, drafts: list[EventDraft]) -> EventDraft:
    """Of several events of a sentence, the one whose word tells the harm, else the nearest in the tree."""
    for draft in drafts:
        if any(hit.token <= told.cue <= hit.last for hit in draft.hits):
            return draft
    near = [
        (min(steps(page.parse, told.cue, hit) for hit in draft.hits), draft.hits[0].token, n)
        for n, draft in enumerate(drafts)
    ]
    return drafts[min(near)[2]]


def _adds_up(parse: Parse, draft: EventDraft, cue: int) -> bool:
    """Whether a running total is one of the event's own acts: "300 have died in bombardments since", not in the war."""
    verb = cue
    while parse.pos[verb] not in ("VERB", "AUX") and parse.heads[verb] != verb:
        verb = parse.heads[verb]
    return draft.type != OUTCOME and any(_in_clause(parse, hit.token, verb) for hit in draft.hits if hit.token != cue)


def _in_clause(parse: Parse, token: int, verb: int) -> bool:
    """Whether a token hangs on a verb, with no clause of its own and no "since" between them."""
    for node in (token, *parse.ancestors(token)):
        if node == verb:
            return True
        if parse.deps[node] in SUBORDINATE or parse.lowers[node] == "since":
            return False
    return False


def _before(
    page: Page,
    told: Told,
    sentence: int,
    drafts: list[EventDraft],
    surroundings: Surroundings,
    types: dict[str, EventType],
) -> EventDraft | None:
    """The event that a figure in a sentence without one belongs to."""
    quantity, parse = told.quantity, page.parse
    if quantity.kind not in FOLLOWING or quantity.cumulative or quantity.best == 0 or _only_seen(parse, told):
        return None
    hosts = [
        draft
        for draft in drafts
        if draft.real
        and not draft.background
        and may_carry(draft, quantity, types)
        and _at_one(page, sentence, draft, surroundings)
    ]
    same = [draft for draft in hosts if quantity.best is not None and _tells(draft, quantity)]
    if same and quantity.best is not None and quantity.best > 1:
        return min(same, key=lambda draft: abs(draft.sentence - sentence))
    near = [draft for draft in hosts if 0 < sentence - draft.sentence <= FOLLOW]
    if not near and parse.lemmas[told.cue] in TOLLS:
        near = [draft for draft in hosts if draft.headline]
    if not near:
        return None
    last = max(draft.sentence for draft in near)
    return max(
        (draft for draft in near if draft.sentence == last),
        key=lambda draft: (any(q.kind in FOLLOWING for q in draft.quantities), -draft.hits[0].token),
    )


def _tells(draft: EventDraft, quantity: Quantity) -> bool:
    return any(other.kind == quantity.kind and other.best == quantity.best for other in draft.quantities)


def _only_seen(parse: Parse, told: Told) -> bool:
    """Whether the words count what somebody saw, or what may come, and not the toll of an event."""
    cue = told.cue
    if any(parse.lemmas[t] in SEEN for t in (cue, *_inside(parse, told.quantity))):
        return True
    if parse.deps[cue] == "amod" and told.token <= cue:
        # "half a dozen wounded children sat on the floor"
        return True
    verb = parse.heads[cue] if parse.deps[cue] in ARGUMENTS else cue
    return any(parse.lowers[k] in UNSURE for k in parse.kids(verb, "aux"))


def _inside(parse: Parse, quantity: Quantity) -> range:
    first, last = parse.tokens_in(quantity.evidence[0].start, quantity.evidence[0].end)
    return range(first, last)


def _at_one(page: Page, sentence: int, draft: EventDraft, surroundings: Surroundings) -> bool:
    """Whether nothing in a sentence says another time or another place than an event's."""
    for timex in page.timexes_by_sentence.get(sentence, []):
        if timex.type != "DATE" or timex.start is None or draft.time is None or draft.time.start is None:
            continue
        if (timex.end or timex.start) < draft.time.start or (draft.time.end or draft.time.start) < timex.start:
            return False
    if draft.place is None:
        return True
    own = place_named(page, draft.place.id)
    parse = page.parse
    first, last = parse.sents[sentence]
    for token, place in surroundings.in_range(first, last):
        located = parse.deps[token] == "pobj" and parse.lowers[parse.heads[token]] in ("in", "at", "near", "on")
        if own is not None and located and not touch(own, place):
            return False
    return True


def steps(parse: Parse, token: int, hit: Hit) -> float:
    """How far a token stands from a trigger in the tree; farther than any tree where they share none."""
    up: dict[int, int] = {hit.token: 0}
    for n, head in enumerate(parse.ancestors(hit.token)):
        up[head] = n + 1
    count, at = 0, token
    while at not in up:
        if parse.heads[at] == at:
            return 50.0 + abs(token - hit.token)
        at, count = parse.heads[at], count + 1
    return count + up[at] + 0.001 * abs(token - hit.token)
