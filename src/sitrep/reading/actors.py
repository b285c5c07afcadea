"""Stage: actors. Mentions become actors: named ones by the gazetteer, bare nouns and pronouns by coreference."""

from __future__ import annotations

from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.model import Actor, ActorKind, LayerName, Layers, Mention
from sitrep.ontology.nouns import Nouns
from sitrep.reading.actor_names import (
    NONSTATE,
    acronym_of,
    acts,
    fold,
    initials,
    modifies_event,
)
from sitrep.reading.actor_people import People
from sitrep.reading.coreference import (
    GROUP_NOUNS,
    for_noun,
    for_pronoun,
    prominence,
    touch,
)
from sitrep.reading.nominals import determiner, is_head, is_plural, loyal_to, modifiers
from sitrep.reading.page import Page

BODIES = {"military": "MIL", "force": "MIL", "police": "POL", "government": "GOV"}
# verbs whose object is somebody who can hear: "accused Moscow" speaks of a government, "entered Moscow" of a city
ADDRESSING = frozenset(
    "accuse blame urge ask tell warn criticise criticize condemn call press thank threaten notify inform invite advise "
    "support back sanction defy help assist persuade convince praise denounce rebuke petition pressure consult".split()
)
COUNTING = frozenset(
    "dozens hundreds thousands scores several many few some other another more most least about".split()
)
STATE_FORCES = frozenset("force unit personnel contingent column".split()) | {"security force", "government force"}
GOVERNMENT_BODIES = frozenset(
    "government regime authority administration ministry cabinet presidency parliament junta".split()
)
# nouns that are one side's own people, so that an organisation's name before them names the organisation
OWN_PEOPLE = frozenset({"armed_group", "military", "militia", "force", "police", "party"})
KINDS: dict[str, ActorKind] = {"force": "armed_group", "protesters": "civilians"}
DEFINITE = frozenset({"the", "this", "that", "these", "those", "poss"})
# words that make a machine the armed forces': "government planes", "regime tanks"
STATE_WORDS = frozenset({"government", "regime", "army", "military", "state"})
MANNED = frozenset("tank artillery howitzer battery gunner gunboat warship frigate destroyer submarine".split())
REBELS = frozenset({"rebel", "insurgent", "guerrilla", "guerilla", "separatist", "opposition"})


class Actors:
    """Who acts in the report: one Actor for all the words that mean them."""

    name = "actors"
    version = "1"
    needs: frozenset[LayerName] = frozenset({"sentences", "mentions"})
    gives: frozenset[LayerName] = frozenset({"actors"})

    def __init__(self, gazetteer: ActorGazetteer, nouns: Nouns) -> None:
        self.gazetteer = gazetteer
        self.nouns = nouns

    def __call__(self, page: Page, /) -> Layers:
        return Layers(actors=_Resolver(page, self.gazetteer, self.nouns).run())


class _Resolver(People):
    """Walks the mentions of one page in order and says whom each one means."""

    def __init__(self, page: Page, gazetteer: ActorGazetteer, nouns: Nouns) -> None:
        super().__init__(page, gazetteer)
        self.nouns = nouns
        self.by_acronym: dict[str, str] = {}

    def run(self) -> tuple[Actor, ...]:
        """All actors, in the order of their first mention."""
        previous: tuple[Mention, str] | None = None
        for mention in self.page.layers.mentions:
            head = self.parse.token_at(mention.head.start)
            if head is None or mention.kind in ("time", "quantity", "facility"):
                continue
            if mention.kind == "weapon" and not (mention.form == "nominal" and self._manned(head)):
                continue
            i, j = self.parse.tokens_in(mention.evidence[0].start, mention.evidence[0].end)
            key = self._key(mention, i, j, head)
            if key is None:
                continue
            key = self.also_known(previous, mention, i, key)
            draft = self.drafts[key]
            draft.mentions.append(mention.id)
            for token in range(i, j):
                self.key_at.setdefault(token, key)
            self.key_at[head] = key
            if mention.form == "name":
                draft.aliases[mention.evidence[0].quote] = None
                previous = (mention, key)
            elif mention.form == "nominal":
                previous = (mention, key)
            candidate = self.candidates[key]
            candidate.named = candidate.named or mention.form == "name"
            candidate.plural = candidate.plural or (mention.form != "pronoun" and is_plural(self.parse, head))
            touch(candidate, self.parse.sent_of[head], head, prominence(self.parse, head))
        return self.finished()

    def _key(self, mention: Mention, i: int, j: int, head: int) -> str | None:
        if mention.form == "pronoun":
            found = for_pronoun(
                self.parse.lowers[head],
                self.parse.sent_of[head],
                self.parse.deps[head],
                [self.candidates[k] for k in sorted(self.candidates)],
            )
            return found.key if found and self.parse.deps[head] != "expl" else None
        if mention.form == "adjective":
            iso = self.country(head)
            if iso and modifies_event(self.parse, head):
                # "the Israeli strike": a nationality before an event noun acts for its state
                return self.linked(iso, 0.8)
            if iso and is_head(self.parse, head):
                home = self._people_home(head) or (iso,)
                key = f"d:{iso}" if home == (iso,) else f"d:{iso}:{','.join(home)}"
                return self.draft(key, "ethnic_group", mention.evidence[0].quote, home)
            return None
        if mention.form == "name":
            return self._name(mention, i, j, head)
        return self._nominal(mention, i, j, head)

    def _name(self, mention: Mention, i: int, j: int, head: int) -> str | None:
        quote = mention.evidence[0].quote
        match = self.gazetteer.longest(self.parse.words, i)
        if match and match.end == j:
            entry = min(
                match.entries,
                key=lambda e: (self.focus not in e.countries if self.focus else False, e.kind == "person", e.id),
            )
            if entry.kind == "state" and not acts(self.parse, head):
                return None
            score = 0.95 if len(match.entries) == 1 else 0.7
            key = self.linked(entry.id, score)
            if entry.kind == "person":
                self.remember_person(key, entry.name, i, head)
            return key
        if mention.kind == "place":
            iso = self.gazetteer.state(quote)
            if iso and acts(self.parse, head):
                return self.linked(iso, 0.95)
            iso = self.gazetteer.capital_of(quote)
            verb = self.parse.heads[head]
            speaks = self.parse.deps[head] == "nsubj" and self.parse.pos[verb] == "VERB"
            addressed = self.parse.deps[head] in ("dobj", "dative") and self.parse.lemmas[verb] in ADDRESSING
            if iso and (speaks or addressed):
                return self.linked(f"{iso}:GOV", 0.6)
            return None
        if mention.kind == "person":
            return self.person(quote, i, head)
        if " " not in quote and not acronym_of(quote):
            # the entity recogniser takes "Assad" for an organisation
            known = self.by_surname.get(fold(quote))
            entry = None if known else self.office_holder(quote, i)
            if known or entry:
                return self.person(quote, i, head)
        key = self._organisation(quote)
        if key in self.drafts:
            return key
        kind: ActorKind = "other" if mention.kind == "organisation" else "armed_group"
        lemma = self.nouns.actors.get(quote.split()[-1].lower())
        if lemma in (
            "party",
            "company",
            "media",
            "ngo",
            "igo",
            "government",
            "military",
            "police",
            "militia",
            "armed_group",
        ):
            kind = lemma
        # "Iraqi Kurds": a people that no state is named after, of the state named before it
        home = self._people_home(head) if mention.kind == "group" else ()
        return self.draft(key, kind, quote, home)

    def _organisation(self, quote: str) -> str:
        """Key of a name that the gazetteer does not know; an acronym joins the name that it abbreviates."""
        key = f"n:{fold(quote)}"
        if acronym_of(quote):
            return self.by_acronym.setdefault(quote.replace(".", ""), key)
        short = initials(quote)
        if len(short) >= 3:
            key = self.by_acronym.setdefault(short, key)
        return key

    def _nominal(self, mention: Mention, i: int, j: int, head: int) -> str | None:
        parse = self.parse
        lemmas = [lemma.lower() for lemma in parse.lemmas[max(i, head - 2) : head + 1]]
        phrase = self.nouns.phrase(self.nouns.actors, lemmas, 0, len(lemmas) - 1)
        if phrase is None:
            owner = self._vehicle(mention, head, lemmas)
            if owner or mention.kind not in ("person", "group"):
                return owner
            phrase, kind = lemmas[-1], "other"
        else:
            kind = self.nouns.actors[phrase]
        if kind in ("force", "civilians", "ngo") and phrase in ("member", "people", "man", "fighter"):
            inner = self._inside(head, j)
            if inner and phrase == "member":
                return inner
        words = modifiers(parse, head)
        if loyal_to(parse, head, j):
            key = f"n:{fold(mention.evidence[0].quote)}"
            return self.draft(key, "militia", mention.evidence[0].quote, self.countries(words))
        lowers = [parse.lowers[t] for t in words]
        nonstate = any(NONSTATE.search(word) or word in REBELS for word in lowers)
        group = next((self.key_at[t] for t in reversed(words) if t in self.key_at), None)
        if (
            group
            and self.drafts[group].kind in ("armed_group", "militia", "party", "igo", "military", "police")
            and kind in OWN_PEOPLE
        ):
            return group
        countries = self.countries(words)
        person = mention.kind == "person"
        if len(countries) == 1 and not nonstate and not person:
            body = BODIES.get(kind)
            if kind == "force" and phrase not in STATE_FORCES:
                body = None
            if kind == "government" and lemmas[-1] not in GOVERNMENT_BODIES:
                body = None
            if body and not set(lowers) & {
                "local",
                "unity",
                "rival",
                "interim",
                "transitional",
                "self-declared",
                "regional",
            }:
                return self.linked(f"{countries[0]}:{body}", 0.85)
        return self._bare(mention, head, phrase, kind, countries, group, words, nonstate=nonstate, person=person)

    def _bare(
        self, mention: Mention, head: int, phrase: str, kind: str, countries: tuple[str, ...], group: str | None,
        words: list[int], *, nonstate: bool, person: bool,
    ) -> str | None:  # fmt: skip
        """A noun phrase that no name settles: coreference, the country in focus, or an actor of its own."""
        parse = self.parse
        noun = phrase.split()[-1]
        definite = determiner(parse, head) in DEFINITE
        plain = [t for t in words if parse.deps[t] != "poss"]
        if definite and not countries and not group and kind not in ("civilians", "protesters"):
            pool = [self.candidates[k] for k in sorted(self.candidates)]
            if phrase in REBELS or noun in REBELS:
                pool = [c for c in pool if noun in c.nouns]
            found = for_noun(
                noun if noun in GROUP_NOUNS else phrase.split()[-1],
                "person" if person else kind,
                parse.sent_of[head],
                plural=is_plural(parse, head),
                candidates=pool,
            )
            if found and (not plain or kind in ("armed_group", "militia", "ngo") or person):
                found.nouns.add(noun)
                return found.key
        lowers = {parse.lowers[t] for t in plain}
        state_words = lowers & {"government", "regime", "security", "army", "state", "national", "pro-government"}
        if self.focus and not countries and not nonstate and not person:
            body = {"military": "MIL", "police": "POL"}.get(kind)
            if kind == "force" and state_words and noun in ("force", "troop", "unit"):
                body = "MIL"
            if kind == "government" and noun in ("government", "regime", "authority") and definite and not plain:
                body = "GOV"
            if (
                body
                and (definite or state_words)
                and not (kind == "military" and noun in ("commando", "peacekeeper", "officer"))
            ):
                return self.linked(f"{self.focus}:{body}", 0.6)
        text = " ".join([*(parse.lowers[t] for t in plain), noun])
        countries = countries or (self.drafts[group].countries if group else ()) or self._seat(head)
        actor_kind: ActorKind = KINDS.get(kind, kind)  # pyright: ignore[reportAssignmentType]
        if kind in ("force", "ngo") and nonstate:
            actor_kind = "armed_group"
        if noun in GROUP_NOUNS and kind == "ngo" and "armed" in lowers | {phrase}:
            actor_kind = "armed_group"
        if person and kind in ("civilians", "force", "ngo", "government", "media"):
            actor_kind = "government" if kind == "government" else "civilians" if kind == "civilians" else "person"
        name = self._plain_name(mention, head)
        key = self.draft(f"n:{fold(text)}:{','.join(countries)}", actor_kind, name, countries)
        candidate = self.candidates[key]
        candidate.nouns.add(noun)
        candidate.plural = is_plural(parse, head)
        if person:
            candidate.kind = "person"
            candidate.plural = False
        return key

    def _vehicle(self, mention: Mention, head: int, lemmas: list[str]) -> str | None:
        """A military machine acts for its owner ("U.S. aircraft"), a noun nobody knows for the name before it."""
        words = [t for t in modifiers(self.parse, head) if self.parse.pos[t] != "PRON"]
        group = next((self.key_at[t] for t in reversed(words) if t in self.key_at), None)
        named = mention.kind == "organisation"
        if group and (named or self.drafts[group].kind in ("armed_group", "militia", "military", "igo")):
            return group
        countries = self.countries(words)
        phrase = self.nouns.phrase(self.nouns.aircraft, lemmas, 0, len(lemmas) - 1)
        if not phrase and not self._manned(head):
            return None
        if countries:
            return self.linked(f"{countries[0]}:MIL", 0.8)
        owners = {self.parse.lowers[t] for t in words}
        if self.focus and owners & STATE_WORDS:
            return self.linked(f"{self.focus}:MIL", 0.6)
        rebels = next((self.parse.lemmas[t].lower() for t in words if self.parse.lowers[t] in REBELS), None)
        return self.draft(f"n:{rebels}:", "armed_group", f"{rebels}s") if rebels else None

    def _manned(self, head: int) -> bool:
        """Whether a machine of war stands for those who man it: "tanks", "artillery", "gunboats"."""
        return self.parse.lemmas[head].lower() in MANNED

    def _inside(self, head: int, j: int) -> str | None:
        """The actor named in an "of" phrase: "members of the group"."""
        return next((self.key_at[t] for t in range(head + 1, j) if t in self.key_at), None)

    def _plain_name(self, mention: Mention, head: int) -> str:
        """A noun phrase as a name, without article and count: "fighters" for "at least 34 fighters"."""
        parse = self.parse
        end = mention.evidence[0].end
        token = parse.token_at(mention.evidence[0].start)
        while (
            token is not None
            and token < head
            and (parse.pos[token] in ("DET", "NUM", "PUNCT", "ADP") or parse.lowers[token] in COUNTING)
        ):
            token += 1
        return self.page.evidence(parse.starts[token], end).quote if token is not None else mention.evidence[0].quote

    def _people_home(self, head: int) -> tuple[str, ...]:
        """The country whose people an ethnic group is: "Bulgarian Turks", "the Albanians of southern Serbia"."""
        parse = self.parse
        words = modifiers(parse, head)
        return self.countries(words) or self._seat(head, within=("in", "of"))

    def _seat(self, head: int, within: tuple[str, ...] = ("in", "of", "from")) -> tuple[str, ...]:
        """The country named right after a noun: "opposition groups in Zimbabwe", "the president of France", "leaders
        of Romania's new government".
        """
        parse = self.parse
        for prep in parse.kids(head, "prep"):
            if parse.lowers[prep] not in within:
                continue
            for noun in parse.kids(prep, "pobj"):
                iso = self.country(noun)
                inner = (iso,) if iso else self.countries(modifiers(parse, noun))
                inner = inner or (self._seat(noun) if parse.lowers[prep] == "of" else ())
                if inner:
                    return inner[:1]
        return ()
