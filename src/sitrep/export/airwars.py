"""Airwars: one incident of strikes a line, with grading of civilian harm, belligerents and ranges of casualties.

The grading is by Airwars' published rules: where no civilian harm is reported there is none. From an archive the
reports of one incident are one line, and two independent sources of a declared or likely strike are fair. Nothing is
from Airwars or endorsed by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from sitrep.export._airwars_fold import airwars_fold
from sitrep.export._cells import Cell, Coded, Listener, Row, left_out, write_values
from sitrep.export._facts import Facts, namesakes, quote
from sitrep.export._fold import Fold, folded
from sitrep.model import Actor, Event, Incident, Place, Quantity, Reading
from sitrep.model.codec import digest
from sitrep.ontology.codebooks import Country

suffix = ".jsonl"
label = "Airwars"
description = "Airwars incidents, one JSON object a line: strikes, grading of harm, belligerents, casualty ranges"

_encode = msgspec.json.Encoder().encode
STRIKES = frozenset({"air_strike", "shelling", "missile_strike", "chemical_attack"})
BELLIGERENTS = frozenset({"state", "government", "military", "armed_group", "militia", "igo"})
ACCURACY = {"facility": "nearby_landmark", "settlement": "city", "admin2": "district",
            "admin1": "province_governorate"}  # fmt: skip
UNKNOWN = "Unknown"
VILLAGE_KM = 1.0  # settlements that reach less far are villages, up to the next bound towns
TOWN_KM = 5.0


COLUMNS = (
    "code", "previous_codes", "date_type", "date", "date_end", "local_time_type", "local_time", "local_time_start",
    "local_time_end", "local_time_of_day", "local_first_reported_date_time", "local_first_reported_by",
    "local_first_reported_url", "country", "location_name", "location_name_arabic", "location_name_hebrew",
    "location_name_ukrainian", "region", "strike_status", "infrastructure", "strike_type", "targeted_belligerent",
    "observation", "impact", "total_strikes", "civilian_harm_reported", "civilian_harm_status",
    "cause_of_death_injury", "latitude", "longitude", "geolocation_status", "geolocation_accuracy",
    "geolocation_notes", "geolocation_sign_off_assessor", "geolocation_sign_off_date_time", "num_media", "num_victims",
    "num_victims_named", "num_reconciled", "num_families", "num_individuals", "victim_average_age",
    "declassified_assessment", "press_release", "summary", "belligerents", "statements", "strike_reports",
    "casualties", "victims", "sources",
)  # fmt: skip
# what Airwars' researchers fill in, and no report's words tell
THEIRS = Cell(None, "Airwars' own research gives it; no report's words do")


def write(
    readings: Iterable[Reading],
    out: BinaryIO,
    *,
    incidents: Iterable[Incident] = (),
    listener: Listener | None = None,
) -> int:
    """Write each incident on its own line. incidents: those of an archive, whose reports are one line."""
    rows = (row for reading in readings for row in code(reading))
    return write_values(folded(rows, folding(incidents), listener), out, _encode, COLUMNS)


def code(reading: Reading) -> Coded:
    """The incidents of a reading with a rule for each value, and the events that are no strikes or did not happen."""
    facts = Facts(reading)
    for event in reading.events:
        if event.type not in STRIKES:
            yield left_out(reading, event, "it is no strike from the air or by heavy weapons")
        elif event.factuality not in ("occurred", "ongoing", "denied"):
            yield left_out(reading, event, f"it did not happen ({event.factuality})")
        else:
            yield _row(facts, event)


def folding(incidents: Iterable[Incident] = ()) -> Fold:
    """One line an incident of the archive; without an archive each report's strikes stand alone."""
    return airwars_fold(incidents)


def _row(facts: Facts, event: Event) -> Row:
    report, place, time = facts.reading.report, facts.place_of(event), event.time
    country = facts.country(place.country) if place else None
    actors, targets = _belligerents(facts, event, "agent"), _belligerents(facts, event, "patient")
    parties = {actor.id: _called(facts, actor, country) for actor in actors}
    owned = {parties[actor.id] for actor in actors if _declares(facts, event, actor)}
    harm = [figure for kind in ("killed", "injured") for figure in facts.figures(event, kind) if figure.civilians]
    named = len({*parties.values()} - {UNKNOWN})
    grading, rule = grade(facts, event, harm, declared=bool(owned), parties=named, accused=_accused(event))
    day = time is not None and time.start is not None and time.start == time.end
    name = f"{digest(report.id)}-{event.id}"
    dated = facts.dated.get(time.timex or "", ()) if time else ()
    where, words = "the gazetteer's entry for the event's place", facts.words_of_place(event)
    harmed = tuple(part for figure in harm for part in figure.evidence)
    sides = {side: tuple(part for argument in facts.side(event, side) for part in argument.evidence)
             for side in ("agent", "patient")}  # fmt: skip
    claims = [
        claim for one in event.claims
        if (claim := facts.claims.get(one)) and claim.speaker and claim.speaker.actor in facts.actors
    ]  # fmt: skip
    cells = {
        "code": Cell(name, "a digest of the report and the event's own id; an archive's incident id for several"),
        "date_type": Cell(
            None if time is None or not time.start else "date" if day else "date_range", "date where one day is known",
            dated,
        ),
        "date": Cell(time.start if time else None,
                     f"the event's first day ({time.basis})" if time else "no date is known; never the report's own",
                     dated),
        "date_end": Cell(time.end if time and not day else None, "the last day, of a range", dated),
        "local_time_type": Cell("unknown", "sitrep reads days, not hours"),
        "country": Cell(country.name if country else None, where, words),
        "location_name": Cell(place.name if place else None, where, words, namesakes(place, most=3)),
        "region": Cell(place.admin1 if place else None, where, words),
        "strike_status": Cell(
            status(event, declared=bool(owned)),
            "declared by the belligerent or who speaks for it, contested where it is denied, else from one source",
            tuple(part for claim in claims for part in (*claim.cue, *claim.content)),
        ),
        "strike_type": Cell(event.type, "the event's type", event.triggers),
        "targeted_belligerent": Cell(
            "; ".join(dict.fromkeys(actor.name for actor in targets)) or None,
            "organised actors among those who are hit", sides["patient"],
        ),
        "civilian_harm_reported": Cell(bool(harm), "whether killed or injured people are told to be civilians", harmed),
        "civilian_harm_status": Cell(
            grading, rule, harmed, "" if grading in (None, "confirmed") else "confirmed: no belligerent accepts it"
        ),
        "latitude": Cell(place.lat if place else None, where, words),
        "longitude": Cell(place.lon if place else None, where, words),
        "geolocation_accuracy": Cell(accuracy(place), "the kind of the place, and how far a settlement reaches", words),
        "summary": Cell(quote(event.evidence), "the sentences that report it, unaltered", event.evidence),
        "belligerents": Cell(
            [
                {"name": called, "type": "Known" if called in owned else "Suspected", "assessment": "not-yet-assessed"}
                for called in dict.fromkeys(parties.values()) if called != UNKNOWN or named == 0
            ],
            "organised actors who do it, all forces of a state as one: Known where they declare it, else Suspected",
            sides["agent"],
        ),
        "statements": Cell(
            [
                {"date": report.published.value, "url": report.source.uri or None, "statement": quote(claim.content),
                 "by": facts.actors[claim.speaker.actor].name, "stance": claim.stance}
                for claim in claims if claim.speaker and claim.speaker.actor
            ],
            "what named speakers say of the strike", tuple(part for claim in claims for part in claim.content),
        ),
        "casualties": Cell(
            _casualties(facts, event), "ranges by whose people they are; a bound that nobody gives stays null",
            tuple(part for kind in ("killed", "injured") for figure in facts.figures(event, kind)
                  for part in figure.evidence),
        ),
        "sources": Cell(
            [
                {"name": report.outlet or report.source.id, "language": report.language,
                 "url": report.source.uri or None}
            ],
            "the report",
        ),
        "num_media": Cell(0, "sitrep reads words alone"),
    }  # fmt: skip
    return Row(name, report.source.id, (event.id,), {column: cells.get(column, THEIRS) for column in COLUMNS})


def _belligerents(facts: Facts, event: Event, side: str) -> list[Actor]:
    actors = (facts.actor_in(argument) for argument in facts.side(event, side))
    return [actor for actor in actors if actor is not None and actor.kind in BELLIGERENTS]


def _called(facts: Facts, actor: Actor, country: Country | None) -> str:
    """A belligerent's name: a state's forces by their state, groups by their names, nobody named as unknown."""
    if actor.kind in ("state", "government", "military"):
        owner = (facts.country(actor.countries[0]) if actor.countries else None) or country
        if owner is not None:
            return f"Military of {owner.name}"
    return actor.name if actor.id in facts.named else UNKNOWN


def _declares(facts: Facts, event: Event, actor: Actor) -> bool:
    """Whether a belligerent, or somebody who speaks for it, says that it carried out the strike."""
    if any(argument.actor == actor.id and argument.belief == "claimed" for argument in event.arguments):
        return True
    speakers_of = {actor.id} | {
        relation.subject
        for relation in facts.reading.relations
        if relation.object == actor.id and relation.type in ("speaks_for", "leads", "part_of", "member_of")
    }
    claims = (facts.claims[name] for name in event.claims if name in facts.claims)
    return any(
        claim.speaker and claim.speaker.actor in speakers_of and claim.stance in ("asserts", "confirms")
        for claim in claims
    )


def status(event: Event, *, declared: bool) -> str:
    """Airwars' strike status: declared by the belligerent, contested where it is denied, else from one source."""
    if event.factuality == "denied":
        return "contested_strike"
    return "declared_strike" if declared else "single_source_claim"


def _accused(event: Event) -> bool:
    """Whether the belligerents are named by accusation or suspicion alone."""
    beliefs = {argument.belief for argument in event.arguments if argument.belief is not None}
    return bool(beliefs) and beliefs <= {"accused", "suspected"}


def grade(
    facts: Facts, event: Event, harm: list[Quantity], *, declared: bool, parties: int, accused: bool = False
) -> tuple[str | None, str]:
    """Airwars' grading of civilian harm, as far as one report goes, and the rule."""
    if not harm:
        return None, "no civilian harm is reported: no grading"
    said = {
        claim.speaker.actor: claim.stance
        for name in event.claims
        if (claim := facts.claims.get(name)) and claim.speaker
    }
    if parties > 1 or "denies" in said.values() or event.factuality == "denied":
        return "contested", "the harm is denied, or more than one belligerent is named for it"
    if declared and "confirms" in said.values():
        return "confirmed", "a named belligerent accepts responsibility"
    if accused:
        return "weak", "one source, and who did it is an accusation or a suspicion"
    return "weak", "one source; a second report is needed for fair"


def accuracy(place: Place | None) -> str | None:
    """Airwars' accuracy of geolocation."""
    if place is None or place.lat is None:
        return None
    if place.kind == "settlement" and place.radius_km is not None:
        return "village" if place.radius_km < VILLAGE_KM else "town" if place.radius_km < TOWN_KM else "city"
    return ACCURACY.get(place.kind)


def _casualties(facts: Facts, event: Event) -> list[dict[str, Any]]:
    """Ranges by whose people they are; a bound that nobody gives stays null."""
    rows: list[dict[str, Any]] = []
    for civilians, name in ((True, "civilians"), (False, "belligerents"), (None, "unknown")):
        row: dict[str, Any] = {"casualty_type": name}
        for kind in ("killed", "injured"):
            figures = [figure for figure in facts.figures(event, kind) if figure.civilians is civilians]
            least = (figure.best if figure.low is None else figure.low for figure in figures)
            low = [int(number) for number in least if number is not None]
            high = [int(number) for figure in figures if (number := figure.high) is not None]
            row[f"{kind}_min"], row[f"{kind}_max"] = min(low, default=None), max(high, default=None)
        if any(row[key] is not None for key in row if key != "casualty_type"):
            rows.append(row)
    return rows
