"""From a matched rule to what it says: an Expression with year, month, weekday, unit, amount, pointer, ...

Nothing is resolved here; time_resolve.py does that with the publication date and the expressions before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitrep.reading.time_scan import Match, Token
from sitrep.reading.time_words import CHAR, NAME

YEAR_UNIT = "Y"
# words that point from a reference time: to what they mean
POINTERS = {
    "LAST": "last", "PAST": "last", "NEXT": "next", "COMING": "next", "PREV": "prev", "FOLLOW": "follow", "THIS": "this",
    "THAT": "that", "SAME": "that", "CURRENT": "this", "LATEST": "latest", "RECENT": "last", "LATTER": "that",
}  # fmt: skip
MODS = frozenset({"EARLY", "LATE", "MID", "BEGIN", "END", "MIDDLE"})
NUMBERS = frozenset({"D", "SMALL", "Y", "BIG", "NW", "CENTW", "TY", "HUND", "FRACT"})
UNIT_CLASSES = frozenset(
    {"UDAY", "UWEEK", "UMONTH", "UYEAR", "CENTURY", "UNIT", "UDAYS", "UNITS", "QUARTER", "QUARTERS", "WEEKEND", "NIGHT", "NIGHTS"}
)
# what a four-digit number counts when it stands before one of these, and is no year
COUNTED = frozenset(
    "people men women children troops soldiers fighters dead wounded civilians refugees families homes houses tons tonnes miles "
    "kilometers kilometres km meters metres feet ft yards acres dollars pounds euros troopers guns tanks aircraft prisoners "
    "casualties rebels militants students workers square barrels mm rounds others inhabitants hectares m cases".split()
)


@dataclass(slots=True)
class Expression:
    """What one time expression says, unresolved. kind names its resolver; None or "" is "does not say".

    pointer: last, next, this, that, prev, follow, latest. year_pointer: the same, of the year ("of that year").
    amount: how many units, None for "several". sign: -1 back, 1 ahead. base: "said" counts from when it was said,
    "text" from what the text spoke of last.
    """

    kind: str
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    pointer: str = ""
    year_pointer: str = ""
    part: str = ""
    clock: str = ""
    mod: str = ""
    unit: str = ""
    amount: float | None = None
    vague: bool = False
    sign: int = 0
    base: str = ""
    season: str = ""
    number: int = 0
    code: str = ""
    bc: bool = False
    bare: bool = False
    words: str = ""


def read(match: Match) -> Expression | None:
    """What a match says; None where its surroundings show that it is no time."""
    reader = READERS[match.rule]
    found = Expression(match.rule, match.tokens[0].start, match.tokens[-1].end)
    found.words = " ".join(token.lower for token in match.tokens)
    return reader(match, found)


def names_of(tokens: list[Token]) -> list[str]:
    """Class names of tokens."""
    return [NAME[token.char] for token in tokens]


def _features(match: Match, found: Expression) -> None:
    """Fill what single words say: month, weekday, part of day, year, modifier, pointer."""
    tokens, names = match.tokens, names_of(match.tokens)
    used_year = False
    for n, (token, name) in enumerate(zip(tokens, names, strict=True)):
        before = names[n - 1] if n else ""
        after = names[n + 1] if n + 1 < len(names) else ""
        match name:
            case "MON" | "MABBR":
                found.month = int(token.value)
            case "WDAY" | "WABBR":
                found.weekday = int(token.value)
            case "PART" | "NIGHT":
                found.part = str(token.value)
            case "NOON":
                found.clock = str(token.value)
            case "Y":
                found.year, used_year = int(token.value), True
            case "CENTW" if after in {"TY"}:
                found.year, used_year = _number(tokens[n:], names[n:]), True
                if found.year is not None and found.year < 100:
                    found.year = None
            case "SMALL" | "D" if before == "APOS" and not used_year:
                found.year, used_year = two_digit_year(int(token.value)), True
            case "BC":
                found.bc = True
            case "UYEAR" if before in POINTERS:
                found.year_pointer = POINTERS[before]
            case "DAYREF":
                found.code = str(token.value)
            case "SEASONW" | "FALL":
                found.season = str(token.value)
            case _ if name in MODS and not found.mod:
                found.mod = str(token.value)
            case _ if name in {"LATER", "EARLIER"} and not found.mod:
                found.mod = name
            case _:
                pass
    first = next((name for name in names if name in POINTERS), "")
    if first and not found.year_pointer:
        found.pointer = POINTERS[first]
    elif first and names.count("UYEAR") == 0:
        found.pointer = POINTERS[first]
    if "HALF" in names:
        ahead = names[: names.index("HALF")]
        found.mod = "H2" if {"LATTER", "LAST"} & set(ahead) or _ordinal(tokens) == 2 else "H1"
        found.pointer = POINTERS.get(names[names.index("HALF") + 3], "") if len(names) > names.index("HALF") + 3 else ""


def two_digit_year(value: int) -> int:
    """'99 is 1999, '05 is 2005: two digits fall between 1935 and 2034."""
    return 2000 + value if value < 35 else 1900 + value


def _ordinal(tokens: list[Token]) -> int:
    return next((int(token.value) for token in tokens if NAME[token.char] in {"ORD", "ORDW"}), 0)


def _number(tokens: list[Token], names: list[str]) -> int | None:
    """The value of number words in a row: twenty-four, two hundred and five, nineteen ninety-six."""
    total, part, seen = 0.0, 0.0, False
    last = ""
    for token, name in zip(tokens, names, strict=True):
        if name not in NUMBERS:
            if name in {"DASH", "AND"} and seen:
                continue
            if seen:
                break
            continue
        value = float(token.value)
        if name == "HUND":
            part = max(part, 1) * value
            if value >= 1000:
                total, part = total + part, 0.0
        elif name in {"TY"} and last == "CENTW":
            part = part * 100 + value
        elif name == "FRACT":
            part += value
        elif seen and last in {"TY", "HUND"}:
            part += value
        elif seen:
            break
        else:
            part = value
        seen, last = True, name
    return int(total + part) if seen else None


def _amount(tokens: list[Token]) -> tuple[float | None, bool]:
    """How many, and whether the words leave it open ("several"): number words, "a", "half a", "a couple of"."""
    names = names_of(tokens)
    if "HALF" in names:
        k = names.index("HALF")
        if k >= 2 and names[k - 1] in {"A", "AND"} and "AND" in names[:k]:
            whole = _exact(tokens[: names.index("AND")])
            return (whole if whole is not None else 1.0) + 0.5, False
        return 0.5, False
    if {"FEW", "VAGUE", "SOME", "DOZENS"} & set(names):
        if "SOME" in names and (exact := _exact(tokens)) is not None:
            return exact, False
        return None, True
    if "COUPLE" in names:
        return 2.0, False
    exact = _exact(tokens)
    if exact is not None:
        return exact, False
    return (None, True) if "A" not in names and names[-1] in {"UDAYS", "UNITS", "QUARTERS", "NIGHTS"} else (1.0, False)


def _exact(tokens: list[Token]) -> float | None:
    names = names_of(tokens)
    whole = _number(tokens, names)
    if whole is None:
        return None
    for token, name in zip(tokens, names, strict=True):
        if name == "BIG" and isinstance(token.value, float):
            return token.value
        if name == "FRACT":
            return whole + float(token.value) % 1 if whole != float(token.value) else float(token.value)
    return float(whole)


def _unit(tokens: list[Token]) -> str:
    return next((str(token.value) for token in reversed(tokens) if NAME[token.char] in UNIT_CLASSES), "")


def _trim(match: Match, found: Expression, count: int) -> list[Token]:
    """Drop tokens from the left of the span."""
    tokens = match.tokens[count:]
    found.start = tokens[0].start
    return tokens


# --- readers, one for each rule name ---


def _date(match: Match, found: Expression) -> Expression | None:
    _features(match, found)
    names = names_of(match.tokens)
    if found.month is not None:
        m = next(n for n, name in enumerate(names) if name in {"MON", "MABBR"})
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
        _part_of_mod(match, found, names)
    elif names == ["D"] or names == ["ORD"]:
        found.day, found.code = int(match.tokens[0].value), "day_only"
    if found.year is not None and found.year < 1000:
        found.year = None
    if names[-1] == "COMMA":
        found.end = match.tokens[-2].end
    found.bare = found.month is not None and names in (["MON"], ["MABBR"])
    return found


def _is_part_of_mod(names: list[str], n: int) -> bool:
    """"the first week of May": that "first" is no day of the month."""
    return names[n] == "ORDW" and n + 1 < len(names) and names[n + 1] not in {"OF", "MON", "MABBR", "COMMA"} and "OF" in names[n:]


def _part_of_mod(match: Match, found: Expression, names: list[str]) -> None:
    """"the last two weeks of May": a stretch at one end of the month."""
    if not {"UWEEK", "UDAY", "UDAYS", "UNITS", "WEEKEND"} & set(names) or "OF" not in names:
        return
    ahead = match.tokens[: names.index("OF")]
    if not ahead or NAME[ahead[-1].char] not in UNIT_CLASSES:
        return
    found.kind, found.unit = "stretch", str(ahead[-1].value)
    found.number = -1 if "LAST" in names_of(ahead) else (_ordinal(ahead) or 1)
    counted = [token for token in ahead if NAME[token.char] in NUMBERS]
    found.amount = float(counted[0].value) if counted else 1.0
    found.pointer, found.day, found.mod = "", None, ""


def _range_end(match: Match, found: Expression) -> Expression | None:
    names = names_of(match.tokens)
    # the sign or word between the two days is not part of the expression
    at = next(n for n, name in enumerate(names) if name in {"D", "ORD"})
    if len(match.before) < 2 or NAME[match.before[-2].char] not in {"MON", "MABBR"}:
        return None
    found.kind, found.code = "date", "day_only"
    found.start, found.day = match.tokens[at].start, int(match.tokens[at].value)
    found.number = -1
    if "Y" in names:
        found.year = int(match.tokens[names.index("Y")].value)
    return found


def _season(match: Match, found: Expression) -> Expression | None:
    _features(match, found)
    word = next(token for token in match.tokens if NAME[token.char] in {"SEASONW", "FALL"})
    # the Arab Spring, the Prague Spring
    if found.year is None and match.before and not found.pointer and not found.year_pointer and word.lower == "spring":
        tail = NAME[match.before[-1].char]
        if tail == "X" and match.tokens[0] is word and match.before[-1].lower in {"arab", "prague", "damascus", "hot", "coil"}:
            return None
    return found


def _set(match: Match, found: Expression) -> Expression | None:
    names = names_of(match.tokens)
    _features(match, found)
    found.pointer = ""
    if "SETW" in names:
        found.code = str(match.tokens[names.index("SETW")].value)
        return found
    if "WDAYS" in names:
        found.weekday = int(match.tokens[names.index("WDAYS")].value)
    for token, name in zip(match.tokens, names, strict=True):
        if name in {"PARTS", "NIGHTS"} and found.weekday:
            found.part = str(token.value)
    found.unit = _unit(match.tokens)
    if found.unit == "NI":
        found.part = "NI"
    found.amount = 2.0 if "OTHER" in names else 1.0
    if names[0] == "EVERY":
        number = _exact(match.tokens)
        found.amount = number if number is not None else (float(_ordinal(match.tokens)) or found.amount)
        if "FEW" in names:
            found.amount = None
    return found


def _iso(match: Match, found: Expression) -> Expression | None:
    word = match.tokens[-1]
    text = word.lower
    found.kind = "date"
    if NAME[word.char] == "ISO":
        found.year, found.month, found.day = int(text[:4]), int(text[5:7]), int(text[8:10])
        found.clock = text[11:16].lstrip("t")
        return found if 1 <= found.month <= 12 and 1 <= found.day <= 31 else None
    parts = [int(part) for part in text.replace(".", "/").split("/")]
    if len(text.replace(".", "/").split("/")[0]) > 2:
        return None
    year = parts[2] if parts[2] > 99 else two_digit_year(parts[2])
    # 08/13/2016 and 13/08/2016 are plain; where both fit, slashes are American and dots are not
    month, day = (parts[0], parts[1]) if "/" in text else (parts[1], parts[0])
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    found.year, found.month, found.day = year, month, day
    return found


def _clock(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    _features(match, found)
    if found.year is not None and names[names.index("Y") + 1 : names.index("Y") + 2] and names[names.index("Y") + 1] in {"HOURS", "TZ", "OPEN"}:
        found.clock = f"{found.year // 100:02}:{found.year % 100:02}"
        found.year = None
    hour = minute = None
    for n, (token, name) in enumerate(zip(tokens, names, strict=True)):
        if name == "CLOCK" or (name in {"D", "NW", "BIG"} and n + 1 < len(names) and names[n + 1] in {"AMPM", "OCLOCK"}):
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
    if names[-1] == "APPROX" or not found.clock:
        return None
    rest = names[1:]
    if found.month is not None:
        dated = Match(match.rule, tokens, match.before, match.after)
        m = next(n for n, name in enumerate(names) if name in {"MON", "MABBR"})
        for n in (m + 1, m - 1):
            if 0 <= n < len(names) and names[n] in {"D", "ORD"} and not (n + 1 < len(names) and names[n + 1] in {"AMPM", "OCLOCK"}):
                found.day = int(dated.tokens[n].value)
                break
    found.kind = "clock" if not (found.month or found.weekday or "DAYREF" in rest) else "date"
    if "DAYREF" in rest:
        found.kind = "deictic"
    return found


def _offset(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    tail = names[-1]
    if names[0] == "UDAY" and tail in {"DAYREF", "WDAY"}:
        return None
    found.unit = _unit(tokens)
    if found.unit in {"WE", "NI"} and tail == "AGO":
        found.unit = {"WE": "WE", "NI": "N"}[found.unit]
    found.amount, found.vague = _amount(tokens)
    found.sign = {"AGO": -1, "EARLIER": -1, "BEFORE": -1}.get(tail, 1)
    found.base = "said" if tail in {"AGO", "HENCE", "NOW"} else "text"
    found.code = tail
    if "APPROX" in names or "LESS" in names or "MORE" in names:
        found.mod = "APPROX"
    return found


def _deictic(match: Match, found: Expression) -> Expression | None:
    _features(match, found)
    return found


def _relunit(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    _features(match, found)
    found.unit = _unit(tokens)
    found.year_pointer = ""
    first = next((name for name in names if name in POINTERS), "")
    found.pointer = POINTERS.get(first, "")
    if found.unit == "NI":
        found.unit, found.part = "D", "NI"
    if "PART" in names:
        found.unit = "D"
    if not found.unit:
        return None
    if names[0] == "THE" and "NEXT" in names:
        found.code = "the"
    if names[:2] == ["THE", "LAST"] and found.unit not in {"D"}:
        found.kind, found.amount, found.sign, found.base = "lastn", 1.0, -1, "said"
    return found


def _lastn(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    k = next((n for n, name in enumerate(names) if name in POINTERS), -1)
    found.unit = _unit(tokens)
    if not found.unit:
        return None
    if k < 0:
        # "the first three days": a duration without a place
        k = next(n for n, name in enumerate(names) if name in {"ORD", "ORDW"})
        found.kind = "duration"
        found.amount, found.vague = _amount(tokens[k + 1 :])
        return found
    found.pointer = POINTERS[names[k]]
    found.amount, found.vague = _amount(tokens[k + 1 :])
    found.sign = {"next": 1, "follow": 1}.get(found.pointer, -1)
    found.base = "text" if found.pointer in {"prev", "follow"} else "said"
    found.code = names[k]
    return found


def _duration(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    found.unit = _unit(tokens)
    if not found.unit:
        return None
    found.amount, found.vague = _amount(tokens)
    before = NAME[match.before[-1].char] if match.before else ""
    # three quarters of the population, a quarter mile
    if found.unit == "Q" and (match.after and NAME[match.after[0].char] in {"OF"} or "DASH" in names):
        return None
    if names[0] in {"Y", "BIG", "SMALL", "D"} and before in {"MONEY"}:
        return None
    if len(names) == 1 and before in {"X"} and tokens[0].lower not in {"years", "months", "weeks", "days", "decades", "hours", "centuries"}:
        return None
    return found


def _quarter(match: Match, found: Expression) -> Expression | None:
    _features(match, found)
    names = names_of(match.tokens)
    if names.count("UYEAR") and {"AGO", "EARLIER"} & set(names):
        found.pointer, found.code = "prev", "yearago"
    if "QUARTER" not in names and "QUARTERS" not in names and "QN" not in names and "PERIOD" not in names:
        return None
    found.number = next((int(t.value) for t, name in zip(match.tokens, names, strict=True) if name == "QN"), _ordinal(match.tokens))
    if found.number > 4:
        return None
    if names[0] == "A":
        found.start = match.tokens[1].start
    return found


def _half(match: Match, found: Expression) -> Expression | None:
    _features(match, found)
    names = names_of(match.tokens)
    found.number = 2 if {"LATTER", "LAST"} & set(names[:3]) or _ordinal(match.tokens) == 2 else 1
    if "DECADE" in names:
        found.kind = "decade"
        return _decade(match, found)
    return found


def _decade(match: Match, found: Expression) -> Expression | None:
    names = names_of(match.tokens)
    mod = next((str(t.value) for t, name in zip(match.tokens, names, strict=True) if name in MODS), "")
    found.mod = found.mod or mod
    for token, name in zip(match.tokens, names, strict=True):
        if name == "DECADE":
            value = int(token.value)
            if value >= 1000:
                found.number = value // 10
            elif value < 100:
                found.number = 190 + value // 10
            else:
                return None
        elif name == "DECADEW":
            found.number = 190 + int(token.value)
    return found if found.number else None


def _century(match: Match, found: Expression) -> Expression | None:
    _features(match, found)
    found.pointer = ""
    found.number = _ordinal(match.tokens)
    return found


def _named(match: Match, found: Expression) -> Expression | None:
    _features(match, found)
    names = names_of(match.tokens)
    holiday = match.tokens[names.index("HOLIDAY")]
    found.code = str(holiday.value)
    if "UWEEK" in names:
        found.unit = "W"
    # Easter Island, Christmas tree
    if match.after and NAME[match.after[0].char] == "X" and match.after[0].lower in {"island", "islands", "tree", "bombing", "offensive"}:
        return None if holiday.lower in {"easter", "christmas"} and match.after[0].lower != "offensive" else found
    return found


def _year(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    _features(match, found)
    found.pointer = ""
    before = [NAME[token.char] for token in match.before]
    if found.bc and found.year is None:
        found.year = next(int(t.value) for t, name in zip(tokens, names, strict=True) if name in {"D", "SMALL", "BIG"})
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
    if found.bc:
        return found
    if not 1000 <= found.year < 2200:
        return None
    if before[-1:] and before[-1] in {"MONEY", "APPROX", "THAN", "LEAST", "UP"} and found.mod == "":
        return None
    after = match.after[0].lower if match.after else ""
    if after in COUNTED or (match.after and NAME[match.after[0].char] in {"PERCENT", "UDAYS", "UNITS"}):
        return None
    anchored = before[-1:] and before[-1] in {"IN", "SINCE", "BY", "UNTIL", "DURING", "OF", "FROM", "TO", "OPEN", "BETWEEN", "THE", "DASH", "AFTER", "BEFORE", "AND", "COMMA"}
    if found.year > 2050 or found.year < 1400:
        if not (before[-1:] and before[-1] in {"IN", "SINCE", "BY", "UNTIL", "FROM", "OF"}) and not found.mod:
            return None
    if names[0] == "APPROX" and not anchored and found.year % 100 == 0:
        return None
    if found.year % 100 == 0 and not anchored and not found.mod:
        return None
    return found


def _ref(match: Match, found: Expression) -> Expression | None:
    names = names_of(match.tokens)
    word = match.tokens[-1]
    match names[-1]:
        case "FUTURE" | "NOW" | "REF" | "FORMER":
            found.code = str(word.value)
        case "PAST" | "RECENT":
            found.code = "PAST_REF"
        case _:
            found.code = "PRESENT_REF"
    return found


def _sept11(match: Match, found: Expression) -> Expression | None:
    found.kind, found.year, found.month, found.day = "date", 2001, 9, 11
    return found


READERS = {
    "date": _date, "range_end": _range_end, "season": _season, "set": _set, "iso": _iso, "clock": _clock, "offset": _offset,
    "deictic": _deictic, "relunit": _relunit, "lastn": _lastn, "duration": _duration, "quarter": _quarter, "half": _half,
    "decade": _decade, "century": _century, "named": _named, "year": _year, "ref": _ref, "sept11": _sept11,
}  # fmt: skip
