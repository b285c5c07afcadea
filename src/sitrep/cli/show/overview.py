"""Several reports together: what they say happened, by date."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.cli.show.screen import Part, Screen, visible, width_of
from sitrep.model import Reading
from sitrep.review.facts import Facts, event_label, is_told
from sitrep.review.wording import date_words, figure_words


class Told(NamedTuple):
    """One event of one report, as a line of the overview."""

    start: str
    when: str
    where: str
    what: str
    who: str
    killed: str
    report: str


class Overview:
    """Gathers the events of reports, and lists them by date and place."""

    def __init__(self) -> None:
        self.reports = 0
        self.told: list[Told] = []

    def add(self, reading: Reading) -> None:
        """Take the events of a reading that are its news."""
        self.reports += 1
        facts = Facts(reading)
        for event in reading.events:
            if not is_told(event):
                continue
            time = event.time
            place = facts.places.get(event.place.id) if event.place else None
            figures = [facts.quantities[name] for name in event.quantities if name in facts.quantities]
            self.told.append(
                Told(
                    start=(time.start or time.end or "9999") if time else "9999",
                    when=date_words(time.start, time.end) if time else "",
                    where=facts.place_name(place) if place else "",
                    what=event_label(event.type),
                    who=facts.event(event).title,
                    killed="; ".join(figure_words(q) for q in figures if q.kind in {"killed", "injured"}),
                    report=reading.report.outlet or reading.report.source.id,
                )
            )

    def show(self, screen: Screen) -> None:
        """Print the list where there is more than one report to compare."""
        if self.reports < 2 or not self.told:
            return
        screen.line([Part("━" * screen.width, "dim")])
        screen.line([Part(f"The situation, as {self.reports} reports tell it", "bold")])
        screen.line([Part("One line an event of a report; reports of one act stand together.", "dim")])
        screen.blank()
        day = None
        for told in sorted(self.told, key=lambda told: (told.start, told.where, told.what, told.report)):
            if told.when != day:
                day = told.when
                screen.rule(day or "no date said")
            where = visible(told.where) or "no place said"
            parts = [Part(f"{where}  ", "bold"), Part(f"{told.what}  "), Part(visible(told.who), "good")]
            if told.killed:
                parts.append(Part(f"  {visible(told.killed)}", "warn"))
            name = visible(told.report)
            right = name if width_of(name) <= 24 else f"{name[:23]}…"
            screen.line(parts, indent=2, hang=4, right=right)
        screen.blank()
