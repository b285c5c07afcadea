"""The situation: filters that are linked, a state that has an address, marks that lead to words, pictures."""

from __future__ import annotations

import pytest

from tests.desk.archive import Archive
from tests.desk.conftest import settle

pytestmark = pytest.mark.xdist_group("desk")


def number(page) -> int:
    return int(page.locator(".sum h1").text_content().split()[0].replace(",", ""))


def test_filters_are_linked_and_stand_in_the_address(desk, visit):
    page = visit(desk.url + "/situation")
    assert number(page) == 24
    page.check(".filters label:has-text('Shelling') input")
    assert number(page) == 5
    page.check(".filters label:has-text('LBY') input")
    few = number(page)
    assert 0 < few < 5
    page.wait_for_url("**country=LBY**")
    again = visit(page.url)
    assert number(again) == few
    again.keyboard.press("0")
    assert number(again) == 24


def test_time_is_played(desk, visit, shoot):
    page = visit(desk.url + "/situation")
    page.keyboard.press("p")
    page.wait_for_function("() => Number(document.querySelector('.sum h1').textContent.split(' ')[0]) < 12")
    shoot(page, "situation-playing")
    page.keyboard.press("p")
    page.wait_for_url("**to=2016-**")


def test_a_mark_leads_to_its_words(desk, visit, shoot):
    page = visit(desk.url + "/situation")
    page.locator(".mark").first.click()
    page.wait_for_selector(".list button:has-text('show all'), .list blockquote")
    if page.locator(".list blockquote").count() == 0:
        page.locator(".list li button").first.click()
    page.wait_for_selector(".list blockquote")
    shoot(page, "situation-picked")
    page.locator(".list blockquote a").first.click()
    page.wait_for_url("**/report?id=r0**")
    settle(page)
    page.wait_for_selector(".w.at")


def test_an_incident_is_drawn_as_wide_as_its_place_is_unsure(serve, visit):
    archive = Archive(incidents=2)
    page = visit(serve(archive).url + "/situation?map=9/32.38/15.09")
    circle = page.locator(".mark circle").first
    # 40,075 km around the equator are 256 · 2^9 pixels wide; the second incident is unsure by 12 km
    expected = 12 * 256 * 2**9 / (40_075 * 0.8445)
    assert abs(float(circle.get_attribute("r")) - expected) < 1


def test_every_view_over_time_shows_something(desk, visit):
    page = visit(desk.url + "/situation")
    for tab, inside in (
        ("2", ".lanes .bar"),
        ("3", ".lanes .bar"),
        ("4", ".network .node"),
        ("5", ".chains .step"),
        ("1", ".chart path.bars"),
    ):
        page.keyboard.press(tab)
        page.wait_for_selector(inside)
    assert page.locator(".holders li").count() >= 1


@pytest.mark.parametrize(
    ("what", "begins"),
    [("Map as SVG", b"<svg"), ("Chart as SVG", b"<svg"), ("Map as PNG", b"\x89PNG"), ("Chart as PNG", b"\x89PNG")],
)
def test_pictures_come_out(desk, visit, tmp_path, what, begins):
    page = visit(desk.url + "/situation")
    page.click("summary:has-text('Save picture')")
    with page.expect_download() as download:
        page.click(f"text={what}")
    download.value.save_as(tmp_path / "picture")
    content = (tmp_path / "picture").read_bytes()
    assert content.startswith(begins)
    assert len(content) > 2000


def test_a_view_is_saved_and_opened_again(desk, visit):
    page = visit(desk.url + "/situation")
    page.check(".filters label:has-text('Shelling') input")
    page.wait_for_url("**type=shelling**")
    page.fill(".saved input", "Shelling only")
    page.keyboard.press("Enter")
    page.wait_for_selector(".saved a:has-text('Shelling only')")
    page.goto(desk.url + "/situation")
    settle(page)
    page.click(".saved a:has-text('Shelling only')")
    page.wait_for_url("**type=shelling**")
    assert number(page) == 5
