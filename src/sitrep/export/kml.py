"""KML 2.2: one event a placemark with its time, one folder a day, for Google Earth and QGIS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from sitrep.export._cells import Cell, Coded, LeftOut, Listener, Row, clean, left_out
from sitrep.export.geojson import COLUMNS as PROPERTIES
from sitrep.export.geojson import PLACED
from sitrep.export.geojson import VIEW as _VIEW
from sitrep.export.geojson import code as features
from sitrep.model import Reading
from sitrep.ontology.load import load_ontology

suffix = ".kml"
label = "KML"
description = "one event a placemark with its time span, one folder a report; events without a point are left out"
same_rows = "csv"

# colours of Okabe and Ito (aabbggrr), told apart by the colour-blind too, by group of event types
COLOURS = {
    "violence": "ff005ed5", "remote_violence": "ff009fe6", "territory": "ff739e00", "detention": "ffa779cc",
    "destruction": "ff42e4f0", "dissent": "ffb27200", "movement": "ffe9b456",
}  # fmt: skip
OTHER = "ff999999"


# what a placemark says in KML's own words, before the data that it carries
OWN = ("name", "description", "when", "style")
COLUMNS = (*PLACED, *OWN, *(name for name in PROPERTIES if name not in PLACED))
VIEW = _VIEW | {"description": "quote"}


def write(
    readings: Iterable[Reading],
    out: BinaryIO,
    *,
    listener: Listener | None = None,
) -> int:
    """Write one document; how many placemarks. Events without a point go to the listener."""
    count = 0
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n')
    out.write("".join(f"{style}\n" for style in styles()).encode())
    for reading in readings:
        located: list[Row] = []
        for row in code(reading):
            if isinstance(row, Row):
                located.append(row)
            elif listener is not None:
                listener(row)
        if located:
            name = reading.report.title or reading.report.source.id
            out.write(f"<Folder><name>{_text(name)}</name>\n".encode())
            out.writelines(placemark(row.cells).encode() for row in located)
            out.write(b"</Folder>\n")
            count += len(located)
    out.write(b"</Document></kml>\n")
    return count


def code(reading: Reading) -> Coded:
    """The placemarks of a reading, each value with its rule and its words, and the events without a point."""
    events = {event.id: event for event in reading.events}
    for row in features(reading):
        if isinstance(row, LeftOut):
            yield row
        elif row.cells["longitude"].value is None or row.cells["latitude"].value is None:
            yield left_out(reading, events[row.events[0]], "no point is known, and KML shows points")
        else:
            cells = {name: row.cells[name] for name in PLACED} | _own(row.cells) | row.cells
            yield row._replace(cells={name: cells[name] for name in COLUMNS})


def styles() -> Iterator[str]:
    """One shared style a group of event types."""
    for parent in load_ontology().parents:
        colour = COLOURS.get(parent, OTHER)
        yield f'<Style id="{parent}"><IconStyle><color>{colour}</color></IconStyle></Style>'


def _own(cells: dict[str, Cell]) -> dict[str, Cell]:
    kind = load_ontology().events.get(cells["type"].value)
    first, last = cells["date"], cells["date_end"]
    span = "/".join(dict.fromkeys((first.value or "..", last.value or ".."))) if first.value or last.value else None
    return {
        "name": Cell(f"{cells['label'].value}: {cells['place'].value}", "the type in words, and the place"),
        "description": Cell(cells["quote"].value, "the sentences that report it, unaltered", cells["quote"].evidence),
        "when": Cell(span, "TimeStamp where one day is known, else TimeSpan with the ends that are known",
                     first.evidence),
        "style": Cell(kind.parent if kind else "violence", "the group of the event's type: its colour"),
    }  # fmt: skip


def placemark(cells: dict[str, Cell]) -> str:
    """A row as a placemark."""
    name, words = _text(cells["name"].value), clean(str(cells["description"].value))
    words = words.replace("]]>", "]]]]><![CDATA[>")
    lon, lat = cells["longitude"].value, cells["latitude"].value
    data = "".join(
        f"<Data name={quoteattr(key)}><value>{_text(cell.value)}</value></Data>"
        for key, cell in cells.items()
        if key not in PLACED and key not in OWN and cell.value is not None
    )
    return (
        f"<Placemark id={quoteattr(str(cells['id'].value))}><name>{name}</name>"
        f"<description><![CDATA[{words}]]></description>{_when(cells['date'].value, cells['date_end'].value)}"
        f"<styleUrl>#{cells['style'].value}</styleUrl>"
        f"<ExtendedData>{data}</ExtendedData><Point><coordinates>{lon},{lat},0</coordinates></Point></Placemark>\n"
    )


def _when(first: Any, last: Any) -> str:  # noqa: ANN401 - a cell's value
    if first and first == last:
        return f"<TimeStamp><when>{first}</when></TimeStamp>"
    begin = f"<begin>{first}</begin>" if first else ""
    end = f"<end>{last}</end>" if last else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""


def _text(value: object) -> str:
    return escape(clean("yes" if value is True else "no" if value is False else str(value)))
