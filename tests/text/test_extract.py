"""HTML pages: the report in them, and pages that are hostile, empty or broken."""

from __future__ import annotations

import pytest

from sitrep.errors import TextError
from sitrep.text.extract import DEEPEST, extract, flatten

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rockets hit fuel depot | Harbour Gazette</title>
<meta property="og:site_name" content="Harbour Gazette">
<meta property="article:published_time" content="2016-08-09T07:41:00+02:00"><meta name="author" content="Nadia Ferro">
<script>var x = "<p>Not a word of this is text.</p>";</script><style>.a{color:red}</style></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World news</a></li></ul></nav></header>
<div class="cookie">We use cookies. Accept all</div>
<main><article><h1>Rockets hit fuel depot</h1><p class="byline">By Nadia Ferro</p>
<p>ZAWARA, Libya — Rockets struck a fuel depot south of the town on Monday night, wounding two workers, the town council
said in a statement.</p>
<p>“Nobody had warned us,” said Salem Omar, a guard at the gate. He said at least six rockets came from the hills, and
that the first of them fell short of the fence.</p>
<aside class="related"><h3>Related stories</h3><ul><li><a href="/1">Fighters leave the coast road</a></li></ul></aside>
<p>The depot supplies three towns along the coast. The council asked the government in Tripoli for fire engines.</p>
</article></main><div class="share">Share this on Facebook</div><footer>© 2016 Harbour Gazette. All rights reserved.</footer>
</body></html>"""
PARAGRAPH = (
    "<p>Rockets number {} struck a fuel depot south of the town on Monday, wounding two workers, the council said.</p>"
)
BODY = "".join(map(PARAGRAPH.format, range(20)))


def test_the_report_comes_out_without_the_furniture():
    page = extract(PAGE, source="a.html")
    assert page.title == "Rockets hit fuel depot"
    assert page.outlet == "Harbour Gazette"
    assert page.byline == "Nadia Ferro"
    assert page.published == "2016-08-09"
    assert "Rockets struck a fuel depot" in page.text
    assert "three towns along the coast" in page.text
    for furniture in ("cookies", "World news", "Share this", "Not a word", "Fighters leave", "All rights reserved"):
        assert furniture not in page.text


def test_paragraphs_stand_apart():
    text = extract(PAGE, source="a.html").text
    assert "\n\n“Nobody had warned us,”" in text
    assert "council said in a statement" in " ".join(text.split())


@pytest.mark.parametrize(
    "page",
    ["", "<html></html>", "<html><body><script>let a = 1</script></body></html>", "<" * 50_000, "<p>" + "17 " * 500],
)
def test_a_page_without_text_is_an_error(page):
    with pytest.raises(TextError, match="no text of a report") as caught:
        extract(page, source="a.html")
    assert caught.value.todo


@pytest.mark.parametrize("tag", ["div", "b", "table", "ul", "font"])
@pytest.mark.parametrize("count", [150, 3_000, 200_000])
def test_deep_nesting_neither_crashes_nor_hangs(tag, count):
    page = extract(f"<html><body>{f'<{tag}>' * count}{BODY}</body></html>", source="a.html")
    assert "Rockets number 19" in page.text


def test_flatten_keeps_text_and_shallow_pages():
    assert flatten(PAGE) == PAGE
    deep = "<div>" * (DEEPEST + 50) + "so" + "</div>" * (DEEPEST + 50)
    assert flatten(deep) == "<div>" * DEEPEST + "so" + "</div>" * DEEPEST


@pytest.mark.parametrize("filler", ["<br>", "<a href=x>y</a>", "<table></table>", "<!-- x -->", "&amp;"])
def test_many_tags_do_not_hang(filler):
    page = extract(f"<html><body>{filler * 100_000}{BODY}</body></html>", source="a.html")
    assert "Rockets number 19" in page.text


def test_a_broken_page_still_gives_its_text():
    page = extract(f"<html><body><div <p>{BODY[:500]}<table><tr><td></p>", source="a.html")
    assert "fuel depot" in page.text
