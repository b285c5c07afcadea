"""The phrases of control: "seized Sirte", "ejected them from", "its stronghold in", "rebel-held"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sitrep.model import Actor, ControlStatus, Place
from sitrep.ontology.cues import ControlCue, ControlWords
from sitrep.ontology.nouns import Nouns
from sitrep.reading.frames import noun_frame, verb_frame, with_conjuncts
from sitrep.reading.parse import Parse
from sitrep.reading.relation_nodes import BROAD, POINTS_AT_PLACE, Nodes

Real = Callable[[int], bool]
PlaceOf = Callable[[int], str | None]
STATUS: dict[ControlCue, ControlStatus] = {
    "holds": "holds", "takes": "holds", "loses": "lost", "ousts": "lost", "confines": "holds", "contests": "contested",
    "seats": "seat", "stays": "presence",
}  # fmt: skip
DATED = frozenset({"takes", "loses", "ousts"})
AT = frozenset({"in", "at", "of", "near", "around", "inside", "outside", "over", "across", "on"})
# civilians do not hold ground
NO_HOLDER = frozenset({"civilians", "media", "ngo", "company"})
SETTLED = frozenset({"settlement", "facility", "admin2", "area"})


class Holding(NamedTuple):
    """A state of control in tokens. dated: it began or ended with the event told. scope: where its extent stands."""

    status: ControlStatus
    place: str
    place_at: int | None
    holder: str
    holder_at: int
    cue: int
    dated: bool
    scope: tuple[int, int] | None


class ControlPhrases:
    """Reads the phrases of control."""

    def __init__(self, words: ControlWords, nouns: Nouns) -> None:
        self.words = words
        self._facilities = nouns.facilities
        self._verbs: dict[str, list[tuple[ControlCue, str]]] = {}
        for cue, phrases in words.verbs.items():
            for phrase in phrases:
                first, *rest = phrase.split()
                self._verbs.setdefault(first, []).append((cue, rest[-1] if rest else ""))
        self._nouns: dict[str, ControlStatus] = {
            word: status for status, names in words.nouns.items() for word in names
        }
        self._compounds: dict[str, ControlStatus] = {
            word: status for status, names in words.compounds.items() for word in names
        }
        self.cues = frozenset({"fall", *self._verbs, *self._nouns, *words.control_nouns, *self._compounds})

    def read(self, nodes: Nodes, i: int, real: Real, place_of: PlaceOf) -> Iterator[Holding]:
        """The states that a word of the page tells."""
        parse = nodes.parse
        lemma, pos, low = parse.lemmas[i].lower(), parse.pos[i], parse.lowers[i]
        if lemma == "fall" and pos == "VERB":
            yield from self._fell(nodes, i, real)
        elif "-" in low and (low == "-" or low.rpartition("-")[2] in self._compounds):
            yield from self._compound(nodes, i)
        elif pos in {"VERB", "AUX"} and lemma in self._verbs and not (i and parse.lowers[i - 1] == "-"):
            yield from self._verb(nodes, i, lemma, real, place_of)
        elif pos in {"NOUN", "PROPN"} and lemma in self.words.control_nouns:
            yield from self._control(nodes, i, real, place_of)
        elif pos in {"NOUN", "PROPN"} and (lemma in self._nouns or low in self._nouns):
            yield from self._noun(nodes, i, self._nouns.get(lemma) or self._nouns[low], real)

    def _verb(self, nodes: Nodes, i: int, lemma: str, real: Real, place_of: PlaceOf) -> Iterator[Holding]:
        parse = nodes.parse
        frame = verb_frame(parse, i)
        objects = {parse.lemmas[token] for token in frame.object}
        if objects & self.words.control_nouns or (lemma in PRESENT and not objects.isdisjoint(self._nouns)):
            return
        for cue, prep in self._verbs[lemma]:
            moved = cue in {"ousts", "confines"}
            targets = frame.preps.get(prep, []) if prep else frame.object
            if not targets:
                continue
            if not prep:
                targets = [*targets, *_besides(parse, i)]
            holders = frame.object if moved or (prep and frame.passive and not frame.subject) else frame.subject
            found = list(self._places(nodes, targets, i, place_of))
            if cue == "takes" and not found:
                # "seized the security headquarters in Sirte": a part of the place that the clause names
                found = [(place.id, at, None) for at, place in nodes.places(frame.preps.get("in", []))]
            if cue == "contests":
                # who storms a market does not fight for the city
                meant = self.words.back_references
                found = [row for row in found if nodes.place(row[1]) or parse.lemmas[row[1]] in meant]
            for place, at, scope in found:
                for holder_at, holder in nodes.actors(holders):
                    if _can_hold(holder) and real(i):
                        part = self._partly(nodes, targets, at, frame.object) or self._still_fought(nodes, i)
                        half = cue == "holds" and scope is not None and not self._measured(nodes, scope)
                        half = half and self._part_of(nodes, at)
                        status = "contested" if (cue == "takes" and part) or half else STATUS[cue]
                        dated = cue in DATED and not self._still_fought(nodes, i)
                        yield Holding(status, place, at, holder.id, holder_at, i, dated, scope)
                yield from self._former(nodes, frame.preps.get("from", []), cue, (place, at, scope), i, real)
            if found:
                return

    def _fell(self, nodes: Nodes, i: int, real: Real) -> Iterator[Holding]:
        """Such as "the town fell to the rebels", "fell into the hands of"."""
        frame = verb_frame(nodes.parse, i)
        parse = nodes.parse
        hands = [t for t in frame.preps.get("into", []) if parse.lemmas[t] == "hand"]
        takers = frame.preps.get("to", []) + [
            token
            for hand in hands
            for token in (
                *parse.kids(hand, "poss"),
                *(p for k in parse.kids(hand, "prep") if parse.lowers[k] == "of" for p in parse.kids(k, "pobj")),
            )
        ]
        for place_at, place in nodes.places(frame.subject):
            for holder_at, holder in nodes.actors(takers):
                if _can_hold(holder) and place.kind != "country" and real(i):
                    yield Holding("holds", place.id, place_at, holder.id, holder_at, i, True, None)

    def _contested(self, nodes: Nodes, i: int, head: int, real: Real) -> Iterator[Holding]:
        """Such as "fighting for control of the city between the army and the militia"."""
        parse = nodes.parse
        begin, end = parse.sentence(i)
        sides = [
            p
            for k in range(begin, end)
            if parse.lowers[k] == "between" and parse.deps[k] == "prep"
            for p in parse.kids(k, "pobj")
        ]
        if not sides and parse.pos[head] == "VERB":
            frame = verb_frame(parse, head)
            sides = [*frame.subject, *frame.preps.get("with", []), *frame.preps.get("against", [])]
        targets = [t for k in parse.kids(i, "prep") if parse.lowers[k] in {"of", "over"} for t in parse.kids(k, "pobj")]
        for place_at, place in nodes.places(targets):
            for holder_at, holder in nodes.actors(sides):
                if _can_hold(holder) and real(head):
                    yield Holding("contested", place.id, place_at, holder.id, holder_at, i, False, None)

    def _part_of(self, nodes: Nodes, at: int) -> bool:
        """Whether a noun names a part: "a district of Aleppo"; "the town of Derna" is the town."""
        lemma = nodes.parse.lemmas[at].lower()
        return lemma in HALF_HELD and not (lemma in {"town", "village"} and nodes.place(at))

    def _measured(self, nodes: Nodes, scope: tuple[int, int]) -> bool:
        """Whether the words say how much: a number, or "a third"."""
        lowers, tags = nodes.parse.lowers, nodes.parse.tags
        return any(tags[t] == "CD" or lowers[t] in {"third", "thirds", "half", "quarter"} for t in range(*scope))

    def _partly(self, nodes: Nodes, targets: list[int], at: int, objects: list[int]) -> bool:
        """Whether what was taken is a thing in the place, or a part of it."""
        parse = nodes.parse
        if parse.lemmas[at] in LENGTHS:
            # "a 90-mile stretch of coast" is held whole
            return False
        things = parse.tags[at] == "NNS" and nodes.place(at) is None
        return things or (targets[0] != at and at not in objects) or self._part_of(nodes, at)

    def _still_fought(self, nodes: Nodes, i: int) -> bool:
        """Such as "are helping fighters retake the city": not taken yet."""
        parse = nodes.parse
        head = parse.heads[i]
        return (
            parse.deps[i] in {"ccomp", "xcomp"}
            and parse.lemmas[head] in self.words.helping
            and parse.tags[head] == "VBG"
        )

    def _former(
        self,
        nodes: Nodes,
        tokens: list[int],
        cue: ControlCue,
        where: tuple[str, int, tuple[int, int] | None],
        i: int,
        real: Real,
    ) -> Iterator[Holding]:
        """Such as "retook the town from the rebels": who lost it."""
        if cue != "takes":
            return
        for at, actor in nodes.actors(tokens):
            if _can_hold(actor) and real(i):
                yield Holding("lost", where[0], where[1], actor.id, at, i, True, where[2])

    def _places(
        self, nodes: Nodes, targets: list[int], i: int, place_of: PlaceOf
    ) -> Iterator[tuple[str, int, tuple[int, int] | None]]:
        """The places that tokens name, with the token and the words in which an extent may stand."""
        parse = nodes.parse
        first: str | None = None
        for token in with_conjuncts(parse, targets):
            scope = (parse.left[token], _own_end(parse.conjuncts(token), parse.right[token]))
            place = nodes.place(token) or self._inside(nodes, token)
            if place:
                first = first or place.id
                yield place.id, token, scope
                continue
            measured = any(parse.tags[t] == "CD" for t in range(*scope))
            meant = parse.lemmas[token] in self.words.back_references or measured
            if meant and parse.tags[token] == "NNS" and not measured:
                yield from ((place, token, scope) for place in self._those(nodes, token))
                continue
            fallback = first or (place_of(i) if meant else None) or (self._before(nodes, token) if meant else None)
            if fallback and meant:
                yield fallback, token, scope

    def _inside(self, nodes: Nodes, token: int) -> Place | None:
        """The place that a thing stands in: "the security headquarters in Sirte"."""
        parse = nodes.parse
        lemma = parse.lemmas[token].lower()
        if lemma not in POINTS_AT_PLACE and lemma not in HALF_HELD and lemma not in self._facilities:
            return None
        for prep in parse.kids(token, "prep"):
            if parse.lowers[prep] in AT:
                for _, place in nodes.places(parse.kids(prep, "pobj")):
                    # who holds a town in a province does not hold the province
                    return None if place.kind in BROAD else place
        return None

    def _before(self, nodes: Nodes, token: int) -> str | None:
        """The settlement named last before a word, in its sentence or the one before."""
        parse = nodes.parse
        sent = parse.sent_of[token]
        begin = parse.sents[max(0, sent - 1)][0]
        for t in range(token - 1, begin - 1, -1):
            place = nodes.page.place_at(t)
            if place and place.kind in SETTLED:
                return place.id
        return None

    def _those(self, nodes: Nodes, token: int) -> list[str]:
        """The settlements that "those cities" means: all that the sentence before names."""
        parse = nodes.parse
        sent = parse.sent_of[token]
        pointing = {parse.lowers[k] for k in parse.kids(token, "det")} & {"those", "these", "both"}
        if sent == 0 or not pointing:
            return []
        begin, end = parse.sents[sent - 1]
        found = [place for t in range(begin, end) if (place := nodes.page.place_at(t)) and place.kind in SETTLED]
        return list(dict.fromkeys(place.id for place in found))

    def _control(self, nodes: Nodes, i: int, real: Real, place_of: PlaceOf) -> Iterator[Holding]:
        """Such as "took control of Sirte", "lost its grip on Derna", "is under the control of"."""
        parse = nodes.parse
        frame = noun_frame(parse, i)
        head, dep = parse.heads[i], parse.deps[i]
        targets = [t for prep in ("of", "over", "on", "in") for t in frame.preps.get(prep, [])]
        if dep == "pobj" and parse.lowers[head] == "under":
            yield from self._under(nodes, i, real)
            return
        if dep == "pobj" and parse.lowers[head] in {"for", "over"}:
            fight = parse.heads[head]
            if parse.lemmas[fight] == "continue":
                fight = next(iter(parse.kids(fight, "nsubj")), fight)
            if parse.lemmas[fight].lower() in FIGHTING:
                yield from self._contested(nodes, i, fight, real)
                return
        if dep == "dobj" and parse.pos[head] == "VERB":
            lemma = parse.lemmas[head]
            gains, loses = lemma in self.words.gaining, lemma in self.words.losing
            if not (gains or loses or lemma in self.words.holding):
                return
            if not targets:
                targets = [t for prep in ("of", "over") for t in verb_frame(parse, head).preps.get(prep, [])]
            status: ControlStatus = "lost" if loses else "holds"
            for place, at, scope in self._places(nodes, targets, head, place_of):
                for holder_at, holder in nodes.actors(verb_frame(parse, head).subject):
                    if _can_hold(holder) and real(head):
                        things = gains and parse.tags[at] == "NNS" and nodes.place(at) is None
                        told: ControlStatus = "contested" if things else status
                        yield Holding(told, place, at, holder.id, holder_at, head, gains or loses, scope)
            return
        for place, at, scope in self._places(nodes, targets, i, place_of):
            for holder_at, holder in nodes.actors([*frame.poss, *frame.adjective]):
                if _can_hold(holder) and real(i):
                    yield Holding("holds", place, at, holder.id, holder_at, i, False, scope)

    def _under(self, nodes: Nodes, i: int, real: Real) -> Iterator[Holding]:
        """Such as "the town is under rebel control"."""
        parse = nodes.parse
        frame = noun_frame(parse, i)
        owners = [*frame.adjective, *frame.poss, *frame.preps.get("of", [])]
        prep = parse.heads[i]
        above = parse.heads[prep]
        if parse.pos[above] in {"VERB", "AUX"}:
            subjects = verb_frame(parse, above)
            places = [*subjects.subject, *subjects.object]
        else:
            places = [above]
        for at, place in nodes.places(places):
            for holder_at, holder in nodes.actors(owners):
                if _can_hold(holder) and real(above):
                    yield Holding("holds", place.id, at, holder.id, holder_at, i, False, None)

    def _noun(self, nodes: Nodes, i: int, status: ControlStatus, real: Real) -> Iterator[Holding]:
        """Such as "the group's stronghold in Libya", "retain a presence in Derna", "Raqqa, a bastion of the group"."""
        parse = nodes.parse
        head, dep = parse.heads[i], parse.deps[i]
        frame = noun_frame(parse, i)
        owners = [*frame.poss, *frame.adjective, *frame.preps.get("of", []), *frame.preps.get("for", [])]
        places = [t for prep in ("in", "at", "near", "around", "outside") for t in frame.preps.get(prep, [])]
        named = [*parse.kids(i, "appos")]
        governor = i
        if dep in {"appos", "compound", "nmod"}:
            named.append(head)
        elif dep in {"attr", "oprd"}:
            named += verb_frame(parse, head).subject
            governor = head
        elif dep == "dobj" and parse.pos[head] == "VERB":
            verb = verb_frame(parse, head)
            if not nodes.actors(owners) and parse.lemmas[head] in PRESENT:
                owners = verb.subject
            governor = head
            places = places or verb.preps.get("in", [])
        elif dep == "pobj" and parse.lowers[head] in {"of", "in", "into"}:
            above = parse.heads[head]
            if parse.pos[above] in {"NOUN", "PROPN"}:
                named.append(above)
        if not nodes.actors(owners):
            # "the headquarters of the group's strongest branch"
            owners = [k for owner in owners for k in parse.kids(owner, "poss")]
        found = nodes.places(named) or nodes.places(places)
        if dep == "attr" and not found:
            meant = [t for t in named if parse.lemmas[t] in self.words.back_references]
            found = [(t, place) for t in meant if (place := self._settlement(nodes, t))]
        for at, place in found:
            if place.kind == "country" and status != "presence":
                # a stronghold in a country does not give the country
                continue
            for holder_at, holder in nodes.actors(owners):
                if _can_hold(holder) and real(governor):
                    yield Holding(status, place.id, at, holder.id, holder_at, i, False, None)

    def _settlement(self, nodes: Nodes, token: int) -> Place | None:
        before = self._before(nodes, token)
        return next((place for place in nodes.page.layers.places if place.id == before), None)

    def _compound(self, nodes: Nodes, i: int) -> Iterator[Holding]:
        """Such as "rebel-held Aleppo", "the government-controlled east of the city"."""
        parse = nodes.parse
        if parse.lowers[i] == "-":
            if i == 0 or i + 1 >= len(parse) or parse.lowers[i + 1] not in self._compounds:
                return
            last, at = parse.lowers[i + 1], i + 1
            holder = nodes.actor(i - 1) or nodes.named(parse.words[i - 1])
            holder_at = i - 1
        else:
            first, _, last = parse.words[i].rpartition("-")
            last, at, holder_at = last.lower(), i, i
            holder = nodes.named(first)
        if holder is None or not _can_hold(holder):
            return
        noun = parse.heads[at]
        if parse.deps[at] not in {"amod", "compound", "nmod"} or noun < at:
            return
        place = nodes.place(noun) or self._inside(nodes, noun)
        if place:
            status = self._compounds[last]
            if status == "holds" and self._part_of(nodes, noun):
                status = "contested"
            yield Holding(status, place.id, noun, holder.id, holder_at, at, False, None)


def _besides(parse: Parse, verb: int) -> list[int]:
    """Measured nouns that the parse hangs on a verb: "seized Derna, and |a 90-mile stretch| of coast"."""
    return [
        k
        for k in parse.kids(verb, "conj")
        if parse.pos[k] == "NOUN" and any(parse.tags[t] == "CD" for t in range(parse.left[k], k))
        if any(parse.lemmas[t] in LAND for t in range(k, parse.right[k]))
    ]


# parts of a place whose taking does not give the whole
HALF_HELD = frozenset(
    {
        "part", "half", "swath", "swathe", "portion", "section", "side", "east", "west", "north", "south", "pocket",
        "village", "outskirts", "outskirt", "quarter", "countryside", "headquarters", "district", "neighborhood",
        "neighbourhood", "suburb", "building", "checkpoint", "area", "town",
    }
)  # fmt: skip
LAND = frozenset({"coastline", "coast", "road", "highway", "territory", "border", "river", "land", "desert", "front"})
LENGTHS = frozenset({"stretch", "mile", "kilometre", "kilometer", "km", "radius"})
FIGHTING = frozenset({"fight", "fighting", "battle", "vie", "struggle", "compete", "clash", "contend", "jostle"})
PRESENT = frozenset({"have", "retain", "maintain", "keep", "establish", "gain", "hold", "build", "set", "lose"})


def _can_hold(actor: Actor) -> bool:
    return actor.kind not in NO_HOLDER


def _own_end(conjuncts: list[int], right: int) -> int:
    """Where a noun phrase ends when the rest of its list is left out."""
    return min([right, *(conjuncts[:1])])
