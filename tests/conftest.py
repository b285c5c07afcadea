"""Fixtures: one spaCy pipeline per test process, and pages made of a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitrep.model import Layers, Published, Report, Source
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.parser import Parser
from sitrep.reading.passages import find_passages
from sitrep.reading.reader import Reader


def make_report(text: str, published: str | None = "2016-08-01", title: str | None = None) -> Report:
    """A report made of a text alone."""
    return Report(
        id="r1",
        source=Source(kind="text", uri="test", id="test"),
        outlet=None,
        title=title,
        byline=None,
        language="en",
        text=text,
        published=Published(value=published, basis="given" if published else "unknown", start=published, end=published),
    )


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def parse(parser: Parser) -> Callable[[str], Parse]:
    return lambda text: next(parser.parse_many([(text, find_passages(text))]))


@pytest.fixture(scope="session")
def page(parser: Parser) -> Callable[..., Page]:
    """Page(text, published=...): passages and parse only; run the stages you need on it."""

    def build(text: str, published: str | None = "2016-08-01") -> Page:
        passages = find_passages(text)
        return Page(
            make_report(text, published), next(parser.parse_many([(text, passages)])), Layers(passages=passages)
        )

    return build


@pytest.fixture(scope="session")
def reader(parser: Parser) -> Reader:
    """The reader by rules: shipped ontology and gazetteers, all stages, no weights."""
    from sitrep.reading.default import default_reader

    return default_reader(parser=parser, rules=True)


@pytest.fixture(scope="session")
def trained_reader(parser: Parser) -> Reader:
    """The default reader: rules and the trained reader together."""
    from sitrep.reading.default import default_reader

    return default_reader(parser=parser)
