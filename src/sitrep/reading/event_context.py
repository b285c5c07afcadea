"""Where and when an event happened, as its clause, its sentence and the text before it say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import msgspec

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
# far from a trigger, these stand for those who act, not for a place
ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "poss"})
# where the name of a country does not act
PASSIVE_PARTS = frozenset({"nsubjpass", "poss", "compound", "pobj", "appos", "nmod"})
# words between a place and the one that it lies in: "the village of Zarf in the northern Hama province"
BETWEEN_PLACES = frozenset(
    "northern southern eastern western central northeastern northwestern southeastern southwestern rural neighborhood "
    "neighbourhood district town village area province region nearby rebel-held government-held".split()
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# a date that stands alone: day, month, year, weekday and their commas
HEAD_TOKENS = 7
DASHES = frozenset({"-", "–", "—", "--"})
# words of an outlet's name, its dash included
MASTHEAD = 4
# place, country, date and agency in brackets, with their commas
DATELINE_TOKENS = 18
# "a day after": the days that lie between
DAYS_OF = {"P1D": 1, "P2D": 2, "P3D": 3, "P4D": 4, "P5D": 5, "P6D": 6, "P1W": 7, "P2W": 14, "P3W": 21, "PTXH": 0}
# steps from which a time is no longer that of the trigger's own clause
FAR = 4.0
# between the ends of a range
THROUGH = frozenset({"-", "–", "—", "to", "until", "till", "through"})
# words of a sentence that tells again what an earlier one told; fewer are no sign
TWIN_WORDS, TWIN_SHARE = 8, 0.85
# an event dated this long before publication is told as history (days)
BACKGROUND_DAYS = 45


class After(NamedTuple):
    """The verb whose event came so many days after another."""

    governor: int
    days: int


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
        self.twins = twins(parse)

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
        if found:
            found.sort(key=lambda row: row[0])
            best = self._finest(found, self._said_inside(start, end))
            exact = precision(best[1])
            near = exact == 1 and self._near(best[1], start, end)
            away = all(measured_from(parse, t) for t, place in self.in_range(start, end) if place.id == best[1].id)
            if away:  # "a town northeast of Damascus": no more than near it
                return EventPlace(id=best[1].id, precision=max(2, exact), basis="near")
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

    def _finest(self, found: list[tuple[float, Place, str]], inside: set[tuple[str, str]]) -> tuple[float, Place, str]:
        """What lies in the nearest place by its wording, or stands about as near and is finer.

        A country gives way to a settlement in it ("in Sirte, Libya"), a valley to its village ("Douma in Ghouta").
        """
        best = found[0]
        inner = next((row for row in found[1:] if (row[1].id, best[1].id) in inside and row[1].kind != "country"), None)
        if inner is not None:
            return inner
        for row in found[1:]:
            finer = fineness(row[1]) < fineness(best[1])
            same = row[1].country in (best[1].country, None)
            wide = fineness(best[1]) >= FINENESS["admin2"]
            if finer and same and row[0] - best[0] < (2.5 if wide else 1.2) and (wide or row[1].kind != "settlement"):
                return row
        return best

    def _said_inside(self, start: int, end: int) -> set[tuple[str, str]]:
        """Pairs of places of a sentence of which the words say that the first lies in the second."""
        parse = self.page.parse
        pairs: set[tuple[str, str]] = set()
        for (one, inner), (two, outer) in pairwise(self.in_range(start, end)):
            gap = [word for word in parse.lowers[one + 1 : two] if word not in BETWEEN_PLACES]
            if inner.id != outer.id and gap in (["in"], [","], ["in", "the"]):
                pairs.add((inner.id, outer.id))
        return pairs

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
        """The time of an event: the timex nearest in its clause, else in its sentence, else the text before.

        A relative clause dates what it tells, not what its sentence tells beside it.
        """
        parse = self.page.parse
        sentence = parse.sent_of[hit.token]
        after = self._days_after(hit)
        best: tuple[float, Timex] | None = None
        stamp: Timex | None = None
        for timex in self._dates(sentence):
            token = parse.token_at(timex.evidence[0].end - 1)
            if token is None:
                continue
            if is_stamp(self.page, timex):
                stamp = timex
                continue
            distance = self._time_distance(token, hit if after is None else after.governor)
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, timex)
        if best is None and sentence in self.twins:
            twin = self.twins[sentence]
            best = next(((4.0, timex) for timex in self._dates(twin)), None)
            last = self.dated_head(twin) or last
        if best and best[0] >= FAR and last is not None and self._told_again(hit):
            best = None  # "the raid hit a town where fighters had killed a pilot on Friday"
        if best:
            time = self._event_time(best[1], "stated" if best[0] < FAR else "sentence", hit.token)
            return time if after is None else _shifted(time, -after.days)
        if last is not None:
            basis = "published" if last.basis == "published" else "context"
            time = msgspec.structs.replace(last, basis=basis)
            return time if after is None else _shifted(time, -after.days)
        return self._event_time(stamp, "published", hit.token) if stamp else None

    def _dates(self, sentence: int) -> list[Timex]:
        """The time expressions of a sentence that say when."""
        return [
            timex
            for timex in self.page.timexes_by_sentence.get(sentence, [])
            if timex.type != "SET" and not timex.value.endswith("_REF") and timex.start is not None
        ]

    def _event_time(self, timex: Timex, basis: str, trigger: int) -> EventTime:
        """A timex as the time of an event: with the other end of its range; "since May" lasts until the report.

        What came about then ("since 2011, when the protests began") has its time, not its length.
        """
        start, end, precision = timex.start, timex.end, timex.precision
        now = self.page.report.published.value
        first, last = self._range_with(timex)
        if first and last and first.start and last.start and last.end:
            start, end, precision = first.start, last.end, "range"
            if start > end:  # "between Monday and Wednesday", told on a Monday
                start = (date.fromisoformat(start) - timedelta(days=7)).isoformat()
        elif now and end and end < now and self._since(timex) and not self._came_about(timex, trigger):
            end, precision = now[:10], "range"
        return EventTime(timex=timex.id, start=start, end=end, precision=precision, basis=basis)

    def _range_with(self, timex: Timex) -> tuple[Timex | None, Timex | None]:
        """The ends of the range of a timex: "between Monday and Wednesday", "3-5 August", "from 2014 to 2015"."""
        parse = self.page.parse
        token = parse.token_at(timex.evidence[0].start)
        if token is None:
            return None, None
        dates = [one for one in self._dates(parse.sent_of[token]) if one.type != "DURATION"]
        for one, two in pairwise(dates):
            if timex.id not in (one.id, two.id):
                continue
            first, last = one.evidence[0], two.evidence[0]
            gap = parse.text[first.end : last.start].strip().lower()
            opens = parse.text[: first.start].rstrip().lower()
            if gap in THROUGH or (gap == "and" and opens.endswith("between")):
                return one, two
        return None, None

    def _since(self, timex: Timex) -> bool:
        parse = self.page.parse
        first = parse.token_at(timex.evidence[0].start)
        return first is not None and first > 0 and parse.lowers[first - 1] == "since"

    def _came_about(self, timex: Timex, trigger: int) -> bool:
        """Whether a trigger stands in the clause that says what happened at a time: "in 2011, when …"."""
        parse = self.page.parse
        last = parse.token_at(timex.evidence[0].end - 1)
        if last is None:
            return False
        words = [at for at in range(last + 1, trigger) if parse.pos[at] != "PUNCT"]
        return bool(words) and parse.lowers[words[0]] == "when"

    def _told_again(self, hit: Hit) -> bool:
        """Whether a trigger is a noun that points back ("the bombardment")."""
        parse = self.page.parse
        return hit.noun and any(parse.lowers[kid] in ("the", "this", "these") for kid in parse.kids(hit.token, "det"))

    def _days_after(self, hit: Hit) -> After | None:
        """What an event precedes by a stated time: "shot on Saturday, a day after the killing of a pilot"."""
        parse = self.page.parse
        durations = {
            parse.token_at(timex.evidence[0].end - 1): timex.value
            for timex in self.page.timexes_by_sentence.get(parse.sent_of[hit.token], [])
            if timex.type == "DURATION"
        }
        if not durations:
            return None
        for at in (hit.token, *parse.ancestors(hit.token)):
            mark = next((kid for kid in parse.kids(at, "mark") if parse.lowers[kid] == "after"), None)
            if mark is None and parse.lowers[at] == "after" and parse.deps[at] in ("prep", "advcl"):
                mark = at
            if mark is not None:
                days = DAYS_OF.get(durations.get(mark - 1, ""))
                return After(parse.heads[at], days) if days is not None and parse.heads[at] != at else None
        return None

    def aside(self, token: int) -> bool:
        """Whether a token stands in a relative clause."""
        parse = self.page.parse
        return any(parse.deps[at] in ("relcl", "acl") for at in (token, *parse.ancestors(token)))

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

    def _time_distance(self, token: int, hit: Hit | int) -> float | None:
        """How far a time stands from a trigger or verb in the tree; None where another clause keeps it for itself."""
        parse = self.page.parse
        if isinstance(hit, int):
            trigger, anchors = hit, {hit}
        else:
            trigger = hit.token
            anchors = {hit.token, *(t for t in (hit.frame.light, hit.frame.verb) if t is not None)}
        above = {trigger, *parse.ancestors(trigger)}
        at, steps, aside = token, 0.0, False
        while at not in anchors:
            head = parse.heads[at]
            if head == at or at in above:
                return None if aside else 5.0 + abs(token - trigger) * 0.1
            if parse.deps[at] in ("relcl", "ccomp", "advcl"):
                steps += 1.5
            if parse.deps[at] in ("relcl", "acl") and head not in anchors:
                aside = True
            steps += 0.5
            at = head
        return None if aside else steps


def twins(parse: Parse) -> dict[int, int]:
    """Sentences that repeat an earlier one, all but its date: pages print a chronicle twice."""
    found: dict[int, int] = {}
    seen: dict[str, list[tuple[int, set[str]]]] = {}
    for number, (start, end) in enumerate(parse.sents):
        said = {word for word in parse.lowers[start:end] if word[0].isalpha()}
        if len(said) < TWIN_WORDS:
            continue
        rare = sorted(said, key=lambda word: (-len(word), word))[:3]
        for word in rare:
            for earlier, others in seen.get(word, ()):
                if number not in found and len(said & others) >= TWIN_SHARE * min(len(said), len(others)):
                    found[number] = earlier
        for word in rare:
            seen.setdefault(word, []).append((number, said))
    return found


def _shifted(time: EventTime, days: int) -> EventTime:
    """A time so many days on, where it is a day or a range of days."""
    if time.start is None or time.end is None or time.precision not in ("day", "range"):
        return time
    first, last = date.fromisoformat(time.start[:10]), date.fromisoformat(time.end[:10])
    by = timedelta(days=days)
    return msgspec.structs.replace(time, start=(first + by).isoformat(), end=(last + by).isoformat())


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


def is_stamp(page: Page, timex: Timex) -> bool:
    """Whether a full date is when the page was published ("Published October 3 2016", "AFP Friday 28 Oct 2016"): that
    dates no event.
    """
    words, published = timex.evidence[0], page.report.published.value
    if published is None or timex.value != published[:10] or not YEAR.search(words.quote):
        return False
    token = page.parse.token_at(words.start)
    passage = page.passage(words.start)
    if token is None or passage is None or (token > 0 and page.parse.pos[token - 1] == "ADP"):
        return False
    return page.parse.deps[page.parse.heads[token]] != "prep"


def is_background(time: EventTime | None, published: str | None) -> bool:
    """Whether an event ended so long before publication that the report tells it as history."""
    if time is None or time.end is None or published is None:
        return False
    try:
        return (date.fromisoformat(published[:10]) - date.fromisoformat(time.end[:10])).days > BACKGROUND_DAYS
    except ValueError:
        return False
