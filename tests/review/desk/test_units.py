"""Offsets in UTF-16 units and in code points."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitrep.review.desk.units import Units


def test_an_emoji_takes_two_units():
    text = "A 🚒 burnt 🔥 out"
    units = Units(text)
    start = text.index("burnt")
    assert (start, units.to_units(start)) == (4, 5)
    assert units.to_points(5) == 4
    words = {"start": start, "end": start + 5, "quote": "burnt"}
    assert units.out([{"evidence": (words,), "start": "2016", "end": None}]) == [
        {"evidence": ({"start": 5, "end": 10, "quote": "burnt"},), "start": "2016", "end": None}
    ]
    with pytest.raises(ValueError, match="no character at 3"):
        units.to_points(3)
    with pytest.raises(ValueError, match="no character"):
        units.to_points(99)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=20), st.data())
def test_there_and_back_again(text, data):
    units = Units(text)
    at = data.draw(st.integers(0, len(text)))
    there = units.to_units(at)
    assert there == len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
    assert units.to_points(there) == at
