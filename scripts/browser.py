"""Brings the browser that the tests of the desk drive: Debian's chromium, by apt, where it is missing.

`make test` calls it. Where it can be brought in no way, it says how to bring one and the browser tests fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# machines of their own apt use
APT = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def browser() -> str | None:
    """The path of a chromium: the one that SITREP_CHROMIUM names, else one on the PATH."""
    return os.environ.get("SITREP_CHROMIUM") or next((path for path in map(shutil.which, NAMES) if path), None)


def main() -> None:
    """Install chromium where there is none and we may."""
    if browser():
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        print("bringing chromium for the browser tests by apt …", file=sys.stderr, flush=True)
        for command in (
            [apt, "update", "-qq"],
            [apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(command, check=False, env=APT, stdout=subprocess.DEVNULL)
    if not browser():
        sys.exit(
            "The browser tests of the desk need chromium: install it (Debian: apt-get install chromium), or set "
            "SITREP_CHROMIUM to a Chrome or Chromium that is there."
        )


if __name__ == "__main__":
    main()
