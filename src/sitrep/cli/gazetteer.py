"""Show the gazetteers, or build one of places from a full GeoNames dump."""

from __future__ import annotations

from pathlib import Path

import click

from sitrep.errors import SitrepError


@click.group(name="gazetteer", help=__doc__)
def command() -> None:
    """Show the gazetteers, or build one of places from a full GeoNames dump."""


@command.command()
@click.argument("dump", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--alternates",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="alternateNamesV2.txt or .zip, for more spellings.",
)
def build(dump: Path, alternates: Path | None) -> None:
    """Build the gazetteer of places from DUMP (allCountries.txt or .zip from GeoNames).

    From then on sitrep reads with it; delete the file that `sitrep gazetteer info` names to go back.
    """
    from sitrep.cache import cache_folder
    from sitrep.gazetteer.places import PlaceGazetteer
    from sitrep.gazetteer.places_dump import build_full

    try:
        path = build_full(dump, cache_folder(), alternates=alternates, progress=say)
        places = PlaceGazetteer(path)
    except SitrepError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Built {path}: {describe(places.counts())}.")


@command.command()
def info() -> None:
    """Say which gazetteers sitrep reads with, what they were made from, and how much they hold."""
    from sitrep.gazetteer.actors import load_actors
    from sitrep.gazetteer.places import load_places

    try:
        places, actors = load_places(say), load_actors()
    except SitrepError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"places  {places.path}")
    click.echo(f"        {places.source()}")
    click.echo(f"        {describe(places.counts())}; digest {places.digest}")
    click.echo(f"actors  {len(actors.entries):,} entries; digest {actors.digest[:10]}")


def say(line: str) -> None:
    """A line of progress on standard error."""
    click.echo(line, err=True)


def describe(counts: dict[str, int]) -> str:
    """Counts in words: "234,908 settlements, 1,022,694 names"."""
    words = {
        "country": "countries", "admin1": "first-order divisions", "admin2": "second-order divisions",
        "settlement": "settlements", "area": "areas", "natural": "natural features", "facility": "facilities",
        "names": "names",
    }  # fmt: skip
    return ", ".join(f"{counts[kind]:,} {label}" for kind, label in words.items() if counts.get(kind))
