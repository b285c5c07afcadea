"""Capture to report: one frozen text, whatever came in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.errors import TextError
from sitrep.model import Capture, Source
from sitrep.text.report import LONGEST, Given, make_report, write_report

SOURCE = Source(kind="file", uri="in/a.txt", id="a.txt")
BODY = "The army shelled the harbour of Zawara on Monday, the council said."


def report(text=BODY, **more):
    return make_report(text, source=SOURCE, **more).report


def test_the_title_heads_the_text():
    assert report(title="Harbour shelled").text == f"Harbour shelled\n\n{BODY}"


@pytest.mark.parametrize(
    "text", [f"Harbour shelled\n{BODY}", f"HARBOUR  shelled\n\n{BODY}", f"\nHarbour shelled. {BODY}"]
)
def test_a_title_that_is_there_already_is_not_doubled(text):
    assert report(text, title="Harbour shelled").text.casefold().count("harbour") == 2


def test_what_nobody_sees_is_left_out():
    text = report("\ufeffThe army\0 shelled\r\nthe harbour\rof Zawara\u2028on Monday.\x07").text
    assert text == "The army shelled\nthe harbour\nof Zawara\non Monday."


def test_the_same_report_has_the_same_id_and_another_text_another():
    assert report().id == report().id
    others = {report().id, report(BODY + " Again.").id, report(outlet="Gazette").id, report(title="Shelling").id}
    assert len(others) == 4


def test_dates_do_not_change_the_id():
    assert report(published="2016-08-01").id == report().id


@pytest.mark.parametrize("text", ["", "  \n\t ", "\0\0", "\ufeff"])
def test_no_text_is_an_error(text):
    with pytest.raises(TextError, match="no text") as caught:
        report(text)
    assert caught.value.facts == {"source": "a.txt"}


def test_a_book_is_no_report():
    with pytest.raises(TextError, match="more than a report has"):
        report("The army said. " * (LONGEST // 14))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.none() | st.text(max_size=40))
def test_any_text_gives_a_clean_report_or_an_error(text, title):
    try:
        made = report(f"{BODY} {text}", title=title)
    except TextError:
        return
    assert "\r" not in made.text
    assert "\0" not in made.text
    assert made.text.encode("utf-8").decode("utf-8") == made.text
    # cleaning twice changes nothing: offsets into a stored text stay good
    assert report(made.text, title=made.title).text == made.text


def capture(content, media="text", **more):
    return Capture(source=SOURCE, content=content, media=media, **more)


def test_the_user_goes_before_the_source():
    written = write_report(
        capture(BODY.encode(), "record", text=BODY, title="Old", outlet="Old Post", published="2016-08-01"),
        Given(title="New", outlet="New Post", published="2016-08-02"),
    ).report
    assert (written.title, written.outlet, written.published.value) == ("New", "New Post", "2016-08-02")


def test_a_doubtful_charset_is_reported_and_read():
    written = write_report(
        capture("“We saw it,” said José, who lives there and was at home that night.".encode("cp1252"))
    )
    assert "José" in written.report.text
    assert written.problems[0].facts["charset"] == "cp1252"


def test_a_named_charset_leaves_no_doubt():
    content = "“We saw it,” said José, who lives there and was at home that night.".encode("cp1252")
    assert write_report(capture(content), Given(encoding="cp1252")).problems == ()


def test_a_page_gives_title_outlet_byline_and_date():
    page = (
        '<html><head><title>Depot hit | Gazette</title><meta property="og:site_name" content="Gazette">'
        '<meta name="author" content="Nadia Ferro"><meta property="article:published_time" content="2016-08-09">'
        f"</head><body><article><h1>Depot hit</h1><p>{BODY}</p><p>{BODY[:30]} and more words of it.</p></article></body></html>"
    )
    made = write_report(capture(page.encode(), "html")).report
    assert (made.title, made.outlet, made.byline) == ("Depot hit", "Gazette", "Nadia Ferro")
    assert (made.published.value, made.published.basis) == ("2016-08-09", "metadata")
    assert made.text.startswith("Depot hit\n\n")
    assert made.text.count("Depot hit") == 1
