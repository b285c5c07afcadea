"""Frames: tables and views of a store for pandas and polars, on request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

from sitrep.errors import StoreError

type Library = Literal["pandas", "polars"]


def frame(rows: Sequence[Mapping[str, object]], columns: Sequence[str], library: Library) -> Any:  # noqa: ANN401 - theirs
    """Rows as a data frame. Raises StoreError where the library is not installed."""
    try:
        module: Any = import_module(library)
    except ImportError as error:
        raise StoreError(
            f"Making a frame: {library} is not installed.", todo=f"Install it: pip install {library}.", store=library
        ) from error
    if library == "polars":
        # a column may begin with many unknowns
        return module.DataFrame(list(rows), schema=list(columns), infer_schema_length=None)
    return module.DataFrame(list(rows), columns=list(columns))
