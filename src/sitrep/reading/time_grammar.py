"""The grammar of time expressions: which sequences of word classes make one.

A pattern is a regular expression whose letters are the class names of time_words.py (upper case) and
the macros below (in angle brackets); white space means nothing. Earlier rules win over later ones at
the same place, so longer forms stand first.
"""

from __future__ import annotations

import re

from sitrep.reading.time_words import CHAR

MACROS = {
    "wday": "WDAY|WABBR",
    "mon": "MON|MABBR|MCAPS",
    "ordn": "ORD|ORDW",
    "day": "D|ORD|ORDW",
    # nineteen ninety-six
    "spoken": "CENTW TY (?:DASH? NW)?",
    "year": "Y|<spoken>|APOS (?:D|SMALL)",
    "unit1": "UDAY|UWEEK|UMONTH|UYEAR|CENTURY|UNIT|QUARTER|WEEKEND|NIGHT",
    "units": "UDAYS|UNITS|QUARTERS|NIGHTS|SEASONWS",
    "unit": "<unit1>|<units>",
    "dayunit": "UDAY|UWEEK|UMONTH|UYEAR",
    "quarters": "QUARTER|QUARTERS",
    "season": "SEASONW|FALL",
    "part": "PART|NIGHT",
    "num": "(?:D|SMALL|BIG|Y|NW|CENTW|TY|HUND) (?:(?:DASH|AND)? (?:NW|TY|CENTW|HUND))* (?:FRACT|AND A HALF)?",
    "vague": "A? COUPLE OF?|A? FEW|VAGUE|SOME|DOZENS OF|A HUND",
    "card": "<num>|<vague>",
    "approx": "APPROX|MORE THAN|LESS THAN|AT LEAST|UP TO|OVER(?= A)",
    "upto": "(?:TO|OR|DASH) <num>",
    "more": "(?:AND A HALF)? DASH? (?:LONG|OLD)|AND A HALF|OR (?:NW|SO|<units>)|PERIOD",
    "tz": "TZ",
    # "at 1625," but not "at 2010 levels"
    "clockend": "(?= COMMA|DOT|ON|AND|IN|CLOSE|THIS|LAST|DAYREF|WDAY|$)",
    "clock": "(?:CLOCK|D) AMPM <tz>?|CLOCK UNITS? <tz>?"
    "|(?:TIME4|Y) <tz>|TIME4 UNITS?|(?<= AT) Y (?:UNITS|<clockend>)|(?:D|NW) OCLOCK|NOON",
    "in": "OF|IN",
    "half": "AND A HALF",
    "away": "AGO|EARLIER|LATER|HENCE|FROM NOW",
    # last year, that year, the following year: what says of which year a month or a season is
    "ofyear": "(?:LAST|THIS|NEXT|THAT SAME?|THE (?:SAME|FOLLOW|PREV|NEXT|CURRENT)) UYEAR",
    "earlylate": "EARLY|LATE|MID DASH?",
    "portion": "HALF|PIECE|PERIOD|UWEEK|WEEKEND|<num> (?:UDAYS|UNITS|QUARTERS)",
    "mod": "(?:EARLY|LATE|LATER|EARLIER) IN? THE?|THE (?:<earlylate>)|MID DASH?"
    "|THE? (?:BEGIN|END|MIDDLE) OF THE?"
    "|THE? (?:EARLY|LATE) PIECE OF THE?|THE? (?:<ordn>|LATTER|LAST) (?:<portion>) (?:OF|IN) THE?",
    "partof": "(?:<mod>)? THE? EARLY? (?:<part>) UNITS? (?:OF|ON) THE?"
    "|THE? EARLY UNITS (?:OF|ON)|NOON ON?|THE UWEEK OF|OVERNIGHT ON?",
    "notcount": "(?! DASH? (?:<unit>)|AMPM|OCLOCK)",
    "monthday": "D MCAPS (?:SMALL|D)|D MON SMALL|<mon> THE? (?:<day>) <notcount>|THE? (?:<day>) DASH? OF? <mon>",
    "bcyear": "(?:D|SMALL|BIG|Y) BC",
    "when": "COMMA? (?:OF|IN)? (?:<bcyear>|<year> AD?)|COMMA? (?:OF|IN)? <ofyear>",
    # a calendar date, whole or in part, that needs a month
    "calendar": "(?:<wday> (?:<part>)? COMMA? (?:ON|THE)? )? (?:<monthday>) (?:<when>)?|<mon> DOT? (?:<when>)|MON",
    "listed": "(?:COMMA|DASH|AND|TO|OR) THE?",
    "named": "HOLIDAY (?:UWEEK|UDAY|<part>)? (?:COMMA? OF? <year>)?",
    "pointer": "THE? (?:LAST|NEXT|PREV|FOLLOW|COMING|LATEST|CURRENT)|THIS (?:SAME|COMING|PAST|CURRENT|LAST)?"
    "|THAT SAME?|THE SAME",
    "which": "LAST|PAST|NEXT|COMING|FOLLOW|PREV",
    "span": "UDAY|UWEEK|UMONTH|UYEAR|QUARTER|UNIT|CENTURY|WEEKEND",
}

# name of a rule -> the sequences it covers; time_read.py has one reader for each name
RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("quarter", ("THE? UYEAR DASH (?:AGO|EARLIER) (?:<ordn>)? (?:QUARTER|PERIOD)",)),
    ("offset", (
        "(?:<approx>)? (?:<card>|A|THE)? MORE? FILL? DASH? (?:<unit>) (?:<half>|OR NW|OR SO)? DASH? (?:<away>)",
        "UYEAR DASH (?:AGO|EARLIER)",
        "(?<= IN) (?:<card>|A) (?:<unit>) APOS S? TIMEW",
        "(?:<card>|A|THE) (?:<unit>) (?:BEFORE|AFTER|FOLLOW)(?= DOT|COMMA|$)",
    )),
    ("set", (
        "(?:ONCE|<num> TIMES) (?:A|EVERY|PER) (?:<unit1>)",
        "EVERY (?:<num>|OTHER|<ordn>|FEW)? (?:<unit>|WDAY|MON|<season>|PART|HOLIDAY) (?:<part>)?",
        "WDAYS|WDAY (?:NIGHTS|PARTS)|SETW|PER (?:<dayunit>)|(?<= PERCENT|TIMES|ONCE) A (?:<dayunit>)",
    )),
    ("iso", ("(?:<wday> COMMA? )? (?:ISO|SLASH)",)),
    ("clock", (
        "(?:<clock>) (?:COMMA|ON)? (?:DAYREF|(?:<calendar>)|WDAY|THE (?:FOLLOW|NEXT|SAME) UDAY)",
    )),
    ("named", ("(?:<mod>)? (?:LAST|THIS|NEXT)? (?:<named>)",)),
    ("date", (
        "(?:<partof>)? (?:<mod>)? (?:LAST|THIS COMING?|NEXT|THE? PREV|THE? FOLLOW)? (?:<calendar>) (?:<part>)?",
        "D (?= <listed> (?:<day>) (?:(?:COMMA|AND) (?:<day>))* OF? <mon>)|ORD (?= <listed> ORD OF? <mon>)",
    )),
    ("range_end", (
        "(?<= (?:<mon>) (?:D|ORD) (?:DASH|TO|AND|OR|COMMA)) (?:D|ORD) (?:COMMA? Y)? (?! DASH? (?:<unit>|AMPM))",
        "(?<= (?:<mon>) (?:D|ORD) COMMA AND) (?:D|ORD) (?:COMMA? Y)? (?! DASH? (?:<unit>|AMPM))",
    )),
    ("date", ("(?:<partof>)? (?:<mod>)? (?:<pointer>)? WDAY (?:EARLY|LATE)? (?:<part>)?",)),
    ("season", (
        "(?:<mod>)? (?:<pointer>|THE)? (?:<season>) (?:COMMA|OF|IN)? (?:<bcyear>|<year>|<ofyear>)",
        "(?:<mod>)? (?:<pointer>) (?:<season>)|(?:<mod>) (?:<season>)|THE? SEASONW|Y (?:<season>)",
        "(?<= IN|DURING) THE FALL (?! OF)",
    )),
    ("quarter", (
        "THE? (?:<year>)? FISCAL? (?:<ordn>|QN) FISCAL? DASH? (?:<quarters>)? <in>? (?:<year>|<ofyear>)",
        "QN",
        "THE? FISCAL? (?:<ordn>) FISCAL? DASH? (?:<quarters>)",
        "(?:<ofyear>) APOS S (?:<ordn>) DASH? (?:<quarters>)",
    )),
    ("half", ("THE? (?:<ordn>|LATTER|LAST) HALF OF THE? (?:<year>|UYEAR|<ofyear>|DECADE)",)),
    ("decade", (
        "THE? (?:(?:EARLY|LATE|MID) DASH?)? APOS? DECADE BC?|THE (?:(?:EARLY|LATE|MID) DASH?)? DECADEW",
        "(?:<mod>) (?:DECADE BC?|DECADEW)",
    )),
    ("century", ("(?:<mod>)? THE? (?:<earlylate>)? (?:<ordn>) DASH? CENTURY (?:BC|AD)?",)),
    ("deictic", ("(?:<mod>)? (?:(?:<part>) OF?)? DAYREF (?:<part>)?|OVERNIGHT",)),
    ("relunit", (
        "(?:<mod>)? (?:<pointer>) FISCAL? (?:<span>|PART|NIGHT) (?:<part>)?",
        "(?:<mod>) (?:UDAY|UYEAR|UMONTH|UWEEK|QUARTER|UNIT|CENTURY)|THE WEEKEND|THE QUARTER",
        "(?<= FOR|OF|IN|DURING) THE FISCAL? (?:UYEAR|UMONTH|UWEEK)(?! OF|BEFORE|AFTER|DASH)",
        "(?<= IN|DURING) THE (?:<earlylate>)? PART (?! OF)",
        "THE? (?:UYEAR|UMONTH|UWEEK) (?:APOS S|DASH)? END",
    )),
    ("lastn", (
        "(?:THE|THESE|THOSE|<approx>)? (?:<which>|<ordn>|LATEST) (?:<card>) (?:<upto>)? FILL? (?:<unit>) (?:OR SO)?",
        "(?:THE|THESE)? (?:PAST|COMING|RECENT|PREV|FOLLOW) (?:<span>|<units>) (?:OR SO)?",
    )),
    ("duration", (
        ("(?:<approx>)? (?:THE|THOSE|THESE|A)? (?:<card>) (?:(?:TO|OR|DASH) <num>)? MORE? FILL? DASH? FILL? (?:<unit>)"
        " (?:AND A HALF)? (?:DASH? (?:LONG|OLD))?"),
        "(?:<approx>)? (?:HALF (?:A|DASH)|A HALF DASH?) (?:<unit1>)",
        "(?:<approx>)? A FILL? (?:<dayunit>|UNIT|CENTURY) (?:AND A HALF|OR NW|OR SO)?",
        "(?:<dayunit>|UNITS|UDAYS) DASH? LONG|(?:UNITS|UDAYS)",
    )),
    ("clock", ("(?:<clock>)",)),
    ("year", (
        "(?:<mod>)? (?:THE? UYEARS?)? FISCAL? (?:<bcyear>|<year> AD?)",
        "(?:D|SMALL|BIG) (?:(?= (?:DASH|TO|AND) (?:D|SMALL|BIG) BC))|(?<= Y DASH) (?:D|SMALL)",
    )),
    ("ref", ("NOW|REF|THE NEAR? FUTURE|THE PAST|THESE UDAYS|CURRENT|RECENT|FORMER|FUTURE|(?<= AT|BY) NIGHT",)),
    ("sept11", ("SEPT11",)),
)  # fmt: skip

EITHER = {"UYEARS?": "(?:UYEAR|UNITS)"}


def expand(pattern: str) -> str:
    """A rule as a Python regular expression over class characters."""
    while "<" in pattern.replace("(?<", ""):
        pattern = re.sub(r"(?<!\?)<([a-z0-9]+)>", lambda match: f"(?:{MACROS[match.group(1)]})", pattern)
    for short, full in EITHER.items():
        pattern = pattern.replace(short, full)
    return re.sub(r"[A-Z][A-Z0-9]*", lambda match: CHAR[match.group()], pattern).replace(" ", "")


NAMES = tuple(name for name, _ in RULES)
# most words are plain; a look at the first character spares them the whole grammar
PLAIN = "".join(CHAR[name] for name in "X COMMA DOT IN ON AND TO BY OF FOR S MONEY PERCENT CLOSE".split())
SCANNER = re.compile(f"(?=[^{PLAIN}])(?:" + "|".join(f"({expand('|'.join(patterns))})" for _, patterns in RULES) + ")")
