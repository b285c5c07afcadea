"""Stage: mentions. Words that name persons, groups, organisations, places, weapons, vehicles and facilities."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.gazetteer.places import PlaceGazetteer
from sitrep.model import LayerName, Layers, Mention, MentionForm, MentionKind
from sitrep.ontology.nouns import Nouns
from sitrep.reading.actor_names import modifies_event
from sitrep.reading.nominals import base_start, is_head, tail_end
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.place_nominals import is_place_noun
from sitrep.reading.toponyms import find_toponyms

if TYPE_CHECKING:
    from sitrep.reading.learned.reader import Learned

KIND_OF_ACTOR: dict[str, MentionKind] = {
    "person": "person", "government": "organisation", "state": "organisation", "igo": "organisation",
    "ngo": "organisation", "media": "organisation", "company": "organisation", "party": "organisation",
    "military": "group", "police": "group", "armed_group": "group", "militia": "group", "ethnic_group": "group",
    "civilians": "group", "protesters": "group", "force": "group", "other": "organisation",
}  # fmt: skip
KIND_OF_ENT: dict[str, MentionKind] = {"PERSON": "person", "ORG": "organisation", "NORP": "group"}
PRONOUNS = frozenset(
    "he him his himself she her hers herself they them their theirs themselves it its itself we us our ours".split()
)
# nouns of one person: "spokesman" names a person though its kind of actor is a government
ONE_PERSON = ("man", "woman", "person", "er", "or", "ist", "ian", "ant", "ent", "al", "ier", "ary", "ader", "ief")
NO_PERSON = frozenset({"newspaper", "broadcaster", "border guard", "coast guard", "prison guard"})
OF_HEADS = frozenset(
    "member leader head chief commander resident people citizen minister president spokesman spokeswoman director "
    "ministry council army department office bureau party movement front brotherhood chairman secretary governor mayor "
    "ambassador branch wing affiliate ally supporter remnant fighter soldier group coalition state force".split()
)


class Found(NamedTuple):
    """A mention on tokens: [start, end), its head token, kind and form."""

    start: int
    end: int
    head: int
    kind: MentionKind
    form: MentionForm


class Mentions:
    """Names first (gazetteer, toponyms, named entities), then noun phrases by their heads, then pronouns."""

    name = "mentions"
    version = "1"
    needs: frozenset[LayerName] = frozenset({"sentences", "timexes"})
    gives: frozenset[LayerName] = frozenset({"mentions"})

    def __init__(self, actors: ActorGazetteer, places: PlaceGazetteer, nouns: Nouns) -> None:
        self.actors = actors
        self.places = places
        self.nouns = nouns

    def __call__(self, page: Page, /) -> Layers:
        parse = page.parse
        taken = [False] * len(parse)
        for timex in page.layers.timexes:
            i, j = parse.tokens_in(timex.evidence[0].start, timex.evidence[0].end)
            taken[i:j] = [True] * (j - i)
        found = self.names(page, taken)
        found += self.nominals(parse, found, taken)
        found += [
            Found(i, i + 1, i, _pronoun_kind(parse.lowers[i]), "pronoun")
            for i in range(len(parse))
            if parse.lowers[i] in PRONOUNS and parse.pos[i] == "PRON" and parse.words[i] != "US"
        ]  # fmt: skip
        if page.learned is not None:
            found = redrawn(parse, page.learned, found)
        unique = sorted({(hit.start, hit.end): hit for hit in reversed(found)}.values())
        return Layers(mentions=tuple(self.mention(page, hit) for hit in unique))

    def mention(self, page: Page, hit: Found) -> Mention:
        """The record of a mention."""
        evidence = page.words(hit.start, hit.end)
        return Mention(
            id=page.id("m", evidence.start, evidence.end),
            kind=hit.kind,
            form=hit.form,
            evidence=(evidence,),
            head=page.words(hit.head, hit.head + 1),
        )

    def names(self, page: Page, taken: list[bool]) -> list[Found]:
        """Names, longest reading of the words first; `taken` marks the tokens used."""
        parse = page.parse
        found: list[Found] = []
        for i, j, kind in self._known(parse):
            if not any(taken[i:j]):
                taken[i:j] = [True] * (j - i)
                found.append(Found(i, j, _name_head(parse, i, j), kind, "name"))
        for toponym in find_toponyms(parse, self.places, self.actors, page.learned):
            i, j = toponym.start, toponym.end
            if any(taken[i:j]):
                continue
            taken[i:j] = [True] * (j - i)
            kind = "facility" if toponym.kind == "facility" else "place"
            found.append(Found(i, j, _name_head(parse, i, j), kind, toponym.form))
        for ent in parse.ents:
            kind = KIND_OF_ENT.get(ent.label)
            i, j = _trim(parse, ent.start, ent.end)
            if ent.label == "PERSON":
                while i < j and taken[i]:
                    i += 1
            if kind is None or i >= j or any(taken[i:j]) or not any(map(str.isalpha, parse.words[i])):
                continue
            if ent.label == "ORG" and self._is_noun_phrase(parse, i, j):
                continue
            last = parse.words[j - 1]
            if ent.label == "NORP" and self.actors.demonym(last):
                continue
            if j - i == 1 and last.endswith("s") and self.actors.state(last[:-1]):
                continue  # "Syrias" without its apostrophe is no group and no person
            taken[i:j] = [True] * (j - i)
            form: MentionForm = "adjective" if parse.pos[j - 1] == "ADJ" else "name"
            found.append(Found(i, j, _name_head(parse, i, j), kind, form))
        return found

    def _known(self, parse: Parse) -> list[tuple[int, int, MentionKind]]:
        """Names of the actor gazetteer that are no places: longest match, left to right."""
        hits: list[tuple[int, int, MentionKind]] = []
        i, count = 0, len(parse)
        while i < count:
            word = parse.words[i]
            named = word[0].isupper() or parse.pos[i] in ("NOUN", "PROPN") or not word[0].isalpha()
            match = self.actors.longest(parse.words, i) if named else None
            if match is None or parse.sent_of[i] != parse.sent_of[match.end - 1]:
                i += 1
                continue
            kind = match.entries[0].kind
            if kind == "state":  # the name of a state is a place; actors.py says where it acts
                i = match.end
                continue
            hits.append((i, match.end, KIND_OF_ACTOR[kind]))
            i = match.end
        return hits

    def _is_noun_phrase(self, parse: Parse, i: int, j: int) -> bool:
        """An ORG guess that is only a capitalised common noun ("Army", "Foreign Ministry"): left to the nominals."""
        return self.nouns.phrase(self.nouns.actors, parse.lowers, i, j - 1) == " ".join(parse.lowers[i:j])

    def nominals(self, parse: Parse, names: list[Found], taken: list[bool]) -> list[Found]:
        """Noun phrases whose head noun the lexicon knows, or that a name modifies ("Libyan forces")."""
        heads = {hit.head for hit in names if hit.form != "adjective" or is_head(parse, hit.head)}
        bodies = {t for hit in names if hit.kind in ("organisation", "group") for t in range(hit.start, hit.end)}
        found: list[Found] = []
        for i in range(len(parse)):
            if i in heads or taken[i] or parse.pos[i] not in ("NOUN", "PROPN", "ADJ"):
                continue
            head = is_head(parse, i)
            if parse.pos[i] == "ADJ":
                named = self.nouns.actors.get(parse.lowers[i])
                # "rebel" in "rebel shelling" says who; "terrorist attack" says what kind of attack
                if named is None or (not head and (named != "armed_group" or parse.lowers[i] == "terrorist")):
                    continue
            if not head:
                # "a rebel attack": a noun of people before a noun of doing acts
                if parse.lemmas[i].lower() in self.nouns.actors and modifies_event(parse, i):
                    found.append(Found(i, i + 1, i, "group", "nominal"))
                continue
            low = parse.sentence(i)[0]
            lemmas = parse.lemmas if parse.pos[i] == "NOUN" else parse.lowers
            kind = self.kind_of(parse, lemmas, low, i)
            if kind is None and parse.tags[i] == "NN" and not bodies.isdisjoint(parse.kids(i, "compound", "nmod")):
                kind = "organisation"  # "the APEC forum": a name before a noun nobody knows
            if kind is None and is_place_noun(parse, i):
                kind = "place"
            if kind is None:
                continue
            of = kind in ("person", "group", "organisation") and parse.lemmas[i].lower() in OF_HEADS
            found.append(Found(base_start(parse, i), tail_end(parse, i, of=of), i, kind, "nominal"))
        return found

    def _people_kind(self, phrase: str, tag: str) -> MentionKind:
        """A noun of actors as a mention: one person ("spokesman") or the group or body it names."""
        actor = self.nouns.actors[phrase]
        if actor == "other" and not phrase.endswith(("community", "team", "leadership")):
            return "person" if tag in ("NN", "NNP") else "group"
        kind = KIND_OF_ACTOR[actor]
        one = tag in ("NN", "NNP") and phrase.endswith(ONE_PERSON) and phrase not in NO_PERSON
        return "person" if one and actor not in ("igo", "company", "party") else kind

    def kind_of(self, parse: Parse, lemmas: list[str], low: int, i: int) -> MentionKind | None:
        """What a noun names, by the longest phrase of the lexicon that ends in it."""
        nouns = self.nouns
        best: tuple[int, MentionKind] | None = None
        lowered = [lemma.lower() for lemma in lemmas[max(low, i - 2) : i + 1]]
        first, last = 0, len(lowered) - 1
        # vehicles before actors: "warplane" is both, and the words are about the machine
        lexicons: tuple[tuple[dict[str, str] | frozenset[str], MentionKind | None], ...] = (
            (nouns.vehicles, "vehicle"),
            (nouns.weapons, "weapon"),
            (nouns.actors, None),
            (nouns.facilities, "facility"),
        )
        for words, named in lexicons:
            phrase = nouns.phrase(words, lowered, first, last)
            if phrase is None or (best and best[0] >= len(phrase)):
                continue
            best = (len(phrase), named or self._people_kind(phrase, parse.tags[i]))
        if best is None and parse.pos[i] == "NOUN" and nouns.people(lowered[last]):
            return "person" if parse.tags[i] == "NN" else "group"
        return best[1] if best else None


# the score from which the trained reader draws the edges of a noun phrase
SURE = 0.7
UNNAMED = frozenset({"time", "quantity"})
LOOSE_ENDS = frozenset({"ADP", "CCONJ", "PUNCT", "DET"})


def redrawn(parse: Parse, learned: Learned, found: list[Found]) -> list[Found]:
    """Mentions, the noun phrases among them with the trained reader's edges: it knows better which words belong."""
    heads = Counter({hit.head: 1 for hit in found})
    edges: dict[int, tuple[int, int]] = {}
    for one in learned.spans("mentions"):
        if one.score < SURE or one.span.label in UNNAMED:
            continue
        first, last = parse.tokens_in(one.span.start, one.span.end)
        while last > first and parse.pos[last - 1] in LOOSE_ENDS:
            last -= 1
        inside = [token for token in range(first, last) if heads[token]]
        if len(inside) == 1:
            # edges around two of the rules' mentions ("families of the victims") would make one of them
            edges[inside[0]] = (first, last)
    return [
        hit._replace(start=edges[hit.head][0], end=edges[hit.head][1])
        if hit.form == "nominal" and hit.head in edges
        else hit
        for hit in found
    ]


def _pronoun_kind(word: str) -> MentionKind:
    return "person" if word in ("he", "him", "his", "himself", "she", "her", "hers", "herself") else "pronoun"


def _trim(parse: Parse, i: int, j: int) -> tuple[int, int]:
    """Entity guesses without a leading article or a trailing possessive."""
    while i < j and (parse.lowers[i] in ("the", "a", "an") or parse.pos[i] in ("PUNCT", "ADP", "CCONJ")):
        i += 1
    while j > i and (parse.tags[j - 1] == "POS" or parse.pos[j - 1] in ("PUNCT", "ADP", "CCONJ", "DET")):
        j -= 1
    return i, j


def _name_head(parse: Parse, i: int, j: int) -> int:
    """The token of a name that the rest of the sentence hangs on."""
    for k in range(j - 1, i - 1, -1):
        if not i <= parse.heads[k] < j or parse.heads[k] == k:
            return k
    return j - 1
