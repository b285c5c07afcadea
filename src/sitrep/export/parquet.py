"""Parquet: a table of the record with types, for pandas, polars, DuckDB and R.

The table `readings` holds whole readings: one report a row, the record as JSON beside its text. `read` gives them
back unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import TYPE_CHECKING, Any, BinaryIO

from sitrep.errors import ExportError
from sitrep.export._cells import Value
from sitrep.export._layers import SOURCES
from sitrep.export._options import TABLE, Option
from sitrep.export._sheets import Column, sheet_named
from sitrep.model import Reading
from sitrep.model.codec import decode_reading, encode

if TYPE_CHECKING:
    from types import ModuleType

suffix = ".parquet"
label = "Parquet"
description = "a table of the record with types; --table readings holds whole readings"
OPTIONS: tuple[Option, ...] = (TABLE._replace(choices=(*TABLE.choices, "readings")),)
same_rows = "csv"
# rows held in memory before they are written
GROUP = 5_000
READINGS = 200


def write(readings: Iterable[Reading], out: BinaryIO, *, table_name: str = "events") -> int:
    """Write the rows of a table of the record, some thousand at a time."""
    if table_name == "readings":
        columns: tuple[Column[Any], ...] = (
            *SOURCES.columns,
            Column("text", "text", "the report's text, into which all offsets point", lambda _: None),
            Column("record", "text", "the whole reading as JSON", lambda _: None),
        )
        return _write(out, columns, _whole(readings), READINGS)
    sheet = sheet_named(table_name, "parquet")
    return _write(out, sheet.columns, sheet.values(readings), GROUP)


def read(source: BinaryIO) -> Iterator[Reading]:
    """The readings of a file with the table `readings`."""
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(source).iter_batches(batch_size=READINGS, columns=["record"]):
        yield from (decode_reading(record) for record in batch.column("record").to_pylist())


def _whole(readings: Iterable[Reading]) -> Iterator[list[Value]]:
    for reading in readings:
        row = next(SOURCES.values([reading]))
        yield [*row, reading.report.text, encode(reading).decode()]


def _write(out: BinaryIO, columns: tuple[Column[Any], ...], rows: Iterable[list[Value]], size: int) -> int:
    pa, pq = _pyarrow()
    kinds = {
        "text": pa.string(),
        "date": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
    }
    schema = pa.schema([pa.field(one.name, kinds[one.kind], metadata={"help": one.help}) for one in columns])
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in batched(rows, size):
            arrays = [
                pa.array(values, field.type) for values, field in zip(zip(*group, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(group)
    return count


def _pyarrow() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ExportError(
            "Exporting to parquet: pyarrow is not installed.",
            todo="Install it with `pip install 'sitrep[parquet]'`, or export csv.",
            format="parquet",
        ) from error
    return pa, pq
