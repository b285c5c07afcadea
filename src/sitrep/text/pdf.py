"""The report inside a PDF: its lines by PDFium, in a process of its own, and paragraphs made of them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise

import msgspec

from sitrep.errors import TextError
from sitrep.text.extract import Extracted

# a report of three hundred pages takes a few seconds; a file made to hang takes for ever
SECONDS = 25
# a line that stands at the edge of this many pages is a running head
REPEATED = 3
# lines as far apart as this many times the usual are two paragraphs
GAP = 1.35
# a line indented by this many points more than the one before begins a paragraph
INDENT = 8.0
HYPHEN = re.compile(r"(?<=[a-z])(?:-|\u00ad|\x02)$")
PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
BULLET = re.compile(r"^(?:[•‣▪–—*-]|\(?(?:\d{1,3}|[a-z])[.)])\s")


class Line(msgspec.Struct, frozen=True):
    """A line of a page: its words, and where it begins, in points from the lower left."""

    text: str
    left: float
    bottom: float


class Pages(msgspec.Struct, frozen=True):
    """What the process that reads the PDF hands back."""

    pages: list[list[Line]]
    title: str = ""
    author: str = ""
    error: str = ""


_pages = msgspec.json.Decoder(Pages)


def extract_pdf(content: bytes, *, source: str) -> Extracted:
    """The report in a PDF. Raises TextError where it holds none, is locked, broken, or takes too long."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "sitrep.text.pdf_process"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _refused(
            source, f"it took more than {SECONDS} seconds", "Print it to a new PDF, or convert it to text."
        ) from error
    if done.returncode != 0:
        raise _refused(source, "it broke the reader of PDF files", "Print it to a new PDF, or convert it to text.")
    found = _pages.decode(done.stdout)
    if found.error:
        todo = (
            "Save a copy without password."
            if "password" in found.error.lower()
            else "The file is cut or damaged; fetch it again."
        )
        raise _refused(source, f"it cannot be opened ({found.error})", todo)
    text = paragraphs(found.pages)
    if not re.search(r"[^\W\d_]{2}", text):
        raise _refused(
            source,
            f"its {len(found.pages)} page{'s' * (len(found.pages) != 1)} hold no text, as in a scan",
            "Run character recognition on it first, for example with `ocrmypdf`.",
        )
    # the day on which the file was made is not taken: a page may be printed years after it was published
    return Extracted(text, title=_title(found.title, text), byline=" ".join(found.author.split()) or None)


def _title(title: str, text: str) -> str | None:
    """The title of the document's properties, where the text says it too: many are names of files."""
    title = " ".join(title.split())
    return title if len(title) > 8 and title.casefold() in " ".join(text[:5000].split()).casefold() else None


def paragraphs(pages: list[list[Line]]) -> str:
    """The text of pages without running heads and page numbers, paragraphs apart by an empty line."""
    heads = _running(pages)
    step = _leading(pages)
    made: list[str] = []
    for page in pages:
        lines = [line for line in page if line.text.strip()]
        edge = {id(line) for line in (*lines[:2], *lines[-2:])}
        lines = [
            line
            for line in lines
            if not (id(line) in edge and (PAGE_NUMBER.match(line.text) or _folded(line.text) in heads))
        ]
        block: list[Line] = []
        for line in lines:
            if block and _breaks(block, line, step):
                made.append(_joined(block))
                block = []
            block.append(line)
        if block:
            made.append(_joined(block))
    return "\n\n".join(_over_pages(made))


def _running(pages: list[list[Line]]) -> set[str]:
    """Lines that stand at the top or bottom of several pages, whatever their numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page if line.text.strip()]
        seen.update({_folded(line.text) for line in (*lines[:2], *lines[-2:])})
    return {text for text, count in seen.items() if count >= REPEATED}


def _folded(text: str) -> str:
    return DIGITS.sub("#", " ".join(text.split()).casefold())


def _leading(pages: list[list[Line]]) -> float:
    """How far apart lines usually are: the commonest step downwards, the smaller of two."""
    steps = Counter(
        round(step) for page in pages for before, line in pairwise(page) if (step := before.bottom - line.bottom) > 1
    )
    return float(min(steps, key=lambda step: (-steps[step], step), default=12))


def _breaks(block: list[Line], line: Line, step: float) -> bool:
    """Whether a line begins a paragraph."""
    last = block[-1]
    gap = last.bottom - line.bottom
    if BULLET.match(line.text):
        return True
    # a jump upwards is the next column, which may go on with the sentence
    if gap < -step:
        return last.text.rstrip().endswith((".", "!", "?", "”", '"', ":"))
    return gap > GAP * step or (
        len(block) > 1 and line.left - last.left > INDENT and last.text.rstrip().endswith((".", "?", "!", "”", '"'))
    )


def _joined(block: list[Line]) -> str:
    """Lines as one, words put together that a line end broke."""
    text = ""
    for line in block:
        words = " ".join(line.text.split())
        if HYPHEN.search(text) and words[:1].islower():
            text = HYPHEN.sub("", text) + words
        else:
            text = f"{text} {words}" if text else words
    return text


def _over_pages(blocks: list[str]) -> list[str]:
    """Paragraphs, those that a page end broke put together."""
    made: list[str] = []
    for block in blocks:
        if made and block[:1].islower() and not made[-1].rstrip().endswith((".", "!", "?", ":", "”", '"')):
            made[-1] = HYPHEN.sub("", made[-1]) + block if HYPHEN.search(made[-1]) else f"{made[-1]} {block}"
        else:
            made.append(block)
    return made


def _refused(source: str, why: str, todo: str) -> TextError:
    return TextError(f"Extracting the text of {source}: the PDF gives none, because {why}.", todo=todo, source=source)
