"""Case repair that keeps every offset: same length in, same length out.

Wire copy in capitals ("GUERRILLAS ATTACKED THE FARM") misleads tagger and entity recogniser, which
learned on mixed case. Line breaks inside a passage become spaces for the same reason.
"""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# more than this share of capitals among the letters counts as shouting; headlines in Title Case stay far below
SHOUTING = 0.7
SHORTEST = 40
SMALL = frozenset(
    "a an and are as at be been being between but by called can could did do does during for from had has have he her "
    "him his how if in into is it its may might more most near no nor not of off on once one only or other our out over "
    "said same say says she should since so some such than that the their them then there these they this those through "
    "to today two under until up was we were what when where which while who will with would yesterday you after against "
    "all also among any because before both each he'll people".split()
)
# forms that end like everyday words are lowered, the rest keep one capital: names of people and places survive
COMMON_ENDING = re.compile(
    r"(?:ed|ing|tion|sion|ment|ness|ers?|ors|ists?|ies|ly|ous|ful|able|ible|ance|ence|ity|ives?|al|als|ary|acks?|ombs?|illas?|oops)$"
)


def recase(text: str) -> str:
    """The text with line breaks as spaces and, where it shouts, with sentence case. Length never changes."""
    flat = text.translate(_FLAT)
    if len(flat) < SHORTEST:
        return flat
    upper = sum(map(str.isupper, flat))
    letters = sum(map(str.isalpha, flat))
    if not letters or upper / letters < SHOUTING:
        return flat
    return WORD.sub(_lower, flat)


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
