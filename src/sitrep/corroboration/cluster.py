"""Cluster: events of several reports into incidents, whatever order the reports came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sitrep.corroboration.block import pairs
from sitrep.corroboration.compare import compare
from sitrep.corroboration.sketch import Sketch, rarity, sketches
from sitrep.model import EventRef, FieldValue, Figure, Incident, Reading
from sitrep.model.codec import digest
from sitrep.ontology.vocabulary import Ontology

# what the reasons together must outweigh before two events are one incident
BASE = 2.0


def incidents(readings: Iterable[Reading], ontology: Ontology | None = None) -> tuple[Incident, ...]:
    """The incidents that readings tell of, each with its events; an event that nobody else tells is one, too.

    Two events of one report are never one incident: the reading has merged what it tells twice.
    """
    if ontology is None:
        from sitrep.ontology.load import load_ontology

        ontology = load_ontology()
    found = [sketch for reading in readings for sketch in sketches(reading, ontology)]
    return tuple(sorted((to_incident(group) for group in cluster(found)), key=lambda incident: incident.id))


def cluster(found: Iterable[Sketch], base: float = BASE) -> list[list[Sketch]]:
    """Groups of sketches that are one incident, in a fixed order."""
    ordered = sorted(found, key=lambda sketch: (sketch.ref.report, sketch.ref.event))
    openings = {sketch.ref.report: sketch.opening for sketch in ordered}
    rare = rarity(opening | frozenset[str]() for opening in openings.values())
    # words that stand in no opening are as telling as those that stand in one
    rarest = max(rare.values(), default=0.0)
    everything = {word: rare.get(word, rarest) for sketch in ordered for word in sketch.words | sketch.opening}
    scores = {(i, j): compare(ordered[i], ordered[j], everything, base).score for i, j in pairs(ordered)}

    def score(i: int, j: int) -> float:
        if (i, j) not in scores:
            scores[i, j] = compare(ordered[i], ordered[j], everything, base).score
        return scores[i, j]

    likely = sorted((pair for pair in scores if scores[pair] > 0), key=lambda pair: (-scores[pair], pair))
    return [[ordered[i] for i in group] for group in group_up(ordered, likely, score)]


def group_up(
    ordered: Sequence[Sketch], likely: Sequence[tuple[int, int]], score: Callable[[int, int], float]
) -> list[list[int]]:
    """Join the likeliest pair of groups first, while the mean score between them is above 0."""
    group_of = list(range(len(ordered)))
    members: dict[int, list[int]] = {i: [i] for i in range(len(ordered))}
    for i, j in likely:
        one, other = sorted((group_of[i], group_of[j]))
        if one == other:
            continue
        reports = {ordered[k].ref.report for k in members[one]}
        if any(ordered[k].ref.report in reports for k in members[other]):
            continue
        between = [score(min(a, b), max(a, b)) for a in members[one] for b in members[other]]
        if sum(between) / len(between) <= 0:
            continue
        for k in members[other]:
            group_of[k] = one
        members[one] = sorted(members[one] + members.pop(other))
    return [members[key] for key in sorted(members)]


def to_incident(group: Sequence[Sketch]) -> Incident:
    """The record of a group: its commonest type and place, its narrowest window, what is said and by whom."""
    events = tuple(sketch.ref for sketch in group)
    said = {
        "type": values([(sketch.type, sketch.ref) for sketch in group]),
        "place": values([(sketch.spot.name, sketch.ref) for sketch in group if sketch.spot]),
    }
    exact = [sketch.days for sketch in group if sketch.days]
    window = min(exact, key=lambda days: (days[1] - days[0], days), default=None)
    return Incident(
        id="i" + digest(*(f"{ref.report}/{ref.event}" for ref in events)),
        type=said["type"][0].value,
        place=said["place"][0].value if said["place"] else None,
        start=date.fromordinal(window[0]).isoformat() if window else None,
        end=date.fromordinal(window[1]).isoformat() if window else None,
        events=events,
        fields={name: found for name, found in said.items() if found},
        figures=tuple(figure for kind in ("killed", "injured") for figure in figures(kind, group)),
    )


def values(said: Sequence[tuple[str, EventRef]]) -> tuple[FieldValue, ...]:
    """The different values that events give, the one of most reports first."""
    by_value: dict[str, list[EventRef]] = {}
    for value, ref in said:
        by_value.setdefault(value, []).append(ref)
    found = [
        FieldValue(value=value, events=tuple(refs), sources=len({ref.report for ref in refs}))
        for value, refs in by_value.items()
    ]
    return tuple(sorted(found, key=lambda field: (-field.sources, field.value)))


def figures(kind: str, group: Sequence[Sketch]) -> list[Figure]:
    """The span of the tolls that the events give, without choosing between them."""
    tolls = [sketch.figures[kind] for sketch in group if kind in sketch.figures]
    if not tolls:
        return []
    low, high = min(toll[0] for toll in tolls), max(toll[1] for toll in tolls)
    best = low if len({toll[0] for toll in tolls}) == 1 else None
    return [
        Figure(
            kind=kind,
            low=low,
            best=best,
            high=high if high != float("inf") else None,
            rule="lowest and highest that any report gives; best only where all that give one agree",
        )
    ]
