"""Bytes to text: which charset, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from sitrep.errors import TextError

# byte-order marks, longest first, since UTF-32's begins with UTF-16's
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# first bytes of files that people take for text, and how to get text out of them
MAGIC = (
    (b"%PDF", "a PDF document", "Convert it first, for example with `pdftotext`."),
    (b"PK\x03\x04", "a zip, Word or EPUB file", "Save it as plain text or HTML, or unpack it."),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file", "Save it as plain text or HTML."),
    (b"{\\rtf", "a rich-text file", "Save it as plain text or HTML."),
    (b"\x1f\x8b", "gzip-compressed", "Unpack it first, for example with `gunzip`."),
    (b"BZh", "bzip2-compressed", "Unpack it first, for example with `bunzip2`."),
    (b"\xfd7zXZ", "xz-compressed", "Unpack it first, for example with `unxz`."),
    (b"\x89PNG", "a PNG image", "sitrep reads text; run character recognition on it first."),
    (b"\xff\xd8\xff", "a JPEG image", "sitrep reads text; run character recognition on it first."),
    (b"GIF8", "a GIF image", "sitrep reads text; run character recognition on it first."),
    (b"SQLite format 3", "an SQLite database", "Export its texts as JSON Lines."),
)
# control characters that no text holds; tab, line feed, form feed and carriage return are white space
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# in old wire copy a few control characters are strays; more than this share is no text
CONTROL_SHARE = 0.005
# a guess that loses more than this share of the characters is wrong
LOST_SHARE = 0.01
# English in a one-byte charset holds few high bytes: curly quotes, dashes, accented names
WESTERN_SHARE = 0.1
# codecs that Python has for names of hosts and for source code; some take time quadratic in the length
NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7"})
META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# UTF-8 read as Windows-1252 once too often: a lead byte and its followers, as the letters they turned into
_HIGH = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xC0))
_MOJIBAKE = re.compile(f"[\u00c2-\u00f4][{re.escape(_HIGH)}\x80-\x9f]{{1,3}}")


class Decoded(NamedTuple):
    """Text, the charset it was read in, and what to tell the reader about it ("" where all is plain)."""

    text: str
    charset: str
    doubt: str = ""


def decode(content: bytes, *, source: str, declared: str | None = None) -> Decoded:
    """The text of some bytes: by their byte-order mark, the declared charset, UTF-8, or the best guess.

    declared: the charset that the user or the page names. Raises TextError where the bytes are no text.
    """
    for magic, what, todo in MAGIC:
        if content.startswith(magic):
            raise TextError(f"Decoding {source}: this is {what}, not text.", todo=todo, source=source)
    decoded = _decode(content, source, declared)
    control = len(CONTROL.findall(decoded.text))
    if control > max(3, CONTROL_SHARE * len(decoded.text)):
        raise TextError(
            f"Decoding {source}: {control} of {len(decoded.text)} characters are control characters, so this is "
            f"binary data or a charset that nothing names (tried {decoded.charset}).",
            todo="Give a text file, or name its charset with --encoding.",
            source=source,
            charset=decoded.charset,
        )
    lost = decoded.text.count("\ufffd") if decoded.doubt else 0
    if lost > LOST_SHARE * len(decoded.text):
        raise TextError(
            f"Decoding {source}: {decoded.doubt}, which loses {lost} of {len(decoded.text)} characters.",
            todo="Name its charset with --encoding, or convert it to UTF-8, for example with `iconv`.",
            source=source,
            charset=decoded.charset,
        )
    return decoded._replace(text=repair(decoded.text))


def declared_in(content: bytes) -> str | None:
    """The charset that an HTML page names in its head, where there is such a charset."""
    head = content[:4096]
    match = META.search(head) or XML.search(head)
    return usable(match.group(1).decode("ascii")) if match else None


def usable(charset: str) -> str | None:
    """A charset by the name that Python gives it; None where it is none in which texts are written."""
    try:
        name = codecs.lookup(charset).name
        # some codecs turn bytes into bytes, such as rot13
        b"x".decode(charset, "ignore")
    except (LookupError, UnicodeError):
        return None
    return None if name.replace("-", "_") in NO_CHARSETS else charset


def repair(text: str) -> str:
    """Text with UTF-8 that was once read as Windows-1252 put right: "donâ€™t" is "don’t"."""
    if not re.search("[\u00c2-\u00f4]", text):
        return text
    return _MOJIBAKE.sub(_unfold, text)


def _unfold(match: re.Match[str]) -> str:
    raw = b"".join(_byte(letter) for letter in match.group())
    for cut in range(len(raw), 1, -1):
        try:
            return raw[:cut].decode("utf-8") + match.group()[cut:]
        except UnicodeDecodeError:
            continue
    return match.group()


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _decode(content: bytes, source: str, declared: str | None) -> Decoded:
    for mark, charset in MARKS:
        if content.startswith(mark):
            return _strict(content, charset, source, f"its byte-order mark says {charset}")
    doubt = ""
    if declared:
        try:
            return Decoded(content.decode(_known(declared, source)), declared)
        except UnicodeDecodeError as error:
            doubt = f"it is declared as {declared}, but byte {error.start} does not fit"
    wide = _wide(content)
    if wide:
        return _strict(content, wide, source, f"every other byte is zero, as in {wide}")
    try:
        return Decoded(content.decode("utf-8"), "utf-8", doubt and f"{doubt}; read as utf-8")
    except UnicodeDecodeError as error:
        doubt = doubt or f"byte {error.start} is not UTF-8 and nothing names another charset"
    charset = _guess(content)
    text = content.decode(charset, "replace")
    return Decoded(text, charset, f"{doubt}; read as {charset}")


def _known(charset: str, source: str) -> str:
    """The codec of a charset name. Browsers read latin-1 as Windows-1252, and so do we."""
    try:
        name = codecs.lookup(charset).name
    except LookupError as error:
        raise TextError(
            f"Decoding {source}: no charset is called {charset!r}.",
            todo="Name a charset that Python knows, such as utf-8 or windows-1252.",
            source=source,
            charset=charset,
        ) from error
    return "cp1252" if name in {"iso8859-1", "ascii"} else name


def _strict(content: bytes, charset: str, source: str, why: str) -> Decoded:
    try:
        return Decoded(content.decode(charset), charset)
    except UnicodeDecodeError as error:
        raise TextError(
            f"Decoding {source}: {why}, but byte {error.start} does not fit ({error.reason}).",
            todo="The file is cut or damaged; fetch it again.",
            source=source,
            charset=charset,
        ) from error


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: in English every other byte is zero."""
    head = content[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) < 8 or len(content) % 2:
        return None
    if odd > 0.4 * len(head) / 2 and even < 0.05 * len(head):
        return "utf-16-le"
    if even > 0.4 * len(head) / 2 and odd < 0.05 * len(head):
        return "utf-16-be"
    return None


def _guess(content: bytes) -> str:
    """The likeliest charset of bytes that are not UTF-8.

    uchardet takes a few accented letters for Central European; in English, few high bytes are Windows-1252.
    """
    from resiliparse.parse.encoding import detect_encoding  # pyright: ignore[reportMissingModuleSource]

    high = sum(byte > 0x7F for byte in content[:20_000])
    if high < WESTERN_SHARE * min(len(content), 20_000):
        return "cp1252"
    charset = detect_encoding(content)
    try:
        return codecs.lookup(charset or "").name
    except LookupError:
        return "cp1252"
