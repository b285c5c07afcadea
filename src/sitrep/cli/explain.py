"""Say why a coded row holds what it holds: value, rule, words and the alternative."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitrep.cli.export import FILE, readings_of

if TYPE_CHECKING:
    from sitrep.export import Cell, Codebook, LeftOut, Row


@click.command("explain")
@click.argument("format_name", metavar="FORMAT")
@click.argument("stores", nargs=-1, required=True, metavar="FILE…", type=FILE)
@click.option("--row", metavar="ID", help="The row's id (its first column), or an event's id. All rows without it.")
@click.option("--column", "columns", multiple=True, metavar="NAME", help="Only this column; may be given again.")
def command(*, format_name: str, stores: tuple[Path, ...], row: str | None, columns: tuple[str, ...]) -> None:
    """Say for each cell of rows of FORMAT (acled, ged or polecat) which rule gave its value, from which words.

    Also tells which alternative the rule decided against, and for events without a row why they have none.
    """
    from sitrep.errors import SitrepError
    from sitrep.export import Row, get_codebook

    found = 0
    try:
        codebook = get_codebook(format_name)
        _check(codebook, columns)
        for reading in readings_of(stores):
            for coded in codebook.code(reading):
                ids = (coded.id, *coded.events) if isinstance(coded, Row) else (coded.event,)
                if row is None or row in ids:
                    found += 1
                    click.echo("\n".join(_told(coded, columns) if isinstance(coded, Row) else _missed(coded)))
    except SitrepError as error:
        raise click.ClickException(str(error)) from error
    if not found:
        raise click.ClickException(
            f"Explaining: there is no row or event {row!r}." if row else "Explaining: the files hold no events."
        )


def _check(codebook: Codebook, columns: tuple[str, ...]) -> None:
    for column in columns:
        if column not in codebook.COLUMNS:
            raise click.UsageError(f"There is no column {column!r}. Columns: {', '.join(codebook.COLUMNS)}.")


def _told(row: Row, columns: tuple[str, ...]) -> list[str]:
    lines = [f"{row.id}  (report {row.report}; events {', '.join(row.events)})"]
    for column, cell in row.cells.items():
        if not columns or column in columns:
            lines += _cell(column, cell)
    return [*lines, ""]


def _cell(column: str, cell: Cell) -> list[str]:
    lines = [f"  {column}: {'(empty)' if cell.value is None else cell.value}", f"      rule: {cell.rule}"]
    if cell.evidence:
        words = dict.fromkeys(f"“{' '.join(part.quote.split())}” [{part.start}–{part.end}]" for part in cell.evidence)
        lines.append(f"      words: {'; '.join(words)}")
    if cell.rejected:
        lines.append(f"      decided against: {cell.rejected}")
    return lines


def _missed(missed: LeftOut) -> list[str]:
    return [f"{missed.event}  (report {missed.report}): {missed.type} “{missed.words}” has no row: {missed.reason}", ""]
