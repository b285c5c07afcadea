"""The pages over the real desk: every page opens, and what a reviewer does is written."""

from __future__ import annotations

import socket
import threading

import pytest
import uvicorn

from sitrep.review.desk.app import make_app
from sitrep.review.desk.desk import open_desk
from tests.desk.conftest import settle
from tests.desk.test_pages import PAGES
from tests.fixtures.desk import TOKEN, failed, fill, other, rich

pytestmark = pytest.mark.xdist_group("desk")
ASKED = {
    "report": "/report?id=r-a",
    "actor": "/actor?id=LBYMIL",
    "place": "/place?name=zawara",
    "differences": "/coding",
}


@pytest.fixture
def address(tmp_path):
    """A desk on a small archive, served as `sitrep desk` does."""
    fill(tmp_path / "sitrep.db", rich("a"), other("b"), failed())
    desk = open_desk(tmp_path / "sitrep.db", user="mina", token=TOKEN)
    desk.writer.rank()
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    port = door.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(desk, port=port), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def test_every_page_opens_and_a_judgement_is_written_and_undone(address, visit, shoot):
    page = visit(address + "/queue")
    for name, usual in PAGES.items():
        if name != "incident":
            page.goto(address + ASKED.get(name, usual))
            settle(page)
            shoot(page, f"real-{name}")
    page.goto(address + "/queue")
    page.wait_for_selector("aside blockquote")
    with page.expect_response("**/api/judgements") as answer:
        page.keyboard.press("a")
    assert answer.value.status == 201
    # the page has taken the answer in once it offers to take it back
    page.wait_for_selector(".messages button:has-text('Undo')")
    with page.expect_response("**/undo") as answer:
        page.keyboard.press("z")
    assert answer.value.status == 201
