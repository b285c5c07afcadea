"""The documentation is true: its commands run, its excerpts are real, every command and event type is in it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitrep.cli import main

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
# words in capitals stand for something of the reader's own; such commands are only looked up
PLACEHOLDER = re.compile(r"\b[A-Z]{3,}\b")


def commands() -> list[tuple[str, str, tuple[str, ...]]]:
    """(page, command, lines of output that the page shows)."""
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for page in PAGES:
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            lines = block.rstrip().splitlines()
            starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
            for n, start in enumerate(starts):
                end = starts[n + 1] if n + 1 < len(starts) else len(lines)
                shown = tuple(line.strip() for line in lines[start + 1 : end] if line.strip() not in ("", "…"))
                found.append((page.relative_to(ROOT).as_posix(), lines[start][2:], shown))
    return found


@pytest.mark.parametrize(("page", "command", "shown"), commands(), ids=lambda value: str(value)[:60])
def test_every_command_in_the_docs_runs(
    page: str, command: str, shown: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(command)
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
        return
    assert words[0] == "sitrep", f"{page}: {command}"
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    arguments = words[1:]
    if PLACEHOLDER.search(command):
        arguments = [*arguments[:1], "--help"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, f"{page}: {command}\n{result.output}"
    flat = re.sub(r"\s+", " ", result.output)
    for line in shown:
        assert re.sub(r"\s+", " ", line) in flat, f"{page}: {command} does not print {line!r}"


def test_the_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme


def test_every_decision_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        assert f"decisions/{page.name}" in navigation


def test_modules_stay_small_enough_to_read() -> None:
    """Modules of more than about 400 lines are listed here with their reason, or split."""
    allowed = {
        "src/sitrep/reading/quantity_people.py": "one grammar of who was counted",
        "src/sitrep/reading/quantity_numbers.py": "one grammar of number words",
        "src/sitrep/evaluation/benchmarks/re3d.py": "how our record maps onto theirs, in one place",
        "src/sitrep/review/facts.py": "one table of how each layer is worded",
        "src/sitrep/review/desk/shapes.py": "the types of the desk's API, which its description is made of",
        "src/sitrep/review/desk/situation_shapes.py": "the same for the situation view",
        "src/sitrep/reading/event_context.py": "where and when an event is, by one set of helpers",
    }
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in (ROOT / "src").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 420
    }
    assert set(long) <= set(allowed), long
