"""A browser and a desk for the tests of the pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desk.archive import STATIC, Archive, Server

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SHOTS = Path(__file__).parents[2] / "out" / "desk"


@pytest.fixture(scope="session")
def browser():
    """One chromium for all tests; scripts/browser.py brings it."""
    from playwright.sync_api import sync_playwright

    named = os.environ.get("SITREP_CHROMIUM")
    path = named or next(
        (found for found in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if found), None
    )
    assert path, "The browser tests need chromium: run `python scripts/browser.py`."
    assert (STATIC / "index.html").is_file(), "run `make setup`: it builds the desk's pages"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Starts desks over archives."""
    servers: list[Server] = []

    def start(archive: Archive | None = None) -> Server:
        servers.append(Server(archive or Archive()))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def desk(serve) -> Server:
    return serve()


@pytest.fixture
def visit(browser):
    """Opens addresses in a window of their own; whatever a page complains of fails the test."""
    contexts = []
    complaints: list[str] = []

    def opened(url: str, **options):
        context = browser.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: complaints.append(f"{page.url}: {message.text}") if message.type == "error" else None,
        )
        page.on("dialog", lambda dialog: (complaints.append(f"{page.url}: dialog {dialog.message}"), dialog.dismiss()))
        page.goto(url)
        settle(page)
        return page

    opened.complaints = complaints
    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def settle(page) -> None:
    """Wait until the page has what it asked for."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "() => !document.querySelector('[role=progressbar]') && document.querySelector('main')?.childElementCount"
    )


@pytest.fixture
def shoot():
    """Keeps a picture of a page in out/desk/, for a person to look at."""

    def keep(page, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", animations="disabled")

    return keep
