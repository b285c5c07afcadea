"""Copies: which reports are one text, whole, cut, extended or with a new lead, and what each of them added.

Runs of words, sampled by their hash as in winnowing, find the candidates; all runs of both texts then decide. Unlike
a MinHash of whole texts this measures how much of the shorter text stands in the longer one, so that a cut copy is as
plain as a whole one, and it says which paragraphs are shared.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitrep.corroboration.union import Union
from sitrep.model import Copy, Evidence

WORD = re.compile(r"\w+")
# words of a run: shorter ones are phrases that anybody writes
RUN = 5
# one run in so many is indexed; the choice hangs on its words alone, so that copies choose the same
SAMPLE = 8
# candidates share so many indexed runs, or this share of the shorter one's
FEWEST, FEWEST_SHARE = 2, 0.1
# a copy shares so many runs, and of the shorter and of the longer text so much: less where it begins alike, since what
# reports of one outlet have in common by habit stands at the end; a text that stands in another whole is one always
RUNS = 15
WHOLE, PARTS, PARTS_WITH_LEAD = 0.9, (0.5, 0.4), (0.45, 0.4)
# the runs of a beginning, and how many of them must be there
LEAD, LEAD_SHARE = 40, 0.5
# a paragraph is taken over where so much of it stands in the other text
PARAGRAPH_SHARE = 0.5
# a run in more reports than this is boilerplate
COMMON = 200
_MASK = (1 << 62) - 1


class Pair(NamedTuple):
    """Two reports of one text. share: of the shorter one's runs, how many stand in the other."""

    one: str
    other: str
    share: float


def runs(text: str) -> list[int]:
    """A number for each run of words of a text, in order."""
    words = [zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in WORD.findall(text.casefold())]
    found: list[int] = []
    for i in range(len(words) - RUN + 1):
        number = 0
        for word in words[i : i + RUN]:
            number = (number * 0x9E3779B97F4A7C15 + word) & _MASK
        found.append(number ^ (number >> 31))
    return found


def fingerprint(text: str) -> frozenset[int]:
    """The runs of a text that are indexed."""
    return frozenset(number for number in runs(text) if number % SAMPLE == 0)


def share(one: Sequence[int], other: Sequence[int]) -> float:
    """How much of the shorter text stands in the other, 0 to 1; 0 where they are no copies."""
    shorter, longer = sorted((one, other), key=len)
    whole, there = frozenset(shorter), frozenset(longer)
    shared = len(whole & there)
    if shared < RUNS:
        return 0.0
    part = shared / len(whole)
    lead = shorter[:LEAD]
    begins = sum(number in there for number in lead) >= LEAD_SHARE * len(lead)
    least, least_of_longer = PARTS_WITH_LEAD if begins else PARTS
    alike = part >= least and shared / len(there) >= least_of_longer
    return part if alike or part >= WHOLE else 0.0


def is_candidate(shared: int, one: int, other: int) -> bool:
    """Whether two fingerprints share enough for a look at the texts."""
    return shared >= FEWEST and shared >= FEWEST_SHARE * min(one, other)


def find(texts: Mapping[str, str]) -> list[Pair]:
    """The pairs of reports that are one text."""
    whole = {name: runs(text) for name, text in texts.items()}
    prints = {name: frozenset(n for n in numbers if n % SAMPLE == 0) for name, numbers in whole.items()}
    index: dict[int, list[str]] = {}
    for name in sorted(texts):
        for number in prints[name]:
            index.setdefault(number, []).append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in index.values():
        if 1 < len(names) <= COMMON:
            shared.update((one, other) for i, one in enumerate(names) for other in names[i + 1 :])
    found: list[Pair] = []
    for (one, other), count in sorted(shared.items()):
        if is_candidate(count, len(prints[one]), len(prints[other])):
            part = share(whole[one], whole[other])
            if part:
                found.append(Pair(one, other, round(part, 3)))
    return found


def chains(pairs: Iterable[Pair]) -> dict[str, str]:
    """The group of each report that has a copy; a group is named by the first of its reports."""
    pairs = list(pairs)
    names = sorted({name for pair in pairs for name in (pair.one, pair.other)})
    numbers = {name: n for n, name in enumerate(names)}
    union = Union(len(names))
    for pair in pairs:
        union.join(numbers[pair.one], numbers[pair.other])
    return {name: names[union.of(n)] for name, n in numbers.items()}


def trace(report: str, text: str, origin: str, origin_text: str) -> Copy:
    """What a report took over from another, and what it added, paragraph by paragraph."""
    there = frozenset(runs(origin_text))
    shared: list[Evidence] = []
    added: list[Evidence] = []
    for paragraph in paragraphs(text):
        mine = runs(paragraph.quote)
        # too short to tell: a name, a dateline
        if not mine:
            continue
        taken = sum(number in there for number in mine) / len(mine)
        (shared if taken >= PARAGRAPH_SHARE else added).append(paragraph)
    everything = frozenset(runs(text))
    return Copy(
        report=report,
        of=origin,
        share=round(len(everything & there) / len(everything), 3) if everything else 0.0,
        shared=tuple(shared),
        added=tuple(added),
    )


def paragraphs(text: str) -> Iterator[Evidence]:
    """The paragraphs of a text, without the space around them."""
    for match in re.finditer(r"[^\n]+", text):
        inner = match.group().strip()
        if inner:
            start = match.start() + match.group().index(inner)
            yield Evidence(start=start, end=start + len(inner), quote=inner)
