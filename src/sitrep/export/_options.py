"""Options of formats, as the command line and the desk offer them."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """A choice that a format's `write` takes by name. flag: the option of the command line.

    choices: what may be given; empty where default is a yes or no, or any text will do.
    """

    name: str
    flag: str
    help: str
    choices: tuple[str, ...] = ()
    default: str | bool | None = None


TABLE = Option(
    "table_name", "table", "Which table of the record.", ("events", "claims", "figures", "control", "sources"), "events"
)
TITLE = Option("title", "title", "What it is called.", (), "Situation report")
DATED = Option("dated", "date", "Its date; today's where none is given.")
