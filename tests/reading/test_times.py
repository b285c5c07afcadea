"""Time expressions: spans, values, intervals, anchors. Reports are published on Monday, 1 August 2016, unless said."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitrep.model import Layers, Published, Report, Source
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse, Row
from sitrep.reading.time_words import HOLIDAYS, LEXICON
from sitrep.reading.times import Times


def read(page, text, published="2016-08-01"):
    return Times()(page(text, published)).timexes


def facts(timexes):
    return [(timex.evidence[0].quote, timex.type, timex.value, timex.start, timex.end) for timex in timexes]


# text, then of the one expression in it: words, type, value, first and last day
NEWS = [
    # whole dates
    ("The strike hit the depot on 14 July 2016.", "14 July 2016", "DATE", "2016-07-14", "2016-07-14", "2016-07-14"),
    ("Fighting began on Jul. 14, 2015 near the port.", "Jul. 14, 2015", "DATE", "2015-07-14", "2015-07-14", "2015-07-14"),
    ("The plant was hit on 2016-07-30.", "2016-07-30", "DATE", "2016-07-30", "2016-07-30", "2016-07-30"),
    ("The plant was hit on 07/30/2016.", "07/30/2016", "DATE", "2016-07-30", "2016-07-30", "2016-07-30"),
    ("The plant was hit on 30.7.2016.", "30.7.2016", "DATE", "2016-07-30", "2016-07-30", "2016-07-30"),
    ("The plant was hit on 30-07-2016.", "30-07-2016", "DATE", "2016-07-30", "2016-07-30", "2016-07-30"),
    ("The column left the base on 4 FEB 90.", "4 FEB 90", "DATE", "1990-02-04", "1990-02-04", "1990-02-04"),
    ("Shells fell on Sunday, 31 July, in the suburbs.", "Sunday, 31 July", "DATE", "2016-07-31", "2016-07-31", "2016-07-31"),
    ("They signed on the third of May 1998.", "the third of May 1998", "DATE", "1998-05-03", "1998-05-03", "1998-05-03"),
    ("The 9/11 attacks changed the city.", "9/11", "DATE", "2001-09-11", "2001-09-11", "2001-09-11"),
    # dates without a year
    ("Gunmen raided the village on July 18.", "July 18", "DATE", "2016-07-18", "2016-07-18", "2016-07-18"),
    ("Gunmen raided the village on November 18.", "November 18", "DATE", "2015-11-18", "2015-11-18", "2015-11-18"),
    ("He is seeking help after the attack on July 18.", "July 18", "DATE", "2016-07-18", "2016-07-18", "2016-07-18"),
    ("The parties will meet on November 18.", "November 18", "DATE", "2016-11-18", "2016-11-18", "2016-11-18"),
    ("The siege began in May.", "May", "DATE", "2016-05", "2016-05-01", "2016-05-31"),
    ("The siege began in December.", "December", "DATE", "2015-12", "2015-12-01", "2015-12-31"),
    ("The vote is set for December.", "December", "DATE", "2016-12", "2016-12-01", "2016-12-31"),
    ("The truce was extended until September 9.", "September 9", "DATE", "2016-09-09", "2016-09-09", "2016-09-09"),
    ("Troops took the pass in March last year.", "March last year", "DATE", "2015-03", "2015-03-01", "2015-03-31"),
    # feasts
    ("Two guards were shot on Eid.", "Eid", "DATE", "2016-07-07", "2016-07-06", "2016-07-10"),
    # weekdays
    ("The convoy left on Monday.", "Monday", "DATE", "2016-08-01", "2016-08-01", "2016-08-01"),
    ("The convoy left on Friday.", "Friday", "DATE", "2016-07-29", "2016-07-29", "2016-07-29"),
    ("Friday's attack killed six people.", "Friday", "DATE", "2016-07-29", "2016-07-29", "2016-07-29"),
    ("Fridays attack killed six people.", "Fridays", "DATE", "2016-07-29", "2016-07-29", "2016-07-29"),
    ("The envoys will meet on Friday.", "Friday", "DATE", "2016-08-05", "2016-08-05", "2016-08-05"),
    ("The envoys plan to meet on Friday.", "Friday", "DATE", "2016-08-05", "2016-08-05", "2016-08-05"),
    ("The vote was postponed until Friday.", "Friday", "DATE", "2016-08-05", "2016-08-05", "2016-08-05"),
    ("The truce takes effect on Friday.", "Friday", "DATE", "2016-08-05", "2016-08-05", "2016-08-05"),
    ("Jets bombed the market last Tuesday.", "last Tuesday", "DATE", "2016-07-26", "2016-07-26", "2016-07-26"),
    ("Talks are due next Friday.", "next Friday", "DATE", "2016-08-05", "2016-08-05", "2016-08-05"),
    ("Shells fell on Sunday night.", "Sunday night", "TIME", "2016-07-31TNI", "2016-07-31", "2016-07-31"),
    ("Shells fell overnight Sunday.", "overnight Sunday", "TIME", "2016-07-31TNI", "2016-07-31", "2016-07-31"),
    ("Shells fell in the early hours of Sunday.", "the early hours of Sunday", "TIME", "2016-07-31TMO", "2016-07-31", "2016-07-31"),
    # from today
    ("Two men were held yesterday.", "yesterday", "DATE", "2016-07-31", "2016-07-31", "2016-07-31"),
    ("Two men were held last night.", "last night", "TIME", "2016-07-31TNI", "2016-07-31", "2016-07-31"),
    ("Two men were held at dawn yesterday.", "dawn yesterday", "TIME", "2016-07-31TMO", "2016-07-31", "2016-07-31"),
    ("The shelling went on overnight.", "overnight", "TIME", "2016-08-01TNI", "2016-07-31", "2016-08-01"),
    ("Rebels seized the bridge last week.", "last week", "DATE", "2016-W30", "2016-07-25", "2016-07-31"),
    ("The court ruled earlier this month.", "earlier this month", "DATE", "2016-08", "2016-08-01", "2016-08-31"),
    ("He was freed late last year.", "late last year", "DATE", "2015", "2015-09-01", "2015-12-31"),
    ("Rockets hit the port over the weekend.", "the weekend", "DATE", "2016-W30-WE", "2016-07-30", "2016-07-31"),
    ("He was freed last spring.", "last spring", "DATE", "2016-SP", "2016-03-01", "2016-05-31"),
    ("He was freed last winter.", "last winter", "DATE", "2016-WI", "2015-12-01", "2016-02-29"),
    ("The raid took place three days ago.", "three days ago", "DATE", "2016-07-29", "2016-07-29", "2016-07-29"),
    ("The raid took place two months ago.", "two months ago", "DATE", "2016-06", "2016-06-01", "2016-06-30"),
    ("The state fell a decade ago.", "a decade ago", "DATE", "2006", "2006-01-01", "2006-12-31"),
    ("The state fell several years ago.", "several years ago", "DATE", "PAST_REF", None, None),
    ("The clock runs out in three days' time.", "three days' time", "DATE", "2016-08-04", "2016-08-04", "2016-08-04"),
    # stretches of the calendar
    ("The town fell in early 2015.", "early 2015", "DATE", "2015", "2015-01-01", "2015-04-30"),
    ("The town fell in mid-2015.", "mid-2015", "DATE", "2015", "2015-05-01", "2015-08-31"),
    ("The town fell by the end of May.", "the end of May", "DATE", "2016-05", "2016-05-21", "2016-05-31"),
    ("The town fell in the first half of May.", "the first half of May", "DATE", "2016-05", "2016-05-01", "2016-05-15"),
    ("It fell in the second half of 2014.", "the second half of 2014", "DATE", "2014-H2", "2014-07-01", "2014-12-31"),
    ("Deaths fell in the first quarter of 2016.", "the first quarter of 2016", "DATE", "2016-Q1", "2016-01-01", "2016-03-31"),
    ("Deaths fell in Q3 2015.", "Q3 2015", "DATE", "2015-Q3", "2015-07-01", "2015-09-30"),
    ("The revolt began in spring 2012.", "spring 2012", "DATE", "2012-SP", "2012-03-01", "2012-05-31"),
    ("The war of the 1990s left mines.", "the 1990s", "DATE", "199", "1990-01-01", "1999-12-31"),
    ("The war of the early 1990s left mines.", "the early 1990s", "DATE", "199", "1990-01-01", "1993-12-31"),
    ("The fort is of the 19th century.", "the 19th century", "DATE", "18", "1801-01-01", "1900-12-31"),
    ("He fled after the 2011 revolt.", "2011", "DATE", "2011", "2011-01-01", "2011-12-31"),
    ("A wall fell in nineteen eighty-nine.", "nineteen eighty-nine", "DATE", "1989", "1989-01-01", "1989-12-31"),
    ("Rome and Carthage fought in 264 BC.", "264 BC", "DATE", "BC0264", None, None),
    # hours
    ("The blast came at 10:35 a.m. on Sunday.", "10:35 a.m. on Sunday", "TIME", "2016-07-31T10:35", "2016-07-31", "2016-07-31"),
    ("The raid began at 0530 GMT on Sunday.", "0530 GMT on Sunday", "TIME", "2016-07-31T05:30", "2016-07-31", "2016-07-31"),
    ("Firing stopped at noon.", "noon", "TIME", "2016-08-01T12:00", "2016-08-01", "2016-08-01"),
    # feasts
    ("The church was hit at Christmas 2014.", "Christmas 2014", "DATE", "2014-12-25", "2014-12-25", "2014-12-25"),
    ("The church was hit on Easter Sunday.", "Easter Sunday", "DATE", "2016-03-27", "2016-03-27", "2016-03-27"),
    ("The truce held during Ramadan.", "Ramadan", "DATE", "2016-06", "2016-06-06", "2016-07-07"),
    ("The truce held over Eid al-Fitr.", "Eid al-Fitr", "DATE", "2016-07-07", "2016-07-06", "2016-07-10"),
    # durations
    ("They held the hill for five days.", "five days", "DURATION", "P5D", None, None),
    ("They held the hill for twenty-four hours.", "twenty-four hours", "DURATION", "PT24H", None, None),
    ("They held the hill for two and a half years.", "two and a half years", "DURATION", "P2Y6M", None, None),
    ("They held the hill for half an hour.", "half an hour", "DURATION", "PT30M", None, None),
    ("They held the hill for several weeks.", "several weeks", "DURATION", "PXW", None, None),
    ("They held the hill for decades.", "decades", "DURATION", "PXDE", None, None),
    ("They held the hill for a fortnight.", "a fortnight", "DURATION", "P2W", None, None),
    ("A four-day siege ended without deaths.", "four-day", "DURATION", "P4D", None, None),
    ("It was hit in the past three days.", "the past three days", "DURATION", "P3D", "2016-07-29", "2016-08-01"),
    ("It fell in the last twenty four hours.", "the last twenty four hours", "DURATION", "PT24H", "2016-07-31", "2016-08-01"),
    ("It fell in the past 48 hours.", "the past 48 hours", "DURATION", "PT48H", "2016-07-30", "2016-08-01"),
    ("The last week of June was calm.", "The last week of June", "DURATION", "P1W", "2016-06-24", "2016-06-30"),
    # times that repeat
    ("Convoys arrive every Monday.", "every Monday", "SET", "XXXX-WXX-1", None, None),
    ("Convoys arrive every two weeks.", "every two weeks", "SET", "P2W", None, None),
    ("Convoys arrive daily.", "daily", "SET", "P1D", None, None),
    ("Convoys arrive twice a week.", "twice a week", "SET", "P1W", None, None),
    # open references
    ("The group now holds three towns.", "now", "DATE", "PRESENT_REF", "2016-08-01", "2016-08-01"),
    ("The group recently lost three towns.", "recently", "DATE", "PAST_REF", None, None),
    ("Its future is unclear, but the future may be better.", "the future", "DATE", "FUTURE_REF", None, None),
]  # fmt: skip


@pytest.mark.parametrize("case", NEWS, ids=lambda case: case[1])
def test_news(page, case):
    text, *expected = case
    assert facts(read(page, text)) == [tuple(expected)]


# text, then words and values of all its expressions
RANGES = [
    ("Between 3 and 5 May the army advanced.", [("3", "2016-05-03"), ("5 May", "2016-05-05")]),
    ("Fighting raged on May 3-5, 2015.", [("May 3", "2015-05-03"), ("5, 2015", "2015-05-05")]),
    ("From July to September 2014 the town was besieged.", [("July", "2014-07"), ("September 2014", "2014-09")]),
    ("From November to February 2014 it was besieged.", [("November", "2013-11"), ("February 2014", "2014-02")]),
    ("The war of 2012-14 ruined the port.", [("2012", "2012"), ("14", "2014")]),
    ("Shells fell on 12, 14 and 16 June.", [("12", "2016-06-12"), ("14", "2016-06-14"), ("16 June", "2016-06-16")]),
    (
        "On Friday, jets struck at 4 a.m. and again at noon.",
        [("Friday", "2016-07-29"), ("4 a.m.", "2016-07-29T04:00"), ("noon", "2016-07-29T12:00")],
    ),
    ("Jets struck at 8pm (1700 GMT) on Saturday.",
     [("8pm", "2016-07-30T20:00"), ("1700 GMT", "2016-07-30T17:00"), ("Saturday", "2016-07-30")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RANGES, ids=[text for text, _ in RANGES])
def test_ranges(page, text, expected):
    assert [(timex.evidence[0].quote, timex.value) for timex in read(page, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "They may leave the town.",
        "The march to the palace was banned.",
        "Jan Egeland spoke in Geneva.",
        "About 2000 troops left.",
        "It cost $1999 and 1985 soldiers died.",
        "A quarter of the city is in ruins, three-quarters of it without water.",
        "The Long March to the coast ruined the division.",
        "The 34-year-old was a second lieutenant.",
        "He is in his 30s.",
        "Fighters from the quarter fled after the fall of the city.",
        "The Arab Spring reached the capital.",
        "At least 359 people were killed and 1407 injured.",
    ],
)
def test_words_that_are_no_times(page, text):
    assert facts(read(page, text)) == []


def test_text_anchors(page):
    text = "The town fell on 3 May 2015. Two weeks later the army came back. The following month it left again."
    town, later, month = read(page, text)
    assert (later.value, later.start, later.end) == ("2015-W20", "2015-05-11", "2015-05-17")
    assert later.anchor == town.id
    assert (month.value, month.anchor) == ("2015-06", later.id)
    assert town.anchor is None


def test_published_is_the_anchor_of_what_it_fixes(page):
    assert [timex.anchor for timex in read(page, "Last week they left. In 2011 they came.")] == ["published", None]


def test_later_than_nothing_stays_open(page):
    (timex,) = read(page, "Two weeks later the town fell.")
    assert (timex.value, timex.start, timex.anchor) == ("XXXX-WXX", None, None)


def test_without_a_publication_date_values_stay_relative(page):
    text = "He said on Monday that five people died last week, three days ago, yesterday, in July and on June 14."
    found = read(page, text, None)
    assert [(timex.value, timex.start, timex.precision) for timex in found] == [
        ("XXXX-WXX-1", None, "unknown"),
        ("XXXX-WXX", None, "unknown"),
        ("XXXX-XX-XX", None, "unknown"),
        ("XXXX-XX-XX", None, "unknown"),
        ("XXXX-07", None, "unknown"),
        ("XXXX-06-14", None, "unknown"),
    ]


def test_an_interval_of_publication_fixes_what_both_ends_agree_on(page):
    text = "The siege began in May. It ended on Friday. He left last year."
    plain = page(text, None)
    published = Published(value=None, basis="inferred", start="2016-08-01", end="2016-08-10")
    known = Page(msgspec.structs.replace(plain.report, published=published), plain.parse, plain.layers)
    may, friday, year = Times()(known).timexes
    assert (may.value, may.start, may.end) == ("2016-05", "2016-05-01", "2016-05-31")
    assert (friday.value, friday.start, friday.end, friday.precision) == (
        "XXXX-WXX-5", "2016-07-29", "2016-08-05", "range")  # fmt: skip
    assert year.value == "2015"


HISTORY = (
    "The war of 1911 began on 4 June 1911. In July 1912 the north rose. In September the army came. The next day it took the "
    "fort. By December it was beaten. In January the king fled. In 1914 a new war broke out. In May the former capital "
    "fell. That year 3,000 people died. Papers opened in 1990 tell of more. In August peace was signed."
)


def test_a_history_hangs_its_dates_on_one_another(page):
    values = {timex.evidence[0].quote: timex.value for timex in read(page, HISTORY, "2009-12-19")}
    assert values == {
        "1911": "1911",
        "4 June 1911": "1911-06-04",
        "July 1912": "1912-07",
        "September": "1912-09",
        "The next day": "XXXX-XX-XX",
        "December": "1912-12",
        "January": "1913-01",
        "1914": "1914",
        "May": "1914-05",
        "former": "PAST_REF",
        "That year": "1914",
        "1990": "1990",
        "August": "1914-08",
    }


def test_news_with_background_years_is_no_history(page):
    text = (
        "On Monday jets struck the port. The war began in 2011, spread in 2012 and 2013, and reached the coast in 2014 and "
        "2015. Last week the army took two towns. In May it took none."
    )
    assert {timex.evidence[0].quote: timex.value for timex in read(page, text)}["May"] == "2016-05"


def test_one_reading_is_like_the_other(page):
    text = "On Friday jets struck; two days later, in the first half of May 2014, they struck every night."
    assert read(page, text) == read(page, text)


def test_no_expressions_no_layer(page):
    assert Times()(page("Shells fell on the port.")) == Layers()


# --- any words at all ---

WORDS = [*LEXICON, *HOLIDAYS, *(str(n) for n in range(0, 2300, 37)), "5,000", "2.5", "1/2", "9/11", "10:35", "1990s", "'80s",
         "3rd", "2016-02-30", "31/31/99", "1.8.2016", "99", "town", "fell", "Monday's", "B.C.", "p.m.", "the", "of"]  # fmt: skip


def hand_parse(words: list[str]) -> Parse:
    """A parse without a model: every word its own root, a sentence for each full stop."""
    rows: list[Row] = []
    offset, opens = 0, True
    for word in words:
        rows.append(Row(word, offset, word.lower(), "X", "XX", "dep", len(rows), opens))
        opens = word == "."
        offset += len(word) + 1
    return Parse(" ".join(words), rows)


def hand_page(words: list[str], published: str | None) -> Page:
    parse = hand_parse(words)
    report = Report(
        id="r", source=Source(kind="text", uri="t", id="t"), outlet=None, title=None, byline=None, language="en",
        text=parse.text, published=Published(value=published, basis="given" if published else "unknown"),
    )  # fmt: skip
    return Page(report, parse, Layers())


VALUE = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF|P(?:T?(?:X|\d+(?:\.\d+)?)[A-Z]{1,2})+|(?:BC)?[\dX]{2,4}(?:-(?:[A-Z]{2}|[HQ][\dX]|W?[\dX]{2}))*"
    r"(?:-(?:WE|\d|XX|[\dX]{2}))?(?:T(?:[A-Z]{2}|[\d:]{5}|XX))?"
)


@settings(max_examples=300, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS).flatmap(lambda word: st.sampled_from([word, word.capitalize(), word.upper()])), max_size=25),
    published=st.one_of(st.none(), st.dates(date(1800, 1, 1), date(2100, 1, 1)).map(date.isoformat)),
)  # fmt: skip
def test_any_words_give_sound_timexes(words, published):
    page = hand_page(words, published)
    timexes = Times()(page).timexes
    ends = [0]
    for timex in timexes:
        (evidence,) = timex.evidence
        assert page.report.text[evidence.start : evidence.end] == evidence.quote
        assert evidence.start >= ends[-1]
        ends.append(evidence.end)
        assert (timex.start is None) == (timex.end is None)
        assert timex.start is None or timex.start <= timex.end
        assert (timex.precision == "unknown") == (timex.start is None)
        assert VALUE.fullmatch(timex.value), timex.value
        assert timex.anchor in {None, "published"} | {one.id for one in timexes}
    assert Times()(page).timexes == timexes


def test_a_time_in_brackets_is_of_another_place(page):
    found = read(page, "Shells fell on Sunday. The blast was at 3:00 a.m. (8:00 p.m. Tuesday EDT).")
    assert [timex.start for timex in found if "3:00" in timex.evidence[0].quote] == ["2016-07-31"]
