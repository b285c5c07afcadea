"""The actors of one page while they are being told apart: drafts, what is known of them, and how they join."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.model import Actor, ActorKind, ActorLink, ActorRole, Mention
from sitrep.reading.actor_names import acronym_of
from sitrep.reading.coreference import Candidate
from sitrep.reading.page import Page

BODIES_NAMED = frozenset({"group", "organisation"})
# shorter words that end in s are names of their own
MISSING_APOSTROPHE = 4
# share of all country words that makes a country the one a bare "the army" belongs to
FOCUS_SHARE = 0.35


@dataclass(slots=True)
class Draft:
    """An actor in the making."""

    key: str
    kind: ActorKind
    name: str
    countries: tuple[str, ...] = ()
    link: ActorLink | None = None
    sector: str | None = None
    aliases: dict[str, None] = field(default_factory=lambda: dict[str, None]())
    mentions: list[str] = field(default_factory=lambda: list[str]())
    roles: list[ActorRole] = field(default_factory=lambda: list[ActorRole]())


class Ledger:
    """Drafts by key, the tokens that name them, and the candidates that pronouns and bare nouns may mean."""

    def __init__(self, page: Page, gazetteer: ActorGazetteer) -> None:
        self.page, self.parse = page, page.parse
        self.gazetteer = gazetteer
        self.drafts: dict[str, Draft] = {}
        self.candidates: dict[str, Candidate] = {}
        self.same: dict[str, str] = {}
        self.key_at: dict[int, str] = {}
        self.focus = self.focus_country()

    def focus_country(self) -> str | None:
        """The one country that the report is about, where one clearly leads."""
        counts: Counter[str] = Counter()
        for word, pos in zip(self.parse.words, self.parse.pos, strict=True):
            if pos in ("PROPN", "ADJ", "NOUN") and word[0].isupper():
                where = self.gazetteer.state(word) or self.gazetteer.capital_of(word)
                if where is None and len(word) > MISSING_APOSTROPHE and word.endswith("s"):
                    where = self.gazetteer.state(word[:-1])
                iso = where or self.gazetteer.demonym(word)
                if iso:
                    # where a report plays says more than whose jets fly there
                    counts[iso] += 2 if where else 1
        if not counts:
            return None
        best, count = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return best if count / counts.total() >= FOCUS_SHARE else None

    def country(self, token: int) -> str | None:
        word = self.parse.words[token]
        if not word[0].isupper():
            return None
        found = self.gazetteer.demonym(word) or self.gazetteer.state(word)
        if found is None and len(word) > MISSING_APOSTROPHE and word.endswith("s"):
            # "Syrias government": the apostrophe was lost on the way
            found = self.gazetteer.state(word[:-1])
        return found

    def countries(self, words: list[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(iso for t in words if (iso := self.country(t))))

    def linked(self, entry_id: str, score: float) -> str:
        """Draft of a gazetteer actor."""
        key = self.find(f"g:{entry_id}")
        if key not in self.drafts:
            entry = self.gazetteer.get(entry_id)
            if entry is None:
                return self.draft(key, "other", entry_id)
            link = ActorLink(id=entry_id, score=score)
            draft = Draft(key, entry.kind, entry.name, tuple(entry.countries), link, entry.sector)
            self.drafts[key] = draft
            self.candidates[key] = Candidate(key, entry.kind, plural=False)
        return key

    def draft(self, key: str, kind: ActorKind, name: str, countries: tuple[str, ...] = ()) -> str:
        key = self.find(key)
        if key not in self.drafts:
            self.drafts[key] = Draft(key, kind, name, countries)
            self.candidates[key] = Candidate(key, kind, plural=False)
        return key

    def find(self, key: str) -> str:
        while key in self.same:
            key = self.same[key]
        return key

    def also_known(self, previous: tuple[Mention, str] | None, mention: Mention, i: int, key: str) -> str:
        """Joins "the Free Syrian Army (FSA)" and "the unity government, known as the GNA"."""
        key = self.find(key)
        if previous is None or mention.form != "name":
            return key
        before, other = previous[0], self.find(previous[1])
        gap = self.page.report.text[before.evidence[0].end : mention.evidence[0].start].strip().lower()
        named = gap == "" and self._called(before, mention)
        acronym = gap == "(" and acronym_of(mention.evidence[0].quote)
        known = gap.strip(",( ").removeprefix("also ").removeprefix("better ") in (
            "known as",
            "known as the",
            "called the",
            "or",
        )
        del i
        if not (acronym or known or named) or other == key or other not in self.drafts:
            return key
        first, second = self.drafts[other], self.drafts[key]
        if first.link and second.link:
            return key
        keep, drop = (second, first) if second.link else (first, second)
        return self.join(keep, drop)

    def _called(self, before: Mention, mention: Mention) -> bool:
        """Whether a noun of a group stands right before its name: "the rebel group Jaish al-Islam"."""
        if before.form != "nominal" or before.kind not in BODIES_NAMED or mention.kind not in BODIES_NAMED:
            return False
        noun, name = (self.parse.token_at(one.head.start) for one in (before, mention))
        if noun is None or name is None or self.parse.tags[noun] not in ("NN", "NNP"):
            return False
        return self.parse.heads[name] == noun and self.parse.deps[name] == "appos"

    def join(self, keep: Draft, drop: Draft) -> str:
        keep.mentions[:0] = drop.mentions
        keep.aliases = {**drop.aliases, **keep.aliases}
        if drop.kind == "person" or not keep.link:
            keep.name = min((keep.name, drop.name), key=acronym_of)
        keep.countries = keep.countries or drop.countries
        self.same[drop.key] = keep.key
        self.key_at = {token: keep.key if key == drop.key else key for token, key in self.key_at.items()}
        self.candidates[keep.key].nouns |= self.candidates[drop.key].nouns
        del self.drafts[drop.key], self.candidates[drop.key]
        return keep.key

    def finished(self) -> tuple[Actor, ...]:
        """Joins names with the noun phrases in apposition to them, then makes the records."""
        parse = self.parse
        for token in range(len(parse)):
            if parse.deps[token] != "appos":
                continue
            first, second = self.key_at.get(parse.heads[token]), self.key_at.get(token)
            if not first or not second or first == second:
                continue
            one, two = self.drafts[first], self.drafts[second]
            names = [draft for draft in (one, two) if draft.key.startswith(("g:", "p:"))]
            person = next((draft for draft in names if draft.kind == "person"), None)
            other = two if person is one else one
            if (
                person is None
                or len(names) == 2
                or other.kind not in ("person", "government", "other", "military", "armed_group")
            ):
                continue
            if len(other.mentions) > 1:
                continue
            evidence = self.page.words(parse.left[token], parse.right[token]) if person is one else None
            if evidence and not person.roles:
                of = next(
                    (
                        self.key_at[t]
                        for t in range(parse.left[token], parse.right[token])
                        if t != token and t in self.key_at and self.key_at[t] not in (first, second)
                    ),
                    None,
                )
                person.roles.append(ActorRole(title=evidence.quote.split(",")[0], of=of, evidence=(evidence,)))
            self.join(person, other)
        return tuple(self.record(draft) for draft in self.drafts.values() if draft.mentions)

    def record(self, draft: Draft) -> Actor:
        aliases = tuple(alias for alias in draft.aliases if alias != draft.name)
        return Actor(
            id=self.id_of(draft.key),
            name=draft.name,
            kind=draft.kind,
            countries=draft.countries,
            aliases=aliases,
            mentions=tuple(dict.fromkeys(draft.mentions)),
            link=draft.link,
            roles=tuple(
                ActorRole(
                    title=role.title,
                    of=self.id_of(self.find(role.of)) if role.of else None,
                    start=role.start,
                    end=role.end,
                    evidence=role.evidence,
                )
                for role in draft.roles
            ),
            sector=draft.sector,
        )

    def id_of(self, key: str) -> str:
        return self.page.id("a", key)
