"""GeoPackage 1.3: the table of events as a layer of points, and the other tables of the record beside it."""

from __future__ import annotations

import sqlite3
import struct
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from sitrep.export._cells import Value
from sitrep.export._events import EVENTS, Told
from sitrep.export._facts import Facts
from sitrep.export._sheets import Sheet, all_coded, all_names, sheets
from sitrep.model import Reading

suffix = ".gpkg"
label = "GeoPackage"
description = (
    "events as a layer of points with their tables of claims, figures, control and sources, for QGIS and others"
)
same_rows = "csv"
COLUMNS = all_names()
# the archive's view: the table of events; the other tables are tables of the archive themselves
VIEW = {name: name for name in EVENTS.names}
code = all_coded

KINDS = {"text": "TEXT", "date": "DATE", "integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN"}
# "GPKG" and version 1.3 in the file's header, as the standard asks for
APPLICATION, VERSION = 0x47504B47, 10300
# a file's own date says nothing of what is in it, and the same readings give the same bytes
MADE = "2000-01-01T00:00:00.000Z"
WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),
  column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL, UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
  description TEXT, mime_type TEXT, constraint_name TEXT, PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT,
  min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', NULL), ('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL),
  ('WGS 84', 4326, 'EPSG', 4326, 'WGS84', 'longitude and latitude in degrees');
INSERT INTO gpkg_extensions VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec120/#extension_schema', 'read-write'),
  ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec120/#extension_schema',
   'read-write');
"""


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write one file; how many events it holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.gpkg"
        connection = sqlite3.connect(path)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.executescript(SCHEMA.replace("WGS84", WGS84))
            count = _fill(connection, readings)
            connection.commit()
        finally:
            connection.close()
        with path.open("rb") as made:
            while block := made.read(1 << 20):
                out.write(block)
    return count


def _fill(connection: sqlite3.Connection, readings: Iterable[Reading]) -> int:
    found = sheets()
    inserts: dict[str, str] = {}
    for sheet in found.values():
        inserts[sheet.name] = _make(connection, sheet)
    count = 0
    box: list[tuple[float, float]] = []
    for reading in readings:
        facts = Facts(reading)
        for sheet in found.values():
            rows: list[list[Value | bytes]] = []
            for row in sheet.rows(facts):
                values: list[Value | bytes] = [column.value(row) for column in sheet.columns]
                if isinstance(row, Told):
                    values.insert(0, _point(row))
                    count += 1
                    if row.place and row.place.lat is not None and row.place.lon is not None:
                        box = _wider(box, row.place.lon, row.place.lat)
                rows.append(values)
            connection.executemany(inserts[sheet.name], rows)
    if box:
        (west, south), (east, north) = box
        connection.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = 'events'",
            (west, south, east, north),
        )
    return count


def _make(connection: sqlite3.Connection, sheet: Sheet[Any]) -> str:
    """Make a table and say how rows go in."""
    events = sheet is EVENTS
    names = [*(["geom"] if events else []), *sheet.names]
    columns = [f'"{column.name}" {KINDS[column.kind]}' for column in sheet.columns]
    geometry = ["geom POINT"] if events else []
    connection.execute(
        f'CREATE TABLE "{sheet.name}" ({", ".join(["fid INTEGER PRIMARY KEY AUTOINCREMENT", *geometry, *columns])})'
    )
    kind, srs = ("features", 4326) if events else ("attributes", 0)
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (sheet.name, kind, sheet.name, sheet.help, MADE, srs),
    )
    if events:
        connection.execute("INSERT INTO gpkg_geometry_columns VALUES ('events', 'geom', 'POINT', 4326, 0, 0)")
    connection.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, description) VALUES (?, ?, ?)",
        [(sheet.name, column.name, column.help) for column in sheet.columns],
    )
    places = ", ".join("?" * len(names))
    quoted = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{sheet.name}" ({quoted}) VALUES ({places})'  # noqa: S608 - names are our own


def _point(row: Told) -> bytes | None:
    """A point as GeoPackage holds it: its header, then well-known binary; null for events without coordinates."""
    place = row.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return b"GP\x00\x01" + struct.pack("<iBIdd", 4326, 1, 1, place.lon, place.lat)


def _wider(box: list[tuple[float, float]], lon: float, lat: float) -> list[tuple[float, float]]:
    if not box:
        return [(lon, lat), (lon, lat)]
    (west, south), (east, north) = box
    return [(min(west, lon), min(south, lat)), (max(east, lon), max(north, lat))]
