"""List the incidents of the archive that fit filters."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

import click

from sitrep.cli._archive import db_option, number, opened, print_table

if TYPE_CHECKING:
    from sitrep.model import ReviewState

STATES = ("unreviewed", "in_review", "accepted", "rejected", "second_look")


@click.command("incidents")
@db_option
@click.option("--type", "kind", metavar="TYPE", help="An event type, for example air_strike.")
@click.option("--country", metavar="ISO3", help="An ISO 3166 code, for example SYR.")
@click.option("--actor", metavar="NAME", help="Somebody who takes part: part of a name, or a gazetteer id.")
@click.option("--place", metavar="NAME", help='A place or division by name; with --km also "LAT,LON".')
@click.option("--km", type=click.FloatRange(0, 20_040), metavar="KM", help="Everything so near to --place.")
@click.option("--since", metavar="DATE", help="Not over before this day.")
@click.option("--until", metavar="DATE", help="Begun by this day.")
@click.option("--killed", type=click.FloatRange(0), metavar="N", help="At least N killed, by the lowest figure.")
@click.option("--injured", type=click.FloatRange(0), metavar="N", help="At least N injured, by the lowest figure.")
@click.option("--state", type=click.Choice(STATES), help="How far the review is.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="No more than N.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines: one incident a line.")
def command(
    *,
    db: str,
    kind: str | None,
    country: str | None,
    actor: str | None,
    place: str | None,
    km: float | None,
    since: str | None,
    until: str | None,
    killed: float | None,
    injured: float | None,
    state: ReviewState | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List the incidents that the archive holds, by time, each with how many independent sources tell of it.

    Filters are joined by "and". `sitrep show ID` shows one with everything that is said of it.
    """
    from sitrep.cli.read import day
    from sitrep.model.codec import encode
    from sitrep.store.filters import Filter

    if km is not None and place is None:
        raise click.UsageError("--km needs --place.")
    wanted = Filter(kind, country, actor, place, km, day(since), day(until), killed, injured, state)
    with opened(db) as view:
        found = view.incidents(wanted, limit=limit)
        if as_json:
            for incident in found:
                click.echo(encode(incident))
            return
        rows: list[tuple[object, ...]] = []
        for incident in found:
            figures = {figure.kind: figure for figure in incident.figures}
            rows.append(
                (
                    incident.id,
                    _when(incident.start, incident.end),
                    incident.type.replace("_", " "),
                    incident.place.title() if incident.place else None,
                    *(
                        _range(figures[name].low, figures[name].high) if name in figures else None
                        for name in ("killed", "injured")
                    ),
                    incident.sources,
                )
            )
    if not rows:
        click.echo("No incident fits.", err=True)
        return
    print_table(("incident", "when", "what", "where", "killed", "injured", "sources"), rows)


def _when(start: str | None, end: str | None) -> str | None:
    """Days as a person writes them: a whole month or year by its name, an end without what it shares with the start."""
    if start is None or end is None or start == end:
        return start
    if start.endswith("-01-01") and end == f"{start[:4]}-12-31":
        return start[:4]
    year, month, _ = map(int, end.split("-"))
    if start[:7] == end[:7] and start.endswith("-01") and int(end[8:]) == monthrange(year, month)[1]:
        return start[:7]
    shared = 8 if start[:7] == end[:7] else 5 if start[:4] == end[:4] else 0
    return f"{start} – {end[shared:]}"


def _range(low: float | None, high: float | None) -> str | None:
    """A figure in short: 12, 12–15, 12+ for at least 12."""
    if low is None:
        return f"up to {number(high)}" if high is not None else None
    if high is None:
        return f"{number(low)}+"
    return number(low) if low == high else f"{number(low)}–{number(high)}"
