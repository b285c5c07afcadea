"""sitrep reads reports of armed conflict and gives the situation as a record with evidence."""

from __future__ import annotations

__version__ = "0.1.0"
