"""Words that name somebody or something."""

from __future__ import annotations

from typing import Literal

from sitrep.model.span import Evidence, Record

MentionKind = Literal[
    "person", "organisation", "group", "place", "facility", "weapon", "vehicle", "time", "quantity", "pronoun"
]
MentionForm = Literal["name", "nominal", "pronoun", "adjective"]


class Mention(Record, frozen=True, kw_only=True):
    """One stretch of words that names somebody or something; a mention is not yet an actor or a place.

    form: "name" (Islamic State), "nominal" (the militants), "pronoun" (they), "adjective" (Libyan).
    evidence: one span, or several where the words stand apart.
    head: the word that carries the meaning ("forces" in "Libyan forces loyal to Gen. Haftar").
    """

    id: str
    kind: MentionKind
    form: MentionForm
    evidence: tuple[Evidence, ...]
    head: Evidence
