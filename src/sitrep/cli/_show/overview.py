"""Several reports together on the screen: what they say happened, by date."""

from __future__ import annotations

from sitrep.cli._show.screen import Part, Screen, visible
from sitrep.model import Reading
from sitrep.review.overview import Told, events_of

# columns where the kind of event and those in it begin
WHERE, WHAT = 28, 48


class Overview:
    """Gathers the events of reports as they come; keeps a line of each, not the readings."""

    def __init__(self) -> None:
        self.reports = 0
        self.told: list[Told] = []

    def add(self, reading: Reading) -> None:
        """Take the events that a report tells as its news."""
        self.told += events_of(reading, self.reports)
        self.reports += 1

    def show(self, screen: Screen) -> None:
        """Print the list where there is more than one report to compare."""
        if self.reports < 2 or not self.told:
            return
        screen.line([Part("━" * screen.width, "dim")])
        screen.line([Part(f"The situation, as {self.reports} reports tell it", "bold")])
        screen.line([Part("One line an event of a report; reports of one act stand together.", "dim")])
        screen.blank()
        day = None
        for told in sorted(self.told):
            if told.when != day:
                day = told.when
                screen.rule(day or "no date said")
            beside = [Part(visible(told.who), "good")]
            if told.figures:
                beside.append(Part(f" {visible(told.figures)}", "warn"))
            beside.append(Part(f" [{visible(told.report)}]", "dim"))
            where = visible(told.where) or "no place said"
            screen.columns(_cut(where, WHERE), Part(told.what, "bold"), beside, indent=2, at=(WHERE, WHAT))
        screen.blank()


def _cut(name: str, room: int) -> str:
    return name if len(name) <= room - 4 else f"{name[: room - 5]}…"
