"""What a number measures or counts when it counts no casualties: units, money, shares, things, strength."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.model import QuantityKind
from sitrep.ontology.cues import FigureWords
from sitrep.reading.parse import Parse
from sitrep.reading.quantity_cores import DASHES
from sitrep.reading.quantity_numbers import Number

KINDS: dict[str, QuantityKind] = {"distance": "distance", "area": "area", "duration": "duration", "money": "money"}
AGE = frozenset({"old", "olds"})
NOT_COUNTED = frozenset({"one", "way", "other", "another", "thing", "lot", "number", "half", "side"})


class Measure(NamedTuple):
    """A number with its unit or the thing it counts. first, last: its tokens; of: tokens of what is measured.

    scale: what the number is multiplied by (a percentage is a share). other: the same in another unit.
    """

    kind: QuantityKind
    unit: str | None
    first: int
    last: int
    of: tuple[int, int] | None
    scale: float = 1.0
    other: Number | None = None


class Measures:
    """Reads what numbers measure."""

    def __init__(self, words: FigureWords) -> None:
        self._words = words
        self._units: dict[str, tuple[str, str]] = {
            word: (kind, unit) for kind, units in words.units.items() for unit, names in units.items() for word in names
        }
        self._human = words.people.civilian | words.people.armed | words.people.any

    def __call__(self, parse: Parse, number: Number, head: int | None, starts: dict[int, Number]) -> Measure | None:
        """What a number measures, or None where it counts nothing that a report is read for.

        head: the noun counted. starts: numbers by their first token, for the same length in another unit.
        """
        if number.modifier == "first":
            measure = self._counted(parse, number, head)
            return measure if measure and measure.kind == "count" else None
        if number.form == "fraction":
            return Measure("other", "share", number.first, number.last, _of(parse, number.last))
        sign = parse.lowers[number.start - 1] if number.start else ""
        if sign in MONEY or sign == "us$":
            unit = self._units.get(sign.removeprefix("us"), ("money", sign))[1]
            last = number.last + (number.last < len(parse) and parse.lowers[number.last] in {"dollars", "euros"})
            return Measure("money", unit, number.first, last, None)
        measure = self._unit(parse, number, starts)
        if measure:
            return measure
        if is_age(parse, number):
            return None
        return self._counted(parse, number, head)

    def _unit(self, parse: Parse, number: Number, starts: dict[int, Number]) -> Measure | None:
        at = number.end
        lowers, lemmas, count = parse.lowers, parse.lemmas, len(parse)
        if at < count and lowers[at] in DASHES:
            at += 1
        if at + 1 < count and lowers[at] in {"more", "u.s.", "us", "full", "further", "whole", "long", "consecutive"}:
            at += 1
        for size in (2, 1):
            if at + size > count:
                continue
            word = " ".join((*lowers[at : at + size - 1], lemmas[at + size - 1].lower()))
            found = self._units.get(word) or self._units.get(" ".join(lowers[at : at + size]))
            if found is None:
                continue
            name, unit = found
            kind = KINDS.get(name, "other")
            last = at + size
            if kind == "duration" and _is_age(parse, last):
                return None
            if unit == "share":
                of = _of(parse, last) or _following(parse, last)
                return Measure("other", "share", number.first, last, of, 0.01)
            other: Number | None = None
            if last < count and lowers[last] in {"(", "-lrb-"}:
                other, last = self._again(parse, last, kind, starts)
            of = _of(parse, last) or _following(parse, last)
            return Measure(kind, unit, number.first, last, of, 1.0, other)
        return None

    def _again(self, parse: Parse, at: int, kind: str, starts: dict[int, Number]) -> tuple[Number | None, int]:
        """Such as "five kilometres (3.1 miles)": the bracket says the same length once more."""
        second = starts.get(at + 1)
        if second is None:
            return None, at
        measure = self._unit(parse, second, {})
        if (
            measure is None
            or measure.kind != kind
            or measure.last >= len(parse)
            or parse.lowers[measure.last] not in {")", "-rrb-"}
        ):
            return None, at
        return second, measure.last + 1

    def _counted(self, parse: Parse, number: Number, head: int | None) -> Measure | None:
        if head is None or number.start <= head < number.end:
            return None
        lemma = parse.lemmas[head].lower()
        if lemma in NOT_COUNTED or parse.pos[head] not in {"NOUN", "PROPN", "ADJ"}:
            return None
        last = max(number.last, head + 1)
        of = (_after(parse, number), head + 1)
        if lemma in self._words.strength:
            return Measure("strength", None, number.first, last, of)
        if lemma in self._words.things:
            return Measure("count", None, number.first, last, of)
        alone = parse.lowers[number.start] == "one" and number.end == number.start + 1
        if alone or (number.modifier in {"several", "many", "few"} and lemma not in self._human):
            return None
        return Measure("other", None, number.first, last, of)


MONEY = frozenset("$£€¥₽₹₪₺₴₦")


def _of(parse: Parse, at: int) -> tuple[int, int] | None:
    """The tokens of an "of" phrase that starts here: "100 miles |of coastline"."""
    if at >= len(parse) or parse.lowers[at] != "of":
        return None
    for k in parse.kids(at, "pobj"):
        return at + 1, k + 1
    return None


def _following(parse: Parse, at: int) -> tuple[int, int] | None:
    """The noun right after a unit: "five-kilometre |radius"."""
    stop = parse.sentence(at - 1)[1]
    j = at
    while j < stop and parse.pos[j] in {"NOUN", "ADJ", "PROPN"} and j - at < 3:
        j += 1
    while j > at and parse.pos[j - 1] != "NOUN":
        j -= 1
    return (at, j) if j > at else None


def _after(parse: Parse, number: Number) -> int:
    """Where what is counted begins: after the number and its "of"."""
    at = number.last
    if at < len(parse) and parse.lowers[at] == "of":
        at += 1
    while at < len(parse) and parse.pos[at] == "PUNCT":
        at += 1
    return at


def _is_age(parse: Parse, at: int) -> bool:
    lowers = parse.lowers
    if at < len(lowers) and lowers[at] in DASHES:
        at += 1
    return at < len(lowers) and lowers[at] in AGE


def is_age(parse: Parse, number: Number) -> bool:
    """Whether a number is how old somebody is, or how long something lasts: "a |14|-year-old girl"."""
    at = number.end
    lowers = parse.lowers
    return at + 1 < len(lowers) and lowers[at] in DASHES and lowers[at + 1] in {"year", "month", "day", "week"}
