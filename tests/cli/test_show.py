"""The screen: wrapped to its width, every value with its words, nothing cut that matters."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.readings import rich

from sitrep.cli._show.overview import Overview
from sitrep.cli._show.report import show_reading
from sitrep.cli._show.screen import Part, Screen, quoted, visible, width_of


def drawn(draw, width=96, colour=False):
    stream = io.StringIO()
    draw(Screen(stream, width=width, colour=colour))
    return stream.getvalue()


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("width", [48, 72, 96, 104])
def test_nothing_is_wider_than_the_screen(width):
    text = drawn(lambda screen: show_reading(rich(), screen), width)
    assert max(width_of(line) for line in text.splitlines()) <= width


def test_colours_change_nothing_but_colours():
    bare = drawn(lambda screen: show_reading(rich(), screen))
    coloured = drawn(lambda screen: show_reading(rich(), screen), colour=True)
    assert "\x1b[" in coloured
    assert "\x1b" not in bare
    assert [line.rstrip() for line in plain(coloured).splitlines()] == bare.splitlines()


def test_the_facts_come_with_their_words():
    text = " ".join(drawn(lambda screen: show_reading(rich(), screen), 104).replace("│", " ").split())
    for words in (
        "Air strike · Libyan Army → an arms depot in the headline",
        "attacker Libyan Army “Government jets”",
        "where Zawara, Libya “Zawara” (near there)",
        "when Mon 8 Aug 2016 “Monday”",
        "at least 12 fighters killed “at least 12 fighters”",
        "who says so Libyan Army “the army … said”",
        "said by Salem Omar word for word",
        "asked for by Salem Omar",
        "approved by Adel Mansour",
        "the hills · held by Dawn Brigade",
    ):
        assert words in text


def test_headline_facts_come_first_and_what_was_not_coded_last():
    text = drawn(lambda screen: show_reading(rich(), screen))
    order = [
        "WHAT HAPPENED", "WHO SAYS WHAT", "FIGURES", "ACTORS", "WHO STANDS", "WHO HOLDS", "DECISIONS", "PLACES", "NOT CODED",
    ]  # fmt: skip
    assert [text.index(title) for title in order] == sorted(text.index(title) for title in order)
    left_out = text[text.index("NOT CODED") :]
    for why in ("somebody denies it", "it hangs on a condition", "told as background"):
        assert why in left_out
    assert "shelled" not in text[text.index("WHAT HAPPENED") : text.index("WHO SAYS WHAT")]
    assert "Not read: 1 repeated line." in text


def test_several_reports_end_with_the_situation_by_date():
    overview = Overview()
    for name in ("a.txt", "b.txt"):
        overview.add(rich(name))
    text = drawn(overview.show)
    assert "The situation, as 2 reports tell it" in text
    assert text.index("MON 8 AUG 2016") < text.index("NO DATE SAID")
    assert text.count("Air strike") == 2
    one = Overview()
    one.add(rich())
    assert drawn(one.show) == ""


@given(st.text(max_size=60))
def test_visible_text_cannot_drive_a_terminal(text):
    shown = visible(text)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 or letter in "\u202e\u2066\u200f" for letter in shown)


@given(
    st.lists(st.tuples(st.text(max_size=30), st.sampled_from(["", "bold", "dim"])), max_size=6), st.integers(48, 100)
)
def test_wrapping_keeps_every_word_in_order(parts, width):
    text = drawn(lambda screen: screen.line([Part(*part) for part in parts], indent=4, hang=6), width)
    expected = visible("".join(words for words, _ in parts)).split(" ")
    assert "".join(text.split()) == "".join("".join(expected).split())


def test_a_wide_script_takes_two_columns():
    assert width_of("北京") == 4
    assert width_of("e\u0301") == 1


@pytest.mark.parametrize(
    ("words", "shown"), [("so", "“so”"), ("“so”", "“so”"), ('"so"', '"so"'), ("“so” he said", "““so” he said”")]
)
def test_quotation_marks_are_not_doubled(words, shown):
    assert quoted(words) == shown
