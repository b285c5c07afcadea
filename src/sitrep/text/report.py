"""Capture to Report: the frozen text that every offset points into."""

from __future__ import annotations

import re
from typing import NamedTuple

from sitrep.errors import LanguageError, TextError
from sitrep.model import Capture, Report, Source
from sitrep.model.codec import digest
from sitrep.text.decode import declared_in, decode, usable
from sitrep.text.docx import extract_docx
from sitrep.text.eml import extract_eml
from sitrep.text.extract import Extracted, extract
from sitrep.text.language import check_language
from sitrep.text.pdf import extract_pdf
from sitrep.text.published import find_published

# some 200,000 words: a book or a whole archive, not a report
LONGEST = 1_000_000
LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x85]")
# characters that are not part of what a person reads: NUL, other controls, byte-order marks, lone surrogates
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
SPACE = re.compile(r"\s+")
WORD = re.compile(r"[^\W\d_]{2}")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
# media whose bytes say themselves what is text in them
CONTAINERS = {"pdf": extract_pdf, "docx": extract_docx, "eml": extract_eml}


class Given(NamedTuple):
    """What the user says about reports; it goes before what a source says."""

    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    encoding: str | None = None


class Written(NamedTuple):
    """A report, and what went wrong on the way without stopping it.

    unread: why the report is kept but not read, where it is in another language.
    """

    report: Report
    problems: tuple[TextError, ...] = ()
    unread: LanguageError | None = None


def write_report(capture: Capture, given: Given = Given()) -> Written:  # noqa: B008 - a NamedTuple is immutable
    """The report in a capture. Raises TextError where there is none."""
    source = capture.source
    page, doubts = _extracted(capture, given)
    return make_report(
        page.text,
        source=source,
        title=given.title or capture.title or page.title,
        outlet=given.outlet or capture.outlet or page.outlet,
        byline=capture.byline or page.byline,
        published=given.published,
        metadata=capture.published or page.published,
        problems=doubts,
    )


def _extracted(capture: Capture, given: Given) -> tuple[Extracted, tuple[TextError, ...]]:
    """The text of a capture, what its head says, and doubts about its charset."""
    source = capture.source.id
    if capture.media == "record":
        return Extracted(capture.text or ""), ()
    if capture.media in CONTAINERS:
        return CONTAINERS[capture.media](capture.content, source=source), ()
    page = capture.media == "html"
    declared = given.encoding or _sent(capture) or (declared_in(capture.content) if page else None)
    decoded = decode(capture.content, source=source, declared=declared)
    doubts = (_doubt(source, decoded.doubt, decoded.charset),) if decoded.doubt else ()
    return extract(decoded.text, source=source) if page else Extracted(decoded.text), doubts


def _sent(capture: Capture) -> str | None:
    """The charset that a server named, where Python knows it."""
    said = CHARSET.search(capture.retrieval.headers.get("content-type", "")) if capture.retrieval else None
    return usable(said[1]) if said else None


def make_report(
    text: str,
    *,
    source: Source,
    title: str | None = None,
    outlet: str | None = None,
    byline: str | None = None,
    published: str | None = None,
    metadata: str | None = None,
    problems: tuple[TextError, ...] = (),
) -> Written:
    """A report of a text: cleaned, headed by its title, dated, its language checked.

    published: as the user gives it; metadata: as the source gives it. Raises TextError where the text is
    empty or too long, or where `published` is no date.
    """
    body = clean(text)
    title = one_line(title)
    if not WORD.search(body):
        raise TextError(
            f"Reading {source.id}: there is no text in it.",
            todo="Check that the file or field holds the report's text.",
            source=source.id,
        )
    if len(body) > LONGEST:
        raise TextError(
            f"Reading {source.id}: {len(body):,} characters are more than a report has (at most {LONGEST:,}).",
            todo="Split it into single reports, one file or one JSON line each.",
            source=source.id,
            characters=len(body),
        )
    unread = None
    try:
        language = check_language(body, source=source.id)
    except LanguageError as error:
        language, unread = error.facts["language"], error
    headed = head(title, body)
    dating = find_published(headed, source=source.id, given=published, metadata=metadata, uri=source.uri)
    outlet = one_line(outlet)
    report = Report(
        id=digest(source.id, title, outlet, headed),
        source=source,
        outlet=outlet,
        title=title,
        byline=one_line(byline),
        language=language,
        text=headed,
        published=dating.published,
    )
    return Written(report, (*problems, *dating.problems), unread)


def clean(text: str) -> str:
    """Text with one kind of line end and without characters that nobody can see."""
    return UNSEEN.sub("", LINE_END.sub("\n", text)).strip("\n")


def head(title: str | None, body: str) -> str:
    """The title, an empty line and the body; the body alone where it opens with the title."""
    if not title:
        return body
    lead = body.lstrip()
    if fold(lead[: len(title) + 20]).startswith(fold(title)):
        return body
    return f"{title}\n\n{body.lstrip(chr(10))}"


def fold(text: str) -> str:
    """Text as it compares: white space as one space, no case, plain quotes."""
    return SPACE.sub(" ", text).strip().casefold().replace("’", "'").replace("“", '"').replace("”", '"')


def one_line(value: str | None) -> str | None:
    """A field as one clean line, None where nothing is left."""
    return (SPACE.sub(" ", UNSEEN.sub("", value)).strip() or None) if value else None


def _doubt(source: str, doubt: str, charset: str) -> TextError:
    return TextError(
        f"Decoding {source}: {doubt}.",
        todo="The report was read all the same. Look at its names; where they are wrong, say --encoding NAME.",
        source=source,
        charset=charset,
    )
