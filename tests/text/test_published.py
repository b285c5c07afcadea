"""When a report was published: the best of what is said, and what contradicts it."""

from __future__ import annotations

import pytest

from sitrep.errors import TextError
from sitrep.text.published import find_dateline, find_published, parse_date

BODY = "The army shelled the harbour of Zawara, the council said."


@pytest.mark.parametrize(
    "value",
    [
        "2016-08-01",
        "2016-8-1",
        "20160801",
        "2016-08-01T07:41:00+02:00",
        "1 August 2016",
        "Aug. 1, 2016",
        "Mon, 1 Aug 2016 08:00",
    ],
)
def test_dates_as_people_write_them(value):
    assert parse_date(value, source="a").isoformat() == "2016-08-01"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("20166-08-01", "the year 20166 has 5 digits"),
        ("2016-02-30", "no such day"),
        ("0016-08-01", "no report is from the year 16"),
        ("9999-01-01", "no report is from the year 9999"),
        ("yesterday", "no full date"),
        ("", "no full date"),
    ],
)
def test_what_is_no_date_says_why(value, why):
    with pytest.raises(TextError, match=why) as caught:
        parse_date(value, source="a")
    assert "2016-08-01" in caught.value.todo


def found(text=BODY, **more):
    return find_published(text, source="a", **more)


def test_given_goes_before_metadata_before_dateline():
    text = f"ZAWARA, Libya, Aug. 1, 2016 (Harbour Wire) - {BODY}"
    assert found(text, given="2016-08-03", metadata="2016-08-02").published.basis == "given"
    assert found(text, metadata="2016-08-02").published.value == "2016-08-02"
    published = found(text).published
    assert (published.value, published.basis) == ("2016-08-01", "dateline")


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("ZAWARA, Libya, Aug. 1, 2016 (Harbour Wire) - ", "2016-08-01"),
        ("BOGOTA, 30 AUG 89 (RADIO CADENA) -- [TEXT] ", "1989-08-30"),
        ("MANAGUA (NICARAGUA), 11 DEC 89 (RADIO) -- ", "1989-12-11"),
        ("Published 12 October 2016\n\n", "2016-10-12"),
        ("Wed 05 Apr 2017 Rockets hit depot. ", "2017-04-05"),
        ("A headline of the day\n2016-08-01\n", "2016-08-01"),
    ],
)
def test_datelines(head, value):
    published = found(head + BODY).published
    assert (published.value, published.basis) == (value, "dateline")


@pytest.mark.parametrize(
    "text",
    [
        "Fighting began in Zawara on 3 March 2014 - and never quite stopped since, residents say of the war there.",
        "On Friday 22 July 2016, a shell hit the market.",
        "Forces attacked. May 5 - 7 were quiet.",
    ],
)
def test_a_date_in_a_sentence_is_no_dateline(text):
    dateline = find_dateline(text)
    assert dateline is None or dateline.full is None


def test_a_dateline_without_a_year_takes_it_from_the_text():
    text = f"ZAWARA, Libya, Aug. 1 (Harbour Wire) - {BODY} It took the port on July 18, 2016."
    published = found(text).published
    assert (published.value, published.basis) == ("2016-08-01", "dateline")
    assert "July 18, 2016" in published.note


def test_a_dateline_without_any_year_stays_unknown():
    published = found(f"ZAWARA, Libya, Aug. 1 (Harbour Wire) - {BODY}").published
    assert (published.value, published.basis) == (None, "unknown")
    assert "without a year" in published.note


def test_the_text_gives_an_interval():
    published = found(f"{BODY} The truce of 18 July 2016 had held until then.").published
    assert (published.value, published.basis, published.start, published.end) == (None, "inferred", "2016-07-18", None)
    published = found(f"{BODY} It seized the town in early 2015.").published
    assert (published.start, published.basis) == ("2015-01-01", "inferred")


def test_a_date_ahead_tells_nothing():
    published = found(f"{BODY} A vote will be held on 24 December 2021.").published
    assert published.basis == "unknown"
    assert published.start is None


def test_no_date_at_all_is_said():
    published = found().published
    assert (published.value, published.start, published.end, published.basis) == (None, None, None, "unknown")
    assert published.note


def test_a_bad_metadata_date_is_a_problem_and_the_next_best_is_taken():
    dating = found(f"Published 12 October 2016\n\n{BODY}", metadata="20166-10-12")
    assert dating.published.value == "2016-10-12"
    assert "20166" in dating.problems[0].message


def test_a_bad_given_date_stops():
    with pytest.raises(TextError, match="20166"):
        found(given="20166-08-01")


def test_the_date_of_an_address_is_metadata():
    published = found(uri="https://gazette.example/2016/08/09/depot").published
    assert (published.value, published.basis) == ("2016-08-09", "metadata")


def test_contradictions_are_noted():
    assert (
        "but its opening says '12 October 2016'"
        in found(f"Published 12 October 2016\n\n{BODY}", given="2016-10-21").published.note
    )
    assert (
        "but its text tells of 2016-09-30"
        in found(f"{BODY} It fell on 30 September 2016.", given="2016-08-01").published.note
    )
    assert "but" not in found(f"Published 2 August 2016\n\n{BODY}", given="2016-08-01").published.note


@pytest.mark.parametrize(
    ("opening", "metadata", "value"),
    [
        ("Rebels shell rally\n\nAFP Friday 23 May 2014 ", "2012-08-16", "2014-05-23"),
        # the date of a crawl, or of a later edition
        ("Rebels shell rally\n\nAFP Friday 23 May 2014 ", "2014-06-25", "2014-05-23"),
        ("Published August 2 2016 ", "2016-08-01", "2016-08-02"),
        ("17-08-2016 Rockets hit depot. ", "2016-08-01", "2016-08-17"),
        ("08/17/2016 Rockets hit depot. ", "2016-08-01", "2016-08-17"),
        # a page that lost its comma
        ("Last updated at Oct 262016 ZAWARA ", "2016-10-07", "2016-10-26"),
        ("ZAWARA, Libya, Aug. 1, 2016 (Harbour Wire) - ", "2016-12-24", "2016-08-01"),
    ],
)
def test_the_date_that_a_page_bears_goes_before_its_metadata(opening, metadata, value):
    published = found(opening + BODY, metadata=metadata).published
    assert (published.value, published.basis) == (value, "dateline")
    assert metadata in published.note


@pytest.mark.parametrize(
    ("opening", "metadata"),
    [
        # a weekday that is not that day's: not the date of the page
        ("AFP Monday 23 May 2014 ", "2014-06-25"),
        # nobody can say which day that is
        ("03/04/2016 Rockets hit depot. ", "2016-08-01"),
        # an old story told again
        ("SARAJEVO, June 28, 1914 (Harbour Wire) - ", "2014-06-28"),
        # the wire's day is the one before the paper's
        ("ZAWARA, Libya, Aug. 1, 2016 (Harbour Wire) - ", "2016-08-02"),
    ],
)
def test_what_is_not_the_date_of_the_page_leaves_the_metadata(opening, metadata):
    assert found(opening + BODY, metadata=metadata).published.value == metadata
