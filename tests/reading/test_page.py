"""The page that stages read: tables over layers are made once while the layers stay."""

from __future__ import annotations

import msgspec
from tests.conftest import make_report

from sitrep.model import Layers
from sitrep.reading.page import TABLES, Page
from sitrep.reading.reader import Reader


def test_a_turned_page_keeps_the_tables_of_layers_that_stay(page, reader: Reader):
    made: Page = page("Turkish soldiers entered Jarablus on Monday.")
    reading = reader.read(make_report("Turkish soldiers entered Jarablus on Monday."))
    before = Page(made.report, made.parse, msgspec.structs.replace(made.layers, mentions=reading.mentions))
    headed, places = before.mention_headed, before.places
    after = before.turned(msgspec.structs.replace(before.layers, places=reading.places))
    assert headed
    assert after.mention_headed is headed
    assert places == {}
    assert set(after.places) == {place.id for place in reading.places} != set()


def test_every_table_is_named_with_a_layer_of_the_page():
    assert all(hasattr(Page, table) for table in TABLES)
    assert set(TABLES.values()) <= {*msgspec.structs.asdict(Layers())}
