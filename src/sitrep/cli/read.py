"""Read reports and show, print or save what they say."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitrep.cli._reader import reader_of, reader_option
from sitrep.cli._sources import options_of, source_options

if TYPE_CHECKING:
    from sitrep.cli._progress import Progress
    from sitrep.model import Reading
    from sitrep.sources.source import Options
    from sitrep.text.report import Given

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("read")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…|-")
@click.option("--published", metavar="DATE", help="When the reports were published, for example 2016-08-01.")
@click.option("--outlet", metavar="NAME", help="Who published them.")
@click.option("--title", metavar="TEXT", help="The headline, where the text comes without it.")
@click.option("--encoding", metavar="NAME", help="The charset of text and HTML files, where they do not say.")
@source_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines: one reading a line, failures included.")
@click.option("--html", "page", type=FILE, metavar="FILE", help="Write one page for a browser.")
@click.option("--save", "store", type=FILE, metavar="FILE", help="Append to a JSON Lines file what it does not hold.")
@reader_option
@click.option("--strict", is_flag=True, help="Stop at the first report that cannot be read.")
def command(
    *,
    paths: tuple[str, ...],
    published: str | None,
    outlet: str | None,
    title: str | None,
    encoding: str | None,
    kind: str | None,
    columns: str | None,
    agent: str | None,
    allow_private: bool,
    as_json: bool,
    page: Path | None,
    store: Path | None,
    reader: str,
    strict: bool,
) -> None:
    """Read reports: files, folders of these, addresses of pages, or standard input (-).

    Files: .txt, .md, .html, .pdf, .docx, .eml, .jsonl, .csv, .tsv, .warc and lists of pages, as for `ingest`.
    Prints the situation for a person. Failures go to standard error; the exit code is 1 where anything failed.
    """
    from sitrep.errors import SitrepError
    from sitrep.text.report import Given

    given = Given(published=day(published), outlet=outlet, title=title, encoding=charset(encoding))
    try:
        options = options_of(kind, columns, agent, allow_private=allow_private)
        failed, total = _run(
            paths, given, options, as_json=as_json, page=page, store=store, reader=reader, strict=strict
        )
    except SitrepError as error:
        raise click.ClickException(str(error)) from error
    if failed:
        click.echo(f"{failed:,} of {total:,} report{'s' * (total != 1)} failed, in whole or in part.", err=True)
        raise SystemExit(1)


def _run(
    paths: tuple[str, ...],
    given: Given,
    options: Options,
    *,
    as_json: bool,
    page: Path | None,
    store: Path | None,
    reader: str,
    strict: bool,
) -> tuple[int, int]:
    """Read everything and pass it on; how many readings had failures, and how many there were."""
    from sitrep.cli._outputs import describe, outputs
    from sitrep.cli._progress import Progress
    from sitrep.sources.files import count

    failed = total = 0
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(count(paths, options)))
        chosen = stack.enter_context(outputs(as_json=as_json, page=page, quiet=store is not None))
        for reading in _readings(
            paths, given, options, store, reader=reader, strict=strict, progress=progress, stack=stack
        ):
            total += 1
            failed += bool(reading.failures)
            progress.wipe()
            for output in chosen:
                output.add(reading)
            for failure in reading.failures:
                progress.echo(describe(failure))
            progress.advance(failed=bool(reading.failures))
        progress.wipe()
        if store:
            progress.echo(f"{total:,} reading{'s' * (total != 1)} added to {store}.")
    return failed, total


def _readings(
    paths: tuple[str, ...],
    given: Given,
    options: Options,
    store: Path | None,
    *,
    reader: str,
    strict: bool,
    progress: Progress,
    stack: ExitStack,
) -> Iterator[Reading]:
    from sitrep.flow import read_paths

    chosen = reader_of(reader, progress.tell)
    if store is None:
        return read_paths(paths, reader=chosen, given=given, strict=strict, progress=progress.tell, options=options)
    from sitrep.ingest.local import read_into
    from sitrep.store.jsonl import Writer

    writer = stack.enter_context(Writer(store))
    return read_into(writer, paths, reader=chosen, given=given, strict=strict, progress=progress.tell, options=options)


def day(value: str | None) -> str | None:
    """The date that the user gave, as ISO. It goes for every report, so a wrong one stops the run."""
    if value is None:
        return None
    from sitrep.errors import TextError
    from sitrep.text.published import parse_date

    try:
        return parse_date(value, source="--published").isoformat()
    except TextError as error:
        raise click.BadParameter(str(error), param_hint="--published") from error


def charset(value: str | None) -> str | None:
    """The charset that the user named, as Python calls it."""
    if value is None:
        return None
    try:
        return codecs.lookup(value).name
    except LookupError as error:
        raise click.BadParameter(
            f"no charset is called {value!r}; try utf-8 or windows-1252.", param_hint="--encoding"
        ) from error
