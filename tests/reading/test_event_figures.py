"""Which toll belongs to which event. Every passage is our own."""

from __future__ import annotations

import pytest
from tests.conftest import make_report

from sitrep.reading.reader import Reader


def tolls(reader: Reader, text: str) -> dict[str, list[tuple[str, float | None]]]:
    """Figures of casualties by the first trigger of the event that carries them; "" where none does."""
    reading = reader.read(make_report(text, published="2016-08-02"))
    owner = {name: event.trigger.quote for event in reading.events for name in event.quantities}
    found: dict[str, list[tuple[str, float | None]]] = {}
    for figure in reading.quantities:
        if figure.kind in ("killed", "injured"):
            value = figure.best if figure.best is not None else figure.low
            found.setdefault(owner.get(figure.id, ""), []).append((figure.kind, value))
    return found


CASES = [
    (
        "An air strike hit the market in Sarmin on Monday. Twelve people were killed and 30 wounded, medics said.",
        {"strike": [("killed", 12), ("injured", 30)]},
    ),
    (
        "A car bomb exploded in the town of Azaz on Monday. The ministry put the death toll at 22.",
        {"exploded": [("killed", 22)]},
    ),
    (
        "Rebels shelled the airport on Monday, killing four soldiers, and gunmen shot dead two policemen in the port.",
        {"shelled": [("killed", 4)], "shot dead": [("killed", 2)]},
    ),
    ("A helicopter was shot down, killing all five people on board.", {"shot down": [("killed", 5)]}),
    (
        "The ministry blamed rebels for the attack, which it said killed 14 people including three children.",
        {"attack": [("killed", 14), ("killed", 3)]},
    ),
    (
        "At least 16 civilians were killed on Friday in an air raid on Azaz. The missiles also wounded 25 others.",
        {"killed": [("killed", 16), ("injured", 25)]},
    ),
    (
        "A team of the medics in Azaz said 22 people were killed and at least 50 wounded in the raids on the village.",
        {"killed": [("killed", 22), ("injured", 50)]},
    ),
    # totals of a war, other days, other places, what may come and what was only seen belong to no event just told
    (
        "A car bomb killed 12 people in Azaz on Monday. The war has killed more than 40,000 people.",
        {"killed": [("killed", 12)], "": [("killed", 40_000)]},
    ),
    ("A blast hit the bridge on Monday. A hospital showed the bodies of three children.", {"": [("killed", 3)]}),
    ("Shelling hit the village on Monday. The toll could reach 40.", {"": [("killed", 40)]}),
    (
        "Shelling killed six people in Azaz on Monday. On Friday, 20 people died in Idlib.",
        {"Shelling": [("killed", 6)], "": [("killed", 20)]},
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_toll_belongs_to_its_event(reader: Reader, text: str, expected: dict[str, list[tuple[str, float]]]) -> None:
    assert tolls(reader, text) == expected


def test_those_killed_with_an_aircraft_were_not_killed_by_its_owner(reader: Reader) -> None:
    reading = reader.read(
        make_report("A Russian helicopter was shot down by rebels, killing all five people on board.")
    )
    (downing,) = [event for event in reading.events if event.type == "downing"]
    names = {actor.id: actor.name for actor in reading.actors}
    assert [names[a.actor] for a in downing.arguments if a.role == "attacker" and a.actor] == ["rebels"]


def test_a_plural_noun_that_looks_like_a_verb_is_a_noun(parse) -> None:
    parsed = parse("The air strikes on the town wounded more than 60 people, the monitor said.")
    at = parsed.lowers.index("strikes")
    assert (parsed.tags[at], parsed.pos[at]) == ("NNS", "NOUN")
