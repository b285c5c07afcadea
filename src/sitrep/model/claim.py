"""Who said what."""

from __future__ import annotations

from typing import Literal

from sitrep.model.span import Evidence, Record

ClaimKind = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "denies", "confirms", "accuses", "promises", "warns", "declines", "unknown"]


class Speaker(Record, frozen=True, kw_only=True):
    """Who is said to have said it. actor: actor id, null for a source that names nobody known."""

    actor: str | None
    evidence: tuple[Evidence, ...]


class Claim(Record, frozen=True, kw_only=True):
    """A statement and who made it.

    speaker is null where the report hides it ("it was said"). cue: the words of saying.
    content: what is said, several spans where the cue stands in its middle.
    about: ids of the events, quantities and claims that it speaks of. score: how sure it is that somebody says this:
    highest where rules and trained reader both find it, lower where one of them does; null where rules read alone.
    """

    id: str
    speaker: Speaker | None
    cue: tuple[Evidence, ...]
    content: tuple[Evidence, ...]
    kind: ClaimKind
    stance: Stance
    about: tuple[str, ...]
    score: float | None = None
