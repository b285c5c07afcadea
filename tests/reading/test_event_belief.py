"""How sure a report is of who did it. Every passage is our own."""

from __future__ import annotations

import pytest
from tests.conftest import make_report

from sitrep.reading.reader import Reader

CASES = [
    ("Russian warplanes bombed the market in Idlib on Monday, the Observatory said.", {"stated"}),
    ("Islamic State claimed responsibility for the bombing in Aleppo, which killed 12 people.", {"claimed"}),
    ("Hezbollah said it had fired rockets at the base on Monday.", {"claimed"}),
    ("Taliban spokesman Omar Daoud said the Taliban had attacked the base in Kunduz.", {"claimed"}),
    ("The army accused rebels of shelling the market in Aleppo on Monday.", {"accused"}),
    ("The bombing was blamed on the Taliban.", {"accused"}),
    ("The ministry said it had not bombed the town; rebels shelled the port on Monday.", {"stated"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_how_sure_the_report_is_of_the_doer(reader: Reader, text: str, expected: set[str]) -> None:
    reading = reader.read(make_report(text))
    events = [event for event in reading.events if event.factuality in ("occurred", "ongoing")]
    beliefs = {a.belief for event in events for a in event.arguments if a.role == "attacker" and a.actor}
    assert expected <= beliefs
    assert beliefs <= expected | {"stated"}


def test_only_those_who_did_it_have_a_belief(reader: Reader) -> None:
    reading = reader.read(make_report("Rebels shelled the market in Aleppo on Monday."))
    assert all(a.belief is None for event in reading.events for a in event.arguments if a.role == "target")
