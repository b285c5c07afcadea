"""Control of places: states that begin and end, and who asserts them."""

from __future__ import annotations

from tests.conftest import make_report

from sitrep.reading.reader import Reader


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


def test_a_province_is_not_the_town_named_before(reader: Reader):
    text = "A strike hit Khan Sheikhun on Saturday. Idlib province is largely held by an alliance of rebels."
    reading = reader.read(make_report(text))
    names = {place.id: place.name for place in reading.places}
    (control,) = reading.control
    assert control.status == "holds"
    assert names[control.place].startswith("Idlib")
