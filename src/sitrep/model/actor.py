"""Who acts in a report."""

from __future__ import annotations

from typing import Literal

import msgspec

from sitrep.model.span import Evidence, Record

ActorKind = Literal[
    "state", "government", "military", "police", "armed_group", "militia", "party", "igo", "ngo", "media",
    "company", "ethnic_group", "civilians", "person", "other",
]  # fmt: skip


class ActorLink(Record, frozen=True, kw_only=True):
    """The gazetteer's entry for an actor. score: 0 to 1."""

    id: str
    score: float


class ActorRole(Record, frozen=True, kw_only=True):
    """A title that an actor holds in another actor's body, dated where the report or gazetteer says.

    of: id of an actor of the same reading. from, to: ISO date prefixes (2016, 2016-08, 2016-08-01).
    """

    title: str
    of: str | None
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="to", default=None)
    evidence: tuple[Evidence, ...] = ()


class Actor(Record, frozen=True, kw_only=True):
    """Somebody in a report, with every mention of them.

    link is null where the gazetteer knows nobody who fits: an honest answer, not an error.
    countries: ISO 3166 alpha-3 codes. sector: PLOVER sector code, where known.
    """

    id: str
    name: str
    kind: ActorKind
    countries: tuple[str, ...]
    aliases: tuple[str, ...]
    mentions: tuple[str, ...]
    link: ActorLink | None
    roles: tuple[ActorRole, ...] = ()
    sector: str | None = None
