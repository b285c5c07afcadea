"""Killed, wounded, taken, missing, driven out: who the words of harm speak of, and how many."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.ontology.cues import CasualtyWords, FigureWords
from sitrep.reading.parse import Parse
from sitrep.reading.quantity_numbers import Number

RELATIVE = frozenset({"who", "that", "which", "whom"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NOUN_TAGS = frozenset({"NN", "NNP"})
SINGULAR_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
NOBODY = frozenset({"nobody", "none"})
# a noun that stands between a number and the state of those counted ("12 people dead", "five others wounded")
PASSING = frozenset({"ADV", "PART"})
REPORTED = frozenset({"confirm", "report", "fear", "presume", "believe", "badly", "find", "also"})
TELLING = frozenset({"report", "be", "have", "cause", "record", "confirm", "suffer", "result", "occur", "sustain"})
INTRANSITIVE = frozenset(
    {"be", "go", "remain", "fall", "lie", "become", "stay", "believe", "report", "confirm", "fear"}
)
PREDICATES = frozenset({"acomp", "oprd", "xcomp", "ccomp", "attr", "dobj", "advmod", "prep"})
NO = frozenset({"no", "any", "every", "each", "neither", "either", "what", "which", "whatever"})
# singular in form, several people in sense
COLLECTIVE = frozenset(
    {
        *(
            "family",
            "couple",
            "crew",
            "staff",
            "army",
            "force",
            "personnel",
            "police",
            "battalion",
            "brigade",
            "division",
        ),
        *("people", "troop", "group", "crowd", "pair", "gang"),
    }
)


class Toll(NamedTuple):
    """People of one kind: the token that heads them, their number if one is said, the word that tells the kind."""

    kind: str
    head: int
    number: Number | None
    cue: int
    part_of: int | None = None
    zero: bool = False


class People:
    """Reads the words of harm in a parse."""

    def __init__(self, words: FigureWords) -> None:
        self.words = words
        kinds: dict[str, CasualtyWords] = words.people_kinds
        self.object_verbs = {verb: kind for kind, cues in kinds.items() for verb in cues.object_verbs}
        self.subject_verbs = {verb: kind for kind, cues in kinds.items() for verb in cues.subject_verbs}
        self.states = {state: kind for kind, cues in kinds.items() for state in cues.states}
        self.nouns = {noun: kind for kind, cues in kinds.items() for noun in cues.nouns}
        self.of_nouns = {noun: kind for kind, cues in kinds.items() for noun in cues.of_nouns}
        self.human = words.people.civilian | words.people.armed | words.people.any
        self.cues = frozenset(
            {
                *self.object_verbs, *self.subject_verbs, *self.states, *self.nouns, *self.of_nouns,
                *words.shot_verbs, *words.casualty_nouns, *words.toll_nouns, *words.life_nouns, *words.harm_verbs,
                *words.care_verbs, *words.harm_nouns, "commit", "condition", "pass", "shooting", "hospital",
            }
        )  # fmt: skip

    def __call__(
        self, parse: Parse, numbers: dict[int, Number], alias: dict[int, int], persons: frozenset[int] = frozenset()
    ) -> list[Toll]:
        """The tolls of a parse.

        numbers: by the token that heads what they count. alias: from the token that heads the whole phrase
        ("14" in "14 of the victims") to the token that heads what is counted. persons: tokens that head a
        mention of one person.
        """
        return _Pass(self, parse, numbers, alias, persons).run()


class _Pass:
    """One parse being read."""

    def __init__(
        self, people: People, parse: Parse, numbers: dict[int, Number], alias: dict[int, int], persons: frozenset[int]
    ) -> None:
        self.people = people
        self.words = people.words
        self.parse = parse
        self.numbers = numbers
        self.alias = alias
        self.persons = persons
        self.ending = {number.last: head for head, number in numbers.items()}
        self.starting = {number.first: head for head, number in numbers.items()}
        self.found: list[Toll] = []

    def run(self) -> list[Toll]:
        cues, lemmas, lowers = self.people.cues, self.parse.lemmas, self.parse.lowers
        for i, lemma in enumerate(lemmas):
            if lemma in cues or lowers[i] in cues:
                self._cue(i, lemma if lemma in cues else lowers[i])
        return settle(self.parse, self.found)

    def _cue(self, i: int, lemma: str) -> None:
        people, words, parse = self.people, self.words, self.parse
        pos = parse.pos[i]
        verbal = pos in {"VERB", "AUX"} or (parse.tags[i] in {"VBN", "VBD", "VBG"})
        if verbal:
            if any(parse.lowers[k] in NEGATIONS for k in parse.children[i]) or self._unreal(i):
                return
            if lemma in words.shot_verbs:
                kind = self._shot_kind(i)
                patients = self._patients(i)
                if not patients and kind == "killed" and not parse.kids(i, "dobj"):
                    patients = self._subjects(i)
                self._add(kind, [*patients, *self._company(i)], i)
                return
            if lemma in people.object_verbs:
                self._verb(i, people.object_verbs[lemma])
                return
            gone = lemma == "pass" and any(parse.lowers[k] == "away" for k in parse.children[i])
            if lemma in people.subject_verbs or gone:
                near = self._just_before(i)
                self._add(people.subject_verbs.get(lemma, "killed"), self._subjects(i) if near is None else [near], i)
                return
            if lemma in words.harm_verbs and self._harm(i):
                self._add("injured", self._subjects(i), i)
            elif lemma in words.care_verbs and parse.tags[i] == "VBN":
                self._add("injured", self._patients(i), i)
            elif lemma == "commit" and any(parse.lemmas[k] == "suicide" for k in parse.kids(i, "dobj")):
                self._add("killed", self._subjects(i), i)
        state = parse.lowers[i]
        if state in people.states and (pos == "ADJ" or verbal) and self._state(i, people.states[state]):
            return
        if pos in {"NOUN", "ADJ", "PROPN", "VERB"}:
            self._noun(i, lemma)

    def _harm(self, i: int) -> bool:
        """Whether a verb's object, or what follows its "from", is a wound."""
        parse = self.parse
        found = [
            *parse.kids(i, "dobj"),
            *(p for k in parse.kids(i, "prep") if parse.lowers[k] == "from" for p in parse.kids(k, "pobj")),
        ]
        return any(parse.lemmas[k] in self.words.harm_nouns for k in found)

    def _with_wound(self, i: int) -> None:
        """Such as "a boy with a gunshot wound to his leg"."""
        parse = self.parse
        prep = parse.heads[i]
        if parse.deps[i] == "pobj" and parse.lowers[prep] == "with":
            head = parse.heads[prep]
            if parse.pos[head] in {"NOUN", "PROPN", "NUM"}:
                self._add("injured", [head], i)

    def _verb(self, i: int, kind: str) -> None:
        parse = self.parse
        patients = [*self._patients(i), *self._company(i)]
        if kind == "injured" and any(parse.lowers[k] in {"fatally", "mortally"} for k in parse.kids(i, "advmod")):
            kind = "killed"
        self._add(kind, patients, i)

    def _company(self, i: int) -> list[int]:
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

    def _shot_kind(self, i: int) -> str:
        parse = self.parse
        for k in parse.children[i]:
            if parse.lowers[k] in {"dead", "fatally"} or (
                parse.deps[k] in {"conj", "xcomp"} and parse.lemmas[k] in {"kill", "die"}
            ):
                return "killed"
            if parse.lowers[k] == "death" or (
                parse.deps[k] == "prep" and any(parse.lowers[m] == "death" for m in parse.children[k])
            ):
                return "killed"
        return "shot"

    def _add(self, kind: str, heads: list[int], cue: int) -> None:
        for head in heads:
            self._add_one(kind, head, cue, None)

    def _add_one(self, kind: str, head: int, cue: int, part_of: int | None) -> None:
        """One noun phrase and those coordinated with it, and the part that "including" names."""
        parse = self.parse
        for named in (head, *parse.conjuncts(head)):
            if named == cue or (named != head and self._has_own_cue(named, cue)):
                continue
            token = named if named in self.numbers else self.alias.get(named, named)
            number = self.numbers.get(token)
            if number is None and (family := self._family(token)):
                number = family
            if parse.lowers[token] in NOBODY or self._none(token):
                self.found.append(Toll(kind, token, None, cue, part_of, zero=True))
                continue
            if number is None and not self._one_person(token):
                continue
            self.found.append(Toll(kind, token, number, cue, part_of))
            for k in parse.children[token]:
                if parse.lowers[k] in {"including", "include"}:
                    for inner in parse.kids(k, "pobj", "dobj"):
                        self._add_one(kind, inner, cue, token)

    def _has_own_cue(self, token: int, cue: int) -> bool:
        """Whether a word of harm of its own follows a coordinated phrase: "seven killed and 37 others |injured"."""
        parse = self.parse
        number = self.numbers.get(token)
        at = max(token + 1, number.last if number else 0)
        stop = parse.sentence(token)[1]
        while at < stop and parse.pos[at] in PASSING:
            at += 1
        if at >= stop or at == cue:
            return False
        known = parse.lowers[at] in self.people.states or self._is_cue_verb(parse.lemmas[at])
        return known and parse.tags[at] in {"VBN", "VBD", "JJ", "NN"}

    def _none(self, token: int) -> bool:
        """Such as "no one", "no civilians"."""
        return any(self.parse.lowers[k] == "no" for k in self.parse.kids(token, "det"))

    def _family(self, token: int) -> Number | None:
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

    def _one_person(self, token: int) -> bool:
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
        return (lemma in self.people.human or token in self.persons) and lemma not in COLLECTIVE

    def _subjects(self, i: int) -> list[int]:
        """The logical subject of a verb: its own, its clause's, its coordination's."""
        parse = self.parse
        own = [self._antecedent(k) for k in parse.children[i] if parse.deps[k] in SUBJECTS]
        if own:
            return own
        dep, head = parse.deps[i], parse.heads[i]
        if head == i:
            return []
        if dep in {"acl", "relcl"}:
            return [head]
        if dep in {"conj", "xcomp", "advcl", "ccomp"}:
            return self._subjects(head) if parse.pos[head] in {"VERB", "AUX"} else []
        return []

    def _patients(self, i: int) -> list[int]:
        """The logical object of a verb in either voice."""
        parse = self.parse
        kids = parse.children[i]
        passive = [self._antecedent(k) for k in kids if parse.deps[k] == "nsubjpass"]
        if passive:
            return passive
        objects = [k for k in kids if parse.deps[k] in {"dobj", "dative", "oprd"} and k > i]
        if objects and parse.lowers[objects[0]] in {"himself", "herself"}:
            return self._subjects(i)
        if objects and any(self._counts(k) for k in objects) and not self._has_own_cue(objects[0], i):
            return objects
        near = self._just_before(i)
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
                if parse.tags[head] == "VBN" or not self._is_cue_verb(first):
                    return [m for m in self._patients(head) if m != i]
                return self._patients(head) if not parse.kids(i, "dobj") and parse.kids(head, "dobj") else []
            return []
        if dep in {"xcomp", "ccomp", "oprd", "acomp", "advcl"} and parse.lemmas[head] in self.words.state_verbs:
            return self._undergoers(head)
        return []

    def _counts(self, token: int) -> bool:
        """Whether a noun phrase says how many it is."""
        numbered = (
            token in self.numbers or token in self.alias or any(t in self.numbers for t in self.parse.conjuncts(token))
        )
        return numbered or self._one_person(token) or self._none(token) or self._family(token) is not None

    def _is_cue_verb(self, lemma: str) -> bool:
        return lemma in self.people.object_verbs or lemma in self.words.shot_verbs

    def _undergoers(self, verb: int) -> list[int]:
        """Who a verb such as "left", "found", "reported" puts in a state."""
        parse = self.parse
        kids = parse.children[verb]
        found = [self._antecedent(k) for k in kids if parse.deps[k] == "nsubjpass"]
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
            subjects = [self._antecedent(k) for k in kids if parse.deps[k] == "nsubj"]
            return subjects or (self._subjects(verb) if parse.deps[verb] in {"conj", "relcl", "xcomp", "acl"} else [])
        return []

    def _antecedent(self, k: int) -> int:
        """What a relative pronoun stands for."""
        parse = self.parse
        if parse.lowers[k] in RELATIVE:
            verb = parse.heads[k]
            for node in (verb, *parse.ancestors(verb)):
                if parse.deps[node] in {"relcl", "acl"}:
                    return parse.heads[node]
        return k

    def _just_before(self, i: int) -> int | None:
        """The head of a counted phrase that ends right before a token: "12 |dead", "five others |wounded"."""
        parse = self.parse
        j = i
        begin = parse.sentence(i)[0]
        while j > begin:
            head = self.ending.get(j)
            if head is not None:
                return head
            if (j - 1) in self.numbers:
                return j - 1
            if parse.pos[j - 1] in PASSING or parse.lemmas[j - 1] in REPORTED:
                j -= 1
                continue
            return None
        return None

    def _state(self, i: int, kind: str) -> bool:
        """Whether a predicate such as "dead" or "missing" was read, with whom it is said of."""
        parse = self.parse
        dep, head = parse.deps[i], parse.heads[i]
        own = [self._antecedent(k) for k in parse.children[i] if parse.deps[k] in SUBJECTS]
        heads: list[int] = []
        if own:
            heads = own
        elif (near := self._just_before(i)) is not None:
            heads = [near]
        elif (
            dep in {"acomp", "oprd", "xcomp", "ccomp", "attr", "dobj", "advmod", "prep"}
            and parse.lemmas[head] in self.words.state_verbs
        ):
            if parse.lemmas[head] == "shoot" or (parse.lowers[i] == "hurt" and dep == "dobj"):
                return False
            heads = self._undergoers(head)
        elif dep == "amod" and head > i:
            heads = [head]
        elif dep in {"acl", "amod"} and parse.tags[i] in {"VBN", "JJ", "VBD"}:
            heads = [parse.heads[head] if parse.deps[head] == "conj" else head]
        elif dep == "conj" and head in {toll.cue for toll in self.found}:
            heads = [k for k in (self._just_before(i),) if k is not None]
        before = len(self.found)
        self._add(kind, heads, i)
        return len(self.found) > before

    def _noun(self, i: int, lemma: str) -> None:
        people, words, parse = self.people, self.words, self.parse
        if lemma in words.toll_nouns:
            self._toll(i, lemma)
            return
        if lemma == "condition":
            self._condition(i)
            return
        if lemma == "hospital":
            self._hospital(i)
            return
        if lemma in words.harm_nouns:
            self._with_wound(i)
        if lemma in words.life_nouns:
            self._lives(i)
            return
        kind = people.nouns.get(lemma) or people.nouns.get(parse.lowers[i])
        if lemma in words.casualty_nouns:
            kind = "casualties"
        if kind:
            if i in self.numbers:
                self.found.append(Toll(kind, i, self.numbers[i], i))
            elif lemma not in {"arrest", "body"} and self._none(i) and self._told(i):
                self.found.append(Toll(kind, i, None, i, zero=True))
        of_kind = people.of_nouns.get(lemma)
        if lemma == "shooting":
            fatal = {parse.lowers[k] for k in parse.kids(i, "amod")} & {"fatal", "deadly", "lethal"}
            of_kind = "killed" if fatal else "shot"
        if of_kind and i not in self.numbers:
            for k in parse.kids(i, "prep"):
                if parse.lowers[k] == "of":
                    self._add(of_kind, parse.kids(k, "pobj"), i)
            self._add(of_kind, [k for k in parse.kids(i, "poss") if parse.pos[k] != "PRON"], i)

    def _told(self, i: int) -> bool:
        """Whether a verb of reporting or being carries a noun: "no deaths were reported", "there were no injuries"."""
        parse = self.parse
        head = parse.heads[i]
        return parse.deps[i] in {"nsubjpass", "nsubj", "dobj", "attr"} and parse.lemmas[head] in TELLING

    def _lives(self, i: int) -> None:
        """Such as "claimed 12 lives", "claimed the lives of 12", "12 people lost their lives", "took his own life"."""
        parse, words = self.parse, self.words
        verb = parse.heads[i]
        lemma = parse.lemmas[verb]
        if parse.deps[i] == "dobj" and (lemma in words.life_takers or lemma in words.life_losers):
            if i in self.numbers:
                self.found.append(Toll("killed", i, self.numbers[i], verb))
                return
            of = [m for k in parse.kids(i, "prep") if parse.lowers[k] == "of" for m in parse.kids(k, "pobj")]
            owners = [k for k in parse.kids(i, "poss") if parse.pos[k] != "PRON"]
            own = any(parse.lowers[k] == "own" for k in parse.children[i])
            if of or owners:
                self._add("killed", of or owners, verb)
            elif lemma in words.life_losers or own:
                self._add("killed", self._subjects(verb), verb)

    def _unreal(self, i: int) -> bool:
        """Whether a verb only says what could, should or was meant to happen."""
        parse = self.parse
        if parse.tags[i] != "VB":
            return False
        aux = {parse.lowers[k] for k in parse.kids(i, "aux")}
        if "to" in aux:
            head = parse.heads[i]
            return parse.deps[i] not in {"xcomp", "ccomp"} or parse.lemmas[head] not in self.words.real_governors
        if parse.deps[i] == "conj" and not aux:
            return self._unreal(parse.heads[i]) or parse.tags[parse.heads[i]] == "VB"
        return not aux & {"did", "do", "does"}

    def _hospital(self, i: int) -> None:
        """Such as "two people were taken to hospital"."""
        parse = self.parse
        prep = parse.heads[i]
        verb = parse.heads[prep]
        if parse.deps[i] == "pobj" and parse.lowers[prep] == "to" and parse.lemmas[verb] in self.words.hospital_verbs:
            self._add("injured", [self._antecedent(k) for k in parse.kids(verb, "nsubjpass")], i)

    def _condition(self, i: int) -> None:
        """Such as "is in critical condition", "left a man in serious condition"."""
        parse = self.parse
        prep = parse.heads[i]
        if parse.deps[i] != "pobj" or parse.lowers[prep] != "in":
            return
        if not any(parse.lowers[k] in self.words.conditions for k in parse.kids(i, "amod", "compound")):
            return
        head = parse.heads[prep]
        if parse.pos[head] in {"VERB", "AUX"}:
            found = [self._antecedent(k) for k in parse.kids(head, "nsubjpass")] or parse.kids(head, "dobj")
            self._add("injured", found or self._subjects(head), i)
        elif parse.pos[head] in {"NOUN", "PROPN", "NUM"}:
            self._add("injured", [head], i)

    def _toll(self, i: int, lemma: str) -> None:
        """Such as "a death toll of 22", "the number of dead rose to 58"."""
        parse = self.parse
        kind = self._toll_kind(i, lemma)
        if kind is None:
            return
        begin, end = parse.sentence(i)
        after = [h for h, n in self.numbers.items() if i < n.first < end and not n.old and self._bare_or_people(h, n)]
        if after:
            head = min(after, key=lambda h: self.numbers[h].first)
            if parse.lowers[self.numbers[head].first - 1] in TOLL_LINKS or self.numbers[head].modifier:
                self.found.append(Toll(kind, head, self.numbers[head], i))
            return
        for h, n in self.numbers.items():
            if begin <= n.first < i and n.last >= i - 2 and parse.lowers[n.first - 1] == "to" and n.start == h:
                self.found.append(Toll(kind, h, n, i))
                return

    def _bare_or_people(self, head: int, number: Number) -> bool:
        return number.start <= head < number.end or self.parse.lemmas[head] in self.people.human

    def _toll_kind(self, i: int, lemma: str) -> str | None:
        parse, people = self.parse, self.people
        near = [parse.lowers[k] for k in parse.children[i] if parse.deps[k] in {"compound", "amod"}]
        if lemma == "toll":
            if any(word in {"injury", "injured", "wounded"} for word in near):
                return "injured"
            return "casualties" if "casualty" in near else "killed"
        lo, hi = i + 1, min(i + 7, parse.sentence(i)[1])
        if lo >= hi or parse.lowers[lo] not in {"of", "killed", "wounded", "injured", "displaced", "missing"}:
            return None
        for t in range(lo, hi):
            word = parse.lowers[t]
            kind = people.states.get(word) or people.nouns.get(parse.lemmas[t])
            kind = kind or (people.object_verbs.get(parse.lemmas[t]) if parse.tags[t] == "VBN" else None)
            if kind:
                return kind
            if parse.pos[t] in {"VERB", "AUX"}:
                return None
        return None


TOLL_LINKS = frozenset(
    {
        *("to", "of", "at", "as", "is", "was", "hit", "reached", "reach", "topped", "passed", "between", "exceeded"),
        *("stands", "reaching", "surpassed", "than", "now", ":", "-", "–"),
    }
)


def settle(parse: Parse, tolls: list[Toll]) -> list[Toll]:
    """One toll for each group of people: "killed or wounded" is neither, "shot and killed" is killed."""
    by_head: dict[int, list[Toll]] = {}
    for toll in tolls:
        by_head.setdefault(toll.head, []).append(toll)
    found: list[Toll] = []
    for head in sorted(by_head):
        rows = by_head[head]
        kinds = list(dict.fromkeys(row.kind for row in rows))
        first = {kind: next(row for row in rows if row.kind == kind) for kind in kinds}
        strong = [kind for kind in kinds if kind not in {"shot", "casualties"}]
        if not strong:
            found.append(first[kinds[0]])
            continue
        both = "killed" in strong and "injured" in strong
        if both and rows[0].number and _coordinated(parse, first["killed"].cue, first["injured"].cue):
            found.append(first["killed"]._replace(kind="casualties"))
            strong = [kind for kind in strong if kind not in {"killed", "injured"}]
        if "killed" in strong and "injured" in strong and not rows[0].number:
            strong.remove("injured")
        # a hostage who is killed is counted as killed; the noun alone tells only who they are
        verbal = [kind for kind in strong if first[kind].cue != head]
        found.extend(first[kind] for kind in (verbal or strong))
    return found


def _coordinated(parse: Parse, a: int, b: int) -> bool:
    a, b = min(a, b), max(a, b)
    return parse.heads[b] == a or (
        b - a <= 3 and any(parse.lowers[t] in {"or", "and", "and/or", "/"} for t in range(a, b))
    )
