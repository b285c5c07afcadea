"""Show one incident: what is said of it, and who says so in which words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from sitrep.cli._archive import db_option, number, opened, print_table

if TYPE_CHECKING:
    from sitrep.model import Copy, FieldValue, Incident
    from sitrep.store.view import View

# of many names, so many are told
SHOWN = 4


@click.command("show")
@click.argument("incident_id", metavar="INCIDENT")
@db_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(*, incident_id: str, db: str, as_json: bool) -> None:
    """Show the incident of that id: its fields with the values that disagree, its figures, its reports.

    Reports that copy one text, and those of one outlet, count as one independent source.
    """
    from sitrep.model.codec import encode

    with opened(db) as view:
        incident = view.incident(incident_id)
        if incident is None:
            raise click.ClickException(f"{db} holds no incident {incident_id!r}. `sitrep incidents` lists them.")
        if as_json:
            click.echo(encode(incident))
            return
        _show(incident, view)


def _show(incident: Incident, view: View) -> None:
    when = f"{incident.start} – {incident.end}" if incident.end != incident.start else incident.start
    heading = (incident.type.replace("_", " "), incident.place.title() if incident.place else None, when)
    click.secho(", ".join(part for part in heading if part), bold=True)
    reports = len({ref.report for ref in incident.events})
    click.echo(
        f"{reports} report{'s' * (reports != 1)}, {incident.sources} independent source{'s' * (incident.sources != 1)}"
    )
    click.echo()
    fields = [
        (name if n == 0 else "", value.value.replace("_", " "), value.sources, _some(value.said_by), _reports(value))
        for name, values in incident.fields.items()
        for n, value in enumerate(values)
    ]
    print_table(("field", "value", "sources", "who says so", "reports"), fields)
    for figure in incident.figures:
        click.echo()
        span = " / ".join(number(part) or "?" for part in (figure.low, figure.best, figure.high))
        click.echo(f"{figure.kind}: {span} (low / best / high)")
        click.echo(f"  {figure.rule}")
    click.echo()
    said: list[tuple[object, ...]] = []
    for ref in incident.events:
        reading = view.get(ref.report)
        event = next((event for event in reading.events if event.id == ref.event), None) if reading else None
        if reading and event:
            words = event.evidence[0].quote if event.evidence else event.trigger.quote
            said.append((ref.report, reading.report.outlet, reading.report.published.value, words))
    print_table(("report", "outlet", "published", "words"), said)
    for copy in view.copies(*{ref.report for ref in incident.events}):
        _show_copy(copy)


def _reports(value: FieldValue) -> str:
    """Which reports give a value, and what replaced it."""
    names = _some(dict.fromkeys(ref.report for ref in value.events))
    notes = [f"chosen by {value.chosen_by}"] if value.chosen_by else []
    notes += [f"updated by {value.updated_by.report}"] if value.updated_by else []
    return f"{names} ({'; '.join(notes)})".strip() if notes else names


def _some(names: Iterable[str]) -> str:
    """The first of some names, and how many more there are."""
    first, rest = (found := list(names))[:SHOWN], found[SHOWN:]
    return ", ".join(first) + (f" and {len(rest)} more" if rest else "")


def _show_copy(copy: Copy) -> None:
    click.echo()
    click.echo(f"{copy.report} shares {copy.share:.0%} of its words with {copy.of}", nl=not copy.added)
    if copy.added:
        click.echo(", and adds:")
    for paragraph in copy.added:
        click.echo(f"  │ {paragraph.quote}")
