"""The steps of decisions: who asked, approved, ordered, vetted, refused, and what about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sitrep.model import StepKind
from sitrep.ontology.cues import DecisionWords
from sitrep.ontology.factuality import FactualityWords
from sitrep.reading.factuality import judge
from sitrep.reading.frames import Frame, noun_frame, verb_frame
from sitrep.reading.relation_nodes import NEGATIONS, Nodes
from sitrep.reading.triggers import Hit

FUTURE = frozenset({"planned", "hypothetical", "threatened"})
# the first of these slots that names somebody is who takes the step
OWNERS = ("poss", "prep:from", "prep:by", "prep:of", "adjective")
MATTER_PREPS = ("for", "to", "of", "on", "off")
CARRIED = frozenset({"dobj", "nsubjpass"})
PAST_MODALS = frozenset({"would", "could", "might", "should", "may"})
NOT_ACTING = frozenset({"civilians"})


class Step(NamedTuple):
    """One step in tokens. matter: tokens of what it is about. future: still to be taken."""

    kind: StepKind
    cue: int
    actor: str | None
    actor_at: int | None
    matter: tuple[int, ...]
    future: bool


class Steps:
    """Reads the words of decision."""

    def __init__(self, words: DecisionWords, factuality: FactualityWords) -> None:
        self._words = words
        self._factuality = factuality
        self._verbs: dict[str, list[tuple[StepKind, str]]] = {}
        for kind, phrases in words.verbs.items():
            for phrase in phrases:
                first, *rest = phrase.split()
                self._verbs.setdefault(first, []).append((kind, rest[-1] if rest else ""))
        self._nouns: dict[str, StepKind] = {noun: kind for kind, names in words.nouns.items() for noun in names}
        self.cues = frozenset({*self._verbs, *self._nouns})

    def read(self, nodes: Nodes, i: int) -> Iterator[Step]:
        """The steps that a word tells."""
        parse = nodes.parse
        lemma, pos = parse.lemmas[i].lower(), parse.pos[i]
        if pos == "VERB" and lemma in self._verbs:
            yield from self._verb(nodes, i, self._verbs[lemma])
        elif pos == "NOUN" and lemma in self._words.mistaken and i and parse.pos[i - 1] == "CCONJ":
            yield from self._mistaken(nodes, i, self._verbs.get(lemma, []))
        elif pos == "NOUN" and lemma in self._nouns and parse.deps[i] not in {"compound", "nmod"}:
            yield from self._noun(nodes, i, self._nouns[lemma])

    def _verb(self, nodes: Nodes, i: int, cues: list[tuple[StepKind, str]]) -> Iterator[Step]:
        parse = nodes.parse
        frame = verb_frame(parse, i)
        for kind, particle in cues:
            matter = self._matter(nodes, i, frame, particle)
            if matter is None:
                continue
            if parse.lemmas[i] == "seek" and frame.complement is not None and not frame.object:
                # "sought to encircle": tried, not asked
                continue
            verdict = self._factual(nodes, i, frame)
            if verdict is None:
                return
            subjects = nodes.actors(frame.subject)
            actor = next(((a.id, at) for at, a in subjects if a.kind not in NOT_ACTING), None)
            yield Step(kind, i, actor[0] if actor else None, actor[1] if actor else None, matter, verdict)
            return

    def _mistaken(self, nodes: Nodes, i: int, cues: list[tuple[StepKind, str]]) -> Iterator[Step]:
        """Such as "would stay involved and vet proposed strikes": the subject of the verb before, the nouns after."""
        parse = nodes.parse
        begin, end = parse.sentence(i)
        before = [t for t in range(begin, i) if parse.pos[t] in {"VERB", "AUX"} and parse.kids(t, "nsubj", "nsubjpass")]
        after = [t for t in range(i + 1, min(end, i + 5)) if parse.pos[t] == "NOUN"]
        if not before or not after or not cues:
            return
        verb = before[-1]
        frame = verb_frame(parse, verb)
        future = self._factual(nodes, verb, frame)
        actors = nodes.actors(frame.subject)
        if future is not None and actors:
            yield Step(cues[0][0], i, actors[0][1].id, actors[0][0], tuple(after[:1]), future)

    def _matter(self, nodes: Nodes, i: int, frame: Frame, particle: str) -> tuple[int, ...] | None:
        """The tokens of what a verb asks for or decides on; None where its preposition or particle is not there."""
        parse = nodes.parse
        if particle:
            with_particle = any(parse.lowers[k] == particle for k in parse.kids(i, "prt", "prep", "advmod"))
            if not with_particle:
                return None
        tokens: list[int] = []
        if particle in frame.preps:
            tokens += frame.preps[particle]
        tokens += frame.object
        tokens += [t for prep in MATTER_PREPS for t in frame.preps.get(prep, [])]
        if frame.complement is not None:
            tokens.append(frame.complement)
        return tuple(dict.fromkeys(tokens))

    def _noun(self, nodes: Nodes, i: int, kind: StepKind) -> Iterator[Step]:
        """Such as "a request for assistance from the government", "gave its approval"."""
        parse = nodes.parse
        frame = noun_frame(parse, i)
        answered = self._answered(nodes, i)
        verdict = False if answered is not None else self._factual(nodes, i, frame)
        if verdict is None:
            return
        owner = next(
            (found[0] for slot in OWNERS if (found := nodes.actors(frame.slot(slot) if slot != "prep:of" else []))),
            None,
        )
        head, dep = parse.heads[i], parse.deps[i]
        if owner is None and dep in CARRIED and parse.pos[head] == "VERB":
            carrier = verb_frame(parse, head)
            if parse.lemmas[head] in self._words.carriers:
                owner = next(iter(nodes.actors(carrier.subject)), None)
            elif parse.lemmas[head] in self._words.receivers:
                owner = next(iter(nodes.actors(carrier.preps.get("from", []))), None)
        if owner is None and dep == "pobj" and parse.lowers[head] in {"at", "upon", "on"}:
            owner = next(iter(nodes.actors(frame.preps.get("of", []))), None)
        if dep == "pobj" and parse.lowers[head] in {"at", "upon"} and parse.pos[parse.heads[head]] == "VERB":
            # "would strike at the government's request": the request comes with the strike
            verb = parse.heads[head]
            verdict = self._factual(nodes, verb, verb_frame(parse, verb))
            if verdict is None:
                return
        if owner is None:
            inner = [t for prep in ("for", "to") for t in frame.preps.get(prep, [])]
            sources = [
                p
                for t in inner
                for k in parse.kids(t, "prep")
                if parse.lowers[k] == "from"
                for p in parse.kids(k, "pobj")
            ]
            owner = next(iter(nodes.actors(sources)), None)
        matter = [t for prep in ("for", "to", "of") for t in frame.preps.get(prep, [])]
        matter += parse.kids(i, "acl")
        if answered is not None and not matter:
            # "turned down a request from the rebels for a truce": the last words may hang on the verb
            matter = verb_frame(parse, answered).preps.get("for", [])
        if dep == "pobj" and parse.lowers[head] in {"at", "upon"}:
            matter = [_deed(nodes, parse.heads[head])]
        if owner is None:
            return
        yield Step(kind, i, owner[1].id, owner[0], tuple(matter), verdict)

    def _answered(self, nodes: Nodes, i: int) -> int | None:
        """The verb that refuses or grants a request: what was refused was asked for."""
        parse = nodes.parse
        verb = parse.heads[i]
        if parse.deps[i] not in CARRIED or parse.pos[verb] != "VERB":
            return None
        kinds = {kind for kind, _ in self._verbs.get(parse.lemmas[verb], [])}
        if not kinds & {"refused", "approved"} or self._factual(nodes, verb, verb_frame(parse, verb)) is not False:
            return None
        return verb

    def _factual(self, nodes: Nodes, i: int, frame: Frame) -> bool | None:
        """False for a step taken, True for one to come, None for one denied or only imagined away."""
        parse = nodes.parse
        carriers = [i, *([frame.light] if frame.light is not None else [])]
        for node in carriers:
            for k in parse.children[node]:
                if parse.lowers[k] in NEGATIONS and parse.deps[k] in {"neg", "advmod", "det"}:
                    return None
        marks = {parse.lowers[k] for k in parse.kids(i, "mark")}
        aux = {parse.lowers[k] for k in parse.kids(i, "aux")}
        if marks & {"whether", "if"} or ("have" in aux and aux & PAST_MODALS):
            # "unclear whether it will approve", "would have approved": no step, nor one to come
            return None
        if any(parse.lowers[k] == "if" for clause in parse.kids(i, "advcl") for k in parse.kids(clause, "mark")):
            return None
        noun = parse.pos[i] == "NOUN"
        verdict = judge(nodes.page, Hit(i, "", frame, 1.0, noun=noun, last=i), self._factuality, []).factuality
        if verdict in {"denied", "negated"}:
            return None
        return verdict in FUTURE or (parse.deps[i] == "pcomp" and _responsible(nodes, i))


def _deed(nodes: Nodes, verb: int) -> int:
    """What was done at somebody's request: in "acting at its request, the army bombed the port", the bombing."""
    parse = nodes.parse
    if parse.lemmas[verb] in {"act", "come", "move", "respond"} and parse.deps[verb] == "advcl":
        return parse.heads[verb]
    return verb


def _responsible(nodes: Nodes, i: int) -> bool:
    """Such as "will be responsible for approving": a duty to come."""
    parse = nodes.parse
    return any(
        parse.pos[t] in {"VERB", "AUX"} and any(parse.tags[k] == "MD" for k in parse.kids(t, "aux"))
        for t in parse.ancestors(i)
    )
