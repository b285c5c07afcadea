"""What the commands on the archive share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sitrep.store.view import View

DB = "sitrep.db"
LEAST_WIDTH = 12
# columns that may take several lines
WRAPPED = ("words", "value", "actor", "holder", "what", "where", "who says so", "reports")
# what a pipe or a file gets, where no terminal says how wide it is
WIDE = 160


def db_option[F: Callable[..., None]](command: F) -> F:
    """The option that names the archive."""
    return click.option(
        "--db",
        default=DB,
        show_default=True,
        metavar="FILE|URL",
        envvar="SITREP_DB",
        show_envvar=True,
        help="The archive: a file, or postgresql://user@host/name.",
    )(command)


@contextmanager
def told() -> Generator[None]:
    """Errors as a person reads them."""
    from sitrep.errors import SitrepError

    try:
        yield
    except SitrepError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def opened(db: str) -> Generator[View]:
    """A view of the archive, brought up to date where an older sitrep wrote it or a run was stopped before."""
    from sitrep.ingest.archive import bring_together
    from sitrep.store.database import now
    from sitrep.store.upgrade import upgrade
    from sitrep.store.view import View

    with told():
        if ran := upgrade(db, now()):
            click.echo(f"An older sitrep wrote {db}; it was brought up to date ({', '.join(ran)}).", err=True)
        with View(db) as view:
            stale = view.is_stale()
        if stale:
            bring_together(db)
        with View(db) as view:
            yield view


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under headings; unknown values stay empty."""
    from rich.console import Console
    from rich.table import Table

    from sitrep.cli._show.screen import visible

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        wraps = name in WRAPPED
        # a column of words needs room for a word, or a narrow terminal makes a tower of letters of it
        table.add_column(name, overflow="fold", no_wrap=not wraps, min_width=LEAST_WIDTH if wraps else None)
    for row in rows:
        table.add_row(*("" if value is None else _escaped(visible(str(value))) for value in row))
    Console(soft_wrap=False, width=None if sys.stdout.isatty() else WIDE).print(table)


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def number(value: float | None) -> str | None:
    """A figure without a needless fraction; None for unknown."""
    return None if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,}"
