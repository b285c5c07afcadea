"""GeoJSON (RFC 7946): one event a feature, for QGIS, kepler.gl and others that draw maps with time.

Events without a place keep a null geometry. The uncertainty of a place is a radius, never a polygon. The table
`control` has who holds which place instead: a point, and a radius where the words give one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

import msgspec

from sitrep.errors import ExportError
from sitrep.export._cells import Coded
from sitrep.export._events import EVENTS, Told, told
from sitrep.export._facts import Facts
from sitrep.export._layers import CONTROL, Held
from sitrep.export._options import TABLE, Option
from sitrep.export._sheets import Column, Sheet
from sitrep.model import Reading
from sitrep.model.codec import digest

suffix = ".geojson"
label = "GeoJSON"
description = "one event a feature, with time and the radius of its place; unlocated events keep a null geometry"
OPTIONS: tuple[Option, ...] = (TABLE._replace(choices=("events", "control")),)
same_rows = "csv"

_encode = msgspec.json.Encoder().encode
_CSV = {column.name: column for column in EVENTS.columns}
METRES = {"km": 1_000, "m": 1, "mi": 1_609.344}


def _as(name: str, of: str) -> Column[Told]:
    return replace(_CSV[of], name=name)


def _name(row: Told) -> str:
    return f"{digest(row.report.id)}-{row.event.id}"


EVENT_FEATURES: Sheet[Told] = Sheet(
    "events", "one event of one report a feature",
    (
        Column("id", "text", "a digest of the report and the event's own id", _name),
        _CSV["longitude"], _CSV["latitude"], _CSV["event"], _CSV["type"], _CSV["label"],
        _CSV["factuality"], _CSV["background"], _CSV["agents"], _CSV["targets"], _CSV["place"], _CSV["country"],
        _CSV["admin1"], _as("geo_precision", "place_precision"), _CSV["radius_m"], _as("date", "date_start"),
        _as("date_end", "date_end"), _CSV["date_precision"],
        Column("datetime_utc", "text", "the first day at midnight, for the time filters of kepler.gl and QGIS",
               lambda row: f"{row.time.start} 00:00:00" if row.time and row.time.start else None,
               lambda row: row.words_of_time),
        _CSV["weapon"], _CSV["killed_low"], _CSV["killed_best"], _CSV["killed_high"],
        _CSV["injured_best"], _CSV["said_by"],
        Column("source_count", "integer", "the one report: a feature is what one report tells", lambda _: 1),
        Column("review_status", "text", "unreviewed: the state of review stands with incidents, not with reports",
               lambda _: "unreviewed"),
        _CSV["report"], _CSV["outlet"], _CSV["quote"], _CSV["start"], _CSV["end"], _CSV["score"],
    ),
    told, _name, lambda row: (row.event.id,),
)  # fmt: skip


def _control_id(row: Held) -> str:
    return f"{digest(row.facts.reading.report.id)}-{row.control.id}"


def _point(row: Held, axis: str) -> float | None:
    place = row.facts.places.get(row.control.place)
    return getattr(place, axis) if place else None


def _holder(row: Held, *, contested: bool) -> str | None:
    actor = row.facts.actors.get(row.control.holder)
    return actor.name if actor and (row.control.status == "contested") is contested else None


def _radius(row: Held) -> int | None:
    extent = row.control.extent
    if extent is None or extent.shape != "radius" or extent.unit not in METRES:
        return None
    return round(extent.value * METRES[extent.unit])


_HELD = {column.name: column for column in CONTROL.columns}
CONTROL_FEATURES: Sheet[Held] = Sheet(
    "control", "who holds a place a feature: a point, never a polygon that the text did not describe",
    (
        Column("id", "text", "a digest of the report and the statement's own id", _control_id),
        Column("longitude", "number", "of the place by the gazetteer", lambda row: _point(row, "lon")),
        Column("latitude", "number", "of the place by the gazetteer", lambda row: _point(row, "lat")),
        _HELD["place"],
        Column("holder", "text", "who holds it", lambda row: _holder(row, contested=False),
               lambda row: row.control.evidence),
        Column("contested_by", "text", "who is there where the status is contested",
               lambda row: _holder(row, contested=True), lambda row: row.control.evidence),
        _HELD["status"], replace(_HELD["from"], name="valid_from"), replace(_HELD["to"], name="valid_to"),
        Column("radius_m", "integer", "the radius that the words give; empty where they give none", _radius,
               lambda row: row.control.evidence),
        _HELD["basis"], _HELD["report"], replace(_HELD["quote"], name="source_sentence"),
    ),
    CONTROL.rows, _control_id, lambda _: (),
)  # fmt: skip
_SHEETS: dict[str, Sheet[Any]] = {"events": EVENT_FEATURES, "control": CONTROL_FEATURES}
COLUMNS = EVENT_FEATURES.names
# the archive's view: its columns by those of `csv`
VIEW = {name: name for name in COLUMNS if name in _CSV} | {
    "geo_precision": "place_precision", "date": "date_start", "date_end": "date_end",
}  # fmt: skip
PLACED = ("id", "longitude", "latitude")


def write(readings: Iterable[Reading], out: BinaryIO, *, table_name: str = "events") -> int:
    """Write one FeatureCollection, feature by feature."""
    sheet = _sheet(table_name)
    count = 0
    out.write(b'{"type":"FeatureCollection","features":[')
    for reading in readings:
        for feature in features(reading, sheet):
            out.write(b",\n" if count else b"\n")
            out.write(_encode(feature))
            count += 1
    out.write(b"\n]}\n")
    return count


def code(reading: Reading, *, table_name: str = "events") -> Coded:
    """The features of a reading, each property with its rule and its words."""
    return _sheet(table_name).coded(reading)


def features(reading: Reading, sheet: Sheet[Any] = EVENT_FEATURES) -> Iterator[dict[str, Any]]:
    """The rows of a reading as features. Lists are joined, so that tables of attributes stay flat; unknown is null."""
    name, lon, lat = (next(column.value for column in sheet.columns if column.name == place) for place in PLACED)
    takers = [(column.name, column.value) for column in sheet.columns if column.name not in PLACED]
    for row in sheet.rows(Facts(reading)):
        at = [lon(row), lat(row)]
        yield {
            "type": "Feature",
            "id": name(row),
            "geometry": None if None in at else {"type": "Point", "coordinates": at},
            "properties": {key: take(row) for key, take in takers},
        }


def _sheet(name: str) -> Sheet[Any]:
    if name not in _SHEETS:
        raise ExportError(
            f"Exporting to geojson: there is no table {name!r}.", todo="Tables: events, control.", format="geojson"
        )
    return _SHEETS[name]
