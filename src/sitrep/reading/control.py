"""Stage: control. Who holds, fights for, loses, sits in or is present at which place, since when."""

from __future__ import annotations

import msgspec

from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.model import Claim, Control, Event, LayerName, Layers
from sitrep.ontology.cues import ControlWords, load_control_words
from sitrep.ontology.factuality import FactualityWords, load_factuality
from sitrep.ontology.nouns import load_nouns
from sitrep.reading.control_extent import extent_in
from sitrep.reading.control_phrases import ControlPhrases, Holding
from sitrep.reading.page import Page
from sitrep.reading.relation_nodes import REAL, Nodes, clause_words, stands

AGENTS = frozenset({"actor", "attacker", "mover", "besieger"})
PLACES = frozenset({"place", "origin", "destination", "target"})
# bodies whose sitting in a place makes it a seat of government
SEATED = frozenset({"government"})
SINCE = frozenset({"since", "from"})


class ControlStage:
    """Dated states of control, asserted or inferred from what changed hands."""

    name = "control"
    version = "1"
    needs: frozenset[LayerName] = frozenset(
        {"sentences", "mentions", "actors", "places", "timexes", "quantities", "claims", "events", "relations"}
    )
    gives: frozenset[LayerName] = frozenset({"control"})

    def __init__(
        self,
        words: ControlWords | None = None,
        gazetteer: ActorGazetteer | None = None,
        factuality: FactualityWords | None = None,
    ) -> None:
        self._words = words or load_control_words()
        self._gazetteer = gazetteer or load_actors()
        self._factuality = factuality or load_factuality()
        self._phrases = ControlPhrases(self._words, load_nouns())

    def __call__(self, page: Page, /) -> Layers:
        """The control states of a page, in the order of the words that tell them."""
        return Layers(control=_Pass(page, self._words, self._phrases, self._gazetteer, self._factuality).run())


class _Pass:
    """One page being read for control."""

    def __init__(
        self,
        page: Page,
        words: ControlWords,
        phrases: ControlPhrases,
        gazetteer: ActorGazetteer,
        factuality: FactualityWords,
    ) -> None:
        self.page, self.parse = page, page.parse
        self.words, self.phrases, self.factuality = words, phrases, factuality
        self.nodes = Nodes(page, gazetteer)
        self.events = self._events_by_trigger()
        # a town that fell somewhere in a country is not the country
        self.countries = {place.id for place in page.layers.places if place.kind == "country"}

    def run(self) -> tuple[Control, ...]:
        """All states, told ones first, then those that events imply, then seats of government."""
        found: list[Holding] = []
        cues, parse = self.phrases.cues, self.parse
        for i, lemma in enumerate(parse.lemmas):
            if lemma in cues or parse.lowers[i] in cues or "-" in parse.lowers[i]:
                found += self.phrases.read(self.nodes, i, self._real, self._place_of)
        told = {row.cue for row in found}
        found += [row for event in page_events(self.page) for row in self._implied(event, told)]
        return close(merge([*(self._record(row) for row in found), *self._seats()]))

    def _events_by_trigger(self) -> dict[int, Event]:
        found: dict[int, Event] = {}
        for event in self.page.layers.events:
            for trigger in event.triggers:
                token = self.parse.token_at(trigger.start)
                if token is not None:
                    found.setdefault(token, event)
        return found

    def _place_of(self, i: int) -> str | None:
        """The place of the event that a word triggers, where the clause names none."""
        event = self.events.get(i)
        return event.place.id if event and event.place else None

    def _real(self, i: int) -> bool:
        """Whether the clause says that it is so."""
        return stands(self.page, i, self.factuality)

    def _record(self, row: Holding) -> Control:
        """The record of one state, dated by its event or its clause."""
        page, parse = self.page, self.parse
        event = self.events.get(row.cue)
        start = self._since_clause(row.cue) or (event.time.start if event and event.time and row.dated else None)
        start = start or self._since(row.cue, dated=row.dated)
        tokens = [row.holder_at, row.cue, *([row.place_at] if row.place_at is not None else [])]
        extent = extent_in(page, self.words, row.scope) if row.scope else None
        offset = parse.starts[row.cue]
        claims = tuple(claim.id for claim in page.layers.claims if _holds(claim, offset))
        return Control(
            id=page.id("t", row.place, row.holder, row.status, extent),
            place=row.place,
            holder=row.holder,
            status=row.status,
            start=start,
            end=None,
            extent=extent,
            basis="inferred" if row.dated else "asserted",
            claims=claims,
            evidence=tuple(clause_words(page, tokens)),
        )

    def _since(self, cue: int, *, dated: bool) -> str | None:
        """The date after "since" in the clause of a word; for a change of hands, any date of its clause."""
        parse = self.parse
        for timex in self.page.timexes_by_sentence.get(parse.sent_of[cue], []):
            token = parse.token_at(timex.evidence[0].start)
            if token is None or timex.type != "DATE" or cue not in parse.ancestors(token):
                continue
            if (token and parse.lowers[token - 1] in SINCE) or (dated and self._verb_of(token) == cue):
                return timex.start
        return None

    def _since_clause(self, cue: int) -> str | None:
        """The date in a clause with "since": "have driven them out |since the offensive began in May|"."""
        parse = self.parse
        clauses = [
            k for k in parse.kids(cue, "advcl") if any(parse.lowers[m] == "since" for m in parse.kids(k, "mark"))
        ]
        for timex in self.page.timexes_by_sentence.get(parse.sent_of[cue], []) if clauses else ():
            token = parse.token_at(timex.evidence[0].start)
            if token is not None and timex.type == "DATE" and self._verb_of(token) in clauses:
                return timex.start
        return None

    def _verb_of(self, token: int) -> int | None:
        """The nearest verb above a token."""
        return next((t for t in self.parse.ancestors(token) if self.parse.pos[t] in {"VERB", "AUX"}), None)

    def _implied(self, event: Event, told: set[int]) -> list[Holding]:
        """What an event that changed hands leaves: who holds the place, who lost it."""
        token = self.parse.token_at(event.trigger.start)
        status = self.words.events.get(event.type)
        lost = event.type in self.words.losses
        if token is None or event.factuality not in REAL or not (status or lost):
            return []
        if any(self.parse.token_at(trigger.start) in told for trigger in event.triggers):
            return []
        if event.type == "territory_gain" and self.parse.lemmas[token] in self.words.losing:
            status, lost = None, True
        place = next((a for a in event.arguments if a.role in PLACES and a.place), None)
        # a place carried over from another sentence is too little to say that it changed hands
        near = event.place if event.place and event.place.basis in {"stated", "target"} else None
        place_id = place.place if place and place.place else near.id if near else None
        if place_id is None or place_id in self.countries:
            return []
        place_at = self.parse.token_at(place.evidence[0].start) if place else None
        found: list[Holding] = []
        for argument in event.arguments:
            at = self.parse.token_at(argument.evidence[0].end - 1)
            if argument.actor is None or at is None or self.parse.sent_of[at] != self.parse.sent_of[token]:
                continue
            if argument.role == "former_holder" or (lost and argument.role in AGENTS):
                found.append(Holding("lost", place_id, place_at, argument.actor, at, token, True, None))
            elif status and argument.role in AGENTS:
                found.append(Holding(status, place_id, place_at, argument.actor, at, token, True, None))
        return found

    def _seats(self) -> list[Control]:
        """A government located in a place sits there."""
        actors = {actor.id: actor for actor in self.page.layers.actors}
        places = {place.id for place in self.page.layers.places}
        found: list[Control] = []
        for relation in self.page.layers.relations:
            actor = actors.get(relation.subject)
            if relation.type != "located_in" or relation.object not in places or actor is None:
                continue
            if self._governs(relation.evidence[0].quote, actor.kind):
                found.append(
                    Control(
                        id=self.page.id("t", relation.object, relation.subject, "seat", None),
                        place=relation.object,
                        holder=relation.subject,
                        status="seat",
                        start=relation.start,
                        end=relation.end,
                        evidence=relation.evidence,
                    )
                )
        return found

    def _governs(self, quote: str, kind: str) -> bool:
        words = quote.lower().split()
        return kind in SEATED or any(word in {"government", "parliament", "administration"} for word in words)


def page_events(page: Page) -> tuple[Event, ...]:
    """The events of a page."""
    return page.layers.events


def merge(rows: list[Control]) -> list[Control]:
    """One state for each place, holder, status and extent, with all the words that tell it."""
    found: dict[tuple[object, ...], Control] = {}
    for row in rows:
        key = (row.place, row.holder, row.status, row.extent)
        old = found.get(key)
        if old is None:
            found[key] = row
            continue
        starts = [start for start in (old.start, row.start) if start]
        found[key] = msgspec.structs.replace(
            old,
            start=min(starts) if starts else None,
            basis="asserted" if "asserted" in (old.basis, row.basis) else "inferred",
            claims=tuple(dict.fromkeys((*old.claims, *row.claims))),
            evidence=tuple(dict.fromkeys((*old.evidence, *row.evidence))),
        )
    return list(found.values())


def close(rows: list[Control]) -> tuple[Control, ...]:
    """End a holding where the same holder later lost the whole place."""
    lost = {(row.place, row.holder): row.start for row in rows if row.status == "lost" and not row.extent and row.start}
    found: list[Control] = []
    for row in rows:
        end = lost.get((row.place, row.holder))
        if row.status == "holds" and end and (row.start is None or row.start <= end):
            found.append(msgspec.structs.replace(row, end=end))
        else:
            found.append(row)
    return tuple(found)


def _holds(claim: Claim, offset: int) -> bool:
    return any(part.start <= offset < part.end for part in claim.content)
