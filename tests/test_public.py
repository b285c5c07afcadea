"""The public names, and that naming them costs nothing."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import pytest

import sitrep

HEAVY = ("spacy", "numpy", "onnxruntime", "trafilatura", "lxml", "sqlalchemy", "yaml", "msgspec", "py3langid", "rich")


def test_every_public_name_is_there():
    for name in sitrep.__all__:
        assert getattr(sitrep, name) is not None
    assert sorted(sitrep.__all__) == sitrep.__all__
    assert set(dir(sitrep)) == set(sitrep.__all__)


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="nothing_of_it"):
        sitrep.nothing_of_it  # noqa: B018


def test_importing_is_light():
    code = f"import sys, sitrep; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_help_loads_no_command():
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom sitrep.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_package_is_typed():
    assert (files("sitrep") / "py.typed").is_file()
