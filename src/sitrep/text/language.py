"""Is it English? Only English is read."""

from __future__ import annotations

import re

from sitrep.errors import LanguageError

# enough to tell a language by; more only costs time
SAMPLE = 5_000
# a headline of names has no language to speak of
SHORTEST = 45
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# the commonest English words that are not also common words of another language in Latin script
FUNCTION = frozenset(
    WORD.findall(
        "the of and to that was is for with by from were has had have their they which would been this its but after "
        "his who are not said will at as be it he an or two than into more when there about"
    )
)
# running English news has 30 to 40 percent of these; a list of names still has some
ENOUGH = 0.12
# log-likelihood per character by which another language must win: headlines full of names stay under
# 0.2, a sentence in another language lies above 1.5 (measured on headlines and on twelve languages)
MARGIN = 0.5


def check_language(text: str, *, source: str) -> str:
    """The language of a text as ISO 639-1: "en", or "und" where it is too short to tell.

    Raises LanguageError where the text is in another language.
    """
    sample = text[:SAMPLE]
    words = WORD.findall(sample.casefold())
    if sum(map(len, words)) < SHORTEST:
        return "en" if sample.isascii() or not words else _or_other_script(sample, source)
    if sum(word in FUNCTION for word in words) >= ENOUGH * len(words):
        return "en"
    # loaded only for the few texts that are in doubt: its model takes half a second
    import py3langid

    ranked = py3langid.rank(sample.capitalize() if sample.isupper() else sample)
    best, score = ranked[0]
    if score - dict(ranked)["en"] < MARGIN * len(sample):
        return "en"
    raise LanguageError(
        f"Reading {source}: the text is in another language ({best}), and sitrep reads English only.",
        todo="Give an English report, or a translation whose words may stand as evidence.",
        source=source,
        language=best,
    )


def _or_other_script(sample: str, source: str) -> str:
    letters = [letter for letter in sample if letter.isalpha()]
    if sum(letter > "\u024f" for letter in letters) > len(letters) / 2:
        raise LanguageError(
            f"Reading {source}: the text is not in Latin script, and sitrep reads English only.",
            todo="Give an English report, or a translation whose words may stand as evidence.",
            source=source,
            language="und",
        )
    return "en"
