"""The report inside a Word document (.docx): its paragraphs, and what its properties say."""

from __future__ import annotations

import io
import zipfile
from typing import Protocol
from xml.etree import ElementTree as ET
from xml.parsers.expat import ExpatError

from sitrep.errors import TextError
from sitrep.text.extract import Extracted

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CORE = "{http://purl.org/dc/elements/1.1/}"
# a million characters of text with their marks; a zip bomb has a thousand times more
LARGEST = 64 * 1024 * 1024
CHUNK = 64 * 1024
BREAKS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n"}
# what somebody struck out in a tracked change, and fields' instructions, are not what the reader sees
UNSEEN = frozenset({f"{WORD}delText", f"{WORD}instrText"})


class Paragraphs:
    """Gathers the words of paragraphs while the document streams by: no tree, so no depth to drown in."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._words: list[str] = []
        self._taking = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the parser's signature
        """An element begins."""
        if tag == f"{WORD}t":
            self._taking = True
        elif tag in BREAKS:
            self._words.append(BREAKS[tag])

    def data(self, words: str) -> None:
        """Characters."""
        if self._taking:
            self._words.append(words)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == f"{WORD}t":
            self._taking = False
        elif tag == f"{WORD}p":
            text = "".join(self._words).strip()
            self._words.clear()
            if text:
                self.found.append(text)

    def close(self) -> str:
        """The text, paragraphs apart by an empty line."""
        return "\n\n".join(self.found)


class Properties:
    """Gathers title and creator."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self._tag = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - the parser's signature
        """An element begins."""
        self._tag = tag

    def data(self, words: str) -> None:
        """Characters."""
        self.said[self._tag] = self.said.get(self._tag, "") + words

    def end(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        """An element ends."""
        self._tag = ""

    def close(self) -> dict[str, str]:
        """What the properties say."""
        return self.said


def extract_docx(content: bytes, *, source: str) -> Extracted:
    """The report in a Word document. Raises TextError where it holds none or is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = _parsed(archive, "word/document.xml", Paragraphs(), source)
            said = (
                _parsed(archive, "docProps/core.xml", Properties(), source)
                if _has(archive, "docProps/core.xml")
                else {}
            )
    except KeyError as error:
        raise _refused(source, "it is a zip file, but no Word document", "Unpack it, or save it as .docx.") from error
    except (
        zipfile.BadZipFile, ET.ParseError, ExpatError, EOFError, OSError, ValueError, RuntimeError,
        NotImplementedError,
    ) as error:  # fmt: skip
        raise _refused(
            source, f"it is cut, locked or damaged ({error})", "Save it again as .docx, without password."
        ) from error
    if not text:
        raise _refused(source, "there is no text in it", "Save it as plain text, or run character recognition on it.")
    # the day on which the file was made is not taken: it is often that of the template
    return Extracted(
        text, title=said.get(f"{CORE}title", "").strip() or None, byline=said.get(f"{CORE}creator", "").strip() or None
    )


def _has(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist()


class Target[Found](Protocol):
    """What the parser calls, and asks for the outcome at the end."""

    def start(self, tag: str, attributes: dict[str, str], /) -> object: ...
    def data(self, words: str, /) -> object: ...
    def end(self, tag: str, /) -> object: ...
    def close(self) -> Found: ...


def _parsed[Found](archive: zipfile.ZipFile, name: str, target: Target[Found], source: str) -> Found:
    parser = ET.XMLParser(target=target)  # noqa: S314 - expat refuses entity bombs, and nothing is fetched
    size = 0
    with archive.open(name) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > LARGEST:
                raise _refused(source, f"it unpacks to more than {LARGEST >> 20} MiB", "Save its text as plain text.")
            parser.feed(chunk)
    parser.close()
    return target.close()


def _refused(source: str, why: str, todo: str) -> TextError:
    return TextError(
        f"Extracting the text of {source}: the Word document gives none, because {why}.", todo=todo, source=source
    )
