"""How far a run is: one line on standard error, where somebody is watching."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

import click

# a person sees no more than this
PER_SECOND = 10
BAR = 24


class Progress:
    """A bar for more than one report, drawn only on a terminal and wiped before anything else is printed."""

    def __init__(self, total: int | None) -> None:
        self.total = total
        self.done = 0
        self.failed = 0
        self._watched = sys.stderr.isatty() and total != 1
        self._drawn = 0.0
        self._shown = False
        self._begun = time.monotonic()

    def tell(self, message: str) -> None:
        """Say what is being prepared."""
        if sys.stderr.isatty():
            self.wipe()
            click.echo(message, err=True)

    def echo(self, message: str) -> None:
        """Print a message on standard error, above the bar."""
        self.wipe()
        click.echo(message, err=True)

    def advance(self, *, failed: bool) -> None:
        """Count one more report."""
        clock = time.monotonic()
        if self.done == 0:
            # the models were loaded before the first report; that says nothing of the others
            self._begun = clock
        self.done += 1
        self.failed += failed
        if self._watched and clock - self._drawn >= 1 / PER_SECOND:
            self._drawn, self._shown = clock, True
            click.echo(f"\r\x1b[2K{self._line(clock)}", err=True, nl=False)

    def pass_over(self) -> None:
        """Leave out a report that needs no work, so that it does not count for the rate."""
        if self.total:
            self.total -= 1

    def _line(self, clock: float) -> str:
        rate = (self.done - 1) / max(clock - self._begun, 0.001)
        failures = click.style(f"  {self.failed} failed", fg="red") if self.failed else ""
        if not self.total:
            return f"{self.done:,} reports  {rate:.1f}/s{failures}"
        filled = min(BAR, BAR * self.done // self.total)
        bar = click.style("━" * filled, fg="green") + click.style("━" * (BAR - filled), dim=True)
        left = max(0, self.total - self.done) / max(rate, 0.001)
        ahead = f"  {rate:.1f}/s  {left // 60:.0f}:{left % 60:02.0f} left" if self.done > 1 else ""
        return f"{bar}  {self.done:,} of {self.total:,} reports{ahead}{failures}"

    def wipe(self) -> None:
        """Take the bar off the screen."""
        if self._shown:
            click.echo("\r\x1b[2K", err=True, nl=False)
            self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()
