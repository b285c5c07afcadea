"""Stage: figures, as the report words them."""

from __future__ import annotations

from collections.abc import Iterator

from sitrep.model import Evidence, LayerName, Layers, Quantity, QuantityKind
from sitrep.ontology.cues import FigureWords, load_figure_words
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.quantity_measures import Measure, Measures, is_age
from sitrep.reading.quantity_numbers import Number, Numbers, phrases_by_edge
from sitrep.reading.quantity_people import People
from sitrep.reading.quantity_settle import Toll, without_the_dying
from sitrep.reading.quantity_totals import Totals

PEOPLE_KINDS: dict[str, QuantityKind] = {
    "killed": "killed", "injured": "injured", "captured": "captured", "missing": "missing", "displaced": "displaced",
    "shot": "other", "casualties": "other",
}  # fmt: skip
# kinds of actor that are nobody's side in a fight
NO_SIDE = frozenset({"civilians", "person", "media", "other"})
COUNTED_BY = frozenset({"nummod", "quantmod", "amod", "compound", "nmod", "det", "advmod"})
COUNTABLE = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "VERB", "PRON"})
# "two wounded, one critically": the one is of the two
DEGREES = frozenset({"critically", "seriously", "badly", "severely", "gravely", "slightly", "lightly"})
# "one of the dead" adds nobody to the dead
PARTIAL = (["dead"], ["wounded"], ["injured"], ["killed"])
BETWEEN = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "PUNCT"})


class Quantities:
    """How many, how far, how long: every figure of a report with what it counts."""

    name = "quantities"
    version = "1"
    needs: frozenset[LayerName] = frozenset({"sentences", "mentions", "actors", "timexes"})
    gives: frozenset[LayerName] = frozenset({"quantities"})

    def __init__(self, words: FigureWords | None = None) -> None:
        self._words = words or load_figure_words()
        self._numbers = Numbers(self._words)
        self._people = People(self._words)
        self._measures = Measures(self._words)
        self._totals = Totals(self._words)
        self._parts = phrases_by_edge({"part": self._words.parts}, edge=0)

    def __call__(self, page: Page, /) -> Layers:
        """The figures of a page, in text order."""
        parse = page.parse
        numbers = self._numbers(parse, _dates(page))
        heads: dict[int, Number] = {}
        alias: dict[int, int] = {}
        for number in numbers:
            head = counted(parse, number)
            heads.setdefault(head, number)
            if counts_people(parse, number):
                alias.setdefault(top(parse, number), head)
                stands_for = _stands_for(parse, head)
                if stands_for is not None:
                    alias.setdefault(stands_for, head)
        people = {head: number for head, number in heads.items() if counts_people(parse, number)}
        tolls = without_the_dying(parse, self._people(parse, people, alias, _persons(page)))
        tolls = [self._as_part(parse, toll, tolls) for toll in tolls]
        tolls.extend(self._parts_of(parse, tolls, heads))
        found = [*self._tolls(page, tolls), *self._rest(page, numbers, heads, tolls)]
        found.sort(key=lambda quantity: (quantity.evidence[0].start, quantity.evidence[0].end, quantity.kind))
        unique = {quantity.id: quantity for quantity in found}
        return Layers(quantities=tuple(unique.values()))

    def _parts_of(self, parse: Parse, tolls: list[Toll], heads: dict[int, Number]) -> Iterator[Toll]:
        """Such as "58 people, among them 11 children": figures that are part of the toll before them."""
        taken = {toll.head for toll in tolls}
        for head, number in heads.items():
            if head in taken or number.form != "exact" or not counts_people(parse, number):
                continue
            begin, end = parse.sentence(head)
            whole = [toll for toll in tolls if begin <= toll.head < end and toll.head != head and toll.number]
            cue = self._part_cue(parse, begin, number)
            if whole and cue is not None:
                before = [toll for toll in whole if toll.head < cue]
                if before:
                    near = max(before, key=lambda toll: toll.head)
                    yield Toll(near.kind, head, number, near.cue, near.head)

    def _as_part(self, parse: Parse, toll: Toll, tolls: list[Toll]) -> Toll:
        """A toll that its words make part of another one of its kind."""
        if toll.part_of is not None or toll.number is None:
            return toll
        begin = parse.sentence(toll.head)[0]
        cue = self._part_cue(parse, begin, toll.number)
        if cue is None:
            return toll
        before = [
            other.head for other in tolls if other.kind == toll.kind and begin <= other.head < cue and other.number
        ]
        return toll._replace(part_of=max(before)) if before else toll

    def _part_cue(self, parse: Parse, begin: int, number: Number) -> int | None:
        """Where the words start that make a number a part, right before it or right after ("three of them")."""
        for at in range(max(begin, number.first - 5), number.first):
            for words, _ in self._parts.get(parse.lowers[at], ()):
                if tuple(parse.lowers[at : at + len(words)]) == words and at + len(words) <= number.first:
                    between = parse.lowers[at + len(words) : number.first]
                    if all(word in {"were", "are", "at", "least", "the", "some", "about", ","} for word in between):
                        return at
        after = parse.lowers[number.last : number.last + 2]
        among = after == ["of", "the"] and parse.lowers[number.last + 2 : number.last + 3] in PARTIAL
        if among or after == ["of", "them"] or (after[:1] and after[0] in DEGREES and number.first > begin):
            return number.first
        return None

    def _tolls(self, page: Page, tolls: list[Toll]) -> Iterator[Quantity]:
        ids: dict[int, str] = {}
        for toll in sorted(tolls, key=lambda toll: toll.part_of is not None):
            quantity = self._toll(page, toll, ids.get(toll.part_of) if toll.part_of is not None else None)
            ids.setdefault(toll.head, quantity.id)
            yield quantity

    def _toll(self, page: Page, toll: Toll, part_of: str | None) -> Quantity:
        parse, number, head = page.parse, toll.number, toll.head
        start = min(parse.left[head] if number is None else number.first, head)
        start = max(start, parse.sentence(head)[0])
        end = max(head + 1, number.last if number else 0)
        if number is None:
            start = _phrase_start(parse, head)
        words = page.words(start, end)
        evidence = (words,) if start <= toll.cue < end else (words, page.words(toll.cue, toll.cue + 1))
        span = _of_span(parse, number, head)
        of = page.words(*span).quote if span else None
        low, best, high = (number.low, number.best, number.high) if number else (1.0, 1.0, 1.0)
        if toll.zero:
            low = best = high = 0.0
        kind = PEOPLE_KINDS[toll.kind]
        return Quantity(
            id=page.id("q", kind, words.start, words.end, toll.kind),
            kind=kind,
            of=of or (toll.kind if kind == "other" else None),
            low=low,
            best=best,
            high=high,
            unit=toll.kind if kind == "other" else None,
            modifier=number.modifier if number else None,
            side=self._side(page, head),
            civilians=self._civilians(parse, head),
            evidence=evidence,
            part_of=part_of,
            cumulative=self._totals(parse, toll.cue, head),
        )

    def _rest(
        self, page: Page, numbers: list[Number], heads: dict[int, Number], tolls: list[Toll]
    ) -> Iterator[Quantity]:
        """Figures that are no casualties."""
        parse = page.parse
        used = {id(toll.number) for toll in tolls if toll.number}
        starts = {number.first: number for number in numbers}
        by_number = {id(number): head for head, number in heads.items()}
        for number in numbers:
            if id(number) in used or (number.best == 0 and parse.lowers[number.start] == "0"):
                # a nought before a noun is a counter of the page ("Shares 0 Comments")
                continue
            measure = self._measures(parse, number, by_number.get(id(number)), starts)
            if measure is None:
                continue
            if measure.other:
                used.add(id(measure.other))
            yield self._measured(page, number, measure, by_number.get(id(number)))

    def _measured(self, page: Page, number: Number, measure: Measure, head: int | None) -> Quantity:
        parse = page.parse
        words = page.words(measure.first, measure.last)
        of = page.words(*measure.of).quote if measure.of and measure.of[1] > measure.of[0] else None
        human = head is not None and parse.lemmas[head].lower() in self._people.human
        people = measure.kind == "strength" or (measure.kind == "other" and human)
        return Quantity(
            id=page.id("q", measure.kind, words.start, words.end),
            kind=measure.kind,
            of=of,
            low=_scaled(number.low, measure.scale),
            best=_scaled(number.best, measure.scale),
            high=_scaled(number.high, measure.scale),
            unit=measure.unit,
            modifier=number.modifier,
            side=self._side(page, head) if people and head is not None else None,
            civilians=self._civilians(parse, head) if people and head is not None else None,
            evidence=(words,),
            cumulative=False,
        )

    def _civilians(self, parse: Parse, head: int) -> bool | None:
        """Whether the words say that the people are civilians, or that they are not."""
        people = self._words.people
        lemma = parse.lemmas[head].lower()
        before = [parse.lowers[k] for k in parse.children[head] if parse.deps[k] in {"amod", "compound", "nmod"}]
        if lemma in people.civilian or "civilian" in before:
            return True
        if lemma in people.armed or any(word in people.armed for word in before):
            return False
        for k in parse.kids(head, "prep"):
            if parse.lowers[k] == "of":
                for inner in parse.kids(k, "pobj"):
                    return self._civilians(parse, inner)
        return None

    def _side(self, page: Page, head: int) -> str | None:
        """Whose people they are: the actor that their noun names, or the adjective or owner before it."""
        parse = page.parse
        own = page.actor_at(head)
        own = own if own and own.kind not in NO_SIDE else None
        if own and own.link:
            return own.id
        for k in parse.children[head]:
            if parse.deps[k] in {"amod", "compound", "nmod", "poss"}:
                actor = page.actor_at(k)
            elif parse.deps[k] == "prep" and parse.lowers[k] in {"of", "from"}:
                actor = next((page.actor_at(m) for m in parse.kids(k, "pobj")), None)
            else:
                continue
            if actor and actor.kind not in NO_SIDE:
                return actor.id
        return own.id if own else None


def _stands_for(parse: Parse, head: int) -> int | None:
    """The noun that a counted one is told for: "165 people |total| were hurt", "|most| of them - 14 - died"."""
    outer = parse.heads[head]
    if parse.lemmas[outer] == "total" and parse.deps[head] in {"compound", "nmod"} and outer == head + 1:
        return outer
    apart = parse.lowers[head - 1] in {"-", "–", "—", "--", "("} if head else False
    return outer if apart and parse.deps[head] == "appos" and parse.tags[head] == "CD" else None


def counts_people(parse: Parse, number: Number) -> bool:
    """Whether a number may count people: "the first", percentages and ages do not."""
    share = number.end < len(parse) and parse.lowers[number.end] in {"%", "percent", "per"}
    return number.modifier != "first" and number.form != "fraction" and not share and not is_age(parse, number)


def top(parse: Parse, number: Number) -> int:
    """The token of a number that hangs on a word outside it."""
    for t in range(number.end - 1, number.start - 1, -1):
        if not number.first <= parse.heads[t] < number.last or parse.heads[t] == t:
            return t
    return number.end - 1


def counted(parse: Parse, number: Number) -> int:
    """The token that heads what a number counts: its noun, or the number itself where it stands alone."""
    out = top(parse, number)
    if number.last < len(parse) and parse.lowers[number.last] == "of":
        inner = [k for k in parse.kids(number.last, "pobj") if k > number.last]
        if inner and parse.lowers[inner[0]] not in {"them", "whom", "which", "these", "those"}:
            return inner[0]
    head = parse.heads[out]
    if (
        parse.deps[out] in COUNTED_BY
        and head >= number.last
        and parse.pos[head] in {"NOUN", "PROPN", "ADJ", "NUM", "VERB", "PRON"}
    ):
        apart = any(parse.tags[t] == "CD" and not _age(parse, t) for t in range(number.last, head))
        if not apart and (parse.pos[head] != "VERB" or parse.deps[out] == "nummod"):
            return head
    found = _next_noun(parse, number.last)
    return out if found is None else found


def _age(parse: Parse, t: int) -> bool:
    """Whether a number is an age before a noun: "two |15|-year-old girls"."""
    return parse.lowers[t].endswith("-old") or (
        parse.lowers[t + 1 : t + 2] == ["-"] and parse.lowers[t + 2 : t + 3] in (["year"], ["month"])
    )


def _next_noun(parse: Parse, at: int) -> int | None:
    """The plural noun that follows a number closely, where the parse lost the link."""
    stop = min(parse.sentence(at - 1)[1], at + 4)
    for t in range(at, stop):
        if parse.tags[t] in {"NNS", "NNPS"}:
            return t
        if parse.pos[t] not in BETWEEN or parse.lowers[t] in {",", ".", ";", "(", ")"}:
            return None
    return None


def _phrase_start(parse: Parse, head: int) -> int:
    """Where a noun phrase without a number begins, relative clauses and the like left out."""
    kept = [
        k
        for k in parse.children[head]
        if k < head and parse.deps[k] in {"det", "amod", "compound", "nmod", "poss", "nummod", "predet", "neg"}
    ]
    return min((parse.left[k] for k in kept), default=head)


def _of_span(parse: Parse, number: Number | None, head: int) -> tuple[int, int] | None:
    """The tokens of the people counted, without the number."""
    if number is None:
        return _phrase_start(parse, head), head + 1
    at = number.last
    if at < len(parse) and parse.lowers[at] == "of":
        at += 1
    while at < head and parse.pos[at] == "PUNCT":
        at += 1
    return (at, head + 1) if at <= head else None


def _persons(page: Page) -> frozenset[int]:
    """The tokens that head a mention of a person."""
    return frozenset(
        token
        for token, mention in page.mention_headed.items()
        if mention.kind == "person" and mention.form != "pronoun"
    )


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else round(value * scale, 6)


def _dates(page: Page) -> frozenset[int]:
    """Tokens inside time expressions, whose numbers are dates; durations are figures too."""
    found: set[int] = set()
    for timex in page.layers.timexes:
        if timex.type == "DURATION":
            continue
        for evidence in timex.evidence:
            found.update(range(*page.parse.tokens_in(evidence.start, evidence.end)))
    return frozenset(found)


def read_evidence(quantity: Quantity) -> Evidence:
    """The words of the figure itself, without the word that tells its kind."""
    return quantity.evidence[0]
