"""A row of fields as a capture, whatever file it came in."""

from __future__ import annotations

from collections.abc import Mapping

from sitrep.errors import SourceError
from sitrep.model import Capture, Source
from sitrep.sources.source import refused

# what sitrep calls a field, and what others call it, the first that is there counts
FIELDS = {
    "text": ("text",),
    "id": ("doc_id", "id"),
    "title": ("title",),
    "outlet": ("outlet", "source"),
    "byline": ("byline", "author"),
    "published": ("published", "date"),
    "url": ("url",),
}


def capture_of(
    row: Mapping[str, object], place: Source, content: bytes, columns: Mapping[str, str]
) -> Capture | SourceError:
    """The capture in a row. content: the row as it came. columns: our name of a field to the row's own."""
    named = {name: (columns[name],) if name in columns else others for name, others in FIELDS.items()}
    (column, *_) = named["text"]
    text = row.get(column)
    if not isinstance(text, str) or not text.strip():
        what = "no" if text is None else "an empty" if isinstance(text, str) else "a non-text"
        kind = "line" if place.kind == "jsonl" else "row"
        return refused(place, f'the {kind} has {what} "{column}"', f'Put the report\'s text into the field "{column}".')
    said = {
        name: next(filter(None, (_field(row.get(other)) for other in others)), None) for name, others in named.items()
    }
    return Capture(
        source=Source(kind=place.kind, uri=said["url"] or place.uri, id=said["id"] or place.id),
        content=content,
        media="record",
        text=text,
        title=said["title"],
        outlet=said["outlet"],
        byline=said["byline"],
        published=said["published"],
    )


def _field(value: object) -> str | None:
    """A field as text: numbers become text, everything else that is no text is left out."""
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
