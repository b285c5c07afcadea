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


# the same sound as different hands write it in Latin letters
SOUNDS = (
    ("kh", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("zh", "j"), ("dj", "j"),
    ("ph", "f"), ("ck", "k"), ("ts", "s"),
)  # fmt: skip
LONE = str.maketrans({"q": "k", "c": "k", "x": "k", "v": "w"} | dict.fromkeys("aeiouyw '"))
FINAL_H = re.compile(r"h\b")
SHORTEST = 2


def bones(folded: str) -> str | None:
    """The consonants of a name, by which spellings of one sound meet ("Tel Abyad", "Tall Abyad"); None for too few."""
    words = [word for word in folded.split() if word not in ARTICLES]
    text = FINAL_H.sub("", " ".join(words))
    for written, sound in SOUNDS:
        text = text.replace(written, sound)
    lone = text.translate(LONE)
    found = "".join(letter for n, letter in enumerate(lone) if not n or letter != lone[n - 1])
    return found if len(found) >= SHORTEST else None


def checksum(folded: str) -> int:
    """A 32-bit checksum of a folded name, the same on every machine."""
    return zlib.crc32(folded.encode("utf-8"))
