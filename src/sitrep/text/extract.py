"""The report inside an HTML page: main text, title, author, outlet, date."""

from __future__ import annotations

import re
from typing import NamedTuple

from sitrep.errors import TextError

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
# elements without an end tag, or whose end tag pages leave out
UNNESTED = frozenset(
    re.findall(
        r"\w+", "area base br col embed hr img input link meta source track wbr param p li td tr th dd dt option"
    )
)
# libxml2 gives up at 256 open elements, and resiliparse takes time quadratic in depth
DEEPEST = 200
# trafilatura takes seconds beyond, and worse than twice as long for twice as many; pages of news have a tenth
MOST_TAGS = 40_000
# fewer letters than this are a cookie notice or a menu, not a report
SHORTEST = 25
BLANK = re.compile(r"[ \t\u00a0]*\n\s*")
SPACE = re.compile(r"\s+")
# the outlet behind the headline in <title>, as in "Headline | Outlet"
TITLE_TAIL = re.compile(r"\s+[|\u2013\u2014-]\s+[^|\u2013\u2014]{2,40}$")


class Extracted(NamedTuple):
    """What an HTML page gives: its main text, paragraphs apart by an empty line, and what its head says."""

    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None


def extract(html: str, *, source: str) -> Extracted:
    """The report in a page. Raises TextError where the page holds no text."""
    page = flatten(html)
    extracted = _main(page) if page.count("<") <= MOST_TAGS else Extracted("")
    if not _enough(extracted.text):
        plain = _plain(page)
        extracted = extracted._replace(text=plain.text, title=extracted.title or plain.title)
    if not _enough(extracted.text):
        raise TextError(
            f"Extracting the text of {source}: the page of {len(html):,} characters holds no text of a report.",
            todo="If the page builds its text by script, save the page from a browser and read that file.",
            source=source,
        )
    return extracted


def _enough(text: str) -> bool:
    return sum(map(str.isalpha, text[:1000])) >= SHORTEST


def flatten(html: str) -> str:
    """A page whose elements are nested no deeper than DEEPEST: tags that go deeper are left out, their text stays."""
    parts: list[str] = []
    level = at = 0
    for match in TAG.finditer(html):
        name = match.group(2).lower()
        if name in UNNESTED or match.group(3).endswith("/"):
            continue
        closes = bool(match.group(1))
        level = max(0, level - closes)
        if level >= DEEPEST:
            parts.append(html[at : match.start()])
            at = match.end()
        level += not closes
    return "".join((*parts, html[at:])) if parts else html


def _main(html: str) -> Extracted:
    """Main text and metadata by trafilatura."""
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(
            html,
            fast=True,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            # dates of the markup only, and no clock: the text's own dates are weighed in `published`
            date_extraction_params={
                "extensive_search": False,
                "original_date": True,
                "outputformat": "%Y-%m-%d",
                "min_date": "1800-01-01",
                "max_date": "2100-12-31",
            },
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError):
        # trafilatura trips over some broken pages; the plain extraction then stands in
        document = None
    if document is None or isinstance(document, dict):
        return Extracted("")
    return Extracted(
        text=_paragraphs(document.text or ""),
        title=_line(document.title),
        outlet=_line(document.sitename) or _line(document.hostname),
        byline=_line(document.author),
        published=document.date or None,
    )


def _plain(html: str) -> Extracted:
    """All visible text by resiliparse, for pages where the main part cannot be found."""
    from html import unescape

    from resiliparse.extract.html2text import extract_plain_text  # pyright: ignore[reportMissingModuleSource]

    title = re.search(r"<title[^>]*>([^<]{1,300})</title>", html, re.IGNORECASE)
    return Extracted(
        text=_paragraphs(extract_plain_text(html, main_content=True, alt_texts=False)),
        title=_line(TITLE_TAIL.sub("", unescape(title.group(1)).strip())) if title else None,
    )


def _paragraphs(text: str) -> str:
    return BLANK.sub("\n\n", text).strip()


def _line(value: str | None) -> str | None:
    return (SPACE.sub(" ", value).strip() or None) if value else None
