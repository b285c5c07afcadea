"""Open the desk: read, check, correct and see the archive in a browser."""

from __future__ import annotations

import getpass

import click

from sitrep.cli._archive import db_option, opened, told


@click.command("desk")
@db_option
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes any free one.")
@click.option("--user", metavar="NAME", help="Who judges.  [default: the name that you log in with]")
@click.option(
    "--tiles", metavar="URL", help="Map tiles for street level, with {z}, {x} and {y}. None are asked for otherwise."
)
def command(*, db: str, port: int, user: str | None, tiles: str | None) -> None:
    """Open the desk on the archive: pages on this machine alone, until Ctrl-C.

    What you correct is kept as judgements beside what was read, each with your name, the time and your reason.
    """
    import socket

    import uvicorn

    from sitrep.ingest.tabular import coded
    from sitrep.review.desk.app import get_ready, make_app
    from sitrep.review.desk.desk import open_desk

    # brings the incidents up to date where a run was stopped before
    with opened(db):
        pass
    # bound before the address is printed, so that it is true and nobody else's
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", port))
    except OSError as error:
        raise click.ClickException(f"Port {port} cannot be had: {error.strerror}. Name another with --port.") from error
    # whoever opens the address at once waits a moment and is not turned away
    door.listen(128)
    port = door.getsockname()[1]
    with told():
        desk = open_desk(db, user=user or _login(), tiles=tiles, code=coded)
    desk.writer.rank()
    app = make_app(desk, port=port)
    get_ready(desk)
    click.echo(f"The desk is at http://127.0.0.1:{port}/  (Ctrl-C ends it)")
    config = uvicorn.Config(app, log_level="warning", server_header=False, date_header=False)
    uvicorn.Server(config).run(sockets=[door])


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"
