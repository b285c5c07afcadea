"""ACLED's rules: which events it codes, as what, and which of them make one row.

One row is one pair of actors at one place on one day. Of several tactics in a row, the one that stands
higher in the codebook's table gives the type; the others are named beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sitrep.export._acled_actors import (
    ARMED,
    CIVILIANS,
    STATE,
    Party,
    civilians,
    crowd,
    party,
    unidentified,
)
from sitrep.export._cells import LeftOut, left_out
from sitrep.export._facts import Facts
from sitrep.model import Event, EventTime, Place
from sitrep.ontology.codebooks import Country, load_acled_rules

BATTLES = frozenset({"Government regains territory", "Non-state actor overtakes territory", "Armed clash"})
REMOTE = frozenset({
    "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED", "Grenade",
})  # fmt: skip
AGAINST_CIVILIANS = frozenset({"Sexual violence", "Attack", "Abduction/forced disappearance"})
PROTESTS = frozenset({"Excessive force against protesters", "Protest with intervention", "Peaceful protest"})
RIOTS = frozenset({"Violent demonstration", "Mob violence"})
VIOLENT = BATTLES | REMOTE | AGAINST_CIVILIANS | PROTESTS | RIOTS
# UCDP's where_prec to ACLED's geo_precision; 6 and 7 (a country, the sea) are not coded
GEO = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
UNNAMED = "Unidentified "
WEEK, MONTH = 7, 31


@dataclass(slots=True)
class Draft:
    """A row in the making. fired: rules with what they did; folded: events that lost to the row's own type."""

    events: list[Event]
    sub_event: str
    day: date
    time_precision: int
    time_rule: str
    place: Place
    country: Country
    geo_precision: int
    ones: list[Party]
    twos: list[Party]
    fired: list[str] = field(default_factory=list[str])
    folded: list[str] = field(default_factory=list[str])

    def pair(self) -> frozenset[str]:
        """The names of the row's two sides, in no order."""
        return frozenset(side[0].name for side in (self.ones, self.twos) if side)


def drafts(facts: Facts) -> Iterator[Draft | LeftOut]:
    """The rows of a reading, in the order of their first events, and what is left out."""
    single: list[Draft] = []
    for event in facts.reading.events:
        found = _draft(facts, event)
        if isinstance(found, LeftOut):
            yield found
        else:
            single.append(found)
    yield from _folded(single)


def _draft(facts: Facts, event: Event) -> Draft | LeftOut:
    kind = facts.ontology.events.get(event.type)
    code = kind.crosswalk.acled if kind else None
    if code is None:
        return left_out(facts.reading, event, "ACLED has no type for it")
    if event.factuality not in ("occurred", "ongoing"):
        return left_out(facts.reading, event, f"it did not happen ({event.factuality}), and ACLED codes what happened")
    place = facts.place_of(event)
    if place is None or event.place is None:
        return left_out(facts.reading, event, "no place is known, and ACLED asks for one")
    precision = GEO.get(event.place.precision)
    country = facts.country(place.country)
    if precision is None or place.kind == "country":
        return left_out(facts.reading, event, "the place is no closer than a country: not coded until it can be split")
    if country is None:
        return left_out(facts.reading, event, "the country of the place is not known")
    if place.lat is None or place.lon is None or not (place.admin1 or place.kind == "admin1"):
        return left_out(facts.reading, event, "the place has no known coordinates or no first-level division")
    when = the_day(event.time)
    if when is None:
        known = event.time is not None and event.time.start is not None
        why = "it is dated less closely than to a month" if known else "no date is known, and ACLED asks for one"
        return left_out(facts.reading, event, why)
    day, time_precision, time_rule = when
    draft = Draft([event], code.sub_event_type, day, time_precision, time_rule, place, country, precision, [], [])
    draft.fired.append(f"crosswalk: {event.type} is {code.event_type} / {code.sub_event_type}")
    _set_sides(facts, draft)
    _adjust(facts, draft)
    if not draft.ones:
        return left_out(facts.reading, event, "nobody is named who does it")
    if draft.sub_event in AGAINST_CIVILIANS and not draft.twos:
        return left_out(facts.reading, event, "nobody is named whom it hits, so nothing says that they are civilians")
    return draft


def the_day(time: EventTime | None) -> tuple[date, int, str] | None:
    """A day for an event, ACLED's precision code and the rule; null where less than a month is known."""
    if time is None or not time.start or not time.end:
        return None
    first, last = date.fromisoformat(time.start), date.fromisoformat(time.end)
    days = (last - first).days + 1
    middle = first + timedelta(days=days // 2)
    if days == 1:
        return first, 1, f"the day is {time.basis}"
    if days <= WEEK:
        return middle, 2, f"known to a week ({first} to {last}, {time.basis}): its middle"
    if days <= MONTH:
        return middle, 3, f"known to a month ({first} to {last}, {time.basis}): its middle"
    return None


def _set_sides(facts: Facts, draft: Draft) -> None:
    """Who stands on which side, before the rules of the row's type."""
    event, armed = draft.events[0], draft.sub_event in VIOLENT
    day = draft.day.isoformat()
    for side, role in ((draft.ones, "agent"), (draft.twos, "patient")):
        for argument in facts.side(event, role):
            found = party(facts, argument, draft.country, day, armed=armed)
            known = {one.name for one in (*draft.ones, *draft.twos)}
            if found is not None and found.name not in known:
                side.append(found)
        if any(not one.name.startswith(UNNAMED) for one in side):
            side[:] = [one for one in side if not one.name.startswith(UNNAMED)]
    if not draft.twos and len(draft.ones) > 1 and (draft.sub_event in BATTLES or not armed):
        draft.twos.append(draft.ones.pop(1))
        draft.fired.append("sides: of those who act on each other the second is actor2")


def _adjust(facts: Facts, draft: Draft) -> None:
    """The rules that choose a sub-event type by who the sides are, then the sides by the type."""
    event = draft.events[0]
    if draft.sub_event in PROTESTS or draft.sub_event in RIOTS:
        _adjust_protest(facts, draft)
        return
    victims = [two for two in draft.twos if two.code == CIVILIANS]
    fighters = [two for two in draft.twos if two.code in ARMED]
    if draft.sub_event == "Attack" and fighters and not victims and event.type != "execution":
        draft.folded.append("Attack (Violence against civilians): the victims are armed")
        draft.sub_event = "Armed clash"
        draft.fired.append("armed victims: killing armed people is an armed clash")
    elif draft.sub_event == "Armed clash" and victims and not fighters:
        draft.folded.append("Armed clash (Battles): nobody armed is attacked")
        draft.sub_event = "Attack"
        draft.fired.append("civilian victims: force against civilians alone is an attack on them")
    if draft.sub_event in ("Non-state actor overtakes territory", "Government regains territory") and draft.ones:
        _adjust_territory(draft)
    if draft.sub_event in BATTLES and fighters:
        draft.twos = fighters  # civilians are never an actor of a battle: the notes and the count have them
        if victims:
            draft.fired.append("civilians in a battle: counted and noted, never an actor")
    if draft.sub_event in AGAINST_CIVILIANS:
        draft.twos = victims + fighters
        dead = next((figure for figure in facts.figures(event, "killed") if figure.civilians), None)
        if not draft.twos and dead is not None:
            draft.twos = [civilians(draft.country, "the dead are civilians by the report's words", dead.evidence)]
    elif draft.sub_event in REMOTE:
        draft.twos = fighters + victims
        if fighters and victims:
            draft.fired.append("civilians beside a military target: associated with actor2, no civilian targeting")
    if not draft.ones and draft.sub_event in REMOTE | AGAINST_CIVILIANS:
        draft.ones.append(unidentified(draft.country, air=draft.sub_event == "Air/drone strike"))
    elif not draft.ones and draft.twos and draft.sub_event in BATTLES:
        named = not draft.twos[0].name.startswith(UNNAMED)
        draft.ones = [unidentified(draft.country, air=False)] if named else [draft.twos.pop(0)]
    elif not draft.ones and draft.twos:
        draft.ones, draft.twos = draft.twos, []
        draft.fired.append("one side: those concerned are actor1 where nobody acts")


def _adjust_territory(draft: Draft) -> None:
    before = draft.sub_event
    draft.sub_event = (
        "Government regains territory" if draft.ones[0].code == STATE else "Non-state actor overtakes territory"
    )
    draft.fired.append(
        f"who gains: {draft.ones[0].name} is {'' if draft.ones[0].code == STATE else 'not '}the state in its own "
        "country (that the place is kept longer than a day is not checked)"
    )
    if before != draft.sub_event:
        draft.folded.append(f"{before}: the other side gained")


def _adjust_protest(facts: Facts, draft: Draft) -> None:
    """Demonstrators are actor1; who stands against them is actor2."""
    event = draft.events[0]
    violent = draft.sub_event in RIOTS
    against = draft.ones if event.type == "crowd_dispersal" else draft.twos
    named = draft.twos if event.type == "crowd_dispersal" else draft.ones
    words = tuple(evidence for one in named for evidence in one.evidence)
    draft.ones = [crowd(draft.country, violent=violent)._replace(evidence=words)]
    draft.twos = [one for one in against if one.code in ARMED]
    draft.fired.append("demonstrators: actor1 is the crowd, by country")
    if not violent and draft.twos and facts.figures(event, "killed"):
        draft.folded.append(f"{draft.sub_event}: demonstrators were killed")
        draft.sub_event = "Excessive force against protesters"
        draft.fired.append("deaths among demonstrators: excessive force")


def _folded(single: list[Draft]) -> Iterator[Draft]:
    """One row for a pair of actors, a place and a day; a side that one event does not name may be another's."""
    rows: list[Draft] = []
    for draft in sorted(single, key=lambda draft: len(draft.pair()), reverse=True):
        same = next((row for row in rows if _same(row, draft)), None)
        fought = next((row for row in rows if _of_one_fight(row, draft)), None) if same is None else None
        if same is not None:
            _merge(same, draft)
        elif fought is not None:
            _lend(fought, draft)
        else:
            rows.append(draft)
    yield from sorted(rows, key=lambda row: min(event.trigger.start for event in row.events))


def _same(row: Draft, draft: Draft) -> bool:
    if (row.place.id, row.day, row.time_precision) != (draft.place.id, draft.day, draft.time_precision):
        return False
    crowds = PROTESTS | RIOTS
    if row.sub_event in crowds and draft.sub_event in crowds:
        return True
    if draft.pair() == row.pair():
        return True
    one_sided = not draft.twos or draft.sub_event in AGAINST_CIVILIANS
    violent = draft.sub_event in VIOLENT and (row.sub_event in BATTLES or row.sub_event == draft.sub_event)
    return one_sided and violent and draft.ones[0].name in row.pair()


def _of_one_fight(row: Draft, draft: Draft) -> bool:
    """Whether a battle that names one side alone is the fighting of a row that names both."""
    return (
        draft.sub_event in BATTLES
        and len(draft.pair()) < 2 <= len(row.pair())
        and row.sub_event in BATTLES | REMOTE
        and row.place.name == draft.place.name
        and (row.day, row.time_precision) == (draft.day, draft.time_precision)
    )


def _lend(row: Draft, draft: Draft) -> None:
    """Fold a battle whose other side nobody names into the row of the same fighting."""
    words, who = draft.events[0].trigger.quote, draft.ones[0].name
    row.folded.append(
        f"{draft.sub_event} ({words!r}, {who}): a row of its own asks for a second side, which the report does not name"
    )
    row.fired.append(
        f"same context: {draft.sub_event} with one side alone is part of the fighting at {row.place.name} that day"
    )
    row.events.extend(draft.events)
    row.folded.extend(draft.folded)


def _merge(row: Draft, draft: Draft) -> None:
    order = load_acled_rules().precedence
    words = draft.events[0].trigger.quote
    if order.index(draft.sub_event) < order.index(row.sub_event):
        row.sub_event, draft.sub_event = draft.sub_event, row.sub_event
        words = row.events[0].trigger.quote
        if draft.ones and row.ones[0].name in (other.name for other in draft.twos):
            row.ones, row.twos = draft.ones, draft.twos
        elif row.sub_event in RIOTS:
            row.ones = draft.ones
    if draft.sub_event == row.sub_event:
        row.fired.append(f"one row a pair, place and day: {words!r} tells of the same")
    else:
        row.folded.append(f"{draft.sub_event} ({words!r}): stands below {row.sub_event} in ACLED's order")
        row.fired.append(f"precedence: {row.sub_event} over {draft.sub_event} for the same pair, place and day")
    known = {one.name for one in (*row.ones, *row.twos)}
    if row.sub_event not in PROTESTS | RIOTS:
        row.ones.extend(one for one in draft.ones if one.name not in known)
    elif not row.twos:
        row.twos.extend(draft.twos)
    row.events.extend(draft.events)
    row.folded.extend(draft.folded)
