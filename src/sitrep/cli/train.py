"""Teach the trained reader what people corrected."""

from __future__ import annotations

from pathlib import Path

import click

from sitrep.cli._archive import db_option, opened, told


@click.group("train")
def command() -> None:
    """Teach the trained reader. (Training it from data sets is described in the guide.)"""


@command.command("corrections")
@db_option
@click.option(
    "-o", "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for the new weights."
)
def corrections(db: str, out: Path) -> None:
    """Fit the heads to the reports of an archive that people corrected, and compare on every fifth of them.

    Prints the F1 of exact spans on the reports kept out, before and after. Read with the new weights by
    `--reader FOLDER`.
    """
    from sitrep.reading.learned.fit import fit, lesson_of
    from sitrep.reading.learned.reader import LearnedReader

    with told():
        with opened(db) as view:
            corrected = {judgement.target.report for judgement in view.judgements() if judgement.target.report}
            lessons = [lesson_of(reading) for reading in view if reading.report.source.id in corrected]
        made = fit(LearnedReader(), lessons, out)
    click.echo(f"{'head':<10} {'before':>7} {'after':>7}")
    for one in made:
        kept = "" if one.after > one.before else "  stays as shipped"
        click.echo(f"{one.layer:<10} {one.before:7.3f} {one.after:7.3f}{kept}")
    click.echo(f"Learned from {made[0].learned_from} reports, compared on {made[0].kept_out}. Weights in {out}.")
