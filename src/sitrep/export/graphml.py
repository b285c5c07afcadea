"""GraphML: actors and places as nodes, what they do and how they stand to each other as edges.

Nodes of one gazetteer entry are one node over all reports; who is unknown there stays apart by report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from sitrep.export._cells import Cell, Row, clean
from sitrep.export._facts import Facts, quote
from sitrep.model import Actor, Event, Evidence, Place, Reading, Relation
from sitrep.model.codec import digest

suffix = ".graphml"
label = "GraphML"
description = "a graph of actors and places, with events and relations as edges"

KEYS = (
    ("name", "node", "string"), ("kind", "node", "string"), ("country", "node", "string"), ("lat", "node", "double"),
    ("lon", "node", "double"), ("type", "edge", "string"), ("source", "edge", "string"), ("date", "edge", "string"),
    ("factuality", "edge", "string"), ("quote", "edge", "string"), ("score", "edge", "double"),
)  # fmt: skip
type Data = dict[str, str | float | None]


# the archive's own tables hold these: its view is made of them
kept = False
COLUMNS = ("node", "source", "target", *(name if name != "source" else "report" for name, *_ in KEYS))
RULES = {
    "node": "one node a gazetteer entry over all reports; who is unknown there stays apart by report",
    "name": "the gazetteer's name where one fits, else the report's", "kind": "the kind of actor or of place",
    "country": "the countries of the actor, the country of the place", "lat": "of the place by the gazetteer",
    "lon": "of the place by the gazetteer", "source": "who does it, or whose relation it is",
    "target": "whom it hits, else where it happens; to whom the relation is", "type": "the type of event or relation",
    "report": "the report's own id", "date": "the first day; since when the relation holds",
    "factuality": "of the event", "quote": "the sentences that say so, unaltered", "score": "how sure the reading is",
}  # fmt: skip


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
        for row in code(reading):
            data = {name: cell.value for name, cell in row.cells.items()}
            node = data.pop("node", None)
            if node is None:
                ends = f"source={quoteattr(data.pop('source'))} target={quoteattr(data.pop('target'))}"
                data["source"] = data.pop("report")
                out.write(f"<edge {ends}>{_data('edge', data)}</edge>\n".encode())
                edges += 1
            elif node not in known:
                known.add(node)
                out.write(f"<node id={quoteattr(node)}>{_data('node', data)}</node>\n".encode())
    out.write(b"</graph></graphml>\n")
    return edges


def code(reading: Reading) -> Iterator[Row]:
    """The nodes and edges of a reading, each value with its rule and its words."""
    facts = Facts(reading)
    parts = {_name_of(reading, part): part for part in (*reading.actors, *reading.places)}
    for name, data in _nodes(reading):
        part = parts[name]
        words = tuple(one for mention in part.mentions for one in facts.spans.get(mention, ()))[:3]
        others = [one.name for one in part.candidates] if isinstance(part, Place) else []
        yield _row(reading, name, (), {"node": name} | data, words, "; ".join(others))
    for number, (part, first, second, data) in enumerate(_edges(facts)):
        ends: Data = {"source": first, "target": second}
        events = (part.id,) if isinstance(part, Event) else ()
        yield _row(reading, f"{part.id}-{number}", events, ends | data, part.evidence, "")


def _row(
    reading: Reading, name: str, events: tuple[str, ...], data: Data, words: tuple[Evidence, ...], others: str
) -> Row:
    cells = {key: Cell(value, RULES[key], words, others if key == "node" else "") for key, value in data.items()}
    return Row(name, reading.report.source.id, events, cells)


def _name_of(reading: Reading, part: Actor | Place) -> str:
    return f"actor:{_name(reading, part)}" if isinstance(part, Actor) else _place(reading, part.id)


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


def _edges(facts: Facts) -> Iterator[tuple[Event | Relation, str, str, Data]]:
    reading = facts.reading
    nodes = {actor.id: f"actor:{_name(reading, actor)}" for actor in reading.actors}
    nodes |= {place.id: _place(reading, place.id) for place in reading.places}
    report = reading.report.source.id
    for event in reading.events:
        agents = [nodes[a.actor] for a in facts.side(event, "agent") if a.actor in nodes]
        patients = [nodes[a.actor] for a in facts.side(event, "patient") if a.actor in nodes]
        others = patients or ([nodes[event.place.id]] if event.place and event.place.id in nodes else [])
        data: Data = {
            "type": event.type,
            "report": report,
            "date": event.time.start if event.time else None,
            "factuality": event.factuality,
            "quote": quote(event.evidence),
            "score": event.score,
        }
        yield from ((event, agent, other, data) for agent in dict.fromkeys(agents) for other in dict.fromkeys(others))
    for relation in reading.relations:
        if relation.subject in nodes and relation.object in nodes:
            words = quote(relation.evidence)
            data = {"type": relation.type, "report": report, "date": relation.start, "quote": words}
            yield relation, nodes[relation.subject], nodes[relation.object], data | {"score": relation.score}


def _data(domain: str, data: Data) -> str:
    return "".join(
        f'<data key="{domain}_{name}">{escape(clean(value if isinstance(value, str) else json.dumps(value)))}</data>'
        for name, value in data.items()
        if value is not None
    )
