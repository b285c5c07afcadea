"""From a sentence to matched rules: words become class characters, and the grammar runs over those."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitrep.reading.parse import Parse
from sitrep.reading.time_words import CHAR, HOLIDAYS, LEXICON, UNIT_OF

TOKEN = re.compile(
    r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?(?!\d)|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)(?!\d)|\d{1,2}-\d{1,2}-\d{4}(?![\d-])|9/11\b|\d{1,2}:\d\d(?::\d\d)?(?!\d)"
    r"|\d{1,2}\.\d\d(?=\s?[aApP]\.?[mM])|\d{1,2}(?:st|nd|rd|th)\b|\d{1,3}0['’]?s\b|\d{2,4}s\b|\d/\d(?![\d/])|\d+(?:,\d{3})*(?:\.\d+)?"
    r"|[aApP]\.\s?[mM]\.?(?!\w)|[bB]\.\s?[cC]\.?(?:[eE]\.)?(?!\w)|A\.D\.|[oO]['’]clock|[qQ][1-4]\b|[^\W\d_]+|--|[^\w\s]"
)
AMPM = re.compile(r"\s?[aApP]\.?[mM]\b")
DIGIT = re.compile(r"\d")
CAPITALISED = frozenset(CHAR[name] for name in ("MON", "MABBR", "WDAY", "WDAYS", "WABBR", "HOLIDAY"))
ABBREVIATED = frozenset({CHAR["MABBR"], CHAR["WABBR"]})
NAMED_DAY = re.compile(
    r"\b(?:"
    + "|".join(
        re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]?")
        for name in sorted(HOLIDAYS, key=len, reverse=True)
        if not name.isalpha()
    )
    + r")(?!\w)",
    re.IGNORECASE,
)
NAMED_FIRST = frozenset(re.split(r"\W", name)[0] for name in HOLIDAYS if not name.isalpha())
# a sentence without any of these words and without a digit has no time expression
TRIGGER_CLASSES = (
    "MON MABBR WDAY WDAYS WABBR UDAY UWEEK UMONTH UYEAR CENTURY UNIT UDAYS UNITS QUARTER QUARTERS WEEKEND SEASONW FALL "
    "SEASONWS PART PARTS NIGHT NIGHTS NOON CURRENT RECENT NOW SETW DAYREF OVERNIGHT REF FUTURE PAST DECADEW HOLIDAY "
    "FORMER CENTW"
)
TRIGGERS = (
    frozenset(word for word, (char, _) in LEXICON.items() if char in {CHAR[name] for name in TRIGGER_CLASSES.split()})
    | NAMED_FIRST
    | frozenset(UNIT_OF)
    | frozenset(f"{word}." for word, (char, _) in LEXICON.items() if char in ABBREVIATED)
)
X, D, SMALL, YEAR, BIG, ORD, DECADE = (CHAR[name] for name in ("X", "D", "SMALL", "Y", "BIG", "ORD", "DECADE"))
ISO, SLASH, CLOCK, FRACT, SEPT11, HOLIDAY = (
    CHAR[name] for name in ("ISO", "SLASH", "CLOCK", "FRACT", "SEPT11", "HOLIDAY")
)
MABBR, MCAPS = CHAR["MABBR"], CHAR["MCAPS"]


FIRST_NAMES = frozenset({"april", "may", "june", "august", "jan", "mar"})


class Token(NamedTuple):
    """A word or sign of the scan: class character, value, place in the text, lower-cased words."""

    char: str
    value: int | float | str
    start: int
    end: int
    lower: str


class Match(NamedTuple):
    """One place where a rule fits: the rule, its tokens, and the tokens around it (None at the sentence's edge)."""

    rule: str
    tokens: list[Token]
    before: list[Token]
    after: list[Token]


def scan(parse: Parse) -> Iterator[tuple[list[Token], str]]:
    """The tokens of each sentence that may hold a time expression, and their classes as a string."""
    lowers = parse.lowers
    for first, last in parse.sents:
        start, end = parse.starts[first], parse.ends[last - 1]
        if TRIGGERS.isdisjoint(lowers[first:last]) and not DIGIT.search(parse.text, start, end):
            continue
        tokens = tokenise(parse, first, last)
        yield tokens, "".join([token.char for token in tokens])


def tokenise(parse: Parse, first: int, last: int) -> list[Token]:
    """The tokens of one sentence, each with its class."""
    text, start, end = parse.text, parse.starts[first], parse.ends[last - 1]
    named = list(NAMED_DAY.finditer(text, start, end)) if not NAMED_FIRST.isdisjoint(parse.lowers[first:last]) else []
    found: list[Token] = []
    get = LEXICON.get
    skip_to = 0
    for match in TOKEN.finditer(text, start, end):
        i, j = match.span()
        if i < skip_to:
            continue
        if named and named[0].start() <= i:
            hit = named.pop(0)
            if hit.start() == i and hit.group()[0].isupper():
                name = " ".join(hit.group().lower().replace("’", "'").split())
                value = HOLIDAYS.get(
                    name, HOLIDAYS.get(name.replace("s'", "'s"), HOLIDAYS.get(name.replace("s ", "'s ", 1), ""))
                )
                found.append(Token(HOLIDAY, value, i, hit.end(), name))
                skip_to = hit.end()
                continue
        word = match.group()
        low = word.lower()
        if word[0].isdecimal():
            char, value = _number(word)
            if char == BIG and "." in word and AMPM.match(text, j):
                char = CLOCK
        else:
            entry = get(low)
            if entry is None:
                char, value = X, ""
            else:
                char, value = entry
                if char in CAPITALISED:
                    if not _is_name(parse, char, word, i, match.end()):
                        char, value = X, ""
                    elif char in ABBREVIATED and text[j : j + 1] == "." and j + 1 < end:
                        j += 1
                        skip_to = j
                    if char == MABBR and word.isupper():
                        char = MCAPS
        found.append(Token(char, value, i, j, low))
    return found


def _is_name(parse: Parse, char: str, word: str, start: int, end: int) -> bool:
    """Whether a word that looks like a month, weekday or feast is one here: "May" and "may", "March" and "march"."""
    if not word[0].isupper():
        return False
    if char == CHAR["WABBR"]:
        tail = parse.text[end : end + 2]
        return word.lower() not in {"sun", "sat", "wed", "mon"} or tail[:1] in {".", ","} or tail[1:].isdecimal()
    if word.lower() in FIRST_NAMES and not parse.text[end : end + 2].strip(" .").isdecimal():
        i = parse.token_at(start)
        if i is not None and parse.ent_of[i] >= 0 and parse.ents[parse.ent_of[i]].label == "PERSON":
            return False
    if word.lower() in {"may", "march", "august", "mar"}:
        i = parse.token_at(start)
        if i is None:
            return True
        if parse.tags[i] == "MD":
            return False
        return parse.pos[i] in {"PROPN", "NOUN", "NUM"} or parse.text[end : end + 3].lstrip(" ,").isdecimal()
    return True


def _number(word: str) -> tuple[str, int | float | str]:
    """Class and value of a token that begins with a digit."""
    if word.isdecimal():
        value = int(word)
        if len(word) == 4:
            return (YEAR, value) if 1000 <= value < 2200 else (CHAR["TIME4"], value) if value < 1000 else (BIG, value)
        if len(word) <= 2:
            return (D if 1 <= value <= 31 else SMALL), value
        return BIG, value
    if word == "9/11":
        return SEPT11, ""
    if word[-1] == "s":
        digits = int(word.rstrip("s'’"))
        return (DECADE, digits) if digits % 10 == 0 else (X, "")
    if word[-2:].isalpha():
        return ORD, int(word[:-2])
    if ":" in word and "-" not in word:
        return CLOCK, word
    if "-" in word:
        return (ISO if word.index("-") == len("2016") else SLASH), word
    if word.count("/") == 2 or word.count(".") == 2:
        return SLASH, word
    if "/" in word:
        return FRACT, int(word[0]) / int(word[2]) if word[2] != "0" else 0.5
    if "." in word and "," not in word:
        whole, _, rest = word.partition(".")
        if len(rest) == 2 and int(whole) < 24:
            return BIG, float(word)
        return BIG, float(word)
    number = word.replace(",", "")
    return BIG, float(number) if "." in number else int(number)
