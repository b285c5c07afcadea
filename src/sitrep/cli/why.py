"""Say why the events of an incident are held to be one, and let a person weigh the reasons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from sitrep.cli._archive import db_option, opened, print_table

if TYPE_CHECKING:
    from sitrep.corroboration.why import Link


@click.command("why")
@click.argument("incident_id", metavar="INCIDENT")
@db_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines: one pair of events a line.")
def command(*, incident_id: str, db: str, as_json: bool) -> None:
    """Say what speaks for and against each pair of events of an incident, the strongest first.

    A score above 0 speaks for one incident: the reasons outweigh what any two events have in common by chance.
    """
    from sitrep.corroboration.why import why
    from sitrep.ontology.load import load_ontology

    with opened(db) as view:
        incident = view.incident(incident_id)
        if incident is None:
            raise click.ClickException(f"{db} holds no incident {incident_id!r}. `sitrep incidents` lists them.")
        readings = [view.get(name) for name in dict.fromkeys(ref.report for ref in incident.events)]
    links = why(incident, [reading for reading in readings if reading], load_ontology())
    if as_json:
        for link in links:
            click.echo(json.dumps(_plain(link), ensure_ascii=False))
        return
    if not links:
        click.echo("One report alone tells of it: nothing was brought together.", err=True)
        return
    print_table(
        ("report", "event", "and report", "event", "score", "words"),
        [
            (link.one.report, link.one.event, link.other.report, link.other.event, f"{link.score:+.2f}", _said(link))
            for link in links
        ],
    )


def _said(link: Link) -> str:
    reasons = ", ".join(f"{name} {value:+.2f}" for name, value in (*link.reasons, ("chance", -link.base)))
    return f"{reasons}; exact days or places rule it out" if link.apart else reasons


def _plain(link: Link) -> dict[str, object]:
    return {
        "one": {"report": link.one.report, "event": link.one.event},
        "other": {"report": link.other.report, "event": link.other.event},
        "score": round(link.score, 4),
        "reasons": {name: round(value, 4) for name, value in link.reasons},
        "base": link.base,
        "apart": link.apart,
    }
