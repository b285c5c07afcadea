"""UCDP's rules: armed force by an organised actor, at a place and time, with at least one direct death."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sitrep.export._acled_figures import ANYBODY
from sitrep.export._cells import LeftOut, left_out
from sitrep.export._facts import Facts
from sitrep.model import Actor, Argument, Event, Evidence, Place, Quantity
from sitrep.ontology.codebooks import Country

STATES = frozenset({"state", "government", "military", "police"})
GROUPS = frozenset({"armed_group", "militia", "ethnic_group", "igo"})
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
YEAR = 366


@dataclass(frozen=True, slots=True)
class Body:
    """One side of a dyad. gw: the Gleditsch-Ward number of a government."""

    name: str
    kind: str
    gw: str
    actors: frozenset[str]
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class Dead:
    """The dead by side, with the bounds of their sum. None where no death is reported."""

    a: int = 0
    b: int = 0
    civilians: int = 0
    unknown: int = 0
    low: int = 0
    high: int = 0
    evidence: tuple[Evidence, ...] = ()
    rule: str = "no death is reported"

    @property
    def best(self) -> int:
        """The sum of the sides."""
        return self.a + self.b + self.civilians + self.unknown


@dataclass(slots=True)
class Fight:
    """A row in the making."""

    events: list[Event]
    violence: int
    a: Body
    b: Body
    place: Place
    country: Country
    first: date
    last: date
    rule: str
    dead: Dead


def fights(facts: Facts, *, strict: bool) -> Iterator[Fight | LeftOut]:
    """The rows of a reading by dyad, place and dates, and what is left out. strict: only with a reported death."""
    found: dict[tuple[str, str, str, date, date], Fight] = {}
    for event in facts.reading.events:
        fight = _fight(facts, event)
        if isinstance(fight, LeftOut):
            yield fight
            continue
        key = (fight.a.name, fight.b.name, fight.place.id, fight.first, fight.last)
        if key in found:
            found[key].events.append(event)
        else:
            found[key] = fight
    for fight in found.values():
        figures = {figure.id: figure for event in fight.events for figure in facts.figures(event, "killed")}
        fight.dead = count(list(figures.values()), fight.a, fight.b)
        if fight.dead.high or not strict:
            yield fight
            continue
        why = "deaths are reported without a number" if figures else "no death is reported, and UCDP asks for one"
        for event in fight.events:
            yield left_out(facts.reading, event, why)


def _fight(facts: Facts, event: Event) -> Fight | LeftOut:
    kind = facts.ontology.events.get(event.type)
    if kind is None or not kind.crosswalk.ucdp:
        return left_out(facts.reading, event, "it is no use of armed force")
    if event.factuality not in ("occurred", "ongoing"):
        return left_out(facts.reading, event, f"it did not happen ({event.factuality})")
    place = facts.place_of(event)
    country = facts.country(place.country) if place else None
    if place is None or country is None or place.lat is None or place.lon is None:
        return left_out(facts.reading, event, "its place is not known")
    if event.time is None or not event.time.start or not event.time.end:
        return left_out(facts.reading, event, "its date is not known")
    first, last = date.fromisoformat(event.time.start), date.fromisoformat(event.time.end)
    if (last - first).days >= YEAR:
        return left_out(facts.reading, event, "it is dated less closely than to a year")
    sides = _dyad(facts, event, country)
    if isinstance(sides, str):
        return left_out(facts.reading, event, sides)
    violence, a, b, rule = sides
    return Fight([event], violence, a, b, place, country, first, last, rule, Dead())


def _dyad(facts: Facts, event: Event, country: Country) -> tuple[int, Body, Body, str] | str:
    """Type of violence, side a, side b and the rule; or why there is no dyad."""
    agents = _bodies(facts, facts.side(event, "agent"), country)
    patients = _bodies(facts, facts.side(event, "patient"), country)
    organised = [body for body in agents if body.kind != "civilians"]
    if len(organised) > 1 and not patients:
        organised, patients = organised[:1], organised[1:]
    if not organised:
        return "no organised actor is named who uses force"
    one = organised[0]
    figures = facts.figures(event, "killed")
    if not patients:
        sides = [facts.actors[figure.side] for figure in figures if figure.side in facts.actors]
        patients = [body for actor in sides if (body := _body(facts, actor, country, ())).name != one.name]
    if not patients and any(figure.civilians for figure in figures):
        patients = [_civilians()]
    other = next((body for body in patients if body.kind != "civilians" and body.name != one.name), None)
    if other is None and patients and patients[0].name != one.name:
        return ONE_SIDED, one, _civilians(), "an organised actor against civilians is one-sided violence"
    if other is None:
        return "nobody is named against whom"
    if "state" not in (one.kind, other.kind):
        return NON_STATE, one, other, "two organised groups, neither of them a state"
    if one.kind != "state":
        one, other = other, one
    return STATE_BASED, one, other, "a government on at least one side; the government is side a"


def _bodies(facts: Facts, arguments: list[Argument], country: Country) -> list[Body]:
    found: dict[str, Body] = {}
    for argument in arguments:
        actor = facts.actor_in(argument)
        if actor is not None:
            body = _body(facts, actor, country, argument.evidence)
            found.setdefault(body.name, body)
    return list(found.values())


def _body(facts: Facts, actor: Actor, country: Country, evidence: tuple[Evidence, ...]) -> Body:
    if actor.kind == "person":
        bodies = [facts.actors[role.of] for role in actor.roles if role.of in facts.actors]
        actor = next((body for body in bodies if body.kind in STATES | GROUPS), actor)
    if actor.kind in STATES:
        owner = facts.country(actor.countries[0]) if actor.countries else None
        owner = owner or country
        return Body(f"Government of {owner.name}", "state", owner.gw, frozenset({actor.id}), evidence)
    if actor.kind in GROUPS and actor.id in facts.named:
        return Body(actor.name, "group", "", frozenset({actor.id}), evidence)
    if actor.kind in GROUPS:
        return Body("XXX" + country.gw, "group", "", frozenset({actor.id}), evidence)
    return _civilians(evidence)


def _civilians(evidence: tuple[Evidence, ...] = ()) -> Body:
    return Body("Civilians", "civilians", "", frozenset(), evidence)


def count(figures: list[Quantity], a: Body, b: Body) -> Dead:
    """The dead by side. Rival figures for the same people: the first said is best, the others bound it."""
    rivals: dict[tuple[str, str | None], list[tuple[int, int, int, Quantity]]] = {}
    for figure in figures:
        numbers = [int(number) for number in (figure.low, figure.best, figure.high) if number is not None]
        if not numbers:
            continue
        best = int(figure.best) if figure.best is not None else numbers[0]
        if figure.modifier == "over":
            # "more than 30" names no bound above: 30, as coders enter it
            numbers = [best]
        whose = _whose(figure, a, b)
        of = None if whose == "unknown" and (figure.of or None) in ANYBODY else figure.of
        rivals.setdefault((whose, of), []).append((min(numbers), best, max(numbers), figure))
    dead = Dead()
    total = rivals.pop(("unknown", None), None)
    for (whose, _), found in rivals.items():
        setattr(dead, whose, getattr(dead, whose) + found[0][1])
        dead.low += min(low for low, *_ in found)
        dead.high += max(high for _, _, high, _ in found)
        dead.evidence += tuple(part for *_, figure in found for part in figure.evidence)
    if total:
        # a figure for everybody: what the sides do not account for is unknown
        dead.unknown += max(0, total[0][1] - dead.best)
        dead.low = max(dead.low, min(low for low, *_ in total)) if rivals else min(low for low, *_ in total)
        dead.high = max(dead.high, *(high for _, _, high, _ in total))
        dead.evidence += tuple(part for *_, figure in total for part in figure.evidence)
    if dead.evidence or dead.best:
        dead.rule = "the first figure said for each side; the lowest and highest said bound it"
        dead.low, dead.high = min(dead.low, dead.best), max(dead.high, dead.best)
    return dead


def _whose(figure: Quantity, a: Body, b: Body) -> str:
    if figure.civilians:
        return "civilians"
    if figure.side is not None and figure.side in a.actors:
        return "a"
    if figure.side is not None and figure.side in b.actors:
        return "b"
    return "unknown"
