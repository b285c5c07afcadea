"""One toll for each group of people, where several words tell of them."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.reading.parse import Parse
from sitrep.reading.quantity_numbers import Number

SINGULAR_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself"})


class Toll(NamedTuple):
    """People of one kind: the token that heads them, their number if one is said, the word that tells the kind."""

    kind: str
    head: int
    number: Number | None
    cue: int
    part_of: int | None = None
    zero: bool = False


def settle(parse: Parse, tolls: list[Toll]) -> list[Toll]:
    """One toll for each group of people: "killed or wounded" is neither, "shot and killed" is killed."""
    by_head: dict[int, list[Toll]] = {}
    for toll in tolls:
        by_head.setdefault(toll.head, []).append(toll)
    found: list[Toll] = []
    for head in sorted(by_head):
        rows = by_head[head]
        kinds = list(dict.fromkeys(row.kind for row in rows))
        first = {kind: next(row for row in rows if row.kind == kind) for kind in kinds}
        strong = [kind for kind in kinds if kind not in {"shot", "casualties"}]
        if not strong:
            found.append(first[kinds[0]])
            continue
        both = "killed" in strong and "injured" in strong
        if both and rows[0].number and any(_coordinated(parse, a, b) for a, b in _cues(parse, rows)):
            found.append(first["killed"]._replace(kind="casualties"))
            strong = [kind for kind in strong if kind not in {"killed", "injured"}]
        if "killed" in strong and "injured" in strong and not rows[0].number:
            strong.remove("injured")
        # a hostage who is killed is counted as killed; the noun alone tells only who they are
        verbal = [kind for kind in strong if first[kind].cue != head]
        found.extend(first[kind] for kind in (verbal or strong))
    return found


def _cues(parse: Parse, rows: list[Toll]) -> list[tuple[int, int]]:
    """Pairs of a word of killing and one of wounding, or one coordinated with it ("dead and injured people")."""
    cues = {kind: [row.cue for row in rows if row.kind == kind] for kind in ("killed", "injured")}
    return [
        (a, b) for a in cues["killed"] for b in (*cues["injured"], *(k for k in parse.kids(a, "conj") if k - a <= 2))
    ]


def _coordinated(parse: Parse, a: int, b: int) -> bool:
    a, b = min(a, b), max(a, b)
    return parse.heads[b] == a or (
        b - a <= 3 and any(parse.lowers[t] in {"or", "and", "and/or", "/"} for t in range(a, b))
    )


def without_the_dying(parse: Parse, tolls: list[Toll]) -> list[Toll]:
    """Tolls without the wounded of whom their own sentence says that they died: "was shot and taken to hospital, where
    he died".
    """
    dead = [toll.head for toll in tolls if toll.kind == "killed" and parse.lowers[toll.head] in SINGULAR_PRONOUNS]
    dying: set[int] = set()
    for pronoun in dead:
        begin = parse.sentence(pronoun)[0]
        hurt = [
            toll.head
            for toll in tolls
            if toll.kind in ("injured", "shot") and toll.number is None and begin <= toll.head < pronoun
        ]
        dying.update(hurt[-1:])
    return [toll for toll in tolls if toll.head not in dying or toll.kind not in ("injured", "shot")]
