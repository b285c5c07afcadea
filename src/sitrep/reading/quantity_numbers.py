"""Numbers as newspapers write them: digits, words, dozens, ranges, fractions, with the words that bound them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sitrep.ontology.cues import FigureWords
from sitrep.reading.parse import Parse
from sitrep.reading.quantity_cores import (
    ARTICLES,
    DASHES,
    DIGIT_RANGE,
    MONEY_SIGNS,
    OPENERS,
    SCALES,
    Core,
    read_core,
    read_digits,
)

Bounds = tuple[float | None, float | None, float | None]
Form = Literal["exact", "vague", "fraction"]

ONE_PERSON = frozenset("boy girl man woman teen teenager mother father son daughter driver officer".split())
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
            high = read_digits(match.group(2))
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
    """What the words leave known: "more than 30" is 31 or more and best told as 30, "about 30" only near 30."""
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
            # what is named is what a coder enters; the words themselves leave no less than one more
            return (value + 1 if whole else value, value, None)
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


def _names_something(parse: Parse, i: int, core: Core) -> bool:
    """Whether digits name rather than count: a year, an article, a street, an age."""
    lowers = parse.lowers
    word, before = lowers[i], lowers[i - 1] if i else ""
    if not word[0].isdecimal():
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
    named = i > 1 and (parse.pos[i - 2] == "PROPN" or parse.lowers[i - 2] in ONE_PERSON)
    if before == "," and after in {",", "."} and named and (core.value or 0) < 110:
        # "Salma Kader, 31," and "Boy, 13, shot": how old somebody is
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
