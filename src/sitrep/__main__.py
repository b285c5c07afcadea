"""`python -m sitrep` is `sitrep`."""

from __future__ import annotations

from sitrep.cli import main

main(prog_name="sitrep")
