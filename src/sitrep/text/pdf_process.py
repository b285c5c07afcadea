"""A process that reads one PDF from standard input and writes its lines as JSON: what breaks here breaks alone."""

from __future__ import annotations

import re
import sys

import msgspec

from sitrep.text.pdf import Line, Pages

# PDFium needs a tenth for the largest report; a file made to swallow memory stops here
MEMORY = 1 << 30
# more pages are a book
MOST_PAGES = 2000
MOST_CHARACTERS = 2_000_000
PIECE = re.compile(r"[^\r\n\ufffe]*(?:\r\n|[\r\n\ufffe]|$)")


def read_pages(content: bytes) -> Pages:
    """The lines of a PDF and what its properties say."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return Pages([], error=str(error))
    said = document.get_metadata_dict()
    pages: list[list[Line]] = []
    left = MOST_CHARACTERS
    for number in range(min(len(document), MOST_PAGES)):
        try:
            textpage = document[number].get_textpage()
            text = textpage.get_text_range(count=min(left, textpage.count_chars()))
        except pypdfium2.PdfiumError:
            # one broken page costs only itself
            continue
        lines: list[Line] = []
        at = 0
        for piece in PIECE.findall(text):
            words = piece.strip("\r\n\ufffe ")
            if words:
                # PDFium counts UTF-16 units
                box = textpage.get_charbox(min(at + len(piece) - len(piece.lstrip()), textpage.count_chars() - 1))
                # it leaves out a line end after a hyphen, and puts this in their place
                lines.append(Line(f"{words}-" if piece.endswith("\ufffe") else words, box[0], box[1]))
            at += len(piece.encode("utf-16-le", "surrogatepass")) // 2
        pages.append(lines)
        left -= len(text)
        if left <= 0:
            break
    return Pages(pages, title=said["Title"], author=said["Author"])


def main() -> None:
    """Read one PDF."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        # a system without limits has the time limit alone
        pass
    sys.stdout.buffer.write(msgspec.json.encode(read_pages(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
