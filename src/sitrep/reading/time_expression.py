"""What one time expression says: an Expression with year, month, weekday, unit, amount, pointer, ...

Nothing is resolved here; time_resolve.py does that with the publication date and the expressions before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitrep.reading.time_calendar import ERA
from sitrep.reading.time_scan import Match, Token
from sitrep.reading.time_words import NAME, words

# words that point from a reference time: to what they mean
POINTERS = {
    "LAST": "last", "PAST": "last", "NEXT": "next", "COMING": "next", "PREV": "prev", "FOLLOW": "follow",
    "THIS": "this", "THAT": "that", "SAME": "that", "CURRENT": "this", "LATEST": "latest", "RECENT": "last",
    "LATTER": "that",
}  # fmt: skip
MODS = words("EARLY LATE MID BEGIN END MIDDLE")
NUMBERS = words("D SMALL Y BIG NW CENTW TY HUND FRACT")
PLURALS = words("UDAYS UNITS QUARTERS NIGHTS")
UNIT_CLASSES = words("UDAY UWEEK UMONTH UYEAR CENTURY UNIT UDAYS UNITS QUARTER QUARTERS WEEKEND NIGHT NIGHTS")


@dataclass(slots=True)
class Expression:
    """What one time expression says, unresolved. kind names its resolver; None or "" is "does not say".

    pointer: last, next, this, that, prev, follow, latest. year_pointer: the same, of the year ("of that year").
    amount: how many units, None for "several". sign: -1 back, 1 ahead. base: "said" counts from when it was said,
    "text" from what the text spoke of last.
    piece_*: "the last two weeks of May" is 2 of W, number -1. history_only: counts as a time in histories alone.
    look_at: where the words end whose clause tells the tense, when not here.
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
    sign: int = 0
    base: str = ""
    season: str = ""
    number: int = 0
    code: str = ""
    bc: bool = False
    piece_unit: str = ""
    piece_amount: float = 1.0
    piece_number: int = 0
    history_only: bool = False
    look_at: int = 0


def names_of(tokens: list[Token]) -> list[str]:
    """Class names of tokens."""
    return [NAME[token.char] for token in tokens]


def two_digit_year(value: int) -> int:
    """'99 is 1999, '05 is 2005: two digits fall between 1935 and 2034."""
    return 2000 + value if value < 35 else 1900 + value


def fill(match: Match, found: Expression) -> None:
    """Fill what single words say: month, weekday, part of day, year, modifier, pointer."""
    tokens, names = match.tokens, names_of(match.tokens)
    used_year = False
    for n, (token, name) in enumerate(zip(tokens, names, strict=True)):
        before = names[n - 1] if n else ""
        after = names[n + 1] if n + 1 < len(names) else ""
        match name:
            case "MON" | "MABBR" | "MCAPS":
                found.month = int(token.value)
            case "WDAY" | "WABBR":
                found.weekday = int(token.value)
            case "PART" | "NIGHT" | "OVERNIGHT":
                found.part = str(token.value)
            case "NOON":
                found.clock = str(token.value)
            case "Y":
                found.year, used_year = int(token.value), True
            case "CENTW" if after == "TY":
                found.year, used_year = number_of(tokens[n:], names[n:]), True
                if found.year is not None and found.year < 100:
                    found.year = None
            case "SMALL" | "D" if before == "APOS" and not used_year:
                found.year, used_year = two_digit_year(int(token.value)), True
            case "SMALL" | "D" if before == "MCAPS" or (before == "MON" and name == "SMALL"):
                # wire copy: 4 FEB 90
                if n > 1 and names[n - 2] == "D":
                    found.year, used_year = two_digit_year(int(token.value)), True
            case "BC" if before != "CENTURY":
                found.bc = True
                number = int(tokens[n - 1].value)
                if before != "DECADE" and 0 < number < 1000:
                    found.year = ERA - number
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
    if (first and not found.year_pointer) or (first and names.count("UYEAR") == 0):
        found.pointer = POINTERS[first]
    _piece(found, tokens, names)
    if "HALF" in names:
        ahead = names[: names.index("HALF")]
        found.mod = "H2" if {"LATTER", "LAST"} & set(ahead) or ordinal(tokens) == 2 else "H1"
        found.pointer = POINTERS.get(names[names.index("HALF") + 3], "") if len(names) > names.index("HALF") + 3 else ""


def _piece(found: Expression, tokens: list[Token], names: list[str]) -> None:
    """Of "the last two weeks of May": a stretch at one end of it."""
    if "OF" not in names:
        return
    ahead = tokens[: names.index("OF")]
    kinds = names_of(ahead)
    if (
        len(ahead) < 2
        or kinds[-1] not in UNIT_CLASSES - {"NIGHT", "QUARTER"}
        or not {"LAST", "LATTER", "ORD", "ORDW"} & set(kinds)
    ):
        return
    found.piece_unit = str(ahead[-1].value)
    found.piece_number = -1 if {"LAST", "LATTER"} & set(kinds) else (ordinal(ahead) or 1)
    counted = [token for token in ahead if NAME[token.char] in NUMBERS]
    found.piece_amount = float(counted[0].value) if counted else 1.0
    found.pointer, found.mod = POINTERS.get(names[names.index("OF") + 1], ""), ""


def ordinal(tokens: list[Token]) -> int:
    return next((int(token.value) for token in tokens if NAME[token.char] in {"ORD", "ORDW"}), 0)


def number_of(tokens: list[Token], names: list[str]) -> int | None:
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
        elif name == "TY" and last == "CENTW":
            part = part * 100 + value
        elif name == "FRACT" or (seen and last in {"TY", "HUND"}):
            part += value
        elif seen:
            break
        else:
            part = value
        seen, last = True, name
    return int(total + part) if seen else None


def amount_of(tokens: list[Token]) -> float | None:
    """How many: number words, "a", "half a", "a couple of"; None where the words leave it open ("several")."""
    names = names_of(tokens)
    if "OR" in names and "TO" not in names:
        # "a month or two" is one at least
        unit = next((n for n, name in enumerate(names) if name in UNIT_CLASSES), len(names))
        tokens = tokens[: unit + 1]
        names = names[: unit + 1]
    if "HALF" in names:
        k = names.index("HALF")
        if k >= 2 and names[k - 1] in {"A", "AND"} and "AND" in names[:k]:
            whole = exactly(tokens[: names.index("AND")])
            return (whole if whole is not None else 1.0) + 0.5
        return 0.5
    if {"FEW", "VAGUE", "SOME", "DOZENS"} & set(names):
        if "SOME" in names and (exact := exactly(tokens)) is not None:
            return exact
        return None
    if "COUPLE" in names:
        return 2.0
    exact = exactly(tokens)
    if exact is not None:
        return exact
    return None if "A" not in names and not PLURALS.isdisjoint(names) else 1.0


def exactly(tokens: list[Token]) -> float | None:
    names = names_of(tokens)
    whole = number_of(tokens, names)
    if whole is None:
        return None
    for token, name in zip(tokens, names, strict=True):
        if name == "BIG" and isinstance(token.value, float):
            return token.value
        if name == "FRACT":
            return whole + float(token.value) % 1 if whole != float(token.value) else float(token.value)
    return float(whole)


def unit_of(tokens: list[Token]) -> str:
    return next((str(token.value) for token in reversed(tokens) if NAME[token.char] in UNIT_CLASSES), "")
