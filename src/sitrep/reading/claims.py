"""Claims: who says what, in whose words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sitrep.model import Claim, ClaimKind, Evidence, LayerName, Layers, Speaker
from sitrep.ontology.attribution import Cues, load_cues
from sitrep.reading.claim_content import Marks, Stretch, find_content
from sitrep.reading.claim_cues import CueAt, find_cues
from sitrep.reading.claim_sources import Words, find_source
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.quotes import find_quotes

# what somebody thinks counts where the report itself says so, not inside what somebody else says
NOT_NESTED = frozenset({"thought", "knowledge", "attitude", "evidence", "appearance"})


@dataclass(slots=True)
class Draft:
    """An attribution on the way to a Claim."""

    at: CueAt
    source: Words | None
    content: list[Stretch]


class Claims:
    """Attributions: source, cue and content, direct, indirect or mixed."""

    name = "claims"
    version = "1"
    needs: frozenset[LayerName] = frozenset({"passages", "sentences", "mentions", "actors"})
    gives: frozenset[LayerName] = frozenset({"claims"})

    def __init__(self, cues: Cues | None = None) -> None:
        self.cues = cues or load_cues()

    def __call__(self, page: Page, /) -> Layers:
        parse = page.parse
        quotes = find_quotes(parse, page.layers.passages)
        at = [-1] * len(parse)
        for number, quote in enumerate(quotes):
            at[quote.start : quote.end] = [number] * (quote.end - quote.start)
        marks = Marks(quotes, at)
        drafts = find_drafts(parse, self.cues, marks)
        carry_on(parse, drafts, marks)
        drafts = list(without_nested_thoughts(drafts))
        return Layers(claims=tuple(to_claim(page, draft, marks) for draft in drafts))


def find_drafts(parse: Parse, cues: Cues, marks: Marks) -> list[Draft]:
    """Every cue that has content, in text order."""
    found: list[Draft] = []
    for at in find_cues(parse, cues):
        if marks.at[at.head] >= 0 and not marks.quotes[marks.at[at.head]].scare:
            continue
        source = find_source(parse, at)
        content = find_content(parse, at, source, marks)
        if content:
            found.append(Draft(at, source, content))
    return found


def carry_on(parse: Parse, drafts: list[Draft], marks: Marks) -> None:
    """Give quotations that no cue claims to the speaker before them, where they carry on the speech."""
    taken = [False] * len(marks.quotes)
    for draft in drafts:
        for start, end in draft.content:
            for k in (start, end - 1):
                if marks.at[k] >= 0:
                    taken[marks.at[k]] = True
    order = sorted(drafts, key=lambda draft: max(end for _, end in draft.content) + 0)
    for number, quote in enumerate(marks.quotes):
        if taken[number] or quote.scare:
            continue
        speaker = _speaker_before(parse, order, quote.start, marks, number)
        if speaker is not None:
            speaker.content.append((quote.start, quote.end))
            taken[number] = True


def _speaker_before(parse: Parse, drafts: list[Draft], start: int, marks: Marks, number: int) -> Draft | None:
    """The draft whose speech ends right before a quotation that opens its own sentence."""
    opens = parse.sentence(start)[0]
    if opens not in (start, start - 1) and parse.words[start - 1] not in (".", ":", "!", "?"):
        return None
    goes_on = number > 0 and marks.quotes[number - 1].goes_on and marks.quotes[number - 1].end == start
    best: Draft | None = None
    for draft in drafts:
        last = max(draft.at.end, draft.content[-1][1], draft.source.end if draft.source else 0)
        if last > start or draft.at.cue.kind not in ("speech", "writing"):
            continue
        if best is None or last >= max(best.at.end, best.content[-1][1]):
            best = draft
    if best is None:
        return None
    if goes_on:
        return best
    last = max(best.at.end, best.content[-1][1])
    between = parse.text[parse.ends[last - 1] : parse.starts[start]]
    # nothing but the rest of the cue's own sentence may stand between
    if "\n" in between or parse.sent_of[start] - parse.sent_of[last - 1] > 1:
        return None
    return best


def without_nested_thoughts(drafts: list[Draft]) -> Iterator[Draft]:
    """Drop what somebody thinks inside what somebody says."""
    spans = sorted((start, end, n) for n, draft in enumerate(drafts) for start, end in draft.content)
    for n, draft in enumerate(drafts):
        if draft.at.cue.kind in NOT_NESTED and any(
            start <= draft.at.head < end and other != n for start, end, other in spans
        ):
            continue
        yield draft


def to_claim(page: Page, draft: Draft, marks: Marks) -> Claim:
    """The claim of a draft."""
    parse = page.parse
    content = tuple(part for start, end in sorted(draft.content) for part in _by_paragraph(page, start, end))
    cue = (page.words(draft.at.start, draft.at.end),)
    return Claim(
        id=page.id("k", cue[0].start, *(part.start for part in content)),
        speaker=_speaker(page, draft.source),
        cue=cue,
        content=content,
        kind=_kind(parse, draft, marks),
        stance=draft.at.stance,
        about=(),
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


def _speaker(page: Page, source: Words | None) -> Speaker | None:
    if source is None:
        return None
    evidence = [page.words(source.start, source.end)]
    head = source.head
    if source.antecedent is not None:
        start, end, head = source.antecedent
        evidence.append(page.words(start, end))
    actor = page.actor_at(head) or page.actor_at(source.head)
    return Speaker(actor=actor.id if actor else None, evidence=tuple(evidence))


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
