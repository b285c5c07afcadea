"""Which reader a command reads with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sitrep.reading.reader import Reader


def reader_option[F: Callable[..., None]](command: F) -> F:
    """The option that names the reader."""
    return click.option(
        "--reader",
        default="trained",
        show_default=True,
        metavar="trained|rules|FOLDER",
        help="`rules` reads without weights, FOLDER with weights that `sitrep train` made.",
    )(command)


def reader_of(name: str, progress: Callable[[str], None] | None = None) -> Reader | None:
    """The reader of a name; None for the default one. Raises click.BadParameter for a folder that is none."""
    if name == "trained":
        return None
    from sitrep.flow import rules_reader

    if name == "rules":
        return rules_reader(progress)
    if not Path(name).is_dir():
        raise click.BadParameter(f"{name!r} is neither `trained` nor `rules` nor a folder.", param_hint="--reader")
    from sitrep.errors import SitrepError
    from sitrep.reading.default import default_reader

    try:
        return default_reader(progress, weights=Path(name))
    except SitrepError as error:
        raise click.ClickException(str(error)) from error
