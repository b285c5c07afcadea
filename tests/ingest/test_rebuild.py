"""Rebuild: what other versions have read is read again, and nothing else."""

import msgspec
from tests.fixtures.plain_reader import make_reader
from tests.ingest.test_archive import ingest

from sitrep.ingest.rebuild import rebuild
from sitrep.store.check import check
from sitrep.store.view import View
from sitrep.store.writer import Writer

TEXT = "The army shelled the harbour of Zawara on Monday, the council said."


class Newer:
    """The plain reader as a newer version gives its readings."""

    def __init__(self):
        self._reader = make_reader()
        self.provenance = msgspec.structs.replace(self._reader.provenance, ontology="newer")

    def read_many(self, reports, *, strict=False):
        for reading in self._reader.read_many(reports, strict=strict):
            yield msgspec.structs.replace(reading, provenance=self.provenance)


def test_only_what_others_have_read_is_read_again_and_captures_stay(tmp_path):
    db = tmp_path / "a.db"
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"{TEXT} {n}", encoding="utf-8")
    ingest(db, *(tmp_path / f"{n}.txt" for n in range(3)))
    assert [state.total for state in rebuild(db, reader=make_reader())] == [0]
    assert list(rebuild(db, reader=Newer()))[-1] == (3, 3)
    assert list(rebuild(db, reader=Newer()))[-1] == (0, 0)
    with View(db) as view:
        assert {reading.provenance.ontology for reading in view} == {"newer"}
        assert view.count_incidents() > 0
        assert not view.is_stale()
    assert list(check(db)) == []
    with Writer(db) as writer, writer._transaction("Reading") as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM reports WHERE capture IS NULL").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(DISTINCT made_by) FROM taken").scalar() == 1
