"""Stage: decisions. Requests, approvals, orders and refusals, chained to the event that they are about."""

from __future__ import annotations

from collections import Counter

import msgspec

from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.model import Actor, Decision, DecisionStep, Event, Evidence, LayerName, Layers, StepKind
from sitrep.ontology.cues import DecisionWords, load_decision_words
from sitrep.ontology.factuality import FactualityWords, load_factuality
from sitrep.reading.decision_conditions import barred_in, conditions_in
from sitrep.reading.decision_steps import Step, Steps
from sitrep.reading.page import Page
from sitrep.reading.relation_nodes import REAL, Nodes, clause_words

ORDER: tuple[StepKind, ...] = (
    "requested", "vetted", "approved", "ordered", "refused", "carried_out", "denied", "assessed",
)  # fmt: skip
# the roles of those who do what was decided on
DOERS = frozenset(
    {"attacker", "actor", "mover", "captor", "provider", "deployer", "besieger", "recruiter", "mediator", "participant"}
)
# steps that alone do not make a decision
WEAK = frozenset({"carried_out", "assessed", "denied"})


class Decisions:
    """Chains of decision: who asked for, approved, ordered, carried out or refused what."""

    name = "decisions"
    version = "1"
    needs: frozenset[LayerName] = frozenset({"sentences", "mentions", "actors", "timexes", "claims", "events"})
    gives: frozenset[LayerName] = frozenset({"decisions"})

    def __init__(
        self,
        words: DecisionWords | None = None,
        gazetteer: ActorGazetteer | None = None,
        factuality: FactualityWords | None = None,
    ) -> None:
        self._words = words or load_decision_words()
        self._gazetteer = gazetteer or load_actors()
        self._steps = Steps(self._words, factuality or load_factuality())

    def __call__(self, page: Page, /) -> Layers:
        """The decisions of a page, in the order of their first step."""
        nodes = Nodes(page, self._gazetteer)
        steps: list[Step] = []
        for i, lemma in enumerate(page.parse.lemmas):
            if lemma in self._steps.cues or lemma.lower() in self._steps.cues:
                steps += self._steps.read(nodes, i)
        return Layers(decisions=_Chains(page, self._words, steps).run())


class _Chains:
    """The steps of one page, joined by what they are about."""

    def __init__(self, page: Page, words: DecisionWords, steps: list[Step]) -> None:
        self.page, self.parse, self.words = page, page.parse, words
        self.steps = steps
        self.event_at: dict[int, Event] = {}
        for event in page.layers.events:
            for trigger in event.triggers:
                token = page.parse.token_at(trigger.start)
                if token is not None:
                    self.event_at.setdefault(token, event)
        self.actors: dict[str, Actor] = {actor.id: actor for actor in page.layers.actors}

    def run(self) -> tuple[Decision, ...]:
        """One decision for each event decided on, and one for what is still to come."""
        abouts = self._abouts()
        groups: dict[tuple[str | None, bool], list[Step]] = {}
        for n, step in enumerate(self.steps):
            target = abouts[n] or self._neighbour(n, abouts)
            if target is None and (step.actor is None or not self._has_matter(step)):
                continue
            groups.setdefault((target, step.future), []).append(step)
        found = [self._decision(about, steps, future=future) for (about, future), steps in groups.items()]
        return self._barred([decision for decision in found if decision])

    def _abouts(self) -> list[str | None]:
        """The event that the matter of each step names; where it names several, the one that most steps name."""
        named = [self._named(step) for step in self.steps]
        counts = Counter(event for events in named for event in events)
        return [
            max(events, key=lambda event: (counts[event], -events.index(event))) if events else None for events in named
        ]

    def _named(self, step: Step) -> list[str]:
        found = [
            self.event_at[t] for token in step.matter for t in self._span(token) if t in self.event_at and t != step.cue
        ]
        return list(dict.fromkeys(event.id for event in found if event.type not in self.words.verbal))

    def _barred(self, found: list[Decision]) -> tuple[Decision, ...]:
        """What the report says will not be done is a condition of its main decision."""
        barred = barred_in(self.page, self.words.conditions)
        if not found or not barred:
            return tuple(found)
        main = max(found, key=lambda decision: len(decision.steps))
        return tuple(
            msgspec.structs.replace(decision, conditions=tuple(dict.fromkeys((*decision.conditions, *barred))))
            if decision is main
            else decision
            for decision in found
        )

    def _span(self, token: int) -> range:
        return range(self.parse.left[token], min(self.parse.right[token], token + 14))

    def _has_matter(self, step: Step) -> bool:
        """Whether a step without an event still says what it is about."""
        return any(self.parse.lemmas[t] in self.words.matters for token in step.matter for t in self._span(token))

    def _of_request(self, step: Step) -> bool:
        """Whether a step answers a request that was told before: "agreed to the request"."""
        if step.kind not in ("approved", "refused"):
            return False
        return any(self.parse.lemmas[token] in self.words.nouns["requested"] for token in step.matter)

    def _neighbour(self, n: int, abouts: list[str | None]) -> str | None:
        """What the other steps of the sentence are about; else the steps of the same actors; else the one chain."""
        step = self.steps[n]
        if self._of_request(step):
            asked = [
                about
                for other, about in zip(self.steps[:n], abouts, strict=False)
                if about and other.kind == "requested"
            ]
            return asked[-1] if asked else None
        if not (self._has_matter(step) or not step.matter):
            return None
        sent = self.parse.sent_of[step.cue]
        pairs = [(other, about) for other, about in zip(self.steps, abouts, strict=True) if about and other is not step]
        near = [about for other, about in pairs if self.parse.sent_of[other.cue] == sent]
        same = [about for other, about in pairs if step.actor and other.actor == step.actor and other.kind == step.kind]
        # a request for help is one for what was then approved, where one thing was
        granted = list(dict.fromkeys(about for other, about in pairs if not other.future and other.kind == "approved"))
        one = granted if len(granted) == 1 and step.kind == "requested" else []
        return next(iter((*near, *same, *one)), None)

    def _decision(self, about: str | None, steps: list[Step], *, future: bool) -> Decision | None:
        if all(step.kind in WEAK for step in steps) or not any(step.actor for step in steps):
            return None
        page = self.page
        event = next((event for event in page.layers.events if event.id == about), None)
        rows = [self._step(step, event) for step in steps]
        if event and not future:
            rows += [*self._outcome(event), *self._denials(event)]
        rows = _unique(rows)
        rows.sort(key=lambda row: (ORDER.index(row.step), row.evidence[0].start))
        sentences = {self.parse.sent_of[step.cue] for step in steps}
        if event:
            starts = [self.parse.token_at(part.start) for part in (*event.triggers, *event.evidence)]
            sentences |= {self.parse.sent_of[token] for token in starts if token is not None}
        conditions = conditions_in(page, self.words.conditions, sorted(sentences))
        first = min(row.evidence[0].start for row in rows)
        return Decision(
            id=page.id("d", about, future, first), about=about, steps=tuple(rows), conditions=tuple(conditions)
        )

    def _step(self, step: Step, about: Event | None) -> DecisionStep:
        event = self.event_at.get(step.cue)
        tokens = [step.cue, *([step.actor_at] if step.actor_at is not None else []), *step.matter[:1]]
        return DecisionStep(
            step=step.kind,
            actor=step.actor,
            event=event.id if event and event is not about else None,
            time=event.time.start if event and event.time else None,
            evidence=tuple(clause_words(self.page, tokens)),
        )

    def _outcome(self, event: Event) -> list[DecisionStep]:
        """The event itself as a step: carried out by whom, or denied by whom."""
        time = event.time.start if event.time else None
        evidence: tuple[Evidence, ...] = (event.trigger,)
        if event.factuality in REAL:
            doers = [a for a in event.arguments if a.role in DOERS and a.actor]
            who = doers[0] if doers else None
            words = (*who.evidence[:1], event.trigger) if who else evidence
            return [
                DecisionStep(step="carried_out", actor=who and who.actor, event=event.id, time=time, evidence=words)
            ]
        return []

    def _denials(self, event: Event) -> list[DecisionStep]:
        """Who denies the event."""
        return [
            DecisionStep(
                step="denied", actor=claim.speaker.actor, event=event.id, time=None, evidence=claim.cue or claim.content
            )
            for claim in self.page.layers.claims
            if claim.stance == "denies" and claim.id in event.claims and claim.speaker
        ]


def _unique(rows: list[DecisionStep]) -> list[DecisionStep]:
    """One step for each kind and actor, with all the words that tell it."""
    found: dict[tuple[str, str | None], DecisionStep] = {}
    for row in rows:
        key = (row.step, row.actor)
        old = found.get(key)
        if old is None:
            found[key] = row
            continue
        found[key] = DecisionStep(
            step=row.step,
            actor=row.actor,
            event=old.event or row.event,
            time=old.time or row.time,
            evidence=tuple(dict.fromkeys((*old.evidence, *row.evidence))),
        )
    named = {step for step, actor in found if actor}
    return [row for (step, actor), row in found.items() if actor or step not in named]
