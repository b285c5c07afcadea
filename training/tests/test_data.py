import json

import pytest

import data
from examples import Event, Example, Span
from smoke import MADE, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("data")
    write(made)
    return made


def test_every_set_has_a_loader_and_made_up_data(folder):
    own = {"ontology"}  # lies in the repository itself
    assert set(MADE) | own == set(data.LOADERS) == set(data.present(folder))


@pytest.mark.parametrize("name", sorted(MADE))
@pytest.mark.parametrize("split", data.SPLITS)
def test_loaders_mark_words_and_teach_something(folder, name, split):
    examples = data.load(folder, name, split)
    assert examples
    for example in examples:
        assert example.layers or example.classes or example.choices
        for spans in example.layers.values():
            for span in spans:
                assert 0 <= span.start < span.end <= len(example.text)
                assert example.text[span.start : span.end].strip() == example.text[span.start : span.end]
    assert len({example.id for example in examples}) == len(examples)


def test_a_set_that_is_cut_shares_no_example(folder):
    parts = [{example.id for example in data.load(folder, "rams", split)} for split in data.SPLITS]
    assert not parts[0] & parts[1]


def test_labels_are_looked_up_by_their_first_parts():
    assert data.ours("events", "wikievents", "Conflict.Attack.Stabbing") == "violence"
    assert data.ours("events", "rams", "conflict.yield.retreat") == "withdrawal"
    assert data.ours("events", "wikievents", "Contact.Contact.Meet") == data.UNMAPPED
    assert data.ours("events", "geneva", "Wearing") == data.UNMAPPED


@pytest.mark.parametrize("name", ["mentions", "events", "roles", "classes"])
def test_mappings_load(name):
    assert data.mapping(name)


def test_a_mapping_to_what_is_none_of_ours_is_refused(tmp_path, monkeypatch):
    (tmp_path / "mapping").mkdir()
    (tmp_path / "mapping" / "mentions.yaml").write_text("made: {Ship: boat}\n", encoding="utf-8")
    monkeypatch.setattr(data, "HERE", tmp_path)
    data.mapping.cache_clear()
    with pytest.raises(ValueError, match="'Ship' is mapped to 'boat'"):
        data.mapping("mentions")
    data.mapping.cache_clear()


def test_polnear_keeps_the_parts_of_an_attribution():
    text = "“Go,” he said, “now.”"
    marks = {"content": ((0, 5), (15, 21)), "source": ((6, 8),), "cue": ((9, 13),)}
    parts = {kind: [{"start": s, "end": e, "text": text[s:e]} for s, e in spans] for kind, spans in marks.items()}
    example = data.polnear({"doc_id": "a", "annotator": "x", "text": text, "attributions": [parts]})
    assert [text[s.start : s.end] for s in example.attributions[0].content] == ["“Go,”", "“now.”"]
    assert example.layers["source"] == (Span(6, 8, "source"),)


def test_plover_classes_are_todays_and_yield_is_two():
    row = {"doc_id": "a", "sentence_id": "1", "text": "A left B", "event": "YIELD"}
    row |= {"source": {"start": 0, "end": 1}, "target": {"start": 7, "end": 8}}
    assert data.plv(row).classes == {"plover": ("CONCEDE", "RETREAT")}
    record = {
        "id": "1",
        "text": "A asked",
        "event": "DEMAND",
        "actors": [{"role": "source", "start": None, "end": None}],
    }
    assert data.plover_gsr(record) == Example("1", "plover_gsr", "A asked", classes={"plover": ("REQUEST",)})


def test_arguments_without_words_are_left_out():
    row = {
        "doc_id": "a", "text": "They attacked.",
        "events": [{
            "type": "Conflict.Attack", "trigger": {"start": 5, "end": 13},
            "arguments": [
                {"role": "Attacker", "start": 0, "end": 4}, {"role": "Target", "start": None, "end": None},
            ],
        }],
    }  # fmt: skip
    assert data.wikievents(row).events == (Event(Span(5, 13, "violence"), (Span(0, 4, "attacker"),)),)


def test_muc_fillers_are_whole_words():
    row = {"doc_id": "a", "gtt": {"doctext": "a mine, the miner, mines, a mine", "templates": []}}
    row["gtt"]["templates"] = [{role: [] for role in data.MUC_ROLES} | {"Weapon": [[["mine", 2]]]}]
    assert data.muc4(row).layers["fillers"] == (Span(2, 6, "Weapon"), Span(28, 32, "Weapon"))


def test_rows_are_those_of_the_file(folder):
    first = json.loads((folder / "satp" / "train.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert data.rows(folder, "satp", "dev")[0] == first
