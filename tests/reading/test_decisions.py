"""Decisions: the steps of one chain and its conditions."""

from __future__ import annotations

from tests.conftest import make_report

from sitrep.reading.reader import Reader


def test_request_approval_and_strike_are_one_chain(reader: Reader):
    text = (
        "Mali asked France for air strikes on the camp near Gao. President Hollande approved the air strikes on Friday. "
        "France carried out the air strikes on Sunday. No ground troops would be sent, officials said."
    )
    reading = reader.read(make_report(text))
    (decision,) = reading.decisions
    assert [step.step for step in decision.steps] == ["requested", "approved", "carried_out"]
    assert decision.about in {event.id for event in reading.events if event.type == "air_strike"}
    assert [condition.quote for condition in decision.conditions] == ["No ground troops would be sent"]
