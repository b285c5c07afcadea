"""Words on a screen: wrapping, colour on a terminal only, and nothing of a report that could drive the terminal."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple, TextIO

import click

from sitrep.review.wording import is_quoted

# characters that move the cursor, change colours or turn the writing direction; a hostile report could hold them
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SPACE = re.compile(r"\s+")
# wider lines are hard to read; a pipe gets a fixed width so that its text is the same everywhere
WIDEST, NARROWEST, PIPED = 104, 48, 96


class Part(NamedTuple):
    """Words and how they look: "bold", "dim", "head", "quote", "key", "good", "warn", "bad" or plain."""

    text: str
    look: str = ""


LOOKS: dict[str, dict[str, str | bool]] = {
    "bold": {"bold": True},
    "dim": {"dim": True},
    "head": {"bold": True, "fg": "cyan"},
    "quote": {"italic": True},
    "key": {"bold": True, "underline": True},
    "good": {"fg": "green"},
    "warn": {"fg": "yellow"},
    "bad": {"fg": "red"},
}


def visible(text: str) -> str:
    """Text on one line, with nothing in it that a terminal would obey."""
    return UNSAFE.sub("\ufffd", SPACE.sub(" ", text)).strip()


def width_of(text: str) -> int:
    """How many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def quoted(words: str) -> str:
    """Words in quotation marks, unless they bring their own."""
    return words.strip() if is_quoted(words) else f"“{words.strip()}”"


class Screen:
    """A stream of lines of one width."""

    def __init__(self, stream: TextIO, *, width: int | None = None, colour: bool | None = None) -> None:
        self.stream = stream
        watched = stream.isatty()
        columns = shutil.get_terminal_size((PIPED, 24)).columns if watched else PIPED
        self.width = width or max(NARROWEST, min(WIDEST, columns))
        self.colour = (watched and not os.environ.get("NO_COLOR")) if colour is None else colour

    def blank(self) -> None:
        """An empty line."""
        self._print("")

    def rule(self, title: str, right: str = "") -> None:
        """A heading, drawn across the screen."""
        fill = self.width - width_of(title) - width_of(right) - 4 - (2 if right else 0)
        self._print(
            self._style(Part(title.upper(), "head"))
            + self._style(Part(f" {'─' * max(3, fill)} ", "dim"))
            + self._style(Part(right, "dim"))
        )

    def line(
        self, parts: Iterable[Part], *, indent: int = 0, hang: int | None = None, number: int = 0, right: str = ""
    ) -> None:
        """Words wrapped to the width. hang: indent of the lines after the first. number: set into the indent.
        right: set at the right edge.
        """
        hang = indent if hang is None else hang
        lead = self._style(Part(f"{number:>{indent - 1}} ", "dim")) if number else " " * indent
        rows = self._wrap(parts, self.width - indent, self.width - hang)
        for row, words in enumerate(rows):
            text = (" " * hang if row else lead) + self._run(words)
            used = indent + sum(width_of(word.text) for word in words)
            if right and len(rows) == 1 and used + width_of(right) + 2 <= self.width:
                text += " " * (self.width - used - width_of(right)) + self._style(Part(right, "dim"))
                right = ""
            self._print(text)
        if right:
            self._print(" " * hang + self._style(Part(right, "dim")))

    def block(self, parts: Iterable[Part], *, indent: int) -> None:
        """The report's own words, set off by a bar at their left."""
        bar = " " * indent + self._style(Part("│ ", "dim"))
        room = self.width - indent - 2
        for words in self._wrap(parts, room, room):
            self._print(bar + self._run(words))

    def _wrap(self, parts: Iterable[Part], first: int, rest: int) -> list[list[Part]]:
        """Words in rows that are `first`, then `rest` columns wide."""
        rows: list[list[Part]] = [[]]
        used, room = 0, first
        for word, glued in _words(parts):
            size = width_of(word.text)
            gap = 0 if glued or not rows[-1] else 1
            if rows[-1] and used + gap + size > room:
                rows.append([])
                room, used, gap = rest, 0, 0
            if gap:
                # a space between two looks has none, so that no underline runs out of its words
                rows[-1].append(Part(" ", word.look if rows[-1][-1].look == word.look else ""))
            rows[-1].append(word)
            used += gap + size
        return rows

    def columns(
        self, label: str, value: Part, parts: Iterable[Part], *, indent: int, at: tuple[int, int], under: bool = False
    ) -> None:
        """A labelled value and what stands beside it, at fixed columns where there is room.

        under: where there is not, it stands on the next line.
        """
        left, middle = at
        lead = " " * indent + self._style(Part(label.ljust(left - indent), "dim"))
        side = list(parts)
        value = Part(visible(value.text), value.look)
        taken = width_of(value.text)
        if side and taken <= middle - left - 2 and self.width - middle >= NARROWEST // 2:
            lead += self._style(value) + " " * (middle - left - taken)
            left = middle
        elif under and side and left + taken <= self.width:
            self._print(lead + self._style(value))
            lead, left = " " * (left + 2), left + 2
        else:
            side[:0] = [value, Part(" ")]
        room = self.width - left
        for row, words in enumerate(self._wrap(side, room, room)):
            self._print((" " * left if row else lead) + self._run(words))

    def _run(self, words: list[Part]) -> str:
        """A row of words, neighbours that look alike styled together."""
        runs = ((look, "".join(word.text for word in run)) for look, run in groupby(words, key=lambda word: word.look))
        return "".join(self._style(Part(text, look)) for look, text in runs)

    def _style(self, part: Part) -> str:
        return click.style(part.text, **LOOKS[part.look]) if self.colour and part.look else part.text  # pyright: ignore[reportArgumentType]

    def _print(self, text: str) -> None:
        self.stream.write(f"{text if self.colour else text.rstrip()}\n")


def _words(parts: Iterable[Part]) -> Iterable[tuple[Part, bool]]:
    """The words of styled parts; glued: no space before it."""
    open_end = True
    for part in parts:
        text = UNSAFE.sub("\ufffd", SPACE.sub(" ", part.text))
        for number, word in enumerate(text.split(" ")):
            if word:
                yield Part(word, part.look), number == 0 and not open_end
                open_end = False
            if number < text.count(" "):
                open_end = True
