"""Where a report attributes: its words of saying, found in the parse."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.model import Stance
from sitrep.ontology.attribution import Cue, Cues
from sitrep.reading.parse import Parse

AUXILIARY = frozenset({"aux", "auxpass", "neg"})
ADVERB_BEFORE = frozenset({"advmod"})
COPULAS = frozenset({"be", "remain", "seem", "appear", "sound"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nor"})
# "would not say", "did not comment": the speaker keeps silent
SILENT = frozenset({"say", "comment", "confirm", "respond", "discuss", "disclose", "elaborate", "identify", "specify"})
NOUN_TAGS = frozenset({"NOUN", "PROPN"})
# verbs that only carry another: "went on to say", "began to accuse"
CARRIERS = frozenset(
    {"go", "try", "continue", "begin", "start", "seek", "proceed", "want", "take", "use", "rush", "move"}
)


class CueAt(NamedTuple):
    """A cue in the parse. head: its token; start, end: its words; prep: the preposition whose complement is said."""

    head: int
    start: int
    end: int
    cue: Cue
    shape: str
    prep: int | None
    stance: Stance


def find_cues(parse: Parse, cues: Cues) -> list[CueAt]:
    """Every possible cue, in text order; whether it has content is for others to see."""
    found: list[CueAt] = []
    pos, lemmas = parse.pos, parse.lemmas
    verbs, nouns, adjectives, adverbs = cues.verbs, cues.nouns, cues.adjectives, cues.adverbs
    firsts = {words[0] for words in cues.phrases}
    for i, lemma in enumerate(lemmas):
        kind = pos[i]
        if kind == "VERB":
            if lemma in verbs or lemma in cues.passives:
                at = _verb(parse, i, cues)
                if at is not None:
                    found.append(at)
        elif kind == "NOUN":
            if lemma in nouns:
                at = _noun(parse, i, nouns[lemma])
                if at is not None:
                    found.append(at)
        elif kind == "ADJ":
            if lemma in adjectives:
                at = _adjective(parse, i, adjectives[lemma])
                if at is not None:
                    found.append(at)
        elif kind == "ADV" and lemma in adverbs:
            found.append(CueAt(i, i, i + 1, adverbs[lemma], "adverb", None, adverbs[lemma].stance))
        if parse.lowers[i] in firsts:
            for words, cue in cues.phrases.items():
                if tuple(parse.lowers[i : i + len(words)]) == words:
                    found.append(CueAt(i, i, i + len(words), cue, "phrase", i + len(words) - 1, cue.stance))
    return found


def is_passive(parse: Parse, i: int) -> bool:
    """Whether a verb form is a passive, with its auxiliary or reduced ("proposed by the army")."""
    for k in parse.children[i]:
        if parse.deps[k] in ("auxpass", "nsubjpass"):
            return True
    return parse.tags[i] == "VBN" and parse.deps[i] == "acl" and not says_what(parse, i)


def says_what(parse: Parse, i: int) -> bool:
    """Whether a verb closes "what one rebel |dubbed| …", which the parser takes for "what rebel", dubbed by others."""
    noun = parse.heads[i]
    return parse.deps[i] == "acl" and any(parse.lowers[k] == "what" for k in parse.kids(noun, "det"))


def prep_of(parse: Parse, i: int, preps: frozenset[str]) -> int | None:
    """The first preposition after a word that introduces what is said."""
    for k in parse.children[i]:
        if k > i and parse.lowers[k] in preps and parse.deps[k] in ("prep", "prt", "agent", "dative"):
            return k
    return None


def _verb(parse: Parse, i: int, cues: Cues) -> CueAt | None:
    passive = is_passive(parse, i)
    lemma = parse.lemmas[i]
    if passive and lemma in cues.passives:
        cue, shape = cues.passives[lemma], "passive"
        if lemma in cues.verbs and any(parse.deps[k] in ("ccomp", "agent") for k in parse.children[i]):
            cue = cues.verbs[lemma]
    elif lemma in cues.verbs:
        cue = cues.verbs[lemma]
        # "the town appears to have fallen": nobody is named, and the subject is part of what is said
        shape = "passive" if passive or cue.kind == "appearance" else "verb"
    else:
        return None
    if parse.deps[i] in ("amod", "compound") or _phrasal(parse, i, cue) or _nameless(parse, i):
        return None
    prep = prep_of(parse, i, cue.preps) if cue.preps else None
    start, end = verb_span(parse, i)
    if prep == end or (passive and end < len(parse) and parse.deps[end] == "agent" and parse.heads[end] == i):
        end += 1
    stance = (cue.prep_stance if prep is not None else None) or cue.stance
    if end + 1 < len(parse) and parse.words[end] == ":" and parse.sent_of[end] == parse.sent_of[i]:
        end += 1
    if any(parse.lowers[k] in NEGATIONS for k in range(start, i)):
        stance = "declines" if lemma in SILENT else "unknown"
    return CueAt(i, start, end, cue, shape, prep, stance)


def _nameless(parse: Parse, i: int) -> bool:
    """Whether a cue says how somebody spoke, not what ("asked not to be named")."""
    return parse.lemmas[i] in ("ask", "request") and any(
        parse.lemmas[k] in ("name", "identify", "quote") and any(parse.deps[j] == "auxpass" for j in parse.children[k])
        for k in parse.kids(i, "xcomp", "ccomp")
    )


def _phrasal(parse: Parse, i: int, cue: Cue) -> bool:
    """Whether a particle makes it another verb ("show up", "write off"); particles that the cue names are fine."""
    return any(parse.deps[k] == "prt" and parse.lowers[k] not in cue.preps for k in parse.children[i])


def verb_span(parse: Parse, i: int) -> tuple[int, int]:
    """The verb with its auxiliaries and adverbs in front and its particle behind."""
    start, end = i, i + 1
    while start > 0:
        k = start - 1
        if (
            parse.heads[k] == i
            and (parse.deps[k] in AUXILIARY or (parse.deps[k] == "advmod" and parse.pos[k] in ("ADV", "PART")))
        ) or (parse.heads[k] == start and parse.deps[k] == "advmod" and parse.left[k] == k and start != i):
            start = k
        else:
            break
    # adverbs that open the sentence ("Meanwhile he said") are not part of the cue; those were cut off by the subject
    head = parse.heads[i]
    if parse.deps[i] == "xcomp" and parse.lemmas[head] in CARRIERS and parse.right[head] >= i and head < start:
        between = range(head + 1, start)
        if len(between) <= 2 and all(parse.deps[k] in ("prt", "advmod", "prep", "aux") for k in between):
            start = verb_span(parse, head)[0]
    while end < len(parse) and parse.heads[end] == i and parse.deps[end] == "prt":
        end += 1
    return start, end


def _noun(parse: Parse, i: int, cue: Cue) -> CueAt | None:
    if parse.deps[i] == "compound":
        return None
    prep = prep_of(parse, i, cue.preps)
    end = i + 1
    if prep == end:
        end += 1
    return CueAt(i, i, end, cue, "noun", prep, cue.stance)


def _adjective(parse: Parse, i: int, cue: Cue) -> CueAt | None:
    head = parse.heads[i]
    if parse.deps[i] != "acomp" or parse.lemmas[head] not in COPULAS:
        return None
    prep = prep_of(parse, i, cue.preps) if cue.preps else None
    start = verb_span(parse, head)[0] if head < i else i
    end = i + 1
    if prep == end:
        end += 1
    return CueAt(i, start, end, cue, "adjective", prep, cue.stance)
