"""Search the texts of the archive."""

from __future__ import annotations

import json

import click

from sitrep.cli._archive import db_option, opened, print_table


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@db_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="No more than N.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines: one report a line.")
def command(*, words: tuple[str, ...], db: str, limit: int, as_json: bool) -> None:
    """Find the reports that hold all WORDS, in any form of them, the best first.

    Words in double quotes are found as they stand: sitrep search '"field hospital" Sabha'.
    """
    with opened(db) as view:
        hits = view.search(" ".join(words), limit=limit)
    if as_json:
        for hit in hits:
            click.echo(json.dumps(hit._asdict(), ensure_ascii=False))
        return
    if not hits:
        click.echo("No report holds these words.", err=True)
        return
    print_table(
        ("report", "outlet", "published", "words"), [(hit.report, hit.outlet, hit.published, hit.words) for hit in hits]
    )
