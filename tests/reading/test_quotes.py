"""Quotation marks of every sort, and apostrophes, which are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.reading.quotes import find_quotes, find_stretches

STRETCHES = {
    "“All is calm,” he said. “Go home.”": ["“All is calm,”", "“Go home.”"],
    'He said "the road is open" and left.': ['"the road is open"'],
    "''It's over,'' she said. ''Go.''": ["''It's over,''", "''Go.''"],
    "«Enough,» he said.": ["«Enough,»"],
    "‘We won’t go,’ they said.": ["‘We won’t go,’"],
    "The leader said 'we won't go', he added.": ["'we won't go'"],
    "the 'moderate' rebels' plan": ["'moderate'"],
    "The rebels' base and the soldiers' camp": [],
    "It is the rebels’ base and the army’s camp": [],
    "the '90s and rock 'n' roll": [],
    '"Mixed marks,” he said': ['"Mixed marks,”'],
    'He said "no. Then "yes he will" he said': ['"no.', '"yes he will"'],
    "A 6\" gun and a 5' wall": [],
    "no marks": [],
    "": [],
}


@pytest.mark.parametrize("text", STRETCHES)
def test_stretches(text):
    assert [text[s.start : s.end] for s in find_stretches(text)] == STRETCHES[text]


def test_open_mark_runs_on_into_the_next_paragraph(page):
    text = "“The first part is here.\n\n“The second part ends it,” he said."
    quotes = find_quotes(page(text).parse, page(text).layers.passages)
    assert [quote.goes_on for quote in quotes] == [True, False]


def test_open_mark_without_a_next_one_ends_with_its_sentence(page):
    text = "“The road is open. He left at noon.\n\nNobody followed him."
    parse = page(text).parse
    (quote,) = find_quotes(parse, page(text).layers.passages)
    assert parse.slice(quote.start, quote.end) == "“The road is open."
    assert not quote.goes_on


def test_scare_quotes_are_not_quotations(page):
    text = "The “iron brigade” left. “We go now,” he said."
    parse = page(text).parse
    assert [quote.scare for quote in find_quotes(parse, page(text).layers.passages)] == [True, False]


@given(st.text(alphabet="ab. \n,?'\"“”‘’«»`", max_size=60))
def test_stretches_never_overlap(text):
    last = 0
    for stretch in find_stretches(text):
        assert last <= stretch.start < stretch.end <= len(text)
        last = stretch.end
