"""The export page: every format, its options, and the filters that a person comes with."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.xdist_group("desk")


def test_a_download_asks_for_the_format_with_its_options_and_the_filters(desk, visit):
    page = visit(desk.url + "/export?type=air_strike&state=accepted")
    link = page.locator("a:has-text('Download ACLED')")
    assert link.get_attribute("href") == "/api/export/acled?type=air_strike&state=accepted"
    page.locator("li:has-text('ACLED') select").select_option("numeric")
    assert link.get_attribute("href") == "/api/export/acled?type=air_strike&state=accepted&inter=numeric"
    page.get_by_role("textbox", name="Actor").fill("Islamic State")
    page.wait_for_url("**actor=Islamic+State**")
    assert "actor=Islamic+State" in link.get_attribute("href")
    # a format that came with somebody's package stands there, too
    assert page.get_by_role("link", name="Download A format of somebody's own").count() == 1


def test_the_situation_hands_its_filters_on(desk, visit):
    page = visit(desk.url + "/situation?type=shelling&country=LBY&from=2016-01-01")
    page.click("a:has-text('Export')  >> nth=-1")
    page.wait_for_url("**/export?**")
    assert "type=shelling" in page.url
    assert "country=LBY" in page.url
    assert "since=2016-01-01" in page.url
