"""The rows of the actor files, as people write them."""

from __future__ import annotations

import msgspec

from sitrep.gazetteer.actor_entries import BodyName, Office, Sector, Tie
from sitrep.model.actor import ActorKind
from sitrep.model.span import Record


class Spelling(Record, frozen=True, kw_only=True):
    """A name with a condition. cased: only these very letters, unless all the text is in capitals.

    word: the same, and never in a text of capitals, where it could be an everyday word.
    """

    text: str
    cased: bool = False
    word: bool = False


type AnySpelling = str | Spelling


class Metonym(Record, frozen=True, kw_only=True):
    """A building or quarter that stands for a body: the Kremlin said."""

    name: AnySpelling
    of: BodyName = "GOV"


class StateRow(Record, frozen=True, kw_only=True):
    """A state, territory or self-declared state of states.yaml.

    not_after: words after which its names are part of others ("Latin America", "San Salvador").
    id: only where there is no ISO code. within: the state whose recognised territory it is in.
    adjectives, people: "Libyan"; "Libyan, Libyans". bodies: further names of its government, military and police.
    """

    name: str
    source: str
    iso3: str | None = None
    iso2: str | None = None
    numeric: str | None = None
    id: str | None = None
    within: str | None = None
    names: tuple[AnySpelling, ...] = ()
    not_after: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[Metonym, ...] = ()
    bodies: dict[BodyName, tuple[AnySpelling, ...]] = msgspec.field(default_factory=dict)
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="until", default=None)

    @property
    def key(self) -> str:
        """The entry's id: ISO code, or the given id of a self-declared state."""
        return self.iso3 or self.id or ""


class Leader(Record, frozen=True, kw_only=True):
    """Somebody who led an actor, written beside the actor."""

    name: str
    title: str = "leader"
    aliases: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="until", default=None)


class ActorRow(Record, frozen=True, kw_only=True):
    """An actor of actors/*.yaml; the fields are those of `ActorEntry`, names may carry conditions."""

    id: str
    name: str
    kind: ActorKind
    source: str
    countries: tuple[str, ...] = ()
    aliases: tuple[AnySpelling, ...] = ()
    acronyms: tuple[AnySpelling, ...] = ()
    sector: Sector | None = None
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="until", default=None)
    parents: tuple[Tie, ...] = ()
    leaders: tuple[Leader, ...] = ()
    roles: tuple[Office, ...] = ()
    surnames: tuple[str, ...] = ()


class Ambiguity(Record, frozen=True, kw_only=True):
    """A name that several actors bear, best first, and why it stays so."""

    name: str
    ids: tuple[str, ...]
    note: str


def plain(spelling: AnySpelling) -> str:
    """The text of a spelling."""
    return spelling if isinstance(spelling, str) else spelling.text
