"""Feasts, seasons and parts of stretches, against known calendars."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.reading import time_calendar as cal

DAYS = st.dates(date(2, 1, 1), date(9900, 1, 1))
GRAINS = st.sampled_from(["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"])


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("easter", 2000, "2000-04-23"),
        ("easter", 2016, "2016-03-27"),
        ("orthodoxeaster", 2016, "2016-05-01"),
        ("thanksgiving", 1999, "1999-11-25"),
        ("election", 2016, "2016-11-08"),
        ("memorial", 2016, "2016-05-30"),
        ("12-25", 2014, "2014-12-25"),
    ],
)
def test_fixed_and_movable_days(name, year, expected):
    assert cal.holiday(name, year) == cal.day(date.fromisoformat(expected))


@pytest.mark.parametrize(
    ("name", "year", "seen"),
    [
        ("fitr", 2016, "2016-07-06"),
        ("fitr", 2023, "2023-04-21"),
        ("adha", 2016, "2016-09-12"),
        ("ashura", 2023, "2023-07-28"),
        ("ramadan", 2012, "2012-07-20"),
    ],
)
def test_islamic_feasts_hold_the_day_that_was_kept(name, year, seen):
    moment = cal.holiday(name, year)
    assert moment is not None
    assert moment.start is not None
    assert moment.end is not None
    assert moment.start <= date.fromisoformat(seen) <= moment.end
    assert moment.precision == "range"


def test_a_feast_whose_day_is_not_known_is_none():
    assert cal.holiday("", 2016) is None


@pytest.mark.parametrize(
    ("moment", "mod", "start", "end"),
    [
        (cal.year(2015), "START", "2015-01-01", "2015-04-30"),
        (cal.year(2015), "END", "2015-09-01", "2015-12-31"),
        (cal.year(2015), "H2", "2015-07-01", "2015-12-31"),
        (cal.month(2016, 2), "START", "2016-02-01", "2016-02-09"),
        (cal.month(2016, 2), "END", "2016-02-20", "2016-02-29"),
        (cal.season(2016, "SU"), "MID", "2016-07-01", "2016-07-31"),
        (cal.decade(199), "END", "1997-01-01", "1999-12-31"),
        (cal.day(date(2016, 8, 1)), "END", "2016-08-01", "2016-08-01"),
    ],
)
def test_parts(moment, mod, start, end):
    part = cal.narrow(moment, mod)
    assert (part.value, str(part.start), str(part.end)) == (moment.value, start, end)


def test_winter_lies_in_the_year_it_ends_in():
    assert cal.containing("season", date(2015, 12, 20)) == cal.containing("season", date(2016, 2, 20))
    assert cal.season(2016, "WI").start == date(2015, 12, 1)
    assert cal.season(2016, "WI", named=True).end == date(2017, 2, 28)


def test_years_before_christ_have_a_value_and_no_days():
    assert cal.written(cal.year(cal.ERA - 480)) == cal.Moment("BC0480", None, None, "unknown", "year")
    later = cal.step("year", date(cal.ERA - 480, 1, 1), 10)
    assert later is not None
    assert cal.written(later).value == "BC0470"
    assert cal.written(cal.month(cal.ERA - 480, 9)).value == "BC0480-09"


@given(when=DAYS, grain=GRAINS)
def test_a_stretch_holds_its_day(when, grain):
    moment = cal.containing(grain, when)
    assert moment.start is not None
    assert moment.end is not None
    if grain == "weekend":  # of the day's week
        when += timedelta(days=5 - when.weekday()) if when.weekday() < 5 else timedelta(0)
    assert moment.start <= when <= moment.end


@given(when=DAYS, grain=GRAINS, count=st.integers(-30, 30))
def test_steps_keep_their_order(when, grain, count):
    here, there = cal.containing(grain, when), cal.step(grain, when, count)
    if there is None:
        return
    assert here.start is not None
    assert there.start is not None
    assert (there.start > here.start) == (count > 0)
    assert (there.start < here.start) == (count < 0)


def test_beyond_the_calendar_is_none():
    assert cal.step("year", date(20, 1, 1), -30) is None
    assert cal.step("century", date(9900, 1, 1), 1) is None
    assert cal.step("day", date.max, 1) is None
