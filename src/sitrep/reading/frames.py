"""Who stands where around a trigger: the logical subject, object and complements of a verb or an event noun.

One Frame is the same for "X shelled Y", "Y was shelled by X", "X, which shelled Y", "the shelling of Y by X"
and "X carried out a shelling of Y"; the ontology's role frames name its slots.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from sitrep.ontology.load import load_ontology
from sitrep.reading.parse import Parse

SUBJECT = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "csubjpass")
RELATIVE = frozenset({"who", "which", "that", "whom", "where", "whose"})
SAME_PREP = {"upon": "on", "onto": "on", "amongst": "among", "toward": "towards", "inside": "in", "within": "in"}
# prepositions after an "of" phrase that belong to the event noun before it
CARRIED_ON = frozenset({"by", "from", "to", "into", "against", "on", "in", "at", "near", "outside"})
# verbs whose object does the infinitive after them ("asked the U.S. to strike")
OBJECT_CONTROL = frozenset(
    "ask tell order urge help allow force enable request instruct persuade convince encourage call invite press "
    "push let make prepare ready arm back compel permit authorize authorise prompt lead cause want expect advise "
    "warn beg train".split()
)


# verbs that lay the deed in the gerund after them on their object
CHARGES = frozenset("accuse suspect blame charge convict acquit indict prevent stop keep deter dissuade".split())
# verbs of harm that have an object: without one, and in the past, the words say who was harmed ("two soldiers killed")
HARM = frozenset({"kill", "wound", "injure", "martyr", "displace", "maim"})
HURT = frozenset({"injured", "wounded", "hurt"})
DYING = frozenset({"die", "perish"})
# words put in writing: what they demand or promise, their author does
STATEMENTS = frozenset("declaration statement letter resolution petition communique message note memo decree".split())


@cache
def _light(subject: str) -> frozenset[str]:
    """Verbs that add nothing to the event noun they take as object, by what their subject is to the event."""
    return frozenset(verb for verb, light in load_ontology().light_verbs.items() if light.subject == subject)


@dataclass(slots=True)
class Frame:
    """Tokens by slot. preps: preposition to the heads of its objects. verb: the verb that carries the clause."""

    trigger: int
    verb: int | None = None
    subject: list[int] = field(default_factory=lambda: list[int]())
    object: list[int] = field(default_factory=lambda: list[int]())
    indirect: list[int] = field(default_factory=lambda: list[int]())
    poss: list[int] = field(default_factory=lambda: list[int]())
    adjective: list[int] = field(default_factory=lambda: list[int]())
    preps: dict[str, list[int]] = field(default_factory=lambda: dict[str, list[int]]())
    clause: list[int] = field(default_factory=lambda: list[int]())
    complement: int | None = None
    passive: bool = False
    light: int | None = None

    def slot(self, name: str) -> list[int]:
        """The tokens of a role frame of the ontology ("subject", "prep:on", "of", "between", ...)."""
        if name.startswith("prep:"):
            return self.preps.get(name[5:], [])
        if name in ("of", "between", "by", "among"):
            return self.preps.get(name, [])
        if name == "compound":
            return self.adjective
        return getattr(self, name, [])


def with_conjuncts(parse: Parse, tokens: list[int]) -> list[int]:
    """Tokens and the members of their coordinations, once each."""
    found: dict[int, None] = {}
    for token in tokens:
        found[token] = None
        for other in parse.conjuncts(token):
            if parse.pos[other] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"):
                found[other] = None
    return list(found)


def verb_frame(parse: Parse, i: int) -> Frame:
    """The frame of a verb, whatever its voice and wherever its subject stands."""
    frame = Frame(i, verb=i)
    relative_slot = ""
    for kid in parse.children[i]:
        dep = parse.deps[kid]
        if dep in SUBJECT:
            if parse.lowers[kid] in RELATIVE and parse.deps[i] == "relcl":
                relative_slot = "subject"
            else:
                frame.subject.append(_across_speech(parse, i, kid))
        elif dep in PASSIVE:
            frame.passive = True
            if parse.lowers[kid] in RELATIVE and parse.deps[i] == "relcl":
                relative_slot = "object"
            else:
                frame.object.append(kid)
        elif dep in ("dobj", "obj"):
            if parse.lowers[kid] in RELATIVE and parse.deps[i] == "relcl":
                relative_slot = "object"
            else:
                frame.object.append(kid)
        elif dep == "dative":
            frame.indirect += parse.kids(kid, "pobj") or [kid]
            if parse.kids(kid, "pobj"):
                frame.preps.setdefault(parse.lowers[kid], []).extend(parse.kids(kid, "pobj"))
        elif dep == "agent":
            frame.subject += parse.kids(kid, "pobj")
            frame.passive = True
        elif dep in ("prep", "prt"):
            _prep(parse, frame, kid)
        elif dep == "auxpass":
            frame.passive = True
        elif dep in ("xcomp", "ccomp"):
            frame.complement = kid
            frame.clause += parse.kids(kid, "nsubj")
    dep = parse.deps[i]
    if dep in ("relcl", "acl"):
        noun = parse.heads[i]
        participle = dep == "acl"
        if participle and parse.tags[i] == "VBN" and not frame.object:
            frame.object.append(noun)
            frame.passive = True
        elif participle and parse.tags[i] == "VBG" and not frame.subject and parse.lemmas[noun] in STATEMENTS:
            # "issued a declaration demanding": who issued it demands
            frame.subject += parse.kids(noun, "poss") or (
                _own_subject(parse, parse.heads[noun]) if parse.deps[noun] == "dobj" else [noun]
            )
        elif relative_slot == "subject" or (participle and parse.tags[i] == "VBG" and not frame.subject):
            frame.subject.append(noun)
        elif relative_slot == "object" or (dep == "relcl" and frame.subject and not frame.object and not frame.passive):
            frame.object.append(noun)
    if dep == "acl" and parse.lemmas[i] == "use" and frame.subject == [parse.heads[i]]:
        # "killed 40 people using gas": who killed used it
        above = parse.heads[parse.heads[i]]
        killers = _own_subject(parse, above) if parse.deps[parse.heads[i]] == "dobj" else []
        frame.subject = killers or frame.subject
    if not frame.subject and not (frame.passive and frame.object):
        frame.subject += inherited_subject(parse, i)
    if frame.passive and not frame.object and dep in ("conj", "advcl", "xcomp"):
        frame.object += inherited_subject(parse, i)
    if dep == "conj" and not frame.object and not frame.passive:
        # "shelled and stormed the town": the object stands with the last verb, or with the first
        frame.object += [kid for kid in parse.kids(parse.heads[i], "dobj") if kid > i]
    if not frame.object and not frame.passive:
        for other in parse.kids(i, "conj"):
            if parse.pos[other] == "VERB" and not parse.kids(i, "prep"):
                frame.object += [kid for kid in parse.kids(other, "dobj") if kid > i]
                break
    counted = any(
        parse.pos[s] == "NUM" or parse.kids(s, "nummod") or parse.lemmas[s] == "people" for s in frame.subject
    )
    if parse.lemmas[i] in HARM and frame.object and all(_hurt(parse, token) for token in frame.object):
        # a headline's "six citizens killed 22 injured": two tolls beside each other
        frame.object, counted = [], True
    harmed = parse.lemmas[i] in HARM and counted and not frame.object and parse.tags[i] in ("VBD", "VBN")
    if parse.lemmas[i] in DYING or harmed:
        frame.object, frame.subject = frame.subject or frame.object, []
        frame.passive = True
    if parse.lemmas[i] == "come" and "under" in frame.preps:
        # "came under fire": it was done to them
        frame.object, frame.subject = frame.object + frame.subject, []
    frame.subject = with_conjuncts(parse, frame.subject)
    frame.object = with_conjuncts(parse, frame.object)
    frame.indirect = with_conjuncts(parse, frame.indirect)
    frame.preps = {prep: with_conjuncts(parse, tokens) for prep, tokens in frame.preps.items()}
    return frame


def _hurt(parse: Parse, token: int) -> bool:
    """Whether a number counts those hurt, with no noun of its own: "22 injured"."""
    following = parse.lowers[token + 1 : token + 3]
    return parse.pos[token] == "NUM" and any(word in HURT for word in following)


def _across_speech(parse: Parse, i: int, kid: int) -> int:
    """What a relative pronoun stands for over a verb of speech ("the attack, which it says killed 12")."""
    above = parse.heads[i]
    if parse.lowers[kid] in RELATIVE and parse.deps[i] == "ccomp" and parse.deps[above] == "relcl":
        return parse.heads[above]
    return kid


def inherited_subject(parse: Parse, i: int, steps: int = 4) -> list[int]:
    """The subject that a verb without one borrows: from a coordinated verb, a controlling verb, or the main clause."""
    if steps == 0:
        return []
    dep, head = parse.deps[i], parse.heads[i]
    if head == i:
        return []
    if dep == "conj" and parse.pos[head] in ("VERB", "AUX"):
        return _own_subject(parse, head) or inherited_subject(parse, head, steps - 1)
    if dep in ("xcomp", "ccomp") and parse.pos[head] in ("VERB", "AUX"):
        objects = parse.kids(head, "dobj", "dative")
        if objects and parse.lemmas[head] in OBJECT_CONTROL:
            return objects[-1:]
        if dep == "ccomp" and parse.deps[head] == "relcl":
            # "an attack [that] the agency says killed twelve people"
            return [parse.heads[head]]
        if dep == "ccomp" and _tensed(parse, i):
            return []
        return _own_subject(parse, head) or inherited_subject(parse, head, steps - 1)
    if dep in ("acomp", "attr", "oprd") or (dep == "xcomp" and parse.pos[head] == "ADJ"):
        # "Kenya is ready to send": the subject of the copula
        return _own_subject(parse, head) or inherited_subject(parse, head, steps - 1)
    if dep == "pcomp" and not _tensed(parse, i):
        # "accused the rebels of shelling", "blamed the army for killing": whom it is put on
        objects = charged(parse, parse.heads[head], CHARGES)
        if objects:
            return objects[-1:]
    if dep in ("advcl", "pcomp") and not _tensed(parse, i):
        while parse.pos[head] not in ("VERB", "AUX") and parse.heads[head] != head:
            head = parse.heads[head]
        if parse.lemmas[i] in HARM and parse.kids(head, "nsubjpass"):
            # "a helicopter was shot down, killing five": what was done killed them, not whom it was done to
            return [doer for agent in parse.kids(head, "agent") for doer in parse.kids(agent, "pobj")]
        return _own_subject(parse, head) or inherited_subject(parse, head, steps - 1)
    if dep == "acl" and parse.tags[i] == "VB":
        # "attempt to retake", "bid to seize": whose attempt it is
        noun = parse.heads[i]
        owners = parse.kids(noun, "poss") or [
            token for by in parse.kids(noun, "prep") if parse.lowers[by] == "by" for token in parse.kids(by, "pobj")
        ]
        if owners:
            return owners
        if parse.deps[noun] in ("dobj", "pobj"):
            up = parse.heads[noun]
            while parse.pos[up] not in ("VERB", "AUX") and parse.heads[up] != up:
                up = parse.heads[up]
            return _own_subject(parse, up) or inherited_subject(parse, up, steps - 1)
    return []


def charged(parse: Parse, above: int, verbs: frozenset[str]) -> list[int]:
    """Whom a charge is laid on, given the word that its preposition hangs on: the verb or the verb's object."""
    if parse.lemmas[above] in verbs and parse.pos[above] == "VERB":
        return parse.kids(above, "dobj", "nsubjpass")
    if parse.deps[above] in ("dobj", "nsubjpass") and parse.lemmas[parse.heads[above]] in verbs:
        return [above]
    return []


def _own_subject(parse: Parse, verb: int) -> list[int]:
    kids = parse.kids(verb, "nsubj", "nsubjpass")
    relative = [kid for kid in kids if parse.lowers[kid] in RELATIVE]
    if relative and parse.deps[verb] == "relcl":
        return [parse.heads[verb]]
    if relative and parse.deps[verb] == "ccomp" and parse.deps[parse.heads[verb]] == "relcl":
        return [parse.heads[parse.heads[verb]]]
    if kids:
        return kids
    if parse.deps[verb] == "acl" and parse.tags[verb] == "VBG":
        return [parse.heads[verb]]
    return []


def _tensed(parse: Parse, i: int) -> bool:
    return parse.tags[i] in ("VBD", "VBZ", "VBP") or any(
        parse.tags[k] in ("VBD", "VBZ", "VBP", "MD") for k in parse.kids(i, "aux", "auxpass")
    )


def _prep(parse: Parse, frame: Frame, kid: int) -> None:
    """File a preposition's objects; "in front of" and "because of" go by their last preposition too."""
    word = SAME_PREP.get(parse.lowers[kid], parse.lowers[kid])
    objects = parse.kids(kid, "pobj")
    if parse.deps[kid] == "prt" and not objects:
        return
    for inner in parse.kids(kid, "prep", "pcomp"):
        if parse.pos[inner] in ("ADP", "SCONJ"):
            frame.preps.setdefault(parse.lowers[inner], []).extend(parse.kids(inner, "pobj"))
    if objects:
        frame.preps.setdefault(word, []).extend(objects)


def noun_frame(parse: Parse, i: int) -> Frame:
    """The frame of an event noun: its own modifiers and complements, and those of a light verb that carries it."""
    frame = Frame(i)
    for kid in parse.children[i]:
        dep = parse.deps[kid]
        if dep == "poss":
            frame.poss.append(kid)
        elif dep in ("compound", "amod", "nmod") and kid < i:
            frame.adjective.append(kid)
            frame.adjective += parse.kids(kid, "compound", "nmod")
            frame.adjective += [k for k in parse.kids(kid, "conj") if k < i]
        elif dep == "prep":
            _prep(parse, frame, kid)
        elif dep in ("acl", "relcl") and parse.pos[kid] == "VERB" and parse.tags[kid] in ("VBN", "VBD"):
            # "airstrikes carried out by the coalition on the town"
            frame.subject += [p for agent in parse.kids(kid, "agent") for p in parse.kids(agent, "pobj")]
            if parse.lemmas[kid] in _light("agent"):
                frame.subject += [s for s in parse.kids(kid, "nsubj") if parse.lowers[s] not in RELATIVE]
                for prep in parse.kids(kid, "prep"):
                    _prep(parse, frame, prep)
        elif dep == "acl" and parse.tags[kid] == "VBG":
            for prep in parse.kids(kid, "prep"):
                _prep(parse, frame, prep)
    # "the shelling of Douma by the army", "the flight of villagers from the hills": the parser hangs what follows
    # the "of" phrase on its noun, but it tells of the event
    for inner in frame.preps.get("of", [])[:]:
        for prep in parse.kids(inner, "prep"):
            if parse.lowers[prep] in CARRIED_ON:
                _prep(parse, frame, prep)
    machines = load_ontology().fillers["@aircraft"]
    own = [token for token in frame.preps.get("by", []) if parse.lemmas[token] not in machines]
    _carrier(parse, i, frame)
    if own:
        # "made the use of gas by the army a red line": who did it stands with the noun, not with the verb above
        frame.subject = own
    elif "by" in frame.preps:
        frame.subject += frame.preps["by"]
    frame.subject = with_conjuncts(parse, list(dict.fromkeys(frame.subject)))
    frame.object = with_conjuncts(parse, frame.object)
    frame.poss = with_conjuncts(parse, frame.poss)
    frame.preps = {prep: with_conjuncts(parse, tokens) for prep, tokens in frame.preps.items()}
    return frame


def _carrier(parse: Parse, i: int, frame: Frame) -> None:
    """What a light verb above the noun adds."""
    top, dep = i, parse.deps[i]
    while dep == "conj":
        top = parse.heads[top]
        dep = parse.deps[top]
    head = parse.heads[top]
    if dep == "pobj":
        prep, noun = parse.lowers[head], parse.heads[head]
        if prep == "of" and parse.pos[noun] == "NOUN":
            # "a wave of airstrikes", "a campaign of bombing"
            top, dep = noun, parse.deps[noun]
            head = parse.heads[noun]
            frame.adjective += [k for k in parse.kids(noun, "compound", "amod", "nmod") if k < noun]
            frame.poss += parse.kids(noun, "poss")
        elif prep == "under" and parse.lemmas[noun] in ("come", "be", "remain"):
            frame.object += _own_subject(parse, noun) or inherited_subject(parse, noun)
            frame.verb = frame.light = noun
            return
        elif prep in ("in", "to", "with", "on", "for") and parse.lemmas[noun] in (
            "engage",
            "take",
            "respond",
            "go",
            "retaliate",
            "proceed",
            "follow",
        ):
            frame.subject += _own_subject(parse, noun) or inherited_subject(parse, noun)
            frame.verb = frame.light = noun
            return
        else:
            return
    if dep in ("dobj", "obj") and parse.lemmas[head] in _light("agent") | _light("patient"):
        frame.verb = frame.light = head
        subjects = [] if frame.passive else _by(parse, head)
        subjects = subjects or _own_subject(parse, head) or inherited_subject(parse, head)
        if parse.deps[head] == "acl" and parse.tags[head] == "VBG":
            subjects = [parse.heads[head]]
        if parse.lemmas[head] in _light("patient"):
            frame.object += subjects
        else:
            frame.subject += subjects
        for kid in parse.kids(head, "prep", "dative"):
            _prep(parse, frame, kid)
    elif dep == "nsubjpass" and parse.lemmas[head] in _light("agent") | {"target", "aim"}:
        frame.verb = frame.light = head
        frame.passive = True
        frame.subject += [p for agent in parse.kids(head, "agent") for p in parse.kids(agent, "pobj")]
        for kid in parse.kids(head, "prep"):
            _prep(parse, frame, kid)
    elif dep in ("nsubj", "attr", "dobj"):
        frame.verb = head
        if dep == "dobj" and not parse.kids(head, "auxpass"):
            # "counted 40 violations by the army": the agent hangs on the verb as often as on the noun
            frame.subject += _by(parse, head)
        # place and time complements of the main verb hold for the event that is its subject
        if dep == "nsubj":
            for kid in parse.kids(head, "prep"):
                if parse.lowers[kid] in ("in", "at", "near", "on", "outside", "around", "between", "across", "inside"):
                    _prep(parse, frame, kid)


def _by(parse: Parse, verb: int) -> list[int]:
    """Whoever stands after "by" at a verb in the active voice: the author of what its object names."""
    return [token for by in parse.kids(verb, "prep") if parse.lowers[by] == "by" for token in parse.kids(by, "pobj")]
