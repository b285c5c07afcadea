"""The harness: data that is missing or broken is said; every benchmark keeps the contract."""

import json

import pytest
from click.testing import CliRunner

from sitrep.cli.bench import command
from sitrep.errors import BenchmarkError
from sitrep.evaluation.harness import (
    Bench,
    digest_file,
    folders_of,
    load_benchmark,
    load_rows,
    names,
    run_benchmark,
    split_of,
)


@pytest.mark.parametrize("name", names())
def test_every_benchmark_keeps_the_contract(name):
    module = load_benchmark(name)
    assert len(module.PAPER) > 40
    assert module.SCORES
    assert len(set(module.SCORES)) == len(module.SCORES)
    assert callable(module.run)
    assert module.__doc__


def test_an_unknown_benchmark_names_the_known_ones():
    with pytest.raises(BenchmarkError, match="plover_gsr"):
        load_benchmark("nonsense")


def test_missing_data_says_which_file(tmp_path):
    with pytest.raises(BenchmarkError, match=r"test\.jsonl is missing"):
        load_rows(tmp_path, "test")


def test_half_a_line_says_which_line(tmp_path):
    (tmp_path / "dev.jsonl").write_text('{"id": 1}\n{"id": \n', encoding="utf-8")
    with pytest.raises(BenchmarkError, match="line 2"):
        load_rows(tmp_path, "dev")
    (tmp_path / "dev.jsonl").write_text("[1]\n", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="no JSON object"):
        load_rows(tmp_path, "dev")


def test_an_empty_split_is_no_score(tmp_path):
    (tmp_path / "dev.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="no rows"):
        run_benchmark("plv", tmp_path)


def test_a_line_separator_inside_a_text_ends_no_row(tmp_path):
    (tmp_path / "dev.jsonl").write_text(json.dumps({"text": "a\u2028b"}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert load_rows(tmp_path, "dev") == [{"text": "a\u2028b"}]


def test_a_report_keeps_the_text_of_its_row_so_that_offsets_hold(tmp_path):
    bench = Bench(tmp_path)
    text = "  The army said\nso. "
    assert bench.report("r", text).text == text
    assert bench.report("r", text, published="2016-08-01").published.value == "2016-08-01"
    assert bench.report("r", "No day here.", published="around noon").published.value is None
    assert bench.report("r", "Body.", title="Head").text == "Head\n\nBody."


def test_folders_of_several_data_sets(tmp_path):
    for name in ("geo_lgl", "geo_gwn", "plv"):
        (tmp_path / name).mkdir()
    assert [folder.name for folder in folders_of("geo", tmp_path)] == ["geo_lgl", "geo_gwn"]
    assert [folder.name for folder in folders_of("plv", tmp_path)] == ["plv"]
    assert folders_of("muc4", tmp_path) == []
    assert split_of(tmp_path / "fakes_syria", "dev") == "load"
    assert split_of(tmp_path / "plv", "test") == "test"


def test_the_digest_follows_the_bytes(tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"x")
    other.write_bytes(b"y")
    assert digest_file(one) != digest_file(other)
    other.write_bytes(b"x")
    assert digest_file(one) == digest_file(other)


def test_the_command_says_what_is_missing(tmp_path):
    missing = CliRunner().invoke(command, ["plv", "--data", str(tmp_path)])
    assert missing.exit_code == 1
    assert "dev.jsonl is missing" in missing.output
    unsaid = CliRunner().invoke(command, ["plv"])
    assert unsaid.exit_code == 2
    assert "--data" in unsaid.output


def test_all_passes_over_what_is_not_there(tmp_path):
    done = CliRunner().invoke(command, ["all", "--data", str(tmp_path)])
    assert done.exit_code == 0
    assert "plv: skipped, no data below" in done.output
    assert "no benchmark was run" in done.output


def test_list_names_every_benchmark():
    done = CliRunner().invoke(command, ["list"])
    assert done.exit_code == 0
    for name in names():
        assert f"{name}: " in done.output
