"""Calendar arithmetic: days, weeks, months, seasons and feasts as TIMEX3 values with their intervals.

Python's dates begin with year 1, so a year before Christ is kept as 10000 less that year, which sorts and
counts as it should; `written` gives it its TIMEX3 value and no interval. Weeks are ISO weeks, Monday to Sunday.
Seasons are those of the north and of the weather service: spring is March to May, winter ends in February.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal, NamedTuple

from sitrep.model import TimePrecision

Grain = Literal["", "time", "day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]

ONE_DAY = timedelta(days=1)
# years from ERA_FROM on stand for years before Christ: 480 BC is 9520
ERA, ERA_FROM = 10_000, 9000
FIRST_YEAR, LAST_YEAR = 1, 9998
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
SEASON_ORDER = ("WI", "SP", "SU", "FA")
GRAIN_OF_UNIT: dict[str, Grain] = {
    "D": "day", "N": "day", "W": "week", "WE": "weekend", "FN": "week", "M": "month", "Q": "quarter", "H": "half",
    "Y": "year", "DE": "decade", "CE": "century", "ML": "century", "TH": "time", "TM": "time", "TS": "time",
}  # fmt: skip


class Moment(NamedTuple):
    """A stretch of the calendar: TIMEX3 value, first and last day, how exact, and the unit it is one of."""

    value: str
    start: date | None
    end: date | None
    precision: TimePrecision
    grain: Grain


def day(when: date) -> Moment:
    """One day."""
    return Moment(when.isoformat(), when, when, "day", "day")


def week(when: date) -> Moment:
    """The ISO week of a day."""
    monday = when - timedelta(days=when.weekday())
    year, number, _ = when.isocalendar()
    return Moment(f"{year:04}-W{number:02}", monday, monday + timedelta(days=6), "week", "week")


def weekend(when: date) -> Moment:
    """The Saturday and Sunday of a day's ISO week."""
    saturday = when - timedelta(days=when.weekday()) + timedelta(days=5)
    year, number, _ = when.isocalendar()
    return Moment(f"{year:04}-W{number:02}-WE", saturday, saturday + ONE_DAY, "range", "weekend")


def month(year: int, number: int) -> Moment:
    """One month."""
    return Moment(f"{year:04}-{number:02}", date(year, number, 1), last_day(year, number), "month", "month")


def last_day(year: int, number: int) -> date:
    """The last day of a month."""
    return date(year, number, calendar.monthrange(year, number)[1])


def quarter(year: int, number: int) -> Moment:
    """One quarter of a year."""
    return Moment(f"{year:04}-Q{number}", date(year, 3 * number - 2, 1), last_day(year, 3 * number), "range", "quarter")


def half(year: int, number: int) -> Moment:
    """One half of a year."""
    return Moment(f"{year:04}-H{number}", date(year, 6 * number - 5, 1), last_day(year, 6 * number), "range", "half")


def season(year: int, code: str, *, named: bool = False) -> Moment:
    """A season, by the year of its last day. named: so in the text, where "winter 2015" may also begin in 2015."""
    first, last = SEASON_MONTHS[code]
    if code == "WI" and not named and year > FIRST_YEAR:
        return Moment(f"{year:04}-WI", date(year - 1, 12, 1), last_day(year, 2), "season", "season")
    if code == "WI":
        return Moment(f"{year:04}-WI", date(year, 1, 1), last_day(year + 1, 2), "season", "season")
    return Moment(f"{year:04}-{code}", date(year, first, 1), last_day(year, last), "season", "season")


def year(number: int) -> Moment:
    """One year."""
    return Moment(f"{number:04}", date(number, 1, 1), date(number, 12, 31), "year", "year")


def decade(number: int) -> Moment:
    """Ten years, by their first three digits: 199."""
    return Moment(f"{number:03}", date(max(number * 10, 1), 1, 1), date(number * 10 + 9, 12, 31), "range", "decade")


def century(number: int) -> Moment:
    """A hundred years, by their first two digits: 19 for the twentieth century."""
    return Moment(f"{number:02}", date(number * 100 + 1, 1, 1), date(number * 100 + 100, 12, 31), "range", "century")


def written(moment: Moment) -> Moment:
    """The moment as the record has it: a year before Christ as BC0480, without days."""
    start = moment.start
    if start is None or start.year < ERA_FROM:
        return moment
    before = ERA - start.year
    if moment.grain in {"decade", "century"}:
        size = 10 if moment.grain == "decade" else 100
        return Moment(f"BC{before // size:0{len(moment.value)}}", None, None, "unknown", moment.grain)
    return moment._replace(value=f"BC{before:04}{moment.value[4:]}", start=None, end=None, precision="unknown")


def season_code(when: date) -> str:
    """The season that a day lies in."""
    return SEASON_ORDER[when.month % 12 // 3]


def containing(grain: Grain, when: date) -> Moment:
    """The day, week, month, ... that a day lies in."""
    match grain:
        case "week":
            return week(when)
        case "weekend":
            return weekend(when)
        case "month":
            return month(when.year, when.month)
        case "quarter":
            return quarter(when.year, (when.month + 2) // 3)
        case "half":
            return half(when.year, 1 + (when.month > 6))
        case "season":
            return season(when.year + (when.month == 12), season_code(when))
        case "year":
            return year(when.year)
        case "decade":
            return decade(when.year // 10)
        case "century":
            return century((when.year - 1) // 100)
        case _:
            return day(when)


def step(grain: Grain, when: date, count: int) -> Moment | None:
    """The unit that lies so many units after (before, if negative) the one of a day; None beyond the calendar."""
    moved = move(grain, when, count)
    return containing(grain, moved) if moved else None


def move(grain: Grain, when: date, count: int) -> date | None:
    """A day, so many units later; the day of the month is kept where the month has it."""
    try:
        match grain:
            case "week" | "weekend":
                return when + timedelta(weeks=count)
            case "month" | "quarter" | "half" | "season":
                months = {"month": 1, "quarter": 3, "half": 6, "season": 3}[grain]
                return add_months(when, months * count)
            case "year" | "decade" | "century":
                years = {"year": 1, "decade": 10, "century": 100}[grain]
                return add_months(when, 12 * years * count)
            case _:
                return when + timedelta(days=count)
    except (OverflowError, ValueError):
        return None


def add_months(when: date, count: int) -> date:
    """The same day of another month, or that month's last day."""
    total = when.year * 12 + when.month - 1 + count
    year_, month_ = divmod(total, 12)
    if not FIRST_YEAR <= year_ <= LAST_YEAR:
        raise OverflowError
    return date(year_, month_ + 1, min(when.day, calendar.monthrange(year_, month_ + 1)[1]))


# the early nineties are 1990 to 1993
DECADE_PARTS = {"START": (0, 3), "MID": (4, 6), "END": (7, 9)}


def narrow(moment: Moment, mod: str) -> Moment:
    """The early, middle or late part of a stretch: its first, second or last third; H1 and H2 are its halves.

    Whole months where it has three or more ("early 2015" is January to April), else days. The value stays.
    """
    start, end = moment.start, moment.end
    if start is None or end is None or start == end or mod not in {"START", "MID", "END", "H1", "H2"}:
        return moment
    if moment.grain == "decade" and mod in DECADE_PARTS:
        first, last = DECADE_PARTS[mod]
        year_ = start.year - start.year % 10
        return moment._replace(start=date(max(year_ + first, 1), 1, 1), end=date(year_ + last, 12, 31))
    parts, number = {"START": (3, 0), "MID": (3, 1), "END": (3, 2), "H1": (2, 0), "H2": (2, 1)}[mod]
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months >= 3 and months % parts == 0:
        size = months // parts
        first = add_months(start, size * number)
        return moment._replace(start=first, end=add_months(first, size) - ONE_DAY, precision="range")
    days = (end - start).days + 1
    first = start + timedelta(days=days * number // parts)
    last = start + timedelta(days=days * (number + 1) // parts) - ONE_DAY
    return moment._replace(start=first, end=max(first, last), precision="range")


def easter(year_: int) -> date:
    """Western Easter Sunday (Meeus, Jones and Butcher's algorithm)."""
    a, (b, c) = year_ % 19, divmod(year_, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month_, day_ = divmod(h + m - 7 * n + 114, 31)
    return date(year_, month_, day_ + 1)


def orthodox_easter(year_: int) -> date:
    """Eastern Easter Sunday (Meeus, Julian), as a Gregorian date; exact from 1900 to 2099."""
    a, b, c = year_ % 4, year_ % 7, year_ % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month_, day_ = divmod(d + e + 114, 31)
    return date(year_, month_, day_ + 1) + timedelta(days=13)


def islamic(year_: int, month_: int, day_: int) -> date:
    """A day of the tabular Islamic calendar; the moon as seen may differ by a day."""
    julian = day_ + (59 * (month_ - 1) + 1) // 2 + (year_ - 1) * 354 + (3 + 11 * year_) // 30 + 1_948_439
    return date.fromordinal(julian - 1_721_425)


# Islamic month and day of the first day, and days before and after that still count
ISLAMIC: dict[str, tuple[int, int, int, int]] = {
    "ramadan": (9, 1, 1, 30), "fitr": (10, 1, 1, 3), "adha": (12, 10, 1, 4), "ashura": (1, 10, 1, 1),
    "arbaeen": (2, 20, 1, 1), "mawlid": (3, 12, 1, 1), "muharram": (1, 1, 0, 29),
}  # fmt: skip
# names that two feasts share
FEASTS = {"eid": ("fitr", "adha")}
EASTER_DAYS = {"easter": 0, "goodfriday": -2, "palmsunday": -7, "ashwednesday": -46, "eastermonday": 1, "pentecost": 49}
# month, weekday (Monday is 0), which one of the month (-1: the last), days after it
NTH_DAYS = {
    "thanksgiving": (11, 3, 4, 0), "labor": (9, 0, 1, 0), "memorial": (5, 0, -1, 0), "mlk": (1, 0, 3, 0),
    "election": (11, 0, 1, 1),
}  # fmt: skip


def holiday(name: str, year_: int) -> Moment | None:
    """The named day in a year, None where its date is not known here."""
    if not name or name in FEASTS or not 1000 < year_ < ERA_FROM:
        return None
    if name in EASTER_DAYS:
        return day(easter(year_) + timedelta(days=EASTER_DAYS[name]))
    if name == "orthodoxeaster":
        return day(orthodox_easter(year_))
    if name in ISLAMIC:
        return _islamic_feast(name, year_)
    if name in NTH_DAYS:
        month_, weekday, number, after = NTH_DAYS[name]
        days = [
            d for d in calendar.Calendar().itermonthdates(year_, month_) if d.month == month_ and d.weekday() == weekday
        ]
        return day(days[number - 1 if number > 0 else number] + timedelta(days=after))
    if len(name) == len("2001-09-11"):
        return day(date.fromisoformat(name))
    return day(date(year_, int(name[:2]), int(name[3:])))


def _islamic_feast(name: str, year_: int) -> Moment | None:
    month_, day_, before, after = ISLAMIC[name]
    first_guess = (year_ - 622) * 33 // 32 - 1
    for hijri in range(first_guess, first_guess + 4):
        when = islamic(hijri, month_, day_)
        if when.year == year_:
            start, end = when - timedelta(days=before), when + timedelta(days=after)
            return Moment(when.isoformat() if after < 10 else f"{year_:04}-{when.month:02}", start, end, "range", "day")
    return None
