"""Words that say whether an event happened (`data/factuality.yaml`)."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec
import yaml

from sitrep.errors import OntologyError
from sitrep.model.span import Record


class FactualityWords(Record, frozen=True, kw_only=True):
    """Word to the factuality that it gives to the event it governs."""

    verbs: dict[str, str]
    nouns: dict[str, str]
    modals: dict[str, str]
    modifiers: dict[str, str]
    negators: frozenset[str]
    conditions: frozenset[str]


@cache
def load_factuality() -> FactualityWords:
    """The shipped table. Raises OntologyError where the file is wrong."""
    name = "factuality.yaml"
    raw = yaml.load(resources.files("sitrep.ontology").joinpath("data", name).read_bytes(), Loader=yaml.CSafeLoader)
    try:
        for key in ("verbs", "nouns", "modals", "modifiers"):
            raw[key] = {word: value for value, words in raw[key].items() for word in words}
        return msgspec.convert(raw, FactualityWords)
    except (KeyError, AttributeError, TypeError, msgspec.ValidationError) as error:
        raise OntologyError(f"Reading {name}: {error}.", todo="Correct the file.", file=name, key=str(error)) from error
