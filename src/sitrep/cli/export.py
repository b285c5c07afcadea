"""Write readings, from files or from the archive, in a format that others read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from sitrep.cli._archive import db_option
from sitrep.cli._chosen import FILE, asked_for, chosen, filters, format_named

if TYPE_CHECKING:
    from sitrep.export import LeftOut


@click.command("export")
@click.argument("format_name", metavar="FORMAT")
@click.argument("stores", nargs=-1, metavar="[FILE]…", type=FILE)
@db_option
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to a file.")
@filters
@click.option("--inter", type=click.Choice(["text", "numeric"]), help="acled: kinds of actors in words or as codes.")
@click.option("--strict/--open", default=None, help="ged: leave out what has no reported death, or write it as 0.")
@click.option(
    "--table", "table_name", metavar="NAME", help="csv, parquet: events, claims, figures, control or sources."
)
@click.option("--title", metavar="TEXT", help="html, pdf, datapackage: what it is called.")
@click.option("--date", "dated", metavar="DATE", help="html, pdf, datapackage: its date, if not today's.")
@click.option("--left-out", type=FILE, metavar="FILE", help="Write a table of what a codebook leaves out, and why.")
@click.option("--sensitive", type=FILE, multiple=True, metavar="FILE", help="Names that must not leave, one a line.")
def command(**options: Any) -> None:  # noqa: ANN401 - click gives each its type
    """Write readings in FORMAT: those of FILEs (made by `sitrep read --save` or `--json`), else those of the archive.

    FORMAT is one of `sitrep export list`, or a YAML file with a codebook of your own. Filters are joined by "and" and
    keep the events that pass. Without --output it goes to standard output. Reports that could not be read have no rows.
    The docs page "Exports" tells each format's rules.
    """
    from sitrep.errors import SitrepError
    from sitrep.export import options_of

    if options["format_name"] == "list":
        _list()
        return
    try:
        exporter = format_named(options["format_name"])
        takes = options_of(exporter)
        asked = _asked(options, takes)
        missed = Missed()
        found = chosen(options["stores"], options["db"], asked_for(options), options["sensitive"])
        if "listener" in takes:
            asked["listener"] = missed
        elif options["left_out"] is not None:
            raise click.UsageError(
                f"The format {options['format_name']} leaves nothing out by a rule: do without --left-out."
            )
        if "incidents" in takes:
            asked["incidents"] = found.incidents
        write = cast("Callable[..., int]", exporter.write)
        with ExitStack() as stack:
            out = stack.enter_context(_opened(options["output"])) if options["output"] else sys.stdout.buffer
            if options["left_out"] is not None:
                missed.to(stack.enter_context(_opened(options["left_out"])))
            rows = write(found.readings, out, **asked)
    except SitrepError as error:
        raise click.ClickException(str(error)) from error
    if options["output"] is not None:
        click.echo(f"{rows:,} row{'s' * (rows != 1)} written to {options['output']}.", err=True)
        for line in missed.summary():
            click.echo(line, err=True)


def _asked(options: dict[str, Any], takes: frozenset[str]) -> dict[str, Any]:
    """The options that the format takes. Raises UsageError for one that it does not."""
    flags = {"inter": "inter", "strict": "strict", "table_name": "table", "title": "title", "dated": "date"}
    asked = {name: options[name] for name in flags if options[name] is not None}
    unknown = [name for name in asked if name not in takes]
    if unknown:
        raise click.UsageError(f"The format {options['format_name']} does not take --{flags[unknown[0]]}.")
    if "dated" in takes and "dated" not in asked:
        from datetime import UTC, datetime

        asked["dated"] = datetime.now(UTC).date().isoformat()
    return asked


def _list() -> None:
    from sitrep.export import formats

    found = formats()
    width = max(len(one.name) for one in found)
    for one in found:
        click.echo(f"{one.name:{width}}  {one.label}: {one.description}")


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
