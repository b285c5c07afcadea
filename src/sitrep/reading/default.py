"""The default reader: which stages run, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sitrep.gazetteer.actors import load_actors
from sitrep.gazetteer.places import load_places
from sitrep.ontology.factuality import load_factuality
from sitrep.ontology.load import load_ontology
from sitrep.ontology.nouns import load_nouns
from sitrep.reading.actors import Actors
from sitrep.reading.claims import Claims
from sitrep.reading.control import ControlStage
from sitrep.reading.decisions import Decisions
from sitrep.reading.events import Events
from sitrep.reading.mentions import Mentions
from sitrep.reading.parser import Parser
from sitrep.reading.participants import Participants
from sitrep.reading.places import Places
from sitrep.reading.quantities import Quantities
from sitrep.reading.reader import Reader
from sitrep.reading.relations import Relations
from sitrep.reading.sentences import Sentences
from sitrep.reading.times import Times


def default_reader(
    progress: Callable[[str], None] | None = None,
    parser: Parser | None = None,
    *,
    rules: bool = False,
    weights: Path | None = None,
) -> Reader:
    """A Reader with the shipped ontology and gazetteers, and the trained reader where its weights are.

    progress: told when the place gazetteer is built. rules: read without the trained reader.
    weights: a folder with weights other than the shipped ones.
    """
    from sitrep.reading.learned.reader import default_learned

    ontology = load_ontology()
    actors = load_actors()
    places = load_places(progress)
    nouns = load_nouns()
    classes = {name: frozenset(words) for name, words in ontology.fillers.items()}
    stages = (
        Sentences(),
        Times(),
        Mentions(actors, places, nouns),
        Actors(actors, nouns),
        Places(places, actors),
        Quantities(),
        Claims(),
        Events(ontology.events, nouns, load_factuality(), classes),
        Relations(),
        ControlStage(),
        Decisions(),
        Participants(),
    )
    digests = {"ontology": ontology.digest, "gazetteer": f"{actors.digest}+{places.digest}"}
    return Reader(stages, digests=digests, parser=parser, learned=None if rules else default_learned(weights))
