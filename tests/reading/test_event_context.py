"""Where and when an event was, of all the places and times that its report names. Published on Tuesday, 2 August 2016."""

from __future__ import annotations

import pytest
from tests.conftest import make_report

from sitrep.model import Event, Reading
from sitrep.reading.reader import Reader


def read(reader: Reader, text: str, published: str = "2016-08-02") -> Reading:
    return reader.read(make_report(text, published=published))


def one(reading: Reading, *triggers: str) -> Event:
    """The event that one of the words triggers."""
    return next(event for event in reading.events if {trigger.quote for trigger in event.triggers} & set(triggers))


def when(reading: Reading, *triggers: str) -> tuple[str | None, str | None]:
    time = one(reading, *triggers).time
    assert time is not None
    return time.start, time.end


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Rebels have shelled Homs since May.", "2016-05-01", "2016-08-02"),
        ("Rebels shelled Homs between Friday and Sunday.", "2016-07-29", "2016-07-31"),
        ("Rebels shelled Homs on 3-5 July.", "2016-07-03", "2016-07-05"),
        ("Rebels shelled Homs from 3 July to 5 July.", "2016-07-03", "2016-07-05"),
        ("Rebels shelled Homs in the second week of July.", "2016-07-08", "2016-07-14"),
        ("Rebels shelled Homs in the past two days.", "2016-07-31", "2016-08-02"),
    ],
)
def test_times_of_several_days(reader: Reader, text: str, start: str, end: str) -> None:
    assert when(read(reader, text), "shelled") == (start, end)


def test_a_relative_clause_dates_only_what_it_tells(reader: Reader) -> None:
    reading = read(
        reader,
        "Jets bombed Homs on Monday. Rebels shelled a village where a bomb had killed six people on 19 July. "
        "Troops then attacked the village.",
    )
    assert when(reading, "shelled") == ("2016-08-01", "2016-08-01")
    assert when(reading, "attacked") == ("2016-08-01", "2016-08-01")


def test_days_after_another_event(reader: Reader) -> None:
    reading = read(reader, "Jets bombed Homs on Monday, two days after rebels shelled a market in Hama.")
    assert when(reading, "bombed") == ("2016-08-01", "2016-08-01")
    assert when(reading, "shelled") == ("2016-07-30", "2016-07-30")


def test_a_sentence_told_again_has_the_date_of_the_first(reader: Reader) -> None:
    told = "Government forces seize the rebel-held district of Zahra in Homs city after weeks of heavy fighting there."
    reading = read(reader, f"March 1 2012 {told} Jets bombed Hama on Monday. {told}")
    days = {event.time.start for event in reading.events if event.type == "territory_gain" and event.time}
    assert days == {"2012-03-01"}


def where(reading: Reading, *triggers: str) -> tuple[str, str, int] | None:
    """Name, basis and precision of an event's place."""
    place = one(reading, *triggers).place
    if place is None:
        return None
    return next(p.name for p in reading.places if p.id == place.id), place.basis, place.precision


def test_a_village_before_the_valley_it_lies_in(reader: Reader) -> None:
    reading = read(reader, "Jets bombed a market in the town of Douma in Eastern Ghouta on Monday.")
    place = where(reading, "bombed")
    assert place is not None
    assert place[0] == "Douma"


def test_what_the_words_measure_from_is_only_near(reader: Reader) -> None:
    reading = read(reader, "Rebels shelled a village northeast of Damascus on Monday.")
    assert where(reading, "shelled") == ("Damascus", "near", 2)


def test_a_lead_has_the_town_that_the_report_names_later(reader: Reader) -> None:
    reading = read(
        reader,
        "Government jets bombed a town in Idlib province on Monday, killing six people. "
        "A doctor said that jets had bombed a bakery in Saraqib on Monday. "
        "Jets bombed the bakery in Saraqib twice, he said.",
    )
    places = {place.id: place.name for place in reading.places}
    names = {places[event.place.id] for event in reading.events if event.type == "air_strike" and event.place}
    assert names == {"Saraqib"}


def test_bare_nouns_stand_for_places(reader: Reader) -> None:
    reading = read(
        reader,
        "Rebels shelled the Syrian capital on Monday. Jets bombed the town of Saraqib on Sunday. "
        "Rebels attacked a base near the town on Saturday.",
    )
    quoted = {
        place.name: {e.quote for mention in reading.mentions if mention.id in place.mentions for e in mention.evidence}
        for place in reading.places
    }
    assert "the Syrian capital" in quoted["Damascus"]
    assert "the town" in quoted["Saraqib"]
    assert where(reading, "attacked") == ("Saraqib", "target", 2)


def test_another_capital_is_not_the_country_s(reader: Reader) -> None:
    reading = read(reader, "Rebels in Syria shelled the provincial capital on Monday.")
    assert "Damascus" not in {place.name for place in reading.places}


def test_a_country_that_is_named_says_where_at_least(reader: Reader) -> None:
    reading = read(reader, "Syria's war began with mass protests in 2011.")
    assert where(reading, "protests") == ("Syria", "sentence", 6)


def test_what_came_about_then_did_not_last_until_now(reader: Reader) -> None:
    reading = read(
        reader,
        "Jets bombed Saraqib on Monday. Syria has been at war since early 2011, when mass protests began in Daraa.",
    )
    event = one(reading, "protests")
    assert event.time is not None
    assert event.time.start == "2011-01-01"
    assert event.time.end is not None
    assert event.time.end < "2012"
    assert event.background
