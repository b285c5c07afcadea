"""The gate: floors hold, and only a person lowers one."""

import pytest

from sitrep.errors import BenchmarkError
from sitrep.evaluation.gate import falls, load_floors, pin
from sitrep.evaluation.harness import Result


def result(score=0.5, data="d1", whole=True, **more):
    return Result(
        bench="plv",
        split="dev",
        reports=10,
        scores={"root_macro_f1": score, **more},
        folder="plv",
        data=data,
        whole=whole,
    )


def test_nothing_pinned_is_nothing_fallen(tmp_path):
    assert falls(result(), load_floors(tmp_path / "floors.json")) == []


def test_a_fall_is_named_with_both_values(tmp_path):
    floors = pin([result(0.5)], tmp_path / "floors.json")
    (line,) = falls(result(0.49), floors)
    assert "plv/plv/dev" in line
    assert "0.4900" in line
    assert "0.5000" in line
    assert falls(result(0.5), floors) == []
    assert falls(result(0.6), floors) == []


def test_a_score_that_vanishes_has_fallen(tmp_path):
    floors = pin([result(0.5)], tmp_path / "floors.json")
    assert "no value" in falls(result(None), floors)[0]


def test_other_data_or_a_part_of_it_is_no_comparison(tmp_path):
    floors = pin([result(0.5)], tmp_path / "floors.json")
    assert "not what the floors were measured on" in falls(result(0.9, data="d2"), floors)[0]
    assert "only 10" in falls(result(0.9, whole=False), floors)[0]


def test_less_is_better_for_errors_and_timings_are_not_pinned(tmp_path):
    floors = pin([result(0.5, median_error_km_gold=10.0, cold_s=3.0, ratio_to_spacy=0.6)], tmp_path / "floors.json")
    assert "cold_s" not in floors.floors["plv/plv/dev"].scores
    assert falls(result(0.5, median_error_km_gold=9.0, ratio_to_spacy=0.6), floors) == []
    assert "median_error_km_gold" in falls(result(0.5, median_error_km_gold=11.0, ratio_to_spacy=0.6), floors)[0]
    # a ratio of two times taken in one run may move by a tenth
    assert falls(result(0.5, median_error_km_gold=10.0, ratio_to_spacy=0.55), floors) == []
    assert "ratio" in falls(result(0.5, median_error_km_gold=10.0, ratio_to_spacy=0.5), floors)[0]


def test_a_floor_is_lowered_only_when_said_so(tmp_path):
    path = tmp_path / "floors.json"
    pin([result(0.5)], path)
    with pytest.raises(BenchmarkError, match=r"fell to 0\.4000"):
        pin([result(0.4)], path)
    assert load_floors(path).floors["plv/plv/dev"].scores == {"root_macro_f1": 0.5}
    pin([result(0.4)], path, allow_regression=True)
    assert load_floors(path).floors["plv/plv/dev"].scores == {"root_macro_f1": 0.4}


def test_a_part_of_the_data_is_never_pinned(tmp_path):
    with pytest.raises(BenchmarkError, match="only a part"):
        pin([result(0.5, whole=False)], tmp_path / "floors.json")


def test_a_broken_file_is_said(tmp_path):
    (tmp_path / "floors.json").write_text("{", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="Reading the floors"):
        load_floors(tmp_path / "floors.json")
