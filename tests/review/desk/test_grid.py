"""The grid of an incident: which columns are copies of which."""

from __future__ import annotations

from tests.fixtures.desk import Desk, fill, rich

from sitrep.model import Copy
from sitrep.review.desk.grid import fold_copies
from sitrep.store.writer import Writer


def test_copies_fold_into_the_first_of_their_group():
    groups = {"wire": "wire", "daily": "wire", "radio": "wire"}
    assert fold_copies(["wire", "daily", "coast", "radio"], groups) == {0: [1, 3], 2: []}


def test_copies_of_a_report_that_is_not_there_fold_into_one():
    assert fold_copies(["daily", "radio"], {"daily": "wire", "radio": "wire"}) == {0: [1]}


def test_two_events_of_one_report_stay_two_columns():
    groups = {"wire": "wire", "daily": "wire"}
    assert fold_copies(["wire", "wire", "daily", "daily"], groups) == {0: [2], 1: [3]}


def test_the_grid_folds_what_the_archive_holds_to_be_copies(tmp_path):
    fill(tmp_path / "sitrep.db", rich("a"), rich("b"))
    with Writer(tmp_path / "sitrep.db") as writer:
        writer.write_copies([Copy(report="b", of="a", share=1.0, shared=(), added=())])
    desk = Desk(tmp_path / "sitrep.db")
    name = desk.get("reports/r-a")["incidents"]["e1"]
    columns = desk.get(f"incidents/{name}")["columns"]
    assert [(column["source_id"], [copy["source_id"] for copy in column["copies"]]) for column in columns] == [
        ("a", ["b"])
    ]
    desk.desk.close()
