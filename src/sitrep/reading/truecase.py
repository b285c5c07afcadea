"""Case repair that keeps every offset: same length in, same length out.

Wire copy in capitals ("GUERRILLAS ATTACKED THE FARM") misleads tagger and entity recogniser, which
learned on mixed case. Line breaks inside a passage become spaces for the same reason.
"""

from __future__ import annotations

import re
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# more than this share of capitals among the letters counts as shouting; headlines in Title Case stay far below
SHOUTING = 0.7
SHORTEST = 40
SMALL = frozenset(
    "a an and are as at be been being between but by called can could did do does during for from had has have he "
    "her "
    "him his how if in into is it its may might more most near no nor not of off on once one only or other our out "
    "over "
    "said same say says she should since so some such than that the their them then there these they this those "
    "through "
    "to today two under until up was we were what when where which while who will with would yesterday you after "
    "against "
    "all also among any because before both each he'll people".split()
)
# forms that end like everyday words are lowered, the rest keep one capital: names of people and places survive
COMMON_ENDING = re.compile(
    r"(?:ed|ing|tion|sion|ment|ness|ers?|ors|ists?|ies|ly|ous|ful|able|ible|ance|ence|ity|ives?|al|als|ary|acks?|ombs?|illas?|oops)$"
)


LOWER_WORD = re.compile(r"(?<![.!?] )(?<!^)\b[a-z][a-z'’-]+")
CAPITALISED = re.compile(r"\b[A-Z][a-z'’-]+\b")
# a headline this long at most, with this share of capitalised words at least, is in Title Case
TITLE_LONGEST = 200
TITLE_SHARE = 0.6


NAME_PAIR = re.compile(r"\b([A-Z][\w.'’-]*) (?=([A-Z][a-z]+))")
# lines longer than any headline show which words are names
BODY_LINE = re.compile(r"[^\n]{200,}")


class Habits(NamedTuple):
    """How a report writes its words. small: words that it writes small somewhere. pairs: capitalised
    words that follow each other in running text ("Islamic State").
    """

    small: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def habits(text: str) -> Habits:
    """The capitalisation of a report's running text, against which its headlines are read."""
    pairs = {(m.group(1), m.group(2)) for line in BODY_LINE.finditer(text) for m in NAME_PAIR.finditer(line.group())}
    return Habits(frozenset(LOWER_WORD.findall(text)), frozenset(pairs))


NO_HABITS = Habits(frozenset(), frozenset())


def recase(text: str, known: Habits = NO_HABITS) -> str:
    """The text with line breaks as spaces and, where it shouts or is in Title Case, with sentence case.

    Length never changes.
    """
    flat = text.translate(_FLAT)
    if len(flat) <= TITLE_LONGEST and _title_case(flat):
        head = flat.find(" ")
        if head < 0:
            return flat
        return flat[: head + 1] + CAPITALISED.sub(
            lambda m: _small(m, known, flat[: head + 1 + m.start()]), flat[head + 1 :]
        )
    if len(flat) < SHORTEST:
        return flat
    upper = sum(map(str.isupper, flat))
    letters = sum(map(str.isalpha, flat))
    if not letters or upper / letters < SHOUTING:
        return flat
    return WORD.sub(_lower, flat)


def _title_case(text: str) -> bool:
    words = [word for word in WORD.findall(text) if word.lower() not in SMALL]
    if len(words) < 4 or text.isupper():
        return False
    return sum(word[0].isupper() and word[1:].islower() for word in words) / len(words) >= TITLE_SHARE and (
        sum(word[0].isupper() for word in words) == len(words) or not text.rstrip().endswith(".")
    )


def _small(match: re.Match[str], known: Habits, before: str) -> str:
    word = match.group()
    low = word.lower()
    if before and (before.split()[-1], word) in known.pairs:
        return word
    return low if low in known.small or low in SMALL or (len(low) > 4 and HEADLINE_ENDING.search(low)) else word


HEADLINE_ENDING = re.compile(r"(?:ches|shes|kes|tes|ed|ing|tions?|strikes?|attacks?|ments?|kills?|says?)$")
_FLAT = {ord("\n"): " ", ord("\r"): " ", ord("\t"): " ", ord("\u00a0"): " "}


def _lower(match: re.Match[str]) -> str:
    word = match.group()
    low = word.lower()
    if len(low) != len(word):  # a few letters grow when lowered; offsets matter more than case
        return word
    if low in SMALL or (len(low) > 4 and COMMON_ENDING.search(low)):
        return low
    if len(low) <= 4 and not re.search("[aeiouy]", low):
        return word
    return low[0].upper() + low[1:]
