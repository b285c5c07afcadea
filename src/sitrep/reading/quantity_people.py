"""Killed, wounded, taken, missing, driven out: who the words of harm speak of, and how many."""

from __future__ import annotations

from sitrep.ontology.cues import CasualtyWords, FigureWords
from sitrep.reading.parse import Parse
from sitrep.reading.quantity_harmed import SUBJECTS, Harmed
from sitrep.reading.quantity_numbers import Number
from sitrep.reading.quantity_settle import Toll, settle

NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
NOBODY = frozenset({"nobody", "none"})
TELLING = frozenset({"report", "be", "have", "cause", "record", "confirm", "suffer", "result", "occur", "sustain"})


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
        self.harming = frozenset({*self.object_verbs, *words.shot_verbs})
        self.predicates = frozenset(self.states)
        self.cues = frozenset(
            {
                *self.object_verbs, *self.subject_verbs, *self.states, *self.nouns, *self.of_nouns,
                *words.shot_verbs, *words.casualty_nouns, *words.toll_nouns, *words.life_nouns, *words.harm_verbs,
                *words.care_verbs, *words.harm_nouns, *words.inflict_verbs, "affect",
                "commit", "condition", "pass", "shooting", "hospital",
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


class _Pass(Harmed):
    """One parse being read."""

    def __init__(
        self, people: People, parse: Parse, numbers: dict[int, Number], alias: dict[int, int], persons: frozenset[int]
    ) -> None:
        super().__init__(
            parse,
            people.words,
            numbers,
            alias,
            persons,
            human=people.human,
            verbs=people.harming,
            states=people.predicates,
        )
        self.people = people
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
            if any(parse.lowers[k] in NEGATIONS for k in parse.children[i]) or self.unreal(i):
                return
            if lemma in words.shot_verbs:
                if self.missed(i):
                    return
                kind = self._shot_kind(i)
                patients = self.patients(i)
                if not patients and kind == "killed" and not parse.kids(i, "dobj"):
                    patients = self.subjects(i)
                self._add(kind, [*patients, *self.company(i)], i)
                return
            if lemma in people.object_verbs:
                self._verb(i, people.object_verbs[lemma])
                return
            gone = lemma == "pass" and any(parse.lowers[k] == "away" for k in parse.children[i])
            if lemma in people.subject_verbs or gone:
                near = self.just_before(i)
                self._add(people.subject_verbs.get(lemma, "killed"), self.subjects(i) if near is None else [near], i)
                return
            if lemma in words.inflict_verbs:
                self._add("injured", self._inflicted(i), i)
            elif lemma == "affect" and self._by_gas(i):
                self._add("injured", self.patients(i), i)
            elif lemma in words.harm_verbs and self._harm(i):
                self._add("injured", self.subjects(i), i)
            elif lemma in words.care_verbs and parse.tags[i] == "VBN":
                self._add("injured", self.patients(i), i)
            elif lemma == "commit" and any(parse.lemmas[k] == "suicide" for k in parse.kids(i, "dobj")):
                self._add("killed", self.subjects(i), i)
        state = parse.lowers[i]
        if state in people.states and (pos in {"ADJ", "ADV"} or verbal) and self._state(i, people.states[state]):
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
        return any(parse.lemmas[k] in self.words.harm_nouns and not self.none(k) for k in found)

    def _inflicted(self, i: int) -> list[int]:
        """Whom a verb's wounds are done to: "inflicted harm on 20 people", "caused injuries to three"."""
        parse = self.parse
        nouns = [k for k in parse.kids(i, "dobj") if parse.lemmas[k] in self.words.harm_nouns]
        return [
            person
            for node in (i, *nouns)
            for prep in (parse.kids(node, "prep", "dative") if nouns else ())
            if parse.lowers[prep] in {"on", "to", "upon"}
            for person in parse.kids(prep, "pobj")
        ]

    def _by_gas(self, i: int) -> bool:
        """Whether what affects people is a poison."""
        parse = self.parse
        agents = [m for k in parse.kids(i, "agent", "prep") for m in parse.kids(k, "pobj")]
        return any(parse.lemmas[k] in self.words.poisons for k in (*agents, *parse.kids(i, "nsubj")))

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
        if parse.lowers[i] == "hung":
            # "he hung around": whoever is put to death is hanged
            return
        patients = [*self.patients(i), *self.company(i)]
        if kind == "injured" and any(parse.lowers[k] in {"fatally", "mortally"} for k in parse.kids(i, "advmod")):
            kind = "killed"
        self._add(kind, patients, i)

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
            if named == cue or (named != head and self.has_own_cue(named, cue)):
                continue
            token = named if named in self.numbers else self.alias.get(named, named)
            if kind == "shot" and parse.lemmas[token].lower() in self.words.things:
                # "shot out two windows"
                continue
            number = self.numbers.get(token)
            if number is None and (family := self.family(token)):
                number = family
            if parse.lowers[token] in NOBODY or self.none(token):
                self.found.append(Toll(kind, token, None, cue, part_of, zero=True))
                continue
            if number is None and not self.one_person(token):
                continue
            self.found.append(Toll(kind, token, number, cue, part_of))
            for k in parse.children[token]:
                if parse.lowers[k] in {"including", "include"}:
                    for inner in parse.kids(k, "pobj", "dobj"):
                        self._add_one(kind, inner, cue, token)

    def _state(self, i: int, kind: str) -> bool:
        """Whether a predicate such as "dead" or "missing" was read, with whom it is said of."""
        parse = self.parse
        dep, head = parse.deps[i], parse.heads[i]
        own = [self.antecedent(k) for k in parse.children[i] if parse.deps[k] in SUBJECTS]
        heads: list[int] = []
        if own:
            heads = own
        elif (near := self.just_before(i)) is not None:
            heads = [near]
        elif (
            dep in {"acomp", "oprd", "xcomp", "ccomp", "attr", "dobj", "advmod", "prep"}
            and parse.lemmas[head] in self.words.state_verbs
        ):
            if parse.lemmas[head] == "shoot" or (parse.lowers[i] == "hurt" and dep == "dobj"):
                return False
            heads = self.undergoers(head)
        elif dep == "amod" and head > i:
            heads = [head]
        elif dep in {"acl", "amod"} and parse.tags[i] in {"VBN", "JJ", "VBD"}:
            heads = [parse.heads[head] if parse.deps[head] == "conj" else head]
        elif dep == "conj" and parse.deps[head] == "amod":
            # "dead and injured people"
            heads = [parse.heads[head]]
        elif dep == "conj" and head in {toll.cue for toll in self.found}:
            heads = [k for k in (self.just_before(i),) if k is not None]
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
                # "three injuries to his head" are not three people
                if lemma not in words.harm_nouns or parse.lemmas[parse.heads[i]] not in words.harm_verbs:
                    self.found.append(Toll(kind, i, self.numbers[i], i))
            elif lemma not in {"arrest", "body"} and self.none(i) and self._told(i):
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
                self._add("killed", self.subjects(verb), verb)

    def _hospital(self, i: int) -> None:
        """Such as "two people were taken to hospital"."""
        parse = self.parse
        prep = parse.heads[i]
        verb = parse.heads[prep]
        if parse.deps[i] != "pobj":
            return
        taken: list[int] = []
        if parse.lowers[prep] == "to" and parse.lemmas[verb] in self.words.hospital_verbs:
            taken = [self.antecedent(k) for k in parse.kids(verb, "nsubjpass")]
            if parse.lemmas[verb] == "send" and not taken:
                taken = parse.kids(verb, "dobj")
        elif parse.lowers[prep] in {"in", "to"} and parse.lemmas[verb] in {"be", "go", "remain"}:
            # somebody may visit a hospital: only wounds make a patient
            near = range(i + 1, min(i + 6, parse.sentence(i)[1]))
            if any(parse.lemmas[k] in self.words.harm_nouns for k in near):
                taken = self.subjects(verb)
        self._add("injured", [k for k in taken if self.people.nouns.get(parse.lemmas[k]) != "killed"], i)

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
            found = [self.antecedent(k) for k in parse.kids(head, "nsubjpass")] or parse.kids(head, "dobj")
            self._add("injured", found or self.subjects(head), i)
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
