"""Write saved readings in a format that others read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from sitrep.model import Reading


FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("export")
@click.argument("format_name", metavar="FORMAT")
@click.argument("stores", nargs=-1, required=True, metavar="FILE…", type=FILE)
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Write to a file.")
def command(*, format_name: str, stores: tuple[Path, ...], output: Path | None) -> None:
    """Write the readings of FILEs (made by `sitrep read --save` or `--json`) as csv or jsonl.

    Without --output they go to standard output. Reports that could not be read have no rows.
    """
    from sitrep.errors import SitrepError
    from sitrep.export import get_exporter

    try:
        exporter = get_exporter(format_name)
        if output is None:
            exporter.write(_readings(stores), sys.stdout.buffer)
            return
        with _opened(output) as out:
            rows = exporter.write(_readings(stores), out)
    except SitrepError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{rows:,} row{'s' * (rows != 1)} written to {output}.", err=True)


def _opened(output: Path) -> BinaryIO:
    try:
        return output.open("wb")
    except OSError as error:
        raise click.ClickException(f"Writing {output}: {error.strerror or error}. Name another file.") from error


def _readings(stores: tuple[Path, ...]) -> Iterator[Reading]:
    from sitrep.store.jsonl import View

    for store in stores:
        for reading in View(store):
            if reading.report.text:
                yield reading
