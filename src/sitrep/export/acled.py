"""ACLED: one row a pair of actors, place and day, in the 31 columns of the dyadic export.

Names and codes are ACLED's; no row is from ACLED, and none is endorsed by it. What several reports tell of one pair,
place and day is one row with all their sources; `code` gives the rows of each report for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import BinaryIO, Literal

from sitrep.export._acled_actors import (
    CIVILIANS,
    PROTESTERS,
    Party,
    interaction,
    interaction_text,
)
from sitrep.export._acled_figures import fatalities, lowest
from sitrep.export._acled_fold import FOLD
from sitrep.export._acled_rules import AGAINST_CIVILIANS, BATTLES, REMOTE, RIOTS, Draft, drafts
from sitrep.export._cells import Cell, Coded, LeftOut, Listener, Row, table
from sitrep.export._facts import Facts, gazetteer
from sitrep.export._fold import Fold, folded
from sitrep.export._options import Option
from sitrep.model import Evidence, Incident, Quantity, Reading
from sitrep.model.codec import digest
from sitrep.ontology.codebooks import load_acled_rules
from sitrep.ontology.load import load_ontology

suffix = ".csv"
label = "ACLED"
description = "ACLED's 31 columns, one row a pair of actors, place and day over all reports"

OPTIONS = (Option("inter", "inter", "Kinds of actors in words or as codes.", ("text", "numeric"), "text"),)
COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
# how the notes tell each sub-event type: with both sides, and with one
ACTS = {
    "Government regains territory": ("{one} regained territory from {two}", "{one} regained territory"),
    "Non-state actor overtakes territory": ("{one} overtook territory from {two}", "{one} overtook territory"),
    "Armed clash": ("{one} clashed with {two}", "{one} was in an armed clash"),
    "Violent demonstration": ("{one} demonstrated violently, against them {two}", "{one} demonstrated violently"),
    "Mob violence": ("{one} attacked {two}", "{one} used violence"),
    "Excessive force against protesters": ("{two} used deadly force against {one}", "force was used against {one}"),
    "Protest with intervention": ("{two} intervened against {one}", "{one} met with an intervention"),
    "Peaceful protest": ("{one} demonstrated, with {two} present", "{one} demonstrated"),
    "Chemical weapon": ("{one} used chemical weapons against {two}", "{one} used chemical weapons"),
    "Air/drone strike": (
        "{one} carried out an air or drone strike on {two}",
        "{one} carried out an air or drone strike",
    ),
    "Suicide bomb": ("{one} carried out a suicide bombing against {two}", "{one} carried out a suicide bombing"),
    "Shelling/artillery/missile attack": (
        "{one} shelled or fired missiles at {two}",
        "{one} shelled or fired missiles",
    ),
    "Remote explosive/landmine/IED": ("an explosive of {one} hit {two}", "an explosive of {one} went off"),
    "Grenade": ("{one} threw a grenade at {two}", "{one} threw a grenade"),
    "Sexual violence": ("{one} used sexual violence against {two}", "{one} used sexual violence"),
    "Attack": ("{one} attacked {two}", "{one} made an attack"),
    "Abduction/forced disappearance": ("{one} abducted {two}", "{one} abducted people"),
    "Agreement": ("{one} and {two} reached an agreement", "{one} reached an agreement"),
    "Arrests": ("{one} arrested {two}", "{one} made arrests"),
    "Change to group/activity": ("{one} changed its activity, towards {two}", "{one} changed its activity"),
    "Disrupted weapons use": ("{one} disrupted the use of weapons by {two}", "{one} disrupted the use of weapons"),
    "Headquarters or base established": ("{one} set up a base against {two}", "{one} set up a base"),
    "Looting/property destruction": (
        "{one} looted or destroyed property of {two}",
        "{one} looted or destroyed property",
    ),
    "Non-violent transfer of territory": ("{one} took over territory from {two}", "territory of {one} changed hands"),
    "Other": ("{one} and {two} took part in another development", "{one} took part in another development"),
}
MANY = 500  # characters of quoted words that notes carry at most

WOMEN = re.compile(r"\b(?:wom[ae]n|girls?)\b", re.IGNORECASE)
GIRLS = re.compile(r"\bgirls?\b", re.IGNORECASE)
TARGETED = "violence against civilians whose victims the words call women or girls"
Inter = Literal["text", "numeric"]


def write(
    readings: Iterable[Reading], out: BinaryIO, *, inter: Inter = "text", listener: Listener | None = None
) -> int:
    """Write a header and the rows of readings. inter: actor kinds as "text" or "numeric" codes."""
    rows = (row for reading in readings for row in code(reading, inter=inter))
    return table(out, COLUMNS, ([row[column] for column in COLUMNS] for row in folded(rows, FOLD, listener)))


def folding(_: Iterable[Incident] = ()) -> Fold:
    """One row a pair of actors, place and day over all reports."""
    return FOLD


def code(reading: Reading, *, inter: Inter = "text") -> Coded:
    """The rows of a reading with a rule for each value, and the events that ACLED does not code."""
    facts = Facts(reading)
    for draft in drafts(facts):
        yield draft if isinstance(draft, LeftOut) else _row(facts, draft, inter)


def _row(facts: Facts, draft: Draft, inter: Inter) -> Row:
    rules = load_acled_rules()
    reading, country, place = facts.reading, draft.country, draft.place
    number = int(digest(reading.report.id, draft.events[0].id, size=8), 16)
    name = f"{country.iso3}{number}"
    events = draft.events
    first, second = draft.ones[0], draft.twos[0] if draft.twos else None
    triggers = tuple(event.trigger for event in events)
    timex = {timex.id: timex for timex in reading.timexes}
    dated = events[0].time
    when = timex[dated.timex].evidence if dated and dated.timex in timex else ()
    spans = {mention.id: mention.evidence for mention in reading.mentions}
    where = next((spans[mention] for mention in place.mentions if mention in spans), ())
    fired, folded = "; ".join(draft.fired), "; ".join(draft.folded)
    kind = next(kind for kind, subs in load_ontology().acled.items() if draft.sub_event in subs)
    dead = fatalities({figure.id: figure for event in events for figure in facts.figures(event, "killed")}.values())
    targeting = _targeting(draft)

    def inter_of(side: Party | None) -> str | int | None:
        if side is None:
            return None
        return side.code if inter == "numeric" else rules.inter[str(side.code)]

    pair = second.code if second else None
    where_rule = f"the gazetteer's entry for {place.name!r} (basis {place.basis})"
    cells = {
        "event_id_cnty": Cell(name, "the country's code and a number made of the report and the event"),
        "event_date": Cell(draft.day.isoformat(), draft.time_rule, when),
        "year": Cell(draft.day.year, "the year of event_date"),
        "time_precision": Cell(draft.time_precision, draft.time_rule, when),
        "disorder_type": Cell(rules.disorder_type[draft.sub_event], f"ACLED's table for {draft.sub_event}"),
        "event_type": Cell(kind, f"ACLED's table for {draft.sub_event}", triggers),
        "sub_event_type": Cell(draft.sub_event, fired, triggers, folded),
        "actor1": Cell(first.name, first.rule, first.evidence),
        "assoc_actor_1": _associates(draft.ones),
        "inter1": Cell(inter_of(first), first.rule, first.evidence),
        "actor2": Cell(second.name, second.rule, second.evidence) if second else Cell(None, "nobody else is named"),
        "assoc_actor_2": _associates(draft.twos),
        "inter2": Cell(inter_of(second), second.rule if second else "no actor2"),
        "interaction": Cell(
            interaction(first.code, pair) if inter == "numeric" else interaction_text(first.code, pair),
            "inter1 and inter2, the lower code first",
        ),
        "civilian_targeting": targeting,
        "iso": Cell(country.numeric, "ISO 3166 numeric"),
        "region": Cell(country.acled_region, f"ACLED's region of {country.name}"),
        "country": Cell(country.name, where_rule, where),
        "admin1": Cell(place.admin1 or place.name, where_rule, where),
        "admin2": Cell(None, "the gazetteer has no second-level division"),
        "admin3": Cell(None, "the gazetteer has no third-level division"),
        "location": Cell(place.name, where_rule, where),
        "latitude": Cell(round(place.lat or 0.0, 4), where_rule, where),
        "longitude": Cell(round(place.lon or 0.0, 4), where_rule, where),
        "geo_precision": Cell(
            draft.geo_precision, f"UCDP where_prec {events[0].place.precision if events[0].place else ''} as ACLED's"
        ),
        "source": _source(facts),
        "source_scale": _scale(facts, draft),
        "notes": Cell(
            notes(facts, draft, int(dead.value or 0)),
            "date, sides, act and place in one sentence, then the report's words and its dead",
            tuple(evidence for event in events for evidence in event.evidence),
        ),
        "fatalities": dead,
        "tags": _tags(facts, draft),
        "timestamp": _timestamp(facts, draft),
    }
    return Row(name, reading.report.source.id, tuple(event.id for event in events), cells)


def _associates(side: list[Party]) -> Cell:
    others = side[1:]
    return Cell(
        "; ".join(one.name for one in others) or None,
        "further actors of the same side" if others else "no further actor",
        tuple(evidence for one in others for evidence in one.evidence),
    )


def _targeting(draft: Draft) -> Cell:
    main = draft.twos[0].code if draft.twos else None
    if draft.sub_event in AGAINST_CIVILIANS or draft.sub_event == "Excessive force against protesters":
        return Cell("Civilians targeted", f"{draft.sub_event} is aimed at civilians")
    if main in (CIVILIANS, PROTESTERS) and draft.sub_event in REMOTE | RIOTS | BATTLES:
        return Cell("Civilians targeted", "civilians are the main target")
    return Cell(None, "civilians are not the main target; harm beside another target does not count")


def _source(facts: Facts) -> Cell:
    report = facts.reading.report
    if report.outlet:
        return Cell(report.outlet, "the report's outlet")
    return Cell(report.source.id, "no outlet is known: the report's own name stands for it")


def _scale(facts: Facts, draft: Draft) -> Cell:
    outlet = facts.reading.report.outlet
    known = [entry for entry in gazetteer().named(outlet) if entry.kind == "media"] if outlet else []
    if not known or not known[0].countries:
        return Cell("Other", "the gazetteer does not know the outlet's country")
    if draft.country.iso3 in known[0].countries:
        return Cell("National", f"{known[0].name} is of the event's country")
    return Cell("International", f"{known[0].name} is of another country ({', '.join(known[0].countries)})")


def _timestamp(facts: Facts, draft: Draft) -> Cell:
    read_at = facts.reading.provenance.read_at if facts.reading.provenance else None
    published = facts.reading.report.published.value
    if read_at:
        return Cell(int(datetime.fromisoformat(read_at).timestamp()), "when the report was read")
    day, rule = (
        (date.fromisoformat(published), "no time of reading is stored: the report's date")
        if published and len(published) >= len("2016-08-01")
        else (draft.day, "neither a time of reading nor a date of the report is known: the event's date")
    )
    return Cell(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()), rule)


def _tags(facts: Facts, draft: Draft) -> Cell:
    if not any(side.code == PROTESTERS or draft.sub_event in RIOTS for side in draft.ones):
        victims = [*draft.twos, *draft.ones] if draft.sub_event in AGAINST_CIVILIANS else []
        women = [part for side in victims for part in side.evidence if WOMEN.search(part.quote)]
        if women:
            return Cell(
                "women targeted: girls" if GIRLS.search(women[0].quote) else "women targeted", TARGETED, tuple(women)
            )
        return Cell(None, "no tag applies")
    sizes = [figure for event in draft.events for figure in facts.figures(event, "count") if figure.of]
    people = [figure for figure in sizes if re.search(r"people|protest|demonstrat|march", figure.of or "")]
    if people and lowest(people[0]) is not None:
        return Cell(f"crowd size={_words(people[0])}", "the size of the crowd as reported", people[0].evidence)
    return Cell("crowd size=no report", "no size of the crowd is reported")


def _words(figure: Quantity) -> str:
    return " ".join(part.quote for part in figure.evidence)


def notes(facts: Facts, draft: Draft, dead: int) -> str:
    """Date, sides, act and place in one sentence, then the report's own words and its dead."""
    when = f"{draft.day.day} {draft.day:%B %Y}"
    about = {1: "On", 2: "Around", 3: "Around"}[draft.time_precision]
    place = draft.place.name
    admin = f" ({draft.place.admin1})" if draft.place.admin1 and draft.place.admin1 != place else ""
    near = "in" if draft.geo_precision == 1 else "near"
    act, alone = ACTS[draft.sub_event]
    one, two = draft.ones[0].name, draft.twos[0].name if draft.twos else ""
    did = act.format(one=one, two=two) if two else alone.format(one=one)
    words = _quoted(draft.events[0].evidence)
    civil = [
        figure for event in draft.events for figure in facts.figures(event, "killed") if figure.civilians and figure.of
    ]
    toll = "No fatalities reported." if not dead else f"{dead} fatalit{'y' if dead == 1 else 'ies'} reported."
    among = f" Of civilians the report says: {_words(civil[0])}." if civil and draft.sub_event in BATTLES else ""
    return f"{about} {when}, {did} {near} {place}{admin}. The report says: “{words}” {toll}{among}"


def _quoted(evidence: tuple[Evidence, ...]) -> str:
    words = " ".join(evidence[0].quote.split()) if evidence else ""
    return words if len(words) <= MANY else words[: MANY - 1] + "…"
