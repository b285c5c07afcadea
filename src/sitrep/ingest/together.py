"""Bring the reports of each incident together: first which reports are copies, then which events are one incident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from sitrep.corroboration.cluster import incidents
from sitrep.corroboration.copies import chains, find, trace
from sitrep.model import Copy
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
        found = incidents(view, chains=groups)
    with Writer(store) as writer:
        writer.write_copies(traced(groups, texts))
        return writer.write_incidents(found)


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
