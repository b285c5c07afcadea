"""Print the JSON Schema of the record."""

from __future__ import annotations

import json

import click


@click.command("schema")
@click.option("--incident", is_flag=True, help="The schema of an incident instead of a reading.")
def command(*, incident: bool) -> None:
    """Print the JSON Schema of the record that `sitrep read --json` gives, one reading a line."""
    from sitrep.model.codec import incident_schema, schema

    click.echo(json.dumps(incident_schema() if incident else schema(), indent=1, ensure_ascii=False))
