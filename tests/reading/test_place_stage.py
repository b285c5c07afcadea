"""Stage: places."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.gazetteer.places import PlaceGazetteer, load_places
from sitrep.model import Actor, ActorLink, Layers, Mention, Place
from sitrep.reading.page import Page
from sitrep.reading.place_gather import name_of
from sitrep.reading.places import Places, country_of_address
from sitrep.reading.toponyms import find_toponyms

Pages = Callable[..., Page]


@pytest.fixture(scope="module")
def gazetteers() -> tuple[PlaceGazetteer, ActorGazetteer]:
    return load_places(), load_actors()


def with_mentions(page: Page, places: PlaceGazetteer, actors: ActorGazetteer, nominals: tuple[str, ...] = ()) -> Page:
    """The page with a mention for each toponym, and one for each given common noun."""
    mentions: list[Mention] = []
    for found in find_toponyms(page.parse, places, actors):
        evidence = page.words(found.start, found.end)
        kind = "facility" if found.kind == "facility" else "place"
        mentions.append(
            Mention(id=f"m{evidence.start}", kind=kind, form=found.form, evidence=(evidence,), head=evidence)
        )
    for word in nominals:
        i = page.parse.words.index(word)
        evidence = page.words(i, i + 1)
        mentions.append(
            Mention(id=f"m{evidence.start}", kind="place", form="nominal", evidence=(evidence,), head=evidence)
        )
    return Page(page.report, page.parse, msgspec.structs.replace(page.layers, mentions=tuple(mentions)))


@pytest.fixture(scope="module")
def located(page: Pages, gazetteers: tuple[PlaceGazetteer, ActorGazetteer]) -> Callable[..., dict[str, Place]]:
    """The places of a text by name."""

    def find(text: str, nominals: tuple[str, ...] = ()) -> dict[str, Place]:
        layers = Places(*gazetteers)(with_mentions(page(text), *gazetteers, nominals))
        return {place.name: place for place in layers.places}

    return find


CAMPAIGN = """Government troops backed by militias from Misrata pushed into Sirte on Monday, officials in Tripoli said.

The United States has carried out strikes in Libya, Iraq, Syria and Afghanistan. In Syria fighters are close to Manbij,
and in Iraq an army column is on the road to Mosul.

A rival administration sits in the eastern Libyan city of Bayda. The group also has men in Benghazi and Derna."""


@pytest.mark.parametrize(
    ("name", "country", "geonames"),
    [
        ("Misrata", "LBY", 2214846),
        ("Sirte", "LBY", 2210554),
        ("Tripoli", "LBY", 2210247),
        ("Bayda", "LBY", 89055),
        ("Benghazi", "LBY", 88319),
        ("Derna", "LBY", 87205),
        ("Manbij", "SYR", 167357),
        ("Mosul", "IRQ", 99072),
        ("United States", "USA", 6252001),
        ("Libya", "LBY", 2215636),
        ("Afghanistan", "AFG", 1149361),
    ],
)
def test_places_of_a_campaign(located: Callable[..., dict[str, Place]], name: str, country: str, geonames: int) -> None:
    place = located(CAMPAIGN)[name]
    assert (place.country, place.geonames, place.basis) == (country, geonames, "gazetteer")
    assert place.score > 0.5


def test_the_lebanese_tripoli(located: Callable[..., dict[str, Place]]) -> None:
    place = located("Two soldiers were shot in Tripoli, Lebanon, on Friday. Tripoli was calm by night.")["Tripoli"]
    assert (place.country, place.geonames, len(place.mentions)) == ("LBN", 266826, 2)
    assert {candidate.country for candidate in place.candidates} >= {"LBN", "LBY"}


def test_several_names_of_one_country_are_one_place(located: Callable[..., dict[str, Place]]) -> None:
    found = located("The U.S. said the United States would stay. America agreed.")
    assert list(found) == ["United States"]
    assert len(found["United States"].mentions) == 3


def test_adjectives_are_no_places(located: Callable[..., dict[str, Place]]) -> None:
    assert located("Libyan and French officers met.") == {}


def test_nothing_fits(located: Callable[..., dict[str, Place]]) -> None:
    place = located("A clash was reported in the village of Qwertabad.")["Qwertabad"]
    assert (place.lat, place.lon, place.country, place.geonames, place.radius_km) == (None, None, None, None, None)
    assert (place.basis, place.score, place.candidates) == ("none", 0.0, ())


def test_a_facility_lies_where_its_town_is(located: Callable[..., dict[str, Place]]) -> None:
    place = located("Shells hit Kramatorsk airport in eastern Ukraine.")["Kramatorsk airport"]
    assert (place.kind, place.country, place.basis, place.geonames) == ("facility", "UKR", "inherited", None)
    assert place.radius_km is not None
    assert place.radius_km > 10


def test_a_facility_with_a_name_behind_of_lies_where_its_town_is(located: Callable[..., dict[str, Place]]) -> None:
    places = located("The Great Mosque of al-Nuri in Mosul was blown up, the Iraqi military said.")
    assert places["Great Mosque"].country == "IRQ"


def test_a_site_that_sitreps_own_list_has(located: Callable[..., dict[str, Place]]) -> None:
    place = located("Shells hit Donetsk airport in eastern Ukraine.")["Donetsk airport"]
    assert (place.kind, place.country, place.basis, place.lat) == ("facility", "UKR", "gazetteer", 48.07)


def test_no_namesake_in_a_country_that_the_report_is_not_about(located: Callable[..., dict[str, Place]]) -> None:
    text = "In Syria, rebels in Aleppo, Hama, Idlib and Homs held fire. Nobody entered Kudelstaart."
    assert located("Nobody entered Kudelstaart.")["Kudelstaart"].country == "NLD"
    place = located(text)["Kudelstaart"]
    assert (place.lat, place.country, place.basis) == (None, None, "none")
    assert [candidate.country for candidate in place.candidates] == ["NLD"]


def test_a_village_at_a_distance(located: Callable[..., dict[str, Place]]) -> None:
    found = located("Jets bombed a village 30 km north of Hama, in Syria.", nominals=("village",))
    place = found["30 km north of Hama"]
    assert (place.basis, place.country, place.lat, place.lon) == ("offset", "SYR", 35.4016, 36.7578)
    assert place.radius_km == 9.0
    assert found["Hama"].geonames == 170017


def test_ids_and_bytes_are_the_same_twice(page: Pages, gazetteers: tuple[PlaceGazetteer, ActorGazetteer]) -> None:
    read = with_mentions(page(CAMPAIGN), *gazetteers)
    first, second = (msgspec.json.encode(Places(*gazetteers)(read)) for _ in range(2))
    assert first == second


def test_every_place_has_its_mentions_and_no_mention_two_places(
    page: Pages, gazetteers: tuple[PlaceGazetteer, ActorGazetteer]
) -> None:
    read = with_mentions(page(CAMPAIGN), *gazetteers)
    layers = Places(*gazetteers)(read)
    ids = [mention for place in layers.places for mention in place.mentions]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {mention.id for mention in read.layers.mentions}
    assert Places(*gazetteers)(Page(read.report, read.parse, Layers())).places == ()


def test_an_actors_country_is_a_hint(page: Pages, gazetteers: tuple[PlaceGazetteer, ActorGazetteer]) -> None:
    actor = Actor(
        id="a1", name="Hezbollah", kind="armed_group", countries=("LBN",), aliases=(), mentions=(),
        link=ActorLink(id="hezbollah", score=1.0),
    )  # fmt: skip
    read = page("Nobody was hurt.")
    read = Page(read.report, read.parse, msgspec.structs.replace(read.layers, actors=(actor,)))
    assert Places(*gazetteers).hints(read) == {"LBN": 0.4}


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("https://www.example.com.lb/news/1", "LBN"),
        ("news.example.co.uk", "GBR"),
        ("https://www.example.com/news.uk", None),
        ("example.co", None),
        ("The Daily Example", None),
        (None, None),
    ],
)
def test_country_of_an_address(
    gazetteers: tuple[PlaceGazetteer, ActorGazetteer], address: str | None, country: str | None
) -> None:
    assert country_of_address(address, gazetteers[0]) == country


def test_a_paper_named_after_its_town_means_that_town(
    page: Pages, gazetteers: tuple[PlaceGazetteer, ActorGazetteer]
) -> None:
    text = "PARIS - A man from Texas was held in Paris on Monday, the sheriff in Dallas said."
    one = with_mentions(page(text), *gazetteers)
    report = msgspec.structs.replace(one.report, outlet="The Paris Gazette")
    layers = Places(*gazetteers)(Page(report, one.parse, one.layers))
    assert next(place for place in layers.places if place.name.lower() == "paris").country == "USA"


def test_an_institution_of_a_region_lies_in_it(
    gazetteers: tuple[PlaceGazetteer, ActorGazetteer],
) -> None:
    name = name_of("European Investment Bank", None, *gazetteers)
    assert name is not None
    assert (name.folded, name.inherited) == ("europe", True)
