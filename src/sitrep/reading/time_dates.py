"""From what an expression says to when that is: TIMEX3 value and interval.

Three things fix a date that the words leave open: the publication date ("Monday", "last week"), the tense of
the clause ("Monday" looks back in "said Monday", ahead in "will meet Monday"), and in a history, which has no
"now", the last date before it ("July", "the next day").
"""

from __future__ import annotations

from datetime import date, timedelta

from sitrep.reading import time_calendar as cal
from sitrep.reading.parse import Parse
from sitrep.reading.time_calendar import Grain, Moment
from sitrep.reading.time_expression import Expression
from sitrep.reading.time_tense import VERBAL, Look, Tense, look

SAID = -1  # anchor of what the publication date fixes; other anchors are indices of earlier answers
STEPS = {"last": -1, "prev": -1, "next": 1, "follow": 1, "this": 0, "that": 0, "latest": -1, "": 0}
COARSE: dict[Grain, int] = {
    "time": 0, "day": 1, "weekend": 2, "week": 2, "month": 3, "season": 4, "quarter": 4, "half": 5, "year": 6,
    "decade": 7, "century": 8, "": 9,
}  # fmt: skip


def blank(value: str, grain: Grain = "") -> Moment:
    return Moment(value, None, None, "unknown", grain)


def calendar_date(year: int, month: int, day: int | None) -> Moment:
    if not cal.FIRST_YEAR <= year <= cal.LAST_YEAR:
        return blank(f"{year:04}-{month:02}" + (f"-{day:02}" if day else ""))
    if day is None:
        return cal.month(year, month)
    try:
        return cal.day(date(year, month, day))
    except ValueError:  # 30 February, or 29 February in the wrong year
        return blank(f"{year:04}-{month:02}-{day:02}")


def _distance(moment: Moment, said: date) -> int:
    """Days between a moment and the publication date; none where it covers it."""
    if moment.start is None or moment.end is None:
        return 9999
    return max((moment.start - said).days, (said - moment.end).days, 0)


# days since a date of no year, and days until it comes again, at which it is past whatever the tense says
JUST_PAST, FAR_AHEAD = 60, 240
# a month this far back in the year is the next year's: January after December
WRAP = 10
# the winter that a history speaks of from here on ends in the next year
LATE_IN_YEAR = 10
# a sentence opens a new time with one of its first words
HEAD = 5
HEAVY = VERBAL | {"NOUN", "PROPN"}


def _overlap(one: Moment, two: Moment) -> bool:
    if one.start is None or one.end is None or two.start is None or two.end is None:
        return True
    return one.start <= two.end and two.start <= one.end


class DateResolver:
    """What fixes a calendar date: the publication date, tense, or the dates before it.

    said: the publication date, if known. history: the text tells a history, so that what is not dated
    hangs on the date before it and not on the publication date.
    """

    def __init__(self, parse: Parse, said: date | None, *, history: bool) -> None:
        self.parse = parse
        self.said = said
        self.history = history
        self.trail: list[tuple[int, Moment]] = []
        self.last_quarter: Moment | None = None
        self.clock: tuple[int, int | None, int] | None = None
        self.index = 0

    def now(self) -> tuple[date | None, int | None]:
        """The time of speech: the publication date, in a history the last date before."""
        if self.history:
            when = self.text()
            if when[0]:
                return when[0].start, when[1]
        return self.said, SAID if self.said else None

    def text(self, finest: Grain = "century") -> tuple[Moment | None, int | None]:
        """The last moment that the text spoke of, no coarser than a grain; else the publication date in news."""
        limit = COARSE[finest]
        later: Moment | None = None
        for index, moment in reversed(self.trail):
            if COARSE[moment.grain] <= limit:
                if later and not _overlap(moment, later):
                    break  # the text has moved on: "on 3 May ... In July ... The next day"
                return moment, index
            later = later or moment
        if later:
            return None, None
        if self.said and not self.history:
            return cal.day(self.said), SAID
        return None, None

    def look(self, found: Expression) -> Look:
        """Where the clause around an expression looks."""
        end = found.look_at or found.end
        first, last = self.parse.token_at(found.start), self.parse.token_at(end - 1)
        if first is None or last is None:
            return Look("", direct=False, open_ended=False)
        return look(self.parse, first, last)

    def tense(self, found: Expression) -> Tense:
        """The tense of the clause around an expression."""
        return self.look(found).tense

    def year(self, found: Expression) -> Moment:
        number = found.year or 0
        return cal.year(number) if cal.FIRST_YEAR <= number <= cal.LAST_YEAR else blank(f"{number:04}")

    def year_number(self, found: Expression) -> tuple[int | None, int | None]:
        """The year that an expression names or points at ("of that year", "last year"), and its anchor."""
        if found.year is not None:
            return found.year, None
        if found.year_pointer:
            if found.year_pointer in {"that", "prev", "follow"}:
                moment, anchor = self.text("year")
                when = moment.start if moment else None
            else:
                when, anchor = self.now()
            return (when.year + STEPS[found.year_pointer] if when else None), anchor
        return None, None

    def date(self, found: Expression) -> tuple[Moment, int | None]:
        if found.month is None:
            if found.weekday is not None:
                return self._weekday(found)
            return blank("XXXX-XX-XX"), None
        year, anchor = self.year_number(found)
        if year is None:
            year, anchor = self._guess_year(found)
        if year is None:
            day = f"-{found.day:02}" if found.day else ""
            return blank(f"XXXX-{found.month:02}{day}", "day" if found.day else "month"), None
        moment = calendar_date(year, found.month, found.day)
        if found.unit == "W" and moment.start:
            moment = cal.week(moment.start)
        return moment, anchor

    def _guess_year(self, found: Expression) -> tuple[int | None, int | None]:
        """The year of "July" or "June 14"."""
        month = found.month or 1
        if self.history or self.said is None:
            return self._year_in_history(found, month)
        said = self.said
        if found.pointer in {"last", "prev"}:
            return (said.year if month < said.month else said.year - 1), SAID
        if found.pointer == "next":
            return (said.year if month > said.month else said.year + 1), SAID
        if found.pointer == "this":
            return said.year, SAID
        # its own verb decides; where it hangs on a noun, the nearest year is meant, the past one rather
        years = [calendar_date(number, month, found.day) for number in (said.year - 1, said.year, said.year + 1)]
        looks = self.look(found)
        if looks.tense == "future" and not self._just_past(years):
            years = [
                one for one in years if one.end and one.end >= said - timedelta(days=30 if looks.open_ended else 7)
            ][:1] or years
        elif not looks.open_ended and (looks.tense == "past" or (not looks.tense and not found.day)):
            plain = looks.direct or self._fronted(found)
            ahead = said if plain else said + timedelta(days=120)
            years = [one for one in years if one.start and one.start <= ahead]
            years = years[-1:] if plain else years
        nearest = min(years, key=lambda one: _distance(one, said))
        return (nearest.start.year if nearest.start else said.year), SAID

    def _just_past(self, years: list[Moment]) -> bool:
        """Whether a day of the year was some weeks ago and comes again only in nearly a year.

        "Is seeking support after the attack of August 21" looks ahead, its date does not.
        """
        said = self.said
        before = [one for one in years if said and one.end and one.end < said]
        after = [one for one in years if said and one.start and one.start >= said]
        if said is None or not before or not after:
            return False
        return _distance(before[-1], said) <= JUST_PAST and _distance(after[0], said) > FAR_AHEAD

    def _year_in_history(self, found: Expression, month: int) -> tuple[int | None, int | None]:
        """In a history: the year of the date before, or the next one where the months start again."""
        if self.clock is None:
            return None, None
        year, last, anchor = self.clock
        if found.pointer == "next" and last and month <= last:
            return year + 1, anchor
        if found.pointer in {"prev", "last"} and last and month >= last:
            return year - 1, anchor
        if last and month < last and last - month >= WRAP:
            return year + 1, anchor
        return year, anchor

    def wind(self, found: Expression, moment: Moment) -> None:
        """Set the clock of a history: where it has got to, as (year, month if it said so, index).

        A date with its month always sets it. A year alone may be an aside ("papers opened in 2005 show"), so it
        must open its sentence, hang on the main verb, or be this year or the next.
        """
        start = moment.start
        if start is None or COARSE[moment.grain] > COARSE["year"]:
            return
        fine = COARSE[moment.grain] <= COARSE["month"]
        if self.clock and not fine and start.year - self.clock[0] not in {0, 1}:
            i = self.parse.token_at(found.start)
            if i is None or not (self._opens(i) or self._in_main_clause(i)):
                return
        self.clock = (start.year, start.month if fine else None, self.index)

    def _fronted(self, found: Expression) -> bool:
        """Whether the expression opens its sentence and so dates all of it: "In September rebels ..."."""
        i = self.parse.token_at(found.start)
        return i is not None and i - self.parse.sentence(i)[0] <= 1

    def _opens(self, i: int) -> bool:
        """Whether token i stands at the head of its sentence, before any noun or verb."""
        first = self.parse.sentence(i)[0]
        return i - first < HEAD and not any(pos in HEAVY for pos in self.parse.pos[first:i])

    def _in_main_clause(self, i: int) -> bool:
        """Whether token i hangs on the main verb, not on a noun or a clause inside."""
        parse = self.parse
        for j in parse.ancestors(i):
            if parse.pos[j] in VERBAL:
                return parse.deps[j] == "ROOT"
            if parse.pos[j] in {"NOUN", "PROPN"}:
                return False
        return False

    def _weekday(self, found: Expression) -> tuple[Moment, int | None]:
        number = (found.weekday or 1) - 1
        if found.pointer in {"that", "prev", "follow"} or self.history:
            moment, anchor = self.text("day")
            now = moment.start if moment else None
        else:
            now, anchor = self.said, SAID
        if now is None:
            return blank(f"XXXX-WXX-{number + 1}"), None
        back = (now.weekday() - number) % 7
        ahead = (number - now.weekday()) % 7
        match found.pointer:
            case "last" | "prev":
                when = now - timedelta(days=back or 7)
            case "next" | "follow":
                when = now + timedelta(days=ahead or 7)
            case "this":
                when = now + timedelta(days=ahead) if self.tense(found) != "past" else now - timedelta(days=back)
            case _:
                looks = self.tense(found)
                when = now + timedelta(days=ahead) if looks == "future" else now - timedelta(days=back)
        return cal.day(when), anchor

    def season(self, found: Expression) -> tuple[Moment, int | None]:
        code = found.season
        year, anchor = self.year_number(found)
        if year is not None:
            return cal.season(year, code, named=True), anchor
        if self.history and not found.pointer and self.clock:
            late = code == "WI" and (self.clock[1] or 0) >= LATE_IN_YEAR
            return cal.season(self.clock[0] + late, code), self.clock[2]
        if found.pointer in {"that", "prev", "follow"} or self.history:
            moment, anchor = self.text("year")
            now = moment.start if moment else None
        else:
            now, anchor = self.said, SAID
        if now is None:
            return blank(f"XXXX-{code}", "season"), None
        # the season-year turns in December
        order = cal.SEASON_ORDER.index(code)
        here = cal.SEASON_ORDER.index(cal.season_code(now))
        year = now.year + (now.month == 12)
        match found.pointer:
            case "last" | "prev":
                year -= order >= here
            case "next" | "follow":
                year += order <= here
            case "":
                year -= order > here and self.tense(found) == "past"
            case _:
                # "this winter" is over in August: the coming one, if the clause looks ahead
                looks = self.tense(found)
                if found.pointer == "that":
                    year += order < here  # "that winter", after a summer
                else:
                    year += (order < here and looks == "future") - (order > here and looks == "past")
        return cal.season(year, code), anchor

    def quarter(self, found: Expression) -> tuple[Moment, int | None]:
        year, anchor = self.year_number(found)
        said = self.said
        if found.code == "yearago":
            base = self.last_quarter or (cal.containing("quarter", said) if said else None)
            if base and base.start:
                moment = cal.quarter(base.start.year - 1, found.number or (base.start.month + 2) // 3)
                return moment, anchor
        if year is None:
            if said is None:
                return blank(f"XXXX-Q{found.number}", "quarter"), None
            current = (said.month + 2) // 3
            year, anchor = said.year, SAID
            if found.number > current and self.tense(found) == "past":
                year -= 1
        moment = cal.quarter(year, found.number)
        self.last_quarter = moment
        return moment, anchor

    def named(self, found: Expression) -> tuple[Moment, int | None]:
        year, anchor = self.year_number(found)
        if found.code[:4].isdecimal() and len(found.code) == len("1944-06-06"):
            year = int(found.code[:4])
        if year is not None:
            moment = cal.holiday(found.code, year)
        elif self.history:
            anchor = self.clock[2] if self.clock else None
            moment = cal.holiday(found.code, self.clock[0]) if self.clock else None
        elif self.said:
            anchor = SAID
            moment = self._near_holiday(found, self.said)
        else:
            moment = None
        if moment is None:
            code = found.code
            if code[2:3] == "-":
                return blank(f"XXXX-{code}", "day"), None
            return blank(f"{year:04}-XX-XX" if year else "XXXX-XX-XX", "day"), anchor
        if found.unit == "W" and moment.start:
            moment = cal.week(moment.start)
        return moment, anchor

    def _near_holiday(self, found: Expression, said: date) -> Moment | None:
        days = [
            moment
            for year in (said.year - 1, said.year, said.year + 1)
            for code in cal.FEASTS.get(found.code, (found.code,))
            if (moment := cal.holiday(code, year))
        ]
        days.sort(key=lambda moment: moment.start or said)
        if not days:
            return None
        looks = {"last": "past", "next": "future"}.get(found.pointer) or self.tense(found)
        before = [moment for moment in days if moment.start and moment.start <= said]
        after = [moment for moment in days if moment.end and moment.end >= said]
        if looks == "past" and before:
            return before[-1]
        if looks == "future" and after:
            return after[0]
        return min(days, key=lambda moment: abs((moment.start - said).days) if moment.start else 9999)
