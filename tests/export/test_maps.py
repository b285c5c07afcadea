"""Maps: GeoJSON as RFC 7946 asks, KML that an XML reader takes, both with time."""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree as ET

import msgspec
from tests.fixtures.readings import failed, rich
from tests.fixtures.strikes import STRIKE, TANK, reading

from sitrep.export import geojson, kml

KML = "{http://www.opengis.net/kml/2.2}"


def written(module, *readings):
    out = io.BytesIO()
    return module.write(readings, out), out.getvalue().decode()


def test_geojson_is_a_feature_collection():
    count, text = written(geojson, rich("a"), failed(), rich("b"))
    collection = json.loads(text)
    assert set(collection) == {"type", "features"}
    assert collection["type"] == "FeatureCollection"
    assert count == len(collection["features"]) == 10
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert all(value is None or isinstance(value, str | int | float) for value in feature["properties"].values())
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
    first, approval = collection["features"][:2]
    # longitude comes first
    assert first["geometry"]["coordinates"] == [12.082, 32.931]
    assert first["properties"]["radius_m"] == 3000
    assert first["properties"]["datetime_utc"] == "2016-08-08 00:00:00"
    assert first["properties"]["geo_precision"] == 2
    assert approval["geometry"] is None
    assert approval["properties"]["killed_best"] is None


def test_an_empty_collection_is_one_too():
    assert json.loads(written(geojson)[1]) == {"type": "FeatureCollection", "features": []}


def test_kml_has_points_times_and_styles():
    count, text = written(kml, rich(), reading(STRIKE, TANK))
    root = ET.fromstring(text)
    marks = root.findall(f".//{KML}Placemark")
    assert count == len(marks) == 4
    assert len(root.findall(f".//{KML}Folder")) == 2
    styles = {f"#{style.get('id')}" for style in root.iter(f"{KML}Style")}
    for mark in marks:
        assert mark.findtext(f"{KML}styleUrl") in styles
        assert mark.findtext(f"{KML}Point/{KML}coordinates").count(",") == 2
    assert marks[0].findtext(f"{KML}TimeStamp/{KML}when") == "2016-08-08"
    assert marks[1].findtext(f"{KML}TimeSpan/{KML}begin") == "2014-01-01"
    assert marks[2].findtext(f"{KML}Point/{KML}coordinates") == "16.58866,31.20892,0"


def test_kml_stays_xml_with_any_text():
    hostile = msgspec.structs.replace(rich().report, title="A <b> & ]]> \x00\x0b\ufffe", outlet="\x1b]]>")
    _, text = written(kml, msgspec.structs.replace(rich(), report=hostile))
    assert ET.fromstring(text).find(f".//{KML}Folder/{KML}name").text == "A <b> & ]]> "
