"""Write saved readings in a format that others read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

if TYPE_CHECKING:
    from sitrep.export import LeftOut
    from sitrep.model import Reading


FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("export")
@click.argument("format_name", metavar="FORMAT")
@click.argument("stores", nargs=-1, required=True, metavar="FILE…", type=FILE)
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to a file.")
@click.option("--inter", type=click.Choice(["text", "numeric"]), help="acled: kinds of actors in words or as codes.")
@click.option("--strict/--open", default=None, help="ged: leave out what has no reported death, or write it as 0.")
@click.option("--left-out", type=FILE, metavar="FILE", help="Write a table of what a codebook leaves out, and why.")
def command(
    *,
    format_name: str,
    stores: tuple[Path, ...],
    output: Path | None,
    inter: str | None,
    strict: bool | None,
    left_out: Path | None,
) -> None:
    """Write the readings of FILEs (made by `sitrep read --save` or `--json`) in a format that others read.

    Without --output they go to standard output. Reports that could not be read have no rows. The docs page
    "Exports" tells each format's rules.
    """
    from sitrep.errors import SitrepError
    from sitrep.export import get_exporter, options_of

    try:
        exporter = get_exporter(format_name)
        asked: dict[str, object] = {
            name: value for name, value in (("inter", inter), ("strict", strict)) if value is not None
        }
        unknown = [name for name in asked if name not in options_of(exporter)]
        if unknown:
            raise click.UsageError(f"The format {format_name} does not take --{unknown[0]}.")
        missed = Missed()
        write = cast("Callable[..., int]", exporter.write)
        if "listener" in options_of(exporter):
            asked["listener"] = missed
        elif left_out is not None:
            raise click.UsageError(f"The format {format_name} leaves nothing out by a rule: do without --left-out.")
        with ExitStack() as stack:
            out = stack.enter_context(_opened(output)) if output else sys.stdout.buffer
            if left_out is not None:
                missed.to(stack.enter_context(_opened(left_out)))
            rows = write(readings_of(stores), out, **asked)
    except SitrepError as error:
        raise click.ClickException(str(error)) from error
    if output is not None:
        click.echo(f"{rows:,} row{'s' * (rows != 1)} written to {output}.", err=True)
        for line in missed.summary():
            click.echo(line, err=True)


class Missed:
    """Counts what a codebook leaves out by its reasons, and writes it to a table where one is asked for."""

    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()
        self._out: BinaryIO | None = None

    def to(self, out: BinaryIO) -> None:
        """Write what is left out to a table."""
        self._out = out
        self._write("report", "event", "type", "words", "reason")

    def __call__(self, missed: LeftOut) -> None:
        self.reasons[missed.reason] += 1
        if self._out is not None:
            self._write(*missed)

    def summary(self) -> Iterator[str]:
        """The reasons, the most frequent first."""
        if self.reasons:
            total = self.reasons.total()
            yield f"{total:,} event{'s' * (total != 1)} left out:"
        for reason, count in self.reasons.most_common():
            yield f"  {count:>6,}  {reason}"

    def _write(self, *values: str) -> None:
        from sitrep.export import flat

        if self._out is not None:
            self._out.write(("\t".join(str(flat(value)) for value in values) + "\n").encode())


def _opened(output: Path) -> BinaryIO:
    try:
        return output.open("wb")
    except OSError as error:
        raise click.ClickException(f"Writing {output}: {error.strerror or error}. Name another file.") from error


def readings_of(stores: tuple[Path, ...]) -> Iterator[Reading]:
    """The readings of stores that hold a text."""
    from sitrep.store.saved import saved

    for store in stores:
        for reading in saved(store):
            if reading.report.text:
                yield reading
