"""Take corrections made in Label Studio or INCEpTION into the archive, as judgements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitrep.cli._archive import db_option, told

if TYPE_CHECKING:
    from sitrep.export._corrected import Corrected
    from sitrep.model import Judgement


@click.command("import")
@click.argument("kind", metavar="FORMAT", type=click.Choice(["label-studio", "inception"]))
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(dir_okay=False, path_type=Path))
@db_option
@click.option("--user", required=True, metavar="NAME", help="Whose judgements these are.")
@click.option("--reason", default="corrected in another tool", show_default=True, metavar="TEXT", help="Why.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def command(*, kind: str, files: tuple[Path, ...], db: str, user: str, reason: str, dry_run: bool) -> None:
    """Take the corrected reports of FILEs into the archive: what a person changed becomes their judgements.

    The files must have begun with `sitrep export label_studio` or `sitrep export cas` of this archive. Label Studio's
    export as JSON, INCEpTION's as UIMA CAS XMI. Taking in the same file twice judges nothing twice.
    """
    from sitrep.store.judgements import JudgementWriter

    new = 0
    with told():
        found = [judgement for file in files for judgement in _judgements(kind, file, db, user, reason)]
        if not dry_run and found:
            from sitrep.ingest import tabular

            writer = JudgementWriter(db, code=tabular.coded)
            try:
                new = sum(done.new for done in writer.judge_all(found))
            finally:
                writer.close()
    for judgement in found:
        words = "; ".join(part.quote for part in judgement.target.words)
        click.echo(f"{judgement.target.report} {judgement.target.id} “{words}”: {judgement.kind}")
    if dry_run or not found:
        click.echo(f"{len(found):,} change{'s' * (len(found) != 1)} found.", err=True)
    else:
        click.echo(f"{new:,} judgement{'s' * (new != 1)} taken in, {len(found) - new:,} were there.", err=True)


def _judgements(kind: str, file: Path, db: str, user: str, reason: str) -> Iterator[Judgement]:
    from sitrep.errors import ExportError
    from sitrep.export._corrected import corrections
    from sitrep.model import Judgement
    from sitrep.store.database import now
    from sitrep.store.judgements import judgement_id
    from sitrep.store.view import View

    with View(db) as view:
        for corrected in _corrected(kind, file):
            reading = corrected.reading or view.get(corrected.report)
            if reading is None:
                raise ExportError(
                    f"Importing {file}: the archive {db} holds no report {corrected.report!r}.",
                    todo="Name the archive that the export was made from with --db.", format=kind,
                )  # fmt: skip
            for target, correction in corrections(reading, corrected):
                name = judgement_id(target, str(correction), user)
                yield Judgement(id=name, target=target, correction=correction, user=user, at=now(), reason=reason)


def _corrected(kind: str, file: Path) -> Iterator[Corrected]:
    from sitrep.export._corrected import inception_file, label_studio_file

    try:
        content = file.read_bytes()
    except OSError as error:
        raise click.ClickException(
            f"Reading {file}: {error.strerror or error}. Name a file that can be read."
        ) from error
    yield from (label_studio_file if kind == "label-studio" else inception_file)(content)
