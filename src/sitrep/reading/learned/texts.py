"""Texts as word pieces, and their cutting into windows; the same in training and in reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Offsets = Sequence[tuple[int, int]]
# pieces of a window, and of its overlap with the next where no sentence ends: half of what the encoder can take, since
# attention costs by the square; on PolNeAR longer windows read no better
SIZE, OVERLAP = 126, 24
CASES = ("none", "lower", "title", "upper", "mixed")
CLS, SEP, PAD = 101, 102, 0
IGNORED = -100  # the tag of pieces that nothing is learned of; torch calls them so
MARKERS = {"source": ("[unused0]", "[unused1]"), "target": ("[unused2]", "[unused3]")}
ENDS = frozenset({".", "!", "?", "”"})


class Span(NamedTuple):
    """Characters start to end of a text, with a label."""

    start: int
    end: int
    label: str = ""


class Attribution(NamedTuple):
    """Who (source) says (cue) what (content); each may stand in several pieces, and source and cue may be absent."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]


class Window(NamedTuple):
    """Pieces first to last (exclusive) of a text."""

    first: int
    last: int


class Encoded(NamedTuple):
    """A text in pieces, with the place of each in the text and the case of its letters."""

    text: str
    ids: list[int]
    offsets: list[tuple[int, int]]
    cases: list[int]
    starts: list[int]


def load_tokenizer(file: str) -> Tokenizer:
    """The tokenizer of a file, with the markers as pieces of their own."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(file)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.add_special_tokens([marker for pair in MARKERS.values() for marker in pair])
    return tokenizer


def encode(text: str, tokenizer: Tokenizer) -> Encoded:
    """A text's pieces with their offsets and letter cases."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets: list[tuple[int, int]] = encoding.offsets
    cases = [case_of(text[start:end]) for start, end in offsets]
    return Encoded(text, encoding.ids, offsets, cases, [start for start, _ in offsets])


def marked_text(text: str, marks: Sequence[Span]) -> str:
    """The text with markers around its marked spans ("source" or "target"); spans inside others stay readable."""
    inserts: list[tuple[int, int, int, str]] = []
    for span in marks:
        opening, closing = MARKERS[span.label]
        length = span.end - span.start
        # at one place closings come first; of two openings the longer span's
        inserts.append((span.start, 1, -length, f"{opening} "))
        inserts.append((span.end, 0, length, f" {closing}"))
    parts: list[str] = []
    done = 0
    for place, _, _, marker in sorted(inserts):
        parts += (text[done:place], marker)
        done = place
    return "".join((*parts, text[done:]))


def windows(text: str, offsets: Offsets, size: int = SIZE, overlap: int = OVERLAP) -> Iterator[Window]:
    """Windows over all pieces. One ends after a sentence where one ends in its last half, and the next begins there;
    else they overlap.
    """
    count = len(offsets)
    if size <= overlap:
        raise ValueError(f"Cutting windows of {size} pieces: they must be longer than their overlap of {overlap}.")
    first = 0
    while first < count:
        last = min(first + size, count)
        again = overlap
        if last < count:
            for end in range(last, first + max(overlap + 1, size // 2), -1):
                if text[offsets[end - 1][0] : offsets[end - 1][1]] in ENDS:
                    last, again = end, 0
                    break
        yield Window(first, last)
        if last == count:
            return
        first = last - again


def owners(cuts: Sequence[Window], count: int) -> list[int]:
    """For every piece the window in which it stands farthest from an edge that cuts the text."""
    best = [-1] * count
    depth = [-1] * count
    for number, (first, last) in enumerate(cuts):
        for piece in range(first, last):
            before = piece - first if first else count
            after = last - 1 - piece if last < count else count
            if min(before, after) > depth[piece]:
                depth[piece], best[piece] = min(before, after), number
    return best


def continues(text: str, offsets: Offsets) -> list[bool]:
    """Whether a piece goes on in the word of the piece before it."""
    return [
        number > 0
        and offsets[number - 1][1] == start
        and text[start : start + 1].isalnum()
        and text[start - 1 : start].isalnum()
        for number, (start, _) in enumerate(offsets)
    ]


def case_of(word: str) -> int:
    """The index in CASES of a piece's letters; the word pieces themselves are lower case."""
    if not any(letter.isalpha() for letter in word):
        return 0
    if word.islower():
        return 1
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 2
    return 3 if word.isupper() else 4


def pieces_of(offsets: Offsets, span: Span, starts: Sequence[int] | None = None) -> tuple[int, int]:
    """The pieces that share characters with a span, as first and last (exclusive)."""
    from bisect import bisect_left

    starts = [start for start, _ in offsets] if starts is None else starts
    first = bisect_left(starts, span.start)
    if first and offsets[first - 1][1] > span.start:
        first -= 1
    return first, bisect_left(starts, span.end, first)


def encode_bio(offsets: Offsets, spans: Iterable[Span], labels: Sequence[str]) -> list[int]:
    """The tag of every piece. Of spans that overlap the longer wins. A span whose label is null is ignored."""
    index = {label: number for number, label in enumerate(labels)}
    tags = [0] * len(offsets)
    taken = [False] * len(offsets)
    starts = [start for start, _ in offsets]
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        first, last = pieces_of(offsets, span, starts)
        if first >= last or any(taken[first:last]):
            continue
        for piece in range(first, last):
            taken[piece] = True
            tags[piece] = IGNORED if span.label not in index else 2 * index[span.label] + (1 if piece == first else 2)
    return tags
