"""Tabular exports of a reading, for the archive's views: whatever export says its `COLUMNS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from sitrep.export import LeftOut, Row, exporters, get_exporter
from sitrep.model import Reading

type Rows = list[list[object]]


def columns() -> dict[str, tuple[str, ...]]:
    """The columns of every export that has some and codes readings one by one (`code` or `rows`)."""
    return {name: found for name, (found, _) in _tables().items()}


def borrowed() -> dict[str, tuple[str, dict[str, str]]]:
    """Exports that another's rows serve: whose, and its own columns by those of that other."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    own = columns()
    for name in exporters():
        exporter: Any = get_exporter(name)
        other = getattr(exporter, "same_rows", None)
        if other is not None:
            same = {column: column for column in own[other]}
            found[name] = (other, cast("dict[str, str]", getattr(exporter, "VIEW", same)))
    return found


def coded(reading: Reading) -> dict[str, Rows]:
    """The rows of every such export; none where the report holds no text."""
    if not reading.report.text:
        return {}
    return {name: list(make(reading)) for name, (_, make) in _tables().items()}


@lru_cache(maxsize=1)
def _tables() -> dict[str, tuple[tuple[str, ...], Callable[[Reading], Iterator[list[object]]]]]:
    return dict(_find())


def _find() -> Iterator[tuple[str, tuple[tuple[str, ...], Callable[[Reading], Iterator[list[object]]]]]]:
    for name in exporters():
        exporter: Any = get_exporter(name)
        header = cast("Sequence[str] | None", getattr(exporter, "COLUMNS", None))
        # what another's rows serve, or what the archive's own tables hold, is a view of these
        if header is None or hasattr(exporter, "same_rows") or getattr(exporter, "kept", True) is False:
            continue
        rows = getattr(exporter, "rows", None)
        if hasattr(exporter, "code"):
            yield name, (tuple(header), lambda reading, e=exporter, c=header: _by_code(e, c, reading))
        # a format that borrows another's rows (HXL those of CSV) has that one's view
        elif rows is not None and rows.__module__ == getattr(exporter, "__name__", None):
            yield name, (tuple(header), lambda reading, e=exporter, c=header: _by_rows(e, c, reading))


def _by_code(exporter: Any, header: Sequence[str], reading: Reading) -> Iterator[list[object]]:  # noqa: ANN401 - a module
    coding: Iterable[Row | LeftOut] = exporter.code(reading)
    for row in coding:
        if isinstance(row, Row):
            yield [row.cells[name].value for name in header]


def _by_rows(exporter: Any, header: Sequence[str], reading: Reading) -> Iterator[list[object]]:  # noqa: ANN401 - a module
    found: Iterable[Mapping[str, object]] = exporter.rows([reading])
    for row in found:
        yield [row[name] for name in header]
