"""GraphML: actors and places as nodes, what they do and how they stand to each other as edges.

Nodes of one gazetteer entry are one node over all reports; who is unknown there stays apart by report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from sitrep.export._cells import clean
from sitrep.export._facts import Facts, quote
from sitrep.model import Actor, Reading
from sitrep.model.codec import digest

suffix = ".graphml"
label = "GraphML"
description = "a graph of actors and places, with events and relations as edges"
same_rows = "csv"

KEYS = (
    ("name", "node", "string"), ("kind", "node", "string"), ("country", "node", "string"), ("lat", "node", "double"),
    ("lon", "node", "double"), ("type", "edge", "string"), ("source", "edge", "string"), ("date", "edge", "string"),
    ("factuality", "edge", "string"), ("quote", "edge", "string"), ("score", "edge", "double"),
)  # fmt: skip
type Data = dict[str, str | float | None]


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write one graph; how many edges. Keeps the ids of nodes written, since each may stand only once."""
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for name, domain, kind in KEYS:
        key = f'<key id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
        out.write(key.encode())
    out.write(b'<graph edgedefault="directed">\n')
    known: set[str] = set()
    edges = 0
    for reading in readings:
        for name, data in _nodes(reading):
            if name not in known:
                known.add(name)
                out.write(f"<node id={quoteattr(name)}>{_data('node', data)}</node>\n".encode())
        for first, second, data in _edges(reading):
            out.write(
                f"<edge source={quoteattr(first)} target={quoteattr(second)}>{_data('edge', data)}</edge>\n".encode()
            )
            edges += 1
    out.write(b"</graph></graphml>\n")
    return edges


def _name(reading: Reading, actor: Actor) -> str:
    return clean(actor.link.id if actor.link else f"{digest(reading.report.id)}-{actor.id}")


def _nodes(reading: Reading) -> Iterator[tuple[str, Data]]:
    for actor in reading.actors:
        yield (
            f"actor:{_name(reading, actor)}",
            {"name": actor.name, "kind": actor.kind, "country": "; ".join(actor.countries) or None},
        )
    for place in reading.places:
        yield (
            _place(reading, place.id),
            {"name": place.name, "kind": place.kind, "country": place.country, "lat": place.lat, "lon": place.lon},
        )


def _place(reading: Reading, name: str) -> str:
    place = next(place for place in reading.places if place.id == name)
    return f"place:{place.geonames or f'{digest(reading.report.id)}-{place.id}'}"


def _edges(reading: Reading) -> Iterator[tuple[str, str, Data]]:
    facts = Facts(reading)
    nodes = {actor.id: f"actor:{_name(reading, actor)}" for actor in reading.actors}
    nodes |= {place.id: _place(reading, place.id) for place in reading.places}
    report = reading.report.source.id
    for event in reading.events:
        agents = [nodes[a.actor] for a in facts.side(event, "agent") if a.actor in nodes]
        patients = [nodes[a.actor] for a in facts.side(event, "patient") if a.actor in nodes]
        others = patients or ([nodes[event.place.id]] if event.place and event.place.id in nodes else [])
        data: Data = {
            "type": event.type,
            "source": report,
            "date": event.time.start if event.time else None,
            "factuality": event.factuality,
            "quote": quote(event.evidence),
            "score": event.score,
        }
        yield from ((agent, other, data) for agent in dict.fromkeys(agents) for other in dict.fromkeys(others))
    for relation in reading.relations:
        if relation.subject in nodes and relation.object in nodes:
            words = quote(relation.evidence)
            data = {"type": relation.type, "source": report, "date": relation.start, "quote": words}
            yield nodes[relation.subject], nodes[relation.object], data | {"score": relation.score}


def _data(domain: str, data: Data) -> str:
    return "".join(
        f'<data key="{domain}_{name}">{escape(clean(value if isinstance(value, str) else json.dumps(value)))}</data>'
        for name, value in data.items()
        if value is not None
    )
