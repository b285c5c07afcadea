"""Which actor speaks: the source's own words first, then, for a pronoun, whoever was speaking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sitrep.model import Actor, Speaker
from sitrep.reading.claim_marks import Stretch, Words
from sitrep.reading.page import Page

ONE = frozenset({"he", "she"})
BODY = frozenset({"it"})
ANY = frozenset({"they"})
# kinds of actors that "he" and "she" stand for, beside persons whom the gazetteer files under their office
PERSONS = frozenset({"person", "other"})
# how many sentences may stand between two claims of one speaker
REACH = 2


class Turn(NamedTuple):
    """One claim's part in the talk. head: its cue; source and content as in its draft; spoken: words, not thoughts."""

    head: int
    source: Words | None
    content: Sequence[Stretch]
    spoken: bool


class Voice(NamedTuple):
    """Who spoke last. sentence: where; person: None where that is not known."""

    actor: Actor | None
    sentence: int
    person: bool | None


def find_speakers(page: Page, turns: Sequence[Turn]) -> list[Speaker | None]:
    """The speaker of each claim, in the order given (text order of their cues)."""
    parse = page.parse
    found: list[Speaker | None] = []
    last: Voice | None = None
    spoke: dict[str, Actor] = {}
    inner = [
        any(other is not turn and any(start <= turn.head < end for start, end in other.content) for other in turns)
        for turn in turns
    ]
    for turn, nested in zip(turns, inner, strict=True):
        source = turn.source
        if source is None:
            found.append(None)
            continue
        evidence = [page.words(source.start, source.end)]
        head = source.head
        if source.antecedent is not None:
            start, end, head = source.antecedent
            evidence.append(page.words(start, end))
        word = parse.lowers[source.head]
        sentence = parse.sent_of[turn.head]
        actor = actor_of(page, head) or actor_of(page, source.head)
        actor = fuller(page, head, actor, spoke)
        if last is not None and last.actor is not None and not nested and goes_on(word, last, sentence, actor):
            actor = last.actor
        found.append(Speaker(actor=actor.id if actor else None, evidence=tuple(evidence)))
        if actor is not None and actor.id not in spoke:
            spoke[actor.id] = actor
        if turn.spoken and not nested:
            last = Voice(actor, sentence, is_person(page, source.head, actor, word))
    return found


def fuller(page: Page, head: int, actor: Actor | None, spoke: dict[str, Actor]) -> Actor | None:
    """Whom "the Observatory" or "the ministry" means: the speaker before whose longer name holds the word."""
    parse = page.parse
    if actor is None or actor.link is not None or parse.tags[head] not in ("NN", "NNP"):
        return actor
    if not any(parse.lowers[k] == "the" for k in parse.kids(head, "det")) or actor.name.lower() != parse.lowers[head]:
        return actor
    word = parse.lowers[head]
    longer = (
        other
        for other in (*reversed(spoke.values()), *page.layers.actors)
        if other.id != actor.id and other.kind != "person" and word in other.name.lower().split()[1:]
    )
    return next(longer, actor)


def goes_on(word: str, last: Voice, sentence: int, actor: Actor | None) -> bool:
    """Whether a pronoun means whoever spoke last ("The mayor said … He added …").

    "They" may be the people spoken of; it goes on only where nothing else is known.
    """
    if sentence - last.sentence > REACH:
        return False
    if word in ONE:
        return last.person is not False
    if word in BODY:
        return last.person is False
    return word in ANY and actor is None


def is_person(page: Page, head: int, actor: Actor | None, word: str) -> bool | None:
    """Whether the source is one person; None where nothing says so."""
    if word in ONE:
        return True
    if word in BODY:
        return False
    mention = page.mention_headed.get(head)
    if mention is not None and mention.kind != "pronoun":
        return mention.kind == "person"
    return actor.kind in PERSONS if actor is not None else None


def actor_of(page: Page, head: int) -> Actor | None:
    """The actor that a token names: as the head of a mention, else inside one."""
    actor = page.actor_at(head)
    if actor is not None:
        return actor
    mention = page.mention_at[head]
    return page.actor_of.get(mention.id) if mention is not None else None
