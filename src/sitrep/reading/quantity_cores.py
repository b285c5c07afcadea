"""Bare numbers: digits, number words, dozens, fractions, before the words that bound them are read."""

from __future__ import annotations

import re
from typing import NamedTuple

from sitrep.reading.parse import Parse

SMALL = {
    "zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight":
    8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0, "fifteen":
    15.0, "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "both": 2.0, "couple": 2.0,
    "pair": 2.0, "trio": 3.0,
}  # fmt: skip
TENS = {
    "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0,
    "ninety": 90.0,
}  # fmt: skip
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
# plural scales and other words that name an unsure number
VAGUE = {
    "tens": "tens", "dozens": "dozens", "scores": "scores", "hundreds": "hundreds", "thousands": "thousands",
    "millions": "millions", "billions": "billions", "several": "several", "many": "many", "countless": "many",
    "numerous": "many", "few": "few", "handful": "few",
}  # fmt: skip
PLURAL_SCALE = {"dozen": "dozens", "hundred": "hundreds", "thousand": "thousands", "million": "millions"}
FRACTIONS = {
    "half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4, "fifth": 1 / 5,
    "fifths": 1 / 5, "tenth": 1 / 10, "tenths": 1 / 10, "eighths": 1 / 8, "sixths": 1 / 6,
    "three-quarters": 3 / 4, "two-thirds": 2 / 3,
}  # fmt: skip
DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(k|m|mn|bn|b|tn)?")
DIGIT_RANGE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)[-–—](\d{1,3}(?:,\d{3})+|\d+)")
DASHES = frozenset({"-", "–", "—", "--"})
ARTICLES = frozenset({"a", "an"})
MONEY_SIGNS = frozenset({*"$£€¥₽₹₪₺₴₦", "us$"})
OPENERS = frozenset([*SMALL, *TENS, *SCALES, *VAGUE, *FRACTIONS, "first"])


class Core(NamedTuple):
    """The bare number, before its bounds are read."""

    end: int
    value: float | None
    vague: str | None
    scaled: bool
    fraction: bool = False


def read_core(parse: Parse, i: int, stop: int) -> Core | None:
    """The number that begins at a token, without the words that bound it."""
    lowers = parse.lowers
    word = lowers[i]
    if word in FRACTIONS or (word in SMALL and _next_fraction(parse, i, stop)):
        return _fraction(parse, i, stop)
    if word in VAGUE:
        return _vague(parse, i, stop)
    match = DIGIT_RANGE.fullmatch(word)
    if match:
        return Core(i + 1, read_digits(match.group(1)), None, scaled=False)
    if word in SCALES and (i == 0 or lowers[i - 1] not in ARTICLES):
        return None
    if word == "one" and parse.tags[i] != "CD" and parse.pos[i] != "NUM":
        return None
    if word == "one" and i > 0 and lowers[i - 1] in {"no", "any", "every", "each", "this", "that", "which", "the"}:
        return None
    if word == "both" and (
        i + 1 >= stop
        or parse.tags[i + 1] in {"NNP", "NN", "IN", "DT"}
        or parse.deps[i] in {"preconj", "cc"}
        # "both civilians and fighters"
        or any(parse.deps[k] == "conj" for k in parse.children[parse.heads[i]])
    ):
        return None
    if word in {"couple", "pair", "trio"} and (i + 1 >= stop or lowers[i + 1] != "of"):
        return None
    return _spelled(parse, i, stop)


def _spelled(parse: Parse, i: int, stop: int) -> Core | None:
    lowers = parse.lowers
    total, current, j, scaled, seen = 0.0, 0.0, i, False, False
    digits = False
    while j < stop:
        word = lowers[j]
        match = DIGITS.fullmatch(word) if "0" <= word[0] <= "9" else None
        if match:
            if seen:
                break
            current, seen, digits = read_digits(match.group(1)), True, True
            suffix = match.group(2)
            if suffix:
                if suffix in {"m", "b"} and not (i > 0 and lowers[i - 1] in MONEY_SIGNS):
                    return None
                current, scaled = current * SUFFIXES[suffix], True
        elif word in SCALES:
            scale = SCALES[word]
            scaled = True
            if scale in (1e2, 12.0):
                current = max(current, 1.0) * scale
            else:
                total, current = total + max(current, 1.0) * scale, 0.0
            seen = True
        elif word in TENS:
            if seen and (digits or current % 100):
                break
            current, seen = current + TENS[word], True
        elif word in SMALL:
            if seen and (digits or current % 10 or current % 100 == 10 or (SMALL[word] >= 10 and current % 100)):
                break
            current, seen = current + SMALL[word], True
        elif word in SUFFIXES and seen and i > 0 and lowers[i - 1] in MONEY_SIGNS:
            current, scaled = current * SUFFIXES[word], True
            return Core(j + 1, total + current, None, scaled)
        elif (
            seen
            and word in DASHES
            and j + 1 < stop
            and (lowers[j + 1] in SMALL or lowers[j + 1] in SCALES)
            and (lowers[j - 1] in TENS or lowers[j + 1] in SCALES)
        ) or (
            seen
            and word == "and"
            and scaled
            and j + 1 < stop
            and not digits
            and (lowers[j + 1] in SMALL or lowers[j + 1] in TENS)
            and lowers[j - 1] in SCALES
        ):
            j += 1
            continue
        else:
            break
        j += 1
    if not seen:
        return None
    if j + 2 < stop and lowers[j] == "and" and lowers[j + 1] == "a" and lowers[j + 2] == "half":
        return Core(j + 3, total + current + 0.5, None, scaled)
    return Core(j, total + current, None, scaled)


def _vague(parse: Parse, i: int, stop: int) -> Core | None:
    lowers = parse.lowers
    word = lowers[i]
    if word in {"several", "many", "few"}:
        if word == "many" and i and lowers[i - 1] in {"as", "how", "so", "too"}:
            return None
        if word == "few" and (i == 0 or lowers[i - 1] not in {"a", "last", "just", "only", "very"}):
            return None
        scale = lowers[i + 1] if i + 1 < stop else ""
        if scale in PLURAL_SCALE:
            return Core(i + 2, None, PLURAL_SCALE[scale], scaled=True)
        if scale in VAGUE and scale not in {"several", "many", "few"}:
            return Core(i + 2, None, VAGUE[scale], scaled=True)
        return Core(i + 1, None, VAGUE[word], scaled=False)
    if word == "handful" and (i + 1 >= stop or lowers[i + 1] != "of"):
        return None
    if word == "scores" and parse.pos[i] == "VERB":
        return None
    if i + 2 < stop and lowers[i + 1] == "of" and lowers[i + 2] in VAGUE:
        return Core(i + 3, None, f"{word}_of_{lowers[i + 2]}", scaled=True)
    return Core(i + 1, None, VAGUE[word], scaled=True)


def _next_fraction(parse: Parse, i: int, stop: int) -> bool:
    lowers = parse.lowers
    j = i + 1
    if j < stop and lowers[j] in DASHES:
        j += 1
    return j < stop and lowers[j] in FRACTIONS and lowers[j] != "half"


def _fraction(parse: Parse, i: int, stop: int) -> Core | None:
    """Fractions: "half of", "a third of", "two-thirds"; "half a million" is a number."""
    lowers = parse.lowers
    word = lowers[i]
    if word == "half" and i + 1 < stop:
        j = i + 1
        while j < stop and (lowers[j] in ARTICLES or lowers[j] in DASHES):
            j += 1
        if j < stop and lowers[j] in SCALES:
            return Core(j + 1, SCALES[lowers[j]] / 2, None, scaled=True)
        if lowers[i + 1] in {"of", "the", "its", "their", "his", "her"}:
            return Core(i + 1, 0.5, None, scaled=False, fraction=True)
        return None
    if word in SMALL:
        j = i + 1 + (lowers[i + 1] in DASHES)
        return Core(j + 1, round(SMALL[word] * FRACTIONS[lowers[j]], 4), None, scaled=False, fraction=True)
    if (
        word == "quarter"
        and lowers[i + 1 : i + 3] == ["of", "a"]
        and lowers[i + 3 : i + 4] in (["million"], ["billion"])
    ):
        return Core(i + 4, SCALES[lowers[i + 3]] / 4, None, scaled=True)
    alone = i > 0 and lowers[i - 1] in {"a", "one"}
    if (alone or "-" in word) and i + 1 < stop and lowers[i + 1] == "of":
        return Core(i + 1, round(FRACTIONS[word], 4), None, scaled=False, fraction=True)
    return None


def read_digits(words: str) -> float:
    return float(words.replace(",", ""))
