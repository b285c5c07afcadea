"""From what an expression says to when that is: TIMEX3 value and interval.

Three things fix a date that the words leave open: the publication date ("Monday", "last week"), the tense of
the clause ("Monday" looks back in "said Monday", ahead in "will meet Monday"), and in a history, which has no
"now", the last date before it ("July", "the next day").
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import NamedTuple

from sitrep.model import TimePrecision, TimexType
from sitrep.reading import time_calendar as cal
from sitrep.reading.time_amounts import duration_value, set_value
from sitrep.reading.time_calendar import Grain, Moment
from sitrep.reading.time_dates import COARSE, SAID, STEPS, DateResolver, blank
from sitrep.reading.time_expression import Expression


class Answer(NamedTuple):
    """A resolved expression. anchor: SAID, the index of the earlier answer it hangs on, or None."""

    type: TimexType
    value: str
    start: date | None
    end: date | None
    precision: TimePrecision
    anchor: int | None


def _unknown(kind: TimexType, value: str) -> Answer:
    return Answer(kind, value, None, None, "unknown", None)


def _pattern(grain: Grain) -> str:
    return {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "year": "XXXX", "quarter": "XXXX-QX",
            "half": "XXXX-HX", "decade": "XXX", "century": "XX"}.get(grain, "XXXX-XX-XX")  # fmt: skip


def _vague_in(value: str, grain: Grain) -> str:
    """A day somewhere in 1915 is 1915-XX-XX, a month somewhere in it 1915-XX."""
    year = value[:4]
    if grain in {"month", "week"}:
        return f"{year}-XX" if grain == "month" else f"{year}-WXX"
    return f"{value}-XX" if len(value) == len("1915-07") else f"{year}-XX-XX"


class Resolver(DateResolver):
    """Resolves the expressions of one report in text order."""

    def resolve(self, found: Expression) -> Answer:
        """The answer for the next expression in the text."""
        answer, moment = self._resolve(found)
        if moment is not None and moment.start is not None and moment.grain != "":
            self.trail.append((self.index, moment))
            self.wind(found, moment)
        self.index += 1
        return answer

    def _resolve(self, found: Expression) -> tuple[Answer, Moment | None]:
        match found.kind:
            case "duration":
                return _unknown("DURATION", duration_value(found.amount, found.unit)), None
            case "set":
                return _unknown("SET", set_value(found)), None
            case "ref":
                return self._reference(found), None
            case "lastn":
                return self._last_n(found), None
            case _:
                pass
        moment, anchor = self._moment(found)
        shown = cal.written(moment)
        if found.piece_unit:
            return self._piece(found, shown, anchor), moment
        return self._dated(found, shown, anchor), moment

    def _dated(self, found: Expression, moment: Moment, anchor: int | None) -> Answer:
        value, kind = moment.value, "DATE"
        if moment.grain != "" or moment.start is not None:
            moment = cal.narrow(moment, found.mod)
        if found.clock:
            value, kind = f"{value}T{found.clock}", "TIME"
        elif found.part and "T" not in value and moment.grain in {"day", "time", ""}:
            value, kind = f"{value}T{found.part}", "TIME"
        elif "T" in value and moment.grain == "time":
            kind = "TIME"
        return Answer(kind, value, moment.start, moment.end, moment.precision if moment.start else "unknown", anchor)

    def _moment(self, found: Expression) -> tuple[Moment, int | None]:
        match found.kind:
            case "date":
                return self.date(found)
            case "year":
                return self.year(found), None
            case "season":
                return self.season(found)
            case "quarter":
                return self.quarter(found)
            case "half":
                year, anchor = self.year_number(found)
                return (cal.half(year, found.number) if year else blank(f"XXXX-H{found.number}")), anchor
            case "decade":
                return (cal.decade((cal.ERA - found.number * 10) // 10) if found.bc else cal.decade(found.number)), None
            case "century":
                return (blank(f"BC{found.number - 1:02}") if found.bc else cal.century(found.number - 1)), None
            case "named":
                return self.named(found)
            case "deictic":
                return self._deictic(found)
            case "relunit":
                return self._relative_unit(found)
            case "offset":
                return self._offset(found)
            case "clock":
                moment, anchor = self.text("day")
                return (moment if moment and moment.grain == "day" else blank("XXXX-XX-XX")), anchor
            case _:
                return blank("XXXX"), None

    def _deictic(self, found: Expression) -> tuple[Moment, int | None]:
        """Today, yesterday, tonight: counted from the publication date, in histories too."""
        if self.history and found.code == "0":
            return Moment("PRESENT_REF", None, None, "unknown", ""), None
        if not found.code:
            return self._overnight("" if found.clock else "TNI")
        count = int(found.code.removesuffix("TNI"))
        part = "TNI" if found.code.endswith("TNI") and not found.clock else ""
        if self.said is None or self.history:
            return blank(f"XXXX-XX-XX{part}", "time" if part else "day"), None
        moment = cal.day(self.said + timedelta(days=count))
        if part:
            moment = moment._replace(value=moment.value + part, grain="time")
        return moment, SAID

    def _overnight(self, part: str) -> tuple[Moment, int | None]:
        """Overnight: the night that ends or begins on the day of publication."""
        if self.said is None or self.history:
            return blank(f"XXXX-XX-XX{part}", "time"), None
        value = f"{self.said.isoformat()}{part}"
        return Moment(value, self.said - cal.ONE_DAY, self.said, "range", "time"), SAID

    def _relative_unit(self, found: Expression) -> tuple[Moment, int | None]:
        grain = cal.GRAIN_OF_UNIT.get(found.unit, "day")
        if grain == "time":
            return Moment("PRESENT_REF", None, None, "unknown", ""), None
        count = STEPS[found.pointer]
        from_text = found.pointer in {"that", "prev", "follow"} or found.code == "the"
        if from_text or self.history:
            moment, anchor = self.text(grain if grain != "weekend" else "week")
            now = moment.start if moment else None
        else:
            now, anchor = self.said, SAID
        if now is None:
            return blank(_pattern(grain), grain), None
        if grain == "weekend" and found.pointer in {"", "last", "next"}:
            return self._weekend(found, now), anchor
        if found.pointer == "latest":
            count = -1 if grain == "quarter" else 0
        moment = cal.step(grain, now, count)
        if moment is None:
            return blank(_pattern(grain), grain), None
        if found.code == "year-end" and moment.end:
            return cal.day(moment.end), anchor
        if grain == "quarter":
            if not found.pointer and self.last_quarter:
                moment = self.last_quarter
            elif found.pointer:
                self.last_quarter = moment
        return moment, anchor

    def _weekend(self, found: Expression, now: date) -> Moment:
        """The weekend: the one just over, unless the clause looks ahead; on the days themselves, this one."""
        if found.pointer == "next":
            return cal.weekend(now + timedelta(weeks=1)) if now.weekday() >= 5 else cal.weekend(now)
        if found.pointer == "last" or (now.weekday() < 5 and self.tense(found) != "future"):
            return cal.weekend(now - timedelta(weeks=1))
        return cal.weekend(now)

    def _offset(self, found: Expression) -> tuple[Moment, int | None]:
        """Three days ago, two weeks later."""
        grain = cal.GRAIN_OF_UNIT.get(found.unit, "day")
        vague = Moment("PAST_REF" if found.sign < 0 else "FUTURE_REF", None, None, "unknown", "")
        if found.amount is None:
            return vague, None
        if found.base == "said" and not self.history:
            base, anchor = (cal.day(self.said), SAID) if self.said else (None, None)
        else:
            base, anchor = self.text()
        if (
            grain == "year"
            and self.last_quarter
            and found.amount == 1
            and found.sign < 0
            and not self.history
            and self.last_quarter.start
        ):
            back = self.last_quarter.start
            return cal.quarter(back.year - 1, (back.month + 2) // 3), anchor
        if found.base == "text" and found.sign > 0 and anchor == SAID:
            return blank(_pattern(grain), grain), None  # "two weeks later", later than what?
        count = found.amount * found.sign
        if grain in {"decade", "century"}:
            count, grain = count * (10 if grain == "decade" else 100), "year"
        if grain == "time":
            return (
                base._replace(value=f"{base.value}TXX", grain="time") if base and base.grain == "day" else vague
            ), anchor
        if base is None or base.start is None or base.end is None:
            return blank(_pattern(grain), grain), None
        whole, rest = int(count * (2 if found.unit == "FN" else 1)), count % 1
        if rest and grain in {"year", "month"}:
            grain, whole = ("month", round(count * 12)) if grain == "year" else ("week", round(count * 30.4 / 7))
        if COARSE[base.grain] > COARSE[grain]:
            # "two days later" after a month: somewhere in it
            first, last = cal.move(grain, base.start, whole), cal.move(grain, base.end, whole)
            return Moment(_vague_in(base.value, grain), first, last, "range", ""), anchor
        moment = cal.step(grain, base.start, whole)
        if moment is None:
            return vague, None
        return (moment._replace(precision="range") if found.mod == "APPROX" else moment), anchor

    def _last_n(self, found: Expression) -> Answer:
        """The past three days: a duration with its place in time."""
        value = duration_value(found.amount, found.unit)
        if found.amount is None and found.code == "RECENT":
            return _unknown("DATE", "PAST_REF")
        if found.amount is None and found.code == "COMING":
            return _unknown("DATE", "FUTURE_REF")
        if found.base == "said":
            now, anchor = self.now()
        else:
            moment, anchor = self.text("day")
            now = moment.start if moment else None
        grain = cal.GRAIN_OF_UNIT.get(found.unit, "day")
        if now is None or found.amount is None or (grain == "time" and found.unit != "TH"):
            return Answer("DURATION", value, None, None, "unknown", anchor)
        # hours reach into as many days as they fill, the first one begun
        count = max(1, math.ceil(found.amount / 24) if grain == "time" else int(found.amount))
        other = cal.move(grain, now, found.sign * count)
        if other is None:
            return Answer("DURATION", value, None, None, "unknown", anchor)
        return Answer("DURATION", value, min(now, other), max(now, other), "range", anchor)

    def _piece(self, found: Expression, moment: Moment, anchor: int | None) -> Answer:
        """The last two weeks of May."""
        value = duration_value(found.piece_amount, found.piece_unit)
        start, end = moment.start, moment.end
        grain = cal.GRAIN_OF_UNIT.get(found.piece_unit, "day")
        size = max(1, int(found.piece_amount))
        if start is None or end is None or grain == "time":
            return Answer("DURATION", value, start, end, "range" if start else "unknown", anchor)
        if found.piece_number < 0:
            first, last = cal.move(grain, end + cal.ONE_DAY, -size), end
        else:
            first = cal.move(grain, start, size * (found.piece_number - 1))
            last = cal.move(grain, first, size) if first else None
            last = last - cal.ONE_DAY if last else None
        if first is None or last is None:
            return Answer("DURATION", value, start, end, "range", anchor)
        return Answer("DURATION", value, max(start, first), min(max(start, last), end), "range", anchor)

    def _reference(self, found: Expression) -> Answer:
        if found.code[0] == "X":
            return _unknown("TIME", found.code)
        if found.code == "PRESENT_REF" and self.said and not self.history:
            return Answer("DATE", found.code, self.said, self.said, "day", SAID)
        return _unknown("DATE", found.code)
