"""PLOVER gold-standard records: event class and countries of source and target in sentences from the CAMEO manual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sitrep.evaluation.metrics import micro
from sitrep.evaluation.plover import Coded, code, dyads, main_event, pairs

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench

PAPER = (
    "Open Event Data Alliance, PLOVER gold-standard records (github.com/openeventdata/PLOVER). One gold record a "
    "sentence, so the first event with a named side is scored. Micro F1 over sets: its class; its (source country, "
    "target country) pairs; the pairs with the class. Two sources without a target are each other's targets. "
    "PETRARCH2 over approximate parses reaches 0.40, 0.49 and 0.29."
)
SCORES = ("event_type_f1", "country_dyad_f1", "dyad_type_f1")

# the records are from 2016, when PLOVER still had these classes
SINCE_RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
# and coded these of our types otherwise than PLOVER 2.0 does
AS_IN_2016 = {
    "sanction": "SANCTION",
    "property_destruction": "COERCE",
    "arson": "COERCE",
    "territory_gain": "ASSAULT",
}
# codes of the records that are not ISO 3166
ISO = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    from sitrep.ontology.load import load_ontology

    ontology = load_ontology()
    reports = [bench.report(row["id"], row["text"]) for row in rows]
    found = [main_event(code(reading, ontology, AS_IN_2016)) for reading in bench.read(reports)]
    return score(rows, found)


def score(rows: list[dict[str, Any]], found: list[Coded | None]) -> dict[str, float | None]:
    """Scores of one coded event, or none, for each gold record."""
    types = micro(
        ({event.event} if event else set(), {gold_event(row)}) for row, event in zip(rows, found, strict=True)
    )
    countries = micro(
        (dyads(event) if event else set(), gold_dyads(row)) for row, event in zip(rows, found, strict=True)
    )
    both = micro(
        (
            {(*dyad, event.event) for dyad in dyads(event)} if event else set(),
            {(*dyad, gold_event(row)) for dyad in gold_dyads(row)},
        )
        for row, event in zip(rows, found, strict=True)
    )
    return {"event_type_f1": types.f1, "country_dyad_f1": countries.f1, "dyad_type_f1": both.f1}


def gold_event(row: dict[str, Any]) -> str:
    """The gold class under its present name."""
    event: str = row["event"]
    return SINCE_RENAMED.get(event, event)


def gold_dyads(row: dict[str, Any]) -> set[tuple[str | None, str | None]]:
    """The gold pairs of countries."""
    countries: dict[str, list[str | None]] = {"source": [], "target": []}
    for actor in row["actors"]:
        country = (actor["code"] or "")[:3]
        countries[actor["role"]].append(ISO.get(country, country) or None)
    return pairs(countries["source"] or [None], countries["target"])
