"""Whether an event happened, by the clause that tells it, and which words say otherwise."""

from __future__ import annotations

from typing import NamedTuple

from sitrep.model import Claim, Evidence, Factuality, Reason, ReasonKind
from sitrep.ontology.factuality import FactualityWords
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.triggers import Hit

REASONS: dict[str, ReasonKind] = {
    "planned": "plan", "threatened": "threat", "hypothetical": "modality", "negated": "negation", "denied": "denial",
}  # fmt: skip
# the first in this order wins where a chain of clauses says several things
STRENGTH = ("denied", "negated", "hypothetical", "threatened", "planned")
# verbs that open what somebody does, beside it: "began an operation to retake the town"
OPENING = frozenset({"begin", "start", "resume", "continue", "open"})
COMPLEMENTS = frozenset({"xcomp", "ccomp", "acl", "advcl", "csubj", "dobj", "nsubjpass", "relcl"})


# verbs that say of their subject that it happens; a "not" at any other verb denies something else
TAKES_PLACE = frozenset("occur happen take be begin start resume follow come continue go ensue erupt break".split())


# nouns whose lack leaves open whether it happened ("no confirmation that the town was hit")
EVIDENCE = frozenset({"confirmation", "evidence", "proof", "indication", "sign"})
# "to attack the town with suicide bombings": the means share the fate of the infinitive
MEANS = frozenset({"with", "through", "via", "using"})
# what one attack does, said of it in the present tense of headlines
OUTCOMES = frozenset("kill hit wound injure leave destroy damage strike target draw spark".split())


# adjectives before an infinitive
READINESS = frozenset("ready likely able willing poised set due prepared unable unwilling reluctant unlikely".split())


class Verdict(NamedTuple):
    """A factuality with the words that gave it."""

    factuality: Factuality
    reason: Reason | None


class _Sign(NamedTuple):
    value: str
    kind: ReasonKind
    first: int
    last: int


def judge(page: Page, hit: Hit, words: FactualityWords, claims: list[Claim]) -> Verdict:
    """The factuality of one trigger. claims: the claims whose content holds it."""
    parse = page.parse
    signs = list(dict.fromkeys(_signs(page, hit, words)))
    chosen = min(signs, key=lambda sign: STRENGTH.index(sign.value), default=None)
    if (
        chosen
        and chosen.value in ("negated", "denied")
        and len([s for s in signs if s.value in ("negated", "denied")]) > 1
    ):
        # two negations ("did not deny the attack") assert
        return Verdict("occurred", None)
    if chosen:
        reason = Reason(kind=chosen.kind, evidence=(page.words(chosen.first, chosen.last),))
        return Verdict(_factuality(chosen.value), reason)
    for claim in claims:
        if claim.stance == "denies":
            evidence: tuple[Evidence, ...] = claim.cue or claim.content
            return Verdict("denied", Reason(kind="denial", evidence=evidence))
    return Verdict("ongoing" if _ongoing(parse, hit) else "occurred", None)


def _factuality(value: str) -> Factuality:
    return value  # pyright: ignore[reportReturnType]  # the table is validated against these words on load


def _signs(page: Page, hit: Hit, words: FactualityWords) -> list[_Sign]:
    parse = page.parse
    i = hit.token
    found = _at(parse, i, words)
    carrier = hit.frame.light if hit.frame.light is not None else hit.frame.verb
    if carrier is not None and carrier != i:
        light = hit.frame.light is not None
        if light or parse.lemmas[carrier] in TAKES_PLACE:
            found += _at(parse, carrier, words, objects=light)
        found += _governor(parse, i, carrier, words)
    if not headline_like(page, i):
        found += _generic(parse, hit)
    found += _climb(parse, carrier if carrier is not None else i, words)
    end = parse.sentence(i)[1]
    if parse.words[end - 1] == "?" or (end - 2 >= 0 and parse.words[end - 2] == "?"):
        mark = end - 1 if parse.words[end - 1] == "?" else end - 2
        found.append(_Sign("hypothetical", "question", mark, mark + 1))
    return found


def headline_like(page: Page, i: int) -> bool:
    """Whether a token stands in a headline, where the plain present tells what has happened."""
    parse = page.parse
    passage = page.passage(parse.starts[i])
    start, end = parse.sentence(i)
    if passage is None or parse.words[end - 1] in (".", "!", "?", "”", '"'):
        return False
    # feeds run the headline into the text: what opens a passage without a full stop reads as one
    return passage.kind in ("headline", "deck") or passage.start == parse.starts[start]


def _generic(parse: Parse, hit: Hit) -> list[_Sign]:
    """An event noun as the subject of a plain present ("the recapture of a town does not end a war") tells of the kind,
    not of one event.
    """
    verb = hit.frame.verb
    if not hit.noun or verb is None or parse.deps[hit.token] != "nsubj" or parse.lemmas[verb] in TAKES_PLACE:
        return []
    aux = parse.kids(verb, "aux")
    tags = {parse.tags[kid] for kid in aux} | ({parse.tags[verb]} if not aux else set())
    if parse.lemmas[verb] in OUTCOMES:
        return []
    plain = parse.tags[verb] in ("VBZ", "VBP", "VB") and tags & {"VBZ", "VBP"} and parse.pos[verb] == "VERB"
    if plain and not any(parse.lemmas[kid] in ("have", "be") for kid in aux):
        return [_Sign("hypothetical", "generic", verb, verb + 1)]
    return []


def _climb(parse: Parse, at: int, words: FactualityWords) -> list[_Sign]:
    """Signs from the clauses above, as far as the event is their complement."""
    found: list[_Sign] = []
    for _ in range(6):
        dep, head = parse.deps[at], parse.heads[at]
        if head == at:
            break
        if dep == "conj":
            # a second verb shares the auxiliaries of the first unless it has its own
            if parse.pos[head] in ("VERB", "AUX") and not parse.kids(at, "aux", "auxpass", "nsubj", "nsubjpass"):
                found += [s for s in _at(parse, head, words) if s.value != "negated"]
            at = head
            continue
        if dep in ("pobj", "pcomp"):
            # "the threat of strikes", "accused of bombing", "prevented from entering"
            above = parse.heads[head]
            if above != head and (dep == "pcomp" or parse.pos[above] in ("NOUN", "PROPN")):
                found += _governor(parse, head, above, words)
            shares = parse.lowers[head] in MEANS and parse.tags[above] == "VB" and parse.deps[above] in COMPLEMENTS
            if dep == "pobj" and not shares:
                break
            at = head = above
            if parse.pos[head] not in ("VERB", "AUX"):
                break
            found += _at(parse, head, words, complement=True)
            continue
        if dep not in COMPLEMENTS:
            break
        step = _governor(parse, at, head, words)
        found += step
        if dep == "advcl":
            found += [] if step else _purpose(parse, at, words)
            break
        if dep == "acl" and parse.tags[at] == "VB" and not step:
            found += _purpose(parse, at, words)
        if dep == "relcl" or (dep == "acl" and parse.tags[at] != "VB"):
            break
        if parse.pos[head] in ("VERB", "AUX"):
            found += _at(parse, head, words, complement=True)
        at = head
    return found


def _at(parse: Parse, i: int, words: FactualityWords, *, complement: bool = False, objects: bool = True) -> list[_Sign]:
    """Signs among the direct dependents of a verb or noun: negation, modals, conditions, unmaking modifiers."""
    found: list[_Sign] = []
    verb = parse.pos[i] in ("VERB", "AUX")
    for kid in parse.children[i]:
        low, dep = parse.lowers[kid], parse.deps[kid]
        if dep == "neg" or (low in words.negators and dep in ("det", "advmod", "preconj", "cc", "nsubj", "nsubjpass")):
            if low == "no" and kid + 1 < len(parse) and parse.lowers[kid + 1] in ("longer", "doubt"):
                continue
            found.append(_Sign("negated", "negation", kid, kid + 1))
        elif dep == "aux" and verb and not complement:
            value = words.modals.get(low)
            if value:
                kind: ReasonKind = "plan" if value == "planned" else "modality"
                found.append(_Sign(value, kind, kid, kid + 1))
        elif dep == "mark" and low in words.conditions:
            found.append(_Sign("hypothetical", "conditional", kid, kid + 1))
        elif dep in ("amod", "compound", "advmod", "det") and not verb:
            value = words.modifiers.get(low)
            if value in STRENGTH:
                found.append(_Sign(value, REASONS[value], kid, kid + 1))
        elif dep in ("dobj", "nsubjpass", "nsubj") and verb and objects:
            for det in parse.kids(kid, "det"):
                if parse.lowers[det] == "no":
                    found.append(_Sign("negated", "negation", det, det + 1))
    if verb and parse.deps[i] == "pcomp" and parse.lowers[parse.heads[i]] == "without":
        found.append(_Sign("negated", "negation", parse.heads[i], parse.heads[i] + 1))
    if (
        not verb
        and parse.deps[i] == "pobj"
        and parse.lowers[parse.heads[i]] in ("without", "against", "despite", "from")
    ):
        prep = parse.heads[i]
        if parse.lowers[prep] == "without":
            found.append(_Sign("negated", "negation", prep, prep + 1))
    going = verb and parse.lemmas[i] == "go" and parse.tags[i] == "VBG"
    if going and any(parse.tags[kid] == "VB" for kid in parse.kids(i, "xcomp")):
        found.append(_Sign("planned", "plan", i, i + 1))
    return found


def _governor(parse: Parse, child: int, head: int, words: FactualityWords) -> list[_Sign]:
    """What a verb, noun or adjective says of its complement."""
    lemma = parse.lemmas[head].lower()
    if parse.pos[head] in ("VERB", "AUX"):
        value = words.verbs.get(lemma)
        dep = parse.deps[child]
        infinitive = parse.tags[child] == "VB" and dep in ("xcomp", "ccomp", "advcl")
        if value in (None, "occurred"):
            if dep == "xcomp" and infinitive and lemma in ("be", "have"):
                return [_Sign("planned", "plan", head, head + 1)]
            opened = lemma in OPENING and bool(parse.kids(head, "dobj"))
            if dep == "xcomp" and infinitive and (value is None or opened):
                # "launched an offensive to retake the town": what for, not what came of it
                return [_Sign("hypothetical", "purpose", child, child + 1)]
            return []
        if (
            dep == "nsubjpass"
            and value == "planned"
            and lemma not in ("plan", "schedule", "expect", "propose", "consider", "threaten")
        ):
            return []
        if (
            dep in ("dobj", "nsubjpass", "pobj")
            and value == "planned"
            and lemma in ("begin", "help", "offer", "need", "set", "push", "press", "move", "order", "pose", "tell")
        ):
            return []
        if dep in ("dobj", "nsubjpass") and value == "hypothetical" and lemma in ("fight", "struggle"):
            return []
        if dep in ("ccomp", "dobj") and not infinitive and value in ("planned", "threatened") and _past(parse, child):
            return []
        if (
            dep == "dobj"
            and value == "negated"
            and lemma in ("stop", "halt", "suspend", "resist", "repel", "oppose", "reject", "cease")
        ):
            # they had begun, or somebody attacked and was repelled
            return []
        if dep == "advcl" and parse.tags[child] == "VBG":
            # "blocked the road, demanding his release": both were done
            return []
        if dep in ("nsubj", "relcl") or (dep == "prep" and value not in ("negated", "denied", "threatened")):
            return []
        return [_Sign(value, REASONS[value], head, head + 1)]
    if parse.pos[head] in ("NOUN", "PROPN"):
        value = words.nouns.get(lemma)
        if lemma in EVIDENCE and any(parse.lowers[det] == "no" for det in parse.kids(head, "det")):
            return [_Sign("hypothetical", "modality", head, head + 1)]
        if value in STRENGTH and parse.deps[child] in ("acl", "prep", "pcomp", "pobj", "dobj"):
            if parse.deps[child] == "acl" and parse.tags[child] != "VB":
                return []
            if parse.deps[child] in ("pobj", "dobj"):
                return []
            if parse.deps[child] == "prep" and parse.lowers[child] not in ("of", "for", "at", "to"):
                return []
            if parse.deps[child] == "prep" and lemma in (
                "campaign",
                "operation",
                "battle",
                "offensive",
                "fight",
                "mission",
                "order",
                "call",
                "end",
            ):
                return []
            kind: ReasonKind = "purpose" if value == "hypothetical" and parse.tags[child] == "VB" else REASONS[value]
            return [_Sign(value, kind, head, head + 1)]
    if parse.pos[head] == "ADJ" and parse.lemmas[head].lower() in READINESS:
        lemma = parse.lemmas[head].lower()
        value = "negated" if lemma.startswith("un") or lemma == "reluctant" else "planned"
        return [_Sign(value, REASONS[value], head, head + 1)]
    return []


def _purpose(parse: Parse, at: int, words: FactualityWords) -> list[_Sign]:
    """An infinitive of purpose ("to retake the city") does not say that it was reached; a condition says "if"."""
    for kid in parse.kids(at, "mark"):
        if parse.lowers[kid] in words.conditions:
            return [_Sign("hypothetical", "conditional", kid, kid + 1)]
    if parse.tags[at] == "VB":
        for kid in parse.kids(at, "aux"):
            if parse.lowers[kid] == "to":
                return [_Sign("hypothetical", "purpose", kid, at + 1)]
    return []


def _past(parse: Parse, i: int) -> bool:
    return parse.tags[i] in ("VBD", "VBN") and not any(parse.tags[k] == "MD" for k in parse.kids(i, "aux"))


def _ongoing(parse: Parse, hit: Hit) -> bool:
    """Progressive forms and "continued to": the event was going on when the report was written."""
    for verb in (hit.token, hit.frame.light, hit.frame.verb):
        if verb is None or parse.pos[verb] not in ("VERB", "AUX"):
            continue
        aux = [parse.lowers[k] for k in parse.kids(verb, "aux")]
        if parse.tags[verb] == "VBG" and any(word in ("is", "are", "'re", "'s", "been", "am") for word in aux):
            return True
        head = parse.heads[verb]
        if (
            parse.deps[verb] == "xcomp"
            and parse.lemmas[head] in ("continue", "keep", "remain")
            and parse.tags[head] in ("VBZ", "VBP", "VBG")
        ):
            return True
    return False
