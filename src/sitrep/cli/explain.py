"""Say why a row of an export holds what it holds: value, rule, words and the alternative."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

import click

from sitrep.cli._archive import db_option
from sitrep.cli._chosen import FILE, YAML, asked_for, chosen, filters, format_named

if TYPE_CHECKING:
    from sitrep.cli._chosen import Chosen
    from sitrep.export import Cell, Codebook, LeftOut, Row


@click.command("explain")
@click.argument("format_name", metavar="FORMAT")
@click.argument("stores", nargs=-1, metavar="[FILE]…", type=FILE)
@db_option
@click.option("--row", metavar="ID", help="The row's id, or an event's id. All rows without it.")
@click.option("--column", "columns", multiple=True, metavar="NAME", help="Only this column; may be given again.")
@filters
@click.option("--inter", type=click.Choice(["text", "numeric"]), help="As for `sitrep export acled`.")
@click.option("--strict/--open", default=None, help="As for `sitrep export ged`.")
@click.option("--table", "table_name", metavar="NAME", help="As for `sitrep export csv`.")
@click.option("--sensitive", type=FILE, multiple=True, metavar="FILE", help="Names that must not leave, one a line.")
def command(*, format_name: str, row: str | None, columns: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - click gives each its type
    """Say for each cell of rows of FORMAT which rule gave its value, from which words of the report.

    Also tells which alternative the rule decided against, and for events without a row why they have none. FORMAT and
    FILE as for `sitrep export`.
    """
    from sitrep.errors import SitrepError
    from sitrep.export import Row, get_codebook

    found = 0
    keys = {"inter": "inter", "strict": "strict", "table_name": "table"}
    given = {name: options[name] for name in keys if options[name] is not None}
    try:
        codebook = (
            cast("Codebook", format_named(format_name)) if format_name.endswith(YAML) else get_codebook(format_name)
        )
        _check(codebook, columns, given)

        def records() -> Chosen:
            return chosen(options["stores"], options["db"], asked_for(options), options["sensitive"])

        for coded in _rows(codebook, records, row, given):
            found += 1
            click.echo("\n".join(_told(coded, columns) if isinstance(coded, Row) else _missed(coded)))
    except SitrepError as error:
        raise click.ClickException(str(error)) from error
    if not found:
        raise click.ClickException(
            f"Explaining: there is no row or event {row!r}." if row else "Explaining: there are no events."
        )


def _rows(
    codebook: Codebook, records: Callable[[], Chosen], wanted: str | None, given: dict[str, Any]
) -> Iterator[Row | LeftOut]:
    """The rows asked for, by the row's id or an event's; what several reports tell of one row is one."""
    from sitrep.export import Row
    from sitrep.export._fold import explained

    def all_rows(found: Chosen) -> Iterator[Row | LeftOut]:
        for reading in found.readings:
            yield from codebook.code(reading, **given)
        incidents = getattr(codebook, "code_incidents", None)
        if incidents is not None:
            yield from incidents(found.incidents)

    def asked(row: Row | LeftOut) -> bool:
        ids = (row.id, *row.events) if isinstance(row, Row) else (row.event,)
        return wanted is None or wanted in ids

    folding = getattr(codebook, "folding", None)
    if folding is None:
        yield from filter(asked, all_rows(records()))
        return
    how = folding(records().incidents)
    # first which rows are asked for, then all that go into them: an archive's rows need not be held at once
    keys = {
        how.key(row) for row in all_rows(records()) if isinstance(row, Row) and (asked(row) or how.key(row) == wanted)
    }
    together: dict[str, list[Row]] = {}
    for row in all_rows(records()):
        key = how.key(row) if isinstance(row, Row) else None
        if isinstance(row, Row) and key is not None and key in keys:
            together.setdefault(key, []).append(row)
        elif asked(row):
            yield row
    yield from (explained(rows, how) for rows in together.values())


def _check(codebook: Codebook, columns: tuple[str, ...], given: dict[str, Any]) -> None:
    from sitrep.export import named_options

    for name in given:
        if name not in named_options(codebook.code):
            raise click.UsageError(f"Explaining this format takes no --{name.removesuffix('_name')}.")
    if "table_name" in given:
        return
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
    from sitrep.export._cells import nested

    value = nested(cell.value).replace("\n", " | ") or "(empty)"
    lines = [f"  {column}: {value}", f"      rule: {cell.rule}"]
    if cell.evidence:
        words = dict.fromkeys(f"“{' '.join(part.quote.split())}” [{part.start}–{part.end}]" for part in cell.evidence)
        lines.append(f"      words: {'; '.join(words)}")
    if cell.rejected:
        lines.append(f"      decided against: {cell.rejected}")
    return lines


def _missed(missed: LeftOut) -> list[str]:
    return [f"{missed.event}  (report {missed.report}): {missed.type} “{missed.words}” has no row: {missed.reason}", ""]
