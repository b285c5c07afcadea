"""Bring the reports of each incident together: first which reports are copies, then which events are one incident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from sitrep.corroboration.cluster import Judged, incidents
from sitrep.corroboration.copies import chains, find, trace
from sitrep.judge.apply import in_force
from sitrep.judge.choose import decide
from sitrep.model import Apart, Copy, EventAnchor, EventRef, Together
from sitrep.store.judged import choices, find_event
from sitrep.store.view import View
from sitrep.store.writer import Writer


class Text(NamedTuple):
    """A report's text with its day of publication."""

    text: str
    published: str | None


def bring_together(store: str | Path) -> int:
    """Bring the events of all reports together into incidents and store them; how many there are."""
    with View(store) as view:
        texts = {name: Text(text, published) for name, text, published in view.texts()}
        groups = chains(find({name: entry.text for name, entry in texts.items()}))
        made = view.ask(choices)
        found = [decide(incident, made) for incident in incidents(view, judged=judged(view), chains=groups)]
    with Writer(store) as writer:
        writer.write_copies(traced(groups, texts))
        return writer.write_incidents(found)


def judged(view: View) -> Judged:
    """What people have decided about which events are one incident; of two that contradict each other, the later."""
    found = [
        judgement.correction
        for judgement in in_force(view.judgements())
        if judgement.hand == "first" and isinstance(judgement.correction, Together | Apart)
    ]
    if not found:
        return Judged()
    same: set[frozenset[EventRef]] = set()
    different: set[frozenset[EventRef]] = set()
    for entry in found:
        ones = _there(view, entry.events)
        if isinstance(entry, Together):
            pairs = {frozenset(pair) for pair in combinations(ones, 2)}
            same, different = same | pairs, different - pairs
        else:
            pairs = {frozenset((one, other)) for one in ones for other in _there(view, entry.rest)}
            same, different = same - pairs, different | pairs
    return Judged(frozenset(same), frozenset(different))


def _there(view: View, anchors: Iterable[EventAnchor]) -> list[EventRef]:
    """Where the events that were judged stand now; those that are gone are left out."""
    found = (view.ask(lambda connection, anchor=anchor: find_event(connection, anchor)) for anchor in anchors)
    return list(dict.fromkeys(ref for ref in found if ref is not None))


def traced(groups: Mapping[str, str], texts: Mapping[str, Text]) -> Iterable[Copy]:
    """What each copy took over from the report of its group that was published first, and what it added."""
    members: dict[str, list[str]] = {}
    for name, group in groups.items():
        members.setdefault(group, []).append(name)
    for group in sorted(members):
        # a report without a date says nothing about who was first
        first, *others = sorted(members[group], key=lambda name: (texts[name].published or "9999", name))
        for name in sorted(others):
            yield trace(name, texts[name].text, first, texts[first].text)
