"""Decisions over a set of short passages of our own, hard negatives among them."""

from __future__ import annotations

from tests.conftest import make_report
from tests.reading.sets import LEAST_F1, Score, fold, load_set, names

from sitrep.reading.reader import Reader


def test_decisions_in_short_passages(reader: Reader):
    score = Score()
    for row in load_set("decisions"):
        reading = reader.read(make_report(row["text"]))
        # the deed itself counts as a step only where the passage tells the decision as a chain
        wanted = row["steps"]
        told = {step for step, _ in wanted}
        steps = [
            s for decision in reading.decisions for s in decision.steps if s.step != "carried_out" or s.step in told
        ]

        def same(step, want, reading=reading):
            return step.step == want[0] and fold(want[1]) in names(reading, step.actor)

        def show(step, reading=reading):
            return step.step, sorted(names(reading, step.actor))

        score.add(row["text"], steps, wanted, same, show)
        said = [condition.quote for decision in reading.decisions for condition in decision.conditions]
        score.add(row["text"], [], [c for c in row.get("conditions", []) if not any(c in q for q in said)], None, None)
    assert score.f1 >= LEAST_F1, "\n".join([f"F1 {score.f1:.3f}", *score.faults])


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
