"""The version of sitrep, which every reading names."""

from __future__ import annotations

VERSION = "0.1.0"
