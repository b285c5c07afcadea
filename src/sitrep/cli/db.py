"""Check the archive, or copy it to a safe place."""

from __future__ import annotations

from pathlib import Path

import click

from sitrep.cli._archive import db_option, told


@click.group("db")
def command() -> None:
    """Look after the archive."""


@command.command("check")
@db_option
def check(*, db: str) -> None:
    """Verify every offset, hash and reference of the archive; the exit code is 1 where one is wrong."""
    from sitrep.store.check import check as problems_of
    from sitrep.store.database import name_of

    count = 0
    with told():
        for problem in problems_of(db):
            count += 1
            click.secho(problem, fg="red", err=True)
    if count:
        click.echo(f"{name_of(db)}: {count:,} problem{'s' * (count != 1)}.", err=True)
        raise SystemExit(1)
    click.echo(f"{name_of(db)} is sound.")


@command.command("backup")
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@db_option
def backup(*, target: Path, db: str) -> None:
    """Copy the archive to FILE as it is at this moment, also while reports are being taken in.

    FILE is an archive of its own, in SQLite, wherever the archive lives.
    """
    from sitrep.store.backup import backup as copy
    from sitrep.store.database import name_of

    with told():
        copy(db, target)
    click.echo(f"{name_of(db)} copied to {target} ({target.stat().st_size / 1e6:,.1f} MB).", err=True)


@command.command("restore")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@db_option
def restore(*, source: Path, db: str) -> None:
    """Fill an empty archive from FILE, a backup: also to move from a file to PostgreSQL or back."""
    from sitrep.store.backup import restore as fill
    from sitrep.store.database import name_of

    with told():
        fill(source, db)
    click.echo(f"{name_of(db)} filled from {source}.", err=True)
