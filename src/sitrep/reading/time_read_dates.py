"""Readers of calendar expressions: dates, years, seasons, quarters, decades, feasts, clock times."""

from __future__ import annotations

import re

from sitrep.reading.time_calendar import ERA
from sitrep.reading.time_expression import (
    MODS,
    Expression,
    fill,
    names_of,
    ordinal,
    two_digit_year,
)
from sitrep.reading.time_scan import Match
from sitrep.reading.time_words import NAME, words

# what a four-digit number counts when it stands before one of these, and is no year
COUNTED = words(
    "people men women children troops soldiers fighters dead wounded civilians refugees families homes houses "
    "tons tonnes miles kilometers kilometres km meters metres feet ft yards acres dollars pounds euros troopers "
    "guns tanks aircraft mm prisoners casualties rebels militants students workers square barrels rounds others "
    "inhabitants hectares m cases"
)
# what became of those whom a number counts: "1407 injured" is no year, "the attack of 1993 killed six" names one
HARMED = words("killed injured wounded displaced missing detained arrested")
OLD = 1800

MARCH = 3
MONTH_NAMES = words("MON MABBR MCAPS")
# words before "March" that make it the month
MONTH_LEADS = words("IN SINCE BY UNTIL DURING OF FROM TO BETWEEN AFTER BEFORE AND OR COMMA DASH OPEN FOR ON")
# words before a number that lead to a year
LEADS = words("IN SINCE BY UNTIL DURING OF FROM TO OPEN BETWEEN THE DASH AFTER BEFORE AND COMMA")


def _date(match: Match, found: Expression) -> Expression | None:
    fill(match, found)
    names = names_of(match.tokens)
    if found.month is not None:
        m = next(n for n, name in enumerate(names) if name in MONTH_NAMES)
        # the day stands before the month ("3 May", "the 3rd of May") or after it ("May 3", "May the third")
        for n in (m - 1, m - 2, m + 1, m + 2):
            if 0 <= n < len(names) and names[n] in {"D", "ORD", "ORDW"}:
                if names[n] == "D" and n > 0 and names[n - 1] == "APOS":
                    continue
                if n < m - 1 and names[m - 1] not in {"OF", "DASH"}:
                    continue
                if n > m + 1 and names[m + 1] != "THE":
                    continue
                if _is_part_of_mod(names, n):
                    continue
                found.day = int(match.tokens[n].value)
                break
    if names[0] in {"THE", "EARLY"} and "UNITS" in names and "OF" in names and not found.piece_unit:
        found.part = found.part or "MO"  # the early hours of Monday
    if found.month is None and names in (["D"], ["ORD"]):
        found.day, found.code = int(match.tokens[0].value), "day_only"
    if names[-1] == "COMMA":
        found.end = match.tokens[-2].end
    if found.month == MARCH and not _is_march(match, names):
        return None
    if "UWEEK" in names and names[-1] != "UWEEK" and not found.piece_unit:
        found.unit = "W"
    return found


def _is_march(match: Match, names: list[str]) -> bool:
    """Whether a bare "March" is the month: not "the March to the Sea", "the Long March"."""
    if names != ["MON"] or not match.before:
        return True
    last = NAME[match.before[-1].char]
    return last in MONTH_LEADS or (last == "A" and bool(match.after) and NAME[match.after[0].char] == "X")


def _is_part_of_mod(names: list[str], n: int) -> bool:
    """In "the first week of May": that "first" is no day of the month."""
    return (
        names[n] == "ORDW"
        and n + 1 < len(names)
        and names[n + 1] not in {"OF", "MON", "MABBR", "COMMA"}
        and "OF" in names[n:]
    )


def _range_end(match: Match, found: Expression) -> Expression | None:
    """The second day of "May 3 and 5", "May 3-5, 2016"."""
    found.kind, found.code, found.number = "date", "day_only", -1
    found.day = int(match.tokens[0].value)
    if len(match.tokens) > 1:
        found.year = int(match.tokens[-1].value)
    return found


def _season(match: Match, found: Expression) -> Expression | None:
    fill(match, found)
    word = next(token for token in match.tokens if NAME[token.char] in {"SEASONW", "FALL"})
    # the Arab Spring, the Prague Spring
    if found.year is None and match.before and not found.pointer and not found.year_pointer and word.lower == "spring":
        tail = NAME[match.before[-1].char]
        if (
            tail == "X"
            and match.tokens[0] is word
            and match.before[-1].lower in {"arab", "prague", "damascus", "hot", "coil"}
        ):
            return None
    return found


def _iso(match: Match, found: Expression) -> Expression | None:
    word = match.tokens[-1]
    text = word.lower
    found.kind = "date"
    if NAME[word.char] == "ISO":
        found.year, found.month, found.day = int(text[:4]), int(text[5:7]), int(text[8:10])
        found.clock = text[11:16].lstrip("t")
        return found if 1 <= found.month <= 12 and 1 <= found.day <= 31 else None
    pieces = re.split(r"[./-]", text)
    if len(pieces[0]) > 2:
        return None
    parts = [int(piece) for piece in pieces]
    year = parts[2] if parts[2] > 99 else two_digit_year(parts[2])
    # 08/13/2016 and 13/08/2016 are plain; where both fit, slashes are American, dots and dashes are not
    month, day = (parts[0], parts[1]) if "/" in text else (parts[1], parts[0])
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    found.year, found.month, found.day = year, month, day
    return found


def _clock(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    fill(match, found)
    if names[0] in {"Y", "TIME4"}:
        # 1430 GMT, 0915 hours
        number = int(tokens[0].value)
        if number >= 2400 or number % 100 > 59:
            return None
        found.clock = f"{number // 100:02}:{number % 100:02}"
        found.year = int(tokens[names.index("Y", 1)].value) if "Y" in names[1:] else None
    hour = minute = None
    for n, (token, name) in enumerate(zip(tokens, names, strict=True)):
        if name == "CLOCK" or (
            name in {"D", "NW", "BIG"} and n + 1 < len(names) and names[n + 1] in {"AMPM", "OCLOCK"}
        ):
            pieces = token.lower.replace(".", ":").split(":")
            hour = int(token.value) if len(pieces) == 1 or name == "NW" else int(pieces[0])
            minute = int(pieces[1]) if len(pieces) > 1 else None
            if n + 1 < len(names) and names[n + 1] == "AMPM":
                late = tokens[n + 1].lower[0] == "p"
                hour = hour % 12 + 12 * late
            break
    if hour is not None:
        if hour > 24 or (minute or 0) > 59:
            return None
        found.clock = f"{hour:02}:{minute:02}" if minute is not None else f"{hour:02}:00"
    if not found.clock:
        return None
    rest = names[1:]
    if found.month is not None:
        dated = Match(match.rule, tokens, match.before, match.after)
        m = next(n for n, name in enumerate(names) if name in MONTH_NAMES)
        for n in (m + 1, m - 1):
            if (
                0 <= n < len(names)
                and names[n] in {"D", "ORD"}
                and not (n + 1 < len(names) and names[n + 1] in {"AMPM", "OCLOCK"})
            ):
                found.day = int(dated.tokens[n].value)
                break
    found.kind = "clock" if not (found.month or found.weekday or "DAYREF" in rest) else "date"
    if "DAYREF" in rest:
        found.kind = "deictic"
    return found


def _quarter(match: Match, found: Expression) -> Expression | None:
    fill(match, found)
    names = names_of(match.tokens)
    if names.count("UYEAR") and {"AGO", "EARLIER"} & set(names):
        found.pointer, found.code = "prev", "yearago"
    if "QUARTER" not in names and "QUARTERS" not in names and "QN" not in names and "PERIOD" not in names:
        return None
    found.number = next(
        (int(t.value) for t, name in zip(match.tokens, names, strict=True) if name == "QN"), ordinal(match.tokens)
    )
    if found.number > 4:
        return None
    if names[0] == "A":
        found.start = match.tokens[1].start
    return found


def _half(match: Match, found: Expression) -> Expression | None:
    fill(match, found)
    names = names_of(match.tokens)
    found.number = 2 if {"LATTER", "LAST"} & set(names[:3]) or ordinal(match.tokens) == 2 else 1
    found.mod = ""
    if "DECADE" in names:
        found.kind, found.mod = "decade", f"H{found.number}"
        return _decade(match, found)
    return found


def _decade(match: Match, found: Expression) -> Expression | None:
    names = names_of(match.tokens)
    found.bc = names[-1] == "BC"
    mod = next((str(t.value) for t, name in zip(match.tokens, names, strict=True) if name in MODS), "")
    found.mod = found.mod or mod
    for token, name in zip(match.tokens, names, strict=True):
        if name == "DECADE":
            value = int(token.value)
            if value >= 1000:
                found.number = value // 10
            elif value < 100 and not (match.before and NAME[match.before[-1].char] == "POSS"):
                # "in his 30s" is an age
                found.number = (200 if value < 30 else 190) + value // 10
            elif found.bc:
                found.number = value // 10
            else:
                return None
        elif name == "DECADEW":
            found.number = 190 + int(token.value)
    return found if found.number else None


def _century(match: Match, found: Expression) -> Expression | None:
    fill(match, found)
    found.pointer = ""
    found.number = ordinal(match.tokens)
    return found


def _named(match: Match, found: Expression) -> Expression | None:
    fill(match, found)
    names = names_of(match.tokens)
    holiday = match.tokens[names.index("HOLIDAY")]
    found.code = str(holiday.value)
    if "UWEEK" in names:
        found.unit = "W"
    if match.before and match.before[-1].lower == "operation":
        return None
    # Easter Island, Christmas tree
    if (
        match.after
        and NAME[match.after[0].char] == "X"
        and match.after[0].lower in {"island", "islands", "tree", "bombing", "offensive"}
    ):
        return None if holiday.lower in {"easter", "christmas"} and match.after[0].lower != "offensive" else found
    return found


def _year(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    fill(match, found)
    found.pointer = ""
    before = [NAME[token.char] for token in match.before]
    if (
        names in (["D"], ["SMALL"], ["BIG"])
        and 0 < int(tokens[0].value) < 1000
        and len(match.after) >= 3
        and NAME[match.after[2].char] == "BC"
    ):
        found.year, found.bc = ERA - int(tokens[0].value), True
    if found.bc:
        return found
    if names in (["D"], ["SMALL"]):
        if len(match.before) < 2:
            return None
        first = int(match.before[-2].value)
        found.year = first - first % 100 + int(tokens[0].value)
        if NAME[match.before[-1].char] != "DASH" or found.year <= first or tokens[0].end - tokens[0].start != 2:
            return None
        return found if first > 1000 else None
    if found.year is None:
        return None
    last = before[-1] if before else ""
    if last in {"MONEY", "APPROX", "THAN", "LEAST", "UP"} and not found.mod:
        return None
    after = match.after[0].lower if match.after else ""
    if after in COUNTED or (match.after and NAME[match.after[0].char] in {"PERCENT", "UDAYS", "UNITS"}):
        return None
    if found.year < OLD and after in HARMED:
        return None
    # 1500 men: a number far from our days, or a round one, needs a word that leads to a year
    led = last in LEADS or bool(found.mod)
    if (found.year > 2050 or found.year < 1400 or found.year % 100 == 0) and not led:
        return None
    return found


def _sept11(_match: Match, found: Expression) -> Expression | None:
    found.kind, found.year, found.month, found.day = "date", 2001, 9, 11
    return found


DATE_READERS = {
    "date": _date, "range_end": _range_end, "season": _season, "iso": _iso, "clock": _clock, "quarter": _quarter,
    "half": _half, "decade": _decade, "century": _century, "named": _named, "year": _year, "sept11": _sept11,
}  # fmt: skip
