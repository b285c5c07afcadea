"""Actors as ACLED writes them: names by pattern, and the code of their kind."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.export._facts import Facts, gazetteer
from sitrep.model import Actor, Argument, Evidence
from sitrep.ontology.codebooks import Country, load_acled_rules

STATE, REBELS, MILITIA, COMMUNAL, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = range(1, 9)
ARMED = frozenset({STATE, REBELS, MILITIA, COMMUNAL, EXTERNAL})

# states whose government changes with the prime minister: the regime's years are that office's
PARLIAMENTARY = frozenset("AUS BGD CAN DEU ESP ETH GBR GRC IND IRQ ISR ITA JPN KHM LBN NPL PAK THA".split())
# countries whose names ACLED writes with an article
WITH_ARTICLE = frozenset("ARE BHS CAF COD COG COM DOM GBR GMB MDV MHL NLD PHL SLB USA".split())
FORCES = frozenset({"MIL", "GOV", "SPY"})


class Party(NamedTuple):
    """One side of a row. code: ACLED's code of its kind."""

    name: str
    code: int
    rule: str
    evidence: tuple[Evidence, ...] = ()


def party(facts: Facts, argument: Argument, country: Country, date: str, *, armed: bool) -> Party | None:
    """Who an argument is in ACLED's terms; null for things and places. armed: the event is an act of force."""
    actor = facts.actor_in(argument)
    if actor is None:
        return None
    inside = "" if argument.actor else f"the words {argument.evidence[0].quote!r} name the actor; "
    found = _party(facts, actor, country, date, armed=armed)
    return found._replace(rule=inside + found.rule, evidence=argument.evidence)


def unidentified(country: Country, *, air: bool) -> Party:
    """The side that a report of violence does not name."""
    if air:
        return Party("Unidentified Military Forces", EXTERNAL, "no attacker is named; aircraft are flown by militaries")
    return Party(f"Unidentified Armed Group ({country.name})", MILITIA, "no attacker is named: ACLED's default actor")


def crowd(country: Country, *, violent: bool) -> Party:
    """Demonstrators, as ACLED names them."""
    if violent:
        return Party(f"Rioters ({country.name})", RIOTERS, "violent demonstrators are rioters, by country")
    return Party(f"Protesters ({country.name})", PROTESTERS, "demonstrators are protesters, by country")


def civilians(country: Country, rule: str, evidence: tuple[Evidence, ...] = ()) -> Party:
    """Civilians of a country."""
    return Party(f"Civilians ({country.name})", CIVILIANS, rule, evidence)


def _party(facts: Facts, actor: Actor, country: Country, date: str, *, armed: bool) -> Party:
    if actor.kind == "person":
        return _person(facts, actor, country, date, armed=armed)
    if actor.kind in ("state", "government", "military", "police"):
        return _state(facts, actor, country, date, armed=armed)
    if actor.kind == "igo":
        return Party(actor.name, EXTERNAL, "an organisation of states acts from outside the country")
    if actor.kind == "armed_group":
        return _group(facts, actor, country, REBELS)
    if actor.kind == "militia":
        return _group(facts, actor, country, MILITIA)
    if actor.kind == "ethnic_group":
        return Party(f"{actor.name} ({country.name})", COMMUNAL, "a communal group")
    if actor.kind == "other" and not facts.linked(actor):
        return _group(facts, actor, country, MILITIA) if armed else civilians(country, "unarmed and not named")
    label = f" ({actor.name})" if actor.id in facts.named else ""
    return civilians(country, f"{actor.kind}{label}: unarmed people are civilians")


def _person(facts: Facts, actor: Actor, country: Country, date: str, *, armed: bool) -> Party:
    """A person acts for the body in which they hold office; anybody else is a civilian."""
    for office in gazetteer().offices(facts.linked(actor), date):
        body = gazetteer().get(office.of)
        if body is not None and (body.sector in FORCES or body.kind in ("state", "armed_group", "militia")):
            known = Actor(
                id=actor.id,
                name=body.name,
                kind=body.kind,
                countries=body.countries,
                aliases=(),
                mentions=(),
                link=actor.link,
                sector=body.sector,
            )
            found = _party(facts, known, country, date, armed=armed)
            return found._replace(rule=f"{actor.name} acts as {office.title}: {found.rule}")
    for role in actor.roles:
        other = facts.actors.get(role.of or "")
        if other is not None and other.kind != "person":
            found = _party(facts, other, country, date, armed=armed)
            return found._replace(rule=f"{actor.name} acts as {role.title}: {found.rule}")
    return civilians(country, f"{actor.name} holds no known office: a civilian")


def _state(facts: Facts, actor: Actor, country: Country, date: str, *, armed: bool) -> Party:
    home = actor.countries[0] if actor.countries else None
    owner = facts.country(home)
    code = STATE if home in (None, country.iso3) else EXTERNAL
    whose = "no state is named, so the country's own" if owner is None else "its own country" if code == STATE else ""
    rule = f"state forces in {whose}" if whose else "state forces outside their own country"
    owner = owner or country
    state = f"{'the ' if owner.iso3 in WITH_ARTICLE else ''}{owner.name}{regime(owner, date)}"
    if actor.kind == "police":
        return Party(f"Police Forces of {state}", code, rule)
    if actor.kind == "military" or armed:
        return Party(f"Military Forces of {state}", code, rule)
    return Party(f"Government of {state}", code, rule)


def _group(facts: Facts, actor: Actor, country: Country, code: int) -> Party:
    if actor.id not in facts.named:
        return Party(
            f"Unidentified Armed Group ({country.name})",
            MILITIA,
            f"{actor.name!r} is no name: ACLED's default actor, a political militia",
        )
    if code == REBELS and actor.sector not in (None, "REB") and actor.link:
        code = MILITIA
    rule = f"a named {'rebel group' if code == REBELS else 'political militia'} (kind {actor.kind})"
    if actor.countries and set(actor.countries) != {country.iso3}:
        return Party(f"{actor.name} ({country.name})", code, f"{rule} that acts in several countries, so with its name")
    return Party(actor.name, code, rule)


def regime(country: Country, date: str) -> str:
    """The years of the government that ruled at a date, as ACLED appends them; empty where not known."""
    title = "prime minister" if country.iso3 in PARLIAMENTARY else "president"
    for holder in gazetteer().holders(f"{country.iso3}:GOV", date):
        office = holder.office
        if office.title.lower() == title and office.start:
            return f" ({office.start[:4]}-{(office.end or '')[:4]})"
    return ""


def interaction(first: int, second: int | None) -> int:
    """The code of a pair, the lower first; one side alone ends in zero."""
    low, high = sorted((first, second)) if second else (first, 0)
    return low * 10 + high if second else first * 10


def interaction_text(first: int, second: int | None) -> str:
    """A pair in words, in the order of the codes."""
    names = load_acled_rules().inter
    if not second:
        return f"{names[str(first)]} only"
    low, high = sorted((first, second))
    return f"{names[str(low)]}-{names[str(high)]}"
