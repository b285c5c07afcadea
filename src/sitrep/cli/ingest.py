"""Take reports into the archive, each once, and bring their events together into incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sitrep.cli._archive import db_option, told

if TYPE_CHECKING:
    from sitrep.cli._progress import Progress
    from sitrep.text.report import Given


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…|-")
@db_option
@click.option("-j", "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read.")
@click.option("--published", metavar="DATE", help="When the reports were published, for example 2016-08-01.")
@click.option("--outlet", metavar="NAME", help="Who published them.")
@click.option("--encoding", metavar="NAME", help="The charset of text and HTML files, where they do not say.")
@click.option("--strict", is_flag=True, help="Stop at the first report that cannot be read.")
def command(
    *,
    paths: tuple[str, ...],
    db: str,
    jobs: int,
    published: str | None,
    outlet: str | None,
    encoding: str | None,
    strict: bool,
) -> None:
    """Take in reports: .txt, .md, .html and .jsonl files, folders of these, or standard input (-).

    What the archive holds already is not read again; a changed article becomes a new version. Stopped at any
    moment, the same command goes on where it stopped. Failures are kept; the exit code is 1 where anything
    failed.
    """
    from sitrep.cli._progress import Progress
    from sitrep.cli.read import charset, day
    from sitrep.sources.files import count
    from sitrep.text.report import Given

    given = Given(published=day(published), outlet=outlet, encoding=charset(encoding))
    with told(), Progress(count(paths)) as progress:
        failed = _run(paths, db, jobs, given, progress, strict=strict)
    if failed:
        raise SystemExit(1)


def _run(paths: tuple[str, ...], db: str, jobs: int, given: Given, progress: Progress, *, strict: bool) -> int:
    """Take everything in; how many reports failed, in whole or in part."""
    from sitrep.cli._outputs import describe
    from sitrep.ingest.archive import bring_together, take_in
    from sitrep.store.view import View
    from sitrep.store.writer import Writer

    held = new = failed = 0
    with Writer(db) as writer:
        for outcome in take_in(writer, paths, workers=jobs, given=given, strict=strict, progress=progress.tell):
            if outcome.held:
                held += 1
                progress.pass_over()
                continue
            new += 1
            failed += bool(outcome.failures)
            for failure in outcome.failures:
                progress.echo(describe(failure))
            progress.advance(failed=bool(outcome.failures))
    with View(db) as view:
        stale = view.is_stale()
    if stale:
        progress.tell("Bringing the reports of each incident together")
        bring_together(db)
    with View(db) as view:
        total, found = len(view), view.count_incidents()
    progress.echo(
        f"{new - failed:,} report{'s' * (new - failed != 1)} taken in, {held:,} held already, {failed:,} failed. "
        f"{db} holds {total:,} report{'s' * (total != 1)} and {found:,} incident{'s' * (found != 1)}."
    )
    return failed
