"""Where readings go: to a person, to a program, to a page."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import click

from sitrep.model import Failure, Reading
from sitrep.model.codec import encode


class Output(Protocol):
    """Takes readings, one at a time."""

    def add(self, reading: Reading) -> None:
        """Take a reading."""
        ...

    def close(self) -> None:
        """No more will come."""
        ...


class Lines:
    """JSON Lines on standard output."""

    def add(self, reading: Reading) -> None:
        """Print a reading as one line."""
        click.echo(encode(reading))

    def close(self) -> None:
        """Nothing is left to print."""


class Terminal:
    """The situation, for a person: each report as it is read, then what several reports say together."""

    def __init__(self) -> None:
        from sitrep.cli._show.overview import Overview
        from sitrep.cli._show.screen import Screen

        self.screen = Screen(sys.stdout)
        self.overview = Overview()

    def add(self, reading: Reading) -> None:
        """Print a report's facts."""
        from sitrep.cli._show.report import show_reading

        if reading.report.text:
            show_reading(reading, self.screen)
            self.overview.add(reading)

    def close(self) -> None:
        """Print the overview where there were several reports."""
        self.overview.show(self.screen)


class Page:
    """One page for a browser, written when all readings are there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.readings: list[Reading] = []

    def add(self, reading: Reading) -> None:
        """Keep a reading for the page."""
        self.readings.append(reading)

    def close(self) -> None:
        """Write the page."""
        from sitrep.review.page import render

        try:
            self.path.write_text(render(self.readings), encoding="utf-8", newline="\n")
        except OSError as error:
            raise click.ClickException(
                f"Writing {self.path}: {error.strerror}. Name a file that can be written."
            ) from error
        click.echo(f"Wrote {self.path}", err=True)


@contextmanager
def outputs(*, as_json: bool, page: Path | None, quiet: bool) -> Generator[list[Output]]:
    """The outputs that the options ask for; closed in order where nothing went wrong."""
    chosen: list[Output] = []
    if as_json:
        chosen.append(Lines())
    elif not quiet:
        chosen.append(Terminal())
    if page:
        chosen.append(Page(page))
    yield chosen
    for output in chosen:
        output.close()


def describe(failure: Failure) -> str:
    """A failure for a person: what, why, and what to do."""
    from sitrep.cli._show.screen import visible

    lines = [click.style(visible(failure.message), fg="red")]
    if failure.todo:
        lines.append(f"  {visible(failure.todo)}")
    return "\n".join(lines)
