"""Why: what joined the events of an incident, pair by pair, in reasons that a person can weigh."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from sitrep.corroboration.columns import compare
from sitrep.corroboration.compare import BASE
from sitrep.corroboration.sketch import Sketch, sketches
from sitrep.model import EventRef, Incident, Reading
from sitrep.ontology.vocabulary import Ontology


class Link(NamedTuple):
    """Two events of an incident. score: above 0 they speak for one incident. reasons: what makes it, the largest first.

    base: what the reasons together must outweigh. apart: exact days or places rule out that they are one.
    """

    one: EventRef
    other: EventRef
    score: float
    base: float
    reasons: tuple[tuple[str, float], ...]
    apart: bool


def why(incident: Incident, readings: Iterable[Reading], ontology: Ontology) -> list[Link]:
    """The links between the events of an incident, the strongest first. readings: those of its reports."""
    wanted = set(incident.events)
    found = [sketch for reading in readings for sketch in sketches(reading, ontology) if sketch.ref in wanted]
    found.sort(key=lambda sketch: (sketch.ref.report, sketch.ref.event))
    links = [_link(one, other) for one, other in combinations(found, 2)]
    return sorted(links, key=lambda link: (-link.score, link.one.report, link.other.report))


def _link(one: Sketch, other: Sketch) -> Link:
    parts, apart = compare(one, other)
    said = {name: float(values[0]) for name, values in parts._asdict().items()}
    ranked = sorted(((name, value) for name, value in said.items() if value), key=lambda said: (-abs(said[1]), said[0]))
    return Link(one.ref, other.ref, float(parts.total()[0]), BASE, tuple(ranked), apart)
