"""Where a report names places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.gazetteer.places import PlaceGazetteer, load_places
from sitrep.reading.parse import Parse
from sitrep.reading.place_facilities import find_facilities
from sitrep.reading.toponyms import Toponym, find_toponyms

Reads = Callable[[str], Parse]


@pytest.fixture(scope="module")
def places() -> PlaceGazetteer:
    return load_places()


@pytest.fixture(scope="module")
def actors() -> ActorGazetteer:
    return load_actors()


@pytest.fixture(scope="module")
def named(parse: Reads, places: PlaceGazetteer, actors: ActorGazetteer) -> Callable[..., dict[str, Toponym]]:
    """The toponyms of a text by their words."""

    def find(text: str, *, inside: bool = False) -> dict[str, Toponym]:
        read = parse(text)
        return {
            read.slice(found.start, found.end): found for found in find_toponyms(read, places, actors, inside=inside)
        }

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels retook the town of Saraqib in Idlib province on Tuesday.", {"Saraqib", "Idlib"}),
        ("The militants were driven out of Sirte and Derna, in Libya.", {"Sirte", "Derna", "Libya"}),
        ("BAGHDAD (Reuters) - Two bombs exploded on Monday, police said.", {"BAGHDAD"}),
        ("Fighting went on near Deir ez-Zor and along the Euphrates River.", {"Deir ez-Zor", "Euphrates River"}),
        ("Soldiers withdrew from Gao, Kidal and Timbuktu in northern Mali.", {"Gao", "Kidal", "Timbuktu", "Mali"}),
        ("He was shot in Columbus, Ohio, on Friday.", {"Columbus", "Ohio"}),
        ("Aid reached Eastern Ghouta from the Golan Heights.", {"Eastern Ghouta", "Golan Heights"}),
    ],
)
def test_names_that_stand_free(named: Callable[..., dict[str, Toponym]], text: str, expected: set[str]) -> None:
    assert set(named(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Jordan said the talks with General Lincoln had failed.",
        "Chelsea Clinton and Jack London were not there.",
        "In May and March the police made no arrests.",
        "He asked us to wait. Nobody told us why.",
        "A spokesman for the NGO and the CEO declined to comment.",
    ],
)
def test_people_months_and_acronyms_are_no_places(named: Callable[..., dict[str, Toponym]], text: str) -> None:
    assert named(text, inside=True) == {}


def test_adjectives_are_told_from_names(named: Callable[..., dict[str, Toponym]]) -> None:
    found = named("Libyan forces and European diplomats met in Libya.")
    assert {words: one.form for words, one in found.items()} == {
        "Libyan": "adjective",
        "European": "adjective",
        "Libya": "name",
    }


def test_us_is_a_name_where_it_acts_and_an_adjective_before_a_noun(named: Callable[..., dict[str, Toponym]]) -> None:
    assert named("The U.S. conducted two raids in the desert.")["U.S."].form == "name"
    assert named("A U.S. drone struck a truck in the desert.")["U.S."].form == "adjective"


def test_places_inside_names_of_institutions_only_when_asked(named: Callable[..., dict[str, Toponym]]) -> None:
    text = "The Ohio Department of Transportation closed the road."
    assert named(text) == {}
    assert named(text, inside=True)["Ohio"].inside == "ORG"


def test_kinds_from_the_words_around(named: Callable[..., dict[str, Toponym]]) -> None:
    assert named("Shells fell on Idlib province.")["Idlib"].kind == "admin1"
    assert named("Shells fell on the Karrada district of Baghdad.")["Karrada"].kind == "admin2"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fifty people were hurt in the raid on the village of Zarf.", "Zarf"),
        ("Militants shelled Sahl Oddin neighbourhood in Aleppo.", "Sahl Oddin"),
        ("The raid hit the rebel-held district of Tareeq al-Nahr in Aleppo.", "Tareeq al-Nahr"),
        ("A drone fell near the villages of Abu al-Zuhur and Hama.", "Abu al-Zuhur"),
        ("Raids took place in al-Nizarat - a rebel-held neighbourhood of Aleppo.", "al-Nizarat"),
        ("The attack in Khan al-Sabal killed two people.", "Khan al-Sabal"),
        ("It held the city of Palmyra Daesh said.", "Palmyra"),
    ],
)
def test_what_the_words_call_a_place_needs_no_gazetteer(
    named: Callable[..., dict[str, Toponym]], text: str, name: str
) -> None:
    assert name in named(text)


def test_a_name_called_a_place_once_is_one_throughout(named: Callable[..., dict[str, Toponym]], parse: Reads) -> None:
    read = parse("Shells hit the village of Zarf. Later Zarf was hit again, a doctor in Hama said.")
    found = find_toponyms(read, load_places(), load_actors())
    assert [read.slice(toponym.start, toponym.end) for toponym in found].count("Zarf") == 2


def test_names_printed_without_their_apostrophe(named: Callable[..., dict[str, Toponym]]) -> None:
    found = named("Raids hit Syrias Idlib province and Aleppos east; fighters of the Armys brigade fled.")
    assert set(found) == {"Syrias", "Idlib", "Aleppos"}


@pytest.mark.parametrize("text", ["They took control of the Kurdish area.", "Bashar al-Nahar spoke of the village."])
def test_a_noun_of_place_makes_no_place_of_people(named: Callable[..., dict[str, Toponym]], text: str) -> None:
    assert not {name for name, found in named(text).items() if found.form == "name"}


def test_facilities_hold_the_place_in_their_name(named: Callable[..., dict[str, Toponym]]) -> None:
    text = "Militiamen attacked Donetsk airport and the Ain al-Hilweh refugee camp."
    assert {words: one.kind for words, one in named(text).items()} == {
        "Donetsk airport": "facility",
        "Ain al-Hilweh refugee camp": "facility",
    }
    assert named(text, inside=True)["Donetsk"].inside == "FAC"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was found on Big Hill Avenue near Highway 75.", ["Big Hill Avenue", "Highway 75"]),
        ("Guards at Abu Ghraib prison and Bagram air base were replaced.", ["Abu Ghraib prison", "Bagram air base"]),
        ("The family moved to a camp near a hospital.", []),
        ("They met at an Islamist camp.", []),
    ],
)
def test_facilities(parse: Reads, text: str, expected: list[str]) -> None:
    read = parse(text)
    assert [read.slice(found.start, found.end) for found in find_facilities(read)] == expected


def test_a_name_that_is_certain_once_counts_everywhere(named: Callable[..., dict[str, Toponym]]) -> None:
    later = "Harlan said little."
    assert "Harlan" not in named(later, inside=True)
    found = named(f"Police in Harlan, Kentucky, arrested two men on Friday.\n\n{later}", inside=True)["Harlan"]
    assert found.start > 8  # the last one that bears the name


def test_toponyms_come_in_text_order(parse: Reads, places: PlaceGazetteer, actors: ActorGazetteer) -> None:
    found = find_toponyms(parse("From Tripoli to Misrata, Libya, and Donetsk airport."), places, actors, inside=True)
    assert found == sorted(found)
    assert find_toponyms(parse(""), places, actors) == []
