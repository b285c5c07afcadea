"""The tables: plain names, every value that filters need as a column, the whole reading beside them.

Precious are `reports`, `captures` and `judgements`; everything else can be derived from them again.
Offsets in `start` and `end` columns of evidence are code points into `reports.text`.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()

# names and dates sort by code point in every database
Name = String().with_variant(String(collation="C"), "postgresql")


def _of_report(name: str, *columns: Column[object] | Index) -> Table:
    """A table of one layer: a row is named by its report and its id within the reading."""
    return Table(
        name,
        metadata,
        Column("report", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        Column("id", Name, primary_key=True),
        *columns,
    )


def _where() -> tuple[Column[object], Column[object]]:
    """The first stretch of words that a row rests on."""
    return Column("quote_start", Integer), Column("quote_end", Integer)


# content-addressed: what a source handed over, compressed, with the SHA-256 of the bytes before compression
captures = Table(
    "captures",
    metadata,
    Column("sha256", Name, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media", Name, nullable=False),
    Column("uri", Text, nullable=False),
    Column("retrieved_at", Name, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# one row per version of an article; `article` names it whatever its text, `current` is its latest version
reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", Name, nullable=False, unique=True),
    Column("article", Name, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("source_id", Name, nullable=False, index=True),
    Column("source_kind", Name, nullable=False),
    Column("uri", Text, nullable=False),
    Column("outlet", Name),
    Column("title", Text),
    Column("byline", Text),
    Column("language", Name, nullable=False),
    Column("published", Name, index=True),
    Column("published_basis", Name, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", Name, nullable=False),
    # the lines that this version changed, as a unified diff against the version before
    Column("changes", Text),
    Column("capture", ForeignKey("captures.sha256"), index=True),
)

# what was handed over and is done: `taken` is the digest of a capture with all that was said about it
taken = Table(
    "taken",
    metadata,
    Column("taken", Name, primary_key=True),
    Column("made_by", Name, nullable=False),
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), index=True),
)

# the address of each page that was taken, and what its server said, so that it may answer that nothing changed
pages = Table(
    "pages",
    metadata,
    Column("address", String, primary_key=True),
    Column("retrieved_at", String, nullable=False),
    Column("final", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("capture", ForeignKey("captures.sha256"), nullable=False, index=True),
)

# what is known of each feed that is watched: when it is due, what its server said, which of its pages failed
feeds = Table(
    "feeds",
    metadata,
    Column("address", String, primary_key=True),
    Column("asked_at", String, nullable=False),
    Column("due_at", String),
    Column("etag", Text),
    Column("modified", Text),
    Column("failures", Integer, nullable=False),
    Column("note", Text),
    Column("waiting", Text, nullable=False),
)

# `line` is the reading as JSON, compressed; the tables below are made of it
readings = Table(
    "readings",
    metadata,
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("made_by", Name, nullable=False),
    Column("sitrep", Name),
    Column("ontology", Name),
    Column("gazetteer", Name),
    Column("stages", Text),
    Column("read_at", Name, nullable=False),
    Column("sha256", Name, nullable=False),
    Column("line", LargeBinary, nullable=False),
)

actors = _of_report(
    "actors",
    Column("name", Name, nullable=False, index=True),
    Column("kind", Name, nullable=False),
    Column("countries", Name),
    Column("aliases", Text),
    Column("link", Name, index=True),
    Column("score", Float),
)

places = _of_report(
    "places",
    Column("name", Name, nullable=False, index=True),
    Column("kind", Name, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("country", Name, index=True),
    Column("admin1", Name),
    Column("geonames", Integer),
    Column("radius_km", Float),
    Column("score", Float),
)

timexes = _of_report(
    "timexes",
    Column("type", Name, nullable=False),
    Column("value", Name, nullable=False),
    Column("start", Name),
    Column("end", Name),
    Column("precision", Name, nullable=False),
    *_where(),
)

events = _of_report(
    "events",
    Column("type", Name, nullable=False, index=True),
    Column("factuality", Name, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("place", Name),
    Column("place_precision", Integer),
    Column("start", Name, index=True),
    Column("end", Name),
    Column("weapon", Name),
    Column("trigger", Name, nullable=False),
    Column("score", Float, nullable=False),
    *_where(),
)

event_arguments = Table(
    "event_arguments",
    metadata,
    Column("report", Integer, primary_key=True),
    Column("event", Name, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", Name, nullable=False),
    Column("actor", Name),
    Column("place", Name),
    Column("text", Text),
    Column("score", Float, nullable=False),
    *_where(),
    ForeignKeyConstraint(["report", "event"], ["events.report", "events.id"], ondelete="CASCADE"),
    Index("event_arguments_actor", "report", "actor"),
)

quantities = _of_report(
    "quantities",
    Column("kind", Name, nullable=False),
    Column("of", Text),
    Column("low", Float),
    Column("best", Float),
    Column("high", Float),
    Column("unit", Name),
    Column("modifier", Name),
    Column("cumulative", Boolean, nullable=False),
    *_where(),
)

claims = _of_report(
    "claims",
    Column("speaker", Name),
    Column("kind", Name, nullable=False),
    Column("stance", Name, nullable=False),
    Column("about", Text),
    *_where(),
)

relations = _of_report(
    "relations",
    Column("type", Name, nullable=False),
    Column("subject", Name, nullable=False),
    Column("object", Name, nullable=False),
    Column("from", Name),
    Column("to", Name),
    Column("score", Float, nullable=False),
    *_where(),
)

control = _of_report(
    "control",
    Column("place", Name, nullable=False, index=True),
    Column("holder", Name, nullable=False),
    Column("status", Name, nullable=False),
    Column("from", Name),
    Column("to", Name),
    Column("basis", Name, nullable=False),
    *_where(),
)

# `line` is the decision as JSON
decisions = _of_report("decisions", Column("about", String), Column("line", Text, nullable=False), *_where())

incidents = Table(
    "incidents",
    metadata,
    Column("id", Name, primary_key=True),
    Column("type", Name, nullable=False, index=True),
    Column("place", Name, index=True),
    Column("admin1", Name),
    Column("country", Name, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("start", Name, index=True),
    Column("end", Name),
    Column("reports", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("killed_low", Float),
    Column("killed_best", Float),
    Column("killed_high", Float),
    Column("injured_low", Float),
    Column("injured_best", Float),
    Column("injured_high", Float),
    # why somebody should look at it, by its own figures and fields, as JSON
    Column("why", Text),
    Column("line", Text, nullable=False),
    Index("incidents_point", "lat", "lon"),
)

incident_events = Table(
    "incident_events",
    metadata,
    Column("incident", ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True),
    Column("report", Integer, primary_key=True),
    Column("event", Name, primary_key=True),
    ForeignKeyConstraint(["report", "event"], ["events.report", "events.id"], ondelete="CASCADE"),
    Index("incident_events_event", "report", "event"),
)

# who takes part in each incident, by the events that it rests on; derived with them. who: the gazetteer's id, else the
# name in small letters
incident_actors = Table(
    "incident_actors",
    metadata,
    Column("incident", ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Name, primary_key=True),
    Column("who", Name, primary_key=True),
    Column("name", Name, primary_key=True),
    Column("kind", Name, primary_key=True),
    Index("incident_actors_who", "who", "incident", "name"),
    sqlite_with_rowid=False,
)

# who uses force against whom in each incident; derived from the above
actor_ties = Table(
    "actor_ties",
    metadata,
    Column("source", Name, primary_key=True),
    Column("target", Name, primary_key=True),
    Column("incident", ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True),
    Column("start", Name),
    Column("end", Name),
    Index("actor_ties_target", "target", "source", "incident"),
    Index("actor_ties_incident", "incident"),
    sqlite_with_rowid=False,
)

# reports that took their text from another one: a group of copies is one independent source; `line` as JSON says which
# paragraphs are shared and which the report added
copies = Table(
    "copies",
    metadata,
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("origin", ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("share", Float, nullable=False),
    Column("line", Text, nullable=False),
)

# rows of the tabular exports, as JSON arrays in the order of their columns; the views `export_NAME` unpack them
coded = Table(
    "coded",
    metadata,
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("export", Name, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("line", Text, nullable=False),
)

# appended and never altered; `seq` is their order. report: a source id, null for what is said of an incident
judgements = Table(
    "judgements",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Name, nullable=False, unique=True),
    Column("kind", Name, nullable=False),
    Column("layer", Name, nullable=False),
    Column("target", Name, nullable=False, index=True),
    Column("report", Name, index=True),
    Column("user", Name, nullable=False, index=True),
    Column("at", Name, nullable=False),
    Column("reason", Text, nullable=False),
    Column("hand", Name, nullable=False),
    Column("line", Text, nullable=False),
)

# what each judgement in force does to the current reading of its report: applied, moved or lost
judgement_effects = Table(
    "judgement_effects",
    metadata,
    Column("judgement", ForeignKey("judgements.id", ondelete="CASCADE"), primary_key=True),
    Column("report", Name, nullable=False, index=True),
    Column("status", Name, nullable=False, index=True),
    Column("before", Text),
    Column("after", Text),
)

# how far the review is: of a report by its source id, of an incident by its id; no row is unreviewed
reviews = Table(
    "reviews",
    metadata,
    Column("layer", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("state", Name, nullable=False, index=True),
    Column("assignee", Name, index=True),
    Column("user", Name, nullable=False),
    Column("at", Name, nullable=False),
)

# how much each incident needs a person, and why; derived whenever incidents change
incident_ranks = Table(
    "incident_ranks",
    metadata,
    Column("incident", ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True),
    Column("priority", Float, nullable=False),
    Column("score", Float),
    Column("why", Text, nullable=False),
    Column("title", Text),
    Column("radius_km", Float),
    Index("incident_ranks_first", text("priority DESC"), "incident"),
)

# filters and pages that somebody wants again
saved_views = Table(
    "saved_views",
    metadata,
    Column("name", Name, primary_key=True),
    Column("user", Name, nullable=False),
    Column("version", Integer, nullable=False),
    Column("view", Text, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("id", Name, primary_key=True),
    Column("source_id", Name, nullable=False, index=True),
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), index=True),
    Column("capture", ForeignKey("captures.sha256"), index=True),
    Column("kind", Name, nullable=False, index=True),
    Column("tried", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("todo", Text, nullable=False),
    Column("facts", Text, nullable=False),
)

# names with values about the whole database, such as which readings the incidents were made of
state = Table("state", metadata, Column("name", Name, primary_key=True), Column("value", Text, nullable=False))

# which migrations ran, and when
ledger = Table(
    "ledger", metadata, Column("migration", Name, primary_key=True), Column("applied_at", Name, nullable=False)
)

# the tables that hold one reading's layers, children first
LAYERS = (
    coded, event_arguments, events, decisions, claims, quantities, relations, control, timexes, places, actors,
)  # fmt: skip
