"""List who takes part in the events of the archive."""

from __future__ import annotations

import json

import click

from sitrep.cli._archive import db_option, opened, print_table


@click.command("actors")
@click.argument("name", required=False)
@db_option
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="No more than N.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines: one actor a line.")
def command(*, name: str | None, db: str, limit: int, as_json: bool) -> None:
    """List who takes part in events, those in most reports first. NAME: only those whose name holds it."""
    with opened(db) as view:
        found = view.actors(name, limit=limit)
    if as_json:
        for known in found:
            click.echo(json.dumps(known._asdict(), ensure_ascii=False))
        return
    if not found:
        click.echo("Nobody of that name takes part in an event.", err=True)
        return
    print_table(
        ("actor", "gazetteer", "kind", "reports", "events"),
        [(known.name, known.link, known.kind.replace("_", " "), known.reports, known.events) for known in found],
    )
