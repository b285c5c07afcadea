"""Take reports into the archive, each once, and bring their events together into incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sitrep.cli._archive import db_option, told
from sitrep.cli._sources import options_of, source_options

if TYPE_CHECKING:
    from sitrep.cli._progress import Progress
    from sitrep.sources.source import Options
    from sitrep.text.report import Given


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…|-")
@db_option
@click.option("-j", "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read.")
@click.option("--published", metavar="DATE", help="When the reports were published, for example 2016-08-01.")
@click.option("--outlet", metavar="NAME", help="Who published them.")
@click.option("--encoding", metavar="NAME", help="The charset of text and HTML files, where they do not say.")
@source_options
@click.option(
    "--again", is_flag=True, help="Ask again for pages that the archive holds; changed ones are new versions."
)
@click.option("--strict", is_flag=True, help="Stop at the first report that cannot be read.")
def command(
    *,
    paths: tuple[str, ...],
    db: str,
    jobs: int,
    published: str | None,
    outlet: str | None,
    encoding: str | None,
    kind: str | None,
    columns: str | None,
    agent: str | None,
    allow_private: bool,
    again: bool,
    strict: bool,
) -> None:
    """Take in reports: files, folders of these, addresses of pages, or standard input (-).

    Files: .txt, .md, .html, .pdf, .docx, .eml; one report a row: .jsonl, .csv, .tsv; web archives: .warc, .warc.gz;
    lists of pages to fetch: .urls, GDELT's tables, .json of GDELT or Event Registry.

    What the archive holds already is not read again; a changed article becomes a new version. Stopped at any
    moment, the same command goes on where it stopped. What is not English is kept unread. Failures are kept; the
    exit code is 1 where anything failed.
    """
    from sitrep.cli._progress import Progress
    from sitrep.cli.read import charset, day
    from sitrep.sources.files import count
    from sitrep.text.report import Given

    given = Given(published=day(published), outlet=outlet, encoding=charset(encoding))
    options = options_of(kind, columns, agent, allow_private=allow_private)
    with told(), Progress(count(paths, options)) as progress:
        failed = _run(paths, db, jobs, given, options, progress, strict=strict, again=again)
    if failed:
        raise SystemExit(1)


def _run(
    paths: tuple[str, ...],
    db: str,
    jobs: int,
    given: Given,
    options: Options,
    progress: Progress,
    *,
    strict: bool,
    again: bool,
) -> int:
    """Take everything in; how many reports failed, in whole or in part."""
    from sitrep.cli._intake import Tally, bring_up_to_date
    from sitrep.ingest import tabular
    from sitrep.ingest.archive import remembering, take_in
    from sitrep.store.writer import Writer

    tally = Tally()
    with Writer(db, code=tabular.coded) as writer, remembering(writer, options, again=again) as known:
        outcomes = take_in(
            writer, paths, workers=jobs, given=given, strict=strict, progress=progress.tell, options=known
        )
        tally.add(outcomes, progress)
    progress.echo(f"{tally} {bring_up_to_date(db, progress)}")
    return tally.failed
