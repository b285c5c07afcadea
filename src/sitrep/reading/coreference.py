"""Who a pronoun or a bare noun ("the group", "the militants") stands for inside one report.

A small salience model in the manner of Lappin and Leass (1994): candidates are the actors named so far,
scored by how recently and how prominently they were named, among those that agree in kind and number.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sitrep.reading.parse import Parse

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
OBJECTS = frozenset({"dobj", "obj", "pobj", "attr", "dative"})
MAIN_CLAUSE = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
# weights of a mention by its place in the sentence, after Lappin and Leass, who set subjects at about twice objects
MAIN_SUBJECT, SIDE_SUBJECT, OBJECT, OTHER = 4.0, 1.5, 1.5, 1.0
PLURAL_BONUS = 1.6
# a pronoun looks back this many sentences, a definite noun somewhat farther
PRONOUN_REACH = 2
NOUN_REACH = 12
MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
SINGULAR_THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
FEMALE_TITLES = frozenset(
    {"mrs.", "mrs", "ms.", "ms", "miss", "queen", "princess", "spokeswoman", "chairwoman", "madame"}
)
MALE_TITLES = frozenset(
    {"mr.", "mr", "king", "prince", "spokesman", "chairman", "sheikh", "sheik", "lord", "sir", "father"}
)
ARMED = frozenset({"armed_group", "militia"})
COLLECTIVE = ARMED | {
    "military",
    "police",
    "government",
    "state",
    "igo",
    "ngo",
    "party",
    "media",
    "company",
    "ethnic_group",
    "civilians",
    "other",
}
# which kinds of actor a bare noun may stand for, by the noun's own kind in the lexicon
STANDS_FOR: dict[str, frozenset[str]] = {
    "armed_group": ARMED,
    "militia": frozenset({"militia", "armed_group"}),
    "military": frozenset({"military"}),
    "police": frozenset({"police"}),
    "government": frozenset({"government"}),
    "igo": frozenset({"igo"}),
    "party": frozenset({"party"}),
    "media": frozenset({"media"}),
    "company": frozenset({"company"}),
    "ethnic_group": frozenset({"ethnic_group"}),
    "force": frozenset({"military", "militia", "armed_group"}),
}
GROUP_NOUNS = frozenset({"group", "organization", "organisation", "movement", "faction", "network", "outfit"})


@dataclass(slots=True)
class Candidate:
    """An actor named so far, as the model sees it."""

    key: str
    kind: str
    plural: bool
    gender: str = ""
    nouns: set[str] = field(default_factory=lambda: set[str]())
    named: bool = False
    last_sentence: int = -1
    last_token: int = -1
    salience: float = 0.0


def prominence(parse: Parse, token: int) -> float:
    """How much one mention stands out: subjects of main clauses most, those of relative clauses little.

    In "Brigades retook the port, which the group had seized. They ..." the brigades are meant.
    """
    dep = parse.deps[token]
    if dep in SUBJECTS:
        verb = parse.heads[token] if dep != "agent" else token
        return MAIN_SUBJECT if parse.deps[verb] in MAIN_CLAUSE else SIDE_SUBJECT
    return OBJECT if dep in OBJECTS else OTHER


def touch(candidate: Candidate, sentence: int, token: int, weight: float) -> None:
    """Record a new mention; salience halves with each sentence in between."""
    if candidate.last_sentence >= 0:
        candidate.salience *= 0.5 ** min(sentence - candidate.last_sentence, 10)
    candidate.salience += weight
    candidate.last_sentence, candidate.last_token = sentence, token


def for_pronoun(word: str, sentence: int, dep: str, candidates: list[Candidate]) -> Candidate | None:
    """The actor that a third-person pronoun stands for, or None."""
    if word in MALE or word in FEMALE:
        gender = "m" if word in MALE else "f"
        fits = [c for c in candidates if c.kind == "person" and c.gender in ("", gender) and not c.plural]
    elif word in SINGULAR_THING:
        fits = [c for c in candidates if c.kind in COLLECTIVE - {"civilians"} and not c.plural]
    elif word in PLURAL:
        fits = [c for c in candidates if c.plural or c.kind in COLLECTIVE - {"state", "media", "company"}]
    else:
        return None
    del dep
    return _best(fits, sentence, PRONOUN_REACH, plural=word in PLURAL)


def for_noun(noun: str, kind: str, sentence: int, *, plural: bool, candidates: list[Candidate]) -> Candidate | None:
    """The actor that a definite noun phrase without a name stands for, or None.

    noun: its lemma. kind: its kind in the lexicon.
    """
    if noun in GROUP_NOUNS:
        fits = [c for c in candidates if c.kind in ARMED | {"party", "igo", "ngo"} and (c.named or noun in c.nouns)]
    elif kind == "person":
        fits = [c for c in candidates if c.kind == "person" and noun in c.nouns]
    else:
        kinds = STANDS_FOR.get(kind)
        if kinds is None:
            return None
        fits = [c for c in candidates if c.kind in kinds and (c.named or noun in c.nouns)]
        same = [c for c in fits if noun in c.nouns and not c.named]
        fits = same or fits
    del plural  # newspapers call one group both "the group" and "the militants"
    return _best(fits, sentence, NOUN_REACH)


def _best(fits: list[Candidate], sentence: int, reach: int, *, plural: bool = False) -> Candidate | None:
    near = [c for c in fits if sentence - c.last_sentence <= reach]
    if not near:
        return None
    # "they" takes a plural noun before the name of one body
    return max(
        near,
        key=lambda c: (
            c.salience * 0.5 ** (sentence - c.last_sentence) * (PLURAL_BONUS if plural and c.plural else 1.0),
            c.last_token,
        ),
    )
