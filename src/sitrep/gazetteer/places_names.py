"""How a place name is folded, so that "Al-Bayḍāʾ", "al Bayda" and "Bayda" meet."""

from __future__ import annotations

import re
import unicodedata
import zlib

# the Arabic article, with the consonant that it takes before sun letters, as newspapers and maps write it
ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "at", "an", "ad", "adh", "az", "ath", "ul"})
LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a",
        "ʻ": None, "ʼ": None, "ʿ": None, "ʾ": None, "‘": None, "’": None, "'": None, "`": None, "´": None, "′": None,
        "”": None, "“": None, '"': None, ".": None, "-": " ", "–": " ", "—": " ", "‐": " ", "_": " ", "/": " ",
        ",": " ", "(": " ", ")": " ", "&": " and ",
    }
)  # fmt: skip
PLAIN = re.compile(r"[A-Za-z ]*").fullmatch


def fold(name: str) -> str:
    """A name without case, diacritics, apostrophes, stops and hyphens; the article "the" is dropped."""
    if PLAIN(name):
        folded = name.lower()
    else:
        if not name.isascii():
            parts = unicodedata.normalize("NFKD", name)
            name = "".join(letter for letter in parts if not unicodedata.combining(letter))
        folded = name.casefold().translate(LETTERS)
    words = folded.split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def bare(folded: str) -> str | None:
    """The folded name without a leading Arabic article, None where it has none or nothing would be left."""
    first, _, rest = folded.partition(" ")
    return rest if first in ARTICLES and len(rest) > 2 else None


def checksum(folded: str) -> int:
    """A 32-bit checksum of a folded name, the same on every machine."""
    return zlib.crc32(folded.encode("utf-8"))
