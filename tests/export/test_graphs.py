"""HXL and graphs: hashtags of a good form on every column, edges between nodes that exist."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

from tests.fixtures.readings import rich
from tests.fixtures.strikes import CLASH, REQUEST, STRIKE, reading

from sitrep.export import ftm, graphml, hxl
from sitrep.export.csv import COLUMNS

NS = "{http://graphml.graphdrawing.org/xmlns}"


def written(module, *readings):
    out = io.BytesIO()
    return module.write(readings, out), out.getvalue().decode()


def test_hxl_has_hashtags_in_its_second_row():
    count, text = written(hxl, rich())
    rows = list(csv.reader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    # hashtags and attributes are letters, digits and underscores (HXL 1.1)
    assert all(re.fullmatch(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*", tag) for tag in rows[1])
    assert len(set(rows[1])) == len(COLUMNS) == len(rows[1])
    assert count == len(rows) - 2 == 5
    killed = rows[1].index("#affected+killed")
    assert [row[killed] for row in rows[2:]] == ["12", "", "", "", ""]


def test_a_graph_of_who_does_what_to_whom():
    count, text = written(graphml, reading(REQUEST, STRIKE, CLASH), reading(STRIKE), rich())
    root = ET.fromstring(text)
    nodes = {node.get("id") for node in root.iter(f"{NS}node")}
    edges = list(root.iter(f"{NS}edge"))
    assert len(nodes) == len(list(root.iter(f"{NS}node")))
    assert count == len(edges)
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in edges)
    keys = {key.get("id") for key in root.iter(f"{NS}key")}
    assert {data.get("key") for data in root.iter(f"{NS}data")} <= keys
    found = {(edge.get("source"), edge.get("target"), edge[0].text) for edge in edges}
    assert ("actor:LBY:GOV", "actor:USA:MIL", "request") in found
    assert ("actor:LBY:MIL", "actor:islamic_state", "armed_clash") in found


def test_followthemoney_entities_refer_to_each_other():
    count, text = written(ftm, reading(REQUEST, STRIKE), rich())
    found = [json.loads(line) for line in text.splitlines()]
    assert count == len(found)
    ids = {entity["id"] for entity in found}
    for entity in found:
        assert set(entity) == {"id", "schema", "properties"}
        for values in entity["properties"].values():
            assert values
            assert all(isinstance(value, str) for value in values)
        for name in (
            "involved",
            "proof",
            "parent",
            "addressEntity",
            "document",
            "entity",
            "subject",
            "object",
            "member",
        ):
            assert set(entity["properties"].get(name, ())) <= ids
    strike = next(
        entity for entity in found if entity["schema"] == "Event" and "air_strike" in entity["properties"]["keywords"]
    )
    assert strike["properties"]["date"] == ["2016-08-01"]
    assert strike["properties"]["country"] == ["ly"]
    documented = [entity["properties"]["entity"] for entity in found if entity["schema"] == "Documentation"]
    assert documented.count([strike["id"]]) == len(STRIKE.evidence)
    assert {"Person", "PublicBody", "Organization", "Address", "Article"} <= {entity["schema"] for entity in found}
