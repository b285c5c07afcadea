"""How the desk feels on a large archive, in a browser: `python scripts/desk_feel.py [--reports N] [--db FILE]`.

It serves the archive as `sitrep desk` does, in a process of its own, drives chromium through what a reviewer does and
times each act inside the page: from the key, click or letter to the frame that shows what was asked for. An archive of
made-up readings is written where there is none. Beside the milliseconds stands each act as a share of a yardstick, a
fixed piece of work of the same browser in the same run, so that runs on unlike machines can be compared; and, for
machines that others use too, what the page's own thread and the desk's process worked meanwhile, waiting not counted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from desk_speed import make
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ACT_MS, FIRST_MS = 100.0, 1000.0
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

# waits in the page: from the first thing that a hand does to the frame after the condition holds
WATCH = """
() => {
  const kinds = ["keydown", "pointerdown", "pointermove", "wheel"];
  const holds = () => { try { return CONDITION; } catch { return false; } };
  window.__felt = null;
  {
    let begun = null;
    const note = (event) => { if (event.isTrusted && begun === null) begun = event.timeStamp; };
    for (const kind of kinds) addEventListener(kind, note, { capture: true, passive: true });
    const look = () => {
      if (begun === null || !holds()) return requestAnimationFrame(look);
      for (const kind of kinds) removeEventListener(kind, note, { capture: true });
      // the frame that shows it has been handed over when the next one begins
      requestAnimationFrame(() => (window.__felt = performance.now() - begun));
    };
    requestAnimationFrame(look);
  }
}
"""
# 200,000 numbers sorted and 1,500 rows laid out: the sort of work that pages do, without the desk
YARDSTICK = """
() => {
  const begun = performance.now();
  let seed = 7;
  const numbers = Array.from({ length: 200000 }, () => (seed = (seed * 16807) % 2147483647));
  numbers.sort((a, b) => a - b);
  const list = document.createElement("ol");
  for (let n = 0; n < 1500; n += 1) {
    const row = document.createElement("li");
    row.append(String(numbers[n]));
    list.append(row);
  }
  document.body.replaceChildren(list);
  void list.offsetHeight;
  return performance.now() - begun;
}
"""
type Step = Callable[[Page], Any]


class Act(NamedTuple):
    """Something that a person does.

    before: brings the page there, untimed. shown: JavaScript that is true once it is seen, or what gives it.
    """

    name: str
    before: Step
    do: Step
    shown: str | Callable[[Page], str]
    limit: float = ACT_MS


class Felt(NamedTuple):
    """Milliseconds of one act: as a person waits, and as the page and the desk work."""

    waited: float
    page: float
    desk: float


@contextmanager
def served(db: Path) -> Iterator[tuple[str, int]]:
    """The desk on an archive, in its own process; its address and process id."""
    command = [sys.executable, "-m", "sitrep", "desk", "--db", str(db), "--port", "0", "--user", "measure"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline() if process.stdout else ""
        yield next(word for word in line.split() if word.startswith("http")).rstrip("/"), process.pid
    finally:
        process.terminate()
        process.wait(20)


# steps


def still(page: Page) -> None:
    """Wait until the page has all that it asked for."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "() => !document.querySelector('[role=progressbar]') && document.querySelector('main')?.childElementCount"
    )


def at(url: str) -> Step:
    """Go to an address and wait for it."""
    return lambda page: (page.goto(url), still(page))


def keys(*pressed: str) -> Step:
    """Press keys."""
    return lambda page: [page.keyboard.press(key) for key in pressed]


def click(selector: str, number: int = 0) -> Step:
    """Click on one of these."""
    return lambda page: page.locator(selector).nth(number).click()


def then(*steps: Step) -> Step:
    """One after another."""
    return lambda page: [step(page) for step in steps]


def words(selector: str, letters: str) -> Step:
    """Letters into a field, and what they bring awaited."""
    return lambda page: (page.fill(selector, letters), page.wait_for_timeout(500), still(page))


def stay(page: Page) -> None:
    """Where the act before ended."""
    still(page)


# what is seen

CARD = "document.querySelector('aside article').dataset.incident"


def here(selector: str, holding: str = "") -> str:
    """Something stands on the page, with words in it."""
    each = f"[...document.querySelectorAll({json.dumps(selector)})]"
    return f"{each}.some(one => one.textContent.includes({json.dumps(holding)}))"


def other(seen: str) -> Callable[[Page], str]:
    """What an expression gives is another than before."""
    return lambda page: f"{seen} !== {json.dumps(page.evaluate(seen))}"


def other_card(page: Page) -> str:
    """The card shows another incident than before."""
    return f"{other(CARD)(page)} && document.querySelector('aside blockquote')"


INCIDENTS = "document.querySelector('.sum h1').textContent"
CHOSEN = "document.querySelector('[aria-selected=true]').id"
MARK = "document.querySelector('.mark').outerHTML"
MESSAGE = here(".messages .message")


def acts(url: str, report: str, incident: str, town: str) -> list[Act]:
    """What a reviewer does all day, page by page."""
    return [*queue_acts(url), *report_acts(url, report), *situation_acts(url), *elsewhere(url, incident, town)]


def queue_acts(url: str) -> list[Act]:
    """At the queue and from it."""
    queue = at(url + "/queue")
    reports = here("h1", "Reports") + " && " + here(".item strong", "Report")
    map_shown = here(".sum h1") + " && " + here(".mark")
    return [
        Act("queue: next", queue, keys("j"), other_card),
        Act("queue: ten on", stay, keys("PageDown"), other_card),
        Act("queue: to the end", stay, keys("End"), other_card),
        Act("queue: accept, and the next", queue, keys("a"), other_card),
        Act("queue: undo", stay, keys("z"), here(".messages", "Undone")),
        Act("queue: open the incident", queue, keys("Enter"), here("table[role=grid] td")),
        Act("queue: to its reports", queue, click(".tabs button", 1), reports),
        Act("queue: to reports", queue, keys("g", "r"), here("header h1", "Reports") + " && " + here(".item strong")),
        Act("reports: ten on", stay, keys("PageDown"), other(CHOSEN)),
        Act("reports: open one", stay, keys("Enter"), here(".text .w")),
        Act("queue: to the situation", queue, keys("g", "s"), map_shown, FIRST_MS),
    ]


def report_acts(url: str, report: str) -> list[Act]:
    """In one report."""
    read = at(f"{url}/report?id={report}")
    correct = then(read, keys("j", "t"), another_type)
    spot = then(read, keys("j", *["ArrowRight"] * 3, "c"), still)
    field = "dialog input[role=combobox]"
    hits = other("document.querySelectorAll('dialog [role=option]').length + ' ' + document.activeElement.value")
    return [
        Act("report: next fact", read, keys("j"), here(".here")),
        Act("report: light up by pointer", read, lambda page: page.hover(".w.ev"), here(".w.lit-key")),
        Act("report: words of a value", then(read, keys("j", "ArrowRight")), keys("e"), here(".evidence q")),
        Act(
            "report: correct a type",
            correct,
            keys("Enter"),
            other("document.querySelector('.record .kind').textContent"),
        ),
        Act("report: undo that", stay, keys("z"), here(".messages", "Undone")),
        Act("report: a letter of a place", then(spot, words(field, "Alepp")), keys("o"), hits),
    ]


def situation_acts(url: str) -> list[Act]:
    """With everything on the map."""
    situation = at(url + "/situation")
    facets = [f".filters fieldset:nth-of-type({n}) input" for n in (1, 2, 3)]
    picked = here(".list h2", "picked") + " || " + here(".list blockquote")
    return [
        Act("situation: a type", situation, click(facets[0]), other(INCIDENTS)),
        Act("situation: let it go", stay, click(facets[0]), other(INCIDENTS)),
        Act("situation: an actor", stay, click(facets[1]), other(INCIDENTS)),
        Act("situation: a country", stay, click(facets[2]), other(INCIDENTS)),
        Act("situation: clear", stay, keys("0"), other(INCIDENTS)),
        Act("situation: timeline", situation, keys("2"), here(".lanes .bar")),
        Act("situation: control", situation, keys("3"), here(".lanes .bar")),
        Act("situation: actors", situation, keys("4"), here(".network .node")),
        Act("situation: decisions", situation, keys("5"), here(".chains .step")),
        Act("situation: a mark", situation, click(".mark", 3), picked),
        Act("situation: closer", then(situation, lambda page: page.mouse.move(700, 300)), wheel, other(MARK)),
    ]


def another_type(page: Page) -> None:
    """Choose a type that the event does not have."""
    now = page.locator("dialog select").first.input_value()
    page.select_option("dialog select", "arson" if now == "looting" else "looting")
    page.focus("dialog input")


def wheel(page: Page) -> None:
    """Turn the wheel once."""
    page.mouse.wheel(0, -240)


def elsewhere(url: str, incident: str, town: str) -> list[Act]:
    """The other pages."""
    told = at(f"{url}/incident?id={incident}")
    ask: Step = lambda page: (page.keyboard.press("/"), page.keyboard.insert_text(town))  # noqa: E731
    actor = "location.pathname === '/actor' && " + here("main h1")
    place = "location.pathname === '/place' && " + here("main h1")
    chosen = here("td.chosen") + " && " + MESSAGE
    return [
        Act("incident: choose a value", then(told, keys("ArrowRight", "ArrowRight")), keys("Enter"), chosen),
        Act("search: a place", then(at(url + "/queue"), ask), keys("Enter"), here("main mark")),
        Act("dossier of an actor", at(f"{url}/search?q=Islamic"), click("aside ul a"), actor),
        Act("dossier of a place", at(f"{url}/search?q={town}"), click("a[href^='/place']"), place),
        Act("double coding", at(url + "/queue"), keys("g", "d"), here("main h1", "oubl")),
    ]


FIRST = (
    ("/queue", here("aside blockquote")),
    ("/situation", here(".sum h1") + " && " + here(".mark")),
    ("/reports", here("[role=option] strong")),
)


class Clock:
    """What a page's main thread and a process have worked so far, in milliseconds."""

    def __init__(self, page: Page, process: int) -> None:
        self._stat = Path(f"/proc/{process}/stat")
        self._asked = page.context.new_cdp_session(page)
        self._asked.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._page, self._desk = self._now()

    def _now(self) -> tuple[float, float]:
        told = {one["name"]: one["value"] for one in self._asked.send("Performance.getMetrics")["metrics"]}
        # user and system time stand in columns 14 and 15, after a name in brackets
        parts = self._stat.read_text().rpartition(")")[2].split() if self._stat.exists() else ["0"] * 13
        ticks = int(parts[11]) + int(parts[12])
        return told["TaskDuration"] * 1000, ticks * 1000 / os.sysconf("SC_CLK_TCK")

    def lap(self, waited: float) -> Felt:
        """What was worked since the last lap."""
        page, desk = self._now()
        felt = Felt(waited, page - self._page, desk - self._desk)
        self._page, self._desk = page, desk
        return felt


def first_view(browser: Browser, address: str, process: int, shown: str) -> Felt:
    """From the address to the frame that shows the page, with nothing kept from before."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    clock = Clock(page, process)
    page.goto(address, wait_until="commit")
    page.wait_for_function(f"() => {shown}", polling="raf")
    took = float(page.evaluate("() => new Promise(done => requestAnimationFrame(() => done(performance.now())))"))
    felt = clock.lap(took)
    context.close()
    return felt


def feel(page: Page, act: Act, clock: Clock) -> Felt:
    """One act."""
    act.before(page)
    shown = act.shown if isinstance(act.shown, str) else act.shown(page)
    page.evaluate(WATCH.replace("CONDITION", shown))
    clock.lap(0)
    act.do(page)
    return clock.lap(float(page.wait_for_function("() => window.__felt", timeout=8_000).json_value()))


def measure(browser: Browser, db: Path, rounds: int, only: str) -> Iterator[tuple[str, list[Felt], float]]:
    """Each act with what it took and its limit, the yardstick before all."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.evaluate(YARDSTICK)
    clock = Clock(page, os.getpid())
    yield "yardstick", [clock.lap(float(page.evaluate(YARDSTICK)))._replace(desk=0) for _ in range(7)], 0
    for path, shown in FIRST:
        if only in path:
            with served(db) as (url, process):
                # the desk's very first answer, and then with the desk warm
                first = first_view(browser, url + path, process, shown)
                yield f"first view of {path}, desk just begun", [first], FIRST_MS
                times = [first_view(browser, url + path, process, shown) for _ in range(rounds)]
                yield f"first view of {path}", times, FIRST_MS
    with served(db) as (url, process):
        row = page.request.get(f"{url}/api/incidents?sort=-reports").json()["rows"][3]
        report = page.request.get(f"{url}/api/reports").json()["rows"][7]["report"]
        wanted = [act for act in acts(url, report, row["id"], row["place"]) if only in act.name]
        times: dict[str, list[Felt]] = {act.name: [] for act in wanted}
        clock = Clock(page, process)
        for n in range(rounds + 1):
            for act in wanted:
                try:
                    took = feel(page, act, clock)
                except Exception as error:  # noqa: BLE001 - the rest is measured all the same
                    sys.stderr.write(f"{act.name}: {str(error).splitlines()[0]}\n")
                    continue
                # the first round warms up
                if n:
                    times[act.name].append(took)
        for act in wanted:
            yield act.name, times[act.name], act.limit
    context.close()


def main() -> None:
    """Make the archive where there is none, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="acts with this in their name")
    parser.add_argument("--db", type=Path, default=Path("desk-speed.db"))
    options = parser.parse_args()
    if not options.db.exists():
        make(options.db, options.reports)
    path = os.environ.get("SITREP_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yard = 1.0
        sys.stdout.write(f"{time.strftime('%H:%M')}, load {os.getloadavg()[0]:.1f}; milliseconds\n")
        sys.stdout.write("  median  slowest   yards  page works  desk works\n")
        for name, times, limit in measure(browser, options.db, options.rounds, options.only):
            if not times:
                continue
            middle, page, desk = (statistics.median(part) for part in zip(*times, strict=True))
            yard = middle if name == "yardstick" else yard
            note = f"over {limit:,.0f} ms" if limit and middle > limit else ""
            slowest = max(felt.waited for felt in times)
            figures = f"{middle:8.0f} {slowest:8.0f} {middle / yard:7.2f} {page:11.0f} {desk:11.0f}"
            sys.stdout.write(f"{figures}  {name:44} {note}\n")
            sys.stdout.flush()
        browser.close()


if __name__ == "__main__":
    main()
