"""Weigh: what several reports say of one incident, value by value, and how many independent sources say each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sitrep.corroboration.compare import same_name
from sitrep.corroboration.sketch import FIGURES, Sketch, Toll
from sitrep.corroboration.union import Union
from sitrep.model import FieldValue, Figure, Incident
from sitrep.model.codec import digest

MOST = "the value of most independent sources"
LATEST = "of values that equally many independent sources give, the one published last"
NONE = "as many independent sources give one value as another: none is chosen"
ONLY = "the only value given"
LOWEST = "no report gives an exact figure: none is chosen"


class _Said(NamedTuple):
    """One toll as one report gives it."""

    toll: Toll
    sketch: Sketch


def to_incident(group: Sequence[Sketch], chains: Mapping[str, str] | None = None) -> Incident:
    """The record of a group of events. chains: reports that are copies of one another, by their group's name."""
    group = sorted(group, key=lambda sketch: (sketch.ref.report, sketch.ref.event))
    sources = independent(group, chains or {})
    fields = {
        "type": values(group, sources, lambda sketch: sketch.type),
        "place": places(group, sources),
        "day": values(group, sources, window),
        "weapon": values(group, sources, lambda sketch: sketch.weapon.casefold() if sketch.weapon else None),
    }
    figures: list[Figure] = []
    for kind in FIGURES:
        said = [_Said(sketch.figures[kind], sketch) for sketch in group if kind in sketch.figures]
        if said:
            figure, fields[kind] = weigh(kind, said, sources)
            figures.append(figure)
    exact = [sketch.days for sketch in group if sketch.days]
    narrowest = min(exact, key=lambda days: (days[1] - days[0], days), default=None)
    return Incident(
        id="i" + digest(*(f"{sketch.ref.report}/{sketch.ref.event}" for sketch in group)),
        type=fields["type"][0].value,
        place=fields["place"][0].value if fields["place"] else None,
        start=date.fromordinal(narrowest[0]).isoformat() if narrowest else None,
        end=date.fromordinal(narrowest[1]).isoformat() if narrowest else None,
        events=tuple(sketch.ref for sketch in group),
        fields={name: found for name, found in fields.items() if found},
        figures=tuple(figures),
        sources=len(set(sources.values())),
    )


def independent(group: Iterable[Sketch], chains: Mapping[str, str]) -> dict[str, int]:
    """Which reports are one source: copies of one text, and those of one outlet, whatever it copies."""
    outlets: dict[str, str | None] = {}
    for sketch in group:
        outlets.setdefault(sketch.ref.report, sketch.outlet.casefold() if sketch.outlet else None)
    numbers: dict[str, int] = {}
    names = [{f"chain {chains.get(report, report)}", *([f"outlet {outlet}"] if outlet else [])}
             for report, outlet in outlets.items()]  # fmt: skip
    for name in sorted(set().union(*names)):
        numbers[name] = len(numbers)
    union = Union(len(numbers))
    for some in names:
        first, *others = sorted(some)
        for other in others:
            union.join(numbers[first], numbers[other])
    return {report: union.of(numbers[min(some)]) for report, some in zip(outlets, names, strict=True)}


def window(sketch: Sketch) -> str | None:
    """The days of an event as text."""
    if sketch.days is None:
        return None
    first, last = (date.fromordinal(day).isoformat() for day in sketch.days)
    return first if first == last else f"{first}/{last}"


def values(
    group: Iterable[Sketch], sources: Mapping[str, int], of: Callable[[Sketch], str | None]
) -> tuple[FieldValue, ...]:
    """The different values that events give, the one of most independent sources first."""
    by_value: dict[str, list[Sketch]] = {}
    for sketch in group:
        value = of(sketch)
        if value is not None:
            by_value.setdefault(value, []).append(sketch)
    return _ranked(
        FieldValue(
            value=value,
            events=tuple(sketch.ref for sketch in said),
            sources=len({sources[sketch.ref.report] for sketch in said}),
            said_by=_speakers(sketch.speaker for sketch in said),
        )
        for value, said in by_value.items()
    )


def places(group: Sequence[Sketch], sources: Mapping[str, int]) -> tuple[FieldValue, ...]:
    """The places said; spellings of one name count together, under the commonest."""
    names: list[str] = []
    for sketch in group:
        if sketch.spot and not any(same_name(sketch.spot.name, name) for name in names):
            names.append(sketch.spot.name)

    def stands_for(sketch: Sketch) -> str | None:
        spot = sketch.spot
        return next(name for name in names if same_name(spot.name, name)) if spot else None

    exact = [sketch for sketch in group if sketch.spot and sketch.spot.exact]
    # a town goes before the province that it lies in, however many say only the province
    found = values(exact, sources, stands_for)
    known = {value.value for value in found}
    wide = tuple(value for value in values(group, sources, stands_for) if value.value not in known)
    # of several towns that are said equally often none is the place, where others name what holds them all
    tied = [value for value in found if (value.sources, len(value.events)) == (found[0].sources, len(found[0].events))]
    if len(tied) > 1 and wide and wide[0].sources >= tied[0].sources and _same_country(group, (wide[0], *tied)):
        return (wide[0], *found, *wide[1:])
    return (*found, *wide)


def _same_country(group: Iterable[Sketch], values: Iterable[FieldValue]) -> bool:
    refs = {ref for value in values for ref in value.events}
    countries = {sketch.spot.country for sketch in group if sketch.spot and sketch.ref in refs}
    return len(countries) == 1 and None not in countries


def weigh(kind: str, said: Sequence[_Said], sources: Mapping[str, int]) -> tuple[Figure, tuple[FieldValue, ...]]:
    """A figure over several reports, and what each of them gives.

    A toll that the same source raised later is an update: it is kept, and no longer counts.
    """
    updated = {one.sketch.ref: later for one in said if (later := _update(one, said, sources))}
    counting = [one for one in said if one.sketch.ref not in updated]
    by_value: dict[str, list[_Said]] = {}
    for one in said:
        by_value.setdefault(_words(one.toll), []).append(one)
    found = _ranked(
        FieldValue(
            value=value,
            events=tuple(one.sketch.ref for one in some),
            sources=len({sources[one.sketch.ref.report] for one in some if one.sketch.ref not in updated}),
            said_by=_speakers(one.toll.speaker or one.sketch.speaker for one in some),
            updated_by=next((updated[one.sketch.ref].sketch.ref for one in some if one.sketch.ref in updated), None),
        )
        for value, some in by_value.items()
    )
    best, rule = _best(counting, sources)
    highs = [one.toll.high for one in counting]
    return (
        Figure(
            kind=kind,
            low=min(one.toll.low for one in counting),
            best=best,
            high=None if None in highs else max(high for high in highs if high is not None),
            rule=f"low and high: the lowest and highest that count; best: {rule}",
        ),
        found,
    )


def _update(one: _Said, said: Iterable[_Said], sources: Mapping[str, int]) -> _Said | None:
    """The later, higher toll by which the same source replaced this one."""
    day = one.sketch.published
    source = sources[one.sketch.ref.report]
    later = [
        other
        for other in said
        if day is not None
        and other.sketch.published is not None
        and other.sketch.published > day
        and other.toll.low > one.toll.low
        and (
            sources[other.sketch.ref.report] == source
            or (other.toll.speaker is not None and other.toll.speaker == one.toll.speaker)
        )
    ]
    return max(later, key=lambda other: (other.sketch.published or 0, other.sketch.ref.report), default=None)


def _best(counting: Sequence[_Said], sources: Mapping[str, int]) -> tuple[float | None, str]:
    exact = [one for one in counting if one.toll.low == one.toll.high]
    if not exact:
        return None, LOWEST
    by_value: dict[float, list[_Said]] = {}
    for one in exact:
        by_value.setdefault(one.toll.low, []).append(one)
    if len(by_value) == 1:
        return exact[0].toll.low, ONLY
    support = {value: len({sources[one.sketch.ref.report] for one in some}) for value, some in by_value.items()}
    most = max(support.values())
    leading = [value for value in by_value if support[value] == most]
    if len(leading) == 1:
        return leading[0], f"{MOST} ({most} of {len({sources[one.sketch.ref.report] for one in exact})})"
    last = {value: max(one.sketch.published or 0 for one in by_value[value]) for value in leading}
    latest = [value for value in leading if last[value] == max(last.values())]
    return (latest[0], LATEST) if len(latest) == 1 else (None, NONE)


def _words(toll: Toll) -> str:
    """A toll as it is told."""
    if toll.high is None:
        return f"at least {toll.low:g}"
    return f"{toll.low:g}" if math.isclose(toll.low, toll.high) else f"{toll.low:g}-{toll.high:g}"


def _speakers(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))


def _ranked(found: Iterable[FieldValue]) -> tuple[FieldValue, ...]:
    return tuple(sorted(found, key=lambda field: (-field.sources, -len(field.events), field.value)))
