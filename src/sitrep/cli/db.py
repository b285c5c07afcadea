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

    count = 0
    with told():
        for problem in problems_of(db):
            count += 1
            click.secho(problem, fg="red", err=True)
    if count:
        click.echo(f"{db}: {count:,} problem{'s' * (count != 1)}.", err=True)
        raise SystemExit(1)
    click.echo(f"{db} is sound.")


@command.command("backup")
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@db_option
def backup(*, target: Path, db: str) -> None:
    """Copy the archive to FILE as it is at this moment, also while reports are being taken in."""
    from sitrep.store.check import backup as copy

    with told():
        copy(db, target)
    click.echo(f"{db} copied to {target} ({target.stat().st_size / 1e6:,.1f} MB).", err=True)
