"""Stage: events. Triggers become drafts, drafts that tell one event become one, each with all its words."""

from __future__ import annotations

from sitrep.model import Claim, Event, EventPlace, EventTime, LayerName, Layers, PassedOver, Reason
from sitrep.ontology.factuality import FactualityWords
from sitrep.ontology.nouns import Nouns
from sitrep.ontology.types import EventType
from sitrep.reading.event_context import Surroundings, is_background
from sitrep.reading.event_draft import EventDraft, figurative, fill, other_side
from sitrep.reading.event_figures import bind, bind_strays
from sitrep.reading.event_fold import chosen_place, fold, under_fire
from sitrep.reading.event_learned import complete, unlikely
from sitrep.reading.event_merge import across, in_sentence
from sitrep.reading.event_places import place_argument, settle
from sitrep.reading.event_worth import NEEDS_ACTOR, not_coded, passed_over
from sitrep.reading.factuality import judge
from sitrep.reading.fillers import Fillers
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.triggers import Hit, Lexicon

# places and times carry over to later sentences this far
CARRY = 3
# why a draft is passed over that an argument of the trained reader may mend
LACKING = frozenset({"no_actor", "bare"})
HEADLINES = frozenset({"headline", "deck"})
OCCASIONS = frozenset({"occasion", "time", "instance", "case", "year", "month", "war", "conflict"})


class Events:
    """What happened, by the ontology's triggers and role frames over the parse."""

    name = "events"
    version = "1"
    needs: frozenset[LayerName] = frozenset(
        {"sentences", "mentions", "actors", "places", "timexes", "quantities", "claims"}
    )
    gives: frozenset[LayerName] = frozenset({"events", "passed_over"})

    def __init__(
        self, types: dict[str, EventType], nouns: Nouns, words: FactualityWords, classes: dict[str, frozenset[str]]
    ) -> None:
        self.types = types
        self.nouns = nouns
        self.words = words
        self.classes = classes
        self.lexicon = Lexicon(types)

    def __call__(self, page: Page, /) -> Layers:
        fillers = Fillers(page, self.nouns, self.classes)
        by_sentence: dict[int, list[EventDraft]] = {}
        passed: list[PassedOver] = []
        surroundings = Surroundings(page)
        home = surroundings.country.country if surroundings.country else None
        for hit in self.lexicon.hits(fillers):
            draft = self.draft(page, hit, fillers, home)
            if isinstance(draft, PassedOver):
                passed.append(draft)
            elif draft:
                by_sentence.setdefault(draft.sentence, []).append(draft)
        drafts: list[EventDraft] = []
        carried: tuple[int, EventPlace | None, EventTime | None] = (-CARRY, None, None)
        for sentence in sorted(by_sentence):
            group = by_sentence[sentence]
            near = sentence - carried[0] <= CARRY
            head = surroundings.dated_head(sentence)
            if head:
                carried, near = (sentence, carried[1] if near else None, head), True
            for draft in group:
                draft.place = surroundings.place_of(draft.hits[0], carried[1] if near else None)
                draft.time = surroundings.time_of(draft.hits[0], carried[2] if near else None)
                if head and draft.time and draft.time.basis in ("context", "published"):
                    draft.time = head
                draft.background = draft.background or is_background(draft.time, page.report.published.value)
                if draft.background and draft.place and draft.place.basis == "context":
                    # history does not happen where the news does
                    draft.place = surroundings.place_of(draft.hits[0], None)
                draft.places = [draft.place] if draft.place else []
            group = in_sentence(page, group, self.types)
            bind(page, group, sentence, self.types)
            drafts += group
            stated = [d for d in group if d.place and d.place.basis not in ("context", "near")]
            dated = [d for d in group if d.time and d.time.basis != "context" and not d.background]
            if carried[2] and carried[2].basis != "published":
                dated = [d for d in dated if d.time and d.time.basis != "published"]
            # what a relative clause recalls is not the time of the story
            dated.sort(key=lambda d: surroundings.aside(d.hits[0].token))
            if near and carried[2] and dated and surroundings.aside(dated[0].hits[0].token):
                dated = []
            carried = (
                sentence,
                stated[0].place if stated else carried[1] if near else None,
                dated[0].time if dated else carried[2] if near else None,
            )
        bind_strays(page, drafts, surroundings, self.types)
        events = fold(page, across(page, under_fire(drafts), self.types), self.types)
        for draft in events:
            draft.place = chosen_place(page, draft)
        coded: list[EventDraft] = []
        for draft in events:
            reason = not_coded(page, draft, self.types)
            if page.learned is not None and reason in (None, *LACKING):
                complete(page, page.learned, draft, self.types[draft.type], fillers, home)
                reason = not_coded(page, draft, self.types)
            if reason is None and page.learned and unlikely(page, page.learned, draft, self.types[draft.type]):
                reason = "unlikely"
            if reason is None:
                coded.append(draft)
            else:
                passed += [passed_over(page, hit, draft.type, reason) for hit in draft.hits]
        settle(page, coded, self.types)
        return Layers(
            events=tuple(self.record(page, draft) for draft in coded),
            passed_over=tuple(sorted(passed, key=lambda one: one.trigger.start)),
        )

    def draft(self, page: Page, hit: Hit, fillers: Fillers, home: str | None) -> EventDraft | PassedOver | None:
        """One trigger as a draft event; None where its type's required roles stay empty."""
        kind = self.types[hit.type]
        arguments = fill(page, hit, kind, fillers, home)
        if arguments is None:
            return None
        if figurative(page, hit, arguments, fillers):
            return passed_over(page, hit, hit.type, "figurative")
        if kind.parent in NEEDS_ACTOR:
            arguments += other_side(page, hit, kind, arguments)
        parse = page.parse
        offset = parse.starts[hit.token]
        claims = [claim for claim in page.layers.claims if holds_word(claim, offset, parse.ends[hit.token])]
        passage = page.passage(offset)
        sentence = parse.sent_of[hit.token]
        return EventDraft(
            type=hit.type,
            hits=[hit],
            arguments=arguments,
            verdict=judge(page, hit, self.words, claims),
            sentence=sentence,
            sentences=[sentence],
            weight=hit.weight,
            claims=[claim.id for claim in claims],
            headline=passage is not None and passage.kind in HEADLINES,
            background=told_as_past(parse, hit, self.words),
        )

    def record(self, page: Page, draft: EventDraft) -> Event:
        """The record of a finished draft."""
        parse = page.parse
        hits = sorted(draft.hits, key=lambda hit: hit.token)
        triggers = tuple(page.words(hit.token, hit.last + 1) for hit in hits)
        weapon = next((a.evidence[0].quote for a in draft.arguments if a.role == "instrument"), None)
        reason = draft.verdict.reason
        if draft.background and reason is None:
            timexes = [t for t in page.layers.timexes if draft.time and t.id == draft.time.timex]
            reason = Reason(kind="background", evidence=timexes[0].evidence if timexes else (triggers[0],))
        quantities = tuple(dict.fromkeys(quantity.id for quantity in draft.quantities))
        sentences = sorted(draft.sentences)
        place = place_argument(page, draft)
        if place is not None:
            draft.arguments.append(place)
        score = round(draft.weight * (0.7 + 0.3 * min(1.0, len(draft.arguments) / 2)) * (1.0 if draft.real else 0.8), 3)
        return Event(
            id=page.id("e", draft.type, triggers[0].start, triggers[0].end),
            type=draft.type,
            trigger=triggers[0],
            triggers=triggers,
            factuality=draft.verdict.factuality,
            reason=reason,
            background=draft.background,
            arguments=tuple(draft.arguments),
            place=draft.place,
            time=draft.time,
            weapon=weapon,
            quantities=quantities,
            claims=tuple(dict.fromkeys(draft.claims)),
            causes=(),
            headline=draft.headline,
            evidence=tuple(page.sentence_evidence(parse.sents[s][0]) for s in sentences),
            score=score,
        )


def holds_word(claim: Claim, start: int, end: int) -> bool:
    """Whether the content of a claim covers the characters [start, end)."""
    return any(part.start <= start and end <= part.end for part in claim.content)


def told_as_past(parse: Parse, hit: Hit, words: FactualityWords) -> bool:
    """Whether the clause itself sets the event before the news ("on two prior occasions", "previous strikes")."""
    own = [parse.lowers[k] for k in parse.kids(hit.token, "amod")] if hit.noun else []
    verb = hit.frame.verb
    if verb is not None:
        for prep in parse.kids(verb, "prep"):
            for noun in parse.kids(prep, "pobj"):
                if parse.lemmas[noun] in OCCASIONS:
                    own += [parse.lowers[k] for k in parse.kids(noun, "amod")]
    return any(words.modifiers.get(word) == "past" for word in own)
