"""The API as it is described: what it answers, whatever is asked, and that its guide names it all."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from tests.fixtures.desk import HOST, TOKEN, opened
from tests.fixtures.readings import rich

from sitrep.review.desk.api import openapi
from sitrep.review.desk.endpoints import ENDPOINTS

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "desk-api.md"
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'><svg onload=alert(1)>", "javascript:alert(1)",
    "{{7*7}}", "'; DROP TABLE reports; --", "../../etc/passwd", "\u202eevil\u2066", "%00%0d%0aSet-Cookie: x=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("desk") / "sitrep.db") as desk:
        yield desk


def test_the_guide_names_every_endpoint_and_no_other():
    told = set(
        re.findall(r"`(GET|POST|PUT|DELETE) (/api/[^`?]*)`", GUIDE.read_text(encoding="utf-8").split("## Examples")[0])
    )
    there = {(endpoint.method, endpoint.path) for endpoint in ENDPOINTS} | {("GET", "/api/openapi.json")}
    assert told == there


def test_every_list_answers(desk):
    for endpoint in ENDPOINTS:
        if endpoint.method == "GET" and not endpoint.parameters and endpoint.path not in NEEDY:
            desk.get(endpoint.path.removeprefix("/api/"))
    for path, params in NEEDY.items():
        desk.get(path.removeprefix("/api/"), **params)


def test_several_names_may_be_asked_for_at_once(desk):
    assert desk.get("search", q="brigade|front")
    assert desk.get("incidents", actor="brigade|front")


NEEDY = {
    "/api/dossiers/actor": {"id": "LBYMIL"},
    "/api/dossiers/place": {"name": "zawara"},
    "/api/search": {"q": "brigade"},
    "/api/lookup/places": {"q": "Tripoli"},
    "/api/lookup/actors": {"q": "Dawn Brigade"},
}


def test_answers_say_what_the_archive_holds(desk):
    assert desk.get("session")["counts"]["reports"] == 2
    assert [row["report"] for row in desk.get("reports", q="harbour", outlet="Coast Observer")["rows"]] == ["r-b"]
    marks = desk.get("situation/incidents")
    assert len({len(marks[name]) for name in ("id", "lat", "start", "type", "state", "agents", "targets")}) == 1
    strike = marks["types"].index("air_strike")
    row = marks["type"].index(strike)
    assert marks["actors"][marks["agents"][row][0]]["id"] == "LBYMIL"
    assert marks["places"][marks["place"][row]] == "zawara"
    (held, _) = desk.get("situation/control")["rows"]
    assert (held["holder"], held["place"], held["evidence"]["quote"]) == (
        "Dawn Brigade",
        "the hills",
        "It still holds the hills to the south",
    )
    text = desk.get("reports/r-a")["text"].encode("utf-16-le")
    part = held["evidence"]
    assert text[2 * part["start"] : 2 * part["end"]].decode("utf-16-le") == part["quote"]
    chain = desk.get("situation/decisions")["rows"][0]
    assert [step["label"] for step in chain["steps"]] == ["asked for by", "approved by", "carried out by"]
    dossier = desk.get("dossiers/actor", id="dawn brigade")
    assert dossier["reports"] == 2
    assert dossier["holds"]
    assert desk.get("dossiers/place", name="zawara")["incidents"]
    found = desk.get("search", q="zawara")
    assert found["reports"]
    assert found["places"][0]["name"] == "Zawara"
    assert [row["kind"] for row in desk.get("failures")["rows"]] == ["SourceError"]
    assert desk.get("reports/none", 404)["todo"]
    assert desk.get("incidents", 422, km=5)["error"]
    assert desk.get("incidents", 404, place="Nowhere", km=5)["todo"]
    assert desk.get("incidents", 400, colour="red")["error"]


def test_hostile_words_come_back_as_words(tmp_path):
    reading = rich("a")
    actors = tuple(
        msgspec.structs.replace(actor, name=HOSTILE[n % len(HOSTILE)]) for n, actor in enumerate(reading.actors)
    )
    report = msgspec.structs.replace(reading.report, title=HOSTILE[0], outlet=HOSTILE[1], byline=HOSTILE[2])
    with opened(tmp_path / "sitrep.db", msgspec.structs.replace(reading, report=report, actors=actors)) as desk:
        assert desk.get("reports")["rows"][0]["title"] == HOSTILE[0]
        for words in HOSTILE:
            for path in ("search", "lookup/actors"):
                answer = desk.client.get(f"/api/{path}", params={"q": words})
                assert answer.status_code == 200
                assert answer.headers["content-type"] == "application/json"
            desk.client.get("/api/incidents", params={"actor": words, "place": words})
            assert desk.client.get("/api/reports", params={"q": words, "outlet": words}).status_code == 200
        assert desk.get("session")["counts"]["reports"] == 1


SCHEMA = schemathesis.openapi.from_dict(openapi(ENDPOINTS))
SCHEMA.config.update(base_url=f"http://{HOST}")
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.specs.openapi.checks.status_code_conformance,
    schemathesis.specs.openapi.checks.content_type_conformance,
    schemathesis.specs.openapi.checks.response_schema_conformance,
]


# the bodies are large, and take long to make up
FEW, MANY = 3, 8
PLAIN = settings(
    deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@SCHEMA.include(method="GET").parametrize()
@settings(PLAIN, max_examples=MANY)
def test_whatever_is_asked_the_answer_is_as_described(desk, case):
    case.call_and_validate(headers={"Host": HOST, "X-CSRF-Token": TOKEN}, checks=CHECKS, app=desk.app)


@SCHEMA.exclude(method="GET").parametrize()
@settings(PLAIN, max_examples=FEW)
def test_whatever_is_sent_the_answer_is_as_described(desk, case):
    case.call_and_validate(headers={"Host": HOST, "X-CSRF-Token": TOKEN}, checks=CHECKS, app=desk.app)
