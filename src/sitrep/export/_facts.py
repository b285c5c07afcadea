"""One reading with its parts by id, as exports ask for them."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property, lru_cache

from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.model import Actor, Argument, Event, Evidence, Place, Quantity, Reading
from sitrep.ontology.codebooks import Country, load_countries
from sitrep.ontology.load import load_ontology


@lru_cache(maxsize=1)
def gazetteer() -> ActorGazetteer:
    """The actor gazetteer, loaded once."""
    return load_actors()


class Facts:
    """The parts of a reading by their ids."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.actors = {actor.id: actor for actor in reading.actors}
        self.places = {place.id: place for place in reading.places}
        self.claims = {claim.id: claim for claim in reading.claims}
        self.quantities = {quantity.id: quantity for quantity in reading.quantities}
        self.ontology = load_ontology()

    @cached_property
    def mentions(self) -> list[tuple[int, int, Actor]]:
        """Where actors are mentioned, in text order."""
        spans = {mention.id: mention.evidence[0] for mention in self.reading.mentions if mention.evidence}
        found = [
            (spans[name].start, spans[name].end, actor)
            for actor in self.reading.actors
            for name in actor.mentions
            if name in spans
        ]
        return sorted(found, key=lambda mention: mention[:2])

    @cached_property
    def spans(self) -> dict[str, tuple[Evidence, ...]]:
        """The words of each mention, by its id."""
        return {mention.id: mention.evidence for mention in self.reading.mentions}

    @cached_property
    def dated(self) -> dict[str, tuple[Evidence, ...]]:
        """The words of each time expression, by its id."""
        return {timex.id: timex.evidence for timex in self.reading.timexes}

    def label_of(self, event: Event) -> str:
        """An event's type in words."""
        kind = self.ontology.events.get(event.type)
        return kind.label if kind else event.type

    @cached_property
    def named(self) -> frozenset[str]:
        """Ids of the actors whom the report calls by a name."""
        names = {mention.id for mention in self.reading.mentions if mention.form == "name"}
        return frozenset(
            actor.id for actor in self.reading.actors if actor.link or not names.isdisjoint(actor.mentions)
        )

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.reading.sentences]

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds an offset, -1 where none does."""
        i = bisect_right(self._sentence_starts, offset) - 1
        return i if i >= 0 and offset < self.reading.sentences[i].end else -1

    def place_of(self, event: Event) -> Place | None:
        """Where an event happened."""
        return self.places.get(event.place.id) if event.place else None

    def country(self, iso3: str | None) -> Country | None:
        """A country by its ISO code."""
        return load_countries().get(iso3) if iso3 else None

    def words_of_place(self, event: Event) -> tuple[Evidence, ...]:
        """The words that name where an event happened: its own argument, else the place's first mention."""
        place = self.place_of(event)
        if place is None:
            return ()
        near = next((argument.evidence for argument in event.arguments if argument.place == place.id), None)
        return near or next((self.spans[name] for name in place.mentions if name in self.spans), ())

    def side(self, event: Event, side: str) -> list[Argument]:
        """The arguments on one side of an event."""
        roles = self.ontology.roles
        return [
            argument
            for argument in event.arguments
            if argument.evidence and argument.role in roles and roles[argument.role].side == side
        ]

    def actor_in(self, argument: Argument) -> Actor | None:
        """Who an argument is: its actor, or the first actor named inside its words ("rebel positions")."""
        if argument.actor:
            return self.actors.get(argument.actor)
        if argument.text is None:
            return None
        words = argument.evidence[0]
        return next((actor for start, end, actor in self.mentions if words.start <= start and end <= words.end), None)

    def label(self, argument: Argument) -> str:
        """An argument in words."""
        if argument.actor in self.actors:
            return self.actors[argument.actor].name
        if argument.place in self.places:
            return self.places[argument.place].name
        return argument.text or (argument.evidence[0].quote if argument.evidence else "")

    def side_names(self, event: Event, side: str) -> list[str]:
        """The names of those on one side of an event, each once."""
        return list(dict.fromkeys(name for argument in self.side(event, side) if (name := self.label(argument))))

    def speakers(self, event: Event) -> list[str]:
        """Who says that an event happened, each once."""
        names = [
            self.actors[speaker.actor].name
            if speaker.actor in self.actors
            else " ".join(part.quote for part in speaker.evidence)
            for name in event.claims
            if name in self.claims and (speaker := self.claims[name].speaker)
        ]
        return list(dict.fromkeys(filter(None, names)))

    def figures(self, event: Event, kind: str) -> list[Quantity]:
        """The whole figures of a kind that an event has; parts of others and running totals are left out."""
        return [
            self.quantities[name]
            for name in event.quantities
            if name in self.quantities
            and self.quantities[name].kind == kind
            and not self.quantities[name].cumulative
            and self.quantities[name].part_of not in event.quantities
        ]

    def linked(self, actor: Actor) -> str:
        """The gazetteer's id of an actor, empty where there is none."""
        return actor.link.id if actor.link else ""


def namesakes(place: Place | None, most: int | None = None) -> str:
    """The other places that bear a place's name, the likeliest first; at most so many."""
    others = [one for one in place.candidates if one.geonames != place.geonames] if place else []
    return "; ".join(f"{one.name} ({one.admin1 or one.kind}, {one.country})" for one in others[:most])


def quote(parts: tuple[Evidence, ...]) -> str:
    """Evidence as one text."""
    return " […] ".join(part.quote for part in parts)
