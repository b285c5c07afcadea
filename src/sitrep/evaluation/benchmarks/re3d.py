"""Entities and relations of documents on the wars in Syria and Iraq: re3d."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from sitrep.model import Evidence, Reading

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench

PAPER = (
    "Dstl 2017, re3d (Relationship and Entity Extraction Evaluation Dataset); no metric was published with it. "
    "Entities: gold spans of confidence 0.5 or more, pronouns left out on both sides. Our mentions by kind, those "
    "inside a longer one left out (person: Person, with a title before the name; organisation, group: an adjective; "
    "weapon: Weapon; vehicle: MilitaryPlatform, with which Vehicle is joined), time expressions (Temporal) and "
    "figures (Quantity, Money; the number alone). Spans lose a leading determiner and a trailing possessive; a pair "
    "is right when the types are equal and the characters in common are at least half of those in either. Each span "
    "is paired once. Relations: leads, control (holds) and seat: InChargeOf; speaks_for, member_of, part_of: "
    "BelongsTo; located_in, seat, presence, the actors of an event with its place, and a mention with a place that "
    'follows it after a preposition of place, and a place with the wider one named right after it ("Mosul, Iraq"): '
    "CoLocated; allied_with, supports, embedded_with and two actors of one role: AlliesOf; opposes, rival_of and an "
    "event's attacker, or the noun that names the strike, with its target: FightingAgainst; recognises and statements "
    "of support, aid, and whom a claim of welcome or praise speaks of first: Likes; accusations and condemnations: "
    "Dislikes; meetings, talks and requests: CommWith; a figure and "
    "what it counts: HasAttrOf; two mentions of one actor or place within twelve characters, and a person with the "
    "title beside the name: IsSynonymOf; Apart is not read. A relation is right when the type is equal and each end "
    "overlaps its gold end; CoLocated, AlliesOf, FightingAgainst, CommWith, IsSynonymOf and HasAttrOf have no "
    "direction, and one that gold marks both ways round counts once."
)
SCORES = ("entity_f1", "relation_f1")

KINDS = {
    "person": "Person", "organisation": "Organisation", "group": "Organisation", "place": "Location",
    "facility": "Location", "weapon": "Weapon", "vehicle": "MilitaryPlatform",
}  # fmt: skip
LEAST_CONFIDENCE = 0.5
RELATIONS = {
    "leads": "InChargeOf", "speaks_for": "BelongsTo", "member_of": "BelongsTo", "part_of": "BelongsTo",
    "located_in": "CoLocated", "allied_with": "AlliesOf", "supports": "AlliesOf", "embedded_with": "AlliesOf",
    "opposes": "FightingAgainst", "rival_of": "FightingAgainst", "recognises": "Likes", "seat_of": "CoLocated",
}  # fmt: skip
MUTUAL = frozenset({"CoLocated", "AlliesOf", "FightingAgainst", "CommWith", "IsSynonymOf", "HasAttrOf"})
TALKS = frozenset({"meeting", "negotiation", "request", "visit", "mediation", "demand"})
LIKES = frozenset({"statement_of_support", "recognition", "military_support", "aid"})
DISLIKES = frozenset({"accusation", "condemnation"})
AGENTS = frozenset(
    {
        "attacker",
        "actor",
        "captor",
        "besieger",
        "requester",
        "participant",
        "visitor",
        "accuser",
        "supporter",
        "demander",
    }
)
PATIENTS = frozenset(
    {"target", "victim", "captive", "besieged", "recipient", "host", "accused", "supported", "demandee"}
)
DETERMINERS = ("the ", "a ", "an ", "this ", "that ", "these ", "those ", "some ", "several ")
PRONOUNS = frozenset(
    "i me my myself we us our ours ourselves you your he him his himself she her hers herself it its itself they them "
    "their theirs themselves here who whom whose which that there".split()
)
NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?|scores|"
    r"tens|several|many|few|half|both|a couple|a pair)\b",
    re.IGNORECASE,
)
SETTLEMENT = re.compile(r"(?:[\w-]+ ){0,2}(?:city|town|village|province|district|suburb|region|port|area) of $")
AT_PLACE = re.compile(
    r"^[^.;:()]{0,20}?\b(?:in|at|near|on|from|outside|inside|around|across|to|into|of) (?:[\w'’-]+ ){0,3}$"
)
WELCOMES = re.compile(r"\b(?:welcom|prais|commend|applaud|hail|congratulat|salut)", re.IGNORECASE)
# kinds of place, the narrowest first
WIDTH = ("facility", "area", "settlement", "natural", "admin2", "admin1", "country")
IN_WIDER = re.compile(r"(?: \w+)?(?:, | in | of | area of | \()(?:the |northern |southern |eastern |western )?")
# mentions of one actor this close stand in apposition
NEAR = 12


class Span(NamedTuple):
    """Characters [start, end) of one type."""

    start: int
    end: int
    type: str


class Link(NamedTuple):
    """A relation between two spans."""

    type: str
    source: Span
    target: Span


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    reports = [bench.report(str(row["doc_id"]), row["text"]) for row in rows]
    entities = Tally()
    relations = Tally()
    for row, reading in zip(rows, bench.read(reports), strict=True):
        entities.add(own_entities(reading), gold_entities(row), same_entity)
        relations.add(own_relations(reading), gold_relations(row), same_relation)
    return {"entity_f1": entities.f1, "relation_f1": relations.f1}


class Tally:
    """Right, given and wanted, summed over rows."""

    def __init__(self) -> None:
        self.right = self.given = self.wanted = 0

    def add[T](self, own: list[T], gold: list[T], same: Callable[[T, T], bool]) -> None:
        """Pair each with one of the other side, in text order."""
        left = list(gold)
        self.given += len(own)
        self.wanted += len(gold)
        for one in own:
            match = next((other for other in left if same(one, other)), None)
            if match is not None:
                left.remove(match)
                self.right += 1

    @property
    def f1(self) -> float | None:
        """F1, or None where neither side has anything."""
        total = self.given + self.wanted
        return round(2 * self.right / total, 4) if total else None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without a leading determiner and a trailing possessive."""
    words = text[start:end].lower()
    for determiner in DETERMINERS:
        if words.startswith(determiner):
            start += len(determiner)
            break
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    return start, end


def gold_entities(row: dict[str, Any]) -> list[Span]:
    """The sure entities of a row."""
    found = [
        Span(*trim(row["text"], e["start"], e["end"]), "MilitaryPlatform" if e["type"] == "Vehicle" else e["type"])
        for e in row["entities"]
        if e["confidence"] >= LEAST_CONFIDENCE and e["text"].lower() not in PRONOUNS
    ]
    return sorted(set(found))


def gold_relations(row: dict[str, Any]) -> list[Link]:
    """The relations of a row."""
    found = [
        Link(
            relation["type"],
            Span(relation["source"]["start"], relation["source"]["end"], ""),
            Span(relation["target"]["start"], relation["target"]["end"], ""),
        )
        for relation in row["relations"]
    ]
    links = sorted(set(found))
    # what has no direction is one relation, though it be marked both ways round
    return [
        link
        for n, link in enumerate(links)
        if link.type not in MUTUAL or Link(link.type, link.target, link.source) not in links[:n]
    ]


def own_entities(reading: Reading) -> list[Span]:
    """The entities of a reading, in re3d's types."""
    text = reading.report.text
    found: set[Span] = set()
    whole = [Span(m.evidence[0].start, m.evidence[-1].end, m.id) for m in reading.mentions if m.form != "pronoun"]
    titles = {e.end: e.start for actor in reading.actors for role in actor.roles for e in role.evidence}
    for mention in reading.mentions:
        start, end = mention.evidence[0].start, mention.evidence[-1].end
        if mention.kind not in KINDS or mention.form == "pronoun":
            continue
        kind = KINDS[mention.kind]
        if any(o.start <= start and end <= o.end and o.end - o.start > end - start for o in whole):
            continue
        if mention.form == "adjective":
            kind = "Nationality"
        elif kind == "Person" and mention.form == "name":
            start = next((titles[at] for at in (start - 1, start - 2) if at in titles), start)
        elif kind == "Location" and (before := SETTLEMENT.search(text[max(0, start - 60) : start])):
            start -= len(before.group())
        found.add(Span(*trim(text, start, end), kind))
    found |= {Span(*trim(text, t.evidence[0].start, t.evidence[-1].end), "Temporal") for t in reading.timexes}
    for quantity in reading.quantities:
        span = number_span(quantity.evidence[0], quantity.of)
        if span and quantity.kind != "duration":
            found.add(Span(*span, "Money" if quantity.kind == "money" else "Quantity"))
    return sorted(found)


def number_span(words: Evidence, of: str | None) -> tuple[int, int] | None:
    """The figure without the words that bound it and what it counts; None where no number is said."""
    match = NUMBER.search(words.quote)
    if match is None or words.quote == of:
        return None
    start = match.start() - (match.start() > 0 and words.quote[match.start() - 1] in "$£€")
    quote = words.quote[start:]
    if of and quote.endswith(of):
        quote = quote.removesuffix(of).rstrip().removesuffix(" of").rstrip()
    return words.start + start, words.start + start + len(quote)


def own_relations(reading: Reading) -> list[Link]:
    """The relations of a reading, in re3d's types."""
    mentions = _Mentions(reading)
    found: dict[Link, None] = {}
    for link in (
        *_told(reading, mentions),
        *_of_events(reading, mentions),
        *_counted(reading),
        *_synonyms(reading),
        *_at_places(reading),
        *_in_wider(reading),
        *_welcomed(reading),
    ):
        found[link] = None
    return sorted(found)


class _Mentions:
    """Where the actors and places of a reading are named."""

    def __init__(self, reading: Reading) -> None:
        spans = {m.id: Span(m.evidence[0].start, m.evidence[-1].end, "") for m in reading.mentions}
        self._of = {node.id: [spans[m] for m in node.mentions] for node in (*reading.actors, *reading.places)}

    def near(self, node: str, evidence: Evidence) -> Span | None:
        """The mention of an actor or place inside some words."""
        return next((s for s in self._of.get(node, []) if s.start < evidence.end and evidence.start < s.end), None)


def _told(reading: Reading, mentions: _Mentions) -> Iterator[Link]:
    for relation in reading.relations:
        kind = RELATIONS[relation.type]
        for evidence in relation.evidence:
            source, target = mentions.near(relation.subject, evidence), mentions.near(relation.object, evidence)
            if source and target:
                yield Link(kind, source, target)
    for control in reading.control:
        for evidence in control.evidence:
            holder, place = mentions.near(control.holder, evidence), mentions.near(control.place, evidence)
            if holder and place and control.status in {"holds", "seat", "presence"}:
                yield Link("CoLocated" if control.status == "presence" else "InChargeOf", holder, place)


def _of_events(reading: Reading, mentions: _Mentions) -> Iterator[Link]:
    for event in reading.events:
        agents = [a.evidence[0] for a in event.arguments if a.role in AGENTS]
        patients = [a.evidence[0] for a in event.arguments if a.role in PATIENTS]
        kind = (
            "CommWith" if event.type in TALKS
            else "Likes" if event.type in LIKES
            else "Dislikes" if event.type in DISLIKES
            else "FightingAgainst"
        )  # fmt: skip
        pairs = [(a, p) for a in agents for p in patients]
        if event.type.endswith(("strike", "shelling", "bombing")):
            pairs += [(event.trigger, p) for p in patients]
        if event.type in TALKS:
            pairs += [(a, b) for n, a in enumerate(agents) for b in agents[n + 1 :]]
        for one, other in pairs:
            if _same_sentence(reading, one, other):
                yield Link(kind, _span(one), _span(other))
        if kind == "FightingAgainst":
            for n, one in enumerate(agents):
                for other in agents[n + 1 :]:
                    if _same_sentence(reading, one, other):
                        yield Link("AlliesOf", _span(one), _span(other))
        if event.place and event.place.basis == "stated":
            for sentence in event.evidence:
                place = mentions.near(event.place.id, sentence)
                inside = [e for e in (*agents, *patients) if place and sentence.start <= e.start < sentence.end]
                for evidence in inside:
                    if place and not (place.start < evidence.end and evidence.start < place.end):
                        yield Link("CoLocated", _span(evidence), place)


def _counted(reading: Reading) -> Iterator[Link]:
    for quantity in reading.quantities:
        span, whole = number_span(quantity.evidence[0], quantity.of), quantity.evidence[0]
        if span and span[1] < whole.end and quantity.kind not in {"duration", "money"}:
            yield Link("HasAttrOf", Span(span[1] + 1, whole.end, ""), Span(*span, ""))


def _synonyms(reading: Reading) -> Iterator[Link]:
    """Two mentions of one actor or place that stand in apposition."""
    spans = {m.id: m for m in reading.mentions}
    for node in (*reading.actors, *reading.places):
        told = sorted((spans[m] for m in node.mentions), key=lambda m: m.evidence[0].start)
        for one, other in pairwise(told):
            gap = other.evidence[0].start - one.evidence[-1].end
            if 0 < gap <= NEAR and "pronoun" not in {one.form, other.form}:
                yield Link("IsSynonymOf", _span(one.evidence[0]), _span(other.evidence[0]))
    for actor in reading.actors:
        names = [spans[m].evidence[0] for m in actor.mentions if spans[m].form == "name"]
        for title in (role.evidence[0] for role in actor.roles if role.evidence):
            beside = [n for n in names if _apposed(reading.report.text, title, n)]
            if beside:
                yield Link("IsSynonymOf", _span(title), _span(beside[0]))


def _apposed(text: str, one: Evidence, other: Evidence) -> bool:
    """Whether a comma sets two names beside each other ("the commander, Gen. Lee"; "Lee, the commander")."""
    first, last = sorted((one, other), key=lambda words: words.start)
    gap = text[first.end : last.start]
    return gap.startswith(",") and len(gap) <= NEAR


def _at_places(reading: Reading) -> Iterator[Link]:
    """A mention, a preposition of place, and the place: "soldiers in Mosul"."""
    text = reading.report.text
    ordered = sorted((m for m in reading.mentions if m.form != "pronoun"), key=lambda m: m.evidence[0].start)
    for one, other in pairwise(ordered):
        gap = text[one.evidence[-1].end : other.evidence[0].start]
        there = other.kind in {"place", "facility"} and other.form != "adjective"
        if there and one.kind != "place" and not gap.startswith("-") and AT_PLACE.match(gap):
            yield Link("CoLocated", _span(one.evidence[0]), _span(other.evidence[0]))


def _in_wider(reading: Reading) -> Iterator[Link]:
    """A place and the wider one named right after it: "Mosul, Iraq", "Ninewa province in Iraq"."""
    text = reading.report.text
    places = {mention: place for place in reading.places for mention in place.mentions}
    named = [m for m in reading.mentions if m.id in places and m.form == "name"]
    for one, other in pairwise(sorted(named, key=lambda m: m.evidence[0].start)):
        gap = text[one.evidence[-1].end : other.evidence[0].start]
        inner, outer = places[one.id], places[other.id]
        wider = WIDTH.index(outer.kind) > WIDTH.index(inner.kind) and outer.country == inner.country
        if wider and IN_WIDER.fullmatch(gap):
            yield Link("CoLocated", _span(one.evidence[0]), _span(other.evidence[0]))


def _welcomed(reading: Reading) -> Iterator[Link]:
    """Who welcomes or praises, with whom or what the praise names first."""
    for claim in reading.claims:
        if claim.speaker is None or not WELCOMES.search(claim.cue[0].quote):
            continue
        start, end = claim.content[0].start, claim.content[-1].end
        named = (m.evidence[0] for m in reading.mentions if m.form != "pronoun" and start <= m.evidence[0].start < end)
        first = min(named, key=lambda words: words.start, default=None)
        if first:
            # the words beside the cue may be a pronoun; the last say who that is
            yield Link("Likes", _span(claim.speaker.evidence[-1]), _span(first))


def _same_sentence(reading: Reading, one: Evidence, other: Evidence) -> bool:
    return any(s.start <= one.start < s.end and s.start <= other.start < s.end for s in reading.sentences)


def _span(evidence: Evidence) -> Span:
    return Span(evidence.start, evidence.end, "")


def same_entity(own: Span, gold: Span) -> bool:
    """Equal types, and at least half of the characters of the union in common."""
    if own.type != gold.type:
        return False
    common = min(own.end, gold.end) - max(own.start, gold.start)
    return common > 0 and 2 * common >= max(own.end, gold.end) - min(own.start, gold.start)


def same_relation(own: Link, gold: Link) -> bool:
    """Equal types, and ends that overlap."""
    if own.type != gold.type:
        return False
    straight = _touch(own.source, gold.source) and _touch(own.target, gold.target)
    return straight or (own.type in MUTUAL and _touch(own.source, gold.target) and _touch(own.target, gold.source))


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
