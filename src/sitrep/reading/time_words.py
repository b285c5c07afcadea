"""The vocabulary of time: which words begin, fill or shape a time expression.

Every word belongs to one class, and every class is one character, so that a sentence becomes a short
string and the grammar (time_grammar.py) a set of ordinary regular expressions over it.
"""

from __future__ import annotations

from typing import NamedTuple

# name of a class -> what its words are
CLASSES = (
    "X",  # any word without a meaning here
    "MON", "MABBR", "MCAPS", "WDAY", "WDAYS", "WABBR",  # months, weekdays, their plurals and abbreviations
    "D", "SMALL", "Y", "BIG", "FRACT",  # digits: 1 to 31, other one or two digits, years, other numbers, 1/2
    "ORD", "ORDW", "NW", "CENTW", "TY", "HUND",  # 1st; first; one to seventeen; eighteen, nineteen; twenty; hundred
    "UDAY", "UWEEK", "UMONTH", "UYEAR", "CENTURY", "UNIT", "UDAYS", "UNITS", "QUARTER", "QUARTERS", "HALF", "WEEKEND",
    "SEASONW", "SEASONWS", "FALL", "PART", "PARTS", "NIGHT", "NIGHTS", "NOON",
    "LAST", "NEXT", "PREV", "FOLLOW", "THIS", "THESE", "THAT", "THOSE", "SAME", "PAST", "COMING", "RECENT", "CURRENT",
    "LATEST",
    "EARLY", "LATE", "MID", "LATER", "EARLIER", "BEGIN", "END", "MIDDLE", "LATTER",
    "AGO", "BEFORE", "AFTER", "FROM", "NOW", "HENCE",
    "THE", "POSS", "A", "OF", "IN", "ON", "AND", "OR", "TO", "AT", "FOR", "BY", "UNTIL", "SINCE", "BETWEEN", "DURING",
    "THAN", "EVERY", "PER", "SETW", "OTHER", "ONCE", "TIMES",
    "FEW", "COUPLE", "VAGUE", "SOME", "DOZENS", "APPROX", "MORE", "LESS", "LEAST", "UP", "FILL", "OLD", "LONG",
    "DAYREF", "OVERNIGHT", "REF", "FUTURE", "TIMEW", "PERIOD", "FISCAL", "QN", "NEAR", "FORMER", "PIECE", "OVER", "SO",
    "DECADE", "DECADEW", "BC", "AD", "ISO", "SLASH", "CLOCK", "AMPM", "OCLOCK", "TZ", "TIME4", "SEPT11", "HOLIDAY",
    "DASH", "COMMA", "APOS", "S", "DOT", "MONEY", "PERCENT", "OPEN", "CLOSE",
)  # fmt: skip
CHAR = {name: chr(0x4E00 + number) for number, name in enumerate(CLASSES)}
NAME = {char: name for name, char in CHAR.items()}


class Word(NamedTuple):
    """What a word means to the grammar: class character, and a value (a number, a unit, a TIMEX3 code)."""

    char: str
    value: int | str


def words(text: str) -> frozenset[str]:
    """A set of words, written as a line."""
    return frozenset(text.split())


def _table(table: dict[str, dict[str, int | str]]) -> dict[str, Word]:
    found: dict[str, Word] = {}
    for name, entries in table.items():
        for word, value in entries.items():
            found[word] = Word(CHAR[name], value)
    return found


def _same(text: str, value: int | str = "") -> dict[str, int | str]:
    return dict.fromkeys(text.split(), value)


def _count(text: str, first: int = 1) -> dict[str, int | str]:
    return {word: number for number, word in enumerate(text.split(), first)}


MONTHS = "january february march april may june july august september october november december"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
# units, by the letter of an ISO 8601 duration; TIMEX3 has DE and CE beside them; T marks the units of a day
UNIT_OF: dict[str, int | str] = {
    "minute": "TM", "hour": "TH", "fortnight": "FN", "semester": "H", "decade": "DE", "millennium": "ML",
}  # fmt: skip
SEASONS: dict[str, int | str] = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS: dict[str, int | str] = {
    "morning": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "afternoon": "AF", "evening": "EV", "dusk": "EV",
    "sunset": "EV", "nightfall": "EV", "daytime": "DT", "daylight": "DT",
}  # fmt: skip

# days that have a name; the value is what time_calendar.py finds them by
HOLIDAYS: dict[str, int | str] = {
    "christmas": "12-25", "xmas": "12-25", "easter": "easter", "ramadan": "ramadan", "ramadhan": "ramadan",
    "ashura": "ashura", "arbaeen": "arbaeen", "halloween": "10-31", "hogmanay": "12-31", "thanksgiving": "thanksgiving",
    "eid": "eid", "mawlid": "mawlid", "muharram": "muharram", "prophet's birthday": "mawlid",
    "epiphany": "01-06", "pentecost": "pentecost", "nowruz": "03-21", "newroz": "03-21", "norouz": "03-21",
    "eid al-fitr": "fitr", "eid ul-fitr": "fitr", "eid el-fitr": "fitr", "eid al-adha": "adha", "eid ul-adha": "adha",
    "eid el-adha": "adha", "new year": "01-01", "new years": "01-01", "may day": "05-01", "boxing day": "12-26",
    "labor day": "labor", "labour day": "05-01", "memorial day": "memorial", "veterans day": "11-11",
    "armistice day": "11-11", "good friday": "goodfriday", "palm sunday": "palmsunday", "ash wednesday": "ashwednesday",
    "easter sunday": "easter", "easter monday": "eastermonday", "orthodox easter": "orthodoxeaster",
    "orthodox christmas": "01-07", "bastille day": "07-14", "valentine's day": "02-14", "election day": "election",
    "thanksgiving day": "thanksgiving", "christmas day": "12-25", "christmas eve": "12-24", "new year's day": "01-01",
    "new year's eve": "12-31", "new years eve": "12-31", "all saints' day": "11-01", "women's day": "03-08",
    "victory day": "05-09", "martin luther king day": "mlk", "yom kippur": "",
    "passover": "", "hanukkah": "", "diwali": "",
    "d-day": "1944-06-06",
}  # fmt: skip

LEXICON: dict[str, Word] = _table(
    {
        "MON": _count(MONTHS),
        "MABBR": {**_count("jan feb mar apr _ jun jul aug sep oct nov dec"), "sept": 9},
        "WDAY": _count(WEEKDAYS),
        "WDAYS": {word + "s": number for word, number in _count(WEEKDAYS).items()},
        "WABBR": {**_count("mon tue wed thu fri sat sun"), "tues": 2, "weds": 3, "thur": 4, "thurs": 4},
        "NW": {**_count(ONES), "zero": 0, "dozen": 12},
        "CENTW": {"eighteen": 18, "nineteen": 19},
        "TY": {word: 10 * number for word, number in _count(TENS, 2).items()},
        "HUND": {"hundred": 100, "thousand": 1000, "million": 1_000_000},
        "ORDW": {**_count(ORDINALS), "thirtieth": 30},
        "UDAY": {"day": "D"},
        "UWEEK": {"week": "W"},
        "UMONTH": {"month": "M"},
        "UYEAR": {"year": "Y", "yr": "Y"},
        "CENTURY": {"century": "CE"},
        "UNIT": UNIT_OF,
        "UDAYS": {"days": "D"},
        "UNITS": {
            "seconds": "TS", "minutes": "TM", "mins": "TM", "hours": "TH", "hrs": "TH", "weeks": "W", "weekends": "WE",
            "fortnights": "FN", "months": "M", "semesters": "H", "years": "Y", "yrs": "Y", "decades": "DE",
            "centuries": "CE", "millennia": "ML",
        },
        "WEEKEND": {"weekend": "WE"},
        "QUARTER": {"quarter": "Q"},
        "QUARTERS": {"quarters": "Q"},
        "HALF": {"half": "H"},
        "SEASONW": {word: value for word, value in SEASONS.items() if word != "fall"},
        "FALL": {"fall": "FA"},
        "SEASONWS": {f"{word}s": value for word, value in SEASONS.items() if word != "fall"},
        "PART": PARTS,
        "PARTS": {f"{word}s": value for word, value in PARTS.items() if word in {"morning", "afternoon", "evening"}},
        "NIGHT": {"night": "NI", "nighttime": "NI"},
        "NIGHTS": {"nights": "NI"},
        "NOON": {"noon": "12:00", "midday": "12:00", "midnight": "24:00"},
        "LAST": {"last": -1},
        "NEXT": {"next": 1},
        "PREV": _same("previous preceding", -1),
        "FOLLOW": _same("following subsequent ensuing", 1),
        "THIS": {"this": 0},
        "THESE": {"these": 0},
        "THAT": {"that": 0},
        "THOSE": {"those": 0},
        "SAME": {"same": 0},
        "PAST": {"past": -1},
        "COMING": _same("coming upcoming", 1),
        "RECENT": {"recent": -1},
        "CURRENT": {"current": 0},
        "LATEST": {"latest": -1},
        "EARLY": {"early": "START"},
        "LATE": {"late": "END"},
        "MID": {"mid": "MID"},
        "LATER": {"later": "LATER"},
        "EARLIER": {"earlier": "EARLIER"},
        "BEGIN": _same("beginning start onset", "START"),
        "END": _same("end close", "END"),
        "MIDDLE": {"middle": "MID", "midst": "MID"},
        "LATTER": {"latter": 2},
        "AGO": {"ago": -1},
        "BEFORE": _same("before beforehand", -1),
        "AFTER": _same("after afterwards afterward thereafter", 1),
        "FROM": {"from": ""},
        "NOW": {"now": "PRESENT_REF"},
        "HENCE": {"hence": 1},
        "THE": {"the": ""},
        "POSS": _same("its their his her our"),
        "A": _same("a an another"),
        "OF": {"of": ""},
        "IN": {"in": ""},
        "ON": {"on": ""},
        "AND": {"and": "", "&": ""},
        "OR": {"or": ""},
        "TO": _same("to through thru till"),
        "AT": {"at": ""},
        "FOR": {"for": ""},
        "BY": {"by": ""},
        "UNTIL": {"until": ""},
        "SINCE": {"since": ""},
        "BETWEEN": {"between": ""},
        "DURING": {"during": "", "throughout": ""},
        "THAN": {"than": ""},
        "EVERY": _same("every each"),
        "PER": {"per": ""},
        "SETW": {
            "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y",
            "hourly": "PT1H", "nightly": "XXXX-XX-XXTNI", "biweekly": "P2W", "bimonthly": "P2M", "fortnightly": "P2W",
            "everyday": "P1D",
        },
        "OTHER": {"other": 2},
        "ONCE": {"once": "", "twice": "", "thrice": ""},
        "TIMES": {"times": ""},
        "FEW": {"few": ""},
        "COUPLE": {"couple": 2},
        "VAGUE": _same("several many numerous various countless"),
        "SOME": {"some": ""},
        "DOZENS": _same("dozens hundreds scores thousands"),
        "APPROX": _same("about around approximately roughly nearly almost under circa"),
        "MORE": _same("more additional"),
        "LESS": _same("less fewer"),
        "LEAST": {"least": 1, "most": -1},
        "UP": {"up": ""},
        "FILL": _same(
            "full straight consecutive whole successive solid extra further trading working business calendar entire "
            "single bloody mere brutal"
        ),
        "OLD": {"old": ""},
        "LONG": {"long": ""},
        "DAYREF": {"today": "0", "yesterday": "-1", "tomorrow": "1", "tonight": "0TNI"},
        "OVERNIGHT": {"overnight": "NI"},
        "REF": {
            "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "presently": "PRESENT_REF", "recently": "PAST_REF",
            "lately": "PAST_REF", "formerly": "PAST_REF",
        },
        "FUTURE": {"future": "FUTURE_REF"},
        "TIMEW": {"time": "", "moment": ""},
        "PERIOD": {"period": ""},
        "PIECE": _same("part portion"),
        "SO": {"so": ""},
        "OVER": {"over": ""},
        "NEAR": {"near": "", "foreseeable": ""},
        "FORMER": {"former": "PAST_REF"},
        "QN": {f"q{number}": number for number in (1, 2, 3, 4)},
        "FISCAL": {"fiscal": "", "financial": ""},
        "DECADEW": {
            "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
            "nineties": 9,
        },
        "OCLOCK": {"o'clock": ""},
        "TZ": _same("gmt utc est edt et cst cdt pst pdt bst cet eet msk ist"),
        "HOLIDAY": {word: value for word, value in HOLIDAYS.items() if word.isalpha()},
        "DASH": _same("- – — --"),
        "COMMA": {",": ""},
        "APOS": _same("' ’ ‘"),
        "DOT": {".": ""},
        "MONEY": _same("$ £ € ¥"),
        "PERCENT": _same("% percent"),
        "OPEN": {"(": "", "[": ""},
        "CLOSE": {")": "", "]": ""},
        "S": {"s": ""},
        "BC": _same("bc bce b.c. b.c.e. b.c"),
        "AD": _same("ad a.d. ce"),
        "AMPM": _same("am pm a.m. p.m. a.m p.m"),
    }
)  # fmt: skip
del LEXICON["_"]
