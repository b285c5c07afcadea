"""The command line: one file per command, each loaded when it is called."""

from __future__ import annotations

import ast
import pkgutil
from importlib import import_module
from pathlib import Path

import click


class LazyGroup(click.Group):
    """Commands are the modules of this folder; each has `command`, and its docstring's first line is its help.

    Packages and modules that begin with an underscore are no commands.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(
            module.name.replace("_", "-")
            for module in pkgutil.iter_modules(__path__)
            if not module.ispkg and not module.name.startswith("_")
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"sitrep.cli.{cmd_name.replace('-', '_')}").command
        if not isinstance(command, click.Command):
            raise click.ClickException(f"cli/{cmd_name}.py holds no click command called `command`.")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from their docstrings, without importing any."""
        rows = [(name, _first_line(name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _first_line(name: str) -> str:
    file = Path(__file__).parent / f"{name.replace('-', '_')}.py"
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="sitrep", prog_name="sitrep")
def main() -> None:
    """Read reports of armed conflict and give the situation as a record.

    Every value in the record points at the words of the report behind it. All reading happens on this machine;
    nothing is fetched but the pages and feeds that you name.
    """
