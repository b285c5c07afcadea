"""The gazetteer's YAML files, read, checked and compiled into tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import msgspec
import yaml

from sitrep.errors import GazetteerError
from sitrep.gazetteer.actor_entries import ActorEntry, BodyName, Office, Sector, Tables, Tie
from sitrep.gazetteer.actor_names import Namer
from sitrep.gazetteer.actor_rows import ActorRow, Ambiguity, StateRow, plain
from sitrep.gazetteer.fold import key
from sitrep.model.actor import ActorKind

STATES = "states.yaml"
AMBIGUOUS = "ambiguous.yaml"

_ID = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*\Z")
_CODE = re.compile(r"[A-Z]{3}\Z")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?\Z")
_BODIES: dict[BodyName, tuple[str, ActorKind, Sector]] = {
    "GOV": ("Government of {}", "government", "GOV"),
    "MIL": ("Military of {}", "military", "MIL"),
    "POL": ("Police of {}", "police", "COP"),
}


class _Loader(yaml.CSafeLoader):
    """YAML in which all scalars are text but true and false, and a key stands once."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (the parent's own shape)
        letter: [("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"))] for letter in "tf"
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for name, _ in node.value:
            if name.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {name.value!r} stands twice", name.start_mark)
            seen.add(name.value)
        return super().construct_mapping(node, deep=deep)


def compile_tables(files: Mapping[str, bytes]) -> Tables:
    """The tables of a set of files, by their paths below the gazetteer's folder."""
    states = _rows(STATES, files[STATES], StateRow, "name")
    ambiguities = _rows(AMBIGUOUS, files[AMBIGUOUS], Ambiguity, "name")
    actors = {
        path: _rows(path, body, ActorRow, "id")
        for path, body in sorted(files.items())
        if PurePath(path).parts[0] == "actors"
    }
    entries = _Checker(states, actors).entries()
    namer = Namer(entries)
    for row in ambiguities:
        namer.share(row.name, row.ids)
    for rows in actors.values():
        for row in rows:
            for spelling in row.aliases:
                namer.add(row.id, spelling)
            for spelling in row.acronyms:
                namer.add(row.id, spelling, acronym=True)
    for row in states:
        namer.add_state(row)
    return namer.tables()


def _rows[Row](path: str, body: bytes, kind: type[Row], label: str) -> list[Row]:
    """The rows of a file, each checked, with the row's own name in the error."""
    try:
        rows: object = yaml.load(body, Loader=_Loader)  # noqa: S506 (a safe loader underneath)
    except yaml.YAMLError as error:
        raise GazetteerError(f"{path} is not the YAML we read: {error}", todo="Correct the file.", file=path) from error
    if not isinstance(rows, list):
        raise GazetteerError(f"{path} is not a list.", todo="Begin each entry with '- '.", file=path)
    found: list[Row] = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(msgspec.convert(row, kind))
        except msgspec.ValidationError as error:
            name = row.get(label, f"entry {number}") if isinstance(row, dict) else f"entry {number}"
            raise _wrong(path, str(name), str(error)) from error
    return found


def _wrong(path: str, name: str, what: str) -> GazetteerError:
    return GazetteerError(f"{path}, {name}: {what}", todo="Correct the entry.", file=path, key=name)


class _Checker:
    """Rows to entries: derives bodies and leaders, checks ids, dates and references."""

    def __init__(self, states: list[StateRow], actors: Mapping[str, list[ActorRow]]) -> None:
        self.states = states
        self.actors = actors
        self.found: dict[str, ActorEntry] = {}
        self.file_of: dict[str, str] = {}

    def entries(self) -> dict[str, ActorEntry]:
        """All entries by id."""
        for row in self.states:
            self._add_state(row)
        for path, rows in self.actors.items():
            for row in rows:
                self._add(path, self._entry(path, row))
        self._add_leaders()
        for entry in self.found.values():
            self._check(entry)
        return self.found

    def _add(self, path: str, entry: ActorEntry) -> None:
        if entry.id in self.found:
            raise _wrong(path, entry.id, f"the id stands in {self.file_of[entry.id]} already")
        self.found[entry.id] = entry
        self.file_of[entry.id] = path

    def _add_state(self, row: StateRow) -> None:
        if row.iso3 is not None and not _CODE.match(row.iso3):
            raise _wrong(STATES, row.name, f"{row.iso3!r} is no ISO 3166 alpha-3 code")
        if (row.iso3 is None) == (row.id is None):
            raise _wrong(STATES, row.name, "give either iso3 or id")
        if row.id is not None and (not _ID.match(row.id) or row.within is None):
            raise _wrong(STATES, row.name, "an entry without code needs an id in small letters and 'within'")
        countries = (row.iso3,) if row.iso3 else (row.within or "",)
        spelled = tuple(plain(name) for name in row.names)
        sector: Sector | None = None if row.iso3 else "PRE"
        state = ActorEntry(
            id=row.key, name=row.name, kind="state", countries=countries, aliases=spelled, sector=sector,
            start=row.start, end=row.end, state=row.key, source=row.source,
        )  # fmt: skip
        self._add(STATES, state)
        for body, (title, kind, code) in _BODIES.items():
            self._add(
                STATES,
                ActorEntry(
                    id=f"{row.key}:{body}", name=title.format(row.name), kind=kind, countries=countries,
                    aliases=tuple(plain(name) for name in row.bodies.get(body, ())), sector=code, start=row.start,
                    end=row.end, parents=(Tie(id=row.key),), state=row.key, source=row.source,
                ),
            )  # fmt: skip

    def _entry(self, path: str, row: ActorRow) -> ActorEntry:
        if not _ID.match(row.id):
            raise _wrong(path, row.id, "an id has small letters, digits and single underscores")
        if row.kind != "person" and (row.roles or row.surnames):
            raise _wrong(path, row.id, "only a person has roles and surnames")
        countries = row.countries
        if not countries and row.kind == "person":
            countries = tuple(dict.fromkeys(code for role in row.roles for code in self._countries(role.of)))
        return ActorEntry(
            id=row.id, name=row.name, kind=row.kind, countries=countries, aliases=tuple(map(plain, row.aliases)),
            acronyms=tuple(map(plain, row.acronyms)), sector=row.sector, start=row.start, end=row.end,
            parents=row.parents, roles=row.roles, surnames=row.surnames, source=row.source,
        )  # fmt: skip

    def _countries(self, body: str) -> tuple[str, ...]:
        known = self.found.get(body)
        return known.countries if known and known.kind in {"state", "government", "military", "police"} else ()

    def _add_leaders(self) -> None:
        """Makes persons of the leaders written beside groups; one name is one person, whatever they led."""
        known = {
            key(name): entry.id
            for entry in self.found.values()
            if entry.kind == "person"
            for name in (*entry.aliases, entry.name)
        }
        for path, rows in self.actors.items():
            for row in rows:
                for leader in row.leaders:
                    office = Office(title=leader.title, of=row.id, start=leader.start, end=leader.end)
                    name = key(leader.name)
                    person = self.found.get(known.get(name, ""))
                    if person is None:
                        person = ActorEntry(
                            id=name.replace(" ", "_").replace("-", "_"), name=leader.name, kind="person",
                            countries=row.countries[:1], source=row.source,
                        )  # fmt: skip
                        self._add(path, person)
                        known[name] = person.id
                    self.found[person.id] = msgspec.structs.replace(
                        person,
                        roles=(*person.roles, office),
                        aliases=tuple(dict.fromkeys((*person.aliases, *leader.aliases))),
                        surnames=tuple(dict.fromkeys((*person.surnames, *leader.surnames))),
                    )

    def _check(self, entry: ActorEntry) -> None:
        path = self.file_of[entry.id]
        if entry.state is None and not _ID.match(entry.id):
            raise _wrong(path, entry.id, "an id has small letters, digits and single underscores")
        if not entry.source.strip():
            raise _wrong(path, entry.id, "names no source")
        for code in entry.countries:
            if code not in self.found or not _CODE.match(code):
                raise _wrong(path, entry.id, f"country {code!r} is not in {STATES}")
        for span in (entry, *entry.parents, *entry.roles):
            for date in (span.start, span.end):
                if date is not None and not _DATE.match(date):
                    raise _wrong(path, entry.id, f"{date!r} is no date (2016, 2016-08 or 2016-08-01)")
            if span.start and span.end and span.start[: len(span.end)] > span.end[: len(span.start)]:
                raise _wrong(path, entry.id, f"ends ({span.end}) before it begins ({span.start})")
        for other in (*(tie.id for tie in entry.parents), *(role.of for role in entry.roles)):
            if other not in self.found:
                raise _wrong(path, entry.id, f"nobody has the id {other!r}")
            if other == entry.id:
                raise _wrong(path, entry.id, "is tied to itself")
