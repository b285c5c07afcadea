"""What the actor gazetteer holds: entries, their ties and offices, and the names that lead to them."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from sitrep.model.actor import ActorKind
from sitrep.model.span import Record

BodyName = Literal["GOV", "MIL", "POL"]
TieRelation = Literal["part_of", "member_of", "allied_with", "rival_of", "supports"]
# PLOVER 2.0 sectors, with IGO, NGO and ISM of its non-state codes
Sector = Literal[
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "NGO", "ISM",
]  # fmt: skip

# how a name must be written to count
ANY_CASE = 0  # written small in the gazetteer: "peshmerga" also matches "Peshmerga"
CAPITAL = 1  # a word with a capital: "al-Nusra" but not "amal"
CAPITALS = 2  # two of them: "Popular Resistance" but not "Popular resistance", yet "Free Syrian army"
ACRONYM = 3  # capitals, or as the British write it: FARC, Farc
EXACT = 4  # the very letters, or capitals in a text of capitals
WORD = 5  # the very letters, and never in a text of capitals: "IS", "US", "WHO"


class Tie(Record, frozen=True, kw_only=True, gc=False):
    """A dated tie to another actor. relation: what the entry is to `id`."""

    id: str
    relation: TieRelation = "part_of"
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="until", default=None)


class Office(Record, frozen=True, kw_only=True, gc=False):
    """A title held in a body, with its dates as ISO prefixes. of: id of the body."""

    title: str
    of: str
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="until", default=None)


class ActorEntry(Record, frozen=True, kw_only=True, gc=False):
    """One actor of the gazetteer.

    start, end: existence, as ISO date prefixes. state: id of the state that a state or its body belongs to.
    surnames: what a person is called after the first mention. source: where the facts can be checked.
    """

    id: str
    name: str
    kind: ActorKind
    countries: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    sector: Sector | None = None
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="until", default=None)
    parents: tuple[Tie, ...] = ()
    roles: tuple[Office, ...] = ()
    surnames: tuple[str, ...] = ()
    state: str | None = None
    source: str = ""


class Name(Record, frozen=True, array_like=True, gc=False):
    """One way to write an entry's name.

    form: the words as they must be written; how: one of the six ways. not_after: words (in small letters) after
    which it is part of another name: "America" after "Latin".
    """

    entry: int
    form: str
    how: int
    not_after: tuple[str, ...] = ()


class Tables(Record, frozen=True, kw_only=True, gc=False):
    """The compiled gazetteer, as it is cached.

    names: key to names, best first; the beginning of a longer key leads to an empty tuple.
    states, demonyms, capitals: key to state id. metonyms: key to entry id. surnames: key to entry numbers.
    skeletons: consonants of a name (see fold.skeleton) to its words and entry number.
    """

    entries: tuple[ActorEntry, ...]
    names: dict[str, tuple[Name, ...]]
    states: dict[str, str]
    demonyms: dict[str, str]
    capitals: dict[str, str]
    metonyms: dict[str, str]
    surnames: dict[str, tuple[int, ...]]
    skeletons: dict[str, tuple[tuple[str, int], ...]]


class Match(NamedTuple):
    """A name found in a text: the token after its last, and the entries that bear it, best first."""

    end: int
    entries: tuple[ActorEntry, ...]


class Holder(NamedTuple):
    """Who holds an office."""

    person: ActorEntry
    office: Office


def valid_at(start: str | None, end: str | None, date: str | None) -> bool:
    """Whether a period may hold at a date; all are ISO prefixes, compared as far as both are written.

    An unknown bound or date excludes nothing.
    """
    if date is None:
        return True
    if start is not None:
        shared = min(len(start), len(date))
        if date[:shared] < start[:shared]:
            return False
    if end is not None:
        shared = min(len(end), len(date))
        if date[:shared] > end[:shared]:
            return False
    return True
