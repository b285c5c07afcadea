"""Tellings: the words by which a report tells of a harm, of its shots, of each who was hit, wounded or killed.

An incident is one; what reports say of it is not: "the shooting" is the whole or the shots, "shot" is what befell
somebody, "died" what came of it. Each such side of an incident is an aspect, after the scheme of the Gun Violence
Corpus (Vossen et al. 2018).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sitrep.corroboration.sketch import stem
from sitrep.model import Mention, Reading

FIRE, HIT, WOUND, DEATH, DEATHS, WHOLE = "fire", "hit", "wound", "death", "deaths", "whole"
# words that tell of an aspect wherever they stand
PLAIN = {
    FIRE: (
        "shooting shootings shots gunshot gunshots gunfire shooter shooters gunman gunmen fired firing discharge "
        "discharged shootout crossfire"
    ),
    HIT: "shot shoot shoots hitting struck",
    DEATH: (
        "kill killed kills killing killings die died dies dying dead death deaths deadly fatal fatally fatality "
        "fatalities homicide homicides murder murdered murders slay slaying slain suicide suicides body bodies "
        "manslaughter autopsy autopsies deceased lifeless burial mortally"
    ),
    WOUND: (
        "injure injured injures injury injuries wound wounds wounded wounding hurt hospitalized hospitalised paralyzed "
        "paralysed"
    ),
    WHOLE: "incident incidents accident accidents",
}
# words that do so only where somebody has marked them as telling of an event
MARKED = {
    FIRE: "fire off crossfire bullet trigger",
    HIT: "hit hits strike striking",
    DEATH: "grieve grieves grieving mourning loss lost gone lives",
    WOUND: "treated treatment critical condition surgery stable",
    WHOLE: "it this that these event events tragedy case attack attacks crime bloodshed",
}
WORD = re.compile(r"[^\W_]+")
FOUND = re.compile(r"\bmurder ?- ?suicides?\b|\b[a-z]+\b", re.IGNORECASE)
# "before shooting himself" tells whom a shot hit; "the shooting happened at noon" is the whole of it
ON_SOMEBODY = re.compile(r"\b(?:before|after|with|for|of|by|from|and|then|\w+ly)\s$", re.IGNORECASE)
SOMEBODY = re.compile(r"\s(?!death|the (?:death|incident))(?:\w+sel(?:f|ves)|him|her|them|his|their|an?|the|\d|[A-Z])")
DEFINITE = re.compile(r"\b(?:the|that|this)\s(?:actual )?$", re.IGNORECASE)
TOOK_PLACE = re.compile(r"\s(?:happened|occurred|stemmed|took place|was|is|may|had|itself|scene)\b")
ABOUT_IT = re.compile(
    r"(?:(?:scene|location|area|time|site|motive|circumstances|cause|information|led up|details?|suspects?) (?:\w+ )?"
    r"(?:of|about|for|to|surrounding|in|on) the (?:actual )?|(?:before|after|that|since) (?:the|that|this) )$",
    re.IGNORECASE,
)
# what an aspect befalls is a person
BEFALLS = frozenset({HIT, WOUND, DEATH})
MEN = frozenset("he him his himself man boy father son husband brother grandfather uncle nephew boyfriend".split())
WOMEN = frozenset(
    "she her hers herself woman girl mother daughter wife sister grandmother aunt niece girlfriend".split()
)
# those who are harmed stand before "was shot" and behind "shot"
BEFORE = re.compile(
    r"(?:\b(?:was|were|been|being|is|are|be|got|found|pronounced|left|later|who|and|\w+ly)\b\s*)+$", re.IGNORECASE
)
SUFFERED = frozenset({"died", "dies", "dead", "deceased"})
LOOK_BACK, CLOSE = 45, 18


class Telling(NamedTuple):
    """A stretch of a report's text that tells of an aspect. sex: "m" or "f" of the one whom it befell, else empty."""

    start: int
    end: int
    aspect: str
    sex: str = ""


class _Person(NamedTuple):
    start: int
    end: int
    head: str
    named: bool


@lru_cache(maxsize=2)
def _aspects(*, marked: bool) -> dict[str, str]:
    lists = (PLAIN, MARKED) if marked else (PLAIN,)
    return {word: aspect for words in lists for aspect, some in words.items() for word in some.split()}


def tellings(reading: Reading) -> list[Telling]:
    """What of a report's text tells of a harm."""
    known = _aspects(marked=False)
    spans = [
        match.span()
        for match in FOUND.finditer(reading.report.text)
        if match.group().lower() in known or "-" in match.group()
    ]
    return told(reading, spans)


def told(reading: Reading, spans: Iterable[tuple[int, int]]) -> list[Telling]:
    """What each of some stretches of a report's text tells of, in their order."""
    text = reading.report.text
    starts = [sentence.start for sentence in reading.sentences]
    people = sorted(_person(mention) for mention in reading.mentions if mention.kind in ("person", "group", "pronoun"))
    harmed = [
        (quantity.evidence[0].start, quantity.evidence[0].end, quantity.kind)
        for quantity in reading.quantities
        if quantity.kind in ("killed", "injured")
    ]
    found: list[Telling] = []
    for start, end in spans:
        aspect = aspect_of(text, start, end)
        sex = ""
        if aspect in BEFALLS:
            number = bisect_right(starts, start) - 1
            sentence = reading.sentences[number] if number >= 0 else None
            border = (sentence.start, sentence.end) if sentence else (0, len(text))
            kind = "killed" if aspect == DEATH else "injured"
            tolls = [(low, high) for low, high, of in harmed if of == kind and border[0] <= low < border[1]]
            near = [person for person in people if border[0] <= person.start < border[1]]
            sex = _sex(_befallen(text, (start, end), aspect, near, tolls))
        found.append(Telling(start, end, aspect, sex))
    return found


def aspect_of(text: str, start: int, end: int) -> str:
    """What a stretch of a text tells of: an aspect, else the stem of its last word."""
    words = [word.lower() for word in WORD.findall(text[start:end])] or [""]
    if words[0] == "murder" and words[-1].startswith("suici"):
        return DEATHS
    known = _aspects(marked=True)
    aspect = next((known[word] for word in (words[-1], *words) if word in known), stem(words[-1]))
    if words == ["shooting"]:
        before, behind = text[max(0, start - LOOK_BACK) : start], text[end : end + LOOK_BACK]
        if ON_SOMEBODY.search(before) and SOMEBODY.match(behind):
            return HIT
        if DEFINITE.search(before) and (TOOK_PLACE.match(behind) or ABOUT_IT.search(before)):
            return WHOLE
    return aspect


def _person(mention: Mention) -> _Person:
    return _Person(
        mention.evidence[0].start, mention.evidence[-1].end, mention.head.quote.lower(), mention.form == "name"
    )


def _befallen(
    text: str, span: tuple[int, int], aspect: str, near: Sequence[_Person], tolls: Sequence[tuple[int, int]]
) -> _Person | None:
    """Whom it befell: the one that a toll of the sentence counts, else who stands where the harmed do."""
    start, end = span
    if tolls:
        low, high = min(tolls, key=lambda toll: min(abs(toll[0] - end), abs(start - toll[1])))
        return next((person for person in reversed(near) if person.start < high and low < person.end), None)
    before = [person for person in near if person.end <= start]
    behind = [person for person in near if person.start >= end]
    suffered = aspect == WOUND or text[start:end].lower() in SUFFERED
    passive = suffered or BEFORE.search(text[max(0, start - LOOK_BACK) : start])
    if not passive and behind and behind[0].start - end <= CLOSE:
        return behind[0]
    return before[-1] if before else behind[0] if behind else None


def _sex(person: _Person | None) -> str:
    if person is None or person.named:
        return ""
    return "m" if person.head in MEN else "f" if person.head in WOMEN else ""
