"""Every page: it opens without a complaint, is accessible in light and dark, fits at 200 % zoom, and runs nothing stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.archive import Archive
from tests.desk.conftest import settle
from tests.desk.hostile import hostile

pytestmark = pytest.mark.xdist_group("desk")
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = {
    "queue": "/queue",
    "queue-of-reports": "/queue?of=reports",
    "reports": "/reports",
    "report": "/report?id=r0&at=0&to=10",
    "incident": "/incident?id=i0",
    "situation": "/situation",
    "situation-timeline": "/situation?tab=timeline",
    "situation-control": "/situation?tab=control",
    "situation-actors": "/situation?tab=network&big=1",
    "situation-decisions": "/situation?tab=decisions",
    "actor": "/actor?id=A0",
    "place": "/place?name=Sirte&country=LBY",
    "search": "/search?q=market",
    "double-coding": "/coding",
    "differences": "/coding?report=r0",
    "export": "/export",
    "failures": "/failures",
    "no-such-page": "/nowhere",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_violates_an_accessibility_rule(desk, visit, shoot, scheme):
    # axe runs as a script of its own, which the desk's policy rightly forbids
    page = visit(desk.url + "/queue", color_scheme=scheme, bypass_csp=True)
    found = []
    # in the dark only the colours differ
    rules = RULES if scheme == "light" else ["color-contrast", "link-in-text-block"]
    for name, address in PAGES.items():
        page.goto(desk.url + address)
        settle(page)
        shoot(page, f"{name}-{scheme}")
        page.evaluate(AXE.read_text())
        result = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
        found += [
            f"{name} {scheme}: {one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary'][:200]}"
            for one in result["violations"]
        ]
    assert found == []


def test_dialogs_violate_no_accessibility_rule(desk, visit, shoot):
    page = visit(desk.url + "/queue", bypass_csp=True)
    found = []
    for address, keys in (
        ("/queue", "?"),
        ("/queue", "x"),
        ("/queue", "c"),
        ("/report?id=r0", "jc"),
        ("/report?id=r0", "jx"),
        ("/incident?id=i0", "m"),
    ):
        page.goto(desk.url + address)
        settle(page)
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        shoot(page, f"dialog-{address.strip('/').split('?')[0]}-{ord(keys[-1])}")
        page.evaluate(AXE.read_text())
        result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        found += [f"{address} {keys}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in result["violations"]]
    assert found == []


@pytest.mark.parametrize(
    ("address", "ready", "keys"),
    [
        ("/queue", "aside blockquote", "x"),
        ("/queue", "aside blockquote", "c"),
        ("/queue", "aside blockquote", "?"),
        ("/report?id=r0", "[data-unit='events/e1']", "jc"),
        ("/incident?id=i0", "table[role=grid]", "m"),
    ],
)
def test_a_dialog_has_a_name_keeps_the_focus_and_gives_it_back(desk, visit, address, ready, keys):
    page = visit(desk.url + address)
    page.wait_for_selector(ready)
    for key in keys[:-1]:
        page.keyboard.press(key)
    before = page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press(keys[-1])
    page.wait_for_selector("dialog[open]")
    assert page.get_by_role("dialog").get_attribute("aria-labelledby")
    assert page.evaluate("document.querySelector('dialog h2').textContent.trim()")
    inside = "document.querySelector('dialog').contains(document.activeElement)"
    assert page.evaluate(inside)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(25):
            page.keyboard.press(key)
            # between the last and the first the browser itself has the focus; nothing of the page behind ever has
            assert page.evaluate(f"{inside} || document.activeElement === document.body")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate("document.activeElement.outerHTML") == before


def test_pages_are_readable_at_twice_the_size(desk, visit, shoot):
    # 1280 by 800 at 200 % leaves 640 by 400 for the page
    page = visit(desk.url + "/queue", viewport={"width": 640, "height": 400}, device_scale_factor=2)
    for name, address in PAGES.items():
        page.goto(desk.url + address)
        settle(page)
        wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        if name in {"queue", "report", "situation"}:
            shoot(page, f"{name}-twice")
        assert wide <= 1, f"{name} is {wide} px too wide"


def test_nothing_stored_runs(serve, visit):
    """Two hundred texts as titles, outlets, names, quotes and text, on every page, pointed at and opened."""
    texts = hostile()
    assert len(set(texts)) == 200
    desk = serve(Archive(incidents=40, hostile=texts))
    page = visit(desk.url + "/queue")
    shown = []
    for address in (*PAGES.values(), "/search?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.ran%3D1%3E"):
        page.goto(desk.url + address)
        settle(page)
        for key in ("j", "ArrowRight", "e"):
            page.keyboard.press(key)
        page.mouse.move(400, 300)
        assert page.evaluate("window.ran") is None, address
        shown.append(page.evaluate("document.body.textContent"))
    # they were there to be run: nearly all of them both in the report's text and on the page of what was found
    for where in ("report", "search"):
        words = shown[list(PAGES).index(where)]
        assert sum(text in words for text in texts) >= 190, where


def test_what_is_downloaded_runs_nothing(serve, visit, tmp_path):
    """A picture holds stored names as text."""
    desk = serve(Archive(incidents=40, hostile=['</text><script>alert("x")</script>&']))
    page = visit(desk.url + "/situation")
    page.click("summary:has-text('Save picture')")
    with page.expect_download() as download:
        page.click("text=Map as SVG")
    download.value.save_as(tmp_path / "map.svg")
    from lxml import etree

    tree = etree.parse(tmp_path / "map.svg")
    assert not tree.findall(".//{*}script")
    assert any("script" in (text or "") for text in tree.getroot().itertext())
