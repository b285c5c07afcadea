"""The trained reader's attributions beside those of the parse: one list of drafts out of both.

The trained reader knows better where a statement begins and ends and finds many that no rule does; the lexicon of cues
knows what kind of saying it is. A statement that both find is surest; that only one of them does, its score says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sitrep.ontology.attribution import Cue, Cues
from sitrep.reading.claim_cues import NEGATIONS, SILENT, CueAt, is_passive
from sitrep.reading.claim_draft import SPOKEN, Draft
from sitrep.reading.claim_edges import trim
from sitrep.reading.claim_marks import Marks, Stretch, Words
from sitrep.reading.claim_sources import find_source
from sitrep.reading.learned.reader import Learned
from sitrep.reading.learned.texts import Span
from sitrep.reading.parse import Parse

# Dice coefficient of their words from which two contents are one statement
SAME = 0.5
# and from which they differ at their edges only
NEAR = 0.5
# what the trained reader must give the words of a statement that only the rules found, for it to stand
LEAST_MASS = 0.65
SPOKEN_MASS, PHRASE_MASS = 0.05, 0.3
CLAUSAL = frozenset({"nsubj", "nsubjpass"})
# and its own score from which words that no lexicon knows say something
LEAST_UNNAMED = 0.47
BEFORE_NOUN = frozenset({"compound", "nmod", "nummod", "poss"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
BOTH, LEARNED_ALONE, RULES_ALONE = 0.95, 0.8, 0.6
UNNAMED = Cue(lemma="", kind="speech", stance="unknown", frames=frozenset(), preps=frozenset())


class Proposal(NamedTuple):
    """An attribution of the trained reader in tokens."""

    content: list[Stretch]
    cue: Stretch | None
    source: Stretch | None
    score: float


def combine(parse: Parse, drafts: list[Draft], learned: Learned, cues: Cues, marks: Marks) -> list[Draft]:
    """The statements of both readers, in the order of their cues."""
    proposals = list(_proposals(parse, learned, marks))
    mine = [_tokens(draft.content) for draft in drafts]
    theirs = [_tokens(proposal.content) for proposal in proposals]
    pairs = _pairs(drafts, mine, proposals, theirs)
    heads = {k for draft in drafts for k in range(draft.at.start, draft.at.end)}
    heads |= {k for proposal in proposals if proposal.cue for k in range(*proposal.cue)}
    made: list[Draft] = []
    for n, draft in enumerate(drafts):
        if n in pairs:
            made.append(_joined(parse, draft, proposals[pairs[n]], marks, heads))
        elif _stands(parse, draft, learned):
            draft.score = RULES_ALONE
            made.append(draft)
    used = set(pairs.values())
    for n, proposal in enumerate(proposals):
        if n not in used and proposal.cue is not None:
            draft = _new(parse, proposal, proposal.cue, cues, marks)
            if _told(parse, draft):
                made.append(draft)
    _carry_on(made, [proposals[n] for n in range(len(proposals)) if n not in used], marks)
    return sorted(_apart(made), key=lambda draft: draft.at.head)


def _carry_on(made: list[Draft], proposals: list[Proposal], marks: Marks) -> None:
    """Give quotations without a cue of their own to what their speaker says beside them."""
    for proposal in proposals:
        start, source = proposal.content[0][0], proposal.source
        quoted = marks.at[start] >= 0 and not marks.quotes[marks.at[start]].scare
        if proposal.cue is not None or source is None or not quoted:
            continue
        said = _tokens(proposal.content)
        if any(not said.isdisjoint(_tokens(draft.content)) for draft in made):
            continue
        for draft in made:
            same = draft.source is not None and draft.source.start < source[1] and source[0] < draft.source.end
            if same and draft.at.cue.kind in SPOKEN:
                draft.content = sorted((*draft.content, *proposal.content))
                break


def _apart(drafts: list[Draft]) -> list[Draft]:
    """Statements without the parts that another one beside them says: "declined |to comment|, calling it |lies|"."""
    for draft in drafts:
        if len(draft.content) < 2:
            continue
        own = _tokens(draft.content)
        others = [
            _tokens(other.content)
            for other in drafts
            if other is not draft and other.at.head not in own and draft.at.head not in _tokens(other.content)
        ]
        kept = [stretch for stretch in draft.content if not any(_tokens([stretch]) <= other for other in others)]
        draft.content = kept or draft.content
    return drafts


def _told(parse: Parse, draft: Draft) -> bool:
    """Whether a statement that only the trained reader found is one."""
    if draft.at.cue is UNNAMED and draft.score is not None and draft.score < LEAST_UNNAMED:
        return False
    # "a victory would deny them a base": to withhold, not to say that it is not so
    return not (draft.at.stance == "denies" and parse.kids(draft.at.head, "dative"))


def _proposals(parse: Parse, learned: Learned, marks: Marks) -> list[Proposal]:
    made: list[Proposal] = []
    for one in learned.attributions:
        cue = [stretch for span in one.cue if (stretch := _stretch(parse, span))]
        source = [_phrase(parse, *stretch) for span in one.source if (stretch := _stretch(parse, span))]
        taken = _tokens([*cue, *source])
        content = [kept for span in one.content if (kept := _trimmed(parse, span, taken))]
        if not content:
            continue
        sure = learned.mass("content", one.content[0].start, one.content[0].end)
        # a source or cue in several parts is named by the part that stands nearest to what is said
        words = _nearest(cue, content)
        made.append(Proposal(_beside(parse, content, words, marks), words, _nearest(source, content), sure))
    return made


def _phrase(parse: Parse, start: int, end: int) -> Stretch:
    """A source that ends in the middle of a phrase, led to its end: "a photographer at the |scene|", or cut back."""
    stop = parse.sentence(end - 1)[1]
    last = end - 1
    if parse.deps[last] == "det" and end <= parse.heads[last] < min(stop, end + 4):
        return start, parse.heads[last] + 1
    while end - 1 > start and parse.pos[end - 1] in ("CCONJ", "DET", "ADP"):
        end -= 1
    return start, end


def _names(parse: Parse, k: int) -> bool:
    """Whether a word before a noun is part of its name."""
    return parse.deps[k] in BEFORE_NOUN or (parse.deps[k] == "amod" and parse.words[k][0].isupper())


def _beside(parse: Parse, content: list[Stretch], cue: Stretch | None, marks: Marks) -> list[Stretch]:
    """What is said without stray words of other sentences: only quotations go on there."""
    if cue is None or len(content) < 2:
        return content
    own = {parse.sent_of[cue[0]], parse.sent_of[cue[1] - 1]}
    kept = [
        (start, end)
        for start, end in content
        if parse.sent_of[start] in own
        or parse.sent_of[end - 1] in own
        or any(marks.at[k] >= 0 for k in range(start, end))
    ]
    return kept or content


def _stretch(parse: Parse, span: Span) -> Stretch | None:
    first, last = parse.tokens_in(span.start, span.end)
    return (first, last) if last > first else None


def _trimmed(parse: Parse, span: Span, taken: set[int]) -> Stretch | None:
    stretch = _stretch(parse, span)
    if stretch is None:
        return None
    snapped = _snapped(parse, *stretch)
    return trim(parse, *(stretch if taken & _tokens([snapped]) else snapped))


def _snapped(parse: Parse, start: int, end: int) -> Stretch:
    """Edges that cut a name or a phrase, moved to where it begins and ends: "|U.S.| strikes", "fight for |Sirte|"."""
    first, stop = parse.sentence(start)[0], parse.sentence(end - 1)[1]
    while start > first and start <= parse.heads[start - 1] < end and _names(parse, start - 1):
        start -= 1
    subject = next((k for k in (end - 1, *parse.ancestors(end - 1)) if parse.deps[k] in CLAUSAL and k < end), None)
    if (
        subject is not None
        and parse.right[subject] == end <= parse.heads[subject] < min(stop, end + 4)
        and parse.pos[parse.heads[subject]] in ("VERB", "AUX")
    ):
        # "after dozens of children |were killed|": a subject without its verb
        end = min(stop, parse.right[parse.heads[subject]])
    elif end < stop and parse.deps[end - 1] in ("prep", "agent", *BEFORE_NOUN):
        whole = [parse.right[k] for k in parse.kids(end - 1, "pobj")]
        if parse.deps[end - 1] in BEFORE_NOUN:
            whole = [parse.heads[end - 1] + 1]
        end = max([end, *(last for last in whole if last <= stop)])
    return start, end


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


def _joined(parse: Parse, draft: Draft, proposal: Proposal, marks: Marks, cues: set[int]) -> Draft:
    """One statement of both: the rules' kind of saying, the trained reader's edges where they all but agree."""
    at = draft.at
    shared = proposal.cue is not None and proposal.cue[0] < at.end and at.start < proposal.cue[1]
    if proposal.cue is not None and shared:
        at = at._replace(start=proposal.cue[0], end=proposal.cue[1])
    source = draft.source
    accused = draft.at.shape == "passive" and draft.at.stance == "accuses"
    if proposal.source is not None and not accused:
        # where they name different people, the grammar is right more often, unless what it names cannot speak
        same = source is not None and source.start < proposal.source[1] and proposal.source[0] < source.end
        head = _head(parse, proposal.source)
        if source is None or (not same and not _speaks(source, proposal, marks) and marks.voices[head]):
            source = Words(*proposal.source, head)
        elif same and proposal.source[0] <= source.head < proposal.source[1]:
            source = Words(*proposal.source, source.head, source.antecedent)
    # nearly the same words, or more that nobody else says: the trained reader's edges; otherwise the grammar's
    mine, theirs = _tokens(draft.content), _tokens(proposal.content)
    longer = shared and len(mine - theirs) <= 1 and cues.isdisjoint(theirs - mine)
    near = longer or _dice(mine, theirs) >= NEAR
    return Draft(at, source, proposal.content if near else draft.content, max(BOTH, proposal.score))


def _speaks(source: Words, proposal: Proposal, marks: Marks) -> bool:
    """Whether a source of the rules is somebody who speaks and not part of what is said."""
    return marks.voices[source.head] and source.head not in _tokens(proposal.content)


def _stands(parse: Parse, draft: Draft, learned: Learned) -> bool:
    """Whether a statement that only the rules found is one: whole sentences spoken are; of other words of speech the
    trained reader must believe a little, of thoughts half.
    """
    start, end = parse.starts[draft.content[0][0]], parse.ends[draft.content[-1][1] - 1]
    sure = learned.mass("content", start, end)
    if draft.at.cue.kind in SPOKEN:
        return sure >= (SPOKEN_MASS if _whole(parse, draft.content) else PHRASE_MASS)
    return sure >= LEAST_MASS


def _whole(parse: Parse, content: list[Stretch]) -> bool:
    """Whether words have a finite verb."""
    return any(parse.tags[k] in FINITE for start, end in content for k in range(start, end))


def _new(parse: Parse, proposal: Proposal, stretch: Stretch, cues: Cues, marks: Marks) -> Draft:
    """A statement that only the trained reader found."""
    head = _head(parse, stretch)
    cue, shape = _lookup(parse, stretch, head, cues)
    stance = cue.stance
    if any(parse.lowers[k] in NEGATIONS for k in range(*stretch)):
        stance = "declines" if parse.lemmas[head] in SILENT else "unknown"
    at = CueAt(head, stretch[0], stretch[1], cue, shape, None, stance)
    return Draft(at, _source(parse, at, proposal, marks), proposal.content, LEARNED_ALONE * proposal.score)


def _source(parse: Parse, at: CueAt, proposal: Proposal, marks: Marks) -> Words | None:
    """Who is behind a statement that only the trained reader found: the subject of its cue, else whom it names."""
    named = Words(*proposal.source, _head(parse, proposal.source)) if proposal.source else None
    if at.cue.stance == "accuses" and is_passive(parse, at.head):
        # "it is accused of looting": they do not accuse
        accused = parse.kids(at.head, "nsubjpass")
        named = None if named is not None and named.head in accused else named
    subject = next((k for k in parse.children[at.head] if parse.deps[k] in ("nsubj", "poss")), None)
    if named is not None and (subject is None or named.start <= subject < named.end):
        return named
    said = _tokens(proposal.content)
    found = find_source(parse, at, marks)
    if found is None or found.head in said or (named is None and not marks.voices[found.head]):
        return named
    return found if named is None or found.head == subject else named


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
