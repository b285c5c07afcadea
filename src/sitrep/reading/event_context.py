"""Where and when an event happened, as its clause, its sentence and the text before it say."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from sitrep.model import EventPlace, EventTime, Place, Timex
from sitrep.reading.page import Page
from sitrep.reading.triggers import Hit

LOCATIVE = frozenset(
    "in at near on outside inside around across over along from of into within throughout north south east west "
    "off by to against for between".split()
)
# finer places win over coarser ones
FINENESS = {"facility": 0, "settlement": 1, "natural": 2, "area": 2, "admin2": 3, "admin1": 4, "country": 6}
# UCDP where_prec by kind of place: exact 1, near 2, second order 3, first order 4, vague 5, country 6
PRECISION = {"facility": 1, "settlement": 1, "natural": 5, "area": 5, "admin2": 3, "admin1": 4, "country": 6}
DASHES = frozenset({"-", "–", "—", "--"})
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
            if place is not None and token is not None and mention.form != "adjective":
                if in_dateline(page, token):
                    self.dateline = self.dateline or place
                else:
                    self.places.append((token, place))
        self.places.sort(key=lambda pair: pair[0])
        self.tokens = [token for token, _ in self.places]

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
            if place.kind == "country" and not self._locative(token):
                continue
            distance, basis = self._distance(token, anchors, own, target)
            if distance is None:
                continue
            found.append((distance + 0.1 * FINENESS[place.kind], place, basis))
        if found:
            found.sort(key=lambda row: row[0])
            best = self._finest(found)
            near = self._near(best[1], start, end)
            return EventPlace(
                id=best[1].id,
                precision=2 if near and PRECISION[best[1].kind] == 1 else PRECISION[best[1].kind],
                basis=best[2],
            )
        if last is not None:
            return EventPlace(id=last.id, precision=last.precision, basis="context")
        return None

    def _finest(self, found: list[tuple[float, Place, str]]) -> tuple[float, Place, str]:
        """A country gives way to a settlement in it ("in Sirte, Libya") that stands about as near."""
        best = found[0]
        if best[1].kind in ("country", "admin1", "area", "admin2"):
            for row in found[1:]:
                finer = FINENESS[row[1].kind] < FINENESS[best[1].kind]
                if finer and row[1].country == best[1].country and row[0] - best[0] < 2.5:
                    return row
        return best

    def _locative(self, token: int) -> bool:
        parse = self.page.parse
        return parse.deps[token] == "pobj" and parse.lowers[parse.heads[token]] in LOCATIVE - {
            "of",
            "from",
            "by",
            "to",
            "against",
            "for",
        }

    def _near(self, place: Place, start: int, end: int) -> bool:
        parse = self.page.parse
        for token, other in self.in_range(start, end):
            if other.id == place.id:
                first = parse.left[token]
                before = parse.lowers[max(start, first - 2) : first]
                if {"near", "outside", "around"} & set(before) or parse.lowers[parse.heads[token]] in (
                    "near",
                    "outside",
                    "around",
                ):
                    return True
        return False

    def _distance(self, token: int, anchors: set[int], own: set[int], target: set[int]) -> tuple[float | None, str]:
        """How far a place stands from a trigger in the tree, and what it is to the event."""
        parse = self.page.parse
        at, steps, through_prep, said = token, 0.0, False, False
        while True:
            if at in own:
                return 0.0 + 0.1 * steps, "stated"
            if at in target:
                return 0.5 + 0.1 * steps, "target"
            if at in anchors:
                return 1.0 + steps, "stated" if through_prep else "sentence"
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
        if parse.deps[token] in ("nsubj", "poss") and not through_prep:
            return None, ""
        first = min(anchors)
        return 4.0 + abs(token - first) * 0.05 + (1.0 if said else 0.0), "sentence"

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
