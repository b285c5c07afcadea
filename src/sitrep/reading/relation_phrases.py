"""Relations told by verbs, nouns, adjectives and compounds: "backed by", "an ally of", "loyal to", "U.N.-backed"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sitrep.model import Actor, Place, RelationType
from sitrep.ontology.cues import RelationWords
from sitrep.reading.frames import noun_frame, verb_frame
from sitrep.reading.parse import Parse
from sitrep.reading.relation_members import BODIES, fits, including, of_body
from sitrep.reading.relation_nodes import Found, Nodes

Cue = tuple[RelationType, str]
Real = Callable[[int, RelationType], bool]
NOUN_PREPS = frozenset({"of", "to", "for", "with"})
PREDICATE = frozenset({"acomp", "attr", "oprd", "xcomp"})
TO_PLACE = frozenset({"located_in", "seat_of"})
PART = frozenset({"part", "member"})
ARMED = frozenset({"armed_group", "military", "militia", "party", "government"})
ALLEGIANCE = frozenset({"allegiance", "loyalty", "fealty", "bayah", "bay'ah"})
SWEARING = frozenset({"pledge", "swear", "declare", "give", "owe", "profess", "renew"})
# "fought in a |campaign| alongside the militia"
WAGED = frozenset({"campaign", "battle", "offensive", "operation", "fight", "war", "push", "assault"})
# paths from a body to the place it sits in: "a government loyal to the general in the city of Bayda"
DOWN = frozenset({"prep", "pobj", "amod", "acl", "agent", "conj"})


class Phrases:
    """Reads the phrases of relation."""

    def __init__(self, words: RelationWords) -> None:
        self.words = words
        self.verbs = _index(words.verbs)
        self.holders = _index(words.reversed_verbs)
        self.adjectives = _index(words.adjectives)
        self.nouns: dict[str, RelationType] = {word: kind for kind, names in words.nouns.items() for word in names}
        self.compounds: dict[str, RelationType] = {w: kind for kind, names in words.compounds.items() for w in names}
        self.turned: dict[str, RelationType] = {
            w: kind for kind, names in words.reversed_compounds.items() for w in names
        }
        self.prefixes: dict[str, RelationType] = {w: kind for kind, names in words.prefixes.items() for w in names}

    def read(self, nodes: Nodes, i: int, real: Real) -> Iterator[Found]:
        """The relations that a word of the page tells."""
        parse = nodes.parse
        lemma, pos, low = parse.lemmas[i].lower(), parse.pos[i], parse.lowers[i]
        if pos in {"VERB", "AUX"} and lemma in self.verbs and not _hyphened(parse, i):
            yield from self._verb(nodes, i, self.verbs[lemma], real)
        if pos == "VERB" and lemma in self.holders:
            yield from self._whole(nodes, i, self.holders[lemma], real)
        if low in self.adjectives and pos in {"ADJ", "VERB"}:
            yield from self._adjective(nodes, i, self.adjectives[low])
        noun = self.nouns.get(lemma) or self.nouns.get(low)
        if pos in {"NOUN", "PROPN"} and noun and not parse.kids(i, "neg"):
            yield from self._noun(nodes, i, noun)
        if lemma == "rival" or low == "rival":
            yield from self._rivals(nodes, i)
        if pos == "NOUN" and lemma in self.words.bodies:
            yield from self._seat(nodes, i)
        if lemma in ALLEGIANCE and parse.deps[i] == "dobj":
            yield from self._sworn(nodes, i, real)
        if "-" in low:
            yield from self._compound(nodes, i)
        if low in {"'s", "’s", "'", "’"} and parse.deps[i] == "case" and parse.deps[parse.heads[i]] == "poss":
            yield from self._owned(nodes, parse.heads[parse.heads[i]])
        if low in {"of", "from"} and parse.deps[i] == "prep":
            yield from of_body(nodes, i, self.words)
        if low == "including":
            yield from including(nodes, i)
        if low == "against" and parse.deps[i] == "prep":
            yield from self._against(nodes, i, real)

    def _verb(self, nodes: Nodes, i: int, cues: tuple[Cue, ...], real: Real) -> Iterator[Found]:
        parse = nodes.parse
        frame = verb_frame(parse, i)
        for kind, prep in cues:
            targets = frame.preps.get(prep, []) if prep else frame.object
            if prep == "alongside" and not targets:
                waged = [t for t in frame.preps.get("in", []) if parse.lemmas[t] in WAGED]
                targets = [
                    p
                    for t in waged
                    for k in parse.kids(t, "prep")
                    if parse.lowers[k] == prep
                    for p in parse.kids(k, "pobj")
                ]
            subjects = frame.subject
            if prep:
                subjects = subjects if subjects and not frame.passive else frame.object or _predicated(parse, i)
            subjects, targets = _before_clause(parse, i, subjects), _before_clause(parse, i, targets)
            if not targets or not subjects or not real(i, kind):
                continue
            for s_at, subject in nodes.parties(subjects, alone=True):
                if kind in TO_PLACE:
                    for o_at, place in nodes.places(targets):
                        yield Found(kind, subject, s_at, place, o_at, i, 0.8)
                    continue
                for o_at, other in nodes.parties(targets, alone=True):
                    if fits(kind, subject, other):
                        yield Found(kind, subject, s_at, other, o_at, i, 0.85)

    def _whole(self, nodes: Nodes, i: int, cues: tuple[Cue, ...], real: Real) -> Iterator[Found]:
        """Such as "the alliance, which includes the militia": the object stands to the subject."""
        parse = nodes.parse
        frame = verb_frame(parse, i)
        for kind, prep in cues:
            wholes = _before_clause(parse, i, frame.object if prep and frame.passive else frame.subject)
            for w_at, whole in nodes.actors(wholes, alone=True):
                for p_at, part in nodes.actors(frame.preps.get(prep, []) if prep else frame.object, alone=True):
                    if fits(kind, part, whole) and whole.kind in BODIES and real(i, kind):
                        yield Found(kind, part, p_at, whole, w_at, i, 0.75)

    def _adjective(self, nodes: Nodes, i: int, cues: tuple[Cue, ...]) -> Iterator[Found]:
        parse = nodes.parse
        if parse.kids(i, "neg") or any(
            parse.lowers[k] in {"once", "formerly", "previously"} for k in parse.kids(i, "advmod")
        ):
            return
        for kind, prep in cues:
            targets = [p for k in parse.kids(i, "prep") if parse.lowers[k] == prep for p in parse.kids(k, "pobj")]
            if not targets:
                continue
            for s_at, subject in nodes.actors(_predicated(parse, i)):
                for o_at, other in nodes.places(targets) if kind in TO_PLACE else nodes.parties(targets):
                    if kind in TO_PLACE or fits(kind, subject, other):
                        yield Found(kind, subject, s_at, other, o_at, i, 0.85)

    def _noun(self, nodes: Nodes, i: int, kind: RelationType) -> Iterator[Found]:
        """Such as "an ally of Moscow", "the party's armed wing", "Sirte, headquarters of the group"."""
        parse = nodes.parse
        if {parse.lowers[k] for k in parse.children[i] if k < i} & self.words.ended:
            return
        owners = [p for k in parse.kids(i, "prep") if parse.lowers[k] in NOUN_PREPS for p in parse.kids(k, "pobj")]
        owners = owners or parse.kids(i, "poss")
        dep, head = parse.deps[i], parse.heads[i]
        members: list[int] = parse.kids(i, "appos")
        if dep in {"appos", "compound", "nmod"}:
            members.append(head)
            owners = owners or [k for k in parse.kids(head, "poss") if k < i]
        elif dep in {"attr", "oprd"} and parse.lemmas[head] in {"be", "become", "remain"}:
            members += verb_frame(parse, head).subject
        elif dep == "pobj" and parse.lowers[head] in {"into", "as"}:
            above = parse.heads[head]
            while parse.pos[above] == "PUNCT" and parse.heads[above] != above:
                above = parse.heads[above]
            members += parse.kids(above, "dobj", "nsubjpass")
            if parse.lemmas[i] in PART:
                # "the UK, as part of the coalition, sent aircraft"
                members = [above] if parse.pos[above] != "VERB" else verb_frame(parse, above).subject
        if kind == "seat_of":
            if dep == "nsubj" and parse.lemmas[head] == "be":
                # "the union, whose headquarters are in Addis Ababa"
                there = [p for k in parse.kids(head, "prep") if parse.lowers[k] == "in" for p in parse.kids(k, "pobj")]
                for p_at, place in nodes.places(there):
                    for o_at, owner in nodes.actors(_whose(parse, parse.kids(i, "poss", "prep"))):
                        yield Found("located_in", owner, o_at, place, p_at, i, 0.8)
                return
            for p_at, place in nodes.places(members):
                for o_at, owner in nodes.actors(owners):
                    yield Found(kind, place, p_at, owner, o_at, i, 0.8)
            return
        if parse.lemmas[i] in PART and not members:
            return
        members = members or [i]
        for m_at, member in nodes.parties(members):
            for o_at, owner in nodes.parties(owners):
                # a state is a member of an alliance, an armed wing is a part of a party
                state = isinstance(member, Place) or member.kind == "state"
                sort = "member_of" if kind == "part_of" and state else kind
                if fits(sort, member, owner) and (sort != "member_of" or owner.kind in BODIES):
                    yield Found(sort, member, m_at, owner, o_at, i, 0.8)

    def _sworn(self, nodes: Nodes, i: int, real: Real) -> Iterator[Found]:
        """Such as "pledged allegiance to the group"."""
        parse = nodes.parse
        verb = parse.heads[i]
        if parse.lemmas[verb] not in SWEARING or not real(verb, "supports"):
            return
        frame = verb_frame(parse, verb)
        preps = [*parse.kids(i, "prep"), *parse.kids(verb, "prep", "dative")]
        to = [p for k in preps if parse.lowers[k] == "to" for p in parse.kids(k, "pobj")]
        for s_at, subject in nodes.parties(frame.subject):
            for o_at, other in nodes.parties(to):
                if fits("supports", subject, other):
                    yield Found("supports", subject, s_at, other, o_at, i, 0.85)

    def _owned(self, nodes: Nodes, i: int) -> Iterator[Found]:
        """Such as "Gen. Haftar's Libyan National Army": a named person's army is the one that they lead."""
        body = nodes.actor(i)
        if body is None or body.kind not in ARMED:
            return
        for at, owner in nodes.actors(nodes.parse.kids(i, "poss")):
            if owner.kind == "person" and nodes.parse.pos[at] == "PROPN":
                yield Found("leads", owner, at, body, i, at, 0.7)

    def _against(self, nodes: Nodes, i: int, real: Real) -> Iterator[Found]:
        """Such as "launched strikes against the group", "the coalition's campaign against the group"."""
        parse = nodes.parse
        head = parse.heads[i]
        targets = [(at, party) for at, party in nodes.parties(parse.kids(i, "pobj")) if isinstance(party, Actor)]
        if not targets or parse.lemmas[head] in self.words.words_only:
            return
        if parse.pos[head] in {"VERB", "AUX"}:
            frame = verb_frame(parse, head)
            owners = frame.subject or (frame.object if frame.passive else [])
        elif parse.pos[head] == "NOUN":
            frame = noun_frame(parse, head)
            owners = [*frame.poss, *frame.adjective, *frame.subject]
        else:
            return
        owners = _before_clause(parse, head, owners)
        for s_at, subject in nodes.parties(owners, alone=True):
            for o_at, other in targets:
                if fits("opposes", subject, other) and real(head, "opposes"):
                    yield Found("opposes", subject, s_at, other, o_at, i, 0.75)

    def _rivals(self, nodes: Nodes, i: int) -> Iterator[Found]:
        """Such as "two rival governments: one in the west and another in the east"."""
        parse = nodes.parse
        if parse.deps[i] != "amod":
            return
        listed = nodes.actors(parse.kids(parse.heads[i], "appos"))
        for n, (s_at, subject) in enumerate(listed):
            for o_at, other in listed[n + 1 :]:
                if subject.id != other.id:
                    yield Found("rival_of", subject, s_at, other, o_at, i, 0.8)

    def _seat(self, nodes: Nodes, i: int) -> Iterator[Found]:
        """Such as "the government in Tripoli"; a ruling body sits where its noun phrase says."""
        parse = nodes.parse
        body = nodes.actor(i)
        if body is None:
            return
        todo, depth = [(i, 0)], 8
        while todo:
            at, level = todo.pop(0)
            for kid in parse.children[at]:
                if kid < at or parse.deps[kid] not in DOWN or level > depth:
                    continue
                if (at != i and parse.deps[kid] == "conj") or parse.tags[kid] == "VBG":
                    # "government |shelling| in the north" seats no government there
                    continue
                if parse.deps[kid] == "prep" and parse.lowers[kid] in {"in", "at"}:
                    for p_at, place in nodes.places(parse.kids(kid, "pobj")):
                        if place.kind != "country":
                            yield Found("located_in", body, i, place, p_at, kid, 0.8)
                            return
                if parse.deps[kid] != "conj":
                    todo.append((kid, level + 1))

    def _compound(self, nodes: Nodes, i: int) -> Iterator[Found]:
        """Such as "U.N.-backed government", "Kurdish-led alliance", "pro-Russian militia"."""
        parse = nodes.parse
        low = parse.lowers[i]
        if low == "-":
            if (
                i == 0
                or i + 1 >= len(parse)
                or parse.starts[i] != parse.ends[i - 1]
                or parse.ends[i] != parse.starts[i + 1]
            ):
                return
            first, last, at = parse.words[i - 1], parse.lowers[i + 1], i + 1
            first_at, last_word = i - 1, parse.words[i + 1]
        else:
            first, _, last_word = parse.words[i].rpartition("-")
            last, at, first_at = last_word.lower(), i, i
        if last in self.compounds or last in self.turned:
            other = (nodes.party(first_at) if low == "-" else None) or nodes.named(first)
            other_at = first_at
        elif first.lower() in self.prefixes:
            other = (nodes.party(at) if low == "-" else None) or nodes.named(last_word)
            other_at = at
        else:
            return
        if other is None:
            return
        for n_at, noun in nodes.actors(_nouns_of(parse, at)):
            if noun.id == other.id:
                continue
            if first.lower() in self.prefixes:
                yield Found(self.prefixes[first.lower()], noun, n_at, other, other_at, at, 0.8)
            elif last in self.compounds:
                yield Found(self.compounds[last], other, other_at, noun, n_at, at, 0.85)
            else:
                yield Found(self.turned[last], noun, n_at, other, other_at, at, 0.8)


def _whose(parse: Parse, tokens: list[int]) -> list[int]:
    """Owners, with the noun that "whose" stands for, and what follows "of"."""
    found: list[int] = []
    for token in tokens:
        if parse.lowers[token] == "whose":
            clause = next((node for node in parse.ancestors(token) if parse.deps[node] == "relcl"), None)
            found += [parse.heads[clause]] if clause is not None else []
        elif parse.deps[token] == "prep":
            found += parse.kids(token, "pobj") if parse.lowers[token] == "of" else []
        else:
            found.append(token)
    return found


def _index(table: dict[RelationType, tuple[str, ...]]) -> dict[str, tuple[Cue, ...]]:
    """Cues by the first word, with the relation and the preposition asked for."""
    found: dict[str, list[Cue]] = {}
    for kind, phrases in table.items():
        for phrase in phrases:
            first, *rest = phrase.split()
            found.setdefault(first, []).append((kind, rest[-1] if rest else ""))
    return {word: tuple(cues) for word, cues in found.items()}


def _hyphened(parse: Parse, i: int) -> bool:
    """Whether a participle is the second half of a compound ("rebel-|held")."""
    return i > 0 and parse.lowers[i - 1] == "-" and parse.ends[i - 1] == parse.starts[i]


def _before_clause(parse: Parse, i: int, tokens: list[int]) -> list[int]:
    """A clause after the first of several nouns is said of that one only."""
    if parse.deps[i] not in {"acl", "relcl"}:
        return tokens
    later = {k for k in parse.conjuncts(parse.heads[i]) if k > i}
    return [token for token in tokens if token not in later]


def _predicated(parse: Parse, i: int) -> list[int]:
    """The nouns that an adjective or participle is said of."""
    steps = 0
    while parse.deps[i] == "conj" and parse.pos[parse.heads[i]] in {"ADJ", "VERB"} and steps < 4:
        i, steps = parse.heads[i], steps + 1
    dep, head = parse.deps[i], parse.heads[i]
    if dep in {"amod", "acl", "appos", "relcl"}:
        return [head]
    if dep in PREDICATE and parse.pos[head] in {"VERB", "AUX"}:
        frame = verb_frame(parse, head)
        if parse.kids(head, "neg"):
            return []
        return frame.object if frame.passive else frame.subject
    if dep == "conj" and parse.pos[head] in {"NOUN", "PROPN"}:
        return [head]
    return []


def _nouns_of(parse: Parse, i: int) -> list[int]:
    """The noun that a compound modifier stands before."""
    steps = 0
    while parse.deps[i] in {"conj", "npadvmod"} and parse.pos[parse.heads[i]] not in {"NOUN", "PROPN"} and steps < 4:
        i, steps = parse.heads[i], steps + 1
    dep, head = parse.deps[i], parse.heads[i]
    if dep in {"amod", "compound", "nmod", "conj", "acl"} and parse.pos[head] in {"NOUN", "PROPN"} and head > i:
        return [head]
    for t in range(i + 1, min(i + 6, parse.sentence(i)[1])):
        if parse.pos[t] in {"NOUN", "PROPN"} and parse.deps[t] not in {"compound", "npadvmod", "nmod"}:
            return [t]
    return []
