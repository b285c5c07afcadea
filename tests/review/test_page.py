"""The page: self-contained, safe with hostile words, and tied together by numbers that fit."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fixtures.readings import failed, report, rich

from sitrep.model import Actor, Claim, Evidence, Failure, Mention, Reading
from sitrep.review.page import render

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!-- --><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "$policy ${script} $$",
    "javascript:alert(1)",
    "&lt;b&gt; &amp;",
    "\u202eevil\u202c 🚒🏽‍🚒 \U0001f1f1\U0001f1fe",
    "a\u0301\u200d\ufe0f",
]


class Outline(HTMLParser):
    """The tags of a page with their attributes, and its words by the element that they stand in."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.words, self.stack, self.text = [], [], [], []
        self.inside = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "input", "br"}:
            self.stack.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self.stack:
            if self.stack.pop()[0] == tag:
                break

    def handle_data(self, data):
        self.words.append((tuple(tag for tag, _ in self.stack), dict(self.stack[-1][1]) if self.stack else {}, data))


def text_of(page):
    """The report's words as the page shows them, without labels and headings."""
    body = re.search(r'<section class="text".*?</header>(.*?)</section>', page, re.DOTALL).group(1)
    body = re.sub(r'<small class="label">.*?</small>', "", body)
    outline = Outline(body)
    return "".join(data for _, _, data in outline.words)


def test_the_whole_text_is_there_word_for_word():
    shown = text_of(render([rich()]))
    assert "".join(shown.split()) == "".join(rich().report.text.split())


def test_marked_words_are_the_evidence():
    reading = rich()
    outline = Outline(render([reading]))
    units = {}
    for _, attributes, data in outline.words:
        for tag in attributes.get("data-u", "").split() if "w" in attributes.get("class", "").split() else ():
            units.setdefault(tag, []).append(data)
    joined = {tag: "".join(parts) for tag, parts in units.items()}
    # an emoji stands before some of these words: code points were counted, not UTF-16 units
    for event in reading.events:
        for trigger in event.triggers:
            assert any(tag.startswith("k") and trigger.quote in words for tag, words in joined.items())
        for argument in event.arguments:
            assert any(tag.startswith("s") and argument.evidence[0].quote == words for tag, words in joined.items())


def test_every_number_in_the_text_has_its_fact():
    outline = Outline(render([rich()]))
    facts = {
        attributes["data-u"]
        for _, attributes in outline.tags
        if {"fact", "slot"} & set(attributes.get("class", "").split())
    }
    words = [
        tag for _, attributes in outline.tags if "w" in attributes.get("class", "").split()
        for tag in attributes.get("data-u", "").split()
    ]  # fmt: skip
    assert words
    assert {tag[1:] for tag in words} <= facts
    assert len(facts) == len([1 for _, a in outline.tags if {"fact", "slot"} & set(a.get("class", "").split())])


def test_the_page_asks_nobody_for_anything():
    page = render([rich(), failed()])
    outline = Outline(page)
    assert {tag for tag, _ in outline.tags} <= {
        "html", "head", "meta", "title", "style", "body", "header", "b", "fieldset", "legend", "label", "input", "span",
        "p", "div", "nav", "ol", "ul", "li", "a", "small", "em", "main", "article", "section", "h1", "h2", "details",
        "summary", "blockquote", "dl", "dt", "dd", "q", "footer", "script", "table", "thead", "tbody", "tr", "th", "td", "i",
    }  # fmt: skip
    for _, attributes in outline.tags:
        assert not {"src", "style", "onclick", "onload", "onerror"} & set(attributes)
        assert attributes.get("href", "#").startswith("#")
    assert "@import" not in page
    assert "url(" not in page


def test_the_policy_allows_exactly_the_style_and_script_of_the_page():
    page = render([rich()])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
    assert policy.startswith("default-src 'none'")
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def poisoned(words: str) -> Reading:
    """A reading that says hostile words wherever a report or its source can put them."""
    text = f"{words}\n\nThe army shelled {words} on Monday, {words} said."
    start = text.index(words, len(words))
    evidence = Evidence(start=start, end=start + len(words), quote=words)
    failure = Failure(kind="TextError", tried=words, on=words, message=words, todo=words, facts={words: words})
    made = report(text, words, words, outlet=words, byline=words)
    return Reading(
        report=msgspec.structs.replace(made, published=msgspec.structs.replace(made.published, value=None, note=words)),
        mentions=(Mention(id="m1", kind="person", form="name", evidence=(evidence,), head=evidence),),
        actors=(
            Actor(
                id="a1",
                name=words,
                kind="person",
                countries=(words,),
                aliases=(words, "x"),
                mentions=("m1",),
                link=None,
            ),
        ),
        claims=(
            Claim(
                id="k1", speaker=None, cue=(evidence,), content=(evidence,), kind="direct", stance="asserts", about=()
            ),
        ),
        failures=(failure,),
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words):
    clean, page = Outline(render([poisoned("harmless")])), render([poisoned(words)])
    outline = Outline(page)
    assert [tag for tag, _ in outline.tags] == [tag for tag, _ in clean.tags]
    assert [sorted(attributes) for _, attributes in outline.tags] == [
        sorted(attributes) for _, attributes in clean.tags
    ]
    assert "".join(words.split()) in "".join(text_of(page).split())
    assert page.count("<script>") == 1


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(str.strip))
def test_any_words_stay_words(words):
    outline = Outline(render([poisoned(words), failed(words)]))
    names = {name for _, attributes in outline.tags for name in attributes}
    assert names <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "type", "data-layer", "checked", "id", "aria-label",
        "tabindex", "dir", "data-u", "data-fact", "href", "data-report", "open",
    }  # fmt: skip


def test_several_reports_have_a_list_and_failures_are_shown():
    page = render([rich("a.txt"), failed("half.jsonl:3"), rich("b.txt")])
    assert page.count('<article class="report"') == 3
    assert page.count('data-report="r1"') == 1
    assert 'id="overview"' in page
    assert "the line is not JSON" in page
    assert 'id="overview"' not in render([rich()])


def test_no_report_at_all_is_a_page():
    assert "<main>" in render([])


def test_the_same_readings_give_the_same_page():
    assert render([rich(), failed()]) == render([rich(), failed()])


def test_what_was_not_read_says_so():
    assert "said before, not read again" in render([rich()])


def test_evidence_beside_emoji_is_marked_exactly():
    text = "🚒🚒 Rebels shelled Kafr 🏽 on Monday."
    start = text.index("Kafr")
    evidence = Evidence(start=start, end=start + 4, quote="Kafr")
    reading = Reading(
        report=report(text, None),
        mentions=(Mention(id="m1", kind="place", form="name", evidence=(evidence,), head=evidence),),
        actors=(Actor(id="a1", name="Kafr", kind="other", countries=(), aliases=(), mentions=("m1",), link=None),),
    )
    assert re.search(r">Kafr</span> 🏽 on Monday", render([reading]))
