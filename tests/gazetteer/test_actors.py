"""The actor gazetteer: its files, its lookups, its cache."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from sitrep.errors import GazetteerError
from sitrep.gazetteer.actor_entries import CAPITAL, valid_at
from sitrep.gazetteer.actor_files import compile_tables
from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.gazetteer.fold import fold, key, pieces, skeleton

DATA = Path(str(files("sitrep.gazetteer") / "data"))


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory) -> ActorGazetteer:
    return load_actors(cache=tmp_path_factory.mktemp("cache"))


def ids(gazetteer: ActorGazetteer, text: str, i: int = 0) -> tuple[int, list[str]] | None:
    """End and ids of the longest name at token i of a text whose tokens are parted by blanks."""
    match = gazetteer.longest(text.split(), i)
    return (match.end, [entry.id for entry in match.entries]) if match else None


# the shipped files


def test_the_files_hold_what_they_promise(gazetteer):
    kinds = Counter(entry.kind for entry in gazetteer.entries)
    assert kinds["armed_group"] >= 300
    assert kinds["armed_group"] + kinds["militia"] >= 400
    assert sum(bool(entry.roles) for entry in gazetteer.entries) >= 250
    recognised = [e for e in gazetteer.entries if e.kind == "state" and e.id.isupper() and e.end is None]
    assert len(recognised) >= 197
    for state in recognised:
        for body, kind in (("GOV", "government"), ("MIL", "military"), ("POL", "police")):
            entry = gazetteer.body(state.id, body)
            assert entry is not None
            assert (entry.kind, entry.state, entry.countries) == (kind, state.id, (state.id,))


def test_ids_are_unique_and_every_entry_names_a_source(gazetteer):
    assert max(Counter(entry.id for entry in gazetteer.entries).values()) == 1
    assert all(entry.source for entry in gazetteer.entries)
    groups = [entry for entry in gazetteer.entries if entry.kind in {"armed_group", "militia"}]
    assert all(entry.countries or entry.id == "al_qaeda" for entry in groups)
    assert all(entry.sector for entry in groups)


def test_every_name_leads_back_to_its_entry(gazetteer):
    lost = [
        (entry.id, name)
        for entry in gazetteer.entries
        for name in (entry.name, *entry.aliases, *entry.acronyms)
        if (entry.state is None or entry.id == entry.state) and entry not in gazetteer.named(name)
    ]
    assert lost == []


def test_shared_names_are_declared_best_first(gazetteer):
    assert [entry.id for entry in gazetteer.named("SLA")] == [
        "sudan_liberation_army", "south_lebanon_army", "surinamese_liberation_army",
    ]  # fmt: skip
    shared = {
        name
        for name, borne in gazetteer._names.items()
        if len({gazetteer.entries[each.entry].state or each.entry for each in borne}) > 1
    }
    declared = {key(row) for row in re.findall(r"^- name: (.+)$", (DATA / "ambiguous.yaml").read_text(), re.MULTILINE)}
    # names made by pattern ("Congolese army") share through their declared adjective
    made = {name for name in shared if declared & {name.split()[0], name.split()[-1]} and " " in name}
    assert {name.replace("-", " ") for name in shared - made} <= declared


# names in running text


@pytest.mark.parametrize(
    ("text", "end", "entry"),
    [
        ("ISIS fighters", 1, "islamic_state"),
        ("Isis fighters", 1, "islamic_state"),
        ("Da'esh said", 1, "islamic_state"),
        ("Da’esh said", 1, "islamic_state"),
        ("Islamic State in Iraq and Syria lost", 6, "islamic_state"),
        ("al - Nusra Front said", 4, "jabhat_al_nusra"),
        ("Jabhat Fateh al - Sham said", 5, "jabhat_al_nusra"),
        ("Hay'at Tahrir al - Sham took", 5, "hayat_tahrir_al_sham"),
        ("P.K.K. militants", 1, "kurdistan_workers_party"),
        ("M-19 guerrillas", 2, "m_19"),
        ("M-19 said", 1, "m_19"),
        ("Farc rebels", 2, "farc"),
        ("Lord 's Resistance Army raided", 4, "lords_resistance_army"),
        ("Lord ’s Resistance Army raided", 4, "lords_resistance_army"),
        ("janjaweed riders", 1, "janjaweed"),
        ("Free Syrian army units", 3, "free_syrian_army"),
        ("U.S. Africa Command said", 3, "us_africa_command"),
        ("U.S.-led coalition jets", 2, "coalition_against_isis"),
        ("U.S. military said", 2, "USA:MIL"),
        ("US military said", 2, "USA:MIL"),
        ("Libya 's government asked", 3, "LBY:GOV"),
        ("Libyan police said", 2, "LBY:POL"),
        ("Government of National Accord said", 4, "government_of_national_accord"),
        ("Côte d'Ivoire said", 2, "CIV"),
        ("Bosnia - Herzegovina said", 3, "BIH"),
        ("Khalifa Hifter said", 2, "khalifa_haftar"),
        ("Faiez Serraj said", 2, "fayez_al_sarraj"),
        ("Pentagon officials", 1, "USA:MIL"),
    ],
)
def test_names_as_newspapers_write_them(gazetteer, text, end, entry):
    assert ids(gazetteer, text) == (end, [entry])


@pytest.mark.parametrize(
    "text",
    [
        "us forces", "is it", "It is", "who said", "Who said", "aid workers", "far away", "eta unknown", "farc",
        "Popular resistance to the plan", "polish army", "arena", "Arena tickets", ", said", "amal", "mend fences",
        "Mend the fence", "Libya . government"[8:], "MODEL RAILWAY FAIR OPENS TODAY IN TOWN",
    ],
)  # fmt: skip
def test_everyday_words_are_no_names(gazetteer, text):
    assert ids(gazetteer, text) is None


def test_capitals_everywhere_do_not_make_words_names(gazetteer):
    words = "REBELS WHO ATTACKED US SAY PEACE IS FAR AWAY AND AID MUST COME UP SOON".split()
    assert [i for i in range(len(words)) if gazetteer.longest(words, i)] == []
    words = "GUERRILLAS OF THE FARABUNDO MARTI NATIONAL LIBERATION FRONT (FMLN) ATTACKED".split()
    match = gazetteer.longest(words, 3)
    assert match is not None
    assert (match.end, match.entries[0].id) == (8, "fmln")


def test_a_name_ends_where_the_sentence_does(gazetteer):
    assert ids(gazetteer, "Islamic . State") is None
    assert ids(gazetteer, "They fear Islamic State , ISIS said", 2) == (4, ["islamic_state"])
    assert ids(gazetteer, "They fear Islamic", 2) is None


def test_a_name_inside_another_name_is_not_taken(gazetteer):
    assert ids(gazetteer, "across Latin America today", 2) is None
    assert ids(gazetteer, "in San Salvador today", 2) is None
    assert ids(gazetteer, "across America today", 1) == (2, ["USA"])


def test_where_a_group_is_does_not_make_another_group(gazetteer):
    # "strikes against Islamic State in Libya" names a group and a country
    for place in ("Libya", "Iraq", "Afghanistan"):
        assert ids(gazetteer, f"Islamic State in {place} .") == (2, ["islamic_state"])


# states, bodies, people


def test_states_and_demonyms(gazetteer):
    states = {"US": "USA", "U.S.": "USA", "us": None, "Burma": "MMR", "Ivory Coast": "CIV", "the Soviet Union": "SUN"}
    assert {name: gazetteer.state(name) for name in states} == states
    demonyms = {
        "Libyan": "LBY", "Syrians": "SYR", "Briton": "GBR", "South Sudanese": "SSD", "U.S.": "USA", "us": None,
        "polish": None, "Polish": "POL", "Congolese": "COD", "Libya": None,
    }  # fmt: skip
    assert {word: gazetteer.demonym(word) for word in demonyms} == demonyms
    found = gazetteer.longest_demonym("South Sudanese troops".split(), 0)
    assert found is not None
    assert (found[0], found[1].id) == (2, "SSD")
    assert gazetteer.longest_demonym("thai food".split(), 0) is None


def test_self_declared_states_have_no_code(gazetteer):
    assert gazetteer.state("Abkhazia") is None
    assert gazetteer.demonym("Abkhazian") is None
    abkhazia = gazetteer.polity("Abkhazia")
    assert abkhazia is not None
    assert (abkhazia.id, abkhazia.sector, abkhazia.countries) == ("abkhazia", "PRE", ("GEO",))
    assert gazetteer.body("abkhazia", "MIL") is not None


def test_capitals_and_metonyms(gazetteer):
    assert gazetteer.capital_of("Damascus") == "SYR"
    assert gazetteer.capital_of("Aleppo") is None
    bodies = {name: gazetteer.metonym(name) for name in ("the Kremlin", "Kremlin", "Élysée", "Pentagon", "Aleppo")}
    assert {name: entry and entry.id for name, entry in bodies.items()} == {
        "the Kremlin": "RUS:GOV", "Kremlin": "RUS:GOV", "Élysée": "FRA:GOV", "Pentagon": "USA:MIL", "Aleppo": None,
    }  # fmt: skip


def test_offices_are_dated(gazetteer):
    def presidents(date: str | None) -> list[str]:
        return [each.person.id for each in gazetteer.holders("USA:GOV", date) if each.office.title == "president"]

    assert presidents("2016-08-01") == ["barack_obama"]
    assert presidents("1999") == ["bill_clinton"]
    assert set(presidents("2009-01")) == {"george_w_bush", "barack_obama"}
    assert len(presidents(None)) >= 7
    assert {office.of for office in gazetteer.offices("peter_cook", "2016-08-01")} == {"us_defense_department"}
    assert gazetteer.offices("peter_cook", "2010") == ()
    waldhauser = gazetteer.named("Thomas Waldhauser")[0]
    assert [office.of for office in gazetteer.offices(waldhauser.id, "2016-08-01")] == ["us_africa_command"]


def test_surnames_lead_to_all_who_bear_them(gazetteer):
    assert {"peter_cook", "robin_cook"} <= {entry.id for entry in gazetteer.surname("Cook")}
    for spelling in ("Gadhafi", "Qaddafi", "Gaddafi"):
        assert "muammar_gaddafi" in {entry.id for entry in gazetteer.surname(spelling)}
    assert {entry.id for entry in gazetteer.surname("Hifter")} == {
        entry.id for entry in gazetteer.surname("Haftar") if entry.id != "saddam_haftar"
    }
    assert gazetteer.surname("Nobodyknowsthem") == ()


def test_one_person_is_one_entry_whatever_they_led(gazetteer):
    putin = gazetteer.get("vladimir_putin")
    assert putin is not None
    assert {"RUS:GOV", "fsb"} <= {office.of for office in putin.roles}
    dunford = gazetteer.named("Joe Dunford")[0]
    assert {"isaf", "us_joint_chiefs"} <= {office.of for office in dunford.roles}


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Khalifah Haftar", "khalifa_haftar"),
        ("Fayiz Sarraj", "fayez_al_sarraj"),
        ("Usama Ben Laden", "osama_bin_laden"),
        ("Bashar Asad", "bashar_al_assad"),
        ("Jabhat an Nusrah", "jabhat_al_nusra"),
        ("Gulbudin Hekmatyar", "gulbuddin_hekmatyar"),
        ("Jeish al-Fatah", "jaish_al_fatah"),
    ],
)
def test_fuzzy_knows_transliterations(gazetteer, name, entry):
    found = gazetteer.fuzzy(name)
    assert found is not None
    assert found[0].id == entry
    assert 0.78 <= found[1] <= 1.0


@pytest.mark.parametrize(
    "name", ["John Smith", "Barrel", "Center", "John Gorra", "Larry King", "Abu Omar", "Detroit", "", "Ali Ali"]
)
def test_fuzzy_keeps_silent_where_chance_would_do(gazetteer, name):
    assert gazetteer.fuzzy(name) is None


# spelling keys


def test_folding():
    assert fold("Da’esh") == fold("Da'esh") == fold("DAESH") == "daesh"
    assert fold("P.K.K.") == "pkk"
    assert fold("Élysée") == "elysee"
    assert pieces("the Lord's Resistance Army") == ["Lord", "s", "Resistance", "Army"]
    assert pieces("al-Nusra") == ["al", "Nusra"]
    assert skeleton("Khalifa Haftar") == skeleton("Khalifah Hifter")
    assert skeleton("Muammar Gaddafi") == skeleton("Moammar Qadhafi")
    assert skeleton("Assad") != skeleton("Sadi")
    assert skeleton("Abdulrahman") == skeleton("Abd al-Rahman")


@pytest.mark.parametrize(
    ("start", "end", "date", "valid"),
    [
        ("2016-02", None, "2016", True),
        ("2016-02", None, "2016-01-31", False),
        (None, "2016-02", "2016-02-29", True),
        (None, "2016-02", "2016-03", False),
        ("2009-01-20", "2017-01-20", "2017", True),
        ("2009-01-20", "2017-01-20", None, True),
        (None, None, "1066", True),
    ],
)
def test_periods_compare_as_far_as_they_are_written(start, end, date, valid):
    assert valid_at(start, end, date) is valid


# wrong files

STATE = b"- {iso3: AAA, name: Aland, adjectives: [Alandic], source: x}\n- {iso3: BBB, name: Beland, source: x}\n"
GROUP = b"- {id: red_front, name: Red Front, kind: armed_group, countries: [AAA], source: x, aliases: [Reds]}\n"


def compiled(actors: bytes = GROUP, ambiguous: bytes = b"[]", states: bytes = STATE):
    return compile_tables({"states.yaml": states, "ambiguous.yaml": ambiguous, "actors/a.yaml": actors})


def test_a_small_gazetteer():
    tables = compiled()
    assert {entry.id for entry in tables.entries} >= {"AAA", "AAA:MIL", "BBB:POL", "red_front"}
    assert [name.how for name in tables.names["reds"]] == [CAPITAL]
    assert tables.names["red"] == ()
    assert tables.names["alandic army"]


@pytest.mark.parametrize(
    ("actors", "file", "told"),
    [
        (b"- {id: x, name: X, kind: army, source: s}", "actors/a.yaml", "kind"),
        (b"- {id: x, name: X, kind: militia, source: s, colour: red}", "actors/a.yaml", "colour"),
        (b"- {id: x, name: X, kind: militia}", "actors/a.yaml", "source"),
        (b"- {id: x, name: X, kind: militia, source: ' '}", "actors/a.yaml", "source"),
        (b"- {id: X-1, name: X, kind: militia, source: s}", "actors/a.yaml", "small letters"),
        (b"- {id: x, name: X, kind: militia, source: s, countries: [ZZZ]}", "actors/a.yaml", "ZZZ"),
        (b"- {id: x, name: X, kind: militia, source: s, from: 1.5.1990}", "actors/a.yaml", "no date"),
        (b"- {id: x, name: X, kind: militia, source: s, from: 1990, until: 1989-05}", "actors/a.yaml", "before"),
        (b"- {id: x, name: X, kind: militia, source: s, parents: [{id: y}]}", "actors/a.yaml", "'y'"),
        (b"- {id: x, name: X, kind: militia, source: s, parents: [{id: x}]}", "actors/a.yaml", "itself"),
        (b"- {id: x, name: X, kind: militia, source: s, roles: [{title: t, of: AAA}]}", "actors/a.yaml", "person"),
        (b"- {id: x, name: X, kind: militia, source: s, source: t}", "actors/a.yaml", "twice"),
        (GROUP + GROUP, "actors/a.yaml", "already"),
        (b"x: [", "actors/a.yaml", "YAML"),
        (b"a: b", "actors/a.yaml", "list"),
        (b"- {id: x, name: Aland, kind: militia, source: s}", "ambiguous.yaml", "aland"),
    ],
)
def test_a_wrong_entry_is_refused_with_file_and_key(actors, file, told):
    with pytest.raises(GazetteerError) as caught:
        compiled(actors)
    assert caught.value.facts["file"] == file
    assert told in str(caught.value)


def test_declared_sharing_is_ordered_and_stale_declarations_are_refused():
    two = GROUP + b"- {id: red_union, name: Red Union, kind: party, source: x, aliases: [Reds]}\n"
    with pytest.raises(GazetteerError, match="reds"):
        compiled(two)
    tables = compiled(two, b"- {name: Reds, ids: [red_union, red_front], note: n}")
    assert [tables.entries[name.entry].id for name in tables.names["reds"]] == ["red_union", "red_front"]
    with pytest.raises(GazetteerError, match="no two actors"):
        compiled(GROUP, b"- {name: Reds, ids: [red_front], note: n}")
    with pytest.raises(GazetteerError, match="nobody has the id"):
        compiled(GROUP, b"- {name: Reds, ids: [red_front, blue_front], note: n}")


def test_yaml_keeps_its_words():
    # plain YAML would read NO as false and 2016-08-01 as a date
    tables = compiled(b"- {id: x, name: 'NO', kind: party, source: s, acronyms: [NO], from: 2016-08-01}")
    entry = next(entry for entry in tables.entries if entry.id == "x")
    assert (entry.name, entry.acronyms, entry.start) == ("NO", ("NO",), "2016-08-01")


def test_leaders_become_persons_and_join_known_ones():
    tables = compiled(
        GROUP.replace(b"source: x", b"source: x, leaders: [{name: Ann Alba, title: chief, from: '1990'}]")
        + b"- {id: ann_b_alba, name: Ann B. Alba, kind: person, source: s, aliases: [Ann Alba],"
        b" roles: [{title: president, of: 'AAA:GOV'}]}\n"
    )
    alba = [entry for entry in tables.entries if entry.kind == "person"]
    assert [(entry.id, entry.countries, [role.of for role in entry.roles]) for entry in alba] == [
        ("ann_b_alba", ("AAA",), ["AAA:GOV", "red_front"])
    ]


# the cache


@pytest.fixture
def folder(tmp_path) -> Path:
    """A small gazetteer on disk."""
    root = tmp_path / "data"
    (root / "actors").mkdir(parents=True)
    (root / "states.yaml").write_bytes(STATE)
    (root / "ambiguous.yaml").write_bytes(b"[]")
    (root / "actors" / "a.yaml").write_bytes(GROUP)
    return root


def test_the_cache_answers_like_the_files(folder, tmp_path):
    cache = tmp_path / "cache"
    first = load_actors(folder, cache)
    (kept,) = cache.iterdir()
    changed = kept.stat().st_mtime_ns
    second = load_actors(folder, cache)
    assert second.digest == first.digest
    assert second.entries == first.entries
    assert second._names == first._names
    assert kept.stat().st_mtime_ns == changed


def test_the_cache_follows_the_files(folder, tmp_path):
    cache = tmp_path / "cache"
    first = load_actors(folder, cache)
    (folder / "actors" / "a.yaml").write_bytes(GROUP.replace(b"Reds", b"Scarlets"))
    second = load_actors(folder, cache)
    assert second.digest != first.digest
    assert second.named("Scarlets")
    assert not second.named("Reds")


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"\x80"])
def test_a_damaged_cache_is_made_anew(folder, tmp_path, damage):
    cache = tmp_path / "cache"
    load_actors(folder, cache)
    (kept,) = cache.iterdir()
    sound = kept.read_bytes()
    kept.write_bytes(damage)
    assert load_actors(folder, cache).named("Red Front")
    assert kept.read_bytes() == sound


def test_no_cache_is_no_error(folder, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("here no folder can be made")
    assert load_actors(folder, blocked / "cache").named("Red Front")


def test_two_processes_share_one_cache(folder, tmp_path):
    cache = tmp_path / "cache"
    code = (
        "import sys; from pathlib import Path; from sitrep.gazetteer.actors import load_actors\n"
        "print(load_actors(Path(sys.argv[1]), Path(sys.argv[2])).digest)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(folder), str(cache)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = {process.communicate(timeout=60)[0] for process in running}
    assert [process.returncode for process in running] == [0, 0]
    assert len(told) == 1
    assert [path.suffix for path in cache.iterdir()] == [".msgpack"]


def test_the_digest_depends_on_nothing_but_the_files(folder, tmp_path):
    copy = tmp_path / "elsewhere"
    shutil.copytree(folder, copy)
    assert load_actors(copy, tmp_path / "c1").digest == load_actors(folder, tmp_path / "c2").digest
