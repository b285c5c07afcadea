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
