"""Stage: relations. How actors stand to each other and to places, by the words that say so."""

from __future__ import annotations

from sitrep.gazetteer.actors import ActorGazetteer, load_actors
from sitrep.model import LayerName, Layers, Relation, RelationType, Timex
from sitrep.ontology.cues import RelationWords, load_relation_words
from sitrep.ontology.factuality import FactualityWords, load_factuality
from sitrep.reading.page import Page
from sitrep.reading.relation_nodes import Found, Nodes, clause_words, stands
from sitrep.reading.relation_phrases import ALLEGIANCE, Phrases
from sitrep.reading.relation_titles import Titles

SYMMETRIC = frozenset({"allied_with", "rival_of"})
FROM = frozenset({"since", "from"})
UNTIL = frozenset({"until", "till"})


class Relations:
    """Who leads, backs, opposes, speaks for and belongs to whom."""

    name = "relations"
    version = "1"
    needs: frozenset[LayerName] = frozenset({"sentences", "mentions", "actors", "places", "timexes"})
    gives: frozenset[LayerName] = frozenset({"relations"})

    def __init__(
        self,
        words: RelationWords | None = None,
        gazetteer: ActorGazetteer | None = None,
        factuality: FactualityWords | None = None,
    ) -> None:
        self._words = words or load_relation_words()
        self._gazetteer = gazetteer or load_actors()
        self._factuality = factuality or load_factuality()
        self._titles = Titles(self._words)
        self._phrases = Phrases(self._words)
        phrases = self._phrases
        self._cues = frozenset(
            {
                *self._titles.lemmas,
                *phrases.verbs,
                *phrases.adjectives,
                *phrases.nouns,
                *self._words.bodies,
                *ALLEGIANCE,
                *("rival", "of", "from", "including", "'s", "’s", "'", "’"),
            }
        )

    def __call__(self, page: Page, /) -> Layers:
        """The relations of a page, in the order of the words that tell them."""
        nodes = Nodes(page, self._gazetteer)
        parse, cues = page.parse, self._cues
        found: list[Found] = []
        for i, lemma in enumerate(parse.lemmas):
            if lemma in cues or parse.lowers[i] in cues or lemma.lower() in cues or "-" in parse.words[i]:
                if parse.lemmas[i].lower() in self._titles.lemmas and parse.pos[i] in {"NOUN", "PROPN"}:
                    found += self._titles.read(nodes, i)
                found += self._phrases.read(nodes, i, lambda token, kind: self._real(page, token, kind))
        return Layers(relations=_merge(page, found))

    def _real(self, page: Page, i: int, kind: RelationType) -> bool:
        """Whether the clause says that the relation stands: not denied, wished for, or over."""
        parse = page.parse
        if parse.deps[i] == "pcomp" and parse.lemmas[parse.heads[parse.heads[i]]] in self._words.accusing:
            return False
        # who means to defeat somebody opposes them already
        return stands(page, i, self._factuality, self._words.ended, wanted=kind == "opposes")


def _merge(page: Page, found: list[Found]) -> tuple[Relation, ...]:
    """One relation for each pair and type, with the words of every place that tells it."""
    rows: dict[tuple[str, str, str], list[Found]] = {}
    for row in found:
        if row.subject.id == row.object.id:
            continue
        key = (row.type, row.subject.id, row.object.id)
        turned = (row.type, row.object.id, row.subject.id)
        if row.type in SYMMETRIC and turned in rows:
            key = turned
        rows.setdefault(key, []).append(row)
    return tuple(_record(page, group) for group in rows.values())


def _record(page: Page, group: list[Found]) -> Relation:
    best = max(group, key=lambda row: row.score)
    evidence = tuple(
        dict.fromkeys(part for row in group for part in clause_words(page, [row.subject_at, row.object_at, row.cue]))
    )
    start, end = next((times for row in group if (times := _times(page, row)) != (None, None)), (None, None))
    return Relation(
        id=page.id("r", best.type, best.subject.id, best.object.id),
        type=best.type,
        subject=group[0].subject.id,
        object=group[0].object.id,
        start=start,
        end=end,
        evidence=evidence,
        score=round(1 - (1 - best.score) * 0.7 ** (len(group) - 1), 3),
    )


def _times(page: Page, row: Found) -> tuple[str | None, str | None]:
    """Since when and until when, where the clause says so."""
    parse = page.parse
    start = end = None
    for timex in page.timexes_by_sentence.get(parse.sent_of[row.cue], []):
        token = parse.token_at(timex.evidence[0].start)
        if token is None or token == 0:
            continue
        before = parse.lowers[token - 1]
        if before in FROM and row.cue in parse.ancestors(token):
            start = _date(timex)
        elif before in UNTIL and row.cue in parse.ancestors(token):
            end = timex.end or timex.start
    return start, end


def _date(timex: Timex) -> str | None:
    return timex.start
