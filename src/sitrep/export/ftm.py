"""FollowTheMoney: entities as JSON lines, for Aleph and OpenAleph.

FollowTheMoney holds no provenance of single values, so each sentence that reports an event is a Documentation
of its own, with the words as its summary. The whole record stands beside the article as a plain text of JSON, so
that nothing is lost; `read` gives it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any, BinaryIO

import msgspec

from sitrep.export._cells import Cell, Row
from sitrep.export._facts import Facts, quote
from sitrep.export._ids import actor_id, part_id, place_id
from sitrep.model import Actor, Event, Evidence, Place, Reading, Relation
from sitrep.model.codec import decode_reading, encode

suffix = ".ftm.json"
label = "FollowTheMoney"
description = "FollowTheMoney entities, one JSON object a line, with one Documentation for each sentence of an event"

_encode = msgspec.json.Encoder().encode
SCHEMAS = {"person": "Person", "state": "PublicBody", "government": "PublicBody", "military": "PublicBody",
           "police": "PublicBody", "company": "Company"}  # fmt: skip
TOPICS = {"military": "mil", "government": "gov", "state": "gov", "police": "gov.security", "igo": "gov.igo",
          "party": "pol.party"}  # fmt: skip
# relations that have a schema of their own: schema, property of the subject, property of the object
RELATIONS = {
    "member_of": ("Membership", "member", "organization"),
    "leads": ("Membership", "member", "organization"),
    "part_of": ("Membership", "member", "organization"),
    "speaks_for": ("Representation", "agent", "client"),
}
# ISO 639-1 to the three letters that FollowTheMoney asks for
LANGUAGES = {"en": "eng", "ar": "ara", "fr": "fra", "es": "spa", "ru": "rus", "uk": "ukr", "de": "deu"}
JSON = "application/json"
RECORD = "the record that sitrep made"
# characters that FollowTheMoney takes in one text
LONGEST = 60_000
type Entity = dict[str, Any]


# the archive's own tables hold these: its view is made of them
kept = False
COLUMNS = (
    "id", "schema", "name", "fileName", "title", "author", "publisher", "publishedAt", "language", "bodyText",
    "mimeType", "parent", "weakAlias", "topics", "nationality", "country", "position", "classification", "full", "city",
    "state", "latitude", "longitude", "summary", "keywords", "date", "startDate", "endDate", "location",
    "addressEntity", "involved", "proof", "recordId", "document", "entity", "role", "subject", "object", "member",
    "organization", "agent", "client",
)  # fmt: skip
# what gives the properties of each schema
RULES = {
    "Article": "the report: its name, title, author, publisher, date, language and text",
    "PlainText": "the whole record as JSON, so that nothing is lost",
    "Address": "the gazetteer's entry for a place",
    "Event": "an event: type and place as its name, sentences as its summary, type and factuality as keywords",
    "Documentation": "one for each sentence that reports an event, with its words",
    "UnknownLink": "a relation that has no schema of its own, with its kind as the role",
    "Membership": "who belongs to or leads an organisation", "Representation": "who speaks for whom",
}  # fmt: skip
ACTOR = "an actor: the gazetteer's name where one fits, else the report's; topic and class by its kind"


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write each entity on its own line. An actor of several reports comes again; Aleph merges equal ids."""
    count = 0
    for reading in readings:
        for entity in entities(reading):
            out.write(_encode(entity) + b"\n")
            count += 1
    return count


def code(reading: Reading) -> Iterator[Row]:
    """The entities of a reading, each with the rule of its schema and the words that it rests on."""
    words = _words(reading)
    for entity in entities(reading):
        name, schema = entity["id"], entity["schema"]
        rule = RULES.get(schema, ACTOR)
        evidence, events = words.get(name, ((), ()))
        cells = {
            "id": Cell(name, "a digest: one for a gazetteer entry over all reports, else of the report and the part"),
            "schema": Cell(schema, f"FollowTheMoney's {schema}: {rule}"),
        } | {key: Cell(values, rule, evidence) for key, values in entity["properties"].items()}
        yield Row(name, reading.report.source.id, events, cells)


def _words(reading: Reading) -> dict[str, tuple[tuple[Evidence, ...], tuple[str, ...]]]:
    """For each entity its words and the events that it tells of."""
    spans = Facts(reading).spans
    found: dict[str, tuple[tuple[Evidence, ...], tuple[str, ...]]] = {}
    for event in reading.events:
        found[part_id(reading, event.id)] = (event.evidence, (event.id,))
        for number, sentence in enumerate(event.evidence):
            found[part_id(reading, event.id, "documentation", number)] = ((sentence,), (event.id,))
    for relation in reading.relations:
        found[part_id(reading, relation.id)] = (relation.evidence, ())
    for actor in reading.actors:
        found[actor_id(reading, actor)] = (tuple(part for name in actor.mentions for part in spans.get(name, ())), ())
    for place in reading.places:
        found[place_id(reading, place)] = (tuple(part for name in place.mentions for part in spans.get(name, ())), ())
    return found


def read(source: BinaryIO) -> Iterator[Reading]:
    """The readings of a file of entities, as they were written."""
    parts: list[str] = []
    for line in source:
        entity: Entity = msgspec.json.decode(line)
        properties: dict[str, list[str]] = entity["properties"]
        if entity["schema"] == "PlainText" and properties.get("mimeType") == [JSON]:
            # white space at the ends of a part is the record's own
            parts.append(properties["bodyText"][0])
            number, _, of = properties["title"][0].partition(":")[0].partition("/")
            if number == of:
                yield decode_reading("".join(parts), source=entity["id"])
                parts = []


def entities(reading: Reading) -> Iterator[Entity]:
    """The entities of a reading."""
    facts, report = Facts(reading), reading.report
    if not report.text:
        return
    article = part_id(reading, "report")
    yield _entity(
        article, "Article",
        fileName=[report.source.id], title=[report.title], author=[report.byline], publisher=[report.outlet],
        publishedAt=[report.published.value], language=[LANGUAGES.get(report.language)], bodyText=[report.text],
    )  # fmt: skip
    parts = ["".join(part) for part in batched(encode(reading).decode(), LONGEST)]
    for number, part in enumerate(parts, start=1):
        yield _entity(
            part_id(reading, "record", number), "PlainText",
            fileName=[f"{report.source.id}.reading.json"], title=[f"{number}/{len(parts)}: {RECORD}"],
            parent=[article], mimeType=[JSON], bodyText=[part],
        )  # fmt: skip
    for actor in reading.actors:
        yield _actor(facts, actor)
    for place in reading.places:
        yield _place(facts, place)
    for event in reading.events:
        yield _event(facts, event, article)
        for number, sentence in enumerate(event.evidence):
            yield _entity(
                part_id(reading, event.id, "documentation", number), "Documentation",
                document=[article], entity=[part_id(reading, event.id)], role=["reports"],
                summary=[sentence.quote], date=[report.published.value],
            )  # fmt: skip
    for relation in reading.relations:
        found = _relation(facts, relation)
        if found is not None:
            yield found


def _entity(identifier: str, schema: str, /, **properties: list[str | None]) -> Entity:
    """An entity; properties without a value are left away, as the format has no null."""
    kept = {key: list(dict.fromkeys(filter(None, values))) for key, values in properties.items()}
    return {"id": identifier, "schema": schema, "properties": {key: values for key, values in kept.items() if values}}


def _country(facts: Facts, iso3: str | None) -> str | None:
    country = facts.country(iso3)
    return country.iso2.lower() if country else None


def _actor(facts: Facts, actor: Actor) -> Entity:
    schema = SCHEMAS.get(actor.kind, "Organization")
    countries = [_country(facts, iso3) for iso3 in actor.countries]
    topics: list[str | None] = [TOPICS.get(actor.kind)]
    where = {"nationality": countries} if schema == "Person" else {"country": countries}
    titles: dict[str, list[str | None]] = (
        {"position": [role.title for role in actor.roles]} if schema == "Person" else {"classification": [actor.kind]}
    )
    return _entity(
        actor_id(facts.reading, actor), schema,
        name=[actor.name], weakAlias=list(actor.aliases), topics=topics, **where, **titles,
    )  # fmt: skip


def _place(facts: Facts, place: Place) -> Entity:
    return _entity(
        place_id(facts.reading, place), "Address",
        full=[place.name], city=[place.name if place.kind == "settlement" else None], state=[place.admin1],
        country=[_country(facts, place.country)],
        latitude=[None if place.lat is None else str(place.lat)],
        longitude=[None if place.lon is None else str(place.lon)],
    )  # fmt: skip


def _event(facts: Facts, event: Event, article: str) -> Entity:
    reading = facts.reading
    place, time = facts.place_of(event), event.time
    kind = facts.ontology.events.get(event.type)
    label = kind.label if kind else event.type
    sides = [argument.actor for argument in event.arguments if argument.actor in facts.actors]
    one_day = time is not None and time.start == time.end
    return _entity(
        part_id(reading, event.id), "Event",
        name=[f"{label}: {place.name}" if place else label],
        summary=[quote(event.evidence)],
        keywords=[event.type, event.factuality, "background" if event.background else None],
        date=[time.start if time and one_day else None],
        startDate=[time.start if time and not one_day else None],
        endDate=[time.end if time and not one_day else None],
        location=[place.name if place else None],
        country=[_country(facts, place.country) if place else None],
        addressEntity=[place_id(reading, place) if place else None],
        involved=[actor_id(reading, facts.actors[name]) for name in sides if name],
        proof=[article], publisher=[reading.report.outlet], recordId=[event.id],
    )  # fmt: skip


def _relation(facts: Facts, relation: Relation) -> Entity | None:
    subject, other = facts.actors.get(relation.subject), facts.actors.get(relation.object)
    if subject is None or other is None:
        return None
    schema, one, two = RELATIONS.get(relation.type, ("UnknownLink", "subject", "object"))
    if schema == "Membership" and SCHEMAS.get(other.kind) == "Person":
        schema, one, two = "UnknownLink", "subject", "object"
    ends: dict[str, list[str | None]] = {
        one: [actor_id(facts.reading, subject)],
        two: [actor_id(facts.reading, other)],
    }
    return _entity(
        part_id(facts.reading, relation.id), schema,
        role=[relation.type.replace("_", " ")], summary=[quote(relation.evidence)],
        startDate=[relation.start], endDate=[relation.end], **ends,
    )  # fmt: skip
