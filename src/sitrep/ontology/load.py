"""Ontology: the event types and the shared vocabularies, read from YAML and checked.

Compiling about sixty YAML files takes a second, so the checked result is kept in the user's cache
folder under the digest of its sources; a changed file gives another digest. `SITREP_CACHE` names
another folder. A folder that cannot be written costs time, never the answer.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import msgspec

from sitrep.cache import cache_folder, keep
from sitrep.errors import OntologyError
from sitrep.ontology.check import check_event, check_vocabularies, wrong
from sitrep.ontology.types import EventType, NamedTerm, RoleName
from sitrep.ontology.vocabulary import CameoCode, LightVerb, Ontology

DATA = Path(__file__).parent / "data"
# the code that decides whether a compiled ontology is still right
CODE = ("check.py", "load.py", "source.py", "types.py", "vocabulary.py")


def load_ontology(folder: Path | None = None) -> Ontology:
    """The ontology of a folder, or the shipped one. Raises OntologyError with file and key where it is wrong."""
    return _load(folder or DATA)


@lru_cache(maxsize=4)
def _load(folder: Path) -> Ontology:
    sources = read_sources(folder)
    digest = digest_of(sources)
    key = digest_of({name: (Path(__file__).parent / name).read_bytes() for name in CODE} | {"data": digest.encode()})
    compiled = cache_folder() / f"ontology-{key}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return msgspec.msgpack.decode(compiled.read_bytes(), type=Ontology)
    ontology = compile_ontology(sources, digest)
    keep(compiled, msgspec.msgpack.encode(ontology))
    return ontology


def read_sources(folder: Path) -> dict[str, bytes]:
    """The bytes of every data file of an ontology, by its name below the folder."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for pattern in ("*.yaml", "events/*.yaml", "crosswalks/*")
        for path in folder.glob(pattern)
        if path.is_file()
    }
    if not found:
        raise OntologyError(
            f"Reading the ontology: no data files in {folder.name!r}.",
            todo="Give the folder that holds roles.yaml and events/.",
            file=folder.name,
            key="",
        )
    return dict(sorted(found.items()))


def compile_ontology(sources: dict[str, bytes], digest: str = "") -> Ontology:
    """Parse and check data files. Raises OntologyError at the first that is wrong."""
    ontology = Ontology(
        events=_events(sources),
        parents=_table(sources, "parents.yaml", NamedTerm),
        roles=_table(sources, "roles.yaml", RoleName),
        sectors=_table(sources, "sectors.yaml", NamedTerm),
        quantities=_table(sources, "quantities.yaml", NamedTerm),
        relations=_table(sources, "relations.yaml", NamedTerm),
        light_verbs=_table(sources, "light_verbs.yaml", LightVerb),
        fillers=_read(sources, "fillers.yaml", dict[str, frozenset[str]]),
        plover=_read(sources, "crosswalks/plover.json", dict[str, tuple[str, ...]]),
        contexts=_read(sources, "crosswalks/contexts.json", tuple[str, ...]),
        cameo=_cameo(sources, "crosswalks/cameo.csv"),
        acled=_read(sources, "crosswalks/acled.json", dict[str, tuple[str, ...]]),
        digest=digest or digest_of(sources),
    )
    check_vocabularies(ontology)
    for event in ontology.events.values():
        check_event(event, ontology)
    return ontology


def digest_of(sources: dict[str, bytes]) -> str:
    """A digest of named contents, the same on every machine."""
    total = hashlib.blake2b(digest_size=8)
    for name in sorted(sources):
        total.update(f"{name}\0{len(sources[name])}\0".encode())
        total.update(sources[name])
    return total.hexdigest()


def _events(sources: dict[str, bytes]) -> dict[str, EventType]:
    events: dict[str, EventType] = {}
    for file in sources:
        if not (file.startswith("events/") and file.endswith(".yaml")):
            continue
        raw, stem = _mapping(sources, file), Path(file).stem
        if list(raw) != [stem]:
            raise wrong(file, ", ".join(raw), f"the one top-level key must be the file's name, {stem!r}")
        fields = raw[stem]
        if not isinstance(fields, dict):
            raise wrong(file, stem, "expected the fields of an event type")
        fields = cast("dict[str, Any]", fields)
        for key in ("name", "counter_examples"):
            if key in fields:
                raise wrong(file, f"{stem}.{key}", "not a field here" + (" (write `not`)" if key != "name" else ""))
        if "not" in fields:
            fields["counter_examples"] = fields.pop("not")
        events[stem] = _convert({"name": stem, **fields}, EventType, file, stem)
    return events


def _table[T](sources: dict[str, bytes], file: str, kind: type[T]) -> dict[str, T]:
    return {name: _convert(value, kind, file, name) for name, value in _mapping(sources, file).items()}


def _read[T](sources: dict[str, bytes], file: str, kind: type[T]) -> T:
    return _convert(_parse(sources, file), kind, file)


def _cameo(sources: dict[str, bytes], file: str) -> dict[str, CameoCode]:
    """The CAMEO codes of a CSV table: code, plover_event, mode, context; further columns are ignored."""
    lines = (line for line in _source(sources, file).decode().splitlines() if not line.startswith("#"))
    codes: dict[str, CameoCode] = {}
    for row in csv.DictReader(lines):
        code = row.get("code") or ""
        if not code.isdecimal() or code in codes:
            raise wrong(file, code, "expected one row a code, of digits")
        codes[code] = CameoCode(
            event=row.get("plover_event") or None,
            mode=row.get("mode") or None,
            contexts=tuple(context.strip() for context in (row.get("context") or "").split(";") if context.strip()),
        )
    return codes


def _mapping(sources: dict[str, bytes], file: str) -> dict[str, Any]:
    raw = _parse(sources, file)
    if not isinstance(raw, dict) or not all(isinstance(key, str) for key in cast("dict[object, object]", raw)):
        raise wrong(file, "", "expected a mapping of names")
    return cast("dict[str, Any]", raw)


def _parse(sources: dict[str, bytes], file: str) -> object:
    # a compiled ontology needs no YAML reader, and its import takes longer than reading the compiled one
    from sitrep.ontology.source import parse_yaml

    return parse_yaml(_source(sources, file), file)


def _source(sources: dict[str, bytes], file: str) -> bytes:
    if file not in sources:
        raise wrong(file, "", "the file is missing")
    return sources[file]


def _convert[T](raw: object, kind: type[T], file: str, key: str = "") -> T:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `")
        raise wrong(file, key + where.rstrip("`").removeprefix("$"), what) from error
