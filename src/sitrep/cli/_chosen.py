"""What the commands that write records share: which records, in which format, without which names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from sitrep.export import Exporter
    from sitrep.export._select import Wanted
    from sitrep.judge.hide import Sensitive
    from sitrep.model import Incident, Reading

FILE = click.Path(dir_okay=False, path_type=Path)
YAML = (".yaml", ".yml")


def filters[F: Callable[..., None]](command: F) -> F:
    """The options that say which events are wanted."""
    for option in reversed((
        click.option("--type", "kind", metavar="TYPE", help="Only events of this type, for example air_strike."),
        click.option("--country", metavar="ISO3", help="Only events in this country, for example SYR."),
        click.option("--actor", metavar="NAME", help="Only with this one: part of a name, or a gazetteer id."),
        click.option("--place", metavar="NAME", help='Only there: a place or division; with --km also "LAT,LON".'),
        click.option("--km", type=click.FloatRange(0, 20_040), metavar="KM", help="Everything so near to --place."),
        click.option("--since", metavar="DATE", help="Not over before this day."),
        click.option("--until", metavar="DATE", help="Begun by this day."),
        click.option("--killed", type=click.FloatRange(0), metavar="N", help="At least N killed, by the low figure."),
        click.option("--factuality", metavar="WORD", help="Only occurred, ongoing, planned, denied, ..."),
        click.option("--news", is_flag=True, help="Without what is told as history."),
    )):  # fmt: skip
        command = option(command)
    return command


class Chosen(NamedTuple):
    """Records to be written. incidents: what several reports say together, where an archive tells."""

    readings: Iterable[Reading]
    incidents: Iterable[Incident]


def asked_for(options: dict[str, Any]) -> Wanted:
    """The filters of a command line."""
    from sitrep.cli.read import day
    from sitrep.export._select import Wanted

    if options["km"] is not None and options["place"] is None:
        raise click.UsageError("--km needs --place.")
    return Wanted(
        options["kind"], options["country"], options["actor"], options["place"], options["km"], day(options["since"]),
        day(options["until"]), options["killed"], options["factuality"], options["news"],
    )  # fmt: skip


def chosen(stores: tuple[Path, ...], db: str, asked: Wanted, hidden: tuple[Path, ...]) -> Chosen:
    """The records of files, else of the archive, that pass the filters, without names that must not leave."""
    from sitrep.cli._archive import opened
    from sitrep.export._select import through
    from sitrep.store.saved import is_archive

    # opening an archive brings it up to date, and says what is wrong where there is none
    for store in stores or (db,):
        if not stores or is_archive(store):
            with opened(str(store)):
                pass
    stores = stores or (Path(db),)
    archives = [store for store in stores if is_archive(store)]
    sensitive = names(hidden, archives)
    return Chosen(
        through(readings_of(stores), asked, sensitive),
        sensitive.incidents(_incidents(archives, asked)) if sensitive else _incidents(archives, asked),
    )


def names(files: tuple[Path, ...], archives: list[Path]) -> Sensitive:
    """The names that must not leave: those of files, one a line, and those that judgements in archives mark."""
    from sitrep.judge.hide import Sensitive

    found: list[str] = []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise click.ClickException(
                f"Reading {file}: {error}. Give a text file in UTF-8 with one name a line."
            ) from error
        found += [line for line in lines if line.strip() and not line.startswith("#")]
    for archive in archives:
        from sitrep.store.view import View

        with View(archive) as view:
            found += view.sensitive()
    return Sensitive(found)


def _incidents(archives: list[Path], asked: Wanted) -> Iterator[Incident]:
    from sitrep.cli._archive import opened
    from sitrep.store.filters import Filter

    wanted = Filter(
        type=asked.type, country=asked.country, actor=asked.actor, place=asked.place, km=asked.km, since=asked.since,
        until=asked.until, killed=asked.killed,
    )  # fmt: skip
    for archive in archives:
        with opened(str(archive)) as view:
            yield from view.incidents(wanted)


def readings_of(stores: tuple[Path, ...]) -> Iterator[Reading]:
    """The readings of stores that hold a text."""
    from sitrep.store.saved import saved

    for store in stores:
        for reading in saved(store):
            if reading.report.text:
                yield reading


def format_named(name: str) -> Exporter:
    """A format by its name, or a codebook of one's own by its file."""
    from sitrep.export import get_exporter
    from sitrep.export._codebook import load

    return load(Path(name)) if name.endswith(YAML) else get_exporter(name)
