"""Relations over a set of short passages of our own, hard negatives among them."""

from __future__ import annotations

from tests.conftest import make_report
from tests.reading.sets import LEAST_F1, Score, fold, load_set, names

from sitrep.reading.reader import Reader


def test_relations_of_short_passages(reader: Reader):
    score = Score()
    for row in load_set("relations"):
        reading = reader.read(make_report(row["text"]))

        def same(relation, want, reading=reading):
            subject, kind, other = want
            return (
                relation.type == kind
                and fold(subject) in names(reading, relation.subject)
                and fold(other) in names(reading, relation.object)
            )

        def show(relation, reading=reading):
            return sorted(names(reading, relation.subject)), relation.type, sorted(names(reading, relation.object))

        score.add(row["text"], reading.relations, row["relations"], same, show)
    assert score.f1 >= LEAST_F1, "\n".join([f"F1 {score.f1:.3f}", *score.faults])


def test_every_relation_shows_both_ends(reader: Reader):
    reading = reader.read(make_report("Turkey has backed the Free Syrian Army since 2012."))
    (relation,) = reading.relations
    assert relation.evidence[0].quote == "Turkey has backed the Free Syrian Army"
    assert relation.start == "2012-01-01"
