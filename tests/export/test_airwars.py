"""Airwars: status of strikes and grading of harm by the published rules."""

from __future__ import annotations

import io
import json

import msgspec
from tests.fixtures.readings import rich
from tests.fixtures.strikes import CLASH, STRIKE, TANK, reading, w

from sitrep.export import airwars, muc
from sitrep.model import Claim, Speaker


def incidents(*readings):
    out, left = io.BytesIO(), []
    airwars.write(readings, out, listener=left.append)
    return [json.loads(line) for line in out.getvalue().splitlines()], left


def with_claim(stance, civilians, killed=("q2",)):
    claim = Claim(
        id="k1", speaker=Speaker(actor="a1", evidence=(w("the president"),)), cue=(), content=(w("struck"),),
        kind="indirect", stance=stance, about=("e3",),
    )  # fmt: skip
    whole = reading(msgspec.structs.replace(STRIKE, quantities=killed, claims=("k1",)))
    dead = tuple(msgspec.structs.replace(figure, civilians=civilians) for figure in whole.quantities)
    return msgspec.structs.replace(whole, claims=(claim,), quantities=dead)


def test_a_strike_without_harm_is_not_graded():
    (strike,), left = incidents(reading(STRIKE, CLASH, TANK))
    assert strike["strike_status"] == "single_source_claim"
    assert (strike["civilian_harm_reported"], strike["civilian_harm_status"], strike["casualties"]) == (False, None, [])
    assert strike["belligerents"] == [
        {"name": "Military of United States", "type": "Suspected", "assessment": "not-yet-assessed"}
    ]
    assert strike["targeted_belligerent"] == "Islamic State"
    assert (strike["date_type"], strike["date"], strike["date_end"]) == ("date", "2016-08-01", None)
    assert strike["geolocation_accuracy"] == "town"
    assert [one.event for one in left] == ["e6", "e5"]


def test_harm_is_graded_by_who_says_what():
    graded = {
        stance: incidents(with_claim(stance, civilians=True))[0][0]["civilian_harm_status"]
        for stance in ("asserts", "denies", "confirms", "warns")
    }
    assert graded == {"asserts": "weak", "denies": "contested", "confirms": "confirmed", "warns": "weak"}
    # fighters are no civilians
    assert incidents(with_claim("confirms", civilians=False))[0][0]["civilian_harm_status"] is None


def test_the_belligerent_who_says_so_declares():
    (strike,), _ = incidents(with_claim("asserts", civilians=False))
    assert strike["strike_status"] == "declared_strike"
    assert strike["belligerents"][0]["type"] == "Known"
    assert strike["casualties"] == [
        {"casualty_type": "belligerents", "killed_min": 6, "killed_max": 6, "injured_min": None, "injured_max": None}
    ]


def test_unknown_bounds_stay_null_and_denied_strikes_are_contested():
    first, second = incidents(rich())[0]
    assert first["casualties"][0]["killed_min"] == 12
    assert first["casualties"][0]["killed_max"] is None
    assert second["strike_status"] == "contested_strike"


def believed(belief):
    """The strike, whose doer the report names with some degree of belief."""
    first, *rest = STRIKE.arguments
    return msgspec.structs.replace(STRIKE, arguments=(msgspec.structs.replace(first, belief=belief), *rest))


def test_who_claimed_a_strike_has_declared_it():
    (strike,), _ = incidents(reading(believed("claimed")))
    assert (strike["strike_status"], strike["belligerents"][0]["type"]) == ("declared_strike", "Known")
    (strike,), _ = incidents(reading(believed("accused")))
    assert (strike["strike_status"], strike["belligerents"][0]["type"]) == ("single_source_claim", "Suspected")


def test_the_report_s_belief_is_muc_s_confidence():
    facts = {}
    for belief in ("stated", "claimed", "accused", "suspected", None):
        (row,) = muc.code(reading(believed(belief)))
        facts[belief] = row.cells["PERP: ORGANIZATION CONFIDENCE"].value
    assert facts == {
        "stated": "REPORTED AS FACT", None: "REPORTED AS FACT", "claimed": "CLAIMED OR ADMITTED",
        "accused": "SUSPECTED OR ACCUSED", "suspected": "SUSPECTED OR ACCUSED",
    }  # fmt: skip
