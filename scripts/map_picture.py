"""A picture of an exported map, drawn by GDAL, on which QGIS rests: countries, circles of uncertainty and points.

sitrep export geojson --db ARCHIVE -o events.geojson
python scripts/map_picture.py events.geojson map.png [WIDTH]

What GDAL opens it draws (GeoJSON, KML, GeoPackage), so the picture also shows that the file is well made. It needs
GDAL's tools (`make consumers`) and Pillow; the borders are those of the printed situation report.
"""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw

from sitrep.export._brief import Map, outlines

WIDTH = 1400
SEA, LAND_LINE = (244, 247, 249), (140, 150, 158)
# the layers in the order in which they are drawn: name, width of lines in pixels or 0 for areas, colour
LAYERS = (("reach", 0, (250, 214, 190)), ("borders", 1, LAND_LINE), ("points", 0, (190, 60, 20)))
DOT = 0.0035  # of the map's width
WIDEST = 50_000  # metres: wider circles would be whole provinces
ROOM = (110, 14)  # pixels that a name takes


def main() -> None:
    """Draw."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    width = int(sys.argv[3]) if len(sys.argv) > 3 else WIDTH
    with tempfile.TemporaryDirectory() as folder:
        features = opened(source, Path(folder) / "opened.geojson")
        located = [one for one in features if one["geometry"]]
        if not located:
            raise SystemExit(f"{source}: no event has a point.")
        rows = [{"longitude": one["geometry"]["coordinates"][0], "latitude": one["geometry"]["coordinates"][1]}
                for one in located]  # fmt: skip
        box = Map(rows).box
        image = drawn(Path(folder), located, box, width)
        image.save(target)
        print(f"{target}: {len(located)} of {len(features)} events, {len({tuple(r.values()) for r in rows})} places")


def opened(source: Path, target: Path) -> list[dict]:
    """The features of a file as GDAL understands them."""
    layer = ["events"] if ": events" in gdal("ogrinfo", "-ro", "-q", source) else []
    gdal("ogr2ogr", "-f", "GeoJSON", target, source, *layer)
    return json.loads(target.read_text())["features"]


def gdal(tool: str, *arguments: object) -> str:
    """What one of GDAL's tools prints."""
    found = shutil.which(tool)
    if found is None:
        raise SystemExit(f"{tool} is not installed: make consumers")
    return subprocess.run([found, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def drawn(folder: Path, located: list[dict], box: tuple[float, float, float, float], width: int) -> Image.Image:
    """The layers, each burnt into a mask by gdal_rasterize, over one another."""
    west, south, east, north = box
    shrink = max(0.1, math.cos(math.radians((south + north) / 2)))
    height = max(1, round(width * (north - south) / ((east - west) * shrink)))
    dot = (east - west) * DOT
    points = [(one["geometry"]["coordinates"], reach(one)) for one in located]
    shapes = {
        "reach": [circle(lon, lat, metres / 111_320, shrink) for (lon, lat, *_), metres in points if metres],
        "borders": [{"type": "LineString", "coordinates": line} for line in outlines() if len(line) > 1],
        "points": [circle(lon, lat, dot * shrink, shrink) for (lon, lat, *_), _ in points],
    }
    image = Image.new("RGB", (width, height), SEA)
    for name, _, colour in LAYERS:
        mask = Image.open(rasterized(folder, name, shapes[name], box, (width, height))).convert("L")
        image.paste(colour, mask=mask)
    pen = ImageDraw.Draw(image)
    named: dict[str, tuple[float, float, int]] = {}
    for one in located:
        lon, lat, *_ = one["geometry"]["coordinates"]
        name = str(one["properties"].get("place") or "")
        named[name] = (lon, lat, named.get(name, (0, 0, 0))[2] + 1)
    written: list[tuple[float, float]] = []
    for name, (lon, lat, count) in sorted(named.items(), key=lambda item: -item[1][2]):
        x, y = (lon - west) / (east - west) * width, (north - lat) / (north - south) * height
        if any(abs(x - left) < ROOM[0] and abs(y - top) < ROOM[1] for left, top in written):
            continue
        written.append((x, y))
        pen.text((x + 7, y - 6), f"{name} ({count})", fill=(30, 30, 30), stroke_width=2, stroke_fill=SEA)
    return image


def reach(feature: dict) -> float:
    """How far off its point an event may have happened, in metres; none where that is a whole province."""
    metres = float(feature["properties"].get("radius_m") or 0)
    return metres if metres <= WIDEST else 0


def circle(lon: float, lat: float, degrees: float, shrink: float) -> dict:
    """A ring around a point."""
    turns = [2 * math.pi * n / 24 for n in range(24)]
    ring = [[lon + math.cos(turn) * degrees / shrink, lat + math.sin(turn) * degrees] for turn in turns]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def rasterized(folder: Path, name: str, shapes: Iterable[dict], box: tuple[float, ...], size: tuple[int, int]) -> Path:
    """A layer as a picture of its own, by GDAL."""
    source, target = folder / f"{name}.geojson", folder / f"{name}.tif"
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes]
    source.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    of = ("-burn", "255", "-ot", "Byte", "-at", "-te", *box, "-ts", *size)
    gdal("gdal_rasterize", "-q", *of, source, target)
    return target


if __name__ == "__main__":
    main()
