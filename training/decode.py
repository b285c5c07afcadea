"""From scores of pieces to spans, links and arguments; plain arrays, as a reader without torch has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from examples import Attribution, Span, continues
from spans import bucket

Floats = NDArray[np.float32]
Pieces = tuple[int, int]
FORBIDDEN = -1e9
# what may stand between two parts of one span that tagging has torn: marks that end no sentence
JOINTS = frozenset(" \u00a0,;'’‘\"“”()[]-–—`")


class Found(NamedTuple):
    """A span with the pieces it is made of and how sure its tags are."""

    span: Span
    pieces: Pieces
    score: float


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def best_tags(logits: Floats, inside_word: Sequence[bool], switch: float = 0.0, lift: float = 0.0) -> list[int]:
    """The best tags under the rules of BIO (Viterbi): I goes on a span of its label, and no span ends in a word.

    switch: what starting a span costs, so that spans crumble less. lift: what every piece inside a span is given.
    """
    scores = log_softmax(logits.astype(np.float32))
    count, tags = scores.shape
    if not count:
        return []
    scores = scores + np.array([0.0] + [lift] * (tags - 1), dtype=np.float32)
    step = np.zeros((tags, tags), dtype=np.float32)  # step[from, to]
    within = np.full((tags, tags), FORBIDDEN, dtype=np.float32)
    within[0, 0] = 0.0
    for tag in range(2, tags, 2):  # I of a label; the B before it is tag - 1
        step[:, tag] = FORBIDDEN
        step[:, tag - 1] = -switch
        step[tag, tag] = step[tag - 1, tag] = within[tag, tag] = within[tag - 1, tag] = 0.0
    best = scores[0].copy()
    best[2::2] = FORBIDDEN
    best[1::2] -= switch
    came = np.zeros((count, tags), dtype=np.int64)
    for piece in range(1, count):
        total = best[:, None] + (within if inside_word[piece] else step)
        came[piece] = total.argmax(0)
        best = total.max(0) + scores[piece]
    path = [int(best.argmax())]
    for piece in range(count - 1, 0, -1):
        path.append(int(came[piece, path[-1]]))
    return path[::-1]


def find_spans(
    text: str,
    offsets: Sequence[Pieces],
    logits: Floats,
    labels: Sequence[str],
    *,
    switch: float = 0.0,
    lift: float = 0.0,
    mend: bool = False,
) -> list[Found]:
    """The spans of a layer. mend: parts of one label with nothing but a joint between them become one."""
    tags = best_tags(logits, continues(text, offsets), switch, lift)
    if mend:
        tags = mended(text, offsets, tags)
    sure = np.exp(log_softmax(logits.astype(np.float32))) if len(tags) else logits
    found: list[Found] = []
    first = 0
    while first < len(tags):
        if tags[first] == 0:
            first += 1
            continue
        last = first + 1
        inside = tags[first] + 1 if tags[first] % 2 else tags[first]
        while last < len(tags) and tags[last] == inside:
            last += 1
        score = float(np.mean([sure[piece, inside - 1 : inside + 1].sum() for piece in range(first, last)]))
        span = Span(offsets[first][0], offsets[last - 1][1], labels[(inside - 2) // 2])
        found.append(Found(span, (first, last), score))
        first = last
    return found


def mended(text: str, offsets: Sequence[Pieces], tags: Sequence[int]) -> list[int]:
    """Tags with torn spans joined: where a span begins anew right behind one of its label, or behind a joint."""
    tags = list(tags)
    for piece in range(1, len(tags)):
        if tags[piece] % 2 == 0:
            continue
        before = piece - 1
        while before >= 0 and tags[before] == 0 and piece - before <= 3:
            before -= 1
        if before < 0 or tags[before] not in (tags[piece], tags[piece] + 1):
            continue
        if set(text[offsets[before][1] : offsets[piece][0]]) <= JOINTS and text[offsets[before][0]] not in ".!?":
            for between in range(before + 1, piece + 1):
                tags[between] = tags[piece] + 1
    return tags


class Pairing(NamedTuple):
    """The learned numbers that pair spans: those of `model.Reader` of the same names."""

    nobody: Floats
    link_distance: Floats
    argument_distance: Floats
    weight: Floats
    bias: Floats


def represent(projected: Floats, spans: Sequence[Pieces], kind: int, size: int) -> Floats:
    """Spans as vectors, as `model.Reader.represent`."""
    parts = projected[:, kind * 3 * size : (kind + 1) * 3 * size]
    rows = [
        parts[first, :size] + parts[last - 1, size : 2 * size] + parts[first:last, 2 * size :].mean(0)
        for first, last in spans
    ]
    return np.tanh(np.array(rows, dtype=np.float32).reshape(len(spans), size))


def link_scores(
    projected: Floats, contents: Sequence[Pieces], anchors: Sequence[Pieces], which: int, pairing: Pairing
) -> Floats:
    """Log probabilities of every anchor for every content, the last column for none. which: 0 cues, 1 sources."""
    size = pairing.nobody.shape[1]
    mine = represent(projected, contents, which, size)
    none = (mine @ pairing.nobody[which])[:, None]
    if not anchors:
        return log_softmax(none)
    theirs = represent(projected, anchors, 2 + which, size)
    places = np.array([[bucket(content, anchor) for anchor in anchors] for content in contents])
    return log_softmax(np.concatenate((mine @ theirs.T + pairing.link_distance[which][places], none), 1))


def argument_logits(argument: Floats, trigger: Floats, where: Pieces, pairing: Pairing) -> Floats:
    """The tags of all pieces as arguments of the trigger at `where`, as `model.Reader.argument_logits`."""
    places = [bucket(where, (piece, piece + 1)) for piece in range(len(argument))]
    mixed = argument + trigger[where[0] : where[1]].mean(0) + pairing.argument_distance[places]
    gelu = 0.5 * mixed * (1 + np.tanh(np.sqrt(2 / np.pi) * (mixed + 0.044715 * mixed**3)))
    return (gelu @ pairing.weight.T + pairing.bias).astype(np.float32)


SHARED = -0.6  # log probability from which a content belongs to a cue that another content has taken
LIKELY = -2.0  # log probability from which a cue or source that nobody chose still joins a content


def attributions(
    projected: Floats, contents: Sequence[Found], cues: Sequence[Found], sources: Sequence[Found], pairing: Pairing
) -> list[Attribution]:
    """Contents that share a cue, with that cue and their likeliest source.

    A cue or source that no content chose joins the content that it scores best for, where that is likelier than
    none; else nobody's words are behind it and it is left out.
    """
    if not contents:
        return []
    places = [found.pieces for found in contents]
    to_cue = link_scores(projected, places, [found.pieces for found in cues], 0, pairing)
    to_source = link_scores(projected, places, [found.pieces for found in sources], 1, pairing)
    by_cue: dict[int, list[int]] = {}
    for content in sorted(range(len(contents)), key=lambda content: -to_cue[content].max()):
        chosen = int(to_cue[content].argmax())
        # a second content joins a cue's first only where it is sure of it: else its own cue was not found
        alone = chosen == len(cues) or (chosen in by_cue and to_cue[content, chosen] < SHARED)
        by_cue.setdefault(-1 - content if alone else chosen, []).append(content)
    groups = list(by_cue.items())
    group_of = {content: number for number, (_, members) in enumerate(groups) for content in members}
    cue_parts = [[cue] if cue >= 0 else [] for cue, _ in groups]
    source_parts: list[list[int]] = []
    for _, members in groups:
        chosen = int(to_source[members].sum(0).argmax())
        source_parts.append([chosen] if chosen < len(sources) else [])
    for scores, parts in ((to_cue, cue_parts), (to_source, source_parts)):
        taken = {one for some in parts for one in some}
        for anchor in set(range(scores.shape[1] - 1)) - taken:
            content = int(scores[:, anchor].argmax())
            if scores[content, anchor] > max(scores[content, -1], LIKELY):
                parts[group_of[content]].append(anchor)
    made = [
        Attribution(
            tuple(contents[content].span for content in sorted(members)),
            tuple(cues[cue].span for cue in sorted(cue_parts[number])),
            tuple(sources[source].span for source in sorted(source_parts[number])),
        )
        for number, (_, members) in enumerate(groups)
    ]
    return sorted(made, key=lambda one: one.content[0])


def entities(found: Iterable[Found], text: str) -> dict[str, list[str]]:
    """The different fillers of each role, each by the words it is first named with.

    Words are the same filler's where they are the same, where one is the other's initials, and where the words of
    one end the other ("colonel isaacs", "isaacs").
    """
    roles: dict[str, list[str]] = {}
    for one in found:
        words = " ".join(text[one.span.start : one.span.end].split())
        known = roles.setdefault(one.span.label, [])
        if words and not any(same_name(words, other) for other in known):
            known.append(words)
    return roles


SMALL = frozenset("of the de la del los las and for y e in".split())


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one thing's."""
    first, second = one.lower().split(), other.lower().split()
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    if len(short) == 1 and len(long) > 2 and len(short[0]) > 2:
        # a translated name has its initials in another order, and often one more
        initials = [word[0] for word in long if word not in SMALL]
        missing = Counter(short[0]) - Counter(initials)
        if short[0][0] == initials[0] and not missing and len(initials) - len(short[0]) <= 1:
            return True
    return bool(short) and len(short) < len(long) and long[-len(short) :] == short
