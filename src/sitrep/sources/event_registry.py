"""Article lists of Event Registry: what its interface answers, as a list of addresses with title, outlet and day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from sitrep.sources.address import is_address
from sitrep.sources.urls import Wanted


def listed(articles: dict[str, object]) -> Iterator[Wanted]:
    """The articles in an answer: the value of "articles"."""
    results = articles.get("results")
    for article in cast("list[object]", results) if isinstance(results, list) else []:
        found = cast("dict[str, object]", article) if isinstance(article, dict) else {}
        url = found.get("url")
        if not isinstance(url, str) or not is_address(url):
            continue
        outlet = found.get("source")
        authors = found.get("authors")
        yield Wanted(
            url,
            title=_words(found.get("title")),
            outlet=_words(cast("dict[str, object]", outlet).get("title")) if isinstance(outlet, dict) else None,
            byline=_names(cast("list[object]", authors)) if isinstance(authors, list) else None,
            published=_words(found.get("dateTimePub")) or _words(found.get("dateTime")) or _words(found.get("date")),
        )


def _words(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _names(authors: list[object]) -> str | None:
    names = (_words(cast("dict[str, object]", author).get("name")) for author in authors if isinstance(author, dict))
    return ", ".join(filter(None, names)) or None
