"""The trained reader's attributions beside those of the parse: one list of drafts out of both.

The trained reader knows better where a statement begins and ends and finds many that no rule does; the lexicon of cues
knows what kind of saying it is. A statement that both find is surest; that only one of them does, its score says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sitrep.ontology.attribution import Cue, Cues
from sitrep.reading.claim_cues import NEGATIONS, SILENT, CueAt
from sitrep.reading.claim_draft import SPOKEN, Draft
from sitrep.reading.claim_edges import trim
from sitrep.reading.claim_marks import Stretch, Words
from sitrep.reading.learned.reader import Learned
from sitrep.reading.learned.texts import Span
from sitrep.reading.parse import Parse

# Dice coefficient of their words from which two contents are one statement
SAME = 0.5
# and from which they differ at their edges only
NEAR = 0.8
# what the trained reader must give the words of a statement that only the rules found, for it to stand
LEAST_MASS = 0.65
BOTH, LEARNED_ALONE, RULES_ALONE = 0.95, 0.8, 0.6
UNNAMED = Cue(lemma="", kind="speech", stance="unknown", frames=frozenset(), preps=frozenset())


class Proposal(NamedTuple):
    """An attribution of the trained reader in tokens."""

    content: list[Stretch]
    cue: Stretch | None
    source: Stretch | None
    score: float


def combine(parse: Parse, drafts: list[Draft], learned: Learned, cues: Cues) -> list[Draft]:
    """The statements of both readers, in the order of their cues."""
    proposals = list(_proposals(parse, learned))
    mine = [_tokens(draft.content) for draft in drafts]
    theirs = [_tokens(proposal.content) for proposal in proposals]
    pairs = _pairs(drafts, mine, proposals, theirs)
    made: list[Draft] = []
    for n, draft in enumerate(drafts):
        if n in pairs:
            made.append(_joined(parse, draft, proposals[pairs[n]]))
        elif _stands(parse, draft, learned):
            draft.score = RULES_ALONE
            made.append(draft)
    used = set(pairs.values())
    for n, proposal in enumerate(proposals):
        if n not in used and proposal.cue is not None:
            made.append(_new(parse, proposal, proposal.cue, cues))
    return sorted(made, key=lambda draft: draft.at.head)


def _proposals(parse: Parse, learned: Learned) -> list[Proposal]:
    made: list[Proposal] = []
    for one in learned.attributions:
        content = [kept for span in one.content if (kept := _trimmed(parse, span))]
        if not content:
            continue
        cue = [stretch for span in one.cue if (stretch := _stretch(parse, span))]
        source = [stretch for span in one.source if (stretch := _stretch(parse, span))]
        sure = learned.mass("content", one.content[0].start, one.content[0].end)
        # a source or cue in several parts is named by the part that stands nearest to what is said
        made.append(Proposal(content, _nearest(cue, content), _nearest(source, content), sure))
    return made


def _stretch(parse: Parse, span: Span) -> Stretch | None:
    first, last = parse.tokens_in(span.start, span.end)
    return (first, last) if last > first else None


def _trimmed(parse: Parse, span: Span) -> Stretch | None:
    stretch = _stretch(parse, span)
    return trim(parse, *stretch) if stretch else None


def _nearest(stretches: list[Stretch], content: list[Stretch]) -> Stretch | None:
    if not stretches:
        return None
    return min(stretches, key=lambda one: min(max(one[0] - end, start - one[1]) for start, end in content))


def _tokens(content: Sequence[Stretch]) -> set[int]:
    return {k for start, end in content for k in range(start, end)}


def _dice(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _pairs(
    drafts: list[Draft], mine: list[set[int]], proposals: list[Proposal], theirs: list[set[int]]
) -> dict[int, int]:
    """Which draft and which proposal are one statement: by their contents, or by one cue."""
    ranked: list[tuple[float, int, int]] = []
    for i, draft in enumerate(drafts):
        for j, proposal in enumerate(proposals):
            if mine[i].isdisjoint(theirs[j]):
                continue
            overlap = _dice(mine[i], theirs[j])
            cue = proposal.cue is not None and draft.at.start < proposal.cue[1] and proposal.cue[0] < draft.at.end
            if overlap >= SAME or cue:
                ranked.append((-overlap - cue, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(ranked):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _joined(parse: Parse, draft: Draft, proposal: Proposal) -> Draft:
    """One statement of both: the rules' kind of saying, the trained reader's edges where they all but agree."""
    at = draft.at
    if proposal.cue is not None and proposal.cue[0] < at.end and at.start < proposal.cue[1]:
        at = at._replace(start=proposal.cue[0], end=proposal.cue[1])
    source = draft.source
    if proposal.source is not None:
        # where they name different people, the grammar is right more often
        same = source is not None and source.start < proposal.source[1] and proposal.source[0] < source.end
        if source is None:
            source = Words(*proposal.source, _head(parse, proposal.source))
        elif same and proposal.source[0] <= source.head < proposal.source[1]:
            source = Words(*proposal.source, source.head, source.antecedent)
    # nearly the same words: the trained reader's edges; words that it adds or leaves out: the grammar's
    near = _dice(_tokens(draft.content), _tokens(proposal.content)) >= NEAR
    return Draft(at, source, proposal.content if near else draft.content, max(BOTH, proposal.score))


def _stands(parse: Parse, draft: Draft, learned: Learned) -> bool:
    """Whether a statement that only the rules found is one: words of speech are, others where the trained reader half
    believes them.
    """
    if draft.at.cue.kind in SPOKEN:
        return True
    start, end = parse.starts[draft.content[0][0]], parse.ends[draft.content[-1][1] - 1]
    return learned.mass("content", start, end) >= LEAST_MASS


def _new(parse: Parse, proposal: Proposal, stretch: Stretch, cues: Cues) -> Draft:
    """A statement that only the trained reader found."""
    head = _head(parse, stretch)
    cue, shape = _lookup(parse, stretch, head, cues)
    stance = cue.stance
    if any(parse.lowers[k] in NEGATIONS for k in range(*stretch)):
        stance = "declines" if parse.lemmas[head] in SILENT else "unknown"
    source = Words(*proposal.source, _head(parse, proposal.source)) if proposal.source else None
    at = CueAt(head, stretch[0], stretch[1], cue, shape, None, stance)
    return Draft(at, source, proposal.content, LEARNED_ALONE * proposal.score)


def _lookup(parse: Parse, stretch: Stretch, head: int, cues: Cues) -> tuple[Cue, str]:
    """What the lexicon says of the words of a cue, the head's entry first."""
    words = tuple(parse.lowers[slice(*stretch)])
    if words in cues.phrases:
        return cues.phrases[words], "phrase"
    tables = ((cues.verbs, "verb"), (cues.passives, "passive"), (cues.nouns, "noun"), (cues.adjectives, "adjective"),
              (cues.adverbs, "adverb"))  # fmt: skip
    for k in (head, *range(*stretch)):
        for table, shape in tables:
            if parse.lemmas[k] in table:
                return table[parse.lemmas[k]], shape
    return UNNAMED, "verb" if parse.pos[head] == "VERB" else "phrase"


def _head(parse: Parse, stretch: Stretch) -> int:
    """The word of a stretch that the others hang on."""
    start, end = stretch
    for k in range(start, end):
        outside = parse.heads[k] == k or not start <= parse.heads[k] < end
        if outside and parse.pos[k] not in ("PUNCT", "DET", "ADP"):
            return k
    return end - 1
