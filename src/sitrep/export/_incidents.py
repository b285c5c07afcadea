"""The table of incidents: what several reports say together, one incident a row."""

from __future__ import annotations

from sitrep.export._sheets import Column
from sitrep.model import Figure, Incident


def _disputed(incident: Incident) -> str | None:
    """Each field of which several values are said."""
    several = {name: said for name, said in incident.fields.items() if len(said) > 1}
    return "; ".join(f"{name}: {' / '.join(value.value for value in said)}" for name, said in several.items()) or None


def _figure(incident: Incident, kind: str) -> Figure | None:
    return next((figure for figure in incident.figures if figure.kind == kind), None)


def _figures(kind: str) -> tuple[Column[Incident], ...]:
    def bound(name: str) -> Column[Incident]:
        return Column(
            f"{kind}_{name}", "number", f"the {name} figure of {kind} over all reports, by the rule beside it",
            lambda incident: getattr(_figure(incident, kind), name, None),
        )  # fmt: skip

    rule: Column[Incident] = Column(
        f"{kind}_rule",
        "text",
        f"the rule that chose {kind}_best",
        lambda one: getattr(_figure(one, kind), "rule", None),
    )
    return (bound("low"), bound("best"), bound("high"), rule)


INCIDENTS: tuple[Column[Incident], ...] = (
    Column("incident", "text", "the incident's id", lambda one: one.id),
    Column("type", "text", "the event type that most independent sources give", lambda one: one.type),
    Column("place", "text", "where, by the sources", lambda one: one.place),
    Column("date_start", "date", "the first possible day", lambda one: one.start),
    Column("date_end", "date", "the last possible day", lambda one: one.end),
    *_figures("killed"),
    *_figures("injured"),
    Column("disputed", "text", "the fields of which reports give several values, with these values", _disputed),
    Column("reports", "integer", "how many reports tell of it", lambda one: len({ref.report for ref in one.events})),
    Column("events", "text", "the events behind it, report and id, joined by semicolons",
           lambda one: "; ".join(f"{ref.report}#{ref.event}" for ref in one.events)),
)  # fmt: skip
