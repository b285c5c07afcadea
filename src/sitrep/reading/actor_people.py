"""Persons of one page: full names, surnames, titles, and the office holders whom a surname alone means."""

from __future__ import annotations

import re

from sitrep.gazetteer.actor_entries import ActorEntry
from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.model import ActorRole
from sitrep.reading.actor_ledger import Draft, Ledger
from sitrep.reading.actor_names import TITLES, fold, strip_titles, title_words
from sitrep.reading.coreference import FEMALE_TITLES, MALE_TITLES
from sitrep.reading.page import Page

HEADS = re.compile(r"president|prime minister|chancellor|king|supreme leader|emir|head of state|premier")
HONORIFICS = frozenset("mr mr. mrs mrs. ms ms. miss sir lord dr dr. madame".split())


class People(Ledger):
    """Tells persons apart: by full name, by surname after a full name, by title, by office."""

    def __init__(self, page: Page, gazetteer: ActorGazetteer) -> None:
        super().__init__(page, gazetteer)
        self.by_surname: dict[str, str] = {}

    def person(self, quote: str, i: int, head: int) -> str | None:
        name = strip_titles(quote)
        if not name:
            return None
        words = name.split()
        surname = fold(words[-1])
        known = self.find(self.by_surname[surname]) if surname in self.by_surname else None
        if known and (len(words) == 1 or _compatible(self.drafts[known], words)):
            self.titles(known, i, head)
            return known
        if len(words) > 1:
            lost = self.gazetteer.named(name[:-1]) if name.endswith("s") else ()
            if len(lost) == 1 and lost[0].kind == "person":  # "Bashar al-Assads" without its apostrophe
                key = self.linked(lost[0].id, 0.9)
                self.remember_person(key, lost[0].name, i, head)
                return key
            near = self.gazetteer.fuzzy(name)
            if near and near[0].kind == "person":
                key = self.linked(near[0].id, round(0.9 * near[1], 3))
                self.remember_person(key, name, i, head)
                return key
        else:
            entry = self.office_holder(words[0], i)
            if entry:
                key = self.linked(entry.id, 0.75)
                self.remember_person(key, name, i, head)
                return key
        key = self.draft(f"p:{fold(name)}", "person", name)
        self.remember_person(key, name, i, head)
        return key

    def office_holder(self, word: str, i: int) -> ActorEntry | None:
        """The office holder whom a surname alone means: titled, of the country in focus, or head of a state then."""
        published = self.page.report.published
        date = published.value or published.end
        names = [word, word[:-1]] if word.endswith("s") else [word]
        for name in names:
            fits = [
                entry
                for entry in self.gazetteer.surname(name)
                if self.titled(i) or (self.focus and self.focus in entry.countries) or _heads_a_state(entry)
            ]
            if len(fits) > 1:
                ruling = [
                    entry
                    for entry in fits
                    if any(HEADS.search(office.title.lower()) for office in self.gazetteer.offices(entry.id, date))
                ]
                if len(ruling) > 1 and date is None:
                    # an undated report is more likely of our days
                    ruling = [max(ruling, key=lambda entry: max(office.start or "" for office in entry.roles))]
                fits = ruling or fits
            if len(fits) == 1:
                return fits[0]
        return None

    def titled(self, i: int) -> bool:
        return i > 0 and self.parse.lowers[i - 1] in TITLES

    def remember_person(self, key: str, name: str, i: int, head: int) -> None:
        self.by_surname[fold(name.split()[-1])] = key
        self.titles(key, i, head)

    def titles(self, key: str, i: int, head: int) -> None:
        """Titles before a name: gender, nouns that stand for the person, and roles ("Pentagon spokesman")."""
        words = title_words(self.parse, i, head)
        if not words:
            return
        candidate, draft = self.candidates[key], self.drafts[key]
        first, last = words
        lowers = self.parse.lowers[first:last]
        candidate.gender = candidate.gender or (
            "m" if MALE_TITLES.intersection(lowers) else "f" if FEMALE_TITLES.intersection(lowers) else ""
        )
        candidate.nouns.update(self.parse.lemmas[first:last], lowers)
        of = next((self.key_at[t] for t in range(first, last) if t in self.key_at and self.key_at[t] != key), None)
        country = next((iso for t in range(first, last) if (iso := self.country(t))), None)
        if country:
            # "Georgian President X": what the report says of them goes before what they once were
            draft.countries = tuple(dict.fromkeys((country, *draft.countries)))
        title = [t for t in range(first, last) if t not in self.key_at and not self.country(t)]
        plain = [t for t in title if self.parse.lowers[t] not in HONORIFICS]
        if plain and not draft.roles:
            evidence = self.page.words(plain[0], plain[-1] + 1)
            draft.roles.append(ActorRole(title=evidence.quote, of=of, evidence=(evidence,)))


def _heads_a_state(entry: ActorEntry) -> bool:
    """Whether a surname alone is enough: newspapers print presidents and prime ministers so."""
    return any(HEADS.search(office.title.lower()) for office in entry.roles)


def _compatible(draft: Draft, words: list[str]) -> bool:
    """Whether a full name can be the same person: equal first names, or one an initial of the other."""
    for name in (draft.name, *draft.aliases):
        other = strip_titles(name).split()
        if len(other) == 1:
            return True
        one, two = fold(words[0]), fold(other[0])
        if one == two or (min(len(one), len(two)) == 1 and one[0] == two[0]):
            return True
    return False
