"""Spelling keys: how a name in a newspaper and a name in a gazetteer come to look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# letters that decompose into nothing simpler
_LETTERS = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "þ": "th", "æ": "ae", "Æ": "Ae",
    "œ": "oe", "Œ": "Oe", "ə": "a", "Ə": "A",
})  # fmt: skip
# straight and curly quotes, modifier letters for ayn and hamza, the dots of "P.K.K."
_DROPPED = dict.fromkeys(map(ord, "'’‘ʼʻʾʿ`´′\"“”."))
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
# tokens that may stand inside a name without being part of it
INNER = frozenset({"-", "‐", "‑", "–", "'", "’"})
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s|$)")
_DIGRAPHS = (
    ("tch", "c"), ("sch", "s"), ("dzh", "j"), ("kh", "k"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("ph", "f"),
    ("sh", "s"), ("zh", "j"), ("dj", "j"), ("ch", "c"), ("ck", "k"), ("ts", "s"), ("dz", "z"),
)  # fmt: skip
_SINGLES = str.maketrans({"q": "k", "g": "k", "w": "v", "x": "ks", "y": None} | dict.fromkeys("aeiou"))
# articles and links inside names, which newspapers write as they like
PARTICLES = frozenset({
    "al", "el", "ul", "an", "ar", "as", "ash", "at", "ad", "az", "ed", "es", "the", "of", "and", "bin", "ibn", "ben",
})  # fmt: skip
_ABD = re.compile(r"\babd(?:[aeiou]l{1,2}|-al|-el| al| el)[- ]?(?=\w)")


def bare(word: str) -> str:
    """The word in its own case without diacritics, apostrophes, quotes and dots: "Da’esh" Daesh, "P.K.K." PKK."""
    if word.isascii():
        return word.translate(_DROPPED) if not word.isalnum() else word
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS).translate(_HYPHENS).translate(_DROPPED))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def fold(word: str) -> str:
    """The word's key: `bare` in lower case. A word of punctuation alone folds to itself or to nothing."""
    return word.lower() if word.isascii() and word.isalnum() else bare(word).casefold()


def pieces(name: str) -> list[str]:
    """A name's words as the tokeniser splits them ("Lord's" in two, hyphens apart), bare but in their own case.

    A leading "the" is no part of a name.
    """
    apart = _POSSESSIVE.sub(lambda match: " s" if match.group()[-1] == "s" else "", name).translate(_HYPHENS)
    words = [bare(word) for chunk in apart.split() for word in chunk.replace("/", " / ").replace("-", " ").split()]
    words = [word for word in words if word]
    return words[1:] if len(words) > 1 and words[0].lower() == "the" else words


def forms(name: str) -> Iterator[str]:
    """The ways in which the tokeniser may cut a name, words joined by blanks: "M 19" and "M-19"."""
    words = pieces(name)
    yield " ".join(words)
    if "-" in name.translate(_HYPHENS):
        whole = pieces(name.translate(_HYPHENS).replace("-", "\x00"))
        yield " ".join(whole).replace("\x00", "-")


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """The key of a whole name: "the Côte d’Ivoire" is "cote divoire"."""
    return " ".join(pieces(name)).casefold()


def name_words(name: str) -> list[str]:
    """The folded words of a name without its articles and links: "Abdul Malik al-Houthi" is abd, malik, houthi."""
    return [word for word in _ABD.sub("abd ", key(name)).split() if word not in PARTICLES]


def skeleton(name: str) -> str:
    """The consonants of a name, alike for the ways to write it in Latin letters: Haftar and Hifter are "hftr".

    Articles go, k, q and g with their aspirates count as one letter, doubled letters as single; a first vowel
    is kept as "_" so that Assad is not Sadi.
    """
    bones: list[str] = []
    for folded in name_words(name):
        word = folded
        for pair, letter in _DIGRAPHS:
            word = word.replace(pair, letter)
        first = "_" if word[0] in "aeiou" else "y" if word[0] == "y" else ""
        stem = word[:-1] if len(word) > 2 and word.endswith("h") else word
        bones.append(first + stem.translate(_SINGLES))
    return re.sub(r"(.)\1+", r"\1", "".join(bones))
