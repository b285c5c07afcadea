"""Where and when an event happened, as its clause, its sentence and the text before it say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from datetime import date

from sitrep.model import EventPlace, EventTime, Place, Timex
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.triggers import Hit

LOCATIVE = frozenset(
    "in at near on outside inside around across over along from of into within throughout north south east west "
    "off by to against for between".split()
)
# prepositions that say where ("to", "of" and their like may also say whose or whither)
AT = LOCATIVE - {"of", "from", "by", "to", "against", "for"}
# finer places win over coarser ones
FINENESS = {
    "facility": 0.0, "settlement": 1.0, "natural": 3.0, "area": 3.0, "admin2": 2.0, "admin1": 4.0, "country": 6.0,
}  # fmt: skip
# UCDP where_prec by kind of place: exact 1, near 2, second order 3, first order 4, vague 5, country 6
PRECISION = {"facility": 1, "settlement": 1, "natural": 5, "area": 5, "admin2": 3, "admin1": 4, "country": 6}
COUNTRY = 6
# words between a place and what lies off it
AWAY = frozenset(
    "km kilometre kilometer mile m metre meter north south east west northeast northwest southeast southwest "
    "kilometres kilometers miles".split()
)
# districts and valleys reach no farther than this, regions do (km)
SMALL_KM = 30.0
NEARBY = frozenset({"near", "outside", "around"})
# what a definite noun for a place may point back to
POINTS_TO = {
    "town": ("settlement",), "village": ("settlement",), "city": ("settlement",), "camp": ("facility", "settlement"),
    "neighbourhood": ("area",), "neighborhood": ("area",), "suburb": ("area", "settlement"),
    "district": ("area", "admin2"), "province": ("admin1",), "governorate": ("admin1",), "enclave": ("area",),
    "country": ("country",),
}  # fmt: skip
# far from a trigger, these stand for those who act, not for a place
ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "poss"})
# where the name of a country does not act
PASSIVE_PARTS = frozenset({"nsubjpass", "poss", "compound", "pobj", "appos", "nmod"})
# a date that stands alone: day, month, year, weekday and their commas
HEAD_TOKENS = 7
DASHES = frozenset({"-", "–", "—", "--"})
# words of an outlet's name, its dash included
MASTHEAD = 4
# place, country, date and agency in brackets, with their commas
DATELINE_TOKENS = 18
# an event dated this long before publication is told as history (days)
BACKGROUND_DAYS = 45


class Surroundings:
    """Places and times of one page by token, for events to take theirs from."""

    def __init__(self, page: Page) -> None:
        self.page = page
        parse = page.parse
        self.places: list[tuple[int, Place]] = []
        self.dateline: Place | None = None
        for mention in page.layers.mentions:
            place = page.place_of.get(mention.id)
            token = parse.token_at(mention.head.start) if place else None
            if place is None or token is None or in_masthead(page, token):
                continue
            if mention.form != "adjective" and not seat(parse, token):
                if in_dateline(page, token):
                    self.dateline = self.dateline or place
                else:
                    self.places.append((token, place))
        self.places.sort(key=lambda pair: pair[0])
        self.tokens = [token for token, _ in self.places]
        countries = Counter(place.country for _, place in self.places if place.country)
        often = countries.most_common(1)[0][0] if countries else None
        # "the country": the one in which most of what the report names lies
        self.country = next((p for _, p in self.places if p.kind == "country" and p.country == often), None)

    def in_range(self, start: int, end: int) -> list[tuple[int, Place]]:
        """Places named by the tokens [start, end)."""
        first = bisect_right(self.tokens, start - 1)
        last = bisect_right(self.tokens, end - 1)
        return self.places[first:last]

    def place_of(self, hit: Hit, last: EventPlace | None) -> EventPlace | None:
        """The place of an event: its own complements, its target, its clause, its sentence, then the text before."""
        parse = self.page.parse
        found: list[tuple[float, Place, str]] = []
        start, end = parse.sentence(hit.token)
        anchors = {hit.token, *(t for t in (hit.frame.light, hit.frame.verb) if t is not None)}
        own = {
            t
            for prep in ("in", "at", "near", "outside", "inside", "around", "across", "over", "along", "on", "between")
            for t in hit.frame.preps.get(prep, [])
        }
        target = {
            *hit.frame.object,
            *hit.frame.preps.get("of", []),
            *hit.frame.preps.get("against", []),
            *hit.frame.preps.get("on", []),
        }
        for token, place in self.in_range(start, end):
            if (place.kind == "country" or self.page.actor_at(token)) and not self._locative(token):
                continue
            distance, basis = self._distance(token, anchors, own, target)
            if distance is None:
                continue
            aside = 1.5 if measured_from(parse, token) else 0.6 if self._near(place, start, end) else 0.0
            found.append((distance + aside + 0.1 * fineness(place), place, basis))
        for token in range(start, end):
            meant = self._pointed_at(token)
            if meant is not None:
                distance, basis = self._distance(token, anchors, own, target)
                if distance is not None and distance < 4:
                    found.append((distance + 0.2 + 0.1 * fineness(meant), meant, "sentence"))
        if found:
            found.sort(key=lambda row: row[0])
            best = self._finest(found)
            exact = precision(best[1])
            near = exact == 1 and self._near(best[1], start, end)
            return EventPlace(id=best[1].id, precision=2 if near else exact, basis=best[2])
        home = self._home(start, end)
        if home is not None and last is None:
            return home
        if last is not None:
            # a place that only carries over is never exact: it happened there or near there
            return EventPlace(id=last.id, precision=max(2, last.precision), basis="context")
        return None

    def _home(self, start: int, end: int) -> EventPlace | None:
        """The country that the report is about, where the sentence names it in whatever part ("Syria's war began")."""
        parse = self.page.parse
        told = [token for token, place in self.in_range(start, end) if self.country and place.id == self.country.id]
        if self.country and any(parse.deps[token] in PASSIVE_PARTS for token in told):
            return EventPlace(id=self.country.id, precision=COUNTRY, basis="sentence")
        return None

    def _finest(self, found: list[tuple[float, Place, str]]) -> tuple[float, Place, str]:
        """A country gives way to a settlement in it ("in Sirte, Libya") that stands about as near."""
        best = found[0]
        for row in found[1:]:
            finer = fineness(row[1]) < fineness(best[1])
            same = row[1].country in (best[1].country, None)
            wide = fineness(best[1]) >= FINENESS["admin2"]
            if finer and same and row[0] - best[0] < (2.5 if wide else 1.2) and (wide or row[1].kind != "settlement"):
                return row
        return best

    def _pointed_at(self, token: int) -> Place | None:
        """The place that "the town" or "the province" points back to: the last one of its kind."""
        parse = self.page.parse
        kinds = POINTS_TO.get(parse.lemmas[token])
        if kinds is None or parse.deps[token] not in ("pobj", "dobj", "nsubjpass") or self.page.place_at(token):
            return None
        if not any(parse.lowers[kid] in ("the", "this", "that") for kid in parse.kids(token, "det")):
            return None
        if any(parse.deps[kid] in ("prep", "appos", "relcl", "compound") for kid in parse.children[token]):
            return None
        if parse.lemmas[token] == "country":
            return self.country
        for n in range(bisect_right(self.tokens, token) - 1, -1, -1):
            if self.places[n][1].kind in kinds and fineness(self.places[n][1]) < FINENESS["country"]:
                return self.places[n][1]
        return None

    def _locative(self, token: int) -> bool:
        parse = self.page.parse
        return parse.deps[token] == "pobj" and parse.lowers[parse.heads[token]] in AT

    def _near(self, place: Place, start: int, end: int) -> bool:
        parse = self.page.parse
        for token, other in self.in_range(start, end):
            if other.id == place.id:
                first = parse.left[token]
                before = parse.lowers[max(start, first - 2) : first]
                if NEARBY & set(before) or parse.lowers[parse.heads[token]] in NEARBY:
                    return True
        return False

    def _distance(self, token: int, anchors: set[int], own: set[int], target: set[int]) -> tuple[float | None, str]:
        """How far a place stands from a trigger in the tree, and what it is to the event."""
        parse = self.page.parse
        at, steps, through_prep, said = token, 0.0, False, False
        whose = 0.0
        while True:
            if at in own:
                return 0.0 + 0.1 * steps, "stated"
            if at in target:
                return 0.5 + 0.1 * steps, "target"
            if at in anchors:
                basis = "context" if whose else "stated" if through_prep else "sentence"
                return 1.0 + steps + whose, basis
            if at != token and parse.pos[at] in ("NOUN", "PROPN") and self.page.actor_at(at):
                # "the government in Tripoli": where they sit, not where anything happened
                whose = 2.5
            head = parse.heads[at]
            if head == at:
                break
            dep = parse.deps[at]
            if dep == "prep":
                through_prep = parse.lowers[at] in LOCATIVE
            if dep in ("ccomp", "relcl", "advcl", "parataxis") and at != token:
                said = True
            steps += 0.5 if dep in ("pobj", "compound", "appos", "conj") else 1.0
            at = head
        if parse.deps[token] in ACTING and not through_prep:
            return None, ""
        first = min(anchors)
        far = 4.0 + whose + abs(token - first) * 0.05 + (1.0 if said else 0.0)
        return far, "context" if whose else "sentence"

    def time_of(self, hit: Hit, last: EventTime | None) -> EventTime | None:
        """The time of an event: the timex that stands nearest in its clause, else in its sentence, else the "
        "text before.
        """
        parse = self.page.parse
        best: tuple[float, Timex] | None = None
        for timex in self.page.timexes_by_sentence.get(parse.sent_of[hit.token], []):
            if timex.type in ("DURATION", "SET") or timex.value.endswith("_REF") or timex.start is None:
                continue
            token = parse.token_at(timex.evidence[0].end - 1)
            if token is None:
                continue
            distance = self._time_distance(token, hit)
            if best is None or distance < best[0]:
                best = (distance, timex)
        if best:
            timex = best[1]
            return EventTime(
                timex=timex.id,
                start=timex.start,
                end=timex.end,
                precision=timex.precision,
                basis="stated" if best[0] < 4 else "sentence",
            )
        if last is not None:
            return EventTime(
                timex=last.timex, start=last.start, end=last.end, precision=last.precision, basis="context"
            )
        return None

    def dated_head(self, sentence: int) -> EventTime | None:
        """The date that stands alone before a sentence and dates it, as in a chronicle ("March 2015")."""
        if sentence == 0:
            return None
        parse = self.page.parse
        start, end = parse.sents[sentence - 1]
        if end - start > HEAD_TOKENS:
            return None
        words = [i for i in range(start, end) if parse.pos[i] not in ("PUNCT", "SPACE")]
        if not words or not all(i in self.page.timex_tokens for i in words):
            return None
        for timex in self.page.timexes_by_sentence.get(sentence - 1, []):
            if timex.type == "DATE" and timex.start is not None:
                return EventTime(
                    timex=timex.id, start=timex.start, end=timex.end, precision=timex.precision, basis="sentence"
                )
        return None

    def _time_distance(self, token: int, hit: Hit) -> float:
        parse = self.page.parse
        anchors = {hit.token, *(t for t in (hit.frame.light, hit.frame.verb) if t is not None)}
        at, steps = token, 0.0
        while at not in anchors:
            head = parse.heads[at]
            if head == at:
                return 5.0 + abs(token - hit.token) * 0.1
            if parse.deps[at] in ("relcl", "ccomp", "advcl"):
                steps += 1.5
            steps += 0.5
            at = head
        return steps


def fineness(place: Place) -> float:
    """How fine a place is, the finest lowest: a named district is finer than its town, a region is not."""
    if place.kind in ("area", "natural"):
        if place.radius_km is None:
            return 0.5 if place.kind == "area" else FINENESS[place.kind]
        return 0.5 if place.radius_km <= SMALL_KM else FINENESS["country"] if place.radius_km > 200 else 3.0
    return FINENESS[place.kind]


def precision(place: Place) -> int:
    """The UCDP where_prec that naming a place gives."""
    return 2 if place.kind in ("area", "natural") and fineness(place) < 1.0 else PRECISION[place.kind]


def seat(parse: Parse, token: int) -> bool:
    """Whether a place is only somebody's seat ("the Geneva-based agency")."""
    return parse.lowers[token + 1 : token + 3] == ["-", "based"] or parse.lowers[token].endswith("-based")


def measured_from(parse: Parse, token: int) -> bool:
    """Whether a place only says where another lies ("35 miles from Damascus", "a town northeast of Damascus")."""
    prep = parse.heads[token]
    if parse.deps[token] != "pobj" or parse.lowers[prep] not in ("from", "of"):
        return False
    return parse.lemmas[parse.heads[prep]].lower() in AWAY or parse.lowers[prep - 1] in AWAY | {")"}


def in_masthead(page: Page, token: int) -> bool:
    """Whether a place stands in the outlet's name after a headline ("Ten killed in Aleppo - Daily Sabah")."""
    parse = page.parse
    passage = page.passage(parse.starts[token])
    if passage is None or passage.kind != "headline":
        return False
    tail = page.report.text[parse.ends[token] : passage.end]
    head = page.report.text[passage.start : parse.starts[token]]
    dash = max(head.rfind(" - "), head.rfind(" | "), head.rfind(" – "))
    return dash > 0 and len(head[dash:].split()) + len(tail.split()) <= MASTHEAD and not re.search(r"[.,;:]", tail)


def in_dateline(page: Page, token: int) -> bool:
    """Whether a place stands before the dash that ends a dateline ("SIRTE, Libya, Aug 1 (Reuters) - ").

    That is where the report was filed, not where anything happened.
    """
    parse = page.parse
    start, end = parse.sentence(token)
    for dash in range(start + 1, min(end, start + DATELINE_TOKENS)):
        if parse.words[dash] in DASHES and parse.ends[dash - 1] < parse.starts[dash]:
            opens = page.passage(parse.starts[start])
            return token < dash and opens is not None and opens.start == parse.starts[start]
    return False


def is_background(time: EventTime | None, published: str | None) -> bool:
    """Whether an event ended so long before publication that the report tells it as history."""
    if time is None or time.end is None or published is None:
        return False
    try:
        return (date.fromisoformat(published[:10]) - date.fromisoformat(time.end[:10])).days > BACKGROUND_DAYS
    except ValueError:
        return False
