"""Ontology: the checked whole of what may be said."""

from __future__ import annotations

from typing import Literal

from sitrep.model.span import Record
from sitrep.ontology.types import EventType, NamedTerm, RoleName


class LightVerb(Record, frozen=True, kw_only=True):
    """What a verb without a meaning of its own lends the noun that names an event; its lemma is the key in the file.

    subject: what the verb's subject is to the noun's event: its agent ("carried out a raid") or its patient
    ("came under attack").
    """

    subject: Literal["agent", "patient"]


class CameoCode(Record, frozen=True, kw_only=True):
    """A CAMEO code in PLOVER's terms; event is null where PLOVER dropped the code."""

    event: str | None
    mode: str | None
    contexts: tuple[str, ...]


class Ontology(Record, frozen=True, kw_only=True):
    """All that may be said.

    events: event types by name, in alphabetical order. parents, roles, sectors, quantities, relations:
    shared vocabularies. light_verbs: by lemma. fillers: the words of each @class that is a list of words.
    plover: modes by event type; contexts: PLOVER's; cameo: by code; acled: sub-event types by event type.
    digest: of the data files' bytes.
    """

    events: dict[str, EventType]
    parents: dict[str, NamedTerm]
    roles: dict[str, RoleName]
    sectors: dict[str, NamedTerm]
    quantities: dict[str, NamedTerm]
    relations: dict[str, NamedTerm]
    light_verbs: dict[str, LightVerb]
    fillers: dict[str, frozenset[str]]
    plover: dict[str, tuple[str, ...]]
    contexts: tuple[str, ...]
    cameo: dict[str, CameoCode]
    acled: dict[str, tuple[str, ...]]
    digest: str
