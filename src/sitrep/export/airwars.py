"""Airwars: one incident of strikes a line, with grading of civilian harm, belligerents and ranges of casualties.

The grading is by Airwars' published rules for what one report can tell: where no civilian harm is reported there
is none. Nothing is from Airwars or endorsed by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from sitrep.export._cells import LeftOut, Listener, left_out, write_lines
from sitrep.export._facts import Facts, quote
from sitrep.model import Actor, Event, Place, Quantity, Reading
from sitrep.model.codec import digest

suffix = ".jsonl"
label = "Airwars"
description = "Airwars incidents, one JSON object a line: strikes, grading of harm, belligerents, casualty ranges"

_encode = msgspec.json.Encoder().encode
STRIKES = frozenset({"air_strike", "shelling", "missile_strike", "chemical_attack"})
BELLIGERENTS = frozenset({"state", "government", "military", "armed_group", "militia", "igo"})
ACCURACY = {"facility": "nearby_landmark", "settlement": "city", "admin2": "district",
            "admin1": "province_governorate"}  # fmt: skip
VILLAGE_KM = 1.0  # settlements that reach less far are villages, up to the next bound towns
TOWN_KM = 5.0


def write(readings: Iterable[Reading], out: BinaryIO, *, listener: Listener | None = None) -> int:
    """Write each incident on its own line."""
    return write_lines((entry for reading in readings for entry in code(reading)), out, _encode, listener)


def code(reading: Reading) -> Iterator[dict[str, Any] | LeftOut]:
    """The incidents of a reading, and the events that are no strikes or did not happen."""
    facts = Facts(reading)
    for event in reading.events:
        if event.type not in STRIKES:
            yield left_out(reading, event, "it is no strike from the air or by heavy weapons")
        elif event.factuality not in ("occurred", "ongoing", "denied"):
            yield left_out(reading, event, f"it did not happen ({event.factuality})")
        else:
            yield _incident(facts, event)


def _incident(facts: Facts, event: Event) -> dict[str, Any]:
    report, place, time = facts.reading.report, facts.place_of(event), event.time
    country = facts.country(place.country) if place else None
    parties, targets = _belligerents(facts, event, "agent"), _belligerents(facts, event, "patient")
    owned = {actor.id for actor in parties if _declares(facts, event, actor)}
    harm = [figure for kind in ("killed", "injured") for figure in facts.figures(event, kind) if figure.civilians]
    named = len({actor.name for actor in parties})
    grading, rule = grade(facts, event, harm, declared=bool(owned), parties=named, accused=_accused(event))
    day = time is not None and time.start is not None and time.start == time.end
    return {
        "code": f"{digest(report.id)}-{event.id}",
        "date_type": None if time is None or not time.start else "date" if day else "date_range",
        "date": time.start if time else None,
        "date_end": time.end if time and not day else None,
        "local_time_type": "unknown",
        "country": country.name if country else None,
        "location_name": place.name if place else None,
        "region": place.admin1 if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geolocation_accuracy": accuracy(place),
        "strike_status": status(event, declared=bool(owned)),
        "strike_type": event.type,
        "targeted_belligerent": "; ".join(dict.fromkeys(actor.name for actor in targets)) or None,
        "civilian_harm_reported": bool(harm),
        "civilian_harm_status": grading,
        "civilian_harm_rule": rule,
        "belligerents": [
            {
                "name": actor.name,
                "type": "Known" if actor.id in owned else "Suspected",
                "assessment": "not-yet-assessed",
            }
            for actor in dict.fromkeys(parties)
        ],
        "casualties": _casualties(facts, event),
        "sources": [{"name": report.outlet or report.source.id, "language": report.language}],
        "statements": [
            {"statement": quote(claim.content), "by": facts.actors[claim.speaker.actor].name, "stance": claim.stance}
            for name in event.claims
            if (claim := facts.claims.get(name)) and claim.speaker and claim.speaker.actor in facts.actors
        ],
        "summary": quote(event.evidence),
    }


def _belligerents(facts: Facts, event: Event, side: str) -> list[Actor]:
    actors = (facts.actor_in(argument) for argument in facts.side(event, side))
    return [actor for actor in actors if actor is not None and actor.kind in BELLIGERENTS]


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
            low = [number for number in least if number is not None]
            high = [number for figure in figures if (number := figure.high) is not None]
            row[f"{kind}_min"], row[f"{kind}_max"] = min(low, default=None), max(high, default=None)
        if any(row[key] is not None for key in row if key != "casualty_type"):
            rows.append(row)
    return rows
