"""The programs that people use open what is written: GDAL (so QGIS), FollowTheMoney (so Aleph), Datasette, networkx.

GDAL's tools and FollowTheMoney need libraries of the system; `make consumers` brings them. Where they are not, these
tests are skipped and say so.
"""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import networkx as nx
import pytest
from tests.fixtures.readings import failed, rich
from tests.fixtures.strikes import CLASH, REQUEST, STRIKE, reading

from sitrep.export import ftm, geojson, get_exporter, graphml
from sitrep.ingest.tabular import coded, columns
from sitrep.store.rows import prepare
from sitrep.store.writer import Writer

READINGS = (rich("a"), rich("b"), reading(REQUEST, STRIKE, CLASH))
OGRINFO = shutil.which("ogrinfo")
gdal = pytest.mark.skipif(OGRINFO is None, reason="GDAL's ogrinfo is not installed: make consumers")


def file_of(module, path, *readings):
    with path.open("wb") as out:
        module.write(readings, out)
    return path


def ogr(path, *arguments):
    done = subprocess.run([OGRINFO, *arguments, "-ro", "-al", str(path)], capture_output=True, text=True, check=True)
    assert "ERROR" not in done.stderr + done.stdout
    assert "Warning" not in done.stderr, done.stderr
    return done.stdout


@gdal
@pytest.mark.parametrize("name", ["geojson", "gpkg"])
def test_gdal_opens_maps_with_attributes_and_time(tmp_path, name):
    told = ogr(file_of(get_exporter(name), tmp_path / f"events.{name}", *READINGS, failed()))
    assert "POINT (12.082 32.931)" in told
    assert 'ID["EPSG",4326]' in told
    features = sum(len(one.events) for one in READINGS)
    assert f"Feature Count: {features}" in told
    assert "quote (String) = Government jets struck" in told
    assert told.count("geo_precision (Integer)" if name == "geojson" else "place_precision (Integer") > 1
    assert "2016/08/08" in told or "2016-08-08" in told


@gdal
def test_gdal_opens_the_kml(tmp_path):
    told = ogr(file_of(get_exporter("kml"), tmp_path / "events.kml", *READINGS))
    assert "POINT Z (12.082 32.931 0)" in told
    assert "Air strike: Zawara" in told


def test_followthemoney_validates_every_entity_and_keeps_every_value():
    model = pytest.importorskip("followthemoney", reason="followthemoney is not installed: make consumers").model
    out = io.BytesIO()
    ftm.write(READINGS, out)
    for line in out.getvalue().splitlines():
        entity = json.loads(line)
        proxy = model.get_proxy(entity, cleaned=False)
        proxy.schema.validate(entity)
        # what cleaning would change or drop, Aleph would lose
        back = proxy.to_dict()
        assert back["schema"] == entity["schema"]
        assert {name: sorted(values) for name, values in back["properties"].items()} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }


def test_networkx_reads_the_graph():
    out = io.BytesIO()
    edges = graphml.write(READINGS, out)
    out.seek(0)
    graph = nx.read_graphml(out, force_multigraph=True)
    assert graph.number_of_edges() == edges > 3
    assert "islamic_state" in " ".join(graph.nodes)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_datasette_opens_an_archive_and_its_views(tmp_path):
    from datasette.app import Datasette

    path = tmp_path / "archive.db"
    with Writer(path) as writer:
        writer.set_exports(columns())
        writer.write_many([prepare(one, coded=coded(one)) for one in READINGS])

    async def ask(*pages):
        served = Datasette([str(path)])
        return [await served.client.get(page) for page in pages]

    pages = ("/archive.json", "/archive/export_acled.json?_shape=array", "/archive/export_csv.json?_shape=array")
    # in a thread of its own: a browser test before this one may have left its loop running in the first
    with ThreadPoolExecutor(1) as thread:
        index, acled, events = thread.submit(lambda: asyncio.run(ask(*pages))).result()
    assert {f"export_{name}" for name in columns()} <= {view["name"] for view in index.json()["views"]}
    assert {row["sub_event_type"] for row in acled.json()} >= {"Air/drone strike", "Armed clash"}
    assert len(events.json()) == sum(len(one.events) for one in READINGS)


def test_kepler_and_qgis_find_time_in_the_map():
    feature = next(iter(geojson.features(READINGS[0])))["properties"]
    assert feature["datetime_utc"] == f"{feature['date']} 00:00:00"
