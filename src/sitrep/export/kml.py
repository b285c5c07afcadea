"""KML 2.2: one event a placemark with its time, one folder a day, for Google Earth and QGIS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from sitrep.export._cells import clean
from sitrep.export.geojson import features
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


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write one document; how many placemarks."""
    count = 0
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n')
    out.write("".join(f"{style}\n" for style in styles()).encode())
    for reading in readings:
        located = [feature for feature in features(reading) if feature["geometry"]]
        if located:
            name = reading.report.title or reading.report.source.id
            out.write(f"<Folder><name>{_text(name)}</name>\n".encode())
            out.writelines(placemark(feature).encode() for feature in located)
            out.write(b"</Folder>\n")
            count += len(located)
    out.write(b"</Document></kml>\n")
    return count


def styles() -> Iterator[str]:
    """One shared style a group of event types."""
    for parent in load_ontology().parents:
        colour = COLOURS.get(parent, OTHER)
        yield f'<Style id="{parent}"><IconStyle><color>{colour}</color></IconStyle></Style>'


def placemark(feature: dict[str, Any]) -> str:
    """A feature as a placemark."""
    properties: dict[str, Any] = feature["properties"]
    lon, lat = feature["geometry"]["coordinates"]
    kind = load_ontology().events.get(properties["type"])
    style = kind.parent if kind else "violence"
    what = f"{properties['label']}: {properties['place']}"
    words = clean(str(properties["quote"])).replace("]]>", "]]]]><![CDATA[>")
    data = "".join(
        f"<Data name={quoteattr(name)}><value>{_text(value)}</value></Data>"
        for name, value in properties.items()
        if value is not None
    )
    return (
        f"<Placemark id={quoteattr(feature['id'])}><name>{_text(what)}</name>"
        f"<description><![CDATA[{words}]]></description>{_when(properties)}<styleUrl>#{style}</styleUrl>"
        f"<ExtendedData>{data}</ExtendedData><Point><coordinates>{lon},{lat},0</coordinates></Point></Placemark>\n"
    )


def _when(properties: dict[str, Any]) -> str:
    first, last = properties["date"], properties["date_end"]
    if first and first == last:
        return f"<TimeStamp><when>{first}</when></TimeStamp>"
    begin = f"<begin>{first}</begin>" if first else ""
    end = f"<end>{last}</end>" if last else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""


def _text(value: object) -> str:
    return escape(clean("yes" if value is True else "no" if value is False else str(value)))
