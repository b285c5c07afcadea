"""How long the desk takes to answer on a large archive: `python scripts/desk_speed.py [--reports N] [--db FILE]`.

It makes an archive of made-up readings where there is none, asks every endpoint some times and prints the median
and the slowest answer in milliseconds, measured where the browser would measure: from request to last byte.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from datetime import date
from pathlib import Path

from starlette.testclient import TestClient

from sitrep.model import (
    Actor,
    ActorLink,
    Argument,
    Capture,
    Claim,
    Control,
    Decision,
    DecisionStep,
    Event,
    EventPlace,
    EventRef,
    EventTime,
    Evidence,
    FieldValue,
    Figure,
    Incident,
    Mention,
    Place,
    Provenance,
    Published,
    Quantity,
    Reading,
    Relation,
    Report,
    Sentence,
    Source,
    Speaker,
)
from sitrep.model.codec import digest
from sitrep.review.desk.app import make_app
from sitrep.review.desk.desk import open_desk
from sitrep.store.rows import prepare, taken_of
from sitrep.store.writer import Writer

TYPES = ("air_strike", "shelling", "armed_clash", "bombing", "shooting", "siege", "abduction", "protest")
ARMIES = (
    ("SYRMIL", "Syrian Army", "military"),
    ("ISIS", "Islamic State", "armed_group"),
    ("RUSMIL", "Russian forces", "military"),
    ("YPG", "People's Protection Units", "militia"),
    ("TURMIL", "Turkish forces", "military"),
    (None, "Northern Shield", "militia"),
    (None, "Valley Brigade", "armed_group"),
    ("USAMIL", "U.S. forces", "military"),
)
OUTLETS = ("Sample Wire", "The Sample Daily", "Coast Observer", "Harbour Gazette", "Hill Radio")
FIRST = date(2013, 1, 1).toordinal()
DAYS = 1500
EVENTS = 5
TOKEN = "measure"  # noqa: S105 - of this run alone


class Teller:
    """Writes one made-up report after another, sentence by sentence."""

    def __init__(self, seed: int = 7) -> None:
        self.dice = random.Random(seed)
        syllables = ("ka", "mo", "ri", "ta", "shu", "len", "dor", "vel", "sa", "bin", "qa", "ho")
        names = sorted({"".join(self.dice.choices(syllables, k=3)).title() for _ in range(700)})[:500]
        self.towns = [
            (name, 31 + self.dice.random() * 6, 35 + self.dice.random() * 7, self.dice.choice(("SYR", "IRQ", "LBN")))
            for name in names
        ]

    def reading(self, number: int, happenings: list[tuple[int, str, int, int, int]]) -> Reading:
        """A report of some happenings: (town, type, day, attacker, target)."""
        text, parts = "", []
        for town, kind, day, attacker, target in happenings:
            name, killed = self.towns[town][0], self.dice.randrange(0, 40)
            act = f"{ARMIES[attacker][1]} carried out {kind.replace('_', ' ')} against {ARMIES[target][1]} in {name}"
            words = f"{act}, killing {killed} people, an official said. "
            parts.append((len(text), words, town, kind, day, attacker, target, killed))
            text += words + "Residents spoke of smoke over the district and of roads that stayed closed for hours. "

        def at(start: int, words: str, quote: str) -> Evidence:
            place = start + words.index(quote)
            return Evidence(start=place, end=place + len(quote), quote=quote)

        places, actors, mentions, events, figures, claims, control, relations, decisions, sentences = (
            [] for _ in range(10)
        )
        held: dict[int, str] = {}
        for n, (start, words, town, kind, day, attacker, target, killed) in enumerate(parts):
            whole = Evidence(start=start, end=start + len(words) - 1, quote=words[:-1])
            sentences.append(Sentence(start=whole.start, end=whole.end))
            name, lat, lon, country = self.towns[town]
            spot = at(start, words, name)
            mentions.append(Mention(id=f"mp{n}", kind="place", form="name", evidence=(spot,), head=spot))
            places.append(
                Place(
                    id=f"p{n}",
                    name=name,
                    kind="settlement",
                    lat=lat,
                    lon=lon,
                    country=country,
                    admin1=None,
                    geonames=town + 1,
                    radius_km=5.0,
                    mentions=(f"mp{n}",),
                    score=0.9,
                )
            )
            for side in (attacker, target):
                if side not in held:
                    held[side] = f"a{side}"
                    link, label, sort = ARMIES[side]
                    spot = at(start, words, label)
                    mentions.append(
                        Mention(id=f"ma{side}", kind="organisation", form="name", evidence=(spot,), head=spot)
                    )
                    actors.append(
                        Actor(
                            id=held[side],
                            name=label,
                            kind=sort,
                            countries=(),
                            aliases=(),
                            mentions=(f"ma{side}",),
                            link=ActorLink(id=link, score=0.9) if link else None,
                        )
                    )
            trigger = at(start, words, "carried out")
            when = date.fromordinal(FIRST + day).isoformat()
            figures.append(
                Quantity(
                    id=f"q{n}",
                    kind="killed",
                    of="people",
                    low=killed,
                    best=killed,
                    high=killed,
                    unit=None,
                    modifier=None,
                    side=None,
                    civilians=None,
                    evidence=(at(start, words, f"{killed} people"),),
                )
            )
            claims.append(
                Claim(
                    id=f"k{n}",
                    speaker=Speaker(actor=None, evidence=(at(start, words, "an official"),)),
                    cue=(at(start, words, "said"),),
                    content=(whole,),
                    kind="indirect",
                    stance="asserts",
                    about=(f"e{n}",),
                )
            )
            events.append(
                Event(
                    id=f"e{n}",
                    type=kind,
                    trigger=trigger,
                    triggers=(trigger,),
                    factuality="occurred",
                    reason=None,
                    background=False,
                    arguments=(
                        Argument(
                            role="attacker",
                            actor=held[attacker],
                            evidence=(at(start, words, ARMIES[attacker][1]),),
                            score=0.9,
                        ),
                        Argument(
                            role="target",
                            actor=held[target],
                            evidence=(at(start, words, ARMIES[target][1]),),
                            score=0.8,
                        ),
                    ),
                    place=EventPlace(id=f"p{n}", precision=1, basis="stated"),
                    time=EventTime(timex=None, start=when, end=when, precision="day", basis="stated"),
                    weapon=None,
                    quantities=(f"q{n}",),
                    claims=(f"k{n}",),
                    causes=(),
                    headline=n == 0,
                    evidence=(whole,),
                    score=0.4 + self.dice.random() * 0.5,
                )
            )
            if number % 10 == 0 and n == 0:
                control.append(
                    Control(id="c0", place="p0", holder=held[attacker], status="holds", start=when, evidence=(whole,))
                )
                relations.append(
                    Relation(
                        id="x0",
                        type="rival_of",
                        subject=held[attacker],
                        object=held[target],
                        evidence=(whole,),
                        score=0.7,
                    )
                )
                step = DecisionStep(step="ordered", actor=held[attacker], event="e0", time=when, evidence=(whole,))
                decisions.append(Decision(id="d0", about="e0", steps=(step,)))
        published = date.fromordinal(FIRST + max(part[4] for part in parts) + 1).isoformat()
        report = Report(
            id=digest("made up", number),
            source=Source(kind="jsonl", uri=f"made-up:{number}", id=f"report-{number}"),
            outlet=OUTLETS[number % len(OUTLETS)],
            title=f"Report {number} from {self.towns[happenings[0][0]][0]}",
            byline=None,
            language="en",
            text=text,
            published=Published(value=published, basis="given"),
        )
        return Reading(
            report=report,
            sentences=tuple(sentences),
            mentions=tuple(mentions),
            actors=tuple(actors),
            places=tuple(places),
            events=tuple(events),
            claims=tuple(claims),
            quantities=tuple(figures),
            control=tuple(control),
            relations=tuple(relations),
            decisions=tuple(decisions),
            provenance=Provenance(sitrep="0", stages={"made up": "1"}, ontology="o", gazetteer="g"),
        )


def make(path: Path, reports: int) -> None:
    """An archive of so many reports, each of five events; two reports tell of most happenings."""
    teller = Teller()
    dice = teller.dice
    happened: dict[tuple[int, str, int, int, int], list[tuple[EventRef, Quantity]]] = {}
    pool: list[tuple[int, str, int, int, int]] = []
    batch = []
    with Writer(path) as writer:
        for number in range(reports):
            told = []
            for _ in range(EVENTS):
                if pool and dice.random() < 0.6:
                    told.append(pool[dice.randrange(max(0, len(pool) - 2000), len(pool))])
                else:
                    sides = dice.sample(range(len(ARMIES)), 2)
                    pool.append((dice.randrange(len(teller.towns)), dice.choice(TYPES), dice.randrange(DAYS), *sides))
                    told.append(pool[-1])
            reading = teller.reading(number, list(dict.fromkeys(told)))
            for event, happening, figure in zip(reading.events, dict.fromkeys(told), reading.quantities, strict=True):
                happened.setdefault(happening, []).append(
                    (EventRef(report=reading.report.source.id, event=event.id), figure)
                )
            capture = Capture(source=reading.report.source, content=reading.report.text.encode(), media="text")
            batch.append(prepare(reading, capture, taken_of(capture)))
            if len(batch) == 500:
                writer.write_many(batch)
                batch = []
        writer.write_many(batch)
        writer.write_incidents(incident_of(teller, happening, refs) for happening, refs in happened.items())


def incident_of(
    teller: Teller, happening: tuple[int, str, int, int, int], told: list[tuple[EventRef, Quantity]]
) -> Incident:
    """What several made-up reports say together."""
    town, kind, day, *_ = happening
    refs = tuple(ref for ref, _ in told)
    when = date.fromordinal(FIRST + day).isoformat()
    name = teller.towns[town][0].casefold()
    tolls = [figure.low or 0.0 for _, figure in told]
    best = tolls[0] if len(set(tolls)) == 1 else None
    value = lambda words: (FieldValue(value=words, events=refs, sources=len(refs)),)  # noqa: E731
    return Incident(
        id="i" + digest(*(f"{ref.report}/{ref.event}" for ref in refs)),
        type=kind,
        place=name,
        start=when,
        end=when,
        events=refs,
        fields={"type": value(kind), "place": value(name)},
        figures=(Figure(kind="killed", low=min(tolls), best=best, high=max(tolls), rule="made up"),),
    )


def measure(path: Path, rounds: int) -> list[tuple[str, float, float, int]]:
    """Path, median and slowest answer in milliseconds, and its size in bytes."""
    desk = open_desk(path, user="measure", token=TOKEN)
    desk.writer.rank()
    client = TestClient(make_app(desk, port=8765), base_url="http://127.0.0.1:8765")
    report = client.get("/api/reports").json()["rows"][7]["report"]
    row = client.get("/api/incidents?sort=-reports").json()["rows"][3]
    town = row["place"]
    found = []
    for asked in (
        "session",
        "vocabulary",
        "reports",
        "reports?state=open&outlet=Sample%20Wire",
        "reports?q=smoke%20roads",
        f"reports/{report}",
        "queue",
        "queue?type=siege&country=SYR&state=open",
        "queue?of=reports",
        "incidents",
        f"incidents?place={town}&km=50",
        "incidents?actor=ISIS",
        "incidents?killed=30",
        f"incidents/{row['id']}",
        "situation/incidents",
        "situation/control",
        "situation/timeline",
        "situation/network",
        "situation/decisions",
        "situation/counts?by=type",
        "situation/counts?by=actor&every=week",
        "dossiers/actor?id=ISIS",
        f"dossiers/place?name={town}",
        f"search?q={town}",
        "lookup/places?q=Aleppo",
        "lookup/actors?q=shield",
        "judgements",
        "coding",
        "views",
        "failures",
    ):
        times, size = [], 0
        for _ in range(rounds):
            begun = time.perf_counter()
            answer = client.get(f"/api/{asked}")
            times.append((time.perf_counter() - begun) * 1000)
            size = len(answer.content)
            assert answer.status_code == 200, (asked, answer.text)
        found.append((asked, statistics.median(times), max(times), size))
    version = client.get(f"/api/reports/{report}").json()["version"]
    times = []
    for kind in [*TYPES[:5]] * 2:
        body = {
            "version": version,
            "target": {"layer": "events", "id": "e0", "report": report},
            "correction": {"kind": "type", "type": kind},
        }
        begun = time.perf_counter()
        answer = client.post("/api/judgements", json=body, headers={"X-CSRF-Token": TOKEN})
        times.append((time.perf_counter() - begun) * 1000)
        version = answer.json()["version"]
    found.append(("POST judgements", statistics.median(times), max(times), 0))
    desk.close()
    return found


def main() -> None:
    """Make the archive where there is none, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--db", type=Path, default=Path("desk-speed.db"))
    options = parser.parse_args()
    if not options.db.exists():
        begun = time.perf_counter()
        make(options.db, options.reports)
        sys.stdout.write(f"made {options.db} of {options.reports:,} reports in {time.perf_counter() - begun:.0f} s\n")
    for asked, median, slowest, size in measure(options.db, options.rounds):
        sys.stdout.write(f"{median:8.1f} {slowest:8.1f} ms {size:>10,} bytes  {asked}\n")


if __name__ == "__main__":
    main()
