"""The ontology loads, is checked, and is compiled once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitrep.cache import cache_folder
from sitrep.errors import OntologyError
from sitrep.ontology import load
from sitrep.ontology.load import DATA, compile_ontology, digest_of, load_ontology, read_sources
from sitrep.ontology.source import parse_yaml
from sitrep.ontology.types import VerbTrigger

# the first set of event types that a record may name
FIRST = (
    "air_strike shelling missile_strike bombing suicide_bombing mine_explosion chemical_attack armed_clash ground_attack "
    "ambush shooting assassination execution torture sexual_violence abduction arrest property_destruction looting downing "
    "crash territory_gain withdrawal siege advance base_established territory_transfer displacement evacuation release "
    "agreement ceasefire negotiation meeting request approval refusal demand threat accusation statement_of_support sanction "
    "alliance split coup appointment election aid military_support deployment recruitment protest riot"
).split()
# PLOVER 2.0 has no event type for these
UNCODED = ("appointment", "crash", "displacement", "election")


@pytest.fixture
def sources() -> dict[str, bytes]:
    return read_sources(DATA)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    return copy


def changed(sources: dict[str, bytes], file: str, old: str, new: str) -> dict[str, bytes]:
    text = sources[file].decode()
    assert old in text
    return {**sources, file: text.replace(old, new, 1).encode()}


def refused(sources: dict[str, bytes]) -> OntologyError:
    with pytest.raises(OntologyError) as caught:
        compile_ontology(sources)
    return caught.value


def test_all_first_types_are_there():
    events = load_ontology().events
    assert not set(FIRST) - set(events)
    assert list(events) == sorted(events)


@pytest.mark.parametrize("name", FIRST)
def test_a_type_has_enough_examples_and_a_code(name: str):
    event = load_ontology().events[name]
    assert len(event.examples) >= 3
    assert len(event.counter_examples) >= 2
    assert (event.crosswalk.plover is None) == (name in UNCODED)


def test_plover_and_cameo_codes_agree():
    """Where CAMEO's table sends a code to a PLOVER event, the type's own PLOVER event is that one.

    PLOVER 2.0 has modes for convictions and resignations elsewhere than the table of 2021 sends CAMEO's codes.
    """
    ontology = load_ontology()
    apart = [
        (name, event.crosswalk.cameo, event.crosswalk.plover.event, sent)
        for name, event in ontology.events.items()
        if name not in ("conviction", "resignation")
        and event.crosswalk.cameo
        and event.crosswalk.plover
        and (sent := ontology.cameo[event.crosswalk.cameo].event) not in (None, event.crosswalk.plover.event)
    ]
    assert not apart


def test_prepositions_stay_words():
    assert parse_yaml(b"{prep: {on: [a], no: [b]}, code: 061, day: 2016-08-01, sure: true}", "x.yaml") == {
        "prep": {"on": ["a"], "no": ["b"]},
        "code": "061",
        "day": "2016-08-01",
        "sure": True,
    }


def test_a_key_that_stands_twice_is_refused(sources: dict[str, bytes]):
    error = refused({**sources, "events/siege.yaml": b"siege:\n  label: Siege\n  label: Again\n"})
    assert error.facts == {"file": "events/siege.yaml", "key": "line 3"}


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("events/siege.yaml", "label: Siege", "lable: Siege", "siege"),
        ("events/siege.yaml", "siege:\n  label", "besieging:\n  label", "besieging"),
        ("events/siege.yaml", "parent: territory", "parent: land", "siege.parent"),
        ("events/siege.yaml", "attacker: {filler: [actor]", "attaker: {filler: [actor]", "siege.roles.attaker"),
        ("events/siege.yaml", "{filler: [actor],", "{filler: [army],", "siege.roles.attacker.filler"),
        ("events/siege.yaml", "frames: [subject", "frames: [subjct", "siege.roles.attacker.frames"),
        ("events/siege.yaml", 'subject: ["@armed"]', 'subject: ["@army"]', "siege.triggers.verb"),
        ("events/siege.yaml", "event: COERCE", "event: COERSE", "siege.crosswalk.plover"),
        ("events/siege.yaml", "mode: restrict", "mode: enclose", "siege.crosswalk.plover"),
        ("events/siege.yaml", "context: military", "context: martial", "siege.crosswalk.plover"),
        ("events/siege.yaml", 'cameo: "191"', 'cameo: "199"', "siege.crosswalk.cameo"),
        ("events/siege.yaml", 'cameo: "191"', "cameo: 191", "siege.crosswalk.cameo"),
        ("events/siege.yaml", "sub_event_type: Other", "sub_event_type: Siege", "siege.crosswalk.acled"),
        ("events/siege.yaml", "implies: [duration", "implies: [time", "siege.implies"),
        ("events/air_strike.yaml", "compatible: [killing", "compatible: [air_strike", "air_strike.compatible"),
        ("events/air_strike.yaml", "trigger: bombed", "trigger: bmbed", "air_strike.examples[0].trigger"),
        ("events/air_strike.yaml", "target: depot", "target: hospital", "air_strike.examples[0].roles.target"),
        ("events/air_strike.yaml", "lemma: strafe,", "lemma: Strafe,", "air_strike.triggers.verb"),
        ("roles.yaml", "attacker: {label: Attacker", "attacker: {lable: Attacker", "attacker"),
        ("quantities.yaml", "killed: {", "slain: {", "killed"),
        ("fillers.yaml", '"@aircraft"', '"@planes"', "@planes"),
        ("crosswalks/cameo.csv", "195,ASSAULT,aerial", "195,ASSAULT,flying", "195"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_key(sources: dict[str, bytes], file: str, old: str, new: str, key: str):
    error = refused(changed(sources, file, old, new))
    assert error.facts["file"] == file
    assert error.facts["key"].startswith(key)
    assert file in str(error)


def test_missing_files_and_fields_are_named(sources: dict[str, bytes], tmp_path: Path):
    assert refused({name: text for name, text in sources.items() if name != "roles.yaml"}).facts["file"] == "roles.yaml"
    short = changed(sources, "events/crash.yaml", "  definition: ", "  note: ")
    assert "definition" in str(refused(short))
    with pytest.raises(OntologyError, match="no data files"):
        load_ontology(tmp_path)


def test_too_few_examples_are_refused(sources: dict[str, bytes]):
    lines = sources["events/surrender.yaml"].decode().split("  not:\n")
    one = lines[1].splitlines()[0]
    error = refused({**sources, "events/surrender.yaml": f"{lines[0]}  not:\n{one}\n".encode()})
    assert error.facts["key"] == "surrender.not"


def test_the_digest_is_of_names_and_bytes(sources: dict[str, bytes]):
    assert digest_of(sources) == digest_of(dict(reversed(sources.items()))) == compile_ontology(sources).digest
    assert digest_of(sources) != digest_of({**sources, "roles.yaml": sources["roles.yaml"] + b"\n"})
    assert digest_of({"a": b"bc"}) != digest_of({"ab": b"c"})


def test_compiled_once_and_again_after_a_change(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SITREP_CACHE", str(tmp_path / "cache"))
    load._load.cache_clear()
    first = load_ontology(folder)
    (kept,) = (tmp_path / "cache").iterdir()
    load._load.cache_clear()
    monkeypatch.setattr(load, "compile_ontology", None)
    assert load_ontology(folder) == first
    monkeypatch.undo()

    monkeypatch.setenv("SITREP_CACHE", str(tmp_path / "cache"))
    siege = folder / "events" / "siege.yaml"
    siege.write_text(siege.read_text().replace("label: Siege", "label: Encirclement"))
    load._load.cache_clear()
    second = load_ontology(folder)
    assert second.events["siege"].label == "Encirclement"
    assert second.digest != first.digest
    assert kept.exists()
    load._load.cache_clear()


def test_a_broken_or_unwritable_cache_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SITREP_CACHE", str(tmp_path))
    load._load.cache_clear()
    whole = load_ontology()
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    load._load.cache_clear()
    assert load_ontology() == whole

    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("SITREP_CACHE", str(blocked / "below"))
    load._load.cache_clear()
    assert load_ontology() == whole
    load._load.cache_clear()


def test_the_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SITREP_CACHE", "/somewhere")
    assert cache_folder() == Path("/somewhere")
    monkeypatch.delenv("SITREP_CACHE")
    assert cache_folder().name == "sitrep"


def test_no_sense_stands_twice():
    """The same trigger with the same conditions in one type is a slip of the pen."""
    for name, event in load_ontology().events.items():
        for triggers in (event.triggers.verb, event.triggers.noun, event.triggers.adjective):
            seen: set[object] = set()
            for trigger in triggers:
                plain = trigger if isinstance(trigger, str) else repr(trigger)
                assert plain not in seen, (name, trigger)
                seen.add(plain)
                assert not isinstance(trigger, VerbTrigger) or trigger.lemma == trigger.lemma.strip()
