"""Control of places over a set of short passages of our own, hard negatives among them."""

from __future__ import annotations

from tests.conftest import make_report
from tests.reading.sets import LEAST_F1, Score, fold, load_set, names

from sitrep.reading.reader import Reader


def test_control_in_short_passages(reader: Reader):
    score = Score()
    for row in load_set("control"):
        reading = reader.read(make_report(row["text"]))

        def same(control, want, reading=reading):
            place, status, holder = want["state"]
            extent = want.get("extent")
            shown = [control.extent.value, control.extent.unit, control.extent.shape] if control.extent else None
            return (
                control.status == status
                and fold(place) in names(reading, control.place)
                and fold(holder) in names(reading, control.holder)
                and control.start == want.get("from", control.start)
                and (extent is None or shown == extent)
            )

        def show(control, reading=reading):
            ends = sorted(names(reading, control.place)), sorted(names(reading, control.holder))
            return ends[0], control.status, ends[1], control.start, control.extent

        score.add(row["text"], reading.control, row["control"], same, show)
    assert score.f1 >= LEAST_F1, "\n".join([f"F1 {score.f1:.3f}", *score.faults])


def test_a_place_lost_ends_the_holding(reader: Reader):
    text = "Islamic State seized Palmyra in 2015. The Syrian army recaptured Palmyra from Islamic State in March 2016."
    states = {(row.status, row.start, row.end) for row in reader.read(make_report(text)).control}
    assert ("holds", "2015-01-01", "2016-03-01") in states
    assert ("lost", "2016-03-01", None) in states
    assert ("holds", "2016-03-01", None) in states


def test_the_claim_that_asserts_it_is_kept(reader: Reader):
    reading = reader.read(make_report("The rebels control Idlib, the Syrian Observatory for Human Rights said."))
    (control,) = reading.control
    assert control.basis == "asserted"
    assert control.claims == tuple(claim.id for claim in reading.claims)
