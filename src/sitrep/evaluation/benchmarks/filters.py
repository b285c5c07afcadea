"""Filters and searches over a large archive: what the first page of an answer costs."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench
    from sitrep.store.view import View

PAPER = (
    "Our own definition: an SQLite archive of generated events (`evaluation/made_archive.py`), each in a report of "
    "its own, asked through `sitrep.open` for the first fifty incidents that fit every kind of filter, for words, "
    "actors and control. median_ms, p95_ms, slowest_ms over all questions, in processor time, which other work on the "
    "machine hardly changes; KIND_ms the slowest of each kind. --limit: how many events (default 20,000)."
)
SCORES = ("p95_ms", "median_ms", "slowest_ms")
GENERATED = True
EVENTS = 20_000
STATES = ("unreviewed", "in_review", "accepted", "rejected", "second_look")
PAGE, ROUNDS = 50, 12

type Question = Callable[[View], object]


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over an archive of as many events as there are rows."""
    from sitrep.evaluation.made_archive import fill
    from sitrep.store.view import View

    del bench
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "made.db"
        fill(store, len(rows) or EVENTS)
        with View(store) as view:
            spent = {name: _ask(view, question) for name, question in questions(view)}
    every = sorted(ms for times in spent.values() for ms in times)
    worst = {f"{name}_ms": max(times) for name, times in spent.items()}
    return {
        "p95_ms": every[int(0.95 * (len(every) - 1))],
        "median_ms": every[len(every) // 2],
        "slowest_ms": every[-1],
        **worst,
    }


def _ask(view: View, question: Callable[[random.Random], Question]) -> list[float]:
    """Milliseconds of some questions of one kind."""
    chance = random.Random(3)
    times: list[float] = []
    for _ in range(ROUNDS):
        put = question(chance)
        begun = time.process_time()
        put(view)
        times.append((time.process_time() - begun) * 1000)
    return times


def questions(view: View) -> list[tuple[str, Callable[[random.Random], Question]]]:
    """The kinds of questions, each with what makes one of it."""
    from sitrep.evaluation.generate import GROUPS
    from sitrep.store.filters import Filter

    some = view.incidents(limit=2000)
    places = sorted({incident.place for incident in some if incident.place})
    days = sorted({incident.start for incident in some if incident.start})
    types = sorted({incident.type for incident in some})
    words = sorted({word for hit in some[:50] for word in _words_of(view, hit.events[0].report)})

    def filtered(make: Callable[[random.Random], Filter]) -> Callable[[random.Random], Question]:
        def put(chance: random.Random) -> Question:
            wanted = make(chance)
            return lambda view: view.incidents(wanted, limit=PAGE)

        return put

    def who(chance: random.Random) -> str:
        return f"group_{chance.randrange(GROUPS)}"

    return [
        ("all", filtered(lambda _: Filter())),
        ("type", filtered(lambda chance: Filter(type=chance.choice(types)))),
        ("since", filtered(lambda chance: Filter(since=chance.choice(days)))),
        ("until", filtered(lambda chance: Filter(until=chance.choice(days)))),
        ("week", filtered(lambda chance: Filter(since=(day := chance.choice(days)), until=day[:8] + "28"))),
        ("country", filtered(lambda _: Filter(country="XXA"))),
        ("no_country", filtered(lambda _: Filter(country="NOR"))),
        ("place", filtered(lambda chance: Filter(place=chance.choice(places)))),
        ("near", filtered(lambda chance: Filter(place=chance.choice(places), km=30))),
        ("actor", filtered(lambda chance: Filter(actor=who(chance)))),
        ("actor_name", filtered(lambda chance: Filter(actor=who(chance).replace("_", " ").title()))),
        ("killed", filtered(lambda chance: Filter(killed=chance.choice((1, 20, 100, 290))))),
        ("injured", filtered(lambda chance: Filter(injured=chance.choice((1, 20))))),
        ("state", filtered(lambda chance: Filter(state=chance.choice(("unreviewed", "accepted", "second_look"))))),
        ("type_and_place", filtered(lambda chance: Filter(type=chance.choice(types), place=chance.choice(places)))),
        ("actor_and_killed", filtered(lambda chance: Filter(actor=who(chance), killed=50, since=chance.choice(days)))),
        ("search_word", lambda chance: _search(chance.choice(words))),
        ("search_words", lambda chance: _search(" ".join(chance.sample(words, 2)))),
        ("show", lambda chance: _named(chance.choice(some).id, lambda view, name: view.incident(name))),
        (
            "actors",
            lambda chance: _named(who(chance), lambda view, name: view.actors(name.replace("_", " "), limit=PAGE)),
        ),
        ("control", lambda chance: _named(chance.choice(places), lambda view, name: view.control(name))),
    ]


def _named(name: str, ask: Callable[[View, str], object]) -> Question:
    return lambda view: ask(view, name)


def _search(words: str) -> Question:
    return lambda view: view.search(words, limit=20)


def _words_of(view: View, report: str) -> list[str]:
    return view.text_of(report).split()[:20]
