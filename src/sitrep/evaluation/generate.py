"""Generated events of a war that never was: many reports of many incidents, with the slips that reports make."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from sitrep.corroboration.rarity import UNLISTED, stems
from sitrep.corroboration.sketch import OPENING_WORDS, Sketch, Spot, Toll
from sitrep.model import EventRef

# ten incidents a day, told by ten reports each on average
INCIDENTS_A_DAY, REPORTS = 10, 10
FIRST_DAY = date(2015, 1, 1).toordinal()
PLACES, PROVINCES, GROUPS, OUTLETS = 400, 14, 30, 60
TYPES = {
    "air_strike": ("bombing", "killing"), "shelling": ("bombing", "attack"), "bombing": ("attack", "killing"),
    "armed_clash": ("attack", "ground_attack"), "shooting": ("killing", "attack"), "ambush": ("attack",),
    "abduction": ("arrest",), "ground_attack": ("advance", "attack"),
}  # fmt: skip
TRIGGERS = {name: (name, *others) for name, others in TYPES.items()}
# shares of reports that leave something out or get it wrong
NO_PLACE, ONLY_PROVINCE, NEIGHBOUR, NO_DAY, DAY_OFF, OTHER_TYPE, NO_ACTOR, NO_TOLL, OTHER_TOLL = (
    0.10, 0.08, 0.03, 0.15, 0.05, 0.15, 0.25, 0.30, 0.30,
)  # fmt: skip
OWN_WORDS, TOLD_WORDS = 30, 0.6


class Told(NamedTuple):
    """An event as a report tells it, and the incident that it is in truth."""

    sketch: Sketch
    incident: int


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[tuple[str, ...], list[float]]:
    """Words of news, each as likely as it is frequent."""
    known = stems()
    words = sorted(known)
    weights = [2.718281828 ** (-known[word] / 4) for word in words]
    return (*words, *(f"name{n}" for n in range(5000))), list(
        accumulate([*weights, *([2.7 ** (-UNLISTED / 4)] * 5000)])
    )


def _spots() -> list[Spot]:
    """Places of a country, most of them near others of their province."""
    chance = random.Random(1)
    found: list[Spot] = []
    for n in range(PLACES):
        province = n % PROVINCES
        lat, lon = 32.0 + province % 4 * 1.2 + chance.uniform(0, 1), 36.0 + province // 4 * 1.5 + chance.uniform(0, 1)
        name = "".join(chance.choice("bdfhjkmnqrstwz") + chance.choice("aiu") for _ in range(chance.choice((2, 3, 4))))
        found.append(Spot(f"{name} {n}", "XXA", f"Province {province}", lat, lon, exact=True))
    return found


def events(count: int, seed: int = 7) -> Iterator[Told]:
    """So many events, incident after incident; the reports of an incident come within days of it."""
    chance = random.Random(seed)
    spots = _spots()
    busy = list(accumulate(1 / (n + 3) for n in range(PLACES)))
    words, likely = _vocabulary()
    made = incident = 0
    while made < count:
        day = FIRST_DAY + incident // INCIDENTS_A_DAY
        spot = chance.choices(spots, cum_weights=busy)[0]
        kind = chance.choice(tuple(TYPES))
        own = chance.choices(words, cum_weights=likely, k=OWN_WORDS)
        agent, patient = (f"group_{chance.randrange(GROUPS)}" for _ in range(2))
        toll = float(min(300, int(chance.paretovariate(1.2))))
        for _ in range(min(count - made, 1 + int(chance.expovariate(1 / (REPORTS - 1))))):
            yield Told(_tell(chance, made, day, spot, spots, kind, own, agent, patient, toll), incident)
            made += 1
        incident += 1


def _tell(
    chance: random.Random, number: int, day: int, spot: Spot, spots: list[Spot], kind: str, own: list[str],
    agent: str, patient: str, toll: float,
) -> Sketch:  # fmt: skip
    """One report's event: what it leaves out, and what it gets wrong."""
    words, likely = _vocabulary()
    where: Spot | None = spot
    luck = chance.random()
    if luck < NO_PLACE:
        where = None
    elif luck < NO_PLACE + ONLY_PROVINCE:
        where = spot._replace(name=(spot.admin1 or "").casefold(), exact=False)
    elif luck < NO_PLACE + ONLY_PROVINCE + NEIGHBOUR:
        where = chance.choice([other for other in spots if other.admin1 == spot.admin1])
    luck = chance.random()
    on = None if luck < NO_DAY else day + chance.choice((-1, 1)) if luck < NO_DAY + DAY_OFF else day
    told = chance.choice(TYPES[kind]) if chance.random() < OTHER_TYPE else kind
    number_told = toll if chance.random() >= OTHER_TOLL else max(1.0, toll + chance.randint(-2, 4))
    mine = [word for word in own if chance.random() < TOLD_WORDS]
    filler = chance.choices(words, cum_weights=likely, k=OPENING_WORDS - len(mine))
    sentence = mine[: len(mine) // 2] + filler[:8]
    return Sketch(
        ref=EventRef(report=f"r{number:07}", event="e1"),
        type=told,
        kinds=frozenset({told, *TYPES.get(told, (kind,))}),
        family="force",
        trigger=chance.choice(TRIGGERS[kind]),
        spot=where,
        days=None if on is None else (on, on),
        agents=frozenset() if chance.random() < NO_ACTOR else frozenset({agent}),
        patients=frozenset() if chance.random() < NO_ACTOR else frozenset({patient}),
        figures={} if chance.random() < NO_TOLL else {"killed": Toll(number_told, number_told)},
        words=frozenset(sentence),
        opening=frozenset((*mine, *filler)),
        news=True,
        tellings=chance.randint(1, 3),
        published=day + chance.choice((0, 0, 1, 1, 2)),
        outlet=f"outlet {chance.randrange(OUTLETS)}",
    )
