"""Zip files that are the same bytes every time."""

from __future__ import annotations

import zipfile

# the earliest time that a zip file can say
EPOCH = (1980, 1, 1, 0, 0, 0)


def entry(name: str) -> zipfile.ZipInfo:
    """A member of a zip file without a clock and without the rights of whoever made it."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Put a file into a zip file."""
    archive.writestr(entry(name), content)
