"""What is built of the desk's pages: small, whole, and free of ways to run stored words."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "frontend" / "src"
STATIC = ROOT / "src" / "sitrep" / "review" / "static"
KILOBYTE = 1000


@pytest.fixture(scope="module")
def built() -> Path:
    assert (STATIC / "index.html").is_file(), "run `make setup`: it builds the desk's pages"
    return STATIC


def test_the_bundle_is_small(built):
    size = sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in (built / "assets").iterdir())
    assert size <= 600 * KILOBYTE


def test_the_pages_name_no_other_host(built):
    page = (built / "index.html").read_text()
    assert not re.search(r"https?://", page)
    assert "<script>" not in page
    assert "<style" not in page


def test_the_shapes_of_the_map_are_there(built):
    for detail in ("110m", "50m", "10m"):
        topology = json.loads((built / "data" / f"countries-{detail}.json").read_text())
        assert len(topology["objects"]["countries"]["geometries"]) > 170
    provinces = json.loads((built / "data" / "admin1" / "irq.json").read_text())
    assert provinces["type"] == "Topology"


def test_stored_words_are_never_markup():
    """Every word on screen is a text node: the ways around that stay out of the sources."""
    for path in [*SOURCES.rglob("*.svelte"), *SOURCES.rglob("*.ts")]:
        source = path.read_text(encoding="utf-8")
        for way in (
            "{@html",
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert way not in source, f"{path.relative_to(ROOT)} uses {way}"


def test_the_lock_file_names_no_registry():
    lock = (ROOT / "frontend" / "package-lock.json").read_text()
    assert "resolved" not in lock
    assert lock.count('"integrity"') > 50
