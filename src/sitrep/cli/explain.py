"""Say why a row of an export holds what it holds: value, rule, words and the alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import click

from sitrep.cli._archive import db_option
from sitrep.cli._chosen import FILE, YAML, asked_for, chosen, filters, format_named

if TYPE_CHECKING:
    from sitrep.export import Cell, Codebook, LeftOut, Row


@click.command("explain")
@click.argument("format_name", metavar="FORMAT")
@click.argument("stores", nargs=-1, metavar="[FILE]…", type=FILE)
@db_option
@click.option("--row", metavar="ID", help="The row's id, or an event's id. All rows without it.")
@click.option("--column", "columns", multiple=True, metavar="NAME", help="Only this column; may be given again.")
@filters
@click.option("--sensitive", type=FILE, multiple=True, metavar="FILE", help="Names that must not leave, one a line.")
def command(*, format_name: str, row: str | None, columns: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - click gives each its type
    """Say for each cell of rows of FORMAT which rule gave its value, from which words of the report.

    Also tells which alternative the rule decided against, and for events without a row why they have none. FORMAT and
    FILE as for `sitrep export`.
    """
    from sitrep.errors import SitrepError
    from sitrep.export import Row, get_codebook

    found = 0
    try:
        codebook = (
            cast("Codebook", format_named(format_name)) if format_name.endswith(YAML) else get_codebook(format_name)
        )
        _check(codebook, columns)
        for reading in chosen(options["stores"], options["db"], asked_for(options), options["sensitive"]).readings:
            for coded in codebook.code(reading):
                ids = (coded.id, *coded.events) if isinstance(coded, Row) else (coded.event,)
                if row is None or row in ids:
                    found += 1
                    click.echo("\n".join(_told(coded, columns) if isinstance(coded, Row) else _missed(coded)))
    except SitrepError as error:
        raise click.ClickException(str(error)) from error
    if not found:
        raise click.ClickException(
            f"Explaining: there is no row or event {row!r}." if row else "Explaining: there are no events."
        )


def _check(codebook: Codebook, columns: tuple[str, ...]) -> None:
    for column in columns:
        if column not in codebook.COLUMNS:
            raise click.UsageError(f"There is no column {column!r}. Columns: {', '.join(codebook.COLUMNS)}.")


def _told(row: Row, columns: tuple[str, ...]) -> list[str]:
    behind = f"; events {', '.join(row.events)}" if row.events else ""
    lines = [f"{row.id}  (report {row.report}{behind})"]
    for column, cell in row.cells.items():
        if not columns or column in columns:
            lines += _cell(column, cell)
    return [*lines, ""]


def _cell(column: str, cell: Cell) -> list[str]:
    value = "(empty)" if cell.value is None else str(cell.value).replace("\n", " | ")
    lines = [f"  {column}: {value}", f"      rule: {cell.rule}"]
    if cell.evidence:
        words = dict.fromkeys(f"“{' '.join(part.quote.split())}” [{part.start}–{part.end}]" for part in cell.evidence)
        lines.append(f"      words: {'; '.join(words)}")
    if cell.rejected:
        lines.append(f"      decided against: {cell.rejected}")
    return lines


def _missed(missed: LeftOut) -> list[str]:
    return [f"{missed.event}  (report {missed.report}): {missed.type} “{missed.words}” has no row: {missed.reason}", ""]
