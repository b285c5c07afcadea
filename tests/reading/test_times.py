"""Time expressions: spans, values, intervals."""

from __future__ import annotations

import pytest

from sitrep.reading.times import Times


def read(page, text, published="2016-08-01"):
    return Times()(page(text, published)).timexes


# published on Monday, 1 August 2016
NEWS = [
    ("The strike hit the depot on 14 July 2016.", "14 July 2016", "DATE", "2016-07-14", "2016-07-14", "2016-07-14"),
    (
        "Fighting began on Jul. 14, 2015 near the port.",
        "Jul. 14, 2015",
        "DATE",
        "2015-07-14",
        "2015-07-14",
        "2015-07-14",
    ),
    ("The convoy left on Monday.", "Monday", "DATE", "2016-08-01", "2016-08-01", "2016-08-01"),
    ("The convoy left on Friday.", "Friday", "DATE", "2016-07-29", "2016-07-29", "2016-07-29"),
    ("The envoys will meet on Friday.", "Friday", "DATE", "2016-08-05", "2016-08-05", "2016-08-05"),
    ("Rebels seized the bridge last week.", "last week", "DATE", "2016-W30", "2016-07-25", "2016-07-31"),
    ("The town fell in early 2015.", "early 2015", "DATE", "2015", "2015-01-01", "2015-04-30"),
    ("The siege began in May.", "May", "DATE", "2016-05", "2016-05-01", "2016-05-31"),
    ("The siege began in December.", "December", "DATE", "2015-12", "2015-12-01", "2015-12-31"),
    ("The raid took place three days ago.", "three days ago", "DATE", "2016-07-29", "2016-07-29", "2016-07-29"),
    ("They held the hill for five days.", "five days", "DURATION", "P5D", None, None),
    ("Convoys arrive every Monday.", "every Monday", "SET", "XXXX-WXX-1", None, None),
    ("The shelling went on overnight.", "overnight", "TIME", "2016-08-01TNI", "2016-08-01", "2016-08-01"),
]


@pytest.mark.parametrize("case", NEWS, ids=lambda case: case[1])
def test_news(page, case):
    text, *expected = case
    (timex,) = read(page, text)
    assert [timex.evidence[0].quote, timex.type, timex.value, timex.start, timex.end] == expected
