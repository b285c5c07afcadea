"""Claims: who says what, in whose words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitrep.model import Claim, ClaimKind, Evidence, LayerName, Layers, Passage, Speaker
from sitrep.ontology.attribution import Cues, load_cues
from sitrep.ontology.nouns import Nouns, load_nouns
from sitrep.reading.claim_colons import SIGNING, find_colons
from sitrep.reading.claim_content import find_content
from sitrep.reading.claim_cues import CueAt, find_cues
from sitrep.reading.claim_draft import SPOKEN, Draft
from sitrep.reading.claim_edges import trim
from sitrep.reading.claim_marks import Marks, Stretch, Words, find_voices
from sitrep.reading.claim_sources import find_source
from sitrep.reading.claim_speakers import Turn, find_speakers
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.quotes import find_quotes

# what somebody thinks counts where the report itself says so, not inside what somebody else says
NOT_NESTED = frozenset({"thought", "knowledge", "attitude", "evidence", "appearance"})
CONTRASTS = frozenset({"but", "while", "whereas", "although", "though", "yet"})
OWN = frozenset({"i", "we", "you"})


class Claims:
    """Attributions: source, cue and content, direct, indirect or mixed."""

    name = "claims"
    version = "1"
    needs: frozenset[LayerName] = frozenset({"passages", "sentences", "mentions", "actors"})
    gives: frozenset[LayerName] = frozenset({"claims"})

    def __init__(self, cues: Cues | None = None, nouns: Nouns | None = None) -> None:
        self.cues = cues or load_cues()
        self.nouns = nouns or load_nouns()

    def __call__(self, page: Page, /) -> Layers:
        parse = page.parse
        quotes = find_quotes(parse, page.layers.passages)
        at = [-1] * len(parse)
        for number, quote in enumerate(quotes):
            at[quote.start : quote.end] = [number] * (quote.end - quote.start)
        marks = Marks(quotes, at, find_voices(parse, self.cues.speakers, self.nouns))
        drafts, waiting = find_drafts(parse, self.cues, marks)
        add_colons(parse, page.layers.passages, drafts, waiting, marks)
        drafts = carry_on(parse, part(parse, drafts, marks), waiting, marks)
        drafts = list(without_nested_thoughts(parse, drafts))
        if page.learned is not None:
            from sitrep.reading.claim_learned import combine

            drafts = combine(parse, drafts, page.learned, self.cues, marks)
        turns = [Turn(d.at.head, d.source, d.content, d.at.cue.kind in SPOKEN) for d in drafts]
        speakers = find_speakers(page, turns)
        pairs = zip(drafts, speakers, strict=True)
        return Layers(claims=tuple(to_claim(page, draft, speaker, marks) for draft, speaker in pairs))


def find_drafts(parse: Parse, cues: Cues, marks: Marks) -> tuple[list[Draft], list[Draft]]:
    """Every cue that has content, and the cues of speech that wait for a quotation; each in text order."""
    found: list[Draft] = []
    waiting: list[Draft] = []
    for at in find_cues(parse, cues):
        if marks.at[at.head] >= 0 and not marks.quotes[marks.at[at.head]].scare:
            continue
        source = find_source(parse, at, marks)
        content = find_content(parse, at, source, marks)
        if not _heard(parse, at, source, content, marks):
            continue
        if content:
            found.append(Draft(at, source, content))
        elif at.shape == "verb" and at.cue.kind in SPOKEN and source is not None:
            waiting.append(Draft(at, source, []))
    return found, waiting


def add_colons(
    parse: Parse, passages: Iterable[Passage], drafts: list[Draft], waiting: list[Draft], marks: Marks
) -> None:
    """Add statements set off by a colon, where no verb of saying has them already."""
    waiting_at = {draft.at.head for draft in waiting}
    for at, source, content in find_colons(parse, passages, marks):
        start, end = content[0]
        if parse.words[at.head] in SIGNING:
            # a signature says whose words they are, whatever verb of saying stands before them
            for draft in drafts:
                draft.content = [one for one in draft.content if one[1] <= start or end <= one[0]]
            drafts[:] = [draft for draft in drafts if draft.content]
        if at.head in waiting_at or any(low < end and start < high for draft in drafts for low, high in draft.content):
            continue
        drafts.append(Draft(at, source, content))
    drafts.sort(key=lambda draft: draft.at.head)


def _heard(parse: Parse, at: CueAt, source: Words | None, content: list[Stretch], marks: Marks) -> bool:
    """Whether somebody is heard: a source that can speak, or words that only speech has."""
    if any(marks.at[start] >= 0 for start, _ in content):
        return True
    if source is None:
        # "the claim that …", "the rebels are believed to have …"; but "a request for help" names no speaker
        return at.shape in ("adverb", "phrase", "passive") or (at.shape == "noun" and at.prep is None)
    if marks.voices[source.head]:
        return True
    clause = any(k > at.head and parse.deps[k] == "ccomp" for k in parse.children[at.head])
    return at.shape != "verb" or clause or source.tail or not at.cue.frames & {"object", "infinitive", "predicate"}


def part(parse: Parse, drafts: list[Draft], marks: Marks) -> list[Draft]:
    """Drafts whose content ends where the next speaker, or the same one's next cue, begins.

    The parser often hangs "…, adding that …" and "…, but the rebels said …" on the verb of what was said before.
    """
    for inner in drafts:
        if inner.at.shape != "verb" or not inner.at.cue.frames & {"clause", "quote"}:
            continue
        head = inner.at.head
        leans = parse.tags[head] == "VBG" and (
            inner.at.cue.lemma == "add"
            or parse.words[inner.at.start - 1] == ","
            or (parse.deps[head] == "acl" and not marks.voices[parse.heads[head]])
        )
        edge = inner.at.start if leans else _contrast(parse, inner)
        if edge is None:
            continue
        for outer in drafts:
            if outer is inner or outer.at.head > head or parse.sent_of[outer.at.head] != parse.sent_of[head]:
                continue
            if outer.at.cue.kind not in SPOKEN or outer.at.end > edge:
                continue
            if not leans and parse.right[head] + 1 < outer.content[-1][1]:
                continue
            if any(start < edge < end for start, end in outer.content) or (leans and outer.content[-1][1] <= edge):
                cut = [(start, min(end, edge)) for start, end in outer.content if start < edge]
                outer.content = [kept for stretch in cut if (kept := trim(parse, *stretch))]
                if leans and outer.source is not None:
                    inner.source = outer.source
    return [draft for draft in drafts if draft.content]


def _contrast(parse: Parse, draft: Draft) -> int | None:
    """Where a clause with its own speaker begins that is set against the one before it, with its conjunction."""
    source = draft.source
    if source is None or source.end > draft.at.start or source.start == 0:
        return None
    k = source.start - 1
    if parse.pos[k] not in ("CCONJ", "SCONJ"):
        return None
    if parse.lowers[k] in CONTRASTS or (parse.lowers[k] == "and" and parse.words[k - 1] == ","):
        return k
    return None


def carry_on(parse: Parse, drafts: list[Draft], waiting: list[Draft], marks: Marks) -> list[Draft]:
    """Give quotations that no cue claims to the speaker before them, where they carry on the speech."""
    taken = [False] * len(marks.quotes)
    for draft in drafts:
        for start, end in draft.content:
            for k in (start, end - 1):
                if marks.at[k] >= 0:
                    taken[marks.at[k]] = True
    spoken = sorted((draft for draft in (*drafts, *waiting) if draft.at.cue.kind in SPOKEN), key=lambda d: d.at.head)
    for number, quote in enumerate(marks.quotes):
        if taken[number] or quote.scare:
            continue
        speaker = _speaker_before(parse, spoken, number, marks)
        if speaker is not None:
            speaker.content.append((quote.start, quote.end))
            taken[number] = True
    return sorted((*drafts, *(draft for draft in waiting if draft.content)), key=lambda draft: draft.at.head)


def _speaker_before(parse: Parse, spoken: list[Draft], number: int, marks: Marks) -> Draft | None:
    """The draft whose speech ends right before a quotation that opens its own sentence."""
    start = marks.quotes[number].start
    if start == 0 or (parse.sentence(start)[0] != start and parse.words[start - 1] not in (".", ":", "!", "?")):
        return None
    best: Draft | None = None
    last = -1
    for draft in spoken:
        reach = _reach(draft)
        near = reach <= start and parse.sent_of[start] - parse.sent_of[reach - 1] <= 1
        # a cue that has its content already speaks before one that still waits for it
        if near and (best is None or (bool(draft.content), reach) >= (bool(best.content), last)):
            best, last = draft, reach
    if number > 0 and marks.quotes[number - 1].goes_on and marks.quotes[number - 1].end == start:
        return next((draft for draft in spoken if any(end == start for _, end in draft.content)), best)
    if best is not None and best.content and "\n" in parse.text[parse.ends[last - 1] : parse.starts[start]]:
        # a new paragraph goes on only where it is nothing but quotation
        end = marks.quotes[number].end
        if end < len(parse) and "\n" not in parse.text[parse.ends[end - 1] : parse.starts[end]]:
            return None
    return best


def _reach(draft: Draft) -> int:
    """Where an attribution ends: cue, source or content, whichever is last."""
    ends = [draft.at.end, *(end for _, end in draft.content)]
    return max(ends)


def without_nested_thoughts(parse: Parse, drafts: list[Draft]) -> Iterator[Draft]:
    """Drop what somebody thinks inside what somebody says, and what they say of their own speech ("I ask you to …")."""
    spans = sorted((start, end, n) for n, draft in enumerate(drafts) for start, end in draft.content)
    declined = {draft.at.head for draft in drafts if draft.at.stance == "declines"}
    for n, draft in enumerate(drafts):
        if parse.deps[draft.at.head] == "xcomp" and parse.heads[draft.at.head] in declined:
            # "declined to comment on …" is one claim, not two
            continue
        own = draft.source is not None and parse.lowers[draft.source.head] in OWN
        if (draft.at.cue.kind in NOT_NESTED or own) and any(
            start <= draft.at.head < end and other != n for start, end, other in spans
        ):
            continue
        yield draft


def to_claim(page: Page, draft: Draft, speaker: Speaker | None, marks: Marks) -> Claim:
    """The claim of a draft."""
    parse = page.parse
    content = tuple(part for start, end in sorted(draft.content) for part in _by_paragraph(page, start, end))
    cue = (page.words(draft.at.start, draft.at.end),)
    return Claim(
        id=page.id("k", cue[0].start, *(part.start for part in content)),
        speaker=speaker,
        cue=cue,
        content=content,
        kind=_kind(parse, draft, marks),
        stance=draft.at.stance,
        about=(),
        score=None if draft.score is None else round(draft.score, 3),
    )


def _by_paragraph(page: Page, start: int, end: int) -> Iterator[Evidence]:
    """Evidence of a stretch, one for each paragraph that it runs over."""
    parse = page.parse
    first = start
    for k in range(start + 1, end):
        if parse.sent_of[k] != parse.sent_of[k - 1] and "\n" in parse.text[parse.ends[k - 1] : parse.starts[k]]:
            yield page.words(first, k)
            first = k
    yield page.words(first, end)


def _kind(parse: Parse, draft: Draft, marks: Marks) -> ClaimKind:
    """Direct where all words stand under quotation marks, mixed where some do."""
    quoted = words = 0
    for start, end in draft.content:
        for k in range(start, end):
            if parse.pos[k] != "PUNCT":
                words += 1
                quoted += marks.at[k] >= 0
    if quoted == words:
        return "direct"
    return "mixed" if quoted else "indirect"
