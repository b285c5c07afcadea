"""Measure sitrep on the field's benchmarks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitrep.cli._reader import reader_of, reader_option

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Result
    from sitrep.reading.reader import Reader

FLOORS = Path("benchmarks") / "floors.json"


@click.command("bench")
@click.argument("name")
@click.option(
    "--data",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with SPLIT.jsonl; for `all`, the folder of these folders.",
)
@click.option("--split", default="dev", show_default=True, help="Which SPLIT.jsonl to score.")
@reader_option
@click.option("--limit", type=click.IntRange(min=1), help="Score only the first reports.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each benchmark and folder.")
@click.option("--gate", is_flag=True, help="End with an error where a score is below its floor.")
@click.option("--pin", is_flag=True, help="Write the scores as the new floors.")
@click.option("--allow-regression", is_flag=True, help="With --pin: lower floors, too.")
@click.option(
    "--floors",
    type=click.Path(dir_okay=False, path_type=Path),
    default=FLOORS,
    show_default=True,
    help="File of the floors.",
)
def command(
    name: str,
    folder: Path | None,
    split: str,
    limit: int | None,
    reader: str,
    as_json: bool,
    gate: bool,
    pin: bool,
    allow_regression: bool,
    floors: Path,
) -> None:
    """Measure sitrep on a benchmark, or on `all` of them.

    NAME is a benchmark, or `all`, or `list`, which names each with its scores and the paper that they follow.
    """
    from sitrep.errors import BenchmarkError
    from sitrep.evaluation.harness import is_generated

    try:
        if name == "list":
            _list()
            return
        if folder is None and name != "all" and is_generated(name):
            folder = Path()
        if folder is None:
            raise click.UsageError("Missing option '--data'.")
        run = _all if name == "all" else _one
        results = run(name, folder, split, limit, as_json=as_json, chosen=reader_of(reader))
        if pin:
            _pin(results, floors, allow_regression)
        elif gate:
            _gate(results, floors)
    except BenchmarkError as error:
        raise click.ClickException(str(error)) from error


def _list() -> None:
    from sitrep.evaluation.harness import load_benchmark, names

    for name in names():
        benchmark = load_benchmark(name)
        click.echo(f"{name}: {', '.join(benchmark.SCORES)}")
        click.echo(click.wrap_text(benchmark.PAPER, 100, initial_indent="    ", subsequent_indent="    "))


def _one(
    name: str, folder: Path, split: str, limit: int | None, *, as_json: bool, chosen: Reader | None
) -> list[Result]:
    from sitrep.evaluation.harness import run_benchmark

    result = run_benchmark(name, folder, split, limit=limit, reader=chosen, progress=_progress(name))
    click.echo(_json(result) if as_json else _table([result]))
    return [result]


def _all(_: str, parent: Path, split: str, limit: int | None, *, as_json: bool, chosen: Reader | None) -> list[Result]:
    """Every benchmark over its folders below a parent; one that cannot be run is named, and passed over."""
    from sitrep.errors import BenchmarkError
    from sitrep.evaluation.harness import folders_of, names, run_benchmark, split_of
    from sitrep.reading.default import default_reader

    reader = None
    results: list[Result] = []
    for name in names():
        folders = folders_of(name, parent)
        if not folders:
            click.echo(f"{name}: skipped, no data below {parent}", err=True)
        for folder in folders:
            try:
                reader = reader or chosen or default_reader()
                result = run_benchmark(
                    name, folder, split_of(folder, split), limit=limit, reader=reader, progress=_progress(name)
                )
            except BenchmarkError as error:
                click.echo(f"{name} over {folder.name}: skipped. {error}", err=True)
                continue
            results.append(result)
            if as_json:
                click.echo(_json(result))
    if not as_json:
        click.echo(_table(results))
    return results


def _progress(name: str):  # noqa: ANN202 - a callable for the harness
    """A counter on standard error where a person is watching."""
    import sys

    if not sys.stderr.isatty():
        return None

    def told(number: int) -> None:
        click.echo(f"\r{name}: {number} reports", nl=False, err=True)

    return told


def _json(result: Result) -> str:
    return json.dumps(
        {"bench": result.bench, "split": result.split, "reports": result.reports, "scores": result.scores}
    )


def _table(results: list[Result]) -> str:
    """One table: a line for each score."""
    if not results:
        return "no benchmark was run"
    wide = max(len(f"{result.bench} ({result.folder})") for result in results)
    lines: list[str] = []
    for result in results:
        head = f"{result.bench} ({result.folder})".ljust(wide)
        for name, score in result.scores.items():
            value = "     -" if score is None else f"{score:10.4f}"
            lines.append(f"{head}  {result.split:<5} {result.reports:>5}  {name:<24} {value}")
            head = " " * wide
    return "\n".join(lines)


def _gate(results: list[Result], floors: Path) -> None:
    from sitrep.evaluation.gate import falls, load_floors

    pinned = load_floors(floors)
    fallen = [line for result in results for line in falls(result, pinned)]
    for line in fallen:
        click.echo(line, err=True)
    if fallen:
        raise click.ClickException(f"{len(fallen)} scores are below their floors in {floors}.")
    click.echo(f"no score is below its floor in {floors}", err=True)


def _pin(results: list[Result], floors: Path, allow_regression: bool) -> None:
    from sitrep.evaluation.gate import pin

    pin(results, floors, allow_regression=allow_regression)
    click.echo(f"floors written to {floors}", err=True)
