"""The options that say where reports come from and how they are taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sitrep.sources.source import Options


def web_options[F: Callable[..., None]](command: F) -> F:
    """How web servers are asked."""
    command = click.option("--allow-private", is_flag=True, help="Also fetch from addresses of private networks.")(
        command
    )
    return click.option("--agent", metavar="NAME", help="What to call ourselves to web servers.")(command)


def source_options[F: Callable[..., None]](command: F) -> F:
    """What commands that take reports share."""
    command = web_options(command)
    command = click.option(
        "--columns", metavar="FIELD=NAME,…", help="Columns of a table, for example text=Body,published=Date."
    )(command)
    return click.option(
        "--from", "kind", metavar="KIND", help="What the files are, whatever their names: csv, urls, warc…"
    )(command)


def options_of(
    kind: str | None,
    columns: str | None,
    agent: str | None,
    *,
    allow_private: bool,
) -> Options:
    """What the user said about sources. Raises BadParameter where it cannot be."""
    from sitrep.sources.rows import FIELDS
    from sitrep.sources.source import Options, formats
    from sitrep.sources.web import Rules, Web

    if kind is not None and kind not in formats():
        raise click.BadParameter(
            f"no source is called {kind!r}; there are {', '.join(formats())}.", param_hint="--from"
        )
    mapped: dict[str, str] = {}
    for pair in filter(None, (columns or "").split(",")):
        field, _, name = pair.partition("=")
        if field.strip() not in FIELDS or not name.strip():
            raise click.BadParameter(
                f"{pair!r} is no FIELD=NAME; the fields are {', '.join(FIELDS)}.", param_hint="--columns"
            )
        mapped[field.strip()] = name.strip()
    said: dict[str, Any] = {"allow_private": allow_private} | ({"agent": agent} if agent else {})
    return Options(kind=kind, columns=mapped, web=Web(Rules(**said)))
