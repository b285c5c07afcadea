"""Who is who: looks up names of states, their bodies, organisations, armed groups and office holders.

The entries are YAML files under data/; their compiled form is kept in the user's cache folder under the
digest of the files, so that a start costs a few milliseconds instead of a parse.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from sitrep.cache import cache_folder, keep
from sitrep.gazetteer.actor_entries import (
    ACRONYM,
    ANY_CASE,
    CAPITAL,
    CAPITALS,
    EXACT,
    WORD,
    ActorEntry,
    BodyName,
    Holder,
    Match,
    Name,
    Office,
    Tables,
    Tie,
    valid_at,
)  # fmt: skip
from sitrep.gazetteer.fold import INNER, bare, fold, key, name_words, skeleton

__all__ = [
    "ActorEntry", "ActorGazetteer", "BodyName", "Holder", "Match", "Office", "Tie", "load_actors", "valid_at",
]  # fmt: skip

# raise it with every change of compiled form, so that no old cache is read
_FORMAT = "5"
# words of a name at most; the longest in the files has eleven
_LONGEST = 14
_SHORTEST_SKELETON = 4  # consonants of a name below which agreement is chance
# Jaro-Winkler floors where consonants agree: word by word (hifter and haftar have 0.80, kerry and gorra 0.47),
# or over the whole where words are cut differently (Nureddin, Nour al-Din)
_WORD_FLOOR = 0.78
_JOINED_FLOOR = 0.9
_CLEAR_LEAD = 0.05
_SHOUTED = 4  # words in capitals around a match that make the text one of capitals


class ActorGazetteer:
    """All actors with their lookups. `digest` names the files' content."""

    def __init__(self, tables: Tables, digest: str) -> None:
        self.digest = digest
        self.entries = tables.entries
        self._tables = tables
        self._names = tables.names
        self._by_id = {entry.id: entry for entry in tables.entries}

    def get(self, entry_id: str) -> ActorEntry | None:
        """The entry with this id."""
        return self._by_id.get(entry_id)

    def longest(self, words: Sequence[str], i: int) -> Match | None:
        """The longest name that begins with token i, with everybody who bears it.

        Hyphens and apostrophes standing alone are passed over: "al - Nusra" is "al-Nusra".
        """
        word = words[i]
        if word.isascii():
            if word.isalnum():
                names = self._names.get(word.lower())
            elif len(word) == 1:
                return None
            else:
                names = self._names.get(fold(word))
        else:
            names = self._names.get(fold(word))
        if names is None:
            return None
        return self._longest(words, i, names)

    def _longest(self, words: Sequence[str], i: int, names: tuple[Name, ...]) -> Match | None:
        found: Match | None = None
        form, j, taken = fold(words[i]), i + 1, 1
        if not form:
            return None
        while True:
            if names:
                borne = dict.fromkeys(name.entry for name in names if _written(name, words, i, j))
                if borne:
                    found = Match(j, tuple(self.entries[number] for number in borne))
            while j < len(words) and words[j] in INNER:
                j += 1
            if j >= len(words) or taken >= _LONGEST:
                return found
            form = f"{form} {fold(words[j])}"
            j, taken = j + 1, taken + 1
            following = self._names.get(form)
            if following is None:
                return found
            names = following

    def named(self, name: str) -> tuple[ActorEntry, ...]:
        """Everybody who bears exactly this name, letter case as in `longest`."""
        words = name.translate(_HYPHENS_APART).replace("'s ", " 's ").replace("’s ", " ’s ").split()
        if len(words) > 1 and words[0].lower() == "the":
            del words[0]
        match = self.longest(words, 0) if words else None
        return match.entries if match and match.end == len(words) else ()

    def state(self, name: str) -> str | None:
        """The ISO code of a state or territory by any of its names; None for a self-declared state without code."""
        return self._code(_cased_lookup(self._tables.states, name))

    def demonym(self, word: str) -> str | None:
        """The ISO code behind an adjective or the name of a people: "Libyan", "Syrians", "South Sudanese"."""
        return self._code(self._demonym(word))

    def polity(self, name: str) -> ActorEntry | None:
        """The state, territory or self-declared state behind a name, adjective or name of a people."""
        found = _cased_lookup(self._tables.states, name) or self._demonym(name)
        return self._by_id[found] if found else None

    def longest_demonym(self, words: Sequence[str], i: int) -> tuple[int, ActorEntry] | None:
        """The longest adjective or name of a people that begins with token i: its end and its state."""
        if not words[i][:1].isupper():
            return None
        for end in range(min(len(words), i + 4), i, -1):
            inner = [word for word in words[i:end] if word not in INNER]
            found = self._demonym(" ".join(inner)) if words[end - 1] not in INNER else None
            if found is not None:
                return end, self._by_id[found]
        return None

    def _demonym(self, word: str) -> str | None:
        # "polish", "turkey" and "thai" in small letters are no peoples
        return _cased_lookup(self._tables.demonyms, word) if word[:1].isupper() else None

    def _code(self, entry_id: str | None) -> str | None:
        return entry_id if entry_id is not None and entry_id.isupper() else None

    def body(self, state: str, body: BodyName) -> ActorEntry | None:
        """The government, military or police of a state, by the state's id."""
        return self._by_id.get(f"{state}:{body}")

    def capital_of(self, name: str) -> str | None:
        """The ISO code of the state whose capital has this name ("Damascus said"); None where there is none."""
        return self._code(self._tables.capitals.get(key(name)))

    def metonym(self, name: str) -> ActorEntry | None:
        """The body that a building or quarter stands for: the Kremlin, the Pentagon."""
        found = self._tables.metonyms.get(key(name)) if name != name.lower() else None
        return self._by_id[found] if found else None

    def surname(self, word: str) -> tuple[ActorEntry, ...]:
        """Persons who are called by this surname."""
        return tuple(self.entries[number] for number in self._tables.surnames.get(fold(word), ()))

    def holders(self, body: str, date: str | None = None) -> tuple[Holder, ...]:
        """Who held offices in a body at a date (an ISO prefix), or ever."""
        return tuple(
            holder for holder in self._holders.get(body, ()) if valid_at(holder.office.start, holder.office.end, date)
        )

    def offices(self, person: str, date: str | None = None) -> tuple[Office, ...]:
        """What a person held at a date (an ISO prefix), or ever."""
        entry = self._by_id.get(person)
        return tuple(role for role in entry.roles if valid_at(role.start, role.end, date)) if entry else ()

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[Holder]]:
        found: dict[str, list[Holder]] = {}
        for entry in self.entries:
            for role in entry.roles:
                found.setdefault(role.of, []).append(Holder(entry, role))
        return found

    def fuzzy(self, name: str) -> tuple[ActorEntry, float] | None:
        """The one actor whose name is another transliteration of this one, with a score from 0 to 1.

        Consonants must agree (see `skeleton`), so that vowels, doubled letters and q, k, g may differ, and each word
        must resemble its fellow. A name that two actors could bear gives None, and so does a single word: by its
        consonants Barrel is Borrell and Center is Contras.
        """
        from rapidfuzz.distance import JaroWinkler

        words = name_words(name)
        bones = skeleton(name)
        if len(words) < 2 or len(bones.replace("_", "")) < _SHORTEST_SKELETON:
            return None
        best: dict[str, float] = {}
        for spelled, number in self._tables.skeletons.get(bones, ()):
            spelling, entry = spelled.split(), self.entries[number]
            if len(spelling) == len(words):
                pairs = [JaroWinkler.normalized_similarity(a, b) for a, b in zip(words, spelling, strict=True)]
                score = sum(pairs) / len(pairs) if min(pairs) >= _WORD_FLOOR else 0.0
            else:
                joined = JaroWinkler.normalized_similarity("".join(words), "".join(spelling))
                score = joined if joined >= _JOINED_FLOOR else 0.0
            if score > best.get(entry.id, 0.0):
                best[entry.id] = score
        if not best:
            return None
        first, *others = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        # two candidates this close are no answer
        if others and first[1] - others[0][1] < _CLEAR_LEAD:
            return None
        return self._by_id[first[0]], round(first[1], 3)


_HYPHENS_APART = str.maketrans({"-": " - ", "–": " – ", "/": " / "})


def _cased_lookup(table: Mapping[str, str], name: str) -> str | None:
    """Short names in capitals count only in capitals; see `lookup_form`."""
    found = table.get(key(name))
    return found if found is not None else table.get(bare(name))


def _written(name: Name, words: Sequence[str], i: int, j: int) -> bool:
    """Whether the tokens are written as the name asks."""
    if name.not_after and i and fold(words[i - 1]) in name.not_after:
        return False
    how = name.how
    if how == ANY_CASE:
        return True
    if how in {CAPITAL, CAPITALS}:
        return sum(word[:1].isupper() for word in words[i:j]) >= how
    joined = " ".join(bare(word) for word in words[i:j] if word not in INNER)
    if how == ACRONYM:
        return joined in {name.form, name.form.capitalize()}
    if how == WORD:
        # with its dots it is no everyday word: "U.S." in a headline of capitals
        return joined == name.form and (any("." in word for word in words[i:j]) or not _shouted(words, i, j))
    return joined == name.form or (how == EXACT and joined == name.form.upper() and _shouted(words, i, j))


def _shouted(words: Sequence[str], i: int, j: int) -> bool:
    """Whether the text around the tokens is in capitals."""
    around = [word for word in (*words[max(0, i - 8) : i], *words[j : j + 8]) if len(word) > 1 and word.isalpha()]
    return len(around) >= _SHOUTED and all(word.isupper() for word in around)


def load_actors(folder: Path | None = None, cache: Path | None = None) -> ActorGazetteer:
    """The gazetteer of a folder of YAML files (by default the one in the package).

    The compiled form is read from the cache folder where it is there and sound; else it is made and, where the
    folder can be written, kept. Two processes may do so at once: a file appears whole or not at all.
    """
    root: Traversable = folder or files("sitrep.gazetteer") / "data"
    bodies = dict(_yaml_files(root))
    digest = _digest(bodies)
    kept = (cache or cache_folder()) / f"actors-{_FORMAT}-{digest[:24]}.msgpack"
    tables = _kept_tables(kept)
    if tables is None:
        from sitrep.gazetteer.actor_files import compile_tables

        tables = compile_tables(bodies)
        keep(kept, msgspec.msgpack.encode(tables))
    return ActorGazetteer(tables, digest)


def _yaml_files(root: Traversable) -> Iterator[tuple[str, bytes]]:
    for name in ("states.yaml", "ambiguous.yaml"):
        yield name, (root / name).read_bytes()
    for path in sorted((root / "actors").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".yaml"):
            yield f"actors/{path.name}", path.read_bytes()


def _digest(bodies: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, body in sorted(bodies.items()):
        digest.update(f"{name}\0{len(body)}\0".encode())
        digest.update(body)
    return digest.hexdigest()


def _kept_tables(kept: Path) -> Tables | None:
    """The tables in a cache file; None where it is missing or damaged, since it can be made anew."""
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), type=Tables)
    except (OSError, msgspec.DecodeError):
        return None
