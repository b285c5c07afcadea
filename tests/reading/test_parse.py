"""Parse: edges, lookups and sentences over rows built by hand, without a model."""

from __future__ import annotations

from sitrep.model import Passage
from sitrep.reading.parse import Entity, Parse, Row
from sitrep.reading.parser import LONGEST_SENTENCE, blocks, thinned


def rows(text: str, heads: list[int], deps: list[str], opens: tuple[int, ...] = (0,)) -> list[Row]:
    found, at = [], 0
    for i, word in enumerate(text.split()):
        at = text.index(word, at)
        found.append(Row(word, at, word.lower(), "NOUN", "NN", deps[i], heads[i], i in opens))
        at += len(word)
    return found


TEXT = "the army shelled the old town yesterday"
PARSE = Parse(
    TEXT, rows(TEXT, [1, 2, 2, 5, 5, 2, 2], "det nsubj ROOT det amod dobj npadvmod".split()), [Entity(1, 2, "ORG")]
)


def test_subtree_edges() -> None:
    assert (PARSE.left[5], PARSE.right[5]) == (3, 6)
    assert (PARSE.left[2], PARSE.right[2]) == (0, 7)


def test_offsets_and_tokens_meet() -> None:
    assert PARSE.token_at(4) == 1
    assert PARSE.token_at(3) is None
    assert PARSE.tokens_in(4, 16) == (1, 3)
    assert PARSE.tokens_in(3, 4) == (1, 1)
    assert PARSE.slice(3, 6) == "the old town"


def test_sentences_are_ranges_of_tokens() -> None:
    text = "guns fired people fled"
    parse = Parse(text, rows(text, [1, 1, 3, 3], ["nsubj", "ROOT", "nsubj", "ROOT"], (0, 2)))
    assert parse.sents == [(0, 2), (2, 4)]
    assert parse.sent_of == [0, 0, 1, 1]
    assert parse.sentence(3) == (2, 4)


def test_conjuncts_in_text_order() -> None:
    text = "tanks trucks guns burned"
    parse = Parse(text, rows(text, [3, 0, 1, 3], ["nsubj", "conj", "conj", "ROOT"]))
    assert parse.conjuncts(0) == [1, 2]


def test_a_cycle_of_heads_does_not_hang() -> None:
    text = "a b"
    parse = Parse(text, rows(text, [1, 0], ["dep", "dep"]))
    assert len(parse) == 2


def test_nothing_to_parse() -> None:
    parse = Parse("", [])
    assert len(parse) == 0
    assert parse.token_at(0) is None
    assert parse.tokens_in(0, 5) == (0, 0)


def test_blocks_end_where_a_sentence_ends_and_where_none_does_for_long() -> None:
    def cut(text: str) -> list[int]:
        found = list(blocks(text, (Passage(start=0, end=len(text), kind="body"),)))
        assert "".join(text[start:end] for start, end in found) == text
        return [end - start for start, end in found]

    assert cut("Troops left. The town is empty.") == [31]
    prose = cut("The army said that troops left the town. " * 1_000)
    assert len(prose) == 3
    assert all(length % 41 == 0 for length in prose)
    endless = cut("who said that the army said " * 1_000)
    assert max(endless) <= LONGEST_SENTENCE
    assert len(endless) == 8
    assert max(cut("x" * 30_000)) <= LONGEST_SENTENCE


def test_a_long_row_of_marks_is_thinned_in_its_place() -> None:
    text = "a" + "“" * 100 + "b -----"
    assert thinned(text) == "a" + "“" * 40 + " " * 60 + "b -----"
