"""Codebooks of one's own: a YAML file that says which events are coded, and each column's value by rules.

codebook: Explosive weapons
where: {type: [air_strike, shelling], factuality: [occurred, ongoing], background: [false]}
columns:
  - {name: date, from: date_start, empty: unknown}
  - name: delivery
    from: type
    values: {air_strike: Air-launched, shelling: Ground-launched}
    otherwise: Other
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from sitrep.errors import ExportError
from sitrep.export._cells import Cell, Coded, LeftOut, Listener, Row, Value, table, tabs, values
from sitrep.export._events import EVENTS, Told
from sitrep.export._facts import Facts
from sitrep.export._options import Option
from sitrep.export._sheets import Column
from sitrep.model import Reading
from sitrep.ontology.load import load_ontology

KEYS = {"codebook", "description", "format", "where", "columns"}
COLUMN_KEYS = {"name", "from", "value", "values", "otherwise", "empty", "words", "help", "require", "first"}
FACTUALITY = ("occurred", "ongoing", "planned", "threatened", "hypothetical", "denied", "negated")


class Rule(NamedTuple):
    """How one column gets its value. source: a column of the table of events; constant: a value for every row.

    values: exact values to codes. words: (pattern, code), the first that the source's text holds. otherwise: where
    none fits; None leaves the value as it is. empty: what stands for unknown. require: without it there is no row.
    """

    name: str
    source: Column[Told] | None
    constant: Value
    values: dict[str, Value]
    words: tuple[tuple[re.Pattern[str], Value], ...]
    otherwise: Value
    empty: Value
    require: bool
    help: str


class Codebook:
    """A codebook read from YAML; it is a format like those that come with sitrep."""

    OPTIONS: tuple[Option, ...] = ()

    def __init__(
        self, name: str, description: str, where: dict[str, tuple[str, ...]], rules: tuple[Rule, ...], *, tsv: bool
    ) -> None:
        self.label = name
        self.description = description
        self.suffix = ".tsv" if tsv else ".csv"
        self._where = where
        self._rules = rules

    @cached_property
    def COLUMNS(self) -> tuple[str, ...]:  # noqa: N802 - as the modules of formats call it
        """The names of the columns, in order."""
        return tuple(rule.name for rule in self._rules)

    def write(self, readings: Iterable[Reading], out: BinaryIO, *, listener: Listener | None = None) -> int:
        """Write a header and one row for each event that the codebook takes."""
        rows = values((row for reading in readings for row in self.code(reading)), self.COLUMNS, listener)
        return (tabs if self.suffix == ".tsv" else table)(out, self.COLUMNS, rows)

    def code(self, reading: Reading) -> Coded:
        """The rows of a reading with a rule for each value, and the events that the codebook does not take."""
        facts = Facts(reading)
        fields = {column.name: column for column in EVENTS.columns}
        for event in reading.events:
            told = Told(facts, event)
            cells = {rule.name: coded(rule, told) for rule in self._rules}
            reason = next(
                (
                    f"{name} is {_plain(value) or 'unknown'}, and the codebook takes {', '.join(allowed)}"
                    for name, allowed in self._where.items()
                    if _plain(value := fields[name].value(told)) not in allowed
                ),
                None,
            ) or next(
                (f"{rule.name} is not known, and the codebook asks for it" for rule in self._rules
                 if rule.require and rule.source is not None and rule.source.value(told) is None),
                None,
            )  # fmt: skip
            if reason is not None:
                yield LeftOut(reading.report.source.id, event.id, event.type, event.trigger.quote, reason)
            else:
                yield Row(event.id, reading.report.source.id, (event.id,), cells)


def coded(rule: Rule, told: Told) -> Cell:
    """A cell by its rule, with what the rule decided against."""
    if rule.source is None:
        return Cell(rule.constant, "the codebook's own value for every row")
    value, words = rule.source.value(told), rule.source.words(told)
    plain = _plain(value)
    against = rule.source.rejected(told)
    if value is None:
        return Cell(rule.empty, f"{rule.source.name} is not known", words, against)
    for pattern, code in rule.words:
        if found := pattern.search(plain):
            return Cell(code, f"{rule.source.name} holds the words {found.group()!r}", words, f"{plain}: as it is said")
    if plain in rule.values:
        return Cell(rule.values[plain], f"{rule.source.name} {plain!r} is {rule.values[plain]!r}", words, against)
    if rule.values or rule.words:
        if rule.otherwise is not None:
            return Cell(rule.otherwise, f"{rule.source.name} {plain!r} has no code of its own", words, plain)
        return Cell(
            rule.empty, f"{rule.source.name} {plain!r} has no code, and the codebook gives none for others", words
        )
    return Cell(value, f"{rule.source.name}: {rule.source.help}", words, against)


def _plain(value: Value) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def load(path: Path) -> Codebook:
    """A codebook from a YAML file. Raises ExportError that names the file, the place in it and what would do."""
    import yaml

    try:
        said: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        what = str(error).replace("\n", " ")
        raise ExportError(f"Reading the codebook {path}: {what}.", todo="Give a YAML file.", format=path) from error
    return Loader(path).codebook(said)


class Loader:
    """Checks a codebook as it reads it; every error says where and what would do."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fields = {column.name: column for column in EVENTS.columns}

    def wrong(self, where: str, what: str, todo: str) -> ExportError:
        """An error at a place of the file."""
        return ExportError(
            f"Reading the codebook {self.path}: {where}: {what}.", todo=todo, format=self.path, key=where
        )

    def known(self, name: object, names: Iterable[str], where: str, kind: str) -> str:
        """A name that must be one of some; the nearest is offered where it is none."""
        names = list(names)
        if isinstance(name, str) and name in names:
            return name
        near = get_close_matches(str(name), names, n=1)
        todo = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(sorted(names))}."
        raise self.wrong(where, f"there is no {kind} {name!r}", todo)

    def mapping(self, said: Any, where: str, keys: set[str]) -> dict[str, Any]:  # noqa: ANN401 - YAML
        """A mapping with known keys alone."""
        if not isinstance(said, dict):
            raise self.wrong(
                where, "this must be a mapping of names to values", "See samples/codebooks for two examples."
            )
        found = cast("dict[object, Any]", said)
        return {self.known(key, keys, where, "key"): value for key, value in found.items()}

    def codebook(self, said: Any) -> Codebook:  # noqa: ANN401 - YAML
        """The whole file."""
        found = self.mapping(said, "the file", KEYS)
        for key in ("codebook", "columns"):
            if not found.get(key):
                raise self.wrong("the file", f"the key {key!r} is missing", "A codebook has a name and columns.")
        columns = found["columns"]
        if not isinstance(columns, list):
            raise self.wrong("columns", "this must be a list", "Write each column after a dash.")
        rules = tuple(self.rule(one, f"columns[{n}]") for n, one in enumerate(cast("list[Any]", columns), start=1))
        names = [rule.name for rule in rules]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise self.wrong("columns", f"the name {twice!r} stands twice", "Give each column a name of its own.")
        kind = self.known(found.get("format", "csv"), ("csv", "tsv"), "format", "format of files")
        return Codebook(
            str(found["codebook"]), str(found.get("description") or f"the codebook {found['codebook']}"),
            self.where(found.get("where") or {}), rules, tsv=kind == "tsv",
        )  # fmt: skip

    def where(self, said: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - YAML
        """Which events are taken: names of columns with the values that pass."""
        found = self.mapping(said, "where", set(self.fields))
        taken: dict[str, tuple[str, ...]] = {}
        for name, allowed in found.items():
            listed: list[Any] = cast("list[Any]", allowed) if isinstance(allowed, list) else [allowed]
            taken[name] = tuple(_plain(value) for value in listed)
            for value in taken[name]:
                if name == "type":
                    self.known(value, load_ontology().events, "where.type", "event type")
                if name == "factuality":
                    self.known(value, FACTUALITY, "where.factuality", "factuality")
        return taken

    def rule(self, said: Any, where: str) -> Rule:  # noqa: ANN401 - YAML
        """One column."""
        found = self.mapping(said, where, COLUMN_KEYS)
        name = found.get("name")
        if not isinstance(name, str) or not name:
            raise self.wrong(where, "the column has no name", "Give it one: name: ...")
        where = f"{where} ({name})"
        if ("from" in found) == ("value" in found):
            raise self.wrong(where, "a column takes its value from either 'from' or 'value'", "Give one of the two.")
        source = (
            self.fields[self.known(found["from"], self.fields, f"{where}.from", "field")] if "from" in found else None
        )
        said_values: Any = found.get("values") or {}
        if not isinstance(said_values, dict):
            raise self.wrong(f"{where}.values", "this must be a mapping", "Write: values: {air_strike: Aerial}.")
        mapped = cast("dict[Value, Value]", said_values)
        if source is not None and source.name == "type":
            for value in mapped:
                self.known(value, load_ontology().events, f"{where}.values", "event type")
        return Rule(
            name, source, found.get("value"), {_plain(key): value for key, value in mapped.items()},
            tuple(self.words(found.get("words") or {}, where)), found.get("otherwise"), found.get("empty"),
            bool(found.get("require")), str(found.get("help") or ""),
        )  # fmt: skip

    def words(self, said: Any, where: str) -> Iterable[tuple[re.Pattern[str], Value]]:  # noqa: ANN401 - YAML
        """Codes by words: each a pattern that the source's text may hold, whatever its case."""
        if not isinstance(said, dict):
            raise self.wrong(
                f"{where}.words", "this must be a mapping of words to codes", "Write: words: {drone: UAV}."
            )
        for pattern, code in cast("dict[object, Value]", said).items():
            try:
                yield re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), code
            except re.error as error:
                raise self.wrong(
                    f"{where}.words", f"{pattern!r} is no pattern ({error})", "Give words, or a regular expression."
                ) from error
