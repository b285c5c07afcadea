"""A dossier of one actor: what the reports say that it did and suffered, each with its source."""

from __future__ import annotations

import json

import click

from sitrep.cli._archive import db_option, opened, print_table


@click.command("actor")
@click.argument("name")
@db_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines: one part in an event a line.")
def command(*, name: str, db: str, as_json: bool) -> None:
    """Show what the reports say of NAME: a name, part of one, or a gazetteer id.

    By the days of the events, each with the report and the words that name the actor.
    """
    with opened(db) as view:
        found = view.actor(name)
    if as_json:
        for deed in found:
            click.echo(json.dumps(deed._asdict(), ensure_ascii=False))
        return
    if not found:
        click.echo(f"{name} takes part in no event. `sitrep actors` lists who does.", err=True)
        return
    names = dict.fromkeys(deed.actor for deed in found)
    links = dict.fromkeys(deed.link for deed in found if deed.link)
    reports, outlets = {deed.report for deed in found}, {deed.outlet for deed in found if deed.outlet}
    click.secho(", ".join(names), bold=True)
    click.echo(f"gazetteer: {', '.join(links) or 'nobody who fits'}")
    click.echo(f"{len(found)} parts in events, {len(reports)} reports of {len(outlets)} outlets")
    click.echo()
    print_table(
        ("when", "what", "role", "where", "report", "outlet", "words", "incident"),
        [
            (
                deed.start,
                deed.type.replace("_", " ") + ("" if deed.factuality == "occurred" else f" ({deed.factuality})"),
                deed.role.replace("_", " "),
                deed.place,
                deed.report,
                deed.outlet,
                f"{deed.quote} … {deed.trigger}" if deed.quote else deed.trigger,
                deed.incident,
            )
            for deed in found
        ],
    )
