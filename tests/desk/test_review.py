"""Reviewing: by keyboard alone, on the queue, in a report and in an incident."""

from __future__ import annotations

import pytest

from tests.desk.archive import TEXT, TOKEN, Archive, words
from tests.desk.conftest import settle

pytestmark = pytest.mark.xdist_group("desk")


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def judged(desk, number: int, page) -> list[dict]:
    """Wait until so many judgements were written."""
    for _ in range(600):
        if len(desk.archive.judged) >= number:
            break
        page.wait_for_timeout(50)
    assert len(desk.archive.judged) == number
    return desk.archive.judged


def test_a_reviewer_judges_twenty_incidents_by_keyboard_alone(desk, visit, shoot):
    page = visit(desk.url + "/queue")
    page.wait_for_selector("[role=option]")
    expected, last = [], None
    for n in range(20):
        page.wait_for_selector(f"[role=option][aria-selected=true][aria-posinset='{n + 1}']")
        # the card of the row before stands until the next one's has come
        page.wait_for_function(
            "last => { const card = document.querySelector('aside article');"
            " return card && card.dataset.incident !== last && card.querySelector('blockquote') }",
            arg=last,
        )
        last = page.get_attribute("aside article", "data-incident")
        before = len(desk.archive.judged)
        if n % 5 == 1:
            press(page, "x")
            page.wait_for_selector("dialog[open]")
            press(page, "2")
            expected.append(("state", "rejected"))
            judged(desk, before + 1, page)
        elif n % 5 == 3:
            # the second source is right about the type
            press(page, "1")
            page.wait_for_selector("dialog[open] input[type=radio]")
            press(page, "ArrowDown", "Enter")
            expected.append(("choose", "shelling"))
            judged(desk, before + 1, page)
            page.wait_for_function("() => document.querySelector('aside dl')?.textContent.includes('by mina')")
            press(page, "a")
            expected.append(("state", "accepted"))
            judged(desk, before + 2, page)
        else:
            press(page, "a")
            expected.append(("state", "accepted"))
            judged(desk, before + 1, page)
    done = [
        (one["correction"]["kind"], one["correction"].get("state") or one["correction"]["value"])
        for one in desk.archive.judged
    ]
    assert done == expected
    assert len({one["target"]["id"] for one in desk.archive.judged}) == 20
    assert all(one["reason"] for one in desk.archive.judged if one["correction"].get("state") == "rejected")
    assert set(desk.tokens) == {TOKEN}
    shoot(page, "queue-reviewed")
    page.wait_for_selector("[role=option][aria-selected=true][aria-posinset='21']")
    press(page, "z")
    page.wait_for_selector("text=Undone")
    assert desk.archive.undone == [desk.archive.judged[-1]["judgement"]]


def test_either_side_of_a_report_lights_the_other(desk, visit, shoot):
    page = visit(desk.url + "/report?id=r0")
    page.hover(".w.ev:has-text('struck')")
    assert page.locator("[data-unit='events/e1'].lit").count() == 1
    assert page.locator(".w.lit-key").all_text_contents() == ["struck"]
    page.hover("[data-unit='events/e1#1']")
    assert page.locator(".w.lit-key").all_text_contents() == ["a market"]
    page.mouse.move(5, 5)
    press(page, "j")
    assert page.locator("[data-unit='events/e1'].here").count() == 1
    press(page, "ArrowRight")
    assert "Unity government" in "".join(page.locator(".w.lit-key").all_text_contents())
    # one key shows the words behind the value
    press(page, "e")
    assert page.locator(".evidence q").text_content() == "the Unity government"
    shoot(page, "report-evidence")


def test_a_type_is_corrected_and_the_correction_undone(desk, visit, shoot):
    page = visit(desk.url + "/report?id=r0")
    press(page, "j", "t")
    page.select_option("dialog select", "shelling")
    page.fill("dialog input", "the report names a mortar")
    press(page, "Enter")
    one = judged(desk, 1, page)[0]
    assert one["target"] == {"layer": "events", "id": "e1", "report": "r0"}
    assert one["correction"] == {"kind": "type", "type": "shelling"}
    assert (one["reason"], one["version"]) == ("the report names a mortar", "v.0")
    page.wait_for_selector("[data-unit='events/e1'] .kind:has-text('Shelling')")
    shoot(page, "report-corrected")
    press(page, "z")
    page.wait_for_selector("text=Undone")
    assert desk.archive.undone == ["j0"]


def test_an_event_is_added_from_words_chosen_with_the_keyboard(desk, visit, shoot):
    page = visit(desk.url + "/report?id=r0")
    press(page, "w")
    # to "bodies under", past an emoji that counts two units
    for _ in range(TEXT[: TEXT.index("bodies")].replace("🚁", "").count(" ") + 20):
        if page.evaluate("String(getSelection())").startswith("bodies"):
            break
        press(page, "ArrowRight")
    press(page, "Shift+ArrowRight")
    assert page.evaluate("String(getSelection())") == "bodies under"
    press(page, "n")
    page.wait_for_selector("dialog[open]")
    shoot(page, "report-add-event")
    page.keyboard.type("Shell")
    page.wait_for_selector("[role=option]")
    press(page, "Enter", "Enter")
    one = judged(desk, 1, page)[0]
    assert one["correction"] == {
        "kind": "add_event",
        "type": "shelling",
        "factuality": "occurred",
        "words": [words(TEXT, "bodies under")],
    }
    page.wait_for_selector(".w.ev:has-text('bodies under')")


def test_a_graphic_passage_is_veiled_until_asked_for(desk, visit, shoot):
    page = visit(desk.url + "/report?id=r0")
    press(page, "w")
    for _ in range(60):
        if page.evaluate("String(getSelection())").startswith("bodies"):
            break
        press(page, "ArrowRight")
    press(page, "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "v")
    judged(desk, 1, page)
    veiled = page.locator(".w.veil")
    veiled.first.wait_for()
    assert "".join(veiled.all_text_contents()) == "bodies under the rubble"
    shoot(page, "report-veiled")
    press(page, "V")
    assert page.locator(".w.veil").count() == 0


def test_a_rejected_fact_keeps_its_reason(desk, visit):
    page = visit(desk.url + "/report?id=r0")
    press(page, "j", "x")
    page.wait_for_selector("dialog[open]")
    press(page, "1")
    one = judged(desk, 1, page)[0]
    assert one["correction"] == {"kind": "reject"}
    assert one["reason"]
    page.wait_for_selector("h2:has-text('Rejected')")


def test_the_place_is_corrected_from_its_candidates(desk, visit, shoot):
    page = visit(desk.url + "/report?id=r0")
    press(page, "j", "ArrowRight", "ArrowRight", "ArrowRight", "c")
    page.wait_for_selector("dialog [role=option]")
    page.wait_for_timeout(300)
    shoot(page, "report-place")
    press(page, "ArrowDown", "Enter", "Enter")
    one = judged(desk, 1, page)[0]
    assert one["correction"]["kind"] == "place"
    assert one["correction"]["place"]["name"] == "Sirte"
    assert one["correction"]["precision"] == 1


def test_two_tabs_do_not_overwrite_each_other(desk, visit):
    one, other = visit(desk.url + "/report?id=r0"), visit(desk.url + "/report?id=r0")
    press(one, "a")
    judged(desk, 1, one)
    with other.expect_response("**/api/judgements") as answer:
        press(other, "l")
    assert answer.value.status == 409
    other.wait_for_selector("text=Somebody changed this")
    assert desk.archive.state["r0"] == "accepted"
    assert len(desk.archive.judged) == 1
    # shown anew, it can be judged
    other.wait_for_selector(".bar .chip:has-text('Accepted')")
    press(other, "l")
    judged(desk, 2, other)
    # the browser names every refused request on its console; this one was meant
    visit.complaints[:] = [complaint for complaint in visit.complaints if "409" not in complaint]


def test_an_incidents_grid_is_walked_and_its_value_chosen(desk, visit, shoot):
    page = visit(desk.url + "/incident?id=i0")
    page.wait_for_selector("table[role=grid]")
    press(page, "ArrowRight", "ArrowRight", "e")
    page.wait_for_selector(".words q")
    shoot(page, "incident-words")
    press(page, "Enter")
    one = judged(desk, 1, page)[0]
    assert one["target"] == {"layer": "incidents", "id": "i0"}
    assert one["correction"] == {"kind": "choose", "field": "type", "value": "shelling"}
    page.wait_for_selector("td.chosen:has-text('Shelling')")


def test_incidents_are_merged_and_split_with_a_preview(desk, visit, shoot):
    page = visit(desk.url + "/incident?id=i0")
    page.wait_for_selector("table[role=grid]")
    press(page, "m")
    page.check("dialog input[value=i1]")
    page.wait_for_selector(".previews .panel")
    shoot(page, "incident-merge")
    with page.expect_response(lambda answer: "/api/incidents/" in answer.url and answer.request.method == "GET"):
        page.click("dialog button.main")
    assert judged(desk, 1, page)[0]["correction"] == {"kind": "merge", "others": ["i1"]}
    page.wait_for_selector("dialog", state="detached")
    settle(page)
    # the page that came after the merge takes the keys once it has its grid
    page.wait_for_selector("table[role=grid] td")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("td.here[data-at=here]:nth-of-type(2)")
    page.keyboard.press("s")
    page.keyboard.press("S")
    page.wait_for_selector(".previews .panel")
    page.click("dialog button.main")
    assert judged(desk, 2, page)[1]["correction"] == {"kind": "split", "events": [{"report": "wire-0", "event": "e1"}]}


def test_single_letters_can_be_turned_off(desk, visit):
    page = visit(desk.url + "/queue")
    press(page, "?")
    page.uncheck("dialog input[type=checkbox]")
    press(page, "Escape")
    page.wait_for_selector("dialog", state="detached")
    press(page, "a", "ArrowDown")
    page.wait_for_selector("[role=option][aria-selected=true][aria-posinset='2']")
    assert desk.archive.judged == []


def test_search_is_one_key_away(desk, visit):
    page = visit(desk.url + "/queue")
    press(page, "/")
    page.keyboard.type("market")
    press(page, "Enter")
    page.wait_for_url("**/search?q=market")
    settle(page)
    assert page.locator("mark").first.text_content() == "market"


def test_an_empty_queue_says_so(serve, visit):
    page = visit(serve(Archive(incidents=0)).url + "/queue")
    page.wait_for_selector("text=Nothing waits here.")
