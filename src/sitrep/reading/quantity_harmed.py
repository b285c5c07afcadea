"""Who the words of harm speak of: the logical object of a verb, the subject of a state, and whether it is counted."""

from __future__ import annotations

from sitrep.ontology.cues import FigureWords
from sitrep.reading.parse import Parse
from sitrep.reading.quantity_numbers import Number
from sitrep.reading.quantity_settle import SINGULAR_PRONOUNS

RELATIVE = frozenset({"who", "that", "which", "whom"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NOUN_TAGS = frozenset({"NN", "NNP"})
# a noun that stands between a number and the state of those counted ("12 people dead", "five others wounded")
PASSING = frozenset({"ADV", "PART"})
REPORTED = frozenset({"confirm", "report", "fear", "presume", "believe", "badly", "find", "also"})
NO = frozenset({"no", "any", "every", "each", "neither", "either", "what", "which", "whatever"})
# singular in form, several people in sense
COLLECTIVE = frozenset(
    {
        "family", "couple", "crew", "staff", "army", "force", "personnel", "police", "battalion", "brigade", "division",
        "people", "troop", "group", "crowd", "pair", "gang",
    }
)  # fmt: skip


class Harmed:
    """The people of one parse and the words of harm around them.

    numbers: by the token that heads what they count. alias: from the token that heads the whole phrase to
    the token that heads what is counted. persons: tokens that head a mention of one person. human: nouns for
    people. verbs: verbs whose object is harmed. states: predicates of the harmed.
    """

    def __init__(
        self,
        parse: Parse,
        words: FigureWords,
        numbers: dict[int, Number],
        alias: dict[int, int],
        persons: frozenset[int],
        *,
        human: frozenset[str],
        verbs: frozenset[str],
        states: frozenset[str],
    ) -> None:
        self.parse = parse
        self.words = words
        self.numbers = numbers
        self.alias = alias
        self.persons = persons
        self.human = human
        self.verbs = verbs
        self.states = states
        self.ending = {number.last: head for head, number in numbers.items()}
        self.starting = {number.first: head for head, number in numbers.items()}

    def unreal(self, i: int) -> bool:
        """Whether a verb only says what could, should or was meant to happen."""
        parse = self.parse
        if parse.tags[i] == "VBG" and parse.deps[i] == "pcomp":
            # "with the aim of killing", "the risk of being killed"
            return parse.lemmas[parse.heads[parse.heads[i]]] in self.words.unreal_nouns
        if parse.tags[i] != "VB":
            return False
        aux = {parse.lowers[k] for k in parse.kids(i, "aux")}
        if "to" in aux:
            head = parse.heads[i]
            if parse.deps[i] not in {"xcomp", "ccomp"} or parse.lemmas[head] not in self.words.real_governors:
                return True
            return self.unreal(head)
        if parse.deps[i] == "conj" and not aux:
            return self.unreal(parse.heads[i]) or parse.tags[parse.heads[i]] == "VB"
        return not aux & {"did", "do", "does"}

    def missed(self, i: int) -> bool:
        """Whether nobody is said to be hit: "he was shot |at|"."""
        parse = self.parse
        return any(
            parse.lowers[k] == "at" and not parse.children[k] and parse.tags[i] == "VBN" for k in parse.children[i]
        )

    def company(self, i: int) -> list[int]:
        """Those harmed with somebody: "was killed along with his brother"."""
        parse = self.parse
        return [
            person
            for k in parse.children[i]
            if parse.lowers[k] in {"along", "together"}
            for prep in parse.kids(k, "prep")
            if parse.lowers[prep] == "with"
            for person in parse.kids(prep, "pobj")
        ]

    def none(self, token: int) -> bool:
        """Such as "no one", "no civilians"."""
        return any(self.parse.lowers[k] == "no" for k in self.parse.kids(token, "det"))

    def family(self, token: int) -> Number | None:
        """Such as "a family of five"."""
        parse = self.parse
        if parse.lemmas[token] not in {"family", "group", "crew", "team"}:
            return None
        for k in parse.kids(token, "prep"):
            if parse.lowers[k] == "of":
                for inner in parse.kids(k, "pobj"):
                    number = self.numbers.get(inner)
                    if number and number.first == inner:
                        return number
        return None

    def one_person(self, token: int) -> bool:
        """Whether a noun phrase without a number is one person."""
        parse = self.parse
        if parse.lowers[token] in SINGULAR_PRONOUNS:
            return parse.deps[token] != "poss"
        if parse.tags[token] not in NOUN_TAGS or not parse.words[token][0].isalpha():
            return False
        if any(parse.lowers[k] in NO for k in parse.kids(token, "det")):
            return False
        ent = parse.ent_of[token]
        if ent >= 0 and parse.ents[ent].label == "PERSON":
            return True
        lemma = parse.lemmas[token].lower()
        return (lemma in self.human or token in self.persons) and lemma not in COLLECTIVE

    def has_own_cue(self, token: int, cue: int) -> bool:
        """Whether a word of harm of its own follows a coordinated phrase: "seven killed and 37 others |injured"."""
        parse = self.parse
        number = self.numbers.get(token)
        at = max(token + 1, number.last if number else 0)
        stop = parse.sentence(token)[1]
        while at < stop and parse.pos[at] in PASSING:
            at += 1
        if at >= stop or at == cue:
            return False
        known = parse.lowers[at] in self.states or self.is_cue_verb(parse.lemmas[at])
        return known and parse.tags[at] in {"VBN", "VBD", "JJ", "NN"}

    def subjects(self, i: int) -> list[int]:
        """The logical subject of a verb: its own, its clause's, its coordination's."""
        parse = self.parse
        own = [self.antecedent(k) for k in parse.children[i] if parse.deps[k] in SUBJECTS]
        if own:
            return own
        dep, head = parse.deps[i], parse.heads[i]
        if head == i:
            return []
        if dep in {"acl", "relcl"}:
            return [head]
        if dep in {"conj", "xcomp", "advcl", "ccomp"}:
            return self.subjects(head) if parse.pos[head] in {"VERB", "AUX"} else []
        return []

    def patients(self, i: int) -> list[int]:
        """The logical object of a verb in either voice."""
        parse = self.parse
        kids = parse.children[i]
        passive = [self.antecedent(k) for k in kids if parse.deps[k] == "nsubjpass"]
        if passive:
            return passive
        # "shot |dead|": what becomes of somebody is nobody
        objects = [
            k
            for k in kids
            if parse.deps[k] in {"dobj", "dative", "oprd"} and k > i and parse.lowers[k] not in self.states
        ]
        if objects and parse.lowers[objects[0]] in {"himself", "herself"}:
            return self.subjects(i)
        if objects and any(self.counts(k) for k in objects) and not self.has_own_cue(objects[0], i):
            return objects
        near = self.just_before(i)
        participle = parse.tags[i] in {"VBN", "VBD"}
        if near is not None and participle:
            return [near]
        if objects:
            return objects
        if i + 1 in self.starting and not any(parse.deps[k] in {"auxpass", "agent"} for k in kids):
            return [self.starting[i + 1]]
        dep, head = parse.deps[i], parse.heads[i]
        # "who shot at the car": an active verb without an object harms nobody named
        subjects = [k for k in kids if parse.deps[k] == "nsubj" and parse.lowers[k] not in RELATIVE]
        if any(parse.deps[k] == "prep" and parse.lowers[k] == "at" for k in kids) and parse.tags[i] != "VBN":
            return []
        shared = [m for k in kids if parse.deps[k] == "conj" for m in parse.kids(k, "dobj")]
        if shared and parse.tags[i] != "VBN":
            return shared
        if subjects:
            single = parse.tags[i] == "VBN" or not any(parse.deps[k] in {"ccomp", "xcomp"} for k in kids)
            return [s for s in subjects if participle and (s in self.numbers or s in self.alias or single)]
        if parse.tags[i] != "VBN" and dep != "conj":
            return []
        if dep in {"acl", "relcl", "amod"}:
            return [head]
        if dep == "conj":
            if parse.pos[head] in {"VERB", "AUX"}:
                first = parse.lemmas[head]
                if parse.tags[head] == "VBN" or not self.is_cue_verb(first):
                    return [m for m in self.patients(head) if m != i]
                return self.patients(head) if not parse.kids(i, "dobj") and parse.kids(head, "dobj") else []
            return []
        if dep in {"xcomp", "ccomp", "oprd", "acomp", "advcl"} and parse.lemmas[head] in self.words.state_verbs:
            return self.undergoers(head)
        return []

    def counts(self, token: int) -> bool:
        """Whether a noun phrase says how many it is."""
        numbered = (
            token in self.numbers or token in self.alias or any(t in self.numbers for t in self.parse.conjuncts(token))
        )
        return numbered or self.one_person(token) or self.none(token) or self.family(token) is not None

    def is_cue_verb(self, lemma: str) -> bool:
        return lemma in self.verbs

    def undergoers(self, verb: int) -> list[int]:
        """Who a verb such as "left", "found", "reported" puts in a state."""
        parse = self.parse
        kids = parse.children[verb]
        found = [self.antecedent(k) for k in kids if parse.deps[k] == "nsubjpass"]
        found = found or [k for k in kids if parse.deps[k] == "dobj"]
        if found:
            return found
        if parse.lemmas[verb] in {
            "be",
            "go",
            "remain",
            "fall",
            "lie",
            "become",
            "stay",
            "believe",
            "report",
            "confirm",
            "fear",
        }:
            subjects = [self.antecedent(k) for k in kids if parse.deps[k] == "nsubj"]
            return subjects or (self.subjects(verb) if parse.deps[verb] in {"conj", "relcl", "xcomp", "acl"} else [])
        return []

    def antecedent(self, k: int) -> int:
        """What a relative pronoun stands for."""
        parse = self.parse
        if parse.lowers[k] in RELATIVE:
            verb = parse.heads[k]
            for node in (verb, *parse.ancestors(verb)):
                if parse.deps[node] in {"relcl", "acl"}:
                    return parse.heads[node]
        return k

    def just_before(self, i: int) -> int | None:
        """The head of a counted phrase that ends right before a token: "12 |dead", "five others |wounded"."""
        parse = self.parse
        j = i
        begin = parse.sentence(i)[0]
        while j > begin and parse.deps[j - 1] in {"aux", "auxpass"} and parse.heads[j - 1] == i:
            j -= 1
        while j > begin:
            head = self.ending.get(j)
            if head is not None:
                return head
            if (j - 1) in self.numbers:
                return j - 1
            if (j - 1) in self.alias:
                return self.alias[j - 1]
            if parse.pos[j - 1] in PASSING or parse.lemmas[j - 1] in REPORTED:
                j -= 1
                continue
            return None
        return None
