"""All names of all actors, sorted into the dictionaries that reading looks them up in."""

from __future__ import annotations

from collections.abc import Mapping

from sitrep.errors import GazetteerError
from sitrep.gazetteer.actor_entries import (
    ACRONYM,
    ANY_CASE,
    CAPITAL,
    CAPITALS,
    EXACT,
    WORD,
    ActorEntry,
    BodyName,
    Name,
    Tables,
)
from sitrep.gazetteer.actor_rows import AnySpelling, StateRow
from sitrep.gazetteer.fold import PARTICLES, bare, fold, forms, key, name_words, pieces, skeleton

# how newspapers call a state's bodies, {} being an adjective or a name ("Libyan", "Libya’s")
_OF_ADJECTIVE: dict[BodyName, tuple[str, ...]] = {
    "GOV": ("{} government", "{} authorities", "{} regime"),
    "MIL": ("{} military", "{} armed forces", "{} army", "{} air force", "{} navy"),
    "POL": ("{} police", "{} national police", "{} police force"),
}
_OF_NAME: dict[BodyName, tuple[str, ...]] = {
    "GOV": ("{}'s government", "{} government", "government of {}"),
    "MIL": ("{}'s military", "{}'s armed forces", "{}'s army", "armed forces of {}"),
    "POL": ("{}'s police",),
}
# the British write only longer acronyms like names ("Nato", "Farc"); "Who" and "Pen" stay words
_TITLED = 4


def lookup_form(name: str) -> str:
    """The key of a state's name or demonym: names in capitals keep them, so that "US" is not "us"."""
    joined = " ".join(pieces(name))
    return joined if joined.isupper() and len(joined) <= 3 else joined.casefold()


class Namer:
    """Collects names, refuses those that two actors share unless the sharing is declared, and gives the tables."""

    def __init__(self, entries: Mapping[str, ActorEntry]) -> None:
        self.entries = entries
        self.numbers = {entry_id: number for number, entry_id in enumerate(entries)}
        self.names: dict[str, dict[str, list[Name]]] = {}
        self.derived: dict[str, dict[str, list[Name]]] = {}
        self.shared: dict[str, tuple[str, ...]] = {}
        self.states: dict[str, str] = {}
        self.demonyms: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.metonyms: dict[str, str] = {}
        self.barred: tuple[str, ...] = ()
        for entry in entries.values():
            if entry.kind == "person":
                for name in (entry.name, *entry.aliases):
                    self.add(entry.id, name)
            elif entry.state is None:
                self.add(entry.id, entry.name)

    def share(self, name: str, ids: tuple[str, ...]) -> None:
        """Declares that these actors bear the same name, the likeliest first."""
        for entry_id in ids:
            if entry_id not in self.entries:
                raise _ambiguous(name, f"nobody has the id {entry_id!r}")
        self.shared[key(name)] = ids

    def add(self, entry_id: str, spelling: AnySpelling, *, acronym: bool = False) -> None:
        """Adds a name of an entry."""
        self._add(self.names, entry_id, spelling, acronym=acronym)

    def _add(
        self, names: dict[str, dict[str, list[Name]]], entry_id: str, spelling: AnySpelling, *, acronym: bool = False
    ) -> None:
        text, cased, word = (
            (spelling, False, False) if isinstance(spelling, str) else (spelling.text, spelling.cased, spelling.word)
        )
        for form in forms(text):
            # "U.S." may stand where "US" may not
            dotted = form.isupper() and "." in text
            how = WORD if word or dotted else EXACT if cased else _how(form, acronym=acronym or form.isupper())
            name = Name(self.numbers[entry_id], form if how >= ACRONYM else "", how, self.barred)
            same = names.setdefault(form.casefold(), {}).setdefault(entry_id, [])
            if name not in same:
                same.append(name)

    def add_state(self, row: StateRow) -> None:
        """Adds a state's names, demonyms, capitals, metonyms, and the names of its bodies."""
        code = row.key
        self.barred = tuple(fold(word) for word in row.not_after)
        for name in (row.name, *row.names):
            self.add(code, name)
        self.barred = ()
        texts = [row.name, *(name if isinstance(name, str) else name.text for name in row.names)]
        for text in texts:
            self._claim(self.states, lookup_form(text), code, text)
        for word in (*row.adjectives, *row.people):
            self._claim(self.demonyms, lookup_form(word), code, word)
        for capital in row.capitals:
            self.capitals.setdefault(key(capital), code)
        for metonym in row.metonyms:
            text = metonym.name if isinstance(metonym.name, str) else metonym.name.text
            self.add(f"{code}:{metonym.of}", metonym.name)
            self._claim(self.metonyms, key(text), f"{code}:{metonym.of}", text)
        for body, spellings in row.bodies.items():
            for spelling in spellings:
                self.add(f"{code}:{body}", spelling)
        for body, patterns in _OF_ADJECTIVE.items():
            for adjective in row.adjectives:
                for pattern in patterns:
                    self._add(self.derived, f"{code}:{body}", pattern.format(adjective))
        for body, patterns in _OF_NAME.items():
            for text in texts:
                for pattern in patterns:
                    self._add(self.derived, f"{code}:{body}", pattern.format(text))

    def _claim(self, table: dict[str, str], form: str, entry_id: str, name: str) -> None:
        """Gives a key to its state; a declared sharing decides between two."""
        other = table.get(form)
        if other is None or other == entry_id:
            table[form] = entry_id
            return
        ids = self.shared.get(form.casefold(), ())
        if other not in ids or entry_id not in ids:
            raise _ambiguous(name, f"stands for {other} and {entry_id}")
        table[form] = min(other, entry_id, key=ids.index)

    def tables(self) -> Tables:
        """The tables of everything added."""
        found: dict[str, tuple[Name, ...]] = {}
        used: set[str] = set()
        for form, by_id in self.names.items():
            found[form] = self._ranked(form, by_id, used)
        stale = [name for name in self.shared if name not in used and name not in self.demonyms]
        if stale:
            raise _ambiguous(stale[0], "is declared, but no two actors bear it")
        for form, by_id in self.derived.items():
            # a name written in the files outdoes one made by pattern
            if form not in found:
                found[form] = tuple(name for same in by_id.values() for name in same)
        for form in list(found):
            words = form.split(" ")
            for count in range(1, len(words)):
                found.setdefault(" ".join(words[:count]), ())
        return Tables(
            entries=tuple(self.entries.values()), names=found, states=self.states, demonyms=self.demonyms,
            capitals=self.capitals, metonyms=self.metonyms, surnames=self._surnames(), skeletons=self._skeletons(),
        )  # fmt: skip

    def _ranked(self, form: str, by_id: dict[str, list[Name]], used: set[str]) -> tuple[Name, ...]:
        if len(by_id) == 1:
            return tuple(name for same in by_id.values() for name in same)
        shared = form.replace("-", " ")
        ids = self.shared.get(shared, ())
        missing = [entry_id for entry_id in by_id if entry_id not in ids]
        if missing:
            raise _ambiguous(form, f"stands for {', '.join(sorted(by_id))}")
        used.add(shared)
        return tuple(name for entry_id in ids for name in by_id.get(entry_id, ()))

    def _surnames(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for entry in self.entries.values():
            if entry.kind != "person":
                continue
            words = entry.surnames or tuple(_last(name) for name in (entry.name, *entry.aliases))
            for word in dict.fromkeys(fold(bare(word)) for name in words for word in (key(name), _last(name))):
                found.setdefault(word, []).append(self.numbers[entry.id])
        return {word: tuple(numbers) for word, numbers in found.items()}

    def _skeletons(self) -> dict[str, tuple[tuple[str, int], ...]]:
        found: dict[str, list[tuple[str, int]]] = {}
        for entry in self.entries.values():
            if entry.state is None:
                for name in dict.fromkeys((entry.name, *entry.aliases)):
                    words = name_words(name)
                    if len(words) > 1:
                        found.setdefault(skeleton(name), []).append((" ".join(words), self.numbers[entry.id]))
        return {bones: tuple(names) for bones, names in found.items()}


def _last(name: str) -> str:
    return pieces(name)[-1]


def _how(form: str, *, acronym: bool) -> int:
    """How strictly a name without conditions must be written, by its own capitals."""
    if form == form.casefold():
        return ANY_CASE
    if acronym and " " not in form:
        return ACRONYM if len(form) >= _TITLED else EXACT
    capitals = sum(word[0].isupper() and word.casefold() not in PARTICLES for word in form.split())
    return CAPITALS if capitals > 1 else CAPITAL


def _ambiguous(name: str, what: str) -> GazetteerError:
    return GazetteerError(
        f"The name {name!r} {what}.",
        todo="Say in ambiguous.yaml whose it is, or drop it from one of them.",
        file="ambiguous.yaml",
        key=name,
    )
