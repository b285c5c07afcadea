"""Show who is said to hold a place, report by report."""

from __future__ import annotations

import json

import click

from sitrep.cli._archive import db_option, opened, print_table


@click.command("control")
@click.argument("place")
@db_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines: one statement a line.")
def command(*, place: str, db: str, as_json: bool) -> None:
    """Show what the reports say of who holds PLACE, by when they were published.

    Statements are listed, not weighed: reports may disagree.
    """
    with opened(db) as view:
        found = view.control(place)
    if as_json:
        for held in found:
            click.echo(json.dumps(held._asdict(), ensure_ascii=False))
        return
    if not found:
        click.echo(f"No report says who holds {place}.", err=True)
        return
    print_table(
        ("published", "holder", "status", "from", "to", "basis", "report", "words"),
        [
            (held.published, held.holder, held.status, held.start, held.end, held.basis, held.report, held.quote)
            for held in found
        ],
    )
