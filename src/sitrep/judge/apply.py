"""Apply judgements to a reading: the record as corrected. The machine's reading stays what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from sitrep.judge import joins, parts, values
from sitrep.judge.draft import Draft
from sitrep.judge.find import find
from sitrep.model import Evidence, Judgement, Merge, Reading, SplitActor, SplitEvent, SplitMention, Undo
from sitrep.model.judgement import AddEvent, AddPart, Reject, ReportCorrection, SetWords

Status = Literal["applied", "moved", "lost"]


class Change(NamedTuple):
    """What a judgement did. before, after: the value in the record's own codes, None for nothing."""

    judgement: Judgement
    status: Status
    before: str | None = None
    after: str | None = None


class Corrected(NamedTuple):
    """A reading as people left it, and what each judgement in force did to it."""

    reading: Reading
    changes: tuple[Change, ...]


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that were not taken back, in their order; undoing an undo brings the judgement back."""
    ordered = list(judgements)
    undone: set[str] = set()
    for judgement in reversed(ordered):
        if isinstance(judgement.correction, Undo) and judgement.id not in undone:
            undone.add(judgement.correction.judgement)
    return [
        judgement for judgement in ordered if judgement.id not in undone and not isinstance(judgement.correction, Undo)
    ]


def apply(reading: Reading, judgements: Sequence[Judgement], *, coder: str | None = None) -> Corrected:
    """The reading as judgements correct it, in their order; later ones win.

    A second coder's judgements are left out, unless `coder` names somebody: then only that person's count.
    """
    counted = [
        judgement
        for judgement in in_force(judgements)
        if isinstance(judgement.correction, ReportCorrection)
        and (judgement.user == coder if coder is not None else judgement.hand == "first")
    ]
    if not counted:
        return Corrected(reading, ())
    draft = Draft(reading)
    changes = tuple(_apply(draft, judgement) for judgement in counted)
    return Corrected(draft.reading(), changes)


def _apply(draft: Draft, judgement: Judgement) -> Change:
    correction, target = judgement.correction, judgement.target
    if isinstance(correction, AddEvent):
        return _outcome(judgement, values.add_event(draft, correction))
    if isinstance(correction, AddPart):
        return _outcome(judgement, parts.add_part(draft, correction))
    found = find(draft, target.layer, target.id, target.words) if target.layer in draft.layers else None
    if found is None:
        return Change(judgement, "lost")
    match correction:
        case Reject():
            draft.drop(target.layer, found.record.id)
            done = values.Done(values.called(draft, target.layer, found.record), None)
        case Merge() | SplitMention() | SplitActor() | SplitEvent():
            done = _join(draft, judgement, found.record)
        case SetWords():
            done = parts.set_words(draft, target.layer, found.record, correction)
        case _:
            done = values.change(draft, target.layer, found.record, correction)
    return _outcome(judgement, done, moved=found.moved)


def _outcome(judgement: Judgement, done: values.Done | None, *, moved: bool = False) -> Change:
    if done is None:
        return Change(judgement, "lost")
    return Change(judgement, "moved" if moved or done.moved else "applied", done.before, done.after)


def _join(draft: Draft, judgement: Judgement, record: Any) -> values.Done | None:  # noqa: ANN401 - a record
    layer, correction = judgement.target.layer, judgement.correction
    before = values.called(draft, layer, record)
    match correction:
        case Merge(others=others):
            found = [find(draft, layer, other.id, other.words) for other in others]
            named = [other for other in found if other is not None]
            if not named:
                return None
            names = " + ".join((before, *(values.called(draft, layer, other.record) for other in named)))
            joins.merge(draft, layer, record, [other.record for other in named])
            moved = any(other.moved for other in named) or len(named) < len(others)
            return values.Done(names, before, moved=moved)
        case SplitMention(at=at):
            # the offset moves with the words of the mention
            shift = _shift(judgement.target.words, record.evidence)
            second = joins.split_mention(draft, record, at + shift)
            if second is None:
                return None
            parts = [draft.layers["mentions"][name] for name in (record.id, second)]
            return values.Done(before, " | ".join(values.called(draft, layer, part) for part in parts))
        case SplitActor(id=name, mentions=mentions):
            found = [find(draft, "mentions", mention.id, mention.words) for mention in mentions]
            named = [mention for mention in found if mention is not None and mention.record.id in record.mentions]
            if not joins.split_actor(draft, record, name, [mention.record for mention in named]):
                return None
            after = f"{before} | {draft.layers['actors'][name].name}"
            return values.Done(before, after, moved=any(mention.moved for mention in named))
        case SplitEvent(id=name, triggers=triggers):
            if not joins.split_event(draft, record, name, triggers):
                return None
            return values.Done(before, f"{before} | {draft.layers['events'][name].trigger.quote}")
        case _:
            return None


def _shift(before: tuple[Evidence, ...], now: tuple[Evidence, ...]) -> int:
    return now[0].start - before[0].start if before and now else 0


def sensitive_names(judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """Names that must not leave, the longest first, so that a part of a name never hides the whole."""
    from sitrep.model.judgement import Sensitive

    names: dict[str, None] = {}
    for judgement in in_force(judgements):
        if isinstance(judgement.correction, Sensitive):
            for name in judgement.correction.names:
                names.pop(name, None)
                if judgement.correction.on:
                    names[name] = None
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def veils(judgements: Iterable[Judgement]) -> list[tuple[str, tuple[Evidence, ...]]]:
    """The words that are covered, each with the id of the judgement that covers them."""
    from sitrep.model.judgement import Veil

    covered: dict[tuple[Evidence, ...], str] = {}
    for judgement in in_force(judgements):
        if isinstance(judgement.correction, Veil):
            covered.pop(judgement.correction.words, None)
            if judgement.correction.on:
                covered[judgement.correction.words] = judgement.id
    return [(name, words) for words, name in covered.items()]
