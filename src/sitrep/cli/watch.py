"""Watch RSS and Atom feeds, and take in the reports that they name."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitrep.cli._archive import db_option, told
from sitrep.cli._sources import options_of, web_options

if TYPE_CHECKING:
    from sitrep.cli._progress import Progress
    from sitrep.ingest.archive import Take
    from sitrep.ingest.watch import Watch

# a clock that was set back does not make it sleep for ever
LONGEST_SLEEP = 300.0


@click.command("watch")
@click.argument("feeds", type=click.Path(dir_okay=False, path_type=Path))
@db_option
@click.option("-j", "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read.")
@click.option("--once", is_flag=True, help="One pass over the feeds that are due, then end.")
@web_options
def command(*, feeds: Path, db: str, jobs: int, once: bool, agent: str | None, allow_private: bool) -> None:
    """Watch the feeds that a TOML file names, until stopped, and take in the reports that are new.

    Feeds are asked whether anything changed; one that fails is asked less and less often, up to once a day.
    Stopped at any moment, the next run goes on. With --once the exit code is 1 where a feed or report failed.
    """
    from sitrep.cli._progress import Progress
    from sitrep.ingest.archive import intake, remembering
    from sitrep.ingest.watch import Watch
    from sitrep.sources.feeds import load_feeds
    from sitrep.store.writer import Writer

    options = options_of(None, None, agent, allow_private=allow_private)
    with told(), Progress(None) as progress:
        named = load_feeds(feeds)
        with Writer(db) as writer, remembering(writer, options) as known:
            if known.web is None:
                return
            watch = Watch(writer, named, known.web)
            with intake(writer, workers=jobs, progress=progress.tell) as take:
                failed = _pass(watch, take, db, progress)
                while not once and (due := watch.next_due()) is not None:
                    try:
                        time.sleep(min(LONGEST_SLEEP, max(1.0, (due - datetime.now(UTC)).total_seconds())))
                        if watch.due():
                            _pass(watch, take, db, progress)
                    except KeyboardInterrupt:
                        progress.echo("Stopped. The same command goes on.")
                        return
    if failed:
        raise SystemExit(1)


def _pass(watch: Watch, take: Take, db: str, progress: Progress) -> int:
    """One pass; how many feeds and reports failed."""
    from sitrep.cli._intake import Tally, bring_up_to_date

    tally = Tally()
    tally.add(watch.once(take), progress)
    broken = sum(one.failure is not None for one in watch.passes)
    named = sum(one.new for one in watch.passes)
    feeds = f"{len(watch.passes):,} feed{'s' * (len(watch.passes) != 1)} looked at, {broken:,} of them failed"
    progress.echo(f"{feeds}; {named:,} new page{'s' * (named != 1)}. {tally} {bring_up_to_date(db, progress)}")
    return tally.failed
