"""Words that name events: the ontology's triggers, indexed by lemma and tested against the frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from sitrep.ontology.types import EventType, NounTrigger, VerbTrigger
from sitrep.reading.fillers import Fillers
from sitrep.reading.frames import Frame, noun_frame, verb_frame, with_conjuncts
from sitrep.reading.parse import Parse

# a trigger whose noun or object this word governs as a whole is a name or a figure of speech
# how the fixed words of a multiword trigger hang on its verb
FIXED = frozenset(
    {"prt", "prep", "dobj", "advmod", "pobj", "acomp", "oprd", "xcomp", "attr", "dative", "agent", "amod"}
)
SKIPPED_NOUN_DEPS = frozenset({"compound", "nmod", "amod"})


class Hit(NamedTuple):
    """A trigger found at a token, with its event type, frame and the sureness of its sense.

    last: the last token of a multiword trigger ("blew up"), the token itself for a single word.
    """

    token: int
    type: str
    frame: Frame
    weight: float
    noun: bool
    last: int


class Lexicon:
    """All triggers of the ontology, by the lemma that a text would show first."""

    def __init__(self, events: dict[str, EventType]) -> None:
        self.verbs: dict[str, list[tuple[str, VerbTrigger, tuple[str, ...]]]] = {}
        self.nouns: dict[str, list[tuple[str, NounTrigger, tuple[str, ...]]]] = {}
        # per type: each word of an excluded phrase, with its position in it, since the trigger is one of them
        self.excludes: dict[str, dict[str, list[tuple[int, tuple[str, ...]]]]] = {}
        for name, kind in events.items():
            for verb in (*kind.triggers.verb, *kind.triggers.adjective):
                trigger = VerbTrigger(lemma=verb) if isinstance(verb, str) else verb
                first, *rest = trigger.lemma.split()
                self.verbs.setdefault(first, []).append((name, trigger, tuple(rest)))
            for noun in kind.triggers.noun:
                trigger = NounTrigger(lemma=noun) if isinstance(noun, str) else noun
                *before, head = trigger.lemma.split()
                self.nouns.setdefault(head, []).append((name, trigger, tuple(before)))
            index = self.excludes.setdefault(name, {})
            for phrase in kind.triggers.exclude:
                words = tuple(phrase.lower().split())
                for at, word in enumerate(words):
                    index.setdefault(word, []).append((at, words))

        self.forms = {form: verb for verb in sorted(self.verbs) for form in inflected(verb)}

    def hits(self, fillers: Fillers) -> Iterator[Hit]:
        """Every trigger of a page, one per token, in text order."""
        parse = fillers.parse
        for i in range(len(parse)):
            pos = parse.pos[i]
            lemma = parse.lemmas[i].lower()
            if pos in ("VERB", "ADJ") and lemma not in self.verbs:
                # the lemmatiser makes "rap" of "raped"
                lemma = self.forms.get(parse.lowers[i], lemma)
            best: Hit | None = None
            if (
                pos in ("VERB", "AUX", "ADJ")
                and lemma in self.verbs
                and not (
                    pos == "ADJ"
                    and (parse.tags[i] not in ("VBN", "VBG", "JJ") or parse.deps[i] in ("compound", "nmod"))
                )
            ):
                best = self._verb(fillers, i, lemma)
            elif pos in ("NOUN", "PROPN"):
                lemma = lemma if pos == "NOUN" else _singular(parse.lowers[i])
                if lemma in self.nouns and parse.deps[i] not in SKIPPED_NOUN_DEPS:
                    best = self._noun(fillers, i, lemma)
                elif lemma in self.verbs and parse.tags[i] in ("NNS", "NNP", "NN") and _headline_verb(parse, i):
                    best = self._verb(fillers, i, lemma)
            if best:
                yield best

    def _verb(self, fillers: Fillers, i: int, lemma: str) -> Hit | None:
        parse = fillers.parse
        frame: Frame | None = None
        best: tuple[float, Hit] | None = None
        for name, trigger, rest in self.verbs[lemma]:
            fixed = _follows(parse, i, rest)
            if fixed is None:
                continue
            frame = frame or verb_frame(parse, i)
            whole = widened(parse, frame, fixed) if fixed else frame
            fit = self._verb_fit(fillers, whole, trigger, fixed)
            if fit is None or self._excluded(parse, i, name):
                continue
            if best is None or fit > best[0]:
                if trigger.object:
                    whole = lent(fillers, whole, trigger.object)
                best = (fit, Hit(i, name, whole, trigger.weight, noun=False, last=_last(i, fixed)))
        return best[1] if best else None

    def _verb_fit(self, fillers: Fillers, frame: Frame, trigger: VerbTrigger, fixed: list[int]) -> float | None:
        """How specifically a verb trigger fits, or None where one of its conditions fails."""
        parse = fillers.parse
        fit = trigger.weight + 2.0 * len(fixed)
        if trigger.voice and (trigger.voice == "passive") != frame.passive:
            return None
        if trigger.object:
            if not any(fillers.matches(token, trigger.object) for token in frame.object):
                return None
            fit += 2
        if trigger.subject:
            if not any(fillers.matches(token, trigger.subject) for token in frame.subject):
                return None
            fit += 2
        if trigger.prep:
            if not _has_prep(fillers, frame, trigger.prep):
                return None
            fit += 2
        if trigger.comp:
            if frame.complement is None and not any(
                parse.deps[k] in ("xcomp", "ccomp", "advcl", "pcomp", "acl")
                for word in (frame.trigger, *fixed)
                for k in parse.children[word]
            ):
                return None
            fit += 1
        if trigger.without:
            around = [
                *frame.subject,
                *frame.object,
                *parse.children[frame.trigger],
                *(t for tokens in frame.preps.values() for t in tokens),
            ]
            if any(fillers.matches(token, trigger.without) for token in around):
                return None
        return fit

    def _noun(self, fillers: Fillers, i: int, lemma: str) -> Hit | None:
        parse = fillers.parse
        frame: Frame | None = None
        best: tuple[float, Hit] | None = None
        for name, trigger, before in self.nouns[lemma]:
            if before and not _precedes(parse, i, before):
                continue
            frame = frame or noun_frame(parse, i)
            fit = trigger.weight + 2.0 * len(before)
            if trigger.modifier:
                around = [*frame.adjective, *frame.poss]
                if not any(fillers.matches(token, trigger.modifier) for token in around):
                    continue
                fit += 2
            if trigger.prep:
                if not _has_prep(fillers, frame, trigger.prep):
                    continue
                fit += 2
            if trigger.light and frame.light is None:
                continue
            if trigger.without:
                around = [*parse.children[i], parse.heads[i], *(t for tokens in frame.preps.values() for t in tokens)]
                if any(fillers.matches(token, trigger.without) for token in around):
                    continue
            if self._excluded(parse, i, name):
                continue
            if best is None or fit > best[0]:
                best = (fit, Hit(i, name, frame, trigger.weight, noun=True, last=i))
        return best[1] if best else None

    def _excluded(self, parse: Parse, i: int, name: str) -> bool:
        """Whether one of the type's excluded phrases stands around the trigger."""
        low, high = parse.sentence(i)
        lemma = parse.lemmas[i].lower()
        index = self.excludes[name]
        for word in (lemma,) if lemma == parse.lowers[i] else (lemma, parse.lowers[i]):
            for at, phrase in index.get(word, ()):
                start = i - at
                if (
                    start >= low
                    and start + len(phrase) <= high
                    and all(
                        other in (parse.lowers[start + n], parse.lemmas[start + n].lower())
                        for n, other in enumerate(phrase)
                    )
                ):
                    return True
                # "struck the long-awaited deal": the verb and its object, whatever stands between
                if (
                    at == 0
                    and len(phrase) == 2
                    and word == lemma
                    and any(
                        parse.lemmas[kid].lower() == phrase[1]
                        for kid in parse.children[i]
                        if parse.deps[kid] in ("dobj", "nsubjpass", "prt")
                    )
                ):
                    return True
        return False


def inflected(verb: str) -> list[str]:
    """The regular forms of a verb: shell, shells, shelled, shelling."""
    if not verb.isalpha():
        return []
    if verb.endswith("e"):
        return [verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    stem = verb + verb[-1] if verb[-1] in "bdgmnprt" and verb[-2:-1] in "aeiou" and verb[-3:-2] not in "aeiou" else verb
    return [verb + "s", verb + "es", verb + "ed", verb + "ing", stem + "ed", stem + "ing"]


def _has_prep(fillers: Fillers, frame: Frame, wanted: dict[str, tuple[str, ...]]) -> bool:
    """Whether one of the prepositional complements asked for is there."""
    return any(
        tokens and (not words or any(fillers.matches(token, words) for token in tokens))
        for prep, words in wanted.items()
        for tokens in [frame.preps.get(prep, [])]
    )


def _follows(parse: Parse, i: int, rest: tuple[str, ...]) -> list[int] | None:
    """The tokens of a verb trigger's fixed words after it: next to it, or as its particle, object and preposition.

    None where they are not there.
    """
    high = parse.sentence(i)[1]
    if i + len(rest) < high and all(
        word in (parse.lowers[i + 1 + n], parse.lemmas[i + 1 + n].lower()) for n, word in enumerate(rest)
    ):
        return list(range(i + 1, i + 1 + len(rest)))
    found: list[int] = []
    at = i
    for word in rest:
        step = next(
            (
                kid
                for kid in [*parse.children[at], *parse.children[i]]
                if kid > i and word in (parse.lowers[kid], parse.lemmas[kid].lower()) and parse.deps[kid] in FIXED
            ),
            None,
        )
        if step is None:
            return None
        found.append(step)
        at = step
    return found


def _last(i: int, fixed: list[int]) -> int:
    """The last token of a multiword trigger, where its words stand close together."""
    last = max(fixed, default=i)
    return last if i <= last <= i + 3 else i


def widened(parse: Parse, frame: Frame, fixed: list[int]) -> Frame:
    """A verb's frame with the complements that hang on its fixed words ("cut ties with X", "took control of X")."""
    wide = replace(frame, preps={prep: list(tokens) for prep, tokens in frame.preps.items()})
    own = set(fixed)
    wide.object = [token for token in frame.object if token not in own]
    for token in fixed:
        if parse.pos[token] in ("NOUN", "PROPN"):
            for prep, tokens in noun_frame(parse, token).preps.items():
                wide.preps.setdefault(prep, []).extend(t for t in tokens if t not in wide.preps.get(prep, []))
        elif parse.pos[token] == "ADP":
            inner = [t for t in with_conjuncts(parse, parse.kids(token, "pobj")) if t not in own]
            wide.object += inner
            wide.preps.setdefault(parse.lowers[token], []).extend(inner)
    return wide


def lent(fillers: Fillers, frame: Frame, wanted: tuple[str, ...]) -> Frame:
    """A verb's frame with the complements of the object noun that makes its sense ("imposed sanctions on X")."""
    words = tuple(want for want in wanted if want[0] != "@")
    parse, wide = fillers.parse, frame
    for token in frame.object:
        if parse.pos[token] == "NOUN" and words and fillers.matches(token, words):
            extra = noun_frame(parse, token).preps
            wide = replace(wide, preps={prep: list(tokens) for prep, tokens in wide.preps.items()})
            for prep, tokens in extra.items():
                if prep != "of":
                    wide.preps.setdefault(prep, []).extend(t for t in tokens if t not in wide.preps.get(prep, []))
    return wide


def _precedes(parse: Parse, i: int, before: tuple[str, ...]) -> bool:
    """Whether the words of a noun trigger come right before its head, hyphens aside."""
    at = i
    for word in reversed(before):
        at -= 1
        while at >= 0 and parse.words[at] in ("-", "–"):
            at -= 1
        if at < parse.sentence(i)[0] or word not in (parse.lowers[at], parse.lemmas[at].lower()):
            return False
    return True


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _headline_verb(parse: Parse, i: int) -> bool:
    """A headline's "strikes" that the tagger took for a noun: root of its sentence, a name before it, words "
    "after it.
    """
    if parse.deps[i] != "ROOT" or not parse.words[i].endswith("s"):
        return False
    start, end = parse.sentence(i)
    return (
        i > start
        and i + 1 < end
        and parse.pos[i - 1] == "PROPN"
        and parse.pos[i + 1] in ("PROPN", "NOUN", "ADJ", "DET", "NUM")
    )
