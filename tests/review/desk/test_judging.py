"""Judging through the API: every correction, undo, conflict, the second coder."""

from __future__ import annotations

import pytest
from tests.fixtures.desk import opened, other
from tests.fixtures.readings import TEXT, Words, rich

from sitrep.ingest.together import bring_together
from sitrep.store.rows import prepare
from sitrep.store.writer import Writer

w = Words(TEXT)


def words(quote, nth=0):
    """Words as a browser selects them."""
    part = w(quote, nth)
    units = [len(TEXT[:at].encode("utf-16-le")) // 2 for at in (part.start, part.end)]
    return {"start": units[0], "end": units[1], "quote": quote}


@pytest.fixture
def desk(tmp_path):
    with opened(tmp_path / "sitrep.db") as desk:
        yield desk


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A desk for tests that leave its records as they were."""
    with opened(tmp_path_factory.mktemp("desk") / "sitrep.db") as desk:
        yield desk


def fact(page, name):
    return next(fact for section in page["sections"] for fact in section["facts"] if fact["id"] == name)


def record(page, layer, name):
    return next(record for record in page["record"][layer] if record["id"] == name)


CORRECTIONS = [
    ({"kind": "type", "type": "shelling"}, "events", "e1"),
    ({"kind": "factuality", "factuality": "occurred"}, "events", "e3"),
    ({"kind": "role", "argument": 1, "role": "victim"}, "events", "e1"),
    ({"kind": "actor", "argument": 1, "actor": {"id": "a2"}}, "events", "e1"),
    ({"kind": "actor", "argument": 1, "actor": {"name": "Depot Guard"}}, "events", "e1"),
    ({"kind": "actor", "argument": None, "actor": {"id": "a2"}}, "claims", "k3"),
    ({"kind": "add_argument", "role": "victim", "words": [words("12 fighters")]}, "events", "e1"),
    ({"kind": "drop_argument", "argument": 1}, "events", "e1"),
    ({"kind": "place", "place": {"id": "p2"}}, "events", "e1"),
    ({"kind": "place", "place": {"name": "the depot", "lat": 32.8, "lon": 12.1, "kind": "facility"}}, "events", "e1"),
    ({"kind": "place", "place": None}, "events", "e1"),
    ({"kind": "place", "place": {"name": "the hills", "lat": 32.8, "lon": 12.1, "kind": "natural"}}, "places", "p3"),
    ({"kind": "date", "start": "2016-08-07", "end": "2016-08-07"}, "events", "e1"),
    ({"kind": "figure", "figure": "killed", "low": 10, "best": 11, "high": 12}, "quantities", "q1"),
    ({"kind": "add_figure", "figure": "injured", "low": 3, "best": 3, "high": None, "words": [words("at least 12")]}, "events", "e1"),
    ({"kind": "stance", "stance": "denies"}, "claims", "k2"),
    ({"kind": "identity", "name": "Zawara Brigade", "actor_kind": "militia", "link": None}, "actors", "a2"),
    ({"kind": "reject"}, "events", "e1"),
    ({"kind": "reject"}, "control", "c1"),
    ({"kind": "add_event", "type": "fire", "words": [words("burnt-out truck")]}, "reports", "r-a"),
    ({"kind": "merge", "others": ["e2"]}, "events", "e1"),
    ({"kind": "merge", "others": ["a3"]}, "actors", "a2"),
    ({"kind": "merge", "others": ["m3"]}, "mentions", "m4"),
    ({"kind": "split", "triggers": [0]}, "events", "e1"),
    ({"kind": "split", "mentions": ["m13"]}, "actors", "a1"),
    ({"kind": "split", "at": words("Mansour")["start"]}, "mentions", "m4"),
]  # fmt: skip


@pytest.mark.parametrize(("correction", "layer", "name"), CORRECTIONS, ids=lambda value: str(value)[:40])
def test_every_correction_can_be_made_and_taken_back(shared, correction, layer, name):
    if correction.get("type") == "fire":
        correction = correction | {"type": "property_destruction"}
    before = shared.get("reports/r-a")
    done = shared.judge(correction, layer, name)
    after = shared.get("reports/r-a")
    assert after["version"] == done["version"] != before["version"]
    assert after["record"] != before["record"]
    assert after["changes"][0]["status"] == "applied"
    assert done["judgement"]["status"] == "applied"
    assert (after["changes"][0]["user"], after["changes"][0]["reason"]) == ("mina", "so it is")
    text = after["text"].encode("utf-16-le")
    for section in after["sections"]:
        for shown in section["facts"]:
            for part in [*shown["key"], *shown["evidence"], *(p for slot in shown["slots"] for p in slot["evidence"])]:
                assert text[2 * part["start"] : 2 * part["end"]].decode("utf-16-le") == part["quote"]
    undone = shared.send(
        f"judgements/{done['judgement']['judgement']}/undo", {"version": done["version"], "reason": "no"}
    )
    again = shared.get("reports/r-a")
    assert again["record"] == before["record"]
    assert again["version"] == undone["version"]
    assert [change["kind"] for change in again["changes"][:2]] == ["undo", done["judgement"]["kind"]]


def test_what_is_corrected_shows_in_every_list(desk):
    desk.judge({"kind": "type", "type": "shelling"})
    desk.judge({"kind": "place", "place": {"id": "p2"}})
    incident = desk.get("reports/r-a")["incidents"]["e1"]
    assert incident in {row["id"] for row in desk.get("incidents", place="Benghazi")["rows"]}
    page = desk.get(f"incidents/{incident}")
    column = next(column["key"] for column in page["columns"] if column["source_id"] == "a")
    kinds = next(row for row in page["rows"] if row["field"] == "type")
    assert next(cell["value"] for cell in kinds["cells"] if cell["column"] == column) == "shelling"
    assert fact(desk.get("reports/r-a"), "e1")["kind"] == "Shelling"


def test_what_is_rejected_is_shown_as_rejected(desk):
    # what is asked of the whole archive is kept, and no longer once somebody judges
    before = desk.get("situation/incidents")
    assert desk.get("situation/incidents") == before
    assert "air_strike" in before["types"]
    desk.judge({"kind": "reject"}, report="r-b")
    done = desk.judge({"kind": "reject"})
    assert "air_strike" not in desk.get("situation/incidents")["types"]
    page = desk.get("reports/r-a")
    rejected = next(section for section in page["sections"] if section["name"] == "rejected")
    assert [(one["id"], one["judgements"]) for one in rejected["facts"]] == [("e1", [done["judgement"]["judgement"]])]


def test_two_tabs_cannot_write_over_each_other(desk):
    page = desk.get("reports/r-a")
    desk.judge({"kind": "type", "type": "shelling"}, version=page["version"])
    refused = desk.judge({"kind": "type", "type": "siege"}, version=page["version"], status=409)
    assert refused["version"] == desk.get("reports/r-a")["version"]
    assert [change["kind"] for change in refused["changes"]] == ["type"]
    assert record(desk.get("reports/r-a"), "events", "e1")["type"] == "shelling"
    done = desk.judge({"kind": "state", "state": "accepted"}, "reports", "r-a")
    late = {"version": page["version"], "reason": ""}
    desk.send(f"judgements/{done['judgement']['judgement']}/undo", late, 409)


@pytest.mark.parametrize(
    ("correction", "layer", "name", "status"),
    [
        ({"kind": "type", "type": "no_such_type"}, "events", "e1", 422),
        ({"kind": "type", "type": "shelling"}, "claims", "k1", 422),
        ({"kind": "type", "type": "shelling"}, "events", "e999", 404),
        ({"kind": "role", "argument": 7, "role": "victim"}, "events", "e1", 422),
        ({"kind": "role", "argument": 1, "role": "villain"}, "events", "e1", 422),
        ({"kind": "actor", "argument": None, "actor": None}, "events", "e1", 422),
        ({"kind": "actor", "argument": 1, "actor": {}}, "events", "e1", 422),
        ({"kind": "place", "place": {"name": "x", "lat": 3.0}}, "events", "e1", 422),
        ({"kind": "date", "start": "2016-02-31", "end": None}, "events", "e1", 422),
        ({"kind": "figure", "figure": "killed", "low": 5, "best": 4, "high": 6}, "quantities", "q1", 422),
        ({"kind": "figure", "figure": "killed", "low": None, "best": None, "high": None}, "quantities", "q1", 422),
        ({"kind": "add_event", "type": "siege", "words": [words("raids") | {"quote": "other"}]}, "reports", "r-a", 422),
        ({"kind": "add_event", "type": "siege", "words": [{"start": 9, "end": 2, "quote": ""}]}, "reports", "r-a", 422),
        ({"kind": "merge", "others": ["e1"]}, "events", "e1", 422),
        ({"kind": "split", "triggers": [0, 1]}, "events", "e1", 422),
        ({"kind": "split", "mentions": ["m1", "m13"]}, "actors", "a1", 422),
        ({"kind": "split", "at": 1}, "mentions", "m4", 422),
        ({"kind": "nothing"}, "events", "e1", 422),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_reason(shared, correction, layer, name, status):
    before = shared.get("reports/r-a")["version"]
    refused = shared.judge(correction, layer, name, status=status)
    assert refused["error"]
    assert shared.get("reports/r-a")["version"] == before


def test_words_behind_an_emoji_are_those_that_were_selected(desk):
    chosen = words("President Adel Mansour")
    assert chosen["start"] != w("President Adel Mansour").start
    desk.judge({"kind": "add_event", "type": "meeting", "words": [chosen]}, "reports", "r-a")
    added = next(event for event in desk.get("reports/r-a")["record"]["events"] if event["type"] == "meeting")
    assert added["trigger"] == chosen


def test_states_assignment_veils_and_sensitive_names(desk):
    desk.judge({"kind": "state", "state": "accepted"}, "reports", "r-a")
    desk.judge({"kind": "assign", "to": "ben"}, "reports", "r-a")
    desk.judge({"kind": "veil", "words": [words("killing at least 12 fighters")], "on": True}, "reports", "r-a")
    desk.judge({"kind": "sensitive", "on": True}, "actors", "a3")
    page = desk.get("reports/r-a")
    assert (page["state"], page["assignee"], page["sensitive"]) == ("accepted", "ben", ["Salem Omar"])
    assert [veil["quote"] for veil in page["veils"]] == ["killing at least 12 fighters"]
    assert desk.get("reports", state="accepted", assignee="ben")["total"] == 1
    assert desk.get("reports", state="open")["total"] == 1
    exported = desk.client.get("/api/export/jsonl").text
    assert "Salem Omar" not in exported
    assert "Adel Mansour" in exported


def test_an_export_holds_what_its_filters_keep(desk):
    def events(**filters):
        answer = desk.client.get("/api/export/csv", params=filters)
        assert answer.status_code == 200, answer.text
        assert 'filename="sitrep-csv.csv"' in answer.headers["content-disposition"]
        return answer.text.splitlines()[1:]

    everything = events()
    strikes = events(type="air_strike")
    assert 0 < len(strikes) < len(everything)
    assert len(events(type="air_strike|shelling")) >= len(strikes)
    assert events(type="siege") == []
    assert events(state="accepted") == []
    (row,) = desk.get("incidents", type="air_strike")["rows"]
    desk.judge({"kind": "state", "state": "accepted"}, "incidents", row["id"])
    assert len(events(state="accepted")) == row["reports"]
    assert "fatalities" in desk.client.get("/api/export/acled?inter=numeric").text
    assert desk.get("export/csv", 422, inter="text")["error"] == "The format csv does not take inter."
    assert desk.get("export/csv", 422, km=5)["todo"]
    assert desk.get("export/nothing", 404)["todo"].startswith("Formats: ")


def test_incidents_are_merged_split_and_judged(desk):
    (whole,) = desk.get("incidents", type="air_strike")["rows"]
    assert whole["reports"] == 2
    page = desk.get(f"incidents/{whole['id']}")
    assert [column["source_id"] for column in page["columns"]] == ["a", "b"]
    part = {"kind": "split", "events": [{"report": "b", "event": "e1"}]}
    body = {"version": page["version"], "target": {"layer": "incidents", "id": whole["id"]}, "correction": part}
    shown = desk.send("judgements/preview", body, 200)["incidents"]
    assert [[ref["report"] for ref in one["events"]] for one in shown] == [["a"], ["b"]]
    assert [[column["source_id"] for column in one["columns"]] for one in shown] == [["a"], ["b"]]
    assert len({one["id"] for one in shown}) == 2
    assert desk.get(f"incidents/{whole['id']}")["version"] == page["version"]
    done = desk.judge(part, "incidents", whole["id"])
    assert desk.get(f"incidents/{whole['id']}", 404)["error"]
    first, second = done["incidents"]
    assert {desk.get(f"incidents/{name}")["reports"] for name in done["incidents"]} == {1}
    merged = desk.judge({"kind": "merge", "others": [second]}, "incidents", first)
    (again,) = merged["incidents"]
    assert again == whole["id"]
    desk.judge({"kind": "choose", "field": "place", "value": "Benghazi"}, "incidents", again)
    desk.judge({"kind": "state", "state": "second_look"}, "incidents", again)
    page = desk.get(f"incidents/{again}")
    place = next(row for row in page["rows"] if row["field"] == "place")
    assert (place["chosen"], place["by"], page["state"]) == ("Benghazi", "mina", "second_look")
    queue = desk.get("queue")["rows"]
    assert (queue[0]["id"], queue[0]["why"][-1]["reason"]) == (again, "second_look")
    assert {why["reason"] for why in queue[0]["why"]} >= {"deaths", "disagreement"}


def test_a_choice_changes_the_incident_holds_when_more_reports_come_and_can_be_taken_back(tmp_path):
    with opened(tmp_path / "a.db", rich("a"), other("b")) as desk:
        (whole,) = desk.get("incidents", type="air_strike")["rows"]
        said = desk.judge({"kind": "choose", "field": "place", "value": "Benghazi"}, "incidents", whole["id"])
        desk.judge({"kind": "choose", "field": "killed", "value": "12"}, "incidents", whole["id"])
        (row,) = desk.get("incidents", type="air_strike")["rows"]
        assert (row["id"], row["place"], row["killed_low"], row["killed_best"]) == (whole["id"], "benghazi", 12, 12)
        with Writer(tmp_path / "a.db") as writer:
            writer.write_many([prepare(rich("c"))])
        bring_together(tmp_path / "a.db")
        (row,) = desk.get("incidents", type="air_strike")["rows"]
        assert (row["place"], row["killed_best"], row["reports"]) == ("benghazi", 12, 3)
        page = desk.get(f"incidents/{row['id']}")
        chosen = {row["field"]: (row["chosen"], row["by"]) for row in page["rows"]}
        assert (chosen["place"], chosen["killed"]) == (("Benghazi", "mina"), ("12", "mina"))
        # the incident bears another name by now
        body = {"version": page["version"], "reason": "a mistake"}
        desk.send(f"judgements/{said['judgement']['judgement']}/undo", body)
        (row,) = desk.get("incidents", type="air_strike")["rows"]
        assert (row["place"], row["killed_best"]) == (whole["place"], 12)


def test_a_second_coder_works_apart_and_agreement_is_measured(desk):
    desk.send("coding/sample", {"size": 1, "coder": "ben", "seed": 3})
    (row,) = desk.get("coding")["rows"]
    assert (row["first"], row["second"], row["differences"]) == ("mina", "ben", 0)
    report = row["report"]
    desk.judge({"kind": "type", "type": "shelling"}, report=report, user="ben")
    assert record(desk.get(f"reports/{report}"), "events", "e1")["type"] == "air_strike"
    assert record(desk.get(f"reports/{report}", coder="ben"), "events", "e1")["type"] == "shelling"
    found = desk.get(f"coding/{report}")
    first = next(row for row in found["rows"] if row["event_first"] == "e1")
    assert [field["field"] for field in first["fields"] if not field["agrees"]] == ["type"]
    # neither has finished: there is nothing to compare yet
    assert {row["units"] for row in desk.get("coding")["agreement"]} == {0}
    for user in ("mina", "ben"):
        desk.judge({"kind": "state", "state": "accepted"}, "reports", report, report=report, user=user)
    agreement = {row["field"]: row for row in desk.get("coding")["agreement"]}
    assert (agreement["type"]["units"], agreement["type"]["agree"]) == (5, 4)
    assert 0 < agreement["type"]["alpha"] < 1
    assert agreement["killed"]["alpha"] is None


def test_alpha_is_krippendorffs():
    from sitrep.review.desk.coding import alpha

    # his own example of two observers and twelve nominal units (Computing Krippendorff's Alpha-Reliability, B)
    one, other = "a a b b d c c c e d d a", "b a b b b c c c e d d d"
    said = list(zip(one.split(), other.split(), strict=True))
    assert alpha(said, "nominal") == pytest.approx(0.692, abs=0.001)
    assert alpha([("3/3/3", "3/3/3"), ("9/9/9", "9/9/9")], "ratio") == 1.0
    assert alpha([("a", "a")], "nominal") is None
    assert alpha([], "nominal") is None
