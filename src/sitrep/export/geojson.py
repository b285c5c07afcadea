"""GeoJSON (RFC 7946): one event a feature, for QGIS, kepler.gl and others that draw maps with time.

Events without a place keep a null geometry. The uncertainty of a place is a radius, never a polygon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from sitrep.export._facts import Facts, quote
from sitrep.model import Event, Reading
from sitrep.model.codec import digest

suffix = ".geojson"
label = "GeoJSON"
description = "one event a feature, with time and the radius of its place; unlocated events keep a null geometry"
same_rows = "csv"

_encode = msgspec.json.Encoder().encode


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write one FeatureCollection, feature by feature."""
    count = 0
    out.write(b'{"type":"FeatureCollection","features":[')
    for reading in readings:
        for feature in features(reading):
            out.write(b",\n" if count else b"\n")
            out.write(_encode(feature))
            count += 1
    out.write(b"\n]}\n")
    return count


def features(reading: Reading) -> Iterator[dict[str, Any]]:
    """The events of a reading as features."""
    facts = Facts(reading)
    return (feature(facts, event) for event in reading.events)


def feature(facts: Facts, event: Event) -> dict[str, Any]:
    """An event as a feature. Lists are joined, so that tables of attributes stay flat; unknown is null."""
    report, place, time = facts.reading.report, facts.place_of(event), event.time
    point = place is not None and place.lat is not None and place.lon is not None
    killed = next(iter(facts.figures(event, "killed")), None)
    injured = next(iter(facts.figures(event, "injured")), None)
    kind = facts.ontology.events.get(event.type)
    return {
        "type": "Feature",
        "id": f"{digest(report.id)}-{event.id}",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if point and place else None,
        "properties": {
            "event": event.id,
            "type": event.type,
            "label": kind.label if kind else event.type,
            "factuality": event.factuality,
            "background": event.background,
            "agents": "; ".join(facts.side_names(event, "agent")) or None,
            "targets": "; ".join(facts.side_names(event, "patient")) or None,
            "place": place.name if place else None,
            "country": place.country if place else None,
            "admin1": place.admin1 if place else None,
            "geo_precision": event.place.precision if event.place else None,
            "radius_m": round(place.radius_km * 1000) if place and place.radius_km is not None else None,
            "date": time.start if time else None,
            "date_end": time.end if time else None,
            "date_precision": time.precision if time else None,
            "datetime_utc": f"{time.start} 00:00:00" if time and time.start else None,
            "weapon": event.weapon,
            "killed_low": killed.low if killed else None,
            "killed_best": killed.best if killed else None,
            "killed_high": killed.high if killed else None,
            "injured_best": injured.best if injured else None,
            "said_by": "; ".join(facts.speakers(event)) or None,
            "source_count": 1,
            "review_status": "unreviewed",
            "report": report.source.id,
            "outlet": report.outlet,
            "quote": quote(event.evidence),
            "start": event.trigger.start,
            "end": event.trigger.end,
            "score": event.score,
        },
    }
