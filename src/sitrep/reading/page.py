"""Page: one report on the desk, with its parse and the layers read so far; read-only for stages."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from sitrep.model import Actor, Evidence, Layers, Mention, Passage, Place, Quantity, Report, Timex
from sitrep.model.codec import digest
from sitrep.reading.parse import Parse

if TYPE_CHECKING:
    from sitrep.reading.learned.reader import Learned

UNREAD = frozenset({"repeat", "boilerplate"})
# the tables of a page and the layer that each is made from
TABLES = {
    "_passage_starts": "passages", "mention_at": "mentions", "mention_headed": "mentions", "actor_of": "actors",
    "actors": "actors", "place_of": "places", "places": "places", "timexes_by_sentence": "timexes",
    "timex_tokens": "timexes", "quantities_by_sentence": "quantities",
}  # fmt: skip


class Page:
    """A report, its parse and the layers so far. Stages read it; the Reader alone makes the next one.

    learned: what the trained reader proposes, None where rules read alone.
    """

    def __init__(self, report: Report, parse: Parse, layers: Layers, learned: Learned | None = None) -> None:
        self.report = report
        self.parse = parse
        self.layers = layers
        self.learned = learned

    def turned(self, layers: Layers) -> Page:
        """The next page, with other layers; tables over layers that both share are kept, not made again."""
        page = Page(self.report, self.parse, layers, self.learned)
        for table, layer in TABLES.items():
            if table in self.__dict__ and getattr(layers, layer) is getattr(self.layers, layer):
                page.__dict__[table] = self.__dict__[table]
        return page

    def evidence(self, start: int, end: int) -> Evidence:
        """The report's own words at [start, end), white space at the edges left out."""
        text = self.report.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Evidence(start=start, end=end, quote=text[start:end])

    def words(self, i: int, j: int) -> Evidence:
        """The evidence of the tokens [i, j)."""
        return self.evidence(self.parse.starts[i], self.parse.ends[j - 1])

    def sentence_evidence(self, i: int) -> Evidence:
        """The sentence that holds token i."""
        start, end = self.parse.sentence(i)
        return self.words(start, end)

    def id(self, prefix: str, *parts: object) -> str:
        """An id made of content: the same report, layer and words give the same id."""
        return f"{prefix}{digest(self.report.id, prefix, *parts)}"

    def passage(self, offset: int) -> Passage | None:
        """The passage that covers a character offset."""
        n = bisect_right(self._passage_starts, offset) - 1
        if n < 0:
            return None
        passage = self.layers.passages[n]
        return passage if offset < passage.end else None

    @cached_property
    def _passage_starts(self) -> list[int]:
        return [passage.start for passage in self.layers.passages]

    @cached_property
    def mention_at(self) -> list[Mention | None]:
        """Per token: the innermost mention whose words cover it, or None."""
        found: list[Mention | None] = [None] * len(self.parse)
        by_size = sorted(self.layers.mentions, key=lambda mention: -sum(e.end - e.start for e in mention.evidence))
        for mention in by_size:
            for evidence in mention.evidence:
                i, j = self.parse.tokens_in(evidence.start, evidence.end)
                found[i:j] = [mention] * (j - i)
        return found

    @cached_property
    def mention_headed(self) -> dict[int, Mention]:
        """Mention by the token index of its head word (the longest mention wins)."""
        found: dict[int, Mention] = {}
        for mention in sorted(self.layers.mentions, key=lambda m: sum(e.end - e.start for e in m.evidence)):
            token = self.parse.token_at(mention.head.start)
            if token is not None:
                found[token] = mention
        return found

    @cached_property
    def actor_of(self) -> dict[str, Actor]:
        """Actor by mention id."""
        return {mention: actor for actor in self.layers.actors for mention in actor.mentions}

    @cached_property
    def place_of(self) -> dict[str, Place]:
        """Place by mention id."""
        return {mention: place for place in self.layers.places for mention in place.mentions}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Actor by its own id."""
        return {actor.id: actor for actor in self.layers.actors}

    @cached_property
    def places(self) -> dict[str, Place]:
        """Place by its own id."""
        return {place.id: place for place in self.layers.places}

    def tokens_of(self, place: Place) -> list[int]:
        """The tokens that head the mentions of a place, in text order."""
        wanted = set(place.mentions)
        return sorted(token for token, mention in self.mention_headed.items() if mention.id in wanted)

    def actor_at(self, i: int) -> Actor | None:
        """The actor named by the mention whose head is token i."""
        mention = self.mention_headed.get(i)
        return self.actor_of.get(mention.id) if mention else None

    def place_at(self, i: int) -> Place | None:
        """The place named by the mention whose head is token i."""
        mention = self.mention_headed.get(i)
        return self.place_of.get(mention.id) if mention else None

    @cached_property
    def timexes_by_sentence(self) -> dict[int, list[Timex]]:
        """Timexes by the index of their sentence, in text order."""
        found: dict[int, list[Timex]] = {}
        for timex in self.layers.timexes:
            token = self.parse.token_at(timex.evidence[0].start)
            if token is not None:
                found.setdefault(self.parse.sent_of[token], []).append(timex)
        return found

    @cached_property
    def timex_tokens(self) -> frozenset[int]:
        """The tokens that time expressions cover."""
        spans = (self.parse.tokens_in(e.start, e.end) for timex in self.layers.timexes for e in timex.evidence)
        return frozenset(token for i, j in spans for token in range(i, j))

    @cached_property
    def quantities_by_sentence(self) -> dict[int, list[Quantity]]:
        """Quantities by the index of their sentence, in text order."""
        found: dict[int, list[Quantity]] = {}
        for quantity in self.layers.quantities:
            token = self.parse.token_at(quantity.evidence[0].start)
            if token is not None:
                found.setdefault(self.parse.sent_of[token], []).append(quantity)
        return found
