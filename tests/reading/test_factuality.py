"""Factuality: what the clause, its governors and its speakers say of an event."""

from __future__ import annotations

import pytest
from tests.conftest import make_report

from sitrep.reading.reader import Reader

CASES = [
    # told as fact
    ("Rebels shelled the town of Nawa on Monday.", "shelling", "occurred", None),
    ("Rebels began shelling the town of Nawa on Monday.", "shelling", "occurred", None),
    ("In May the army began an operation to retake the town of Nawa.", "territory_gain", "hypothetical", "purpose"),
    ("The general said that rebels had shelled the town.", "shelling", "occurred", None),
    ("Rebels did not deny that they had shelled the town.", "shelling", "occurred", None),
    ("Warplanes are bombing the airport.", "air_strike", "ongoing", None),
    ("Warplanes continue to bomb the airport.", "air_strike", "ongoing", None),
    # negated and denied
    ("Rebels did not shell the town.", "shelling", "negated", "negation"),
    ("The army never shelled the town.", "shelling", "negated", "negation"),
    ("No shelling was reported in the town.", "shelling", "negated", "negation"),
    ("The troops failed to capture the bridge.", "territory_gain", "negated", "negation"),
    ("The army denied that it had shelled the hospital.", "shelling", "denied", "denial"),
    # not yet, or not at all
    ("The army will shell the town.", "shelling", "planned", "plan"),
    ("The army plans to capture the town.", "territory_gain", "planned", "plan"),
    ("The group threatened to attack the embassy.", "ground_attack", "threatened", "threat"),
    ("Rebels may shell the town.", "shelling", "hypothetical", "modality"),
    ("If rebels shell the town, the families will leave.", "shelling", "hypothetical", "conditional"),
    ("Troops moved north to capture the town.", "territory_gain", "hypothetical", "purpose"),
    ("Did rebels shell the town?", "shelling", "hypothetical", "question"),
    ("The shelling of a town does not end a war.", "shelling", "hypothetical", "generic"),
]


@pytest.mark.parametrize(("text", "kind", "factuality", "reason"), CASES, ids=[case[0] for case in CASES])
def test_factuality(reader: Reader, text: str, kind: str, factuality: str, reason: str | None) -> None:
    reading = reader.read(make_report(text))
    events = [event for event in reading.events if event.type == kind]
    assert [event.factuality for event in events] == [factuality]
    assert (events[0].reason.kind if events[0].reason else None) == reason
    if events[0].reason:
        assert events[0].reason.evidence[0].quote in text
