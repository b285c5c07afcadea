"""Relations: their ends, their words, their time."""

from __future__ import annotations

from tests.conftest import make_report

from sitrep.reading.reader import Reader


def test_every_relation_shows_both_ends(reader: Reader):
    reading = reader.read(make_report("Turkey has backed the Free Syrian Army since 2012."))
    (relation,) = reading.relations
    assert relation.evidence[0].quote == "Turkey has backed the Free Syrian Army"
    assert relation.start == "2012-01-01"
