"""Numbers as newspapers write them: digits, words, dozens, ranges, fractions, with the words that bound them."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from sitrep.ontology.cues import FigureWords
from sitrep.reading.parse import Parse

Bounds = tuple[float | None, float | None, float | None]
Form = Literal["exact", "vague", "fraction"]

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
YEARS = (1900, 2100)
YEAR_BEFORE = frozenset(
    {
        *("in", "since", "by", "from", "until", "till", "of", "during", "before", "after", "late", "early", "mid"),
        *("spring", "summer", "autumn", "fall", "winter"),
    }
)
CHANGES = frozenset(
    {
        *("rise", "increase", "raise", "fall", "drop", "grow", "climb", "jump", "bring", "revise", "lower", "go", "up"),
        *("reduce", "decline", "change", "shrink", "swell", "soar", "down"),
    }
)
# bounds stated outright outrank "about"
STRENGTH = {"about": 0, "nearly": 1, "at_most": 2, "under": 2, "at_least": 2, "over": 2}


class Number(NamedTuple):
    """A number in the text. start, end: its tokens; first, last: with the words that bound it.

    form: "exact" (said in digits or words), "vague" ("dozens"), "fraction" ("a third").
    old: the figure that another one replaces ("rose from 12 to 58").
    """

    start: int
    end: int
    first: int
    last: int
    low: float | None
    best: float | None
    high: float | None
    modifier: str | None
    form: Form
    old: bool = False


class Core(NamedTuple):
    """The bare number, before its bounds are read."""

    end: int
    value: float | None
    vague: str | None
    scaled: bool
    fraction: bool = False


class Numbers:
    """Finds the numbers of a parse."""

    def __init__(self, words: FigureWords) -> None:
        self._before = phrases_by_edge(words.modifiers, edge=-1)
        self._after = phrases_by_edge(words.modifiers_after, edge=0)
        self._transparent = words.transparent

    def __call__(self, parse: Parse, skip: frozenset[int] = frozenset()) -> list[Number]:
        """The numbers of a parse in text order; tokens in skip are not read."""
        found: list[Number] = []
        lowers, count = parse.lowers, len(parse)
        i = 0
        while i < count:
            word = lowers[i]
            if i in skip or not (word in OPENERS or "0" <= word[0] <= "9"):
                i += 1
                continue
            number = self._number(parse, i, skip)
            if number is None:
                i += 1
                continue
            found.append(number)
            i = number.last
        return found

    def _number(self, parse: Parse, i: int, skip: frozenset[int]) -> Number | None:
        if parse.lowers[i] == "first":
            before = i > 0 and parse.lowers[i - 1] == "the"
            return Number(i, i + 1, i - 1, i + 1, 1.0, 1.0, 1.0, "first", "exact") if before else None
        stop = parse.sentence(i)[1]
        core = read_core(parse, i, stop)
        if core is None or any(t in skip for t in range(i, core.end)):
            return None
        if core.fraction:
            return self._bounded(parse, (i, core.end), (core.value, core.value, core.value), None, "fraction")
        if core.vague:
            return self._bounded(parse, (i, core.end), (None, None, None), core.vague, "vague")
        if core.value is None or _names_something(parse, i, core):
            return None
        second = self._range(parse, i, core, stop)
        if second:
            low, high, end = second
            return self._bounded(parse, (i, end), (low, None, high), None, "exact")
        return self._bounded(parse, (i, core.end), (core.value, core.value, core.value), None, "exact")

    def _range(self, parse: Parse, i: int, core: Core, stop: int) -> tuple[float, float, int] | None:
        """Low, high and end of a range that starts with this number."""
        value = core.value or 0.0
        match = DIGIT_RANGE.fullmatch(parse.lowers[i])
        if match:
            high = _digits(match.group(2))
            return (value, high, core.end) if high > value else None
        lowers = parse.lowers
        between = i > 0 and lowers[i - 1] == "between"
        joins = lowers[core.end] if core.end < stop else ""
        if joins not in DASHES and joins not in {"to", "or"} and not (between and joins == "and"):
            return None
        if i > 0 and lowers[i - 1] == "from" and joins == "to" and _changes(parse, i):
            return None
        if core.end + 1 >= stop:
            return None
        other = read_core(parse, core.end + 1, stop)
        if other is None or other.value is None or other.fraction:
            return None
        low = value
        if other.scaled and not core.scaled:
            scale = next(SCALES[lowers[t]] for t in range(core.end + 1, other.end) if lowers[t] in SCALES)
            low = value * scale if value * scale < other.value else value
        return (low, other.value, other.end) if other.value > low else None

    def _bounded(self, parse: Parse, tokens: tuple[int, int], bounds: Bounds, vague: str | None, form: Form) -> Number:
        """The number with the words around it that bound it."""
        i, end = tokens
        first, modifier = self._look_back(parse, i)
        last, after = self._look_ahead(parse, end)
        if after and STRENGTH[after] >= STRENGTH.get(modifier or "about", 0):
            modifier = after
        low, best, high = bound(bounds, modifier)
        old = first > 0 and parse.lowers[first - 1] == "from" and _changes(parse, i)
        name = vague or ("range" if bounds[0] != bounds[2] and modifier is None else modifier)
        return Number(i, end, first, last, low, best, high, name, form, old)

    def _look_back(self, parse: Parse, i: int) -> tuple[int, str | None]:
        lowers, begin = parse.lowers, parse.sentence(i)[0]
        first, modifier, at = i, None, i
        if first - 1 >= begin and (
            lowers[first - 1] in ARTICLES or lowers[first - 1] in MONEY_SIGNS or lowers[first - 1] == "us$"
        ):
            first = at = first - 1
        if first - 1 >= begin and lowers[first - 1] == "between":
            first = at = first - 1
        while at > begin:
            match = longest(self._before.get(lowers[at - 1], ()), lowers, at, begin)
            if match:
                words, kind = match
                at -= len(words)
                first = at
                if modifier is None or STRENGTH[kind] > STRENGTH[modifier]:
                    modifier = kind
            elif lowers[at - 1] in self._transparent:
                at -= 1
            else:
                break
        return first, modifier

    def _look_ahead(self, parse: Parse, end: int) -> tuple[int, str | None]:
        if end >= len(parse):
            return end, None
        for words, kind in self._after.get(parse.lowers[end], ()):
            if tuple(parse.lowers[end : end + len(words)]) == words:
                return end + len(words), kind
        return end, None


def bound(bounds: Bounds, modifier: str | None) -> Bounds:
    """What the words leave known: "more than 30" is 31 or more, "about 30" only near 30."""
    low, best, high = bounds
    value = best if best is not None else low
    if value is None:
        return bounds
    top = high if high is not None else value
    whole = value == int(value)
    match modifier:
        case "at_least":
            return (low, value, None)
        case "over":
            return (value + 1 if whole else value, None, None)
        case "at_most":
            return (None if low == high else low, None, top)
        case "under":
            return (None, None, top - 1 if top == int(top) else top)
        case "nearly":
            return (None, top, top)
        case "about":
            return (None, best, None) if low == high else (low, best, high)
        case _:
            return bounds


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
        return Core(i + 1, _digits(match.group(1)), None, scaled=False)
    if word in SCALES and (i == 0 or lowers[i - 1] not in ARTICLES):
        return None
    if word == "one" and parse.tags[i] != "CD" and parse.pos[i] != "NUM":
        return None
    if word == "one" and i > 0 and lowers[i - 1] in {"no", "any", "every", "each", "this", "that", "which", "the"}:
        return None
    if word == "both" and (
        i + 1 >= stop or parse.tags[i + 1] in {"NNP", "NN", "IN", "DT"} or parse.deps[i] in {"preconj", "cc"}
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
            current, seen, digits = _digits(match.group(1)), True, True
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


def _digits(words: str) -> float:
    return float(words.replace(",", ""))


def _names_something(parse: Parse, i: int, core: Core) -> bool:
    """Whether digits name rather than count: a year, an article, a street, an age."""
    lowers = parse.lowers
    word, before = lowers[i], lowers[i - 1] if i else ""
    if not word[0].isdigit():
        return False
    head = parse.heads[i]
    if core.end == i + 1 and word.isdecimal():
        value = core.value or 0.0
        if YEARS[0] <= value < YEARS[1] and not (head > i and parse.tags[head] == "NNS" and before not in YEAR_BEFORE):
            return True
        if len(word) > 6 or (len(word) > 1 and word[0] == "0"):
            return True
        if before in {"no.", "number", "#", "page", "article", "resolution", "chapter", "section", "route", "highway"}:
            return True
    if head < i and parse.deps[i] in {"nummod", "appos"} and head == i - 1 and parse.pos[head] == "PROPN":
        return True
    after = lowers[core.end] if core.end < len(lowers) else ""
    if before == "," and after in {",", "."} and i > 1 and parse.pos[i - 2] == "PROPN" and (core.value or 0) < 110:
        return True
    return before in {"aged", "age", "/", ":"} or after in {"/", ":", "st", "th"}


def _changes(parse: Parse, i: int) -> bool:
    """Whether a number stands in "rose from 12 to 58": two figures, not a range."""
    begin = max(parse.sentence(i)[0], i - 8)
    return any(parse.lemmas[t] in CHANGES for t in range(begin, i))


def phrases_by_edge(table: dict[str, tuple[str, ...]], edge: int) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Phrases by their last (-1) or first (0) word, longest first, with the name they stand for."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, phrases in table.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            found.setdefault(words[edge], []).append((words, name))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in found.items()}


def longest(
    rows: tuple[tuple[tuple[str, ...], str], ...], lowers: list[str], at: int, begin: int
) -> tuple[tuple[str, ...], str] | None:
    """The longest phrase that ends just before a token."""
    for words, kind in rows:
        if at - len(words) >= begin and tuple(lowers[at - len(words) : at]) == words:
            return words, kind
    return None
