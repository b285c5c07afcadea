"""Which place a name means: holders, neighbours, hints; distances and directions."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fixtures.places import tiny

from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.gazetteer.places import PlaceGazetteer
from sitrep.reading.parse import Parse, Row
from sitrep.reading.place_gather import Span, gather, name_of
from sitrep.reading.place_locate import Located, locate
from sitrep.reading.place_offsets import find_offsets, measure_before, moved
from sitrep.reading.place_resolve import Name, great_circle_km, holds, resolve


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> PlaceGazetteer:
    return tiny(tmp_path_factory.mktemp("gazetteer"))


@pytest.fixture(scope="module")
def actors() -> ActorGazetteer:
    return load_actors()


def parse_of(text: str) -> Parse:
    """A parse of one sentence whose words stand apart by blanks; grammar is not looked at here."""
    rows: list[Row] = []
    start = 0
    for n, word in enumerate(text.split(" ")):
        rows.append(Row(word, start, word.lower(), "PROPN" if word[0].isupper() else "X", "", "dep", 0, n == 0))
        start += len(word) + 1
    return Parse(text, rows)


def spans_of(parse: Parse, *names: str) -> list[Span]:
    """The spans of words, in text order."""
    found: list[Span] = []
    for name in names:
        parts = name.split(" ")
        start = next(i for i in range(len(parse)) if parse.words[i : i + len(parts)] == parts)
        found.append(Span(start, start + len(parts)))
    return sorted(found)


def placed(text: str, names: list[str], places: PlaceGazetteer, actors: ActorGazetteer) -> dict[str, Located]:
    """What each name of a text means."""
    parse = parse_of(text)
    spans = spans_of(parse, *names)
    located, of_span = locate(parse, spans, places, actors)
    return {parse.slice(span.start, span.end): located[n] for span, n in zip(spans, of_span, strict=True)}


def ids(names: list[Name], places: PlaceGazetteer, hints: dict[str, float] | None = None) -> list[int | None]:
    return [scored[0].place.geonames if scored else None for scored in resolve(names, places, hints)]


def test_a_name_alone_means_its_best_known_bearer(places: PlaceGazetteer) -> None:
    assert ids([Name("tripoli")], places) == [2]
    assert ids([Name("paris")], places) == [13]
    assert ids([Name("nowhereville")], places) == [None]


def test_neighbours_decide(places: PlaceGazetteer) -> None:
    yemen = Name("yemen", "country", country="YEM", count=4)
    assert ids([Name("bayda")], places) == [5]
    assert ids([Name("bayda"), yemen], places)[0] == 6
    assert ids([Name("bayda"), Name("sirte"), Name("libya", count=3)], places)[0] == 5
    assert ids([Name("derna"), Name("romania", "country", country="ROU", count=5)], places)[0] in {8, 9}


def test_a_hint_from_outside_decides_between_equals(places: PlaceGazetteer) -> None:
    assert ids([Name("tripoli")], places, {"LBN": 1.0}) == [3]


def test_a_county_and_its_town_decide_for_each_other(places: PlaceGazetteer) -> None:
    assert ids([Name("paris"), Name("lamar county")], places) == [14, 16]


def test_holders_after_a_comma_decide(places: PlaceGazetteer, actors: ActorGazetteer) -> None:
    found = placed("He was born in Paris , Texas in 1970 .", ["Paris", "Texas"], places, actors)
    assert found["Paris"].place is not None
    assert found["Paris"].place.geonames == 14
    found = placed("He was born in Paris , France .", ["Paris", "France"], places, actors)
    assert found["Paris"].place is not None
    assert found["Paris"].place.geonames == 13


def test_the_town_is_meant_unless_the_words_say_province(places: PlaceGazetteer, actors: ActorGazetteer) -> None:
    assert placed("Shells hit Idlib .", ["Idlib"], places, actors)["Idlib"].kind == "settlement"
    assert placed("Shells hit Idlib province .", ["Idlib"], places, actors)["Idlib"].kind == "admin1"


@pytest.mark.parametrize(
    "text",
    [
        "the Libyan coastal city of Tripoli",
        "Libya 's Tripoli",
        "Tripoli in western Libya",
        "Tripoli , Libya",
    ],
)
def test_wordings_that_say_what_holds_a_place(text: str, places: PlaceGazetteer, actors: ActorGazetteer) -> None:
    parse = parse_of(text)
    adjective = "Libyan" in text
    outer = spans_of(parse, "Libyan" if adjective else "Libya")[0]._replace(adjective=adjective)
    names, of_span = gather(parse, sorted([outer, *spans_of(parse, "Tripoli")]), places, actors)
    tripoli = next(name for name in names if name.folded == "tripoli")
    assert list(tripoli.holders) == [name.folded for name in names if name is not tripoli]
    assert sorted(of_span) == [0, 1]


def test_a_list_or_a_verb_between_says_nothing(places: PlaceGazetteer, actors: ActorGazetteer) -> None:
    for text in ("Libya and Tripoli", "Libyan forces entered Tripoli"):
        parse = parse_of(text)
        adjective = "Libyan" in text
        outer = spans_of(parse, "Libyan" if adjective else "Libya")[0]._replace(adjective=adjective)
        names, _ = gather(parse, sorted([outer, *spans_of(parse, "Tripoli")]), places, actors)
        assert next(name for name in names if name.folded == "tripoli").holders == {}


def test_names_with_more_words_than_the_gazetteer_has(places: PlaceGazetteer, actors: ActorGazetteer) -> None:
    name = name_of("Idlib Governorate", None, places, actors)
    assert name is not None
    assert (name.folded, name.inherited) == ("idlib", False)
    name = name_of("Sirte General Hospital", None, places, actors)
    assert name is not None
    assert (name.folded, name.inherited) == ("sirte", True)
    name = name_of("Derna Nowhere base", None, places, actors)
    assert name is not None
    assert not name.inherited  # the base is called Derna Nowhere, which is not Derna


def test_facilities_and_unknown_villages_inherit_a_point(places: PlaceGazetteer, actors: ActorGazetteer) -> None:
    found = placed("A mine went off in Zawba , Idlib .", ["Zawba", "Idlib"], places, actors)["Zawba"]
    assert (found.basis, found.lat, found.place and found.place.country) == ("inherited", 35.93, "SYR")
    found = placed("A mine went off in Zawba , Libya .", ["Zawba", "Libya"], places, actors)["Zawba"]
    assert (found.basis, found.lat, found.lon) == ("inherited", None, None)  # a country is no point
    found = placed("A mine went off in Zawba .", ["Zawba"], places, actors)["Zawba"]
    assert (found.basis, found.place, found.score) == ("none", None, 0.0)


def test_a_hamlet_that_nothing_speaks_for_is_no_answer(places: PlaceGazetteer, actors: ActorGazetteer) -> None:
    found = placed("He met Derna .", ["Derna"], places, actors)["Derna"]
    assert found.basis == "gazetteer"
    assert found.score < 0.9


def test_offset_from_a_named_place(places: PlaceGazetteer, actors: ActorGazetteer) -> None:
    text = "Jets hit Zawba , 30 km ( 19 miles ) north of Hama , on Friday ."
    found = placed(text, ["Zawba", "Hama"], places, actors)["Zawba"]
    assert found.basis == "offset"
    assert found.lat == pytest.approx(35.13 + 30 / 111.19, abs=0.01)
    assert found.lon == pytest.approx(36.76, abs=0.01)
    assert found.radius_km == 9.0


def test_offset_chooses_among_bearers(places: PlaceGazetteer, actors: ActorGazetteer) -> None:
    text = "Troops took Bayda , 500 km east of Misrata , in Yemen ."
    found = placed(text, ["Bayda", "Misrata", "Yemen"], places, actors)["Bayda"]
    assert found.place is not None
    assert found.place.geonames == 5


@pytest.mark.parametrize(
    ("words", "km", "bearing"),
    [
        ("30 km north of", 30.0, 0.0),
        ("about 10 miles south - east of", 16.09344, 135.0),
        ("five kilometres from", 5.0, None),
        ("12 km northwest of the city of", 12.0, 315.0),
        ("40 km ( 25 miles ) western of", 40.0, 270.0),
        ("1,200 meters outside from", 1.2, None),
    ],
)
def test_measures(words: str, km: float, bearing: float | None) -> None:
    parse = parse_of(f"a village {words} Hama")
    start, found, direction = measure_before(parse, len(parse) - 1)
    assert start is not None
    assert (pytest.approx(found), direction) == (km, bearing)


@pytest.mark.parametrize("words", ["most of", "residents of", "30 people from", "the north of", "of"])
def test_no_measures(words: str) -> None:
    parse = parse_of(f"{words} Hama")
    assert measure_before(parse, len(parse) - 1)[0] is None


def test_offsets_join_the_place_before() -> None:
    parse = parse_of("Zawba , about 30 km north of Hama")
    (offset,) = find_offsets(parse, spans_of(parse, "Zawba", "Hama"))
    assert (offset.subject, offset.anchor, offset.km, offset.bearing) == (0, 1, 30.0, 0.0)
    parse = parse_of("Zawba fell while a town 30 km north of Hama held")
    assert find_offsets(parse, spans_of(parse, "Zawba", "Hama")) == []


def test_moved_along_the_great_circle() -> None:
    lat, lon = moved(0.0, 0.0, 111.19, 90.0)
    assert (lat, lon) == (pytest.approx(0.0, abs=1e-6), pytest.approx(1.0, abs=0.001))
    assert moved(10.0, 179.9, 50.0, 90.0)[1] == pytest.approx(-179.643, abs=0.01)
    assert moved(10.0, 20.0, 50.0, None) == (10.0, 20.0)
    back = great_circle_km(10.0, 179.9, *moved(10.0, 179.9, 50.0, 90.0))
    assert back == pytest.approx(50.0, abs=0.01)


def test_holds(places: PlaceGazetteer) -> None:
    libya, sirte = places.lookup("Libya")[0], next(p for p in places.lookup("Sirte") if p.kind == "settlement")
    assert holds(libya, sirte)
    assert not holds(sirte, libya)
    assert not holds(libya, libya)
    texas = places.admin1("USA", "TX")
    assert texas is not None
    assert [holds(texas, paris) for paris in places.lookup("Paris")] == [False, True, False]


def test_great_circle() -> None:
    # London to Paris, both by their usual coordinates: about 344 km
    assert great_circle_km(51.5074, -0.1278, 48.8566, 2.3522) == pytest.approx(343.6, abs=1.0)
    assert great_circle_km(0, 0, 0, 180) == pytest.approx(20015.1, abs=0.1)


def test_same_names_same_answers(places: PlaceGazetteer, tmp_path: Path) -> None:
    names = [Name("tripoli"), Name("bayda"), Name("sirte", count=3)]
    assert resolve(names, places) == resolve(names, tiny(tmp_path))
