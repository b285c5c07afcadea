"""The door of the desk: who may ask, and what pages may do."""

from __future__ import annotations

import pytest
from tests.fixtures.desk import HOST, TOKEN, opened
from tests.fixtures.readings import rich

BODY = {"view": {}, "version": None}
GOOD = {"Host": HOST, "Origin": f"http://{HOST}", "X-CSRF-Token": TOKEN, "Content-Type": "application/json"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    static = tmp_path_factory.mktemp("static")
    (static / "index.html").write_text("<!doctype html><title>desk</title>")
    (static / "assets").mkdir()
    (static / "assets" / "index-1a2b.js").write_text("1")
    (static.parent / "secret.txt").write_text("not for you")
    with opened(tmp_path_factory.mktemp("db") / "sitrep.db", rich("a"), static=static) as desk:
        yield desk


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 200),
        ({"Host": f"localhost:{HOST.split(':')[1]}"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": f"http://{HOST}.evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"X-CSRF-Token": ""}, 403),
        ({"X-CSRF-Token": TOKEN[:-1]}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Length": "2000000"}, 413),
        ({"Content-Length": "many"}, 413),
    ],
)
def test_only_the_desks_own_pages_may_change_anything(desk, changes, status):
    desk.desk.writer.drop_view("mine")
    answer = desk.client.put("/api/views/mine", json=BODY, headers=GOOD | changes)
    assert answer.status_code == status, answer.text
    kept = [view["name"] for view in desk.get("views")["rows"]]
    assert kept == (["mine"] if status == 200 else [])


def test_another_host_or_origin_cannot_read_either(desk):
    assert desk.client.get("/api/session", headers={"Host": "evil.example:8765"}).status_code == 403
    assert desk.client.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert desk.client.get("/api/session", headers={"Origin": "http://evil.example"}).status_code == 403
    answer = desk.client.get("/api/session")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/", "/report?id=x", "/assets/index-1a2b.js", "/api/session", "/api/nothing", "/api/reports/none"]
)
def test_every_answer_says_what_a_page_may_do(desk, path):
    headers = desk.client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/assets/%2e%2e%2f%2e%2e%2fsecret.txt", "//etc/passwd",
     "/%2fetc%2fpasswd", "/..%5csecret.txt", "/%00"],
)  # fmt: skip
def test_no_file_outside_of_the_pages_is_given(desk, path):
    answer = desk.client.get(path)
    assert "not for you" not in answer.text
    assert "root:" not in answer.text
    assert answer.status_code in (200, 404)


def test_pages_are_given_and_their_own_addresses_lead_to_them(desk):
    assert desk.client.get("/assets/index-1a2b.js").headers["cache-control"].endswith("immutable")
    assert "desk" in desk.client.get("/situation?tab=control").text
    assert desk.client.get("/api/nothing").status_code == 404
    assert desk.client.post("/api/session", headers=GOOD).status_code == 405


def test_without_pages_the_desk_says_how_to_build_them(tmp_path):
    with opened(tmp_path / "sitrep.db", rich("a"), static=tmp_path) as desk:
        answer = desk.client.get("/")
        assert answer.status_code == 503
        assert "make" in answer.text
