"""Merging and splitting of what one report names: mentions, actors, events and the like."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec

from sitrep.judge.draft import Draft
from sitrep.judge.find import locate
from sitrep.model import Actor, Argument, Event, Evidence, Mention
from sitrep.model.codec import digest

# mentions this near to each other are one stretch of words
NEAR = 40


def merge(draft: Draft, layer: str, record: Any, others: list[Any]) -> None:  # noqa: ANN401 - records of the model
    """The others become the record; what referred to them refers to it."""
    others = [other for other in others if other.id != record.id]
    for other in others:
        record = _joined(draft, layer, record, other)
    gone = {other.id for other in others}
    draft.put(layer, record)
    for name in gone:
        draft.layers[layer].pop(name, None)
    draft.rename(lambda name: record.id if name in gone else name)
    if layer == "events":
        event = draft.layers["events"][record.id]
        draft.change("events", event, causes=tuple(name for name in event.causes if name != event.id))


def _joined(draft: Draft, layer: str, one: Any, other: Any) -> Any:  # noqa: ANN401 - as above
    match layer:
        case "mentions":
            return _mentions(draft, one, other)
        case "actors":
            return msgspec.structs.replace(
                one,
                mentions=_once(one.mentions, other.mentions),
                aliases=_once(one.aliases, tuple(name for name in (other.name, *other.aliases) if name != one.name)),
                roles=_once(one.roles, other.roles),
                countries=one.countries or other.countries,
                link=one.link or other.link,
            )
        case "events":
            return _events(one, other)
        case "places":
            return msgspec.structs.replace(one, mentions=_once(one.mentions, other.mentions))
        case _:
            parts = tuple(sorted(_once(one.evidence, other.evidence)))
            return msgspec.structs.replace(one, evidence=parts)


def _mentions(draft: Draft, one: Mention, other: Mention) -> Mention:
    parts = sorted((*one.evidence, *other.evidence))
    start, end = parts[0].start, max(part.end for part in parts)
    apart = sum(max(0, b.start - a.end) for a, b in pairwise(parts))
    whole = apart <= NEAR and "\n\n" not in draft.text[start:end]
    return msgspec.structs.replace(
        one, evidence=(draft.evidence(start, end),) if whole else tuple(dict.fromkeys(parts))
    )


def _events(one: Event, other: Event) -> Event:
    said = {(part.role, part.actor, part.place, part.text) for part in one.arguments}
    added = tuple(part for part in other.arguments if (part.role, part.actor, part.place, part.text) not in said)
    return msgspec.structs.replace(
        one,
        triggers=tuple(sorted(_once(one.triggers, other.triggers))),
        evidence=tuple(sorted(_once(one.evidence, other.evidence))),
        arguments=(*one.arguments, *added),
        place=one.place or other.place,
        time=one.time or other.time,
        weapon=one.weapon or other.weapon,
        quantities=_once(one.quantities, other.quantities),
        claims=_once(one.claims, other.claims),
        causes=_once(one.causes, other.causes),
        headline=one.headline or other.headline,
    )


def _once[T](one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return (*one, *(part for part in other if part not in one))


def split_mention(draft: Draft, mention: Mention, at: int) -> str | None:
    """A mention becomes two at an offset; the id of the second, None where the offset is not inside it."""
    whole = next((part for part in mention.evidence if part.start < at < part.end), None)
    if whole is None:
        return None
    left, right = _trimmed(draft, whole.start, at), _trimmed(draft, at, whole.end)
    if left is None or right is None:
        return None
    before = tuple(left if part == whole else part for part in mention.evidence if part.start <= whole.start)
    after = (right, *(part for part in mention.evidence if part.start > whole.start))
    second = msgspec.structs.replace(
        mention, id="m" + digest(mention.id, "split", at), evidence=after, head=_head(mention, right)
    )
    draft.change("mentions", mention, evidence=before, head=_head(mention, left))
    draft.put("mentions", second)
    for layer in ("actors", "places"):
        for record in list(draft.layers[layer].values()):
            if mention.id in record.mentions:
                draft.change(layer, record, mentions=(*record.mentions, second.id))
    return second.id


def _trimmed(draft: Draft, start: int, end: int) -> Evidence | None:
    words = draft.text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return draft.evidence(start, end) if start < end else None


def _head(mention: Mention, part: Evidence) -> Evidence:
    head = mention.head
    return head if part.start <= head.start and head.end <= part.end else part


def split_actor(draft: Draft, actor: Actor, name: str, mentions: list[Mention]) -> bool:
    """These mentions of an actor become somebody else, with what is said of them; whether it could be so."""
    gone = {mention.id for mention in mentions}
    kept = tuple(mention for mention in actor.mentions if mention not in gone)
    if not gone or not kept:
        return False
    spans = [part for mention in mentions for part in mention.evidence]
    best = next((mention for mention in mentions if mention.form == "name"), mentions[0])
    new = msgspec.structs.replace(
        actor,
        id=name,
        name=best.evidence[0].quote,
        mentions=tuple(mention.id for mention in mentions),
        aliases=(),
        link=None,
        roles=tuple(role for role in actor.roles if _over(role.evidence, spans)),
    )
    draft.change("actors", actor, mentions=kept, roles=tuple(role for role in actor.roles if role not in new.roles))
    draft.put("actors", new)
    for event in list(draft.layers["events"].values()):
        arguments = tuple(
            msgspec.structs.replace(part, actor=name)
            if part.actor == actor.id and _over(part.evidence, spans)
            else part
            for part in event.arguments
        )
        draft.change("events", event, arguments=arguments)
    for claim in list(draft.layers["claims"].values()):
        speaker = claim.speaker
        if speaker and speaker.actor == actor.id and _over(speaker.evidence, spans):
            draft.change("claims", claim, speaker=msgspec.structs.replace(speaker, actor=name))
    return True


def _over(one: tuple[Evidence, ...], other: list[Evidence]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in other)


def split_event(draft: Draft, event: Event, name: str, triggers: tuple[Evidence, ...]) -> bool:
    """These triggers become another event, with what their sentences say; whether it could be so."""
    located = locate(draft.text, triggers)
    if located is None:
        return False
    moved = tuple(part for part in event.triggers if part in located.words)
    kept = tuple(part for part in event.triggers if part not in moved)
    if not moved or not kept:
        return False
    there = draft.sentences_of(moved)
    here = tuple(part for part in event.evidence if _over((part,), list(kept))) or draft.sentences_of(kept)

    def only(parts: tuple[Evidence, ...], sentences: tuple[Evidence, ...]) -> bool:
        others = here if sentences is there else there
        return _over(parts, list(sentences)) and not _over(parts, list(others))

    figures = draft.layers["quantities"]

    def arguments(other: tuple[Evidence, ...]) -> tuple[Argument, ...]:
        return tuple(part for part in event.arguments if not only(part.evidence, other))

    def quantities(other: tuple[Evidence, ...]) -> tuple[str, ...]:
        return tuple(q for q in event.quantities if q not in figures or not only(figures[q].evidence, other))

    draft.put(
        "events",
        msgspec.structs.replace(
            event,
            id=name,
            trigger=moved[0],
            triggers=moved,
            evidence=there,
            headline=False,
            arguments=arguments(here),
            quantities=quantities(here),
        ),
    )
    draft.change(
        "events",
        event,
        trigger=kept[0],
        triggers=kept,
        evidence=here,
        arguments=arguments(there),
        quantities=quantities(there),
    )
    return True
