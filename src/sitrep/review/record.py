"""The record's side of the page, and the marks that tie it to the words."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sitrep.model import Evidence
from sitrep.review.fact import Fact, Section, Slot
from sitrep.review.facts import Facts
from sitrep.review.highlight import Mark, stretches
from sitrep.review.wording import is_quoted

# which colour a layer's words have; facts of other layers only light up
COLOURS = {
    "events": "ev",
    "uncoded": "un",
    "claims": "cl",
    "quantities": "fi",
    "actors": "ac",
    "places": "pl",
    "timexes": "ti",
}
# long lists stand closed at first
CLOSED = frozenset({"timexes"})


class Record:
    """The record as HTML, and its marks.

    Each fact and each slot is a unit with a number. A mark's tag is "k7" (the words that name unit 7),
    "e7" (the words that say it), or ".ev" (the colour of a layer).
    """

    def __init__(self, facts: Facts) -> None:
        self.marks: list[Mark] = []
        self._units = 0
        self._text = facts.reading.report.text
        self.html = "".join(self._section(section) for section in facts.sections() if self._text)

    def _unit(self) -> int:
        self._units += 1
        return self._units - 1

    def _mark(self, words: Iterable[Evidence], *tags: str) -> None:
        self.marks += [Mark(part.start, part.end, tag) for part in words for tag in tags]

    def _section(self, section: Section) -> str:
        rows = "".join(self._fact(fact, number) for number, fact in enumerate(section.facts))
        body = f"<ol>{rows}</ol>" if rows else f'<p class="empty">{escape(section.empty)}</p>'
        opened = "" if section.name in CLOSED else " open"
        return (
            f'<details class="section {section.name}"{opened}><summary><h2>{escape(section.title)}</h2>'
            f'<span class="count">{len(section.facts)}</span></summary>{body}</details>'
        )

    def _fact(self, fact: Fact, number: int) -> str:
        unit = self._unit()
        colour = COLOURS.get(fact.layer)
        self._mark(fact.evidence, f"e{unit}")
        self._mark(fact.key, f"k{unit}", *([f".{colour}"] if colour else []))
        before = [None, *(slot.label for slot in fact.slots)]
        slots = [self._slot(slot, again=slot.label == last) for slot, last in zip(fact.slots, before, strict=False)]
        note = f'<span class="note">{escape(fact.note)}</span>' if fact.note else ""
        listed = f"<dl>{''.join(slots)}</dl>" if slots else ""
        return (
            f'<li class="fact {colour or "plain"}" data-u="{unit}" data-fact="{number}" tabindex="0"><div class="lead">'
            f"{self._lead(fact)}{note}</div>{self._quotes(fact)}{listed}</li>"
        )

    @staticmethod
    def _lead(fact: Fact) -> str:
        kind = f'<span class="kind">{escape(fact.kind)}</span>'
        what = f'<span class="what" dir="auto">{escape(fact.title)}</span>'
        # these titles are sentences that say their kind themselves
        return what if fact.layer in {"relations", "control", "decisions"} else f"{kind} {what}"

    def _quotes(self, fact: Fact) -> str:
        """The words that say a fact, with those that name it brought out."""
        if fact.layer in {"actors", "places", "timexes"}:
            names = dict.fromkeys(part.quote for part in fact.key)
            words = " ".join(f'<q dir="auto">{escape(name)}</q>' for name in list(names)[:12])
            return f'<p class="names">{words}</p>' if words else ""
        return "".join(self._quote(part, fact.key) for part in fact.evidence)

    def _quote(self, part: Evidence, keys: tuple[Evidence, ...]) -> str:
        marks = [Mark(key.start, key.end, "k") for key in keys if key != part]
        words = [
            f"<b>{escape(self._text[piece.start : piece.end])}</b>"
            if piece.tags
            else escape(self._text[piece.start : piece.end])
            for piece in stretches(marks, part.start, part.end)
        ]
        own = ' class="own"' if is_quoted(part.quote) else ""
        return f'<blockquote dir="auto"{own}>{"".join(words)}</blockquote>'

    def _slot(self, slot: Slot, *, again: bool) -> str:
        unit = self._unit()
        self._mark(slot.evidence, f"s{unit}")
        words = " … ".join(part.quote for part in slot.evidence)
        own = ' class="own"' if is_quoted(words) else ""
        quote = f'<q dir="auto"{own}>{escape(words)}</q>' if words else ""
        value = "" if words == slot.value else f'<span dir="auto">{escape(slot.value)}</span> '
        note = f' <span class="note">{escape(slot.note)}</span>' if slot.note else ""
        return (
            f'<div class="slot" data-u="{unit}" tabindex="-1"><dt{" class=again" * again}>{escape(slot.label)}</dt>'
            f"<dd>{value}{quote}{note}</dd></div>"
        )
