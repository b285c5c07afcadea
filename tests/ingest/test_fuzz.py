"""The short form of the fuzz test: each hostile input ends as a reading or a stored failure, and nothing is a surprise."""

from __future__ import annotations

from tests.ingest import fuzz


def test_hostile_inputs_end_as_readings_or_failures(tmp_path):
    done, wrong = fuzz.run(tmp_path, inputs=48, seed=7, reader="tests.fixtures.readers:PlainReader")
    assert wrong == []
    assert len(done) == 48
    assert [message for said in done for message in said["unexpected"]] == []
    assert 0 < sum(bool(said["failures"]) for said in done) < 48
