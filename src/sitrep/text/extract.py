"""The report inside an HTML page: main text, title, author, outlet, date."""

from __future__ import annotations

import re
from typing import NamedTuple

from sitrep.errors import TextError

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
# elements without an end tag, or whose end tag pages leave out
VOID = frozenset(
    re.findall(
        r"\w+", "area base br col embed hr img input link meta source track wbr param p li td tr th dd dt option"
    )
)
# libxml2 gives up at 256 open elements; resiliparse's search for the main part is quadratic in depth
DEEPEST = 200
# shorter than this is a cookie notice or a menu, not a report
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
    deep = depth(html) > DEEPEST
    extracted = _plain(html, deep=deep) if deep else _main(html)
    if len(extracted.text) < SHORTEST and not deep:
        plain = _plain(html, deep=False)
        extracted = extracted._replace(text=plain.text, title=extracted.title or plain.title)
    if len(extracted.text) < SHORTEST:
        raise TextError(
            f"Extracting the text of {source}: the page of {len(html)} characters holds no text of a report "
            f"({len(extracted.text)} characters found).",
            todo="If the page builds its text by script, save the page from a browser and read that file.",
            source=source,
        )
    return extracted


def depth(html: str) -> int:
    """How deep the elements of a page are nested, at most; a guess by counting tags, in one walk."""
    deepest = level = 0
    for match in TAG.finditer(html):
        name = match.group(2).lower()
        if name in VOID or match.group(3).endswith("/"):
            continue
        level = max(0, level - 1) if match.group(1) else level + 1
        deepest = max(deepest, level)
    return deepest


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


def _plain(html: str, *, deep: bool) -> Extracted:
    """All visible text by resiliparse, for pages where the main part cannot be found."""
    from html import unescape

    from resiliparse.extract.html2text import extract_plain_text  # pyright: ignore[reportMissingModuleSource]

    title = re.search(r"<title[^>]*>([^<]{1,300})</title>", html, re.IGNORECASE)
    return Extracted(
        text=_paragraphs(extract_plain_text(html, main_content=not deep, alt_texts=False)),
        title=_line(TITLE_TAIL.sub("", unescape(title.group(1)).strip())) if title else None,
    )


def _paragraphs(text: str) -> str:
    return BLANK.sub("\n\n", text).strip()


def _line(value: str | None) -> str | None:
    return (SPACE.sub(" ", value).strip() or None) if value else None
