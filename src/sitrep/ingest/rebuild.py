"""Rebuild: derive everything again from the reports and what people have decided, where what made it has changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitrep import flow
from sitrep.ingest import tabular
from sitrep.ingest.together import bring_together
from sitrep.store.rows import made_by, prepare
from sitrep.store.view import View
from sitrep.store.writer import Writer

if TYPE_CHECKING:
    from sitrep.reading.reader import Reader


class Rebuilt(NamedTuple):
    """How far a rebuild is: reports read again, of so many that other versions had read."""

    done: int
    total: int


def rebuild(store: str | Path, *, reader: Reader | None = None) -> Iterator[Rebuilt]:
    """Read again the reports whose reading other versions of stages, ontology or gazetteer made, then all incidents.

    The texts of the reports stay as they are. Each batch is whole on the disk once it is told; stopped, the same call
    goes on where it stopped.
    """
    reader = reader or flow.default_reader()
    made = made_by(reader.provenance)
    with Writer(store) as writer:
        writer.set_exports(tabular.columns(), tabular.borrowed())
        with View(store) as view:
            old = view.made_otherwise(made)
            done = 0
            yield Rebuilt(done, len(old))
            for names in batched(old, flow.BATCH):
                reports = [reading.report for name in names if (reading := view.get(name))]
                readings = flow.read_reports(reports, reader)
                writer.write_many(prepare(reading, coded=tabular.coded(reading)) for reading in readings)
                done += len(names)
                yield Rebuilt(done, len(old))
    bring_together(store)
