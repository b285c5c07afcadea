"""Strands: which words of several reports tell of the same side of the same incident."""

import pytest

from sitrep.evaluation.strands import strands
from sitrep.evaluation.tellings import aspect_of, tellings, told
from sitrep.model import Evidence, Mention, Published, Reading, Report, Sentence, Source


def reading(name, text, day="2020-03-02", people=()):
    """A reading of one sentence a line, with names and nouns of people marked."""
    report = Report(
        id=name, source=Source(kind="file", uri=name, id=name), outlet=None, title=None, byline=None, language="en",
        text=text, published=Published(value=day, basis="metadata"),
    )  # fmt: skip
    mentions = []
    for words, form in people:
        start = text.index(words)
        evidence = Evidence(start=start, end=start + len(words), quote=words)
        mentions.append(Mention(id=f"m{start}", kind="person", form=form, evidence=(evidence,), head=evidence))
    sentences, start = [], 0
    for line in text.splitlines():
        sentences.append(Sentence(start=start, end=start + len(line)))
        start += len(line) + 1
    return Reading(report=report, sentences=tuple(sentences), mentions=tuple(mentions))


@pytest.mark.parametrize(
    ("text", "word", "aspect"),
    [
        ("A shooting left two people in hospital.", "shooting", "fire"),
        ("The shooting happened near the quay.", "shooting", "whole"),
        ("Anyone with information about the shooting may call.", "shooting", "whole"),
        ("He fled after shooting his neighbour.", "shooting", "hit"),
        ("She was shot twice.", "shot", "hit"),
        ("It is a murder - suicide, they said.", "murder - suicide", "deaths"),
        ("The inquiry goes on.", "inquiry", "inquiry"),
    ],
)
def test_a_word_tells_of_an_aspect(text, word, aspect):
    start = text.index(word)
    assert aspect_of(text, start, start + len(word)) == aspect


def test_whom_it_befell_stands_before_the_passive_and_behind_the_active():
    text = "The woman was shot at home.\nHe killed the boy ."
    found = tellings(reading("a", text, people=[("woman", "nominal"), ("He", "pronoun"), ("boy", "nominal")]))
    assert [(text[one.start : one.end], one.sex) for one in found] == [("shot", "f"), ("killed", "m")]


def test_words_of_one_aspect_are_one_strand_over_reports_of_one_story():
    people = [("Marlow Quay", "name"), ("Tessa Arnholt", "name")]
    one = reading("a", "Tessa Arnholt died in the shooting at Marlow Quay in Eastbrook harbour", people=people)
    other = reading("b", "At Marlow Quay in Eastbrook harbour gunfire killed Tessa Arnholt", "2020-03-03", people)
    far = reading("c", "A gardener died when a wall fell in Northholm village", "2020-03-03")
    later = reading("d", "A fire at Marlow Quay killed the ferryman Ralf Ostrom", "2020-09-01", people[:1])
    readings = [one, other, far, later]
    said = {entry.report.source.id: tellings(entry) for entry in readings}
    found = {
        frozenset((name, entry.report.text[t.start : t.end]) for name, t in strand.told for entry in readings
                  if entry.report.source.id == name)
        for strand in strands(readings, said)
    }  # fmt: skip
    assert frozenset({("a", "died"), ("b", "killed")}) in found
    assert frozenset({("a", "shooting"), ("b", "gunfire")}) in found
    assert frozenset({("c", "died")}) in found
    assert frozenset({("d", "killed")}) in found


def test_what_is_marked_is_told_of_even_where_no_word_of_harm_stands():
    text = "It took the harbour hours to calm down."
    (one,) = told(reading("a", text), [(0, 2)])
    assert one.aspect == "whole"
