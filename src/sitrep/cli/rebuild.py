"""Read again what other versions of sitrep have read, and bring everything together anew."""

from __future__ import annotations

import click

from sitrep.cli._archive import db_option, told


@click.command("rebuild")
@db_option
def command(*, db: str) -> None:
    """Derive the archive's records again from its reports, where stages, ontology or gazetteer have changed.

    Reports that the present versions have read are left alone. Stopped at any moment, the same command goes on where
    it stopped.
    """
    from sitrep.cli._progress import Progress
    from sitrep.flow import default_reader
    from sitrep.ingest.rebuild import rebuild
    from sitrep.store.database import name_of
    from sitrep.store.view import View

    with told():
        View(db).close()
        total = 0
        with Progress(None) as progress:
            for state in rebuild(db, reader=default_reader(progress.tell)):
                total = state.total
                progress.tell(f"Reading again: {state.done:,} of {state.total:,}")
        with View(db) as view:
            found = view.count_incidents()
        click.echo(f"{name_of(db)}: {total:,} read again, {found:,} incidents.", err=True)
